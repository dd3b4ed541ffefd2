"""The forms that a short text can have to have, by the names that definitions give them.

Sources: postcodes, the form that Royal Mail’s Programmers’ Guide gives; telephone numbers, Ofcom’s National Telephone
Numbering Plan (ten or eleven digits from a 0) and ITU-T E.164 (at most fifteen after a +); codes of organisations, the
NHS Organisation Data Service (three to ten letters and digits, W91001 a practice in Wales).
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from survey.questionnaire.definition import TextFormat

_PARTING = re.compile(r"[\s()./-]+")


@dataclass(frozen=True, slots=True)
class FormatRule:
    """`pattern` is what a text has to be without what only parts it; `written` gives it as it is kept."""

    pattern: re.Pattern[str]
    written: Callable[[str], str]

    def fits(self, text: str) -> bool:
        """Whether a text has the form."""
        return self.pattern.fullmatch(_bare(text)) is not None


def _bare(text: str) -> str:
    """A text without what only parts it, in capitals; after +44 without the 0 that some write in brackets."""
    return _PARTING.sub("", re.sub(r"^(\+44)\s*\(0\)", r"\1", text)).upper()


FORMATS: Mapping[TextFormat, FormatRule] = {
    "postcode": FormatRule(
        re.compile("(GIR|[A-Z]{1,2}[0-9][A-Z0-9]?)[0-9][A-Z]{2}"), lambda text: f"{_bare(text)[:-3]} {_bare(text)[-3:]}"
    ),
    "phone": FormatRule(
        re.compile(r"(0[0-9]{9,10}|\+[0-9]{8,15})((X|EXT|EST)[0-9]{1,6})?"), lambda text: " ".join(text.split())
    ),
    "ods_code": FormatRule(re.compile("[A-Z0-9]{3,10}"), _bare),
}
