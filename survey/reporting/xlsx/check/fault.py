"""What the checker finds, in a reader's words."""

from collections.abc import Iterable
from dataclasses import dataclass

from survey.languages import Language, Phrase
from survey.reporting.xlsx.check.package_reader import Spot

EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class WorkbookFault:
    """One way in which a file falls short: a stable code, the sheet (empty for the whole file), the sentence."""

    code: str
    place: str
    text: str


class Breach:
    """What a rule yields where it is broken: the code of a fault, its sentence, and what stands in it."""

    def __init__(self, code: str, sentence: Phrase, **values: str) -> None:
        self.code = code
        self.sentence = sentence
        self.values = values

    def fault(self, place: str, language: Language) -> WorkbookFault:
        """The fault in its place, told in a language."""
        return WorkbookFault(self.code, place, language.say(self.sentence, **self.values))


def reference(where: Spot) -> str:
    """Return a spot as a reader knows it, such as `B12`."""
    letters, column = "", where.column
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{where.row}"


def listed(spots: Iterable[Spot]) -> str:
    """Return the first few of many spots as a list for a reader, “…” where there are more."""
    ordered = sorted(spots)
    more = ", …" if len(ordered) > EXAMPLES else ""
    return ", ".join(map(reference, ordered[:EXAMPLES])) + more
