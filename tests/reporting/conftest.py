"""The small Wales and its workbooks, made once in a run."""

from pathlib import Path

import pytest

from survey import languages
from survey.languages import MissingText, language
from survey.reporting.records.series import read_series
from survey.reporting.workbooks.generic.workbook import workbook_of_clusters
from survey.reporting.workbooks.registry import prepared, prepared_words
from survey.reporting.workbooks.report import Report
from survey.reporting.xlsx.drawing import write_workbook
from survey.storage.tinydb_files.repository import FileRepository
from tests.once import made_once
from tests.reporting.reading import ReadWorkbook
from tests.reporting.second_path import Stored
from tests.reporting.small_wales import NOW, ROUND, small_wales


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of the small Wales and its workbooks."""
    return made_once(tmp_path_factory, "small-wales", make_wales_and_workbooks)


def make_wales_and_workbooks(folder: Path) -> None:
    """Whether all is translated is for the translation gate: here English stands in for Welsh that is not there yet."""
    repository = small_wales(folder / "data")
    series = read_series(repository, ROUND)
    languages.when_missing(lambda missing: missing.english)
    try:
        national, own = prepared(repository, ROUND, 5, NOW), prepared_words(repository, ROUND, NOW)
        for code in ("en", "cy"):
            for name in ("national", "own-words", "side-by-side"):
                (folder / name / code).mkdir(parents=True)
            national.write(language(code), folder / "national" / code)
            own.write(language(code), folder / "own-words" / code)
            report = Report(series, language(code), is_open=True)
            write_workbook(workbook_of_clusters(repository, report), folder / "side-by-side" / code / "a.xlsx")
    finally:
        languages.when_missing(languages.mark_missing)


@pytest.fixture(scope="session")
def wales(small: Path) -> FileRepository:
    """Nobody changes it; a test that wants another state copies it."""
    return FileRepository(small / "data")


@pytest.fixture(scope="session")
def workbooks(small: Path) -> dict[str, ReadWorkbook]:
    """The national workbook in each language, as written and read back."""
    return read_back(small / "national")


@pytest.fixture(scope="session")
def own_words(small: Path) -> dict[str, ReadWorkbook]:
    """The workbook of what clusters wrote in each language, as written and read back."""
    return read_back(small / "own-words")


@pytest.fixture(scope="session")
def books_of_any(small: Path) -> dict[str, ReadWorkbook]:
    """The workbook of any questionnaire in each language, made of the small Wales."""
    return read_back(small / "side-by-side")


def read_back(folder: Path) -> dict[str, ReadWorkbook]:
    """The one workbook of each language that lies in a folder of its code."""
    return {code: ReadWorkbook(next((folder / code).iterdir()), words(code)) for code in ("en", "cy")}


@pytest.fixture(params=["en", "cy"])
def code(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def book(workbooks: dict[str, ReadWorkbook], code: str) -> ReadWorkbook:
    return workbooks[code]


@pytest.fixture
def side_by_side(books_of_any: dict[str, ReadWorkbook], code: str) -> ReadWorkbook:
    return books_of_any[code]


@pytest.fixture
def stored(wales: FileRepository, code: str) -> Stored:
    return Stored(wales.root, code, words(code))


def words(code: str):
    """The interface text of a context in a language; English where there is none yet."""

    def say(context: str, english: str) -> str:
        try:
            return language(code).message("interface", context, english)
        except MissingText:
            return english

    return say
