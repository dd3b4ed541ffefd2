"""Charts of other sheets' tables."""

from collections.abc import Sequence

from survey.languages import Phrase
from survey.reporting.measures.declarations import (
    CLUSTERS,
    ENABLERS,
    JUDGED_LEVEL,
    MOVEMENT,
    REFLECTIONS,
    RESPONSE,
    SMALLEST_BASE,
    Measure,
)
from survey.reporting.workbooks.charts import chart_sheet
from survey.reporting.workbooks.national.enablers import enablers_and_barriers
from survey.reporting.workbooks.national.levels import movement
from survey.reporting.workbooks.national.maturity import maturity_by_board, maturity_by_outcome
from survey.reporting.workbooks.national.ways import WAYS, way_names
from survey.reporting.workbooks.report import Report, SheetMaker
from survey.reporting.workbooks.response import BY_BOARD_STATUSES, response_by_board
from survey.reporting.xlsx.description import Palette, Series, Sheet

AXES = {
    CLUSTERS: Phrase("workbook chart", "Share of clusters; the labels are numbers of clusters"),
    REFLECTIONS: Phrase("workbook chart", "Share of reflections; the labels are numbers of reflections"),
}
"""What the bars are shares of, by the unit of the measure."""


def chart_of_response(report: Report) -> Sheet:
    """The share of each health board's clusters at each status."""
    name = report.pgettext("sheet name", "Chart of response")
    title = report.pgettext("chart title", "Status of responses, by health board")
    series = [Series(status, report.status_name(status)) for status in BY_BOARD_STATUSES]
    return _chart(report, RESPONSE, name, title, response_by_board, "board", series, "distinct")


def chart_of_maturity_by_outcome(report: Report) -> Sheet:
    """The share of reflections at each level, by outcome."""
    name = report.pgettext("sheet name", "Chart of maturity by outcome")
    title = report.pgettext("chart title", "Level of maturity judged, by outcome")
    return _chart(
        report, JUDGED_LEVEL, name, title, maturity_by_outcome, "outcome", _options(report, "judged_level"), "ordered"
    )


def chart_of_maturity_by_board(report: Report) -> Sheet:
    """The share of reflections at each level, all outcomes together, by health board."""
    name = report.pgettext("sheet name", "Chart of maturity by board")
    title = report.pgettext("chart title", "Level of maturity judged, all outcomes, by health board")
    levels = _options(report, "judged_level")
    return _chart(report, JUDGED_LEVEL, name, title, maturity_by_board, "board", levels, "ordered", leading="outcome")


def chart_of_movement(report: Report) -> Sheet:
    """The share of reflections that moved up, stayed or moved down, by outcome."""
    name = report.pgettext("sheet name", "Chart of movement")
    title = report.pgettext("chart title", "Movement of the level judged since last asked")
    names = way_names(report)
    series = [Series(f"n_{way}", names[way]) for way in reversed(WAYS)]
    return _chart(report, MOVEMENT, name, title, movement, "outcome", series, "diverging")


def chart_of_enablers(report: Report) -> Sheet:
    """How clusters rated each enabler, in Wales."""
    name = report.pgettext("sheet name", "Chart of enablers")
    title = report.pgettext("chart title", "Enablers and barriers, Wales")
    ratings = _options(report, "enabler")
    return _chart(
        report, ENABLERS, name, title, enablers_and_barriers, "enabler", ratings, "diverging", leading="board"
    )


def _options(report: Report, measure: str) -> list[Series]:
    return [Series(f"n_{option.code}", report.texts(option.label)) for option in report.options(measure)]


def _chart(
    report: Report,
    measure: Measure,
    name: str,
    title: str,
    maker: SheetMaker,
    categories: str,
    series: Sequence[Series],
    palette: Palette,
    leading: str = "",
) -> Sheet:
    axis = report.language.say(AXES[measure.unit])
    source = report.made(maker)
    return chart_sheet(
        report, name, title, source, categories, series, palette, axis, leading=leading, smallest_base=SMALLEST_BASE
    )
