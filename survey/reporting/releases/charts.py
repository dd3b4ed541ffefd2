"""The charts of a workbook with their tables, as a release keeps them for pages."""

import json
from typing import Any

from survey.reporting.charts.svg import NARROW, svg
from survey.reporting.reports.blocks import Figures
from survey.reporting.reports.plain_blocks import plain
from survey.reporting.xlsx.description import MEANINGS, Sheet, Shorthand, Table, Workbook


def charts_file(workbook: Workbook) -> bytes:
    """Each chart that has a sheet of its own: {title, svg, table, meanings}, as JSON. `table` is a block of figures of
    `plain_blocks`, `meanings` says what letters in brackets stand for.
    """
    charted = (sheet for sheet in workbook.sheets if sheet.chart is not None)
    return json.dumps([_charted(workbook, sheet, f"chart-{place}") for place, sheet in enumerate(charted)]).encode()


def _charted(workbook: Workbook, sheet: Sheet, name: str) -> dict[str, Any]:
    if sheet.chart is None or not isinstance(sheet.body, Table):
        raise TypeError(sheet.name)
    rows = tuple(tuple(row) for row in sheet.body.rows)
    (table,) = plain([Figures(sheet.title, sheet.body.columns, rows)], workbook.language)
    meanings = [
        f"{shorthand.value}: {sheet.shorthand.get(shorthand) or workbook.language.say(MEANINGS[shorthand])}"
        for shorthand in Shorthand
        if any(shorthand in row for row in rows)
    ]
    return {"title": sheet.title, "svg": svg(sheet.chart, NARROW, name), "table": table, "meanings": meanings}
