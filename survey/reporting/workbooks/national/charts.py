"""Charts of other sheets' tables, each saying its figures again in its alternative text."""

from collections.abc import Sequence

from survey.reporting.measures.declarations import SMALLEST_BASE
from survey.reporting.workbooks.national.enablers import enablers_and_barriers
from survey.reporting.workbooks.national.maturity import maturity_by_board, maturity_by_outcome
from survey.reporting.workbooks.national.movement import WAYS, movement, way_names
from survey.reporting.workbooks.national.response import BY_BOARD_STATUSES, response_by_board
from survey.reporting.workbooks.report import Report, SheetMaker
from survey.reporting.xlsx.description import Chart, Charts, Palette, Series, Sheet, Table


def chart_of_response(report: Report) -> Sheet:
    """The share of each health board's clusters at each status."""
    language = report.language
    title = report.titled(language.pgettext("chart title", "Status of responses, by health board"))
    series = [Series(status, report.status_name(status)) for status in BY_BOARD_STATUSES]
    return _sheet(
        language.pgettext("sheet name", "Chart of response"),
        _stacked(report, title, response_by_board, "board", series, "distinct"),
    )


def chart_of_maturity_by_outcome(report: Report) -> Sheet:
    """The share of clusters at each level, by outcome."""
    language = report.language
    title = report.titled(language.pgettext("chart title", "Level of maturity judged, by outcome"))
    return _sheet(
        language.pgettext("sheet name", "Chart of maturity by outcome"),
        _stacked(report, title, maturity_by_outcome, "outcome", _levels(report), "ordered"),
    )


def chart_of_maturity_by_board(report: Report) -> Sheet:
    """The share of reflections at each level, all outcomes together, by health board."""
    language = report.language
    title = report.titled(language.pgettext("chart title", "Level of maturity judged, all outcomes, by health board"))
    boards = _leading_rows(report, maturity_by_board, "outcome")
    return _sheet(
        language.pgettext("sheet name", "Chart of maturity by board"),
        _stacked(report, title, maturity_by_board, "board", _levels(report), "ordered", boards),
    )


def chart_of_movement(report: Report) -> Sheet:
    """The share of clusters that moved up, stayed or moved down, by outcome."""
    language = report.language
    names = way_names(report)
    title = report.titled(language.pgettext("chart title", "Movement of the level judged since last asked"))
    series = [Series(f"n_{way}", names[way]) for way in reversed(WAYS)]
    return _sheet(
        language.pgettext("sheet name", "Chart of movement"),
        _stacked(report, title, movement, "outcome", series, "diverging"),
    )


def chart_of_enablers(report: Report) -> Sheet:
    """How clusters rated each enabler, in Wales."""
    language = report.language
    title = report.titled(language.pgettext("chart title", "Enablers and barriers, Wales"))
    series = [Series(f"n_{option.code}", report.texts(option.label)) for option in report.options("enabler")]
    wales = _leading_rows(report, enablers_and_barriers, "board")
    return _sheet(
        language.pgettext("sheet name", "Chart of enablers"),
        _stacked(report, title, enablers_and_barriers, "enabler", series, "diverging", wales),
    )


def _sheet(name: str, chart: Chart) -> Sheet:
    return Sheet(name=name, title=chart.title, body=Charts((chart,)))


def _levels(report: Report) -> list[Series]:
    return [Series(f"n_{option.code}", report.texts(option.label)) for option in report.options("judged_level")]


def _stacked(
    report: Report,
    title: str,
    maker: SheetMaker,
    categories: str,
    series: Sequence[Series],
    palette: Palette,
    rows: tuple[int, int] | None = None,
) -> Chart:
    source = report.made(maker)
    return Chart(
        kind="stacked_percent",
        title=title,
        alt_text=_in_words(report, title, source, categories, series, rows),
        sheet=source.name,
        categories=categories,
        series=tuple(series),
        rows=rows,
        palette=palette,
        value_axis=report.language.pgettext("workbook chart", "Share of clusters; the labels are numbers of clusters"),
        smallest_base=SMALLEST_BASE,
    )


def _in_words(
    report: Report,
    title: str,
    source: Sheet,
    categories: str,
    series: Sequence[Series],
    rows: tuple[int, int] | None,
) -> str:
    """The title, the names of the bars from left to right, then a line of figures for each category."""
    table = _table(source)
    keys = [column.key for column in table.columns]
    first, end = rows or (0, len(table.rows))
    lines = [", ".join(one.label for one in series)]
    for row in table.rows[first:end]:
        figures = ", ".join(str(row[keys.index(one.column)]) for one in series)
        lines.append(f"{row[keys.index(categories)]}: {figures}")
    return report.language.pgettext(
        "workbook chart", "%(title)s. Bars from left to right:\n%(figures)s", title=title, figures="\n".join(lines)
    )


def _leading_rows(report: Report, maker: SheetMaker, key: str) -> tuple[int, int]:
    """The rows at the top of a table that have the same cell in a column."""
    table = _table(report.made(maker))
    place = [column.key for column in table.columns].index(key)
    end = next((number for number, row in enumerate(table.rows) if row[place] != table.rows[0][place]), len(table.rows))
    return 0, end


def _table(sheet: Sheet) -> Table:
    if not isinstance(sheet.body, Table):
        raise TypeError(sheet.name)
    return sheet.body
