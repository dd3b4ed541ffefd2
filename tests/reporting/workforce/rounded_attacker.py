"""Somebody who has only the written workbook with rounded numbers, and looks for one that is known exactly.

From each percentage and its base they have the rounded number of people who gave an answer. Integer programming finds
other numbers that would have been rounded to the same; where there are none, the number is known.
"""

from pathlib import Path
from typing import Any

import numpy as np

from tests.reporting.whole_numbers import Row, WholeNumbers
from tests.reporting.workforce.attacker import BOARD, PROFESSION, WALES, Attacker, C, Place, U

SINGLE = {"Intention to stay": ((), 2, 3), "Well-being": ((2,), 3, 5)}
"""Sheets with a column for each answer of those who gave one: columns that name the item, of the base, the first."""
SEVERAL = {"Learning and obstacles": (2, 3, 4)}
"""Sheets with a row for each answer: columns of the question, the answer and the base."""
BEYOND, TRIES = 100_000, 8


class RoundedAttacker(Attacker):
    """`shown` has every number in the file, read out of percentages too, `whole` the sums that these keep."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.shown: dict[Place, int] = dict(self.known)
        self.whole = list(self.sums)
        for sheet, (named_by, base, first) in SINGLE.items():
            for row in self._tables[sheet]:
                item = "|".join([sheet, *(str(row[column]) for column in named_by)])
                places = [self._answer(item, str(at), row, row[base], row[at]) for at in range(first, len(row))]
                self.whole.append((self._place(item, row), places))
        for sheet, (question, answer, base) in SEVERAL.items():
            for row in self._tables[sheet]:
                self._answer(f"{sheet}|{row[question]}", str(row[answer]), row, row[base], row[base + 1])
        firsts: dict[Place, list[Place]] = {}
        for row in self._tables["Training priorities"]:
            place = self._answer("Training priorities", f"first {row[2]}", row, row[3], row[4])
            firsts.setdefault(self._place("Training priorities", row), []).append(place)
            self._answer("Training priorities", f"ranked {row[2]}", row, row[3], row[5])
        self.whole += firsts.items()
        answers = {place[0] for place in self.shown | dict.fromkeys(self._hidden_answers) if "=" in place[0]}
        for item in answers:
            for breakdown, names in ((BOARD, self.boards), (PROFESSION, self.professions)):
                self.whole.append(((item, WALES), [(item, breakdown, name) for name in names]))

    def known_exactly(self) -> set[Place]:
        """The places of which the number can only be one."""
        if not self.shown:
            return set()
        places = sorted({place for whole, parts in self.whole for place in (whole, *parts)} | self.shown.keys())
        number = {place: index for index, place in enumerate(places)}
        low, high = np.zeros(len(places)), np.full(len(places), float(BEYOND))
        for place, rounded in self.shown.items():
            low[number[place]], high[number[place]] = max(rounded - 2, 0), rounded + 2
        rows: list[Row] = [
            ([*((number[part], 1) for part in parts), (number[whole], -1)], 0, 0) for whole, parts in self.whole
        ]
        inside = [(place, (place[0].rpartition("=")[0], *place[1:])) for place in places if place[0]]
        rows += [([(number[whole], 1), (number[part], -1)], 0, np.inf) for part, whole in inside if whole in number]
        possible, random = WholeNumbers(low, high, rows), np.random.default_rng(1)
        least, most = np.full(len(places), np.inf), np.full(len(places), -np.inf)

        def solve(objective: Any) -> None:
            found = possible.least(objective)
            assert found is not None
            np.minimum(least, found, out=least)
            np.maximum(most, found, out=most)

        for _ in range(TRIES):
            objective = np.zeros(len(places))
            objective[[number[place] for place in self.shown]] = random.choice((-1.0, 1.0), len(self.shown))
            solve(objective)
            solve(-objective)
        for place in self.shown:
            for direction in (1, -1):
                if most[number[place]] - least[number[place]] < 0.5:
                    objective = np.zeros(len(places))
                    objective[number[place]] = direction
                    solve(objective)
        return {place for place in self.shown if most[number[place]] - least[number[place]] < 0.5}

    @property
    def _hidden_answers(self) -> list[Place]:
        return [place for _, parts in self.whole for place in parts if place not in self.shown]

    def _place(self, item: str, row: list[Any]) -> Place:
        return (item, WALES) if row[0] == WALES else (item, row[0], row[1])

    def _answer(self, item: str, answer: str, row: list[Any], base: Any, share: Any) -> Place:
        place = self._place(f"{item}={answer}", row)
        if C not in (base, share) and share != U:
            self.shown[place] = 5 * round(share * base / 5)
        return place
