"""Small changes to a set of counts after which everything, rounded, is shown as before.

One person more or less, or with another answer; or two people of one breakdown the one way and the other. A cell that
such a change changes cannot be known exactly. Trying these costs little, and leaves few cells for a program to look at.

The totals of a crossed table are tried as if it had no cells. Where these leave them no room, each cell that does so
is at an end of what it can be, and can be nothing else: so it is told itself. When no cell is told any more, no total
is either.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain, pairwise, permutations

import numpy as np
from numpy.typing import NDArray

from survey.reporting.disclosure.counts import CountCell, Counts, PeopleGroup

RoomForExchange = Mapping[CountCell, tuple[bool, bool]]
"""Whether a cell may be one more, and one less, and be shown as before."""
_Flags = NDArray[np.bool_]


def exchanged(counts: Counts, room: RoomForExchange, breakdowns: Sequence[Sequence[PeopleGroup]]) -> set[CountCell]:
    """The cells that some small change changes. `breakdowns` are the groups of each: everybody is in one of each."""
    exchanges = _Exchanges(counts, room, breakdowns)
    exchanges.of_respondents()
    exchanges.of_answers()
    return exchanges.cells


class _Exchanges:
    def __init__(self, counts: Counts, room: RoomForExchange, breakdowns: Sequence[Sequence[PeopleGroup]]) -> None:
        self.cells: set[CountCell] = set()
        self._counts, self._room = counts, room
        self._groups: list[PeopleGroup] = [(), *(group for each in breakdowns for group in each)]
        starts = np.cumsum([1, *map(len, breakdowns)])
        self._breakdowns = [slice(start, end) for start, end in pairwise(starts)]
        self._more: dict[str, _Flags] = {}
        self._less: dict[str, _Flags] = {}
        for of in {cell.of for cell in counts.values}:
            flags = np.array([room[CountCell(of, group)] for group in self._groups])
            self._more[of], self._less[of] = flags[:, 0], flags[:, 1]

    def of_answers(self) -> None:
        """People who give another answer, and people who answer or do not."""
        sums = self._sums_of_answers()
        sums_of: dict[str, list[str]] = defaultdict(list)
        for whole, together in sums.items():
            for part in chain(*together):
                sums_of[part].append(whole)
        among = {(part.of, whole.of) for part, whole in self._counts.within}
        for whole, together in sums.items():
            ways = [[*_given(parts, whole, sums_of, among)] for parts in together]
            for given in ways:
                for gained, lost in permutations(given, 2):
                    self._exchange(gained, lost)
            if whole not in sums_of and all(ways):
                for place in range(max(map(len, ways))):
                    self._exchange([whole, *chain(*(given[place % len(given)] for given in ways))], [])
        for of in self._more.keys() - {*sums_of} - {*sums}:
            self._exchange([of], [])

    def _sums_of_answers(self) -> Mapping[str, Sequence[Sequence[str]]]:
        """By what people answered, the sets of answers of which everybody gave one."""
        sums: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for total in self._counts.sums:
            if total.whole.group == () and total.parts[0].group == () and total.parts[0].of != total.whole.of:
                sums[total.whole.of].append(tuple(part.of for part in total.parts))
        return sums

    def of_respondents(self) -> None:
        """One respondent more or less, or two that change groups; where groups are crossed, in a cell of the table."""
        crossed = [cell for cell in self._counts.values if len(cell.group) > 2]
        for cell in crossed:
            margins = [CountCell("", ()), CountCell("", cell.group[:2]), CountCell("", cell.group[2:]), cell]
            for way in (0, 1):
                if all(self._room[margin][way] for margin in margins):
                    self.cells.update(margins)
        for gaining, losing in self._within_a_breakdown(crossed):
            ends = [
                gaining,
                losing,
                *({CountCell("", gaining.group[:2]), CountCell("", gaining.group[2:])} ^ _margins(losing)),
            ]
            gains = [cell for cell in ends if cell == gaining or cell in _margins(gaining)]
            if all(self._room[cell][0 if cell in gains else 1] for cell in ends):
                self.cells.update(ends)

    def _within_a_breakdown(self, crossed: Sequence[CountCell]) -> Iterator[tuple[CountCell, CountCell]]:
        """Pairs of cells of one row or column."""
        lines: dict[PeopleGroup, list[CountCell]] = defaultdict(list)
        for cell in crossed:
            lines[cell.group[:2]].append(cell)
            lines[cell.group[2:]].append(cell)
        for line in lines.values():
            yield from permutations(line, 2)

    def _exchange(self, gains: Sequence[str], losses: Sequence[str]) -> None:
        """One more of some and one less of others, of one person; and of one group against another."""
        there = np.logical_and.reduce([*(self._more[of] for of in gains), *(self._less[of] for of in losses)])
        back = np.logical_and.reduce([*(self._less[of] for of in gains), *(self._more[of] for of in losses)])
        changed = np.zeros(len(self._groups), dtype=bool)
        for way in (there, back):
            if way[0] and all(way[each].any() for each in self._breakdowns):
                changed |= way
        for each in self._breakdowns:
            others = (there[each].sum() - there[each]) > 0, (back[each].sum() - back[each]) > 0
            changed[each] |= (there[each] & others[1]) | (back[each] & others[0])
        for place in np.flatnonzero(changed):
            self.cells.update(CountCell(of, self._groups[place]) for of in (*gains, *losses))


def _margins(cell: CountCell) -> set[CountCell]:
    return {CountCell("", cell.group[:2]), CountCell("", cell.group[2:])}


def _given(
    parts: Sequence[str], whole: str, sums_of: Mapping[str, Sequence[str]], among: Collection[tuple[str, str]]
) -> Iterator[list[str]]:
    """What is one more when somebody of the whole gives another of its answers: the answer, and whatever else it is
    part of, where that is among the whole itself: who ranks an option first has ranked it."""
    wholes = {each for of_part in sums_of.values() for each in of_part}
    for part in parts:
        others = [each for each in sums_of[part] if each != whole]
        is_in_one = part not in wholes and len(others) + 1 == len(sums_of[part])
        if is_in_one and all((each, whole) in among and each not in sums_of for each in others):
            yield [part, *others]
