"""A chart of each question of a self-reflection that has no sheet of its own for one."""

from collections.abc import Iterator

from survey.reporting.measures.declarations import ANSWERS, HOLDING_BACK
from survey.reporting.workbooks.charts import base_fact, figure, rows_of
from survey.reporting.workbooks.column_plots import charts_sheet, plot_of_columns, round_end
from survey.reporting.workbooks.generic.cluster_charts import facts_of, plots_of_answers
from survey.reporting.workbooks.national.criteria import criteria_holding_back
from survey.reporting.workbooks.national.other_questions import answers, numbers
from survey.reporting.workbooks.provenance import SMALL_BASE
from survey.reporting.workbooks.report import Report
from survey.reporting.xlsx.description import Plot, Sheet

MOST_CRITERIA = 5


def charts_of_answers(report: Report) -> Sheet:
    """The sheet of these charts."""
    return charts_sheet(report, _plots(report), (ANSWERS.id, SMALL_BASE))


def _plots(report: Report) -> Iterator[Plot | None]:
    yield from plots_of_answers(report, report.made(answers), report.made(numbers))
    yield _holding_back(report)


def _holding_back(report: Report) -> Plot | None:
    """How many clusters the first criteria of their table hold back: it is ordered by that."""
    sheet = report.made(criteria_holding_back)
    held = [figure(row["held"]) or 0 for row in rows_of(sheet)]
    shown = report.pgettext(
        "workbook chart", "Shown: the criteria that hold most back. All are in the sheet: %(sheet)s.", sheet=sheet.name
    )
    return plot_of_columns(
        report,
        sheet,
        "bars",
        sheet.title,
        "criterion",
        ("held",),
        (shown, base_fact(report, HOLDING_BACK), *facts_of(report)),
        most=MOST_CRITERIA,
        out_of="needed",
        high=round_end(max(held, default=0)),
        axis=report.pgettext("workbook chart", "Clusters held back by it, of those whose next level needs it"),
    )
