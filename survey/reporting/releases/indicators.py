"""The indicators of a round of reflections, taken from the tables of its workbook: no second way of counting.

Figures are those of the tables in one language, found by code; the labels of a code are those of both languages.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import orjson

from survey.collection.rounds.snapshot import RoundSnapshot
from survey.languages import LANGUAGES, Phrase, language
from survey.questionnaire.definition import Option, Question
from survey.reporting.measures.declarations import ENABLERS, JUDGED_LEVEL, MOVEMENT, RESPONSE, Measure
from survey.reporting.records.table_schema import outcome_names
from survey.reporting.releases.indicator_fields import CODE, WALES, Named
from survey.reporting.workbooks.charts import CellsByKey, rows_of
from survey.reporting.workbooks.national.ways import WAYS, way_names
from survey.reporting.workbooks.report import LocalisedRound
from survey.reporting.workbooks.tables import NOT_APPLICABLE
from survey.reporting.xlsx.description import MEANINGS, Shorthand, Table, Workbook

Observation = dict[str, Any]
CODES_OF_MISSING = {Shorthand.UNRELIABLE: "few_clusters", Shorthand.NOT_APPLICABLE: "not_applicable"}


def indicators_file(snapshot: RoundSnapshot, workbook: Workbook) -> bytes:
    """The file of indicators that a release keeps beside this workbook, which has the national sheets."""
    return orjson.dumps(list(_Labelled(snapshot, workbook).observations()))


class _Labelled:
    """The observations of a report, each code with its labels."""

    def __init__(self, snapshot: RoundSnapshot, workbook: Workbook) -> None:
        self.told = {code: LocalisedRound(snapshot, language(code)) for code in LANGUAGES}
        self.report = report = self.told[workbook.language.code]
        self.questionnaire = snapshot.questionnaire
        self.tables = {
            sheet.body.name: rows_of(sheet)
            for sheet in workbook.sheets
            if isinstance(sheet.body, Table) and sheet.chart is None
        }
        self.areas = {report.wales: self._named(WALES, lambda told: told.wales)} | {
            report.board_name(board.code): self._named(board.code, lambda told, code=board.code: told.board_name(code))
            for board in report.boards
        }
        names = {code: outcome_names(snapshot, language(code)) for code in LANGUAGES}
        self.outcomes = {
            outcome: {CODE: outcome, **{code: names[code][outcome] for code in LANGUAGES}}
            for outcome in names[workbook.language.code]
        }
        self.enablers = {
            report.texts(question.label): self._named(
                question.id, lambda told, question=question: told.texts(question.label)
            )
            for question in self._questions("enabler")
        }

    def observations(self) -> Iterator[Observation]:
        """Each figure of the four subjects, those of Wales first."""
        yield from self._responses()
        yield from self._levels()
        yield from self._movements()
        yield from self._ratings()

    def _responses(self) -> Iterator[Observation]:
        for row in self.tables["response_by_board"]:
            yield self._observation(RESPONSE, row, None, row["counted"], row["expected"], share=row["rate"])

    def _levels(self) -> Iterator[Observation]:
        levels = self._options("judged_level")
        for row in (*self.tables["maturity_by_outcome"], *self.tables["maturity_by_board"]):
            yield from self._shares(JUDGED_LEVEL, row, levels)

    def _movements(self) -> Iterator[Observation]:
        ways: dict[str, Named] = {way: self._named(way, lambda told, way=way: way_names(told)[way]) for way in WAYS}
        of_boards = (row for row in self.tables["movement_by_board"] if row["board"] != self.report.wales)
        for row in (*self.tables["movement"], *of_boards):
            yield from self._shares(MOVEMENT, row, ways)

    def _ratings(self) -> Iterator[Observation]:
        ratings = self._options("enabler")
        for row in self.tables["enablers_and_barriers"]:
            yield from self._shares(ENABLERS, row, ratings)
            base = sum(_whole(row[f"n_{code}"]) for code in ratings)
            yield self._observation(ENABLERS, row, None, base, base, mean=row["mean"])

    def _shares(self, measure: Measure, row: CellsByKey, categories: Mapping[str, Named]) -> Iterator[Observation]:
        base = sum(_whole(row[f"n_{code}"]) for code in categories)
        for code, category in categories.items():
            yield self._observation(measure, row, category, row[f"n_{code}"], base, share=row[f"p_{code}"])

    def _observation(
        self, measure: Measure, row: CellsByKey, category: Named | None, count: Any, base: Any, **figure: Any
    ) -> Observation:
        """A figure of a row. Of Wales where the row says no health board, of all outcomes where it says none."""
        ((name, told),) = figure.items()
        outcome = row.get("outcome_code", NOT_APPLICABLE)
        return {
            "indicator": self._named(measure.id, lambda told: told.language.say(measure.name)),
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

    def _questions(self, measure: str) -> Iterator[Question]:
        """The questions that feed a measure, those inside groups included."""
        for section in self.questionnaire.sections:
            for parent in section.questions:
                yield from (question for question in (parent, *parent.questions) if question.measure == measure)

    def _options(self, measure: str) -> dict[str, Named]:
        """The options of the first question that feeds a measure, by their codes."""
        options: tuple[Option, ...] = next((question.options for question in self._questions(measure)), ())
        return {
            option.code: self._named(option.code, lambda told, label=option.label: told.texts(label))
            for option in options
        }

    def _phrase(self, phrase: Phrase) -> Named:
        return self._named(phrase.english, lambda told: told.language.say(phrase))

    def _named(self, code: str, say: Callable[..., str]) -> Named:
        return {CODE: code, **{spoken: say(told) for spoken, told in self.told.items()}}


def _whole(cell: Any) -> int:
    return int(cell)
