"""The responses side by side in the workbook: every value, and which kind of nothing stands where."""

from datetime import datetime
from typing import Any

from tests.reporting.reading import ReadWorkbook
from tests.reporting.second_path import C, Stored, X, Z
from tests.reporting.second_responses import TEXTS, value, variables

FIRST = 5


def test_every_code_is_what_is_stored(side_by_side: ReadWorkbook, stored: Stored) -> None:
    headers, rows = side_by_side.table("Responses (codes)")
    coded = [variable for variable in variables(stored) if variable["type"] not in TEXTS]
    assert headers[FIRST:] == [variable["name"] for variable in coded]
    assert [row[0] for row in rows] == stored.clusters
    for row in rows:
        assert row[4] == stored.status(row[0])
        for cell, variable in zip(row[FIRST:], coded, strict=True):
            wanted = value(stored, row[0], variable)
            if variable["type"] == "date" and wanted not in (X, Z):
                wanted = datetime.fromisoformat(wanted)
            assert cell == wanted, (row[0], variable)


def test_every_label_is_what_is_stored_in_words(side_by_side: ReadWorkbook, stored: Stored) -> None:
    headers, rows = side_by_side.table("Responses (labels)")
    assert len(set(headers)) == len(headers)
    found = variables(stored)
    for row in rows:
        cells = iter(row[FIRST:])
        for variable in found:
            wanted = value(stored, row[0], variable)
            assert next(cells) == in_words(stored, variable, wanted), (row[0], variable)
            if variable["type"] in TEXTS:
                next(cells)
        assert next(cells, None) is None


def in_words(stored: Stored, variable: dict[str, Any], wanted: Any) -> Any:
    if wanted in (X, Z, C) or variable["type"] in (*TEXTS, "whole_number", "decimal", "year", "ranking"):
        return wanted
    if variable["type"] == "date":
        return datetime.fromisoformat(wanted)
    if variable["type"] == "multiple_choice":
        return stored.words("workbook option", "Chosen" if wanted else "Not chosen")
    if variable.get("option_set"):
        return stored.text("self-reflection.option_sets", variable["option_set"], wanted)
    section = variable["page"].split("/")[0]
    name = variable["question"].partition("-")[0]
    place = f"{name}.{variable['child']}" if "child" in variable else name
    return stored.text("self-reflection", f"{section}.{place}.options", wanted)


def test_the_codebook_explains_every_column(side_by_side: ReadWorkbook, stored: Stored) -> None:
    rows = side_by_side.rows("Codebook")
    assert [row[0] for row in rows] == [variable["name"] for variable in variables(stored)]
    renamed = next(row for row in rows if row[0] == "outcome.pcmw-01.do_differently")
    assert renamed[-1] == "improve_next_time"
    since = next(row for row in rows if row[0] == "enablers.help_wanted")
    assert since[-2] == 2025
    level = next(row for row in rows if row[0] == "outcome.pcmw-01.level")
    assert f"mature = {stored.level('mature')}" in level[6]
