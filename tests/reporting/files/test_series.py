"""The long-run table: every coded answer of every year, by a second path; questions that were renamed are followed."""

import csv
import json
from dataclasses import replace
from io import StringIO
from typing import Any

import pytest

from survey.collection.rounds.snapshot import RoundSnapshot
from survey.questionnaire.definition import Question
from survey.reporting.files.formats import FORMATS
from survey.reporting.files.series import series_file
from survey.reporting.records.series import RoundSeries, read_series
from survey.reporting.records.variables import variables_of_round
from survey.storage.tinydb_files.repository import FileRepository
from tests.reporting.second_path import Stored, X, Z
from tests.reporting.second_responses import TEXTS, value, variables
from tests.reporting.small_wales import CLUSTER_NAMES, ROUND, YEARS

SINGLE = ("single_choice", "scale", "maturity", "whole_number", "date")


@pytest.fixture(scope="module")
def series(wales: FileRepository) -> RoundSeries:
    return read_series(wales, ROUND)


@pytest.fixture(scope="module")
def rows(series: RoundSeries) -> list[dict[str, str]]:
    content = FORMATS["csv"].draw(series_file(series))[""]
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"), newline="")))


def test_a_row_has_what_the_table_promises(rows: list[dict[str, str]]) -> None:
    assert list(rows[0]) == [
        "round",
        "reporting_year",
        "cluster",
        "health_board",
        "outcome",
        "variable",
        "value",
        "state",
    ]
    assert [dict.fromkeys(row["reporting_year"] for row in rows)] == [
        {"2024-25": None, "2025-26": None, "2026-27": None}
    ]
    assert len({(row["round"], row["cluster"], row["variable"]) for row in rows}) == len(rows)


def test_this_years_rows_are_this_years_responses(rows: list[dict[str, str]], kept: Stored) -> None:
    found = {(row["cluster"], row["variable"]): row for row in rows if row["round"] == ROUND}
    states = {Z: "not_asked"}
    for cluster in kept.clusters:
        for variable in variables(kept):
            row = found.pop((cluster, variable["name"]), None)
            wanted = value(kept, cluster, variable)
            if row is None:
                # Pages that are not put to a cluster, and examples that it does not give, have no rows.
                assert (
                    variable["type"] in TEXTS or wanted == Z or ("item" in variable and kept.counted(cluster) is None)
                )
                continue
            silent = "no_response" if kept.counted(cluster) is None else "not_answered"
            assert row["value"] == str(wanted), (cluster, variable)
            assert row["state"] == states.get(wanted, silent if wanted == X else "answered")
            assert row["health_board"] == CLUSTER_NAMES[cluster][0]
    assert not found


@pytest.mark.parametrize("round_id", YEARS)
def test_every_single_answer_of_every_year_is_there(rows: list[dict[str, str]], kept: Stored, round_id: str) -> None:
    definition = json.loads((kept.root / "rounds" / round_id / "frozen" / "definition.json").read_text("utf-8"))
    types = {
        (section["id"], one["id"]): one["type"] for section in definition["sections"] for one in section["questions"]
    }
    found = {(row["cluster"], row["variable"]): row["value"] for row in rows if row["round"] == round_id}
    checked = 0
    for cluster in kept.clusters:
        for page, held in (kept.counted(cluster, round_id) or {"pages": {}})["pages"].items():
            for question, answer in held["answers"].items():
                if types.get((page.split("/")[0], question)) in SINGLE:
                    assert found[cluster, f"{page.replace('/', '.')}.{question}"] == str(answer)
                    checked += 1
    assert checked > 50


def test_words_are_not_in_it(rows: list[dict[str, str]]) -> None:
    assert not any(row["variable"].endswith(("good_practice", "went_well", "role")) for row in rows)
    assert "=1+1" not in {row["value"].lstrip("'") for row in rows}


def test_json_lines_have_numbers_as_numbers_and_null_for_nothing(series: RoundSeries) -> None:
    lines = [json.loads(line) for line in FORMATS["jsonl"].draw(series_file(series))[""].splitlines()]
    assert {type(line["value"]) for line in lines} == {str, int, float, type(None)}
    assert all((line["value"] is None) == (line["state"] != "answered") for line in lines)


def renamed(snapshot: RoundSnapshot, **changes: Any) -> RoundSnapshot:
    def changed(question: Question) -> Question:
        return replace(question, **changes) if question.id == "level" else question

    sections = tuple(
        replace(section, questions=tuple(map(changed, section.questions)))
        for section in snapshot.questionnaire.sections
    )
    return replace(snapshot, questionnaire=replace(snapshot.questionnaire, sections=sections))


def names(series: RoundSeries, **changes: Any) -> set[str]:
    """What the question `level` of the years before is called when today's is another."""
    snapshot = renamed(series.current.snapshot, **changes)
    latest = replace(series.current, snapshot=snapshot, variables=variables_of_round(snapshot), answers=())
    file = series_file(replace(series, current=latest))
    found = {str(row[5]) for row in file.rows}
    return {name for name in found if name.startswith("outcome.pcmw-01.") and "level" in name.split(".")[2]}


def test_a_renamed_question_goes_under_its_name_of_today(series: RoundSeries) -> None:
    then = names(series)
    assert "outcome.pcmw-01.level" in then
    assert names(series, id="own_level", was="level") == then - {"outcome.pcmw-01.level"} | {
        "outcome.pcmw-01.own_level"
    }


def test_another_question_under_an_old_id_is_kept_apart(series: RoundSeries) -> None:
    assert names(series, since="2026") >= {"outcome.pcmw-01.level@2024", "outcome.pcmw-01.level@2025"}
    assert "outcome.pcmw-01.level" not in names(series, since="2026")
