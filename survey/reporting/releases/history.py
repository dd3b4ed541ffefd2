"""What a correction is held against: what each earlier release counted and hid, and which people are in which of them.

    counts.json   {cells, hidden, patterns, ordinary}   every number counted, of the people of each pattern; which cells
                                                        show none; and the numbers of answers to ordinary questions
    people.json   {pattern: keys}                       which responses are of each pattern (`disclosure.corrections`)

Both are among the files of a release. The numbers that it hides are in them: whoever can read the data folder can read
the responses themselves.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from survey.collection.errors import DomainError
from survey.collection.rounds.releases import KeptRelease, released_file
from survey.reporting.disclosure.corrections import EVERYBODY, Pattern, ReleasedCounts
from survey.reporting.disclosure.counts import CountCell, Counts
from survey.reporting.disclosure.protection import Protected, known_of_told
from survey.reporting.records.people import People
from survey.storage.repository import Repository

COUNTS, PEOPLE = "counts", "people"
CountNumbers = Mapping[CountCell, int]


@dataclass(frozen=True, slots=True)
class PeopleOfPattern:
    """The people of a pattern: the keys of their responses, and what they count to in each cell."""

    keys: tuple[str, ...]
    numbers: CountNumbers


Parts = Mapping[Pattern, PeopleOfPattern]


class PastRelease:
    """What was kept of a release: `hidden` are the cells that show nothing, `numbers` what it counted in every cell,
    `untold` the answers of which it tells no mean.

    Raises Unreadable; DomainError("counted_otherwise") when not all of that was kept.
    """

    def __init__(self, repository: Repository, round_id: str, release: KeptRelease) -> None:
        self._kept = release
        counts = json.loads(released_file(repository, round_id, release, COUNTS))
        people = json.loads(released_file(repository, round_id, release, PEOPLE))
        cells = [CountCell(of, tuple(group)) for of, group in counts["cells"]]
        self.hidden = frozenset(cells[place] for place in counts["hidden"])
        self.parts: Parts = {
            pattern: PeopleOfPattern(tuple(people[pattern]), dict(zip(cells, numbers, strict=True)))
            for pattern, numbers in counts["patterns"].items()
        }
        if not {"ordinary", "untold"} <= counts.keys():
            raise DomainError("counted_otherwise")
        self.untold = frozenset(CountCell(of, tuple(group)) for of, group in counts["untold"])
        self.numbers = self._added_up() | {
            CountCell(of, tuple(group)): number for of, group, number in counts["ordinary"]
        }

    def attacked(self, people: People, present: Counts) -> ReleasedCounts:
        """The release as the attack takes it. What adds up to what is as in those of the present."""
        values = self._added_up()
        enough = self._kept.enough
        known, possible = ({}, {}) if enough is None else known_of_told(people, enough, self._kept.threshold)
        counts = Counts(
            values,
            tuple(total for total in present.sums if all(cell in values for cell in total.cells)),
            tuple(pair for pair in present.within if all(cell in values for cell in pair)),
            frozenset(cell for cell in values if cell.of),
            known,
            possible,
        )
        return ReleasedCounts(counts, self.hidden)

    def _added_up(self) -> dict[CountCell, int]:
        """The number in each cell that is protected, of the people of all patterns that are in the release."""
        inside = [part.numbers for pattern, part in self.parts.items() if pattern.endswith("1")]
        cells = next(iter(self.parts.values())).numbers
        return {cell: sum(numbers[cell] for numbers in inside) for cell in cells}


def parts_now(people: People, before: Parts, count: Callable[[People], CountNumbers]) -> Parts:
    """The people of each pattern when the present is one more release, those who went included.

    Raises DomainError("counted_otherwise") when those who went cannot have counted to what is left of what was kept.
    """
    present = frozenset(people.keys)
    parts: dict[Pattern, PeopleOfPattern] = {}
    for pattern, part in before.items():
        here = tuple(key for key in part.keys if key in present)
        gone = tuple(key for key in part.keys if key not in present)
        counted = count(people.among(frozenset(here))) if here else {}
        left = {cell: part.numbers.get(cell, 0) - counted.get(cell, 0) for cell in part.numbers.keys() | counted.keys()}
        if left[EVERYBODY] != len(gone) or not all(0 <= number <= len(gone) for number in left.values()):
            raise DomainError("counted_otherwise")
        parts |= {pattern + "1": PeopleOfPattern(here, counted), pattern + "0": PeopleOfPattern(gone, left)}
    known = {key for part in before.values() for key in part.keys}
    new = tuple(key for key in people.keys if key not in known)
    length = len(next(iter(before)))
    if new:
        parts["0" * length + "1"] = PeopleOfPattern(new, count(people.among(frozenset(new))))
    return {pattern: part for pattern, part in parts.items() if part.keys}


def counts_file(protected: Protected, parts: Parts) -> bytes:
    """What is kept of the numbers of a release."""
    cells = sorted({*protected.counts.values, *(cell for part in parts.values() for cell in part.numbers)})
    patterns = {pattern: [part.numbers.get(cell, 0) for cell in cells] for pattern, part in parts.items()}
    hidden = [place for place, cell in enumerate(cells) if cell in protected.hidden]
    ordinary = [(*cell, number) for cell, number in protected.ordinary.items()]
    return _json(
        {
            "cells": cells,
            "hidden": hidden,
            "patterns": patterns,
            "ordinary": ordinary,
            "untold": sorted(protected.untold),
        }
    )


def people_file(parts: Parts) -> bytes:
    """What is kept of the people of a release."""
    return _json({pattern: part.keys for pattern, part in parts.items()})


def _json(content: Any) -> bytes:
    return json.dumps(content, separators=(",", ":"), sort_keys=True).encode()
