"""Charts of a self-reflection round, each on a sheet of its own."""

from collections.abc import Callable
from itertools import groupby
from math import ceil

from survey.languages import Phrase
from survey.reporting.charts.description import Chart
from survey.reporting.measures.declarations import (
    ACTIONS_WENT,
    CALIBRATION,
    ENABLERS,
    HELP_FROM,
    JUDGED_LEVEL,
    MOVEMENT,
    RESPONSE,
    SMALLEST_BASE,
    Measure,
)
from survey.reporting.workbooks.charts import (
    ChartSheet,
    base_fact,
    chart_named,
    chart_of,
    figure,
    rows_at_top,
    rows_of,
)
from survey.reporting.workbooks.generic.cluster_charts import facts_over_years
from survey.reporting.workbooks.national import drawn_rows
from survey.reporting.workbooks.national.actions import actions_of_last_year
from survey.reporting.workbooks.national.enablers import enablers_and_barriers, help_wanted_from
from survey.reporting.workbooks.national.levels import judged_and_indicated, movement, movement_of_levels
from survey.reporting.workbooks.national.maturity import maturity_by_board, maturity_by_outcome
from survey.reporting.workbooks.national.question_charts import charts_of_answers
from survey.reporting.workbooks.national.trend import each_year_line, trend_of_enablers, trend_of_response
from survey.reporting.workbooks.national.ways import WAYS
from survey.reporting.workbooks.provenance import SMALL_BASE
from survey.reporting.workbooks.report import Report, SheetMaker
from survey.reporting.workbooks.response import response_by_board
from survey.reporting.workbooks.tables import NOT_APPLICABLE
from survey.reporting.xlsx.description import Sheet

BOARD = Phrase("workbook", "Health board")
OUTCOME = Phrase("workbook", "Outcome")
ENABLER = Phrase("workbook", "Enabler")
Draw = Callable[[Report], Chart]


def response(report: Report) -> Chart:
    """The share of each health board’s clusters at each status."""
    return drawn_rows.statuses(report, rows_of(report.made(response_by_board)))


def maturity_of_outcomes(report: Report) -> Chart:
    """The share of reflections at each level, by outcome."""
    title = report.pgettext("chart title", "Level of maturity judged, by outcome")
    return drawn_rows.levels(report, title, rows_of(report.made(maturity_by_outcome)), "outcome")


def maturity_of_boards(report: Report) -> Chart:
    """The share of reflections at each level, all outcomes together, by health board."""
    title = report.pgettext("chart title", "Level of maturity judged, all outcomes, by health board")
    rows = [row for row in rows_of(report.made(maturity_by_board)) if row["outcome_code"] is NOT_APPLICABLE]
    return drawn_rows.levels(report, title, rows, "board")


def moved(report: Report) -> Chart:
    """The share of reflections that moved down, stayed or moved up, by outcome."""
    title = report.pgettext("chart title", "Movement of the level judged since last asked, by outcome")
    return drawn_rows.movements(report, title, rows_of(report.made(movement)), "outcome")


def calibrated(report: Report) -> Chart:
    """The share of reflections judged below, as and above what criteria point to, by outcome."""
    title = report.pgettext("chart title", "Level judged against level indicated, by outcome")
    ways = [
        ("n_lower", report.pgettext("workbook", "Judged below indicated")),
        ("n_same", report.pgettext("workbook", "Judged as indicated")),
        ("n_higher", report.pgettext("workbook", "Judged above indicated")),
    ]
    rows = rows_of(report.made(judged_and_indicated))
    return drawn_rows.calibrations(report, title, rows, "outcome", ways)


def levels_then_and_now(report: Report) -> Chart:
    """The share of the same reflections at each level, when last asked and now."""
    options = report.options("judged_level")
    rows = rows_at_top(report.made(movement_of_levels), "outcome")
    then = [int(str(row["clusters"])) for row in rows]
    now = [sum(int(str(row[f"now_{option.code}"])) for row in rows) for option in options]
    clusters = len({moved.cluster for moved in report.movements if moved.movement in WAYS})
    is_few = clusters < SMALLEST_BASE
    shares = [[None if is_few else number / sum(numbers) for number in numbers] for numbers in (then, now)]
    highest = max((share for each in shares for share in each if share is not None), default=1.0)
    return chart_of(
        report,
        "slopes",
        report.pgettext("chart title", "Level judged when last asked and now, all outcomes, Wales"),
        drawn_rows.facts(report, MOVEMENT),
        (
            report.pgettext("workbook chart", "When last asked (%(number)s)", number=report.language.number(sum(then))),
            report.pgettext("workbook chart", "Now (%(number)s)", number=report.language.number(sum(now))),
        ),
        [report.texts(option.label) for option in options],
        shares,
        ("", ""),
        palette="diverging",
        high=ceil(highest * 5) / 5,
        axis=report.pgettext("workbook chart", "Share of the same reflections, then and now"),
    )


def enabler_ratings(report: Report) -> Chart:
    """How clusters rated each enabler, in Wales, from the strongest enabler to the strongest barrier."""
    title = report.pgettext("chart title", "Enablers and barriers, Wales")
    rows = rows_at_top(report.made(enablers_and_barriers), "board")
    return drawn_rows.ratings(report, title, sorted(rows, key=lambda row: -(figure(row["mean"]) or 0)), "enabler")


