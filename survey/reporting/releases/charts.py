"""The charts of a workbook with their tables, as a release keeps them for pages."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from survey.reporting.charts.description import Chart
from survey.reporting.charts.svg import NARROW, svg
from survey.reporting.reports.blocks import FigureTable, table_of
from survey.reporting.reports.plain_blocks import plain
from survey.reporting.workbooks.charts import BEGINS
from survey.reporting.workbooks.national.coded_tables import without_columns
from survey.reporting.xlsx.description import MEANINGS, MEANS, Plot, Plots, Sheet, Shorthand, Workbook


@dataclass(frozen=True, slots=True)
class _Charted:
    """A chart with the table that it is drawn from, and the sheet whose cells both are."""

    title: str
    chart: Chart
    figures: FigureTable
    sheet: Sheet


def charts_file(workbook: Workbook) -> bytes:
    """Each chart that has a sheet of its own, or where there is none each chart of answers: {title, svg, table,
    meanings}, as JSON. `table` is a block of figures of `plain_blocks`, `meanings` says what letters in brackets stand
    for. Nothing is in it but cells of the workbook.
    """
    charts = list(_of_sheets(workbook)) or list(_of_answers(workbook))
    return json.dumps([_drawn(workbook, charted, f"chart-{place}") for place, charted in enumerate(charts)]).encode()


def _of_sheets(workbook: Workbook) -> Iterator[_Charted]:
    for sheet in workbook.sheets:
        if sheet.chart is not None:
            table = table_of(without_columns(sheet, frozenset({BEGINS})))
            figures = FigureTable(sheet.title, table.columns, tuple(map(tuple, table.rows)))
            yield _Charted(sheet.title, sheet.chart, figures, sheet)


def _of_answers(workbook: Workbook) -> Iterator[_Charted]:
    named = {sheet.name: sheet for sheet in workbook.sheets}
    for body in (sheet.body for sheet in workbook.sheets):
        for plot in body.plots if isinstance(body, Plots) else ():
            yield _Charted(plot.chart.title, plot.chart, _figures_of(plot, named[plot.sheet]), named[plot.sheet])


def _figures_of(plot: Plot, sheet: Sheet) -> FigureTable:
    """The cells that a chart of answers is drawn from: a row for each name, a column for each series."""
    table = table_of(sheet)
    places = {column.key: place for place, column in enumerate(table.columns)}
    keys = [plot.column_of(number) for number in range(len(plot.chart.series))]
    heads = [
        replace(table.columns[places[key]], header=series.label, unit="")
        for key, series in zip(keys, plot.chart.series, strict=True)
    ]
    rows = [
        (
            table.rows[places_of_row[0]][places[plot.names]],
            *(table.rows[row][places[key]] for row, key in zip(places_of_row, keys, strict=True)),
        )
        for places_of_row in zip(*plot.rows, strict=True)
    ]
    return FigureTable(plot.chart.title, (table.columns[places[plot.names]], *heads), tuple(rows))


def _drawn(workbook: Workbook, charted: _Charted, name: str) -> dict[str, Any]:
    (table,) = plain([charted.figures], workbook.language)
    say = workbook.language.say
    meanings = [
        say(
            MEANS,
            shorthand=shorthand.value,
            meaning=charted.sheet.shorthand.get(shorthand) or say(MEANINGS[shorthand]),
        )
        for shorthand in Shorthand
        if any(shorthand in row for row in charted.figures.rows)
    ]
    return {"title": charted.title, "svg": svg(charted.chart, NARROW, name), "table": table, "meanings": meanings}
