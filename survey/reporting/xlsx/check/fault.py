"""What the checker finds."""

from collections.abc import Iterable
from dataclasses import dataclass

from survey.reporting.xlsx.check.package_reader import Spot

EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class WorkbookFault:
    """One way in which a file falls short: a stable code, the sheet (empty for the whole file), the sentence."""

    code: str
    place: str
    text: str


def reference(where: Spot) -> str:
    """Return a spot as a reader knows it, such as `B12`."""
    letters, column = "", where.column
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{where.row}"


def listed(spots: Iterable[Spot]) -> str:
    """Return the first few of many spots as a list for a reader, “…” where there are more."""
    found = sorted(spots)
    more = ", …" if len(found) > EXAMPLES else ""
    return ", ".join(map(reference, found[:EXAMPLES])) + more
