"""What stands at the foot of every printed page of a sheet: its title, the state of the data, the page’s number.

Who hears a sheet read out does not hear it. So it holds nothing but what stands in cells too: the title of the sheet,
and lines of the workbook’s first sheet.
"""

from collections.abc import Iterable

from survey.languages import Language
from survey.reporting.typesetting import printable

FOOT = 0.35  # inches
"""How much of a page it takes."""
EDGE = 0.25  # inches below it
LONGEST = 255
"""As many characters as Excel takes, codes included."""
_LOOK = '&"Arial,Regular"&8'


def page_foot(title: str, lines: Iterable[str], language: Language) -> str:
    """The foot as Excel’s codes have it. A line for which there is no room is left out whole."""
    number = language.pgettext("printed page", "Page %(page)s of %(pages)s", page="&P", pages="&N")
    right = f"&R{_LOOK}{number}"
    room = LONGEST - len(f"&L{_LOOK}{right}")
    left = _fitting([title], room)
    for line in lines:
        left = _fitting([*left, line], room) if left else []
    return f"&L{_LOOK}{_joined(left)}{right}"


def _fitting(lines: list[str], room: int) -> list[str]:
    """The lines, without the last of them where they do not fit."""
    return lines if len(_joined(lines)) <= room else lines[:-1]


def _joined(lines: list[str]) -> str:
    first, others = lines[:1], lines[1:]
    return "\n".join(_escaped(line) for line in (*first, " ".join(others)) if line)


def _escaped(text: str) -> str:
    """A text behind the size of its print, of which it is no part though it begins with a figure."""
    space = " " if text[:1].isdigit() else ""
    return space + printable(text).replace("&", "&&")
