"""A chart of every question, drawn from the rows of Wales in a long table of answers.

A question with one answer or several has a bar for each of them; one with parts, or asked of several outcomes, a bar of
shares for each, laid at the middle of a scale that has two sides; a ranking two dots. Where several answers may be
given, and in rankings, the most given stands first; others keep the order of the questionnaire, which may be one of
more and less. What is answered in words or numbers is drawn together, by how many gave any.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

from survey.languages import Phrase
from survey.questionnaire.definition import Option, Question
from survey.questionnaire.scales import middle_of
from survey.questionnaire.types import answer_type
from survey.reporting.charts.description import Chart, ChartKind, Series
from survey.reporting.workbooks.answer_entries import (
    AnswerEntry,
    asked_alike,
    entries_of,
    most_first,
    without_any_answer,
)
from survey.reporting.workbooks.charts import ALT_TEXTS_OF_PLOTS, NARROW, CellsByKey, figure
from survey.reporting.workbooks.column_plots import PART, QUESTION_OF, of_whole, round_end
from survey.reporting.workbooks.generic.answers import ANY_ANSWER
from survey.reporting.workbooks.report import LocalisedRound
from survey.reporting.xlsx.description import Cell, Plot, Sheet

MOST_SERIES = 7
"""As many as a palette has tones."""
MOST_DOTS = 5
"""As many shapes as marks have."""
SHARE = Phrase("workbook chart", "Share of those that answered")
SHARE_OF_PEOPLE = Phrase("workbook chart", "Share of the people who answered")
SHARE_OF_ASKED = Phrase(
    "workbook chart", "Share of those that were asked and responded; beside each bar, how many of how many"
)
PEOPLE_WHO_ANSWERED = Phrase("workbook chart", "People who answered")
SEVERAL = Phrase("workbook chart", "More than one answer could be given.")
WRITTEN = Phrase("workbook chart", "How many answered each of these questions")
NOT_DRAWN = Phrase("workbook chart", "Where nothing is drawn, no figure is given: its sheet says why.")
BaseWords = Callable[[CellsByKey], str]
"""What a chart says of the base of a row."""


class AnswerPlots:
    """The charts of a sheet’s table, whose first rows are those of Wales. Its columns are `question`, `answer`, `base`
    and `share`, and perhaps `section` and `part`. `facts` stand below each, after its base; `share` says
    what shares are of."""

    def __init__(
        self, report: LocalisedRound, sheet: Sheet, base: BaseWords, facts: tuple[str, ...], share: Phrase = SHARE
    ) -> None:
        self._report = report
        self._sheet = sheet
        self._base = base
        self._facts = facts
        self._share = report.language.say(share)

    def all(self, of_wales: Sequence[CellsByKey]) -> Iterator[Plot]:
        """A chart for every question, that of words and numbers last."""
        entries = [without_any_answer(self._report, entry) for entry in entries_of(of_wales)]
        any_answer = self._report.language.say(ANY_ANSWER)
        asked = [entry for entry in entries if entry.answers != (any_answer,)]
        for alike in asked_alike(asked):
            yield from self._of(alike)
        written = [entry for entry in entries if entry.answers == (any_answer,)]
        if written:
            yield self._written(written)

    def _of(self, alike: list[AnswerEntry]) -> Iterator[Plot]:
        several = len(alike) > 1
        if several and all(entry.is_whole for entry in alike) and len(alike[0].answers) <= MOST_SERIES:
            yield self._stacked(alike)
        elif several and len(alike) <= MOST_DOTS:
            yield self._dots(most_first(alike))
        else:
            for entry in alike:
                yield self._bars(*(most_first([entry]) if self._takes_several(entry) else [entry]))

    def _bars(self, entry: AnswerEntry) -> Plot:
        part = entry.first.get("part")
        question = str(entry.first["question"])
        if isinstance(part, str):
            question = self._report.language.say(PART, question=question, part=part)
        series = (Series(self._share, entry.shares),)
        chart = self._chart("bars", self._titled(question, entry), entry.answers, series, entry, axis=self._share)
        return Plot(chart, self._sheet.name, (entry.rows,), "answer", "share")

    def _stacked(self, alike: list[AnswerEntry]) -> Plot:
        key = "part" if len({entry.first.get("part") for entry in alike}) > 1 else "section"
        names = [str(entry.first[key]) for entry in alike]
        series = [
            Series(answer, tuple(entry.shares[place] for entry in alike))
            for place, answer in enumerate(alike[0].answers)
        ]
        title, middle = str(alike[0].first["question"]), self._middles.get(alike[0].answers)
        if key == "part":
            title = self._titled(title, alike[0])
        chart = self._chart("shares", title, names, series, alike[0], **look_of_shares(middle, self._share))
        rows = tuple(tuple(entry.rows[place] for entry in alike) for place in range(len(series)))
        return Plot(chart, self._sheet.name, rows, key, "share")

    def _titled(self, question: str, entry: AnswerEntry) -> str:
        """A question in front of which its section stands, so that a chart is understood without the questionnaire."""
        section = entry.first.get("section")
        if not isinstance(section, str):
            return question
        return self._report.language.say(QUESTION_OF, section=section, question=question)

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

    def _takes_several(self, entry: AnswerEntry) -> bool:
        return entry.first["question"] in self._of_several

    @cached_property
    def _of_several(self) -> frozenset[str]:
        """The questions to which whoever answers may give several answers, by their words."""
        sections = self._report.snapshot.questionnaire.sections
        asked = _every_question(question for section in sections for question in section.questions)
        return frozenset(
            self._report.texts(question.label)
            for question in asked
            if answer_type(question).stores_answer and answer_type(question).counted_as == "choices"
        )

    def _dots(self, alike: list[AnswerEntry]) -> Plot:
        key = "part" if len({entry.first.get("part") for entry in alike}) > 1 else "section"
        series = [Series(str(entry.first[key]), entry.shares) for entry in alike]
        title = str(alike[0].first["question"])
        if key == "part":
            title = self._titled(title, alike[0])
        chart = self._chart("dots", title, alike[0].answers, series, alike[0], axis=self._share)
        return Plot(chart, self._sheet.name, tuple(entry.rows for entry in alike), "answer", "share")

    def _written(self, entries: list[AnswerEntry]) -> Plot:
        report = self._report
        names = [str(entry.first["question"]) for entry in entries]
        key = "share" if "not_answered" in entries[0].first else "number"
        series = (Series(report.language.say(ANY_ANSWER), tuple(figure(entry.first[key]) for entry in entries)),)
        look = self._shares_of_asked(entries) if key == "share" else self._numbers_of(series[0])
        chart = Chart(
            report.language,
            "bars",
            report.language.say(WRITTEN),
            (*_blanks(report, series), *self._facts),
            report.language.say(ALT_TEXTS_OF_PLOTS["bars"], title=report.language.say(WRITTEN), sheet=self._sheet.name),
            tuple(names),
            series,
            ("",) * len(names),
            **look,
        )
        return Plot(chart, self._sheet.name, (tuple(entry.rows[0] for entry in entries),), "question", key)

    def _numbers_of(self, series: Series) -> dict[str, Any]:
        """How bars of numbers of people look."""
        highest = max((number for number in series.figures if number is not None), default=1)
        return {"high": round_end(highest), "axis": self._report.language.say(PEOPLE_WHO_ANSWERED)}

    def _shares_of_asked(self, entries: Sequence[AnswerEntry]) -> dict[str, Any]:
        """How bars look of those that answered, of all that were asked and responded: how many those are stands at the
        end of each."""
        language = self._report.language
        rows = [entry.first for entry in entries]
        asked = (int(str(row["base"])) + int(str(row["not_answered"])) for row in rows)
        said = tuple(of_whole(self._report, row["number"], whole) for row, whole in zip(rows, asked, strict=True))
        return {"figures": "percent", "said": said, "axis": language.say(SHARE_OF_ASKED)}

    def _chart(
        self,
        kind: ChartKind,
        title: str,
        names: Sequence[str],
        series: Sequence[Series],
        entry: AnswerEntry,
        **look: Any,
    ) -> Chart:
        language = self._report.language
        several = (language.say(SEVERAL),) if self._takes_several(entry) else ()
        narrow = (language.say(NARROW),) if kind == "shares" else ()
        return Chart(
            language=language,
            kind=kind,
            title=title,
            facts=(self._base(entry.first), *several, *narrow, *_blanks(self._report, series), *self._facts),
            alt_text=language.say(ALT_TEXTS_OF_PLOTS[kind], title=title, sheet=self._sheet.name),
            names=tuple(names),
            series=tuple(series),
            instead=("",) * len(names),
            figures="percent",
            **look,
        )


def look_of_shares(middle: float | None, axis: str) -> dict[str, Any]:
    """How bars of shares look: laid at the middle of a scale that has two sides, else beside one another."""
    look = {"palette": "ordered"} if middle is None else {"palette": "diverging", "middle": middle}
    return {**look, "axis": axis}


def _option_lists(questions: Iterable[Question]) -> Iterator[Sequence[Option]]:
    for question in questions:
        yield question.options
        yield from (column.options for column in question.columns)
        yield from _option_lists(question.questions)


def _every_question(questions: Iterable[Question]) -> Iterator[Question]:
    for question in questions:
        yield question
        yield from _every_question(question.questions)


def area_fact(report: LocalisedRound, area: Cell) -> str:
    """Where those are who answered, so that a chart says it wherever it is pasted."""
    return report.pgettext("workbook chart", "Area: %(area)s.", area=area)


def _blanks(report: LocalisedRound, all_series: Iterable[Series]) -> Iterator[str]:
    """What is said where a figure is missing."""
    if any(figure is None for series in all_series for figure in series.figures):
        yield report.language.say(NOT_DRAWN)
