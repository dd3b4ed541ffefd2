"""The national report of the small Wales, made once in each language."""

from collections.abc import Iterator

import pytest

from survey import languages
from survey.collection.rounds.snapshot import load_snapshot
from survey.languages import language
from survey.reporting.reports.national_report import national_report
from survey.storage.tinydb_files.repository import FileRepository
from tests.reporting.reports.reading import ReadDocument
from tests.reporting.small_wales import ROUND


@pytest.fixture(autouse=True, scope="module")
def untranslated_is_english() -> Iterator[None]:
    languages.when_missing(lambda missing: missing.english)
    yield
    languages.when_missing(languages.mark_missing)


@pytest.fixture(scope="session")
def reports(wales: FileRepository) -> dict[str, bytes]:
    languages.when_missing(lambda missing: missing.english)
    return {code: made(wales, code) for code in ("en", "cy")}


@pytest.fixture
def report(reports: dict[str, bytes], code: str) -> ReadDocument:
    return ReadDocument(reports[code])


def made(wales: FileRepository, code: str, template: bytes = b"", earlier: bytes = b"") -> bytes:
    return national_report(wales, load_snapshot(wales, ROUND), language(code), True, template, earlier).content
