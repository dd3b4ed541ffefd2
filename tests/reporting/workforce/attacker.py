"""Somebody who has only the written workbook, and adds and subtracts in it all day. Nothing of `survey` is used.

Every number of people in the file is put under what it counts and whom: ("", "board", "Board 1"), or for the base of
an item (“Skills|Planning”, "profession", "GP"). Whoever reads the file knows which of them add up to which.
"""

from pathlib import Path
from typing import Any

import numpy as np

from tests.reporting.reading import without_charts
from tests.reporting.whole_numbers import Row, WholeNumbers

C, U = "[c]", "[u]"
Place = tuple[str, ...]
WALES, BOARD, PROFESSION = "Wales", "Health board", "Profession"
ITEM_SHEETS = {
    # sheet: columns that name the item, and the column of the base
    "Skills": ((3,), 4),
    "Training priorities": ((), 3),
    "Learning and obstacles": ((2,), 4),
    "Use of Welsh": ((2,), 4),
    "Intention to stay": ((), 2),
    "Help to stay": ((2,), 4),
    "Well-being": ((2,), 3),
}


class Attacker:
    """`known` are the numbers shown, `hidden` the places that show [c], `sums` pairs of a whole and its parts."""

    def __init__(self, path: Path) -> None:
        book = without_charts(path)
        self._tables = {sheet.title: _rows(sheet) for sheet in book.worksheets if sheet.tables}
        self.known: dict[Place, int] = {}
        self.hidden: set[Place] = set()
        self.sums: list[tuple[Place, list[Place]]] = []
        self.items: set[str] = set()
        self._respondents()
        self._read_items()
        self.derived = self._subtract()

    def pooled(self) -> list[tuple[int, list[Place]]]:
        """What hidden parts of a known total come to together, as far as the file itself shows it."""
        return [
            (self.known[whole] - sum(self.known.get(part, 0) for part in parts), missing)
            for whole, parts in self.sums
            if whole in self.known and (missing := [part for part in parts if part in self.hidden])
        ]

    def respondents_of_clusters(self, threshold: int) -> dict[str, tuple[int, int]]:
        """The least and the most that each small cluster can have, by integer programming over all numbers of
        respondents in the file and what is told of each cluster, in the file and while the round was open."""
        beyond = 10_000
        sums = [(whole, parts) for whole, parts in self.sums if not whole[0]]
        for name in self.boards:
            inside = [("", "cluster", cluster) for cluster, (board, _) in self.clusters.items() if board == name]
            sums.append((("", BOARD, name), inside))
        places = sorted({place for whole, parts in sums for place in (whole, *parts)} - self.known.keys())
        number = {place: index for index, place in enumerate(places)}
        low, high = np.zeros(len(places)), np.full(len(places), float(beyond))
        for cluster, (_, is_large) in self.clusters.items():
            if is_large:
                low[number["", "cluster", cluster]] = threshold
            else:
                high[number["", "cluster", cluster]] = threshold - 1
        rows: list[Row] = []
        for whole, parts in sums:
            signed = [(whole, -1), *((part, 1) for part in parts)]
            left = -sum(sign * self.known[place] for place, sign in signed if place not in number)
            entries = [(number[place], sign) for place, sign in signed if place in number]
            if entries:
                rows.append((entries, left, left))
        possible = WholeNumbers(low, high, rows)

        def extreme(place: Place, sign: int) -> int:
            objective = np.zeros(len(places))
            objective[number[place]] = sign
            found = possible.least(objective)
            assert found is not None
            return round(found[number[place]])

        return {
            cluster: (extreme(("", "cluster", cluster), 1), extreme(("", "cluster", cluster), -1))
            for cluster, (_, is_large) in self.clusters.items()
            if not is_large
        }

    def _put(self, place: Place, cell: Any) -> Place:
        if cell == C:
            self.hidden.add(place)
        else:
            assert self.known.setdefault(place, cell) == cell, f"{place} is {cell} and {self.known[place]}"
        return place

    def _respondents(self) -> None:
        boards = []
        for name, _, count, _, _ in self._tables["Response by health board"]:
            if name == WALES:
                wales = self._put(("", WALES), count)
            else:
                boards.append(self._put(("", BOARD, name), count))
        self.sums.append((wales, boards))
        self.clusters = {
            name: (board, said.endswith(" or more")) for board, name, _, said in self._tables["Response by cluster"]
        }
        everybody, *rows = self._tables["Profession by health board"]
        names = [place[2] for place in boards]
        self._put(wales, everybody[1])
        for name, cell in zip(names, everybody[2:], strict=True):
            self._put(("", BOARD, name), cell)
        table: list[list[Place]] = []
        for profession, total, *cells in rows:
            self._put(("", PROFESSION, profession), total)
            table.append([self._put(("", profession, name), cell) for name, cell in zip(names, cells, strict=True)])
            self.sums.append((("", PROFESSION, profession), table[-1]))
        self.professions = [row[0] for row in rows]
        self.boards = names
        self.sums.append((wales, [("", PROFESSION, profession) for profession in self.professions]))
        self.sums += [
            (("", BOARD, name), list(column)) for name, column in zip(names, zip(*table, strict=True), strict=True)
        ]

    def _read_items(self) -> None:
        for sheet, (named_by, base) in ITEM_SHEETS.items():
            for row in self._tables[sheet]:
                if row[0] != "[z]":
                    item = "|".join([sheet, *(str(row[column]) for column in named_by)])
                    self._item(item, row[0], row[1], row[base])
        for sheet, breakdown in (
            ("Welsh skills by health board", BOARD),
            ("Welsh skills by profession", PROFESSION),
        ):
            for name, skill, base_cell, *_ in self._tables[sheet]:
                self._item(f"Welsh|{skill}", WALES if name == WALES else breakdown, name, base_cell)
        for item in self.items:
            for breakdown, names in ((BOARD, self.boards), (PROFESSION, self.professions)):
                self.sums.append(((item, WALES), [(item, breakdown, name) for name in names]))

    def _item(self, item: str, breakdown: str, name: str, base: Any) -> None:
        self.items.add(item)
        self._put((item, WALES) if breakdown == WALES else (item, breakdown, name), base)

    def _subtract(self) -> dict[Place, int]:
        """Everything that can be worked out: the one that is missing, parts of nothing, and, of an item that
        everybody answered, the number of respondents."""
        known = dict(self.known)
        everybody = [item for item in self.items if known.get((item, WALES)) == known.get(("", WALES), -1)]
        before = -1
        while len(known) > before:
            before = len(known)
            for whole, parts in self.sums:
                missing = [part for part in parts if part not in known]
                if whole not in known and not missing:
                    known[whole] = sum(known[part] for part in parts)
                if whole in known:
                    left = known[whole] - sum(known.get(part, 0) for part in parts)
                    if len(missing) == 1 or left == 0:
                        known |= {part: left if len(missing) == 1 else 0 for part in missing}
            for item in everybody:
                for place in list(known):
                    if place[0] in ("", item) and place[1] in (BOARD, PROFESSION):
                        other = ("" if place[0] else item, *place[1:])
                        known.setdefault(other, known[place])
        return {place: number for place, number in known.items() if place in self.hidden}


def _rows(sheet: Any) -> list[list[Any]]:
    (table,) = sheet.tables.values()
    return [[cell.value for cell in row] for row in sheet[table.ref]][1:]
