"""A closed round of people, its release, and its workbook in each language, made once in a run.

A release takes half a minute of arithmetic: whoever works on one test at a time finds it made by the first.
"""

import pickle
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from survey import languages
from survey.collection.rounds.snapshot import load_snapshot
from survey.languages import language
from survey.reporting.disclosure.rounding import NOT_ROUNDED
from survey.reporting.records.people import read_closed
from survey.reporting.workbooks.figures import FIGURES
from survey.reporting.workbooks.registry import prepared
from survey.reporting.workbooks.workforce.release import WorkforceRelease, release_of
from survey.reporting.workbooks.workforce.workbook import workforce_workbook
from survey.reporting.xlsx.drawing import write_workbook
from survey.storage.tinydb_files.repository import FileRepository
from tests.once import made_once
from tests.reporting.conftest import read_back
from tests.reporting.reading import ReadWorkbook
from tests.reporting.workforce.survey_of_people import CLOSES, ROUND, closed_round, real_definition

PEOPLE = 420


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of the round, its release, and its workbooks in both forms. Nobody changes them."""
    return made_once(tmp_path_factory, "workforce", make_release_and_workbooks)


def make_release_and_workbooks(folder: Path) -> None:
    """English stands in for Welsh that is not there yet."""
    repository = closed_round(folder / "data", real_definition(), PEOPLE, "people", boards=4, clusters=3)
    release = release_of(read_closed(repository, load_snapshot(repository, ROUND)), 5)
    (folder / "release").write_bytes(pickle.dumps(release))
    languages.when_missing(lambda missing: missing.english)
    try:
        for code in ("en", "cy"):
            _write_both_forms(folder, repository, release, code)
    finally:
        languages.when_missing(languages.mark_missing)


def _write_both_forms(folder: Path, repository: FileRepository, release: WorkforceRelease, code: str) -> None:
    counted = replace(FIGURES["workforce"], protect=lambda _people, _threshold: release)
    rounded, exact = folder / "rounded" / code, folder / "exact" / code
    for each in (rounded, exact):
        each.mkdir(parents=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(FIGURES, "workforce", counted)
        prepared(repository, ROUND, 5, CLOSES).write(language(code), rounded)
    unrounded = replace(release, rounded_to=NOT_ROUNDED)
    write_workbook(workforce_workbook(repository, unrounded, language(code)), exact / "exact.xlsx")


@pytest.fixture(scope="session")
def answered(made: Path) -> FileRepository:
    """The real questionnaire, answered by people of four health boards."""
    return FileRepository(made / "data")


@pytest.fixture(scope="session")
def release(made: Path) -> WorkforceRelease:
    found = pickle.loads((made / "release").read_bytes())
    assert isinstance(found, WorkforceRelease)
    return found


@pytest.fixture(scope="session")
def books(made: Path) -> dict[str, ReadWorkbook]:
    """As written and read back."""
    return read_back(made / "rounded")


@pytest.fixture(scope="session")
def exact_books(made: Path) -> dict[str, ReadWorkbook]:
    """The restricted form."""
    return read_back(made / "exact")


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
