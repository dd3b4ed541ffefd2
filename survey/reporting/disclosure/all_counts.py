"""Every number behind the figures of a release: what is protected, and the answers to ordinary questions."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from survey.reporting.disclosure.counts import CountCell, Counts, PeopleGroup

NOT_CHOSEN = "!"
"""At the end of what those count to who did not give an answer: it is protected, and never shown."""


@dataclass(frozen=True, eq=False)
class AllCounts:
    """All numbers, tied to one another. `bases` has for the number of an ordinary answer that of those who answered:
    it is shown wherever that is. `breakdowns` are the groups of each."""

    counts: Counts
    bases: Mapping[CountCell, CountCell]
    breakdowns: Sequence[Sequence[PeopleGroup]]

    def unseen(self, hidden: Collection[CountCell], untold: Collection[CountCell]) -> frozenset[CountCell]:
        """The numbers that nobody sees when some are hidden, and some answers are told in no mean."""
        never = (cell for cell in self.counts.values if cell.of.endswith(NOT_CHOSEN))
        with_base = (cell for cell, base in self.bases.items() if base in hidden)
        return frozenset(hidden).union(untold, never, with_base)
