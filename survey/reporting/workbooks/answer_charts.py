"""A chart of every question, drawn from the rows of Wales in a long table of answers.

A question with one answer or several has a bar for each of them; one with parts, or asked of several outcomes, a bar of
shares for each, laid at the middle of a scale that has two sides; a ranking two dots. Where several answers may be
given, and in rankings, the most given stands first; others keep the order of the questionnaire, which may be one of
more and less. What is answered in words or numbers is drawn together, by how many gave any.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import isclose
from typing import Any

from survey.languages import Phrase
from survey.questionnaire.definition import Option, Question
from survey.questionnaire.scales import middle_of
from survey.reporting.charts.description import Chart, Kind, Series
from survey.reporting.workbooks.charts import ALT_TEXTS_OF_PLOTS, Cells, figure
from survey.reporting.workbooks.column_plots import PART, round_end
from survey.reporting.workbooks.generic.answers import ANY_ANSWER
from survey.reporting.workbooks.report import LocalisedRound
from survey.reporting.xlsx.description import Cell, Plot, Sheet

MOST_SERIES = 7
"""As many as a palette has tones."""
MOST_DOTS = 5
"""As many shapes as marks have."""
ROUNDED = 0.02
"""What shares that are rounded may come to beside a whole."""
SHARE = Phrase("workbook chart", "Share of those that answered")
WRITTEN = Phrase("workbook chart", "How many answered each of these questions")
NOT_DRAWN = Phrase("workbook chart", "Where nothing is drawn, no figure is given: its sheet says why.")
Base = Callable[[Cells], str]
"""What a chart says of the base of a row."""


@dataclass(frozen=True)
class _Entry:
    """The rows of one thing asked, by their numbers in the table, and what names it."""

    rows: tuple[int, ...]
    cells: tuple[Cells, ...]

    @property
    def first(self) -> Cells:
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

    @property
    def takes_several(self) -> bool:
        """Whether the shares show that some gave several answers."""
        return sum(share or 0 for share in self.shares) > 1 + ROUNDED

    def in_order(self, places: Sequence[int]) -> "_Entry":
        """The same with its rows in another order."""
        return _Entry(tuple(self.rows[place] for place in places), tuple(self.cells[place] for place in places))


class AnswerPlots:
    """The charts of a sheet’s table, whose first rows are those of Wales. Its columns are `question`, `answer`, `base`
    and `share`, and perhaps `section` and `part`. `facts` stand below each, after its base."""

    def __init__(self, report: LocalisedRound, sheet: Sheet, base: Base, facts: tuple[str, ...]) -> None:
        self._report = report
        self._sheet = sheet
        self._base = base
        self._facts = facts

    def all(self, of_wales: Sequence[Cells]) -> Iterator[Plot]:
        """A chart for every question, that of words and numbers last."""
        entries = [_without_any_answer(self._report, one) for one in _entries(of_wales)]
        any_answer = self._report.language.say(ANY_ANSWER)
        asked = [one for one in entries if one.answers != (any_answer,)]
        for alike in _alike(asked):
            yield from self._of(alike)
        written = [one for one in entries if one.answers == (any_answer,)]
        if written:
            yield self._written(written)

    def _of(self, alike: list[_Entry]) -> Iterator[Plot]:
        several = len(alike) > 1
        if several and all(one.is_whole for one in alike) and len(alike[0].answers) <= MOST_SERIES:
            yield self._stacked(alike)
        elif several and len(alike) <= MOST_DOTS:
            yield self._dots(_most_first(alike))
        else:
            for one in alike:
                yield self._bars(*(_most_first([one]) if one.takes_several else [one]))

    def _bars(self, entry: _Entry) -> Plot:
        part = entry.first.get("part")
        title = str(entry.first["question"])
        if isinstance(part, str):
            title = self._report.language.say(PART, question=title, part=part)
        series = (Series(self._report.language.say(SHARE), entry.shares),)
        chart = self._chart("bars", title, entry.answers, series, entry, axis=self._report.language.say(SHARE))
        return Plot(chart, self._sheet.name, (entry.rows,), "answer", "share")

    def _stacked(self, alike: list[_Entry]) -> Plot:
        key = "part" if len({one.first.get("part") for one in alike}) > 1 else "section"
        names = [str(one.first[key]) for one in alike]
        series = [
            Series(answer, tuple(one.shares[place] for one in alike)) for place, answer in enumerate(alike[0].answers)
        ]
        title, middle = str(alike[0].first["question"]), self._middles.get(alike[0].answers)
        chart = self._chart("shares", title, names, series, alike[0], **look_of_shares(self._report, middle))
        rows = tuple(tuple(one.rows[place] for one in alike) for place in range(len(series)))
        return Plot(chart, self._sheet.name, rows, key, "share")

    @cached_property
    def _middles(self) -> dict[tuple[str, ...], float]:
        """The middles of the scales that have two sides, by their answers as the table has them."""
        sections = self._report.snapshot.questionnaire.sections
        lists = (options for section in sections for options in _option_lists(section.questions))
        return {
            tuple(self._report.texts(option.label) for option in options): middle
            for options in lists
            if (middle := middle_of(options)) is not None
        }

    def _dots(self, alike: list[_Entry]) -> Plot:
        key = "part" if len({one.first.get("part") for one in alike}) > 1 else "section"
        series = [Series(str(one.first[key]), one.shares) for one in alike]
        title = str(alike[0].first["question"])
        chart = self._chart("dots", title, alike[0].answers, series, alike[0], axis=self._report.language.say(SHARE))
        return Plot(chart, self._sheet.name, tuple(one.rows for one in alike), "answer", "share")

    def _written(self, entries: list[_Entry]) -> Plot:
        report = self._report
        names = [str(one.first["question"]) for one in entries]
        series = (Series(report.language.say(ANY_ANSWER), tuple(figure(one.first["number"]) for one in entries)),)
        numbers = [number for number in series[0].figures if number is not None]
        chart = Chart(
            report.language,
            "bars",
            report.language.say(WRITTEN),
            self._facts,
            report.language.say(ALT_TEXTS_OF_PLOTS["bars"], title=report.language.say(WRITTEN), sheet=self._sheet.name),
            tuple(names),
            series,
            ("",) * len(names),
            high=round_end(max(numbers, default=1)),
        )
        return Plot(chart, self._sheet.name, (tuple(one.rows[0] for one in entries),), "question", "number")

    def _chart(
        self, kind: Kind, title: str, names: Sequence[str], series: Sequence[Series], entry: _Entry, **look: Any
    ) -> Chart:
        language = self._report.language
        return Chart(
            language=language,
            kind=kind,
            title=title,
            facts=(self._base(entry.first), *_blanks(self._report, series), *self._facts),
            alt_text=language.say(ALT_TEXTS_OF_PLOTS[kind], title=title, sheet=self._sheet.name),
            names=tuple(names),
            series=tuple(series),
            instead=("",) * len(names),
            figures="percent",
            **look,
        )


def look_of_shares(report: LocalisedRound, middle: float | None) -> dict[str, Any]:
    """How bars of shares look: laid at the middle of a scale that has two sides, else beside one another."""
    if middle is None:
        return {"palette": "ordered"}
    return {"palette": "diverging", "middle": middle, "axis": report.language.say(SHARE)}


def _option_lists(questions: Iterable[Question]) -> Iterator[Sequence[Option]]:
    for question in questions:
        yield question.options
        yield from (column.options for column in question.columns)
        yield from _option_lists(question.questions)


def area_fact(report: LocalisedRound, area: Cell) -> str:
    """Where those are who answered, so that a chart says it wherever it is pasted."""
    return report.pgettext("workbook chart", "Area: %(area)s.", area=area)


def _blanks(report: LocalisedRound, series: Iterable[Series]) -> Iterator[str]:
    """What is said where a figure is missing."""
    if any(figure is None for one in series for figure in one.figures):
        yield report.language.say(NOT_DRAWN)


def _entries(rows: Iterable[Cells]) -> Iterator[_Entry]:
    """The rows of each thing asked, which stand together."""
    gathered: dict[tuple[Cell | None, ...], list[tuple[int, Cells]]] = {}
    for place, row in enumerate(rows):
        named = tuple(row.get(key) for key in ("section", "question", "part", "counted"))
        gathered.setdefault(named, []).append((place, row))
    for listed in gathered.values():
        yield _Entry(tuple(place for place, _ in listed), tuple(row for _, row in listed))


def _without_any_answer(report: LocalisedRound, entry: _Entry) -> _Entry:
    """A date without the row of all who gave one: its months say when."""
    kept = [at for at, answer in enumerate(entry.answers) if answer != report.language.say(ANY_ANSWER)]
    if not kept:
        return entry
    return entry.in_order(kept)


def _most_first(alike: Sequence[_Entry]) -> list[_Entry]:
    """Things asked with the same answers, all with these in one order: what most gave first."""
    given = [sum(one.shares[place] or 0 for one in alike) for place in range(len(alike[0].rows))]
    order = sorted(range(len(given)), key=lambda place: -given[place])
    return [one.in_order(order) for one in alike]


def _alike(entries: Iterable[_Entry]) -> Iterator[list[_Entry]]:
    """What was asked with the same answers in several parts, or of several outcomes without parts, together."""
    gathered: dict[tuple[object, ...], list[_Entry]] = {}
    for entry in entries:
        parted = entry.first.get("section") if isinstance(entry.first.get("part"), str) else None
        key = (parted, entry.first["question"], entry.first.get("counted"), entry.answers)
        gathered.setdefault(key, []).append(entry)
    yield from gathered.values()
