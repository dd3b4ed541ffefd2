"""Charts of rows of national tables, whichever rows those are: of all health boards, or of one beside Wales."""

from collections.abc import Iterable, Sequence

from survey.reporting.charts.colours import Palette
from survey.reporting.charts.description import Chart
from survey.reporting.measures.declarations import CALIBRATION, ENABLERS, JUDGED_LEVEL, MOVEMENT, RESPONSE, Measure
from survey.reporting.workbooks.charts import CellsByKey, base_fact, shares_of_counts
from survey.reporting.workbooks.generic.cluster_charts import facts_of
from survey.reporting.workbooks.national.ways import NOT_COMPARED, WAYS, way_names
from survey.reporting.workbooks.report import Report
from survey.reporting.workbooks.response import BY_BOARD_STATUSES


def facts(report: Report, measure: Measure) -> tuple[str, ...]:
    """What stands below every chart: base, source and date, and that figures are provisional while they are."""
    return (base_fact(report, measure), *facts_of(report))


def statuses(report: Report, rows: Iterable[CellsByKey]) -> Chart:
    """The share of clusters at each status, a bar for each health board."""
    title = report.pgettext("chart title", "Status of responses, by health board")
    names = [(status, report.status_name(status)) for status in BY_BOARD_STATUSES]
    return shares_of_counts(report, RESPONSE, title, facts(report, RESPONSE), rows, "board", names, "rate", "status")


def levels(report: Report, title: str, rows: Iterable[CellsByKey], name: str) -> Chart:
    """The share of reflections at each level, a bar for each row, which has its name in the column `name`."""
    options = report.options("judged_level")
    names = [(f"n_{option.code}", report.texts(option.label)) for option in options]
    few = f"p_{options[0].code}" if options else name
    middle = len(options) / 2
    return shares_of_counts(
        report, JUDGED_LEVEL, title, facts(report, JUDGED_LEVEL), rows, name, names, few, "diverging", middle
    )


def movements(report: Report, title: str, rows: Iterable[CellsByKey], name: str) -> Chart:
    """The share of reflections that moved down, stayed or moved up, a bar for each row."""
    names = way_names(report)
    others = [(way, names[way]) for way in NOT_COMPARED]
    ways = [(f"n_{way}", names[way]) for way in reversed(WAYS)]
    return _ways(report, MOVEMENT, title, facts(report, MOVEMENT), rows, name, ways, others)


def calibrations(
    report: Report, title: str, rows: Iterable[CellsByKey], name: str, names: Sequence[tuple[str, str]]
) -> Chart:
    """The share of reflections judged each way, a bar for each row that has levels to judge by."""
    rows = list(rows)
    compared = [row for row in rows if isinstance(row["n_same"], int)]
    without = report.pgettext("workbook chart", "Outcomes for which no level is indicated are not drawn.")
    base, *others = facts(report, CALIBRATION)
    said = (base, *((without,) if len(compared) < len(rows) else ()), *others)
    return _ways(report, CALIBRATION, title, said, compared, name, names)


def _ways(
    report: Report,
    measure: Measure,
    title: str,
    said: tuple[str, ...],
    rows: Iterable[CellsByKey],
    name: str,
    names: Sequence[tuple[str, str]],
    others: Sequence[tuple[str, str]] = (),
) -> Chart:
    """The share of reflections that went each way, a bar for each row."""
    return shares_of_counts(
        report, measure, title, said, rows, name, names, "p_same", "diverging", len(names) / 2, others
    )


def choices(
    report: Report, measure: Measure, title: str, rows: Iterable[CellsByKey], name: str, palette: Palette
) -> Chart:
    """The share of each option of the question that a measure counts, a bar for each row."""
    options = [option for option in report.options(measure.question) if option.code not in measure.left_out]
    names = [(f"n_{option.code}", report.texts(option.label)) for option in options]
    few = f"p_{options[0].code}" if options else name
    return shares_of_counts(report, measure, title, facts(report, measure), rows, name, names, few, palette)


def ratings(report: Report, title: str, rows: Iterable[CellsByKey], name: str) -> Chart:
    """The share of clusters that gave each rating, a bar for each row."""
    options = report.options("enabler")
    names = [(f"n_{option.code}", report.texts(option.label)) for option in options]
    middle = len(options) / 2
    return shares_of_counts(
        report, ENABLERS, title, facts(report, ENABLERS), rows, name, names, "mean", "diverging", middle
    )
