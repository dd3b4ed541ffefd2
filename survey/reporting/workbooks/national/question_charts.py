"""A chart of each question of a self-reflection that has no sheet of its own for one."""

from collections.abc import Iterator

from survey.reporting.measures.declarations import ACTIONS_WENT, ANSWERS, HELP_FROM, HOLDING_BACK, Measure
from survey.reporting.workbooks.answer_charts import NOT_DRAWN
from survey.reporting.workbooks.charts import Cells, base_fact, figure
from survey.reporting.workbooks.column_plots import charts_sheet, plot_of_columns
from survey.reporting.workbooks.generic.cluster_charts import facts_of, plots_of_answers
from survey.reporting.workbooks.national.actions import actions_of_last_year
from survey.reporting.workbooks.national.criteria import criteria_holding_back
from survey.reporting.workbooks.national.enablers import help_wanted_from
from survey.reporting.workbooks.national.others import answers, numbers
from survey.reporting.workbooks.provenance import SMALL_BASE
from survey.reporting.workbooks.report import Report, SheetMaker
from survey.reporting.xlsx.description import Plot, Sheet

MOST_CRITERIA = 5
ALL_TOGETHER = 1
"""The row of all outcomes, which is the first."""


def charts_of_answers(report: Report) -> Sheet:
    """The sheet of these charts."""
    return charts_sheet(report, _plots(report), (ANSWERS.id, SMALL_BASE))


def _plots(report: Report) -> Iterator[Plot | None]:
    yield from plots_of_answers(report, report.made(answers), report.made(numbers))
    yield _shares(report, help_wanted_from, "board", "help_from", HELP_FROM)
    yield _shares(report, actions_of_last_year, "outcome", "action_went", ACTIONS_WENT, ALL_TOGETHER)
    sheet = report.made(criteria_holding_back)
    yield plot_of_columns(
        report,
        sheet,
        "bars",
        report.pgettext("chart title", "Criteria that hold most clusters back, of those whose next level needs them"),
        "criterion",
        ("share",),
        (base_fact(report, HOLDING_BACK), *facts_of(report)),
        lambda row: figure(row["share"]) is not None,
        MOST_CRITERIA,
        figures="percent",
        axis=report.pgettext("workbook chart", "Held back by it"),
    )


def _shares(
    report: Report, maker: SheetMaker, name: str, measure: str, declared: Measure, most: int | None = None
) -> Plot | None:
    """Bars of the shares of a question’s options, for each row that has enough clusters, at most so many."""
    sheet = report.made(maker)
    keys = [f"p_{option.code}" for option in report.options(measure)]

    def is_given(row: Cells) -> bool:
        return all(figure(row[key]) is not None for key in keys)

    facts = (base_fact(report, declared), report.language.say(NOT_DRAWN), *facts_of(report))
    return plot_of_columns(report, sheet, "shares", sheet.title, name, keys, facts, is_given, most, figures="percent")
