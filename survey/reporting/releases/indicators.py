"""The indicators of a round of reflections, taken from the tables of its workbook: no second way of counting.

Figures are those of the English tables, found by code; the labels of a code are those of both languages.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import orjson

from survey.languages import LANGUAGES, Phrase
from survey.reporting.measures.declarations import ENABLERS, JUDGED_LEVEL, MOVEMENT, RESPONSE, Measure
from survey.reporting.releases.indicator_fields import CODE, WALES, Named
from survey.reporting.workbooks.charts import Cells, rows_of
from survey.reporting.workbooks.national.boards import movement_by_board
from survey.reporting.workbooks.national.enablers import enablers_and_barriers
from survey.reporting.workbooks.national.levels import movement
from survey.reporting.workbooks.national.maturity import maturity_by_board, maturity_by_outcome
from survey.reporting.workbooks.national.ways import WAYS, way_names
from survey.reporting.workbooks.report import Report
from survey.reporting.workbooks.response import response_by_board
from survey.reporting.workbooks.tables import NOT_APPLICABLE
from survey.reporting.xlsx.description import MEANINGS, Shorthand

Observation = dict[str, Any]
FIGURES_IN = "en"
CODES_OF_MISSING = {Shorthand.FEW_CLUSTERS: "few_clusters", Shorthand.NOT_APPLICABLE: "not_applicable"}


def indicators_file(told_in: Callable[[str], Report]) -> bytes:
    """The file of indicators that a release keeps; `told_in` gives the report of the round in a language."""
    reports = {code: told_in(code) for code in LANGUAGES}
    return orjson.dumps(list(_Labelled(reports).observations()))


class _Labelled:
    """The observations of a report, each code with its labels."""

    def __init__(self, reports: Mapping[str, Report]) -> None:
        self.reports = reports
        self.report = report = reports[FIGURES_IN]
        self.areas = {report.wales: self._named(WALES, lambda told: told.wales)} | {
            report.board_name(board.code): self._named(board.code, lambda told, code=board.code: told.board_name(code))
            for board in report.boards
        }
        self.outcomes = {
            outcome.id: self._named(outcome.id, lambda told, one=outcome: told.outcome_name(one))
            for outcome in report.every_outcome
        }
        self.enablers = {
            report.texts(question.label): self._named(question.id, lambda told, one=question: told.texts(one.label))
            for _, question in report.questions("enabler")
        }

    def observations(self) -> Iterator[Observation]:
        """Each figure of the four subjects, those of Wales first."""
        yield from self._responses()
        yield from self._levels()
        yield from self._movements()
        yield from self._ratings()

    def _responses(self) -> Iterator[Observation]:
        for row in rows_of(self.report.made(response_by_board)):
            yield self._observation(RESPONSE, row, None, row["counted"], row["expected"], share=row["rate"])

    def _levels(self) -> Iterator[Observation]:
        levels = {f"{one.code}": self._option(one) for one in self.report.options("judged_level")}
        in_wales = rows_of(self.report.made(maturity_by_outcome))
        for row in (*in_wales, *rows_of(self.report.made(maturity_by_board))):
            yield from self._shares(JUDGED_LEVEL, row, levels)

    def _movements(self) -> Iterator[Observation]:
        ways = {way: self._named(way, lambda told, one=way: way_names(told)[one]) for way in WAYS}
        of_wales = rows_of(self.report.made(movement))
        of_boards = rows_of(self.report.made(movement_by_board))
        for row in (*of_wales, *(row for row in of_boards if row["board"] != self.report.wales)):
            yield from self._shares(MOVEMENT, row, ways)

    def _ratings(self) -> Iterator[Observation]:
        ratings = {f"{one.code}": self._option(one) for one in self.report.options("enabler")}
        for row in rows_of(self.report.made(enablers_and_barriers)):
            yield from self._shares(ENABLERS, row, ratings)
            base = sum(_whole(row[f"n_{code}"]) for code in ratings)
            yield self._observation(ENABLERS, row, None, base, base, mean=row["mean"])

    def _shares(self, measure: Measure, row: Cells, categories: Mapping[str, Named]) -> Iterator[Observation]:
        base = sum(_whole(row[f"n_{code}"]) for code in categories)
        for code, category in categories.items():
            yield self._observation(measure, row, category, row[f"n_{code}"], base, share=row[f"p_{code}"])

    def _observation(
        self, measure: Measure, row: Cells, category: Named | None, count: Any, base: Any, **figure: Any
    ) -> Observation:
        """A figure of a row. Of Wales where the row says no health board, of all outcomes where it says none."""
        ((name, told),) = figure.items()
        outcome = row.get("outcome_code", NOT_APPLICABLE)
        return {
            "indicator": self._named(measure.id, lambda report: report.language.say(measure.name)),
            "area": self.areas[str(row.get("board", self.report.wales))],
            "outcome": None if outcome is NOT_APPLICABLE else self.outcomes[str(outcome)],
            "question": self.enablers[str(row["enabler"])] if "enabler" in row else None,
            "category": category,
            "unit": self._phrase(measure.unit.name),
            "count": _whole(count),
            "base": _whole(base),
            "share": None,
            "mean": None,
            "missing": self._missing(told) if isinstance(told, Shorthand) else None,
        } | ({} if isinstance(told, Shorthand) else {name: told})

    def _missing(self, shorthand: Shorthand) -> Named:
        return {**self._phrase(MEANINGS[shorthand]), CODE: CODES_OF_MISSING[shorthand]}

    def _option(self, option: Any) -> Named:
        return self._named(option.code, lambda told: told.texts(option.label))

    def _phrase(self, phrase: Phrase) -> Named:
        return self._named(phrase.english, lambda told: told.language.say(phrase))

    def _named(self, code: str, say: Callable[..., str]) -> Named:
        return {CODE: code, **{spoken: say(report) for spoken, report in self.reports.items()}}


def _whole(cell: Any) -> int:
    return int(cell)
