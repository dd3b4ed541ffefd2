"""CSV and JSON Lines: safe in a spreadsheet, and not asked told from not answered."""

import csv
import json
from io import StringIO

import pytest

from survey.reporting.files.data_file import safe
from survey.reporting.files.formats import FORMATS
from survey.reporting.files.responses import responses_file
from survey.reporting.records.round_data import RoundData
from tests.reporting.second_path import C, Stored, X, Z
from tests.reporting.second_responses import TEXTS, value, variables


def test_csv_holds_codes_and_is_safe_in_a_spreadsheet(data: RoundData, kept: Stored) -> None:
    content = FORMATS["csv"].draw(responses_file(data))[""]
    assert content.startswith(b"\xef\xbb\xbf")
    headers, *rows = list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))
    assert len(rows) == 11
    safe = 0
    for row in rows:
        by_name = dict(zip(headers, row, strict=True))
        for variable in variables(kept):
            wanted = str(value(kept, row[0], variable))
            if (
                variable["type"] in TEXTS
                and wanted in ("=1+1", "@x", "-2", "[x]")
                and by_name[variable["name"]] != "[x]"
            ):
                wanted, safe = f"'{wanted}", safe + 1
            assert by_name[variable["name"]] == wanted, (row[0], variable)
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)
    assert safe > 3


def test_json_lines_tell_not_asked_from_not_answered(data: RoundData, kept: Stored) -> None:
    lines = [json.loads(line) for line in FORMATS["jsonl"].draw(responses_file(data))[""].splitlines()]
    assert len(lines) == 11
    kinds = set()
    for line in lines:
        assert line["status"] == kept.status(line["cluster"])
        if kept.counted(line["cluster"]) is None:
            assert line["answers"] is None
            continue
        for variable in variables(kept):
            name, wanted = variable["name"], value(kept, line["cluster"], variable)
            kinds.add(wanted if wanted in (X, Z, C) else "value")
            if wanted == C:
                assert name in line["withheld"]
                assert name not in line["answers"]
            elif wanted == Z:
                assert name not in line["answers"]
            elif variable["type"] in TEXTS and wanted == X and name in line["written_in"]:
                assert line["answers"][name] == "[x]"
            else:
                assert line["answers"][name] == (None if wanted == X else wanted), (line["cluster"], name)
    assert kinds == {X, Z, C, "value"}


@pytest.mark.parametrize("text", ["=1+1", "＝1+1", "＋44", "－2", "＠x", "\t=1"])
def test_a_text_that_a_spreadsheet_could_take_for_a_formula_gets_an_apostrophe(text: str) -> None:
    assert safe(text) == f"'{text}"
