"""Which workbook a round gets follows from what its questionnaire asks of whom."""

import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from survey import languages
from survey.collection.reading.themes import themes_of
from survey.collection.rounds.round import place
from survey.collection.rounds.snapshot import load_snapshot
from survey.languages import language
from survey.reporting.records.series import read_series
from survey.reporting.workbooks.generic.workbook import workbook_of_clusters
from survey.reporting.workbooks.registry import prepared, workbook_state
from survey.reporting.workbooks.report import Report
from survey.reporting.xlsx.check.checker import check_workbook
from survey.reporting.xlsx.drawing import write_workbook
from survey.storage.tinydb_files.repository import FileRepository
from tests.collection.example import NOW as BEGUN
from tests.collection.example import opened_round
from tests.reporting.conftest import words
from tests.reporting.reading import ReadWorkbook
from tests.reporting.small_wales import NOW
from tests.reporting.small_wales import ROUND as REFLECTION
from tests.reporting.workforce.survey_of_people import ROUND, close, cluster_list, opened, short_definition


def without(measure: str) -> dict[str, Any]:
    """The survey of people, under another name, with a question that no longer says what it is for."""
    definition = short_definition() | {"id": "another-survey"}
    for section in definition["sections"]:
        for question in section["questions"]:
            if question.get("measure") == measure:
                del question["measure"]
    return definition


def test_reflections_get_the_national_workbook(wales: FileRepository) -> None:
    assert prepared(wales, REFLECTION, 5, NOW).kind.name == "national"


@pytest.mark.parametrize(
    ("missing", "name"),
    [("nothing", "workforce"), ("skills", "people"), ("profession", "people"), ("stay", "workforce")],
)
def test_people_get_the_workforce_workbook_if_they_rate_skills_by_profession(
    tmp_path: Path, missing: str, name: str
) -> None:
    repository, _ = opened(tmp_path / "data", without(missing), cluster_list(2, 2))
    close(repository)
    assert prepared(repository, ROUND, 5, NOW).kind.name == name


def test_what_was_made_with_another_smallest_number_of_people_is_told_from_what_would_be_made_now(
    tmp_path: Path,
) -> None:
    repository, snapshot = opened(tmp_path / "data", short_definition(), cluster_list(2, 2))
    assert workbook_state(repository, snapshot, 5, NOW) == workbook_state(repository, snapshot, 5, NOW)
    assert workbook_state(repository, snapshot, 5, NOW) != workbook_state(repository, snapshot, 10, NOW)


def test_a_workbook_of_clusters_is_of_the_rounds_before_and_of_themes_too(
    wales: FileRepository, tmp_path: Path
) -> None:
    shutil.copytree(wales.root, tmp_path / "data")
    repository = FileRepository(tmp_path / "data")
    snapshot = load_snapshot(repository, REFLECTION)
    states = [workbook_state(repository, snapshot, 5, NOW)]
    assert states == [workbook_state(repository, snapshot, 5, NOW)]
    for changed in (themes_of(REFLECTION), place("sr-2025", "reflection"), place(REFLECTION, "reflection")):
        repository.write(changed, "c-new", {})
        states.append(workbook_state(repository, snapshot, 5, NOW))
    assert len(set(states)) == len(states)


def test_a_workbook_of_clusters_is_another_once_none_of_them_can_answer_any_more(tmp_path: Path) -> None:
    repository = FileRepository(tmp_path)
    snapshot = opened_round(repository, closes=BEGUN + timedelta(hours=1))
    states = [workbook_state(repository, snapshot, 5, BEGUN + timedelta(minutes=late)) for late in (0, 59, 60)]
    assert states[0] == states[1] != states[2]


def test_a_workbook_without_one_of_its_questions_is_still_whole(tmp_path: Path) -> None:
    repository, _ = opened(tmp_path / "data", without("stay"), cluster_list(2, 2))
    close(repository)
    languages.when_missing(lambda missing: missing.english)
    try:
        path = prepared(repository, ROUND, 5, NOW).write(language("en"), tmp_path)
    finally:
        languages.when_missing(languages.mark_missing)
    assert path.name == f"workforce-workbook-{ROUND}-2026-27.en.xlsx"


@pytest.mark.parametrize("code", ["en", "cy"])
def test_a_generic_workbook_can_be_made_of_every_type_of_question(
    wales: FileRepository, tmp_path: Path, code: str
) -> None:
    """The reflections have criteria, levels, what is calculated, groups, several outcomes and silent clusters."""
    languages.when_missing(lambda missing: missing.english)
    try:
        report = Report(read_series(wales, REFLECTION), language(code), is_open=False)
        path = tmp_path / "generic.xlsx"
        write_workbook(workbook_of_clusters(wales, report), path)
    finally:
        languages.when_missing(languages.mark_missing)
    assert check_workbook(path, language("en")) == []
    rows = ReadWorkbook(path, words(code)).rows("Answers")
    assert len(rows) > 200
    for *_, expected, silent, not_asked, not_answered, base, number, _share in rows:
        assert expected == silent + not_asked + not_answered + base
        assert 0 <= number <= base
    assert {row[6] for row in rows} > {11}
