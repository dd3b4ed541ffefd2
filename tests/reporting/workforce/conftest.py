"""A closed round of people, its release, and its workbook in each language, made once for all tests of a process."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from survey import languages
from survey.collection.rounds.snapshot import load_snapshot
from survey.languages import language
from survey.reporting.disclosure.rounding import NOT_ROUNDED
from survey.reporting.workbooks.registry import prepared
from survey.reporting.workbooks.workforce.release import Release
from survey.reporting.workbooks.workforce.workbook import read_release, workforce_workbook
from survey.reporting.xlsx.drawing import write_workbook
from survey.storage.tinydb_files.repository import FileRepository
from tests.reporting.conftest import words
from tests.reporting.reading import ReadWorkbook
from tests.reporting.workforce.survey_of_people import CLOSES, ROUND, closed_round, real_definition

PEOPLE = 420


@pytest.fixture(scope="session")
def answered(tmp_path_factory: pytest.TempPathFactory) -> FileRepository:
    """The real questionnaire, answered by people of four health boards. Nobody changes it."""
    root = tmp_path_factory.mktemp("people") / "data"
    return closed_round(root, real_definition(), PEOPLE, "people", boards=4, clusters=3)


@pytest.fixture(scope="session")
def release(answered: FileRepository) -> Release:
    return read_release(answered, load_snapshot(answered, ROUND), 5)


@pytest.fixture(scope="session")
def books(answered: FileRepository, tmp_path_factory: pytest.TempPathFactory) -> dict[str, ReadWorkbook]:
    """As written and read back. English stands in for Welsh that is not there yet."""
    folder = tmp_path_factory.mktemp("workforce")
    languages.when_missing(lambda missing: missing.english)
    try:
        found = prepared(answered, ROUND, 5, CLOSES)
        return {code: ReadWorkbook(found.write(language(code), folder), words(code)) for code in ("en", "cy")}
    finally:
        languages.when_missing(languages.mark_missing)


@pytest.fixture(scope="session")
def exact_books(
    answered: FileRepository, release: Release, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, ReadWorkbook]:
    """The restricted form."""
    folder = tmp_path_factory.mktemp("exact")
    exact = replace(release, rounded_to=NOT_ROUNDED)
    languages.when_missing(lambda missing: missing.english)
    try:
        for code in ("en", "cy"):
            write_workbook(workforce_workbook(answered, exact, language(code)), folder / f"{code}.xlsx")
    finally:
        languages.when_missing(languages.mark_missing)
    return {code: ReadWorkbook(folder / f"{code}.xlsx", words(code)) for code in ("en", "cy")}


@pytest.fixture
def english_words() -> Iterator[None]:
    """English in place of Welsh that is not there yet."""
    languages.when_missing(lambda missing: missing.english)
    yield
    languages.when_missing(languages.mark_missing)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "exports"
    made.mkdir()
    return made
