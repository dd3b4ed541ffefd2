"""Counts of people gathered group by group, and what must not be shown of them taken out, whatever was asked.

All tables of a release are linked and protected as one: respondents, those who answered each question, and of a
sensitive question each answer. An answer to an ordinary one is shown wherever those who answered are. In the form that
anybody may have all numbers are rounded, and none is shown that would be told exactly.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from survey.reporting.disclosure.all_counts import NOT_CHOSEN, AllCounts
from survey.reporting.disclosure.audit import audit
from survey.reporting.disclosure.counts import CountCell, Counts, PeopleGroup, Sum
from survey.reporting.disclosure.protection import EVERYBODY, RESPONDENTS, Breakdown, Groups, Sums, known_of_clusters
from survey.reporting.disclosure.rounding_audit import RoundingAttack
from survey.reporting.disclosure.suppression import hidden_cells
from survey.reporting.records.people import People

OneOf = Sequence[Sequence[str]]
"""Sets of answers of which everybody who answered gave exactly one."""


@dataclass(slots=True)
class _Tables:
    """Counts with what ties them to one another, being gathered."""

    values: dict[CountCell, int] = field(default_factory=dict)
    sums: list[Sum] = field(default_factory=list)
    within: list[tuple[CountCell, CountCell]] = field(default_factory=list)


class LinkedCounts:
    """The counts of a release being gathered: of respondents, and of whatever is added, in every group.

    Those of answers to ordinary questions are kept apart: they may be small.
    """

    def __init__(self, people: People, groups: Groups) -> None:
        self._people, self._groups = people, groups
        self._protected, self._ordinary = _Tables(), _Tables()
        self._only_in_means: set[CountCell] = set()
        everybody = groups.sums({RESPONDENTS: np.ones(people.number)})
        self._add(self._protected, RESPONDENTS, everybody[RESPONDENTS])

    def add_answered(self, of: str, numbers: Iterable[float]) -> None:
        """How many people of each group answered something: they are among its respondents."""
        self._add(self._protected, of, numbers, RESPONDENTS)

    def add_ordinary(
        self,
        of: str,
        answers: Mapping[str, Sums],
        one_of: OneOf,
        only_in_means: Collection[str] = (),
        parts: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        """How many of those who answered something ordinary gave each answer, a column each. Of some, only means that
        they are worked out from are shown; some are the sum of their `parts`."""
        self._only_in_means |= {
            CountCell(answer_key(of, answer), group) for answer in only_in_means for group in self._groups.all
        }
        for answer, numbers in answers.items():
            self._add(self._ordinary, answer_key(of, answer), numbers, of)
        self._ordinary.sums.extend(self._sums_of_answers(of, one_of))
        for whole, together in (parts or {}).items():
            for group in self._groups.all:
                added = tuple(CountCell(answer_key(of, part), group) for part in together)
                self._ordinary.sums.append(Sum(CountCell(answer_key(of, whole), group), added))

    def add_sensitive(self, of: str, answers: Mapping[str, Sums], one_of: OneOf) -> None:
        """The same for something sensitive. Those who did not give an answer are counted too, as anybody can, unless
        it is one of several that add up."""
        one_of_several = {answer for together in one_of for answer in together}
        base = np.array([self._protected.values[CountCell(of, group)] for group in self._groups.all])
        either = [(answer, f"{answer}{NOT_CHOSEN}") for answer in answers if answer not in one_of_several]
        for answer, numbers in answers.items():
            self._add(self._protected, answer_key(of, answer), numbers, of)
        for answer, not_chosen in either:
            self._add(self._protected, answer_key(of, not_chosen), base - answers[answer], of)
        self._protected.sums.extend(self._sums_of_answers(of, [*one_of, *either]))

    def add_crossed(self, first: Breakdown, second: Breakdown) -> None:
        """Respondents by two breakdowns together: they add up to both."""
        shape = len(first.groups), len(second.groups)
        numbers = np.zeros(shape, dtype=np.int64)
        np.add.at(numbers, (first.places, second.places), 1)
        table = [[(*row, *column) for column in second.groups] for row in first.groups]
        for cells, counted in zip(table, numbers.tolist(), strict=True):
            counts = zip((CountCell(RESPONDENTS, group) for group in cells), counted, strict=True)
            self._protected.values.update(counts)
        columns = zip(*table, strict=True)
        self._protected.sums += [
            *(_sum(RESPONDENTS, group, cells) for group, cells in zip(first.groups, table, strict=True)),
            *(_sum(RESPONDENTS, group, cells) for group, cells in zip(second.groups, columns, strict=True)),
        ]

    @property
    def values(self) -> Mapping[CountCell, int]:
        """Every number that is protected."""
        return self._protected.values

    @property
    def ordinary(self) -> Mapping[CountCell, int]:
        """Every number of answers that is shown wherever its base is, by itself or in a mean."""
        return self._ordinary.values

    def protected(
        self, threshold: int, withheld: frozenset[CountCell] = frozenset()
    ) -> tuple[Counts, frozenset[CountCell], frozenset[CountCell], AllCounts]:
        """All counts that are protected, and which of them must be hidden: `withheld` in any case. Then the answers of
        which no mean may be told, and all counts there are.

        Raises Recoverable when that does not withstand the attack.
        """
        known, keep_possible = known_of_clusters(self._people, threshold)
        tables, ordinary = self._protected, self._ordinary
        loose = frozenset(cell for cell in tables.values if cell.of != RESPONDENTS)
        counts = Counts(tables.values, tuple(tables.sums), tuple(tables.within), loose, known, keep_possible)
        everything = replace(
            counts,
            values={**tables.values, **ordinary.values},
            sums=(*tables.sums, *ordinary.sums),
            within=(*tables.within, *ordinary.within),
        )
        every = AllCounts(everything, dict(ordinary.within), [each.groups for each in self._groups.breakdowns])
        attack, untold = RoundingAttack(every.counts, every.breakdowns), frozenset[CountCell]()
        unseen, told = frozenset[CountCell](), list[CountCell]()
        while True:
            before, hidden = unseen, hidden_cells(counts, threshold, withheld)
            unseen = every.unseen(hidden, untold)
            told = attack.still_told(unseen, told) if before and before <= unseen else attack.told(unseen)
            if not told:
                audit(counts, hidden, threshold)
                return counts, hidden, untold, every
            in_means = self._only_in_means.intersection(told)
            untold |= in_means
            if not in_means:
                withheld |= {every.bases.get(cell, cell) for cell in told}

    def _sums_of_answers(self, of: str, one_of: OneOf) -> Iterator[Sum]:
        for answers in one_of:
            for group in self._groups.all:
                yield Sum(CountCell(of, group), tuple(CountCell(answer_key(of, answer), group) for answer in answers))

    def _add(self, tables: _Tables, of: str, numbers: Iterable[float], among: str | None = None) -> None:
        """How many people of each group count to `of`: each breakdown adds up to everybody."""
        counted = zip(self._groups.all, numbers, strict=True)
        tables.values.update((CountCell(of, group), int(number)) for group, number in counted)
        tables.sums += [_sum(of, EVERYBODY, each.groups) for each in self._groups.breakdowns]
        if among is not None:
            tables.within += [(CountCell(of, group), CountCell(among, group)) for group in self._groups.all]


def answer_key(of: str, answer: str) -> str:
    """What the number of people who gave an answer counts to."""
    return f"{of}={answer}"


def _sum(of: str, whole: PeopleGroup, parts: Iterable[PeopleGroup]) -> Sum:
    return Sum(CountCell(of, whole), tuple(CountCell(of, part) for part in parts))
