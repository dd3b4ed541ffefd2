"""Data that an earlier version backed up, with a round open in it, are put back by this one, and people go on.

Each backup is of the first or the last version that wrote a format, made by that version itself: what was added to a
format in between is not in the one and in the other.
"""

import re
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from openpyxl import load_workbook

from survey import create_app
from survey.collection.earlier_secrets import of_another_secret
from survey.collection.missing_records import is_log_gone, lost_links, missing_records
from survey.collection.people.accounts import LOG
from survey.collection.responses.anonymous import read_responses
from survey.collection.responses.response import read_response
from survey.collection.rounds.snapshot import load_snapshot
from survey.collection.soundness import sound
from survey.languages import language
from survey.storage.data_folder import open_data_folder
from survey.storage.tinydb_files.data_format import FORMAT, read_format
from survey.storage.verification import verify
from tests.collection.anonymous_example import ROUND as CREW
from tests.collection.example import COMPLETE, LATER, ROUND
from tests.restoring import restore
from tests.verified import is_clean
from tests.web.checking_client import CheckingClient

BACKUPS = sorted((Path(__file__).parents[1] / "storage" / "formats").glob("backup-*.zip"))
SURVEY = "/cy/survey/k7qt-9wxm-3fbd/"


class Site:
    """The pages on what was put back, an hour after it was written."""

    def __init__(self, data: Path, backup: Path) -> None:
        restore(backup, data)
        self.was = read_format(data)
        self.repository = open_data_folder(data)
        self.was_without_log = not self.repository.logs(LOG)
        self.app: Flask = create_app({"TESTING": True, "DATA": data, "NOW": self.now})

    def now(self) -> datetime:
        return LATER

    def cluster(self, code: str) -> CheckingClient:
        client = CheckingClient(self.app)
        assert client.sign_in("/en/sign-in", {"access_code": code}) == "/en/reflection"
        return client

    def submit(self, client: CheckingClient) -> None:
        client.submit(client.get("/en/reflection/check"))


@pytest.fixture(params=BACKUPS, ids=lambda path: path.stem)
def site(request: pytest.FixtureRequest, tmp_path: Path) -> Site:
    return Site(tmp_path / "data", request.param)


def test_every_format_is_there() -> None:
    assert len(BACKUPS) == 5


def test_everybody_signs_in_and_goes_on_where_she_was(site: Site, tmp_path: Path) -> None:
    assert site.was is not None
    assert site.was <= FORMAT

    begun = site.cluster("3333-3333-3333")
    about = begun.get("/en/reflection/section/about")
    assert about.values(about.form("answers"))["q-how_other"] == "Dros ginio"
    begun.submit(about, {"q-people": "46"})
    site.submit(begun)
    response = read_response(site.repository, ROUND, "conwy-west")
    assert (response.status, response.counted.answers["about"]) == ("submitted", {**COMPLETE["about"], "people": 46})

    reopened = site.cluster("6666-6666-6666")
    about = reopened.get("/en/reflection/section/about")
    assert about.values(about.form("answers"))["q-people"] == "7"
    site.submit(reopened)
    response = read_response(site.repository, ROUND, "bro-morgannwg")
    assert (response.status, len(response.submissions), response.counted.answers["about"]["people"]) == (
        "submitted",
        2,
        7,
    )

    submitted = site.cluster("k7qt9wxm3fbd")
    assert "submit again" in submitted.get("/en/reflection").text
    assert read_response(site.repository, ROUND, "arfon").counted.answers["about"] == COMPLETE["about"]

    somebody = CheckingClient(site.app)
    page = somebody.submit(somebody.get(f"{SURVEY}resume"), {"resume_code": "5555-5555-5555"})
    somebody.submit(somebody.get(f"{SURVEY}check"))
    crew = load_snapshot(site.repository, CREW)
    answers = [answer.answers for answer in read_responses(site.repository, crew)]
    assert [answer["rest"] for answer in answers] == [{"comment": "Diolch am ofyn ŵ"}] * 2, page

    team = CheckingClient(site.app)
    assert (
        team.sign_in("/cy/manage/sign-in", {"account_name": "eira", "password": "made up for tests"}) == "/cy/manage/"
    )
    assert ROUND in team.get(f"/cy/manage/rounds/{ROUND}").path
    book = tmp_path / "workbook.xlsx"
    ran = site.app.test_cli_runner().invoke(
        args=["export", "workbook", ROUND, "--language", "en", "--output", str(book)]
    )
    assert ran.exit_code == 0, ran.output
    cells = {str(cell) for sheet in load_workbook(book) for row in sheet.values for cell in row}
    assert any(re.search("Conwy-West", cell) for cell in cells)

    report = verify(site.repository, sound(site.repository, language("en")))
    assert is_clean(report), [*report.unreadable, *report.wrong]
    assert not missing_records(site.repository)
    assert not lost_links(site.repository)
    # The functions that filled the two oldest wrote no log, as commands and pages did from the first.
    assert is_log_gone(site.repository) == site.was_without_log
    assert not of_another_secret(site.repository, site.repository.key_ring())
