"""The rows of a long table of answers, those of each thing asked together, as a chart draws them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import isclose

from survey.reporting.workbooks.charts import CellsByKey, figure
from survey.reporting.workbooks.generic.answers import ANY_ANSWER
from survey.reporting.workbooks.report import LocalisedRound
from survey.reporting.xlsx.description import Cell

ROUNDED = 0.02
"""What shares that are rounded may come to beside a whole."""


@dataclass(frozen=True)
class AnswerEntry:
    """The rows of one thing asked, by their numbers in the table, and what names it."""

    rows: tuple[int, ...]
    cells: tuple[CellsByKey, ...]

    @property
    def first(self) -> CellsByKey:
        return self.cells[0]

    @property
    def answers(self) -> tuple[str, ...]:
        return tuple(str(row["answer"]) for row in self.cells)

    @property
    def shares(self) -> tuple[float | None, ...]:
        return tuple(figure(row["share"]) for row in self.cells)

    @property
    def is_whole(self) -> bool:
        """Whether the shares are the parts of a whole, or are not given."""
        given = [share for share in self.shares if share is not None]
        return not given or isclose(sum(given), 1, abs_tol=ROUNDED)

    def in_order(self, places: Sequence[int]) -> "AnswerEntry":
        """The same with its rows in another order."""
        return AnswerEntry(tuple(self.rows[place] for place in places), tuple(self.cells[place] for place in places))


def entries_of(rows: Iterable[CellsByKey]) -> Iterator[AnswerEntry]:
    """The rows of each thing asked, which stand together."""
    gathered: dict[tuple[Cell | None, ...], list[tuple[int, CellsByKey]]] = {}
    for place, row in enumerate(rows):
        named = tuple(row.get(key) for key in ("section", "question", "part", "counted"))
        gathered.setdefault(named, []).append((place, row))
    for listed in gathered.values():
        yield AnswerEntry(tuple(place for place, _ in listed), tuple(row for _, row in listed))


def without_any_answer(report: LocalisedRound, entry: AnswerEntry) -> AnswerEntry:
    """A date without the row of all who gave one: its months say when."""
    kept = [at for at, answer in enumerate(entry.answers) if answer != report.language.say(ANY_ANSWER)]
    if not kept:
        return entry
    return entry.in_order(kept)


def most_first(alike: Sequence[AnswerEntry]) -> list[AnswerEntry]:
    """Things asked with the same answers, all with these in one order: what most gave first."""
    given = [sum(entry.shares[place] or 0 for entry in alike) for place in range(len(alike[0].rows))]
    order = sorted(range(len(given)), key=lambda place: -given[place])
    return [entry.in_order(order) for entry in alike]


def asked_alike(entries: Iterable[AnswerEntry]) -> Iterator[list[AnswerEntry]]:
    """What was asked with the same answers in several parts, or of several outcomes without parts, together."""
    gathered: dict[tuple[object, ...], list[AnswerEntry]] = {}
    for entry in entries:
        parted = entry.first.get("section") if isinstance(entry.first.get("part"), str) else None
        key = (parted, entry.first["question"], entry.first.get("counted"), entry.answers)
        gathered.setdefault(key, []).append(entry)
    yield from gathered.values()