def help_from(report: Report) -> Chart:
    """From whom clusters want help, in Wales and each health board."""
    title = report.pgettext("sheet title", "Help wanted: from whom, by health board")
    return drawn_rows.choices(report, HELP_FROM, title, rows_of(report.made(help_wanted_from)), "board", "distinct")


def actions_went(report: Report) -> Chart:
    """How the actions of the year before went, of all outcomes together and by outcome."""
    title = report.pgettext("sheet title", "How the actions of the year before went, by outcome")
    return drawn_rows.choices(
        report, ACTIONS_WENT, title, rows_of(report.made(actions_of_last_year)), "outcome", "done"
    )


def response_over_years(report: Report) -> Chart:
    """The response rate of Wales and each health board in each year."""
    title = report.pgettext("chart title", "Response rate by health board, all years")
    axis = report.pgettext("workbook chart", "Response rate")
    base = each_year_line(report)
    return _years(report, base, title, trend_of_response, "board", "rate", axis, figures="percent")


def enablers_over_years(report: Report) -> Chart:
    """The mean rating of each enabler in each year."""
    title = report.pgettext("chart title", "Enablers and barriers, Wales, all years")
    axis = report.pgettext("workbook chart", "Mean rating, from −2 (strong barrier) to 2 (strong enabler)")
    base = base_fact(report, ENABLERS)
    return _years(report, base, title, trend_of_enablers, "enabler", "mean", axis, figures="decimal", low=-2, high=2)


def _years(
    report: Report, base: str, title: str, source: SheetMaker, name: str, of: str, axis: str, **look: object
) -> Chart:
    """Dots of a figure, a row for each name and a dot for each year."""
    years = [data.year for data in report.series.rounds]
    names, rows = [], []
    for named, group in groupby(rows_of(report.made(source)), key=lambda row: str(row[name])):
        by_year = {row["year"]: figure(row[of]) for row in group}
        names.append(named)
        rows.append([by_year.get(year) for year in years])
    few = report.pgettext("workbook chart", "fewer than five clusters")
    instead = ["" if any(value is not None for value in row) else few for row in rows]
    return chart_named(
        report,
        "dots",
        report.over_years(title),
        (base, *facts_over_years(report)),
        names,
        [*years[:-1], *(_said_of_year(report, year) for year in years[-1:])],
        rows,
        instead,
        axis=axis,
        palette="ordered",
        **look,
    )


def _said_of_year(report: Report, year: str) -> str:
    """The year of the round, and that its figures may still change where they may."""
    return report.pgettext("workbook chart", "%(year)s (provisional)", year=year) if report.is_open else year


def _sheet(name: Phrase, table: str, header: Phrase, source: SheetMaker, draw: Draw, measure: Measure) -> SheetMaker:
    def all_figures(report: Report) -> Sheet:
        return report.made(source)

    return ChartSheet(name, table, header, all_figures, draw, (measure.id, SMALL_BASE))


CHARTS: tuple[SheetMaker, ...] = (
    _sheet(Phrase("sheet name", "Chart of response"), "chart_response", BOARD, response_by_board, response, RESPONSE),
    _sheet(
        Phrase("sheet name", "Chart of maturity by outcome"),
        "chart_maturity_by_outcome",
        OUTCOME,
        maturity_by_outcome,
        maturity_of_outcomes,
        JUDGED_LEVEL,
    ),
    _sheet(
        Phrase("sheet name", "Chart of maturity by board"),
        "chart_maturity_by_board",
        BOARD,
        maturity_by_board,
        maturity_of_boards,
        JUDGED_LEVEL,
    ),
    _sheet(
        Phrase("sheet name", "Chart of calibration"),
        "chart_calibration",
        OUTCOME,
        judged_and_indicated,
        calibrated,
        CALIBRATION,
    ),
    _sheet(Phrase("sheet name", "Chart of movement"), "chart_movement", OUTCOME, movement, moved, MOVEMENT),
    _sheet(
        Phrase("sheet name", "Chart of levels then and now"),
        "chart_levels_then_and_now",
        Phrase("workbook chart", "When"),
        movement_of_levels,
        levels_then_and_now,
        MOVEMENT,
    ),
    _sheet(
        Phrase("sheet name", "Chart of enablers"),
        "chart_enablers",
        ENABLER,
        enablers_and_barriers,
        enabler_ratings,
        ENABLERS,
    ),
    _sheet(
        Phrase("sheet name", "Chart of help wanted"),
        "chart_help_wanted",
        BOARD,
        help_wanted_from,
        help_from,
        HELP_FROM,
    ),
    _sheet(
        Phrase("sheet name", "Chart of actions of last year"),
        "chart_actions_of_last_year",
        OUTCOME,
        actions_of_last_year,
        actions_went,
        ACTIONS_WENT,
    ),
    _sheet(
        Phrase("sheet name", "Chart of response over years"),
        "chart_response_over_years",
        BOARD,
        trend_of_response,
        response_over_years,
        RESPONSE,
    ),
    _sheet(
        Phrase("sheet name", "Chart of enablers over years"),
        "chart_enablers_over_years",
        ENABLER,
        trend_of_enablers,
        enablers_over_years,
        ENABLERS,
    ),
    charts_of_answers,
)
"""The charts in their order. Each is drawn from the figures of a sheet’s table, into which it leads."""
