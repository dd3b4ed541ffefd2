"""Names, titles and headers of a workbook in both languages, each with the message that says it, for translators."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from gettext import NullTranslations

from survey.languages import Language
from survey.reporting.xlsx.description import Sheet, Table, Workbook

# Characters that no text has.
_OPEN, _MIDDLE, _BEGIN, _CLOSE = "\ue000", "\ue001", "\ue002", "\ue003"
_TRACE = re.compile(f"{_OPEN}([^{_MIDDLE}]*){_MIDDLE}([^{_BEGIN}]*){_BEGIN}")
_MARK = re.compile(f"{_TRACE.pattern}|{_CLOSE}")


@dataclass(frozen=True, slots=True)
class SheetHeading:
    """A text of a sheet in both languages, and the message that says it by its context and its English."""

    context: str
    message: str
    english: str
    welsh: str


class _Traced(NullTranslations):
    """English patterns that carry what they are."""

    def pgettext(self, context: str, message: str) -> str:
        return f"{_OPEN}{context}{_MIDDLE}{message.replace('%', '%%')}{_BEGIN}{message}{_CLOSE}"

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        said = msgid1 if n == 1 else msgid2
        return f"{_OPEN}{context}{_MIDDLE}{msgid1.replace('%', '%%')}{_BEGIN}{said}{_CLOSE}"


class TracedEnglish(Language):
    """English in which every message of the service carries what it is."""

    def __init__(self) -> None:
        super().__init__("en", lambda _domain: _Traced())

    def catalogue(self, domain: str) -> NullTranslations:
        return _Traced()


def headings(traced: Workbook, welsh: Workbook) -> list[list[SheetHeading]]:
    """What a workbook has above its figures, sheet by sheet: described in `TracedEnglish`, and in Welsh."""
    return [
        [heading for pair in zip(_texts(ours), _texts(theirs), strict=True) for heading in _heading(*pair)]
        for ours, theirs in zip(traced.sheets, welsh.sheets, strict=True)
    ]


def _texts(sheet: Sheet) -> Iterator[str]:
    """Tab, title, lines above the body, headers and units, in the order in which they are read."""
    yield from (sheet.name, sheet.title, *sheet.lines)
    if isinstance(sheet.body, Table):
        yield from (text for column in sheet.body.columns for text in (column.header, column.unit))


def _heading(traced: str, welsh: str) -> Iterator[SheetHeading]:
    """None for what is said by the questionnaire, or is a name."""
    trace = _TRACE.search(traced)
    if trace:
        yield SheetHeading(trace[1], trace[2], _MARK.sub("", traced), welsh)
