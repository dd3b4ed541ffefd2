"""Which workbook a round gets follows from what its questionnaire asks of whom."""

from pathlib import Path
from typing import Any

import pytest

from survey import languages
from survey.collection.files import FileRepository
from survey.languages import language
from survey.reporting.kinds import GENERIC, NATIONAL, WORKFORCE, prepared
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
    assert prepared(wales, REFLECTION, 5, NOW).name == NATIONAL


@pytest.mark.parametrize(
    ("missing", "name"), [("nothing", WORKFORCE), ("skills", GENERIC), ("profession", GENERIC), ("stay", WORKFORCE)]
)
def test_people_get_the_workforce_workbook_if_they_rate_skills_by_profession(
    tmp_path: Path, missing: str, name: languages.Phrase
) -> None:
    repository, _ = opened(tmp_path / "data", without(missing), cluster_list(2, 2))
    close(repository)
    assert prepared(repository, ROUND, 5, NOW).name == name


def test_a_workbook_without_one_of_its_questions_is_still_whole(tmp_path: Path) -> None:
    repository, _ = opened(tmp_path / "data", without("stay"), cluster_list(2, 2))
    close(repository)
    languages.when_missing(lambda missing: missing.english)
    try:
        path = prepared(repository, ROUND, 5, NOW).write(language("en"), tmp_path)
    finally:
        languages.when_missing(languages.mark_missing)
    assert path.name == f"workforce-workbook-{ROUND}-2026-27.en.xlsx"
