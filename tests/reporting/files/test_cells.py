"""Every cell of every format is what is stored, by a second path; and the same data give the same bytes."""

import time
from pathlib import Path
from typing import Any

import pytest

from survey.reporting.files.formats import FORMATS
from survey.reporting.files.responses import responses_file
from survey.reporting.files.spss_names import spss_names
from survey.reporting.records.round_data import RoundData
from tests.reporting.files.read_back import READERS
from tests.reporting.second_path import C, Stored, X, Z
from tests.reporting.second_responses import TEXTS, value, variables

ESCAPED = {
    "csv": ("=1+1", "@x", "-2", "[x]"),
    "package": ("=1+1", "@x", "-2", "[x]"),
    "xlsx": ("[x]",),
    "ods": ("[x]",),
    "sav": ("[x]",),
    "parquet": (),
}
"""Texts of the small Wales that get an apostrophe, because the format would make something else of them."""


@pytest.fixture(scope="module")
def files(data: RoundData) -> dict[str, dict[str, bytes]]:
    return {name: dict(FORMATS[name].draw(responses_file(data))) for name in FORMATS}


def test_every_format_is_read_back() -> None:
    assert {*READERS, "jsonl"} == set(FORMATS)


@pytest.mark.parametrize("name", READERS)
def test_every_cell_is_what_is_stored(
    files: dict[str, dict[str, bytes]], kept: Stored, name: str, tmp_path: Path
) -> None:
    columns = variables(kept)
    seen = set()
    for content in files[name].values():
        rows = READERS[name](content, tmp_path)
        assert [row["cluster"] for row in rows] == sorted(kept.clusters)
        for row in rows:
            assert row["status"] == kept.status(row["cluster"])
            for variable in columns:
                wanted = value(kept, row["cluster"], variable)
                seen.add(wanted if wanted in (X, Z, C) else variable["type"])
                assert _cell(row, name, variable) == _shown(name, kept, row["cluster"], variable, wanted), (
                    row["cluster"],
                    variable,
                )
    assert seen >= {X, Z, C, "long_text", "date", "multiple_choice", "maturity", "whole_number"}


def _cell(row: dict[str, Any], name: str, variable: dict[str, Any]) -> Any:
    return row[spss_names([variable["name"]])[0] if name == "sav" else variable["name"]]


def _shown(name: str, kept: Stored, cluster: str, variable: dict[str, Any], wanted: Any) -> Any:
    """What a format has for a value: numbers as text in CSV, an apostrophe where it would be misread."""
    if wanted in (X, Z, C) and not _is_typed(kept, cluster, variable):
        return wanted
    if variable["type"] in TEXTS:
        return f"'{wanted}" if wanted in ESCAPED[name] else wanted
    return str(wanted) if name in ("csv", "package") else wanted


def _is_typed(kept: Stored, cluster: str, variable: dict[str, Any]) -> bool:
    """Whether somebody wrote something, now or the year before: small Wales has people who write “[x]”."""
    if variable["type"] not in TEXTS or kept.counted(cluster) is None:
        return False
    if variable["type"] == "earlier_answer":
        return kept.action_before(cluster, variable["question"].partition("-")[2]) is not None
    answers = kept.counted(cluster)["pages"].get(variable["page"], {}).get("answers", {})
    if "item" not in variable:
        return answers.get(variable["question"]) is not None
    items = answers.get(variable["question"], [])
    item = items[variable["item"] - 1] if len(items) >= variable["item"] else {}
    is_withheld = variable["page"] == "good_practice" and item.get("share") != "beyond"
    return item.get(variable["child"]) is not None and not is_withheld


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_data_give_the_same_bytes(
    data: RoundData, files: dict[str, dict[str, bytes]], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = time.time() + 100_000
    monkeypatch.setattr(time, "time", lambda: later)
    time.sleep(1.1 if name == "sav" else 0)
    assert FORMATS[name].draw(responses_file(data)) == files[name]


@pytest.mark.parametrize("name", FORMATS)
def test_nobody_is_named(files: dict[str, dict[str, bytes]], name: str) -> None:
    for content in files[name].values():
        assert b"sign_off.name" not in content
