"""The small Wales and its workbooks, made once for all tests of a process."""

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
from tests.reporting.reading import ReadWorkbook
from tests.reporting.second_path import Stored
from tests.reporting.small_wales import NOW, ROUND, small_wales


@pytest.fixture(scope="session")
def wales(tmp_path_factory: pytest.TempPathFactory) -> FileRepository:
    """Nobody changes it; a test that wants another state copies it."""
    return small_wales(tmp_path_factory.mktemp("wales") / "data")


@pytest.fixture(scope="session")
def workbooks(wales: FileRepository, tmp_path_factory: pytest.TempPathFactory) -> dict[str, ReadWorkbook]:
    """The national workbook in each language, as written and read back.

    Whether all is translated is for the translation gate: here English stands in for Welsh that is not there yet.
    """
    folder = tmp_path_factory.mktemp("workbooks")
    languages.when_missing(lambda missing: missing.english)
    try:
        workbook = prepared(wales, ROUND, 5, NOW)
        return {code: ReadWorkbook(workbook.write(language(code), folder), words(code)) for code in ("en", "cy")}
    finally:
        languages.when_missing(languages.mark_missing)


@pytest.fixture(scope="session")
def own_words(wales: FileRepository, tmp_path_factory: pytest.TempPathFactory) -> dict[str, ReadWorkbook]:
    """The workbook of what clusters wrote in each language, as written and read back."""
    folder, workbook = tmp_path_factory.mktemp("words"), prepared_words(wales, ROUND, NOW)
    return {code: ReadWorkbook(workbook.write(language(code), folder), words(code)) for code in ("en", "cy")}


@pytest.fixture(params=["en", "cy"])
def code(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def book(workbooks: dict[str, ReadWorkbook], code: str) -> ReadWorkbook:
    return workbooks[code]


@pytest.fixture
def side_by_side(wales: FileRepository, code: str, tmp_path: Path) -> ReadWorkbook:
    """The workbook of any questionnaire, made of the small Wales."""
    report = Report(read_series(wales, ROUND), language(code), is_open=True)
    write_workbook(workbook_of_clusters(wales, report), tmp_path / "a.xlsx")
    return ReadWorkbook(tmp_path / "a.xlsx", words(code))


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
