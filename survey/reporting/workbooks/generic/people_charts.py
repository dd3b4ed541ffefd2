"""A chart of each question that people answer, from the figures that a sheet of answers shows of Wales."""

from collections.abc import Iterator

from survey.languages import UK
from survey.reporting.disclosure.protection import Protected
from survey.reporting.workbooks.answer_charts import SHARE_OF_PEOPLE, AnswerPlots, area_fact
from survey.reporting.workbooks.charts import CellsByKey, rows_at_top, rows_of, source_facts
from survey.reporting.workbooks.column_plots import charts_sheet
from survey.reporting.workbooks.front import final_line
from survey.reporting.workbooks.generic.people import AnswerRelease, answers_of_people
from survey.reporting.workbooks.provenance import PROTECTION, state_of_people
from survey.reporting.workbooks.report import PeopleReport
from survey.reporting.workbooks.rounding_notes import rounded_people_line
from survey.reporting.xlsx.description import Plot, Sheet


def charts_of_answers(report: PeopleReport[AnswerRelease]) -> Sheet:
    """The sheet of the charts of every question."""
    return charts_sheet(report, plots_of_answers(report, report.made(answers_of_people)), PROTECTION)


def plots_of_answers(report: PeopleReport[Protected], sheet: Sheet) -> Iterator[Plot]:
    """A chart for each question of a sheet whose first rows are those of Wales, under the key `group`."""

    def base(row: CellsByKey) -> str:
        number = row["base"]
        if not isinstance(number, int):
            return report.pgettext("workbook chart", "Base: people who answered.")
        return report.npgettext(
            "workbook chart", "Base: %(n)s person who answered.", "Base: %(n)s people who answered.", number
        )

    of_wales = rows_at_top(sheet, "group") if rows_of(sheet) else []
    areas = (area_fact(report, row["group"]) for row in of_wales[:1])
    yield from AnswerPlots(report, sheet, base, (*areas, *facts_of_people(report)), SHARE_OF_PEOPLE).all(of_wales)


def facts_of_people(report: PeopleReport[Protected]) -> tuple[str, ...]:
    """What stands below every chart of numbers or shares after its base: how they are rounded, source and date, and
    that figures are final."""
    return rounded_people_line(report), *origin_of_people(report)


def origin_of_people(report: PeopleReport[Protected]) -> tuple[str, ...]:
    """What stands below every chart: source and date, and that figures are final."""
    day = report.language.date(state_of_people(report).astimezone(UK).date())
    return *source_facts(report, day), final_line(report)
