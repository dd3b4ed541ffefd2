"""A meeting pack that is filled in by LibreOffice comes back and submits."""

from pathlib import Path

import pytest

from survey.collection.responses.response import read_response
from survey.storage.tinydb_files.repository import FileRepository
from tests import libreoffice
from tests.packs import blank, opened
from tests.web.checking_client import CheckingClient
from tests.web.respond import example
from tests.web.respond.test_meeting_pack import answers_of, download, send, take_in


@pytest.mark.slow
def test_a_pack_that_libreoffice_filled_in_comes_back_and_submits(
    someone: CheckingClient, repository: FileRepository, tmp_path: Path
) -> None:
    typed = {
        "How did you do it?": "(cy) At a meeting · At a meeting",
        "The lead": "✓",
        "Your name": "Siân ŵ",
        "What happened?": "=1+1 “quoted”",
        "How many people?": "45",
        "How many full-time posts?": "2.5",
        "On which day?": "30/9/2026",
        "Fig": "1",
        "Sewing – Important?": "(cy) In place · In place",
        "We have begun.": "(cy) In place · In place",
        "We have these:": "(cy) Not yet · Not yet",
        "We have finished.": "(cy) Not yet · Not yet",
        "Story 1 – Title": "Walks",
    }
    content = download(someone, "both")
    workbook = opened(content)
    places = {question: blank(workbook, question) for question in typed}
    keys = {(sheet.title, cell): typed[question] for question, (sheet, cell) in places.items()}
    levels = [
        (sheet.title, f"C{row[0].row}")
        for sheet in workbook.worksheets
        for row in sheet.iter_rows(min_col=2, max_col=2)
        if str(row[0].value).partition("\n")[0] == "Which level?"
    ]
    keys |= dict.fromkeys(levels, "(cy) Foundation · Foundation")

    page = send(someone, libreoffice.filled_in(content, keys, tmp_path))
    assert "What cannot be taken in" not in page.text
    take_in(someone, page)
    assert answers_of(repository)["about"] == {
        "how": "meeting",
        "who": ["lead"],
        "name": "Siân ŵ",
        "story": "=1+1 “quoted”",
        "people": 45,
        "share": 2.5,
        "date": "2026-09-30",
        "ranked": ["fig"],
        "skills": {"sew": {"important": "in_place"}},
    }
    someone.submit(someone.get("/en/reflection/check"), {})
    assert read_response(repository, example.ROUND, example.CLUSTER).status == "submitted"


@pytest.mark.slow
def test_a_pack_that_libreoffice_only_saved_changes_nothing(
    someone: CheckingClient, repository: FileRepository, tmp_path: Path
) -> None:
    saved = libreoffice.filled_in(download(someone, "cy"), {}, tmp_path)
    assert "nothing to take in" in send(someone, saved).text
