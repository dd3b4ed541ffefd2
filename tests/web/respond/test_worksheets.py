"""A worksheet on an outcome: at hand while reflecting, kept for the next year, and nobody's but the cluster's."""

from copy import deepcopy
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from survey import create_app
from survey.collection.people.accounts import add_account
from survey.collection.responses.earlier_answers import earlier_answers
from survey.collection.responses.lifecycle import save_page
from survey.collection.responses.merge import whole
from survey.collection.responses.response import Writer, read_response
from survey.collection.rounds.snapshot import load_snapshot
from survey.storage.tinydb_files.data_format import secret_of
from survey.storage.tinydb_files.repository import FileRepository
from tests.packs import opened, saved
from tests.web.checking_client import CheckingClient
from tests.web.html import text_of
from tests.web.respond import example
from tests.web.respond.conftest import Clock, answer
from tests.web.respond.example import BEFORE, CLUSTER, NOW, ROUND, ROUND_BEFORE

OUTCOME = "/en/reflection/section/outcome/big-01"
SHEET = "/en/reflection/section/worksheet/big-01"
INPUTS, IMPACTS = "Pum awr yr wythnos", "Gwell iechyd"
SECTION: dict[str, Any] = {
    "id": "worksheet",
    "title": "Worksheet",
    "short_title": "Sheet",
    "text": "It is your own.",
    "worksheet": True,
    "for_each": "assigned_outcomes",
    "questions": [
        {"id": "inputs", "type": "long_text", "label": "Inputs", "max_length": 50},
        {"id": "activities", "type": "long_text", "label": "Activities", "max_length": 50},
        {"id": "impacts", "type": "long_text", "label": "Impacts", "max_length": 50},
    ],
}
WRITTEN = {"inputs": INPUTS, "impacts": IMPACTS}


def with_worksheet(definition: dict[str, Any]) -> dict[str, Any]:
    asked = deepcopy(definition)
    asked["sections"].insert(2, SECTION)
    return asked


@pytest.fixture
def app(data: Path, clock: Clock) -> Flask:
    app = create_app({"TESTING": True, "DATA": data, "DEMO": True, "NOW": clock})
    repository = app.extensions["repository"]
    example.open_round(repository, secret_of(app.config["DATA"]), definition=with_worksheet(example.DEFINITION))
    return app


@pytest.fixture
def before(app: Flask, repository: FileRepository) -> None:
    """A round of two years ago, for which the cluster used one of its worksheets, in Welsh."""
    answers = {**BEFORE, "worksheet/big-01": WRITTEN, "worksheet/big-02": {}}
    definition = with_worksheet(example.definition_before())
    example.submit_round_before(repository, str(app.secret_key), answers, definition)


def kept(repository: FileRepository) -> dict[str, Any]:
    saved = read_response(repository, ROUND, CLUSTER).pages.get("worksheet/big-01")
    return dict(saved.answers or {}) if saved else {}


def submitted(repository: FileRepository, worksheet: dict[str, Any]) -> None:
    """This year, everything is answered and submitted, beside one of the worksheets."""
    outcome = {"criteria": {"big-01.f1": "in_place", "big-01.m1": "not_yet"}, "level": "mature"}
    sheets = {"worksheet/big-01": worksheet, "worksheet/big-02": {}}
    example.submit(repository, ROUND, {**BEFORE, "outcome/big-01": outcome, **sheets})


@pytest.mark.parametrize(("language", "summary"), [("en", "About this outcome"), ("cy", "Am y canlyniad hwn")])
def test_an_outcome_says_what_each_level_is_about_and_leads_to_its_worksheet(
    someone: CheckingClient, language: str, summary: str
) -> None:
    page = someone.get(f"/{language}/reflection/section/outcome/big-02")
    (about,) = [details for details in page.all("details") if summary in text_of(details)]
    assert "The first steps." in text_of(about)
    assert "Nearly there." in text_of(about)
    assert "Big things" in text_of(about)
    assert f"/{language}/reflection/section/worksheet/big-02" in page.links.values()
    assert f"/{language}/reflection/section/worksheet/big-01" not in page.links.values()


def test_a_worksheet_leads_back_to_its_outcome(someone: CheckingClient) -> None:
    assert someone.get(SHEET).links["Back to the outcome"] == OUTCOME
    page = answer(someone, SHEET, {"q-inputs": "Ten hours"}, button=("then", "continue"))
    assert page.path == OUTCOME


def test_an_outcome_goes_on_with_the_next_one_and_not_with_its_worksheet(someone: CheckingClient) -> None:
    page = answer(someone, OUTCOME, {"q-level": "mature"}, button=("then", "continue"))
    assert page.path == "/en/reflection/section/outcome/big-02"


def test_worksheets_stand_apart_in_the_list_and_count_nowhere(someone: CheckingClient) -> None:
    answer(someone, SHEET, {"q-inputs": "Ten hours"}, button=("then", "list"))
    page = someone.get("/en/reflection")
    sections, worksheets = page.by_class("nhsuk-task-list")
    assert "Worksheet" not in text_of(sections)
    assert "Worksheet: Being ready" in text_of(worksheets)
    assert ["Started" in text_of(status) for status in worksheets.iter("li")] == [True, False]
    assert "0 of 4 sections completed" in page.text


def test_a_worksheet_is_neither_checked_nor_missed_nor_submitted(
    someone: CheckingClient, repository: FileRepository
) -> None:
    answer(someone, SHEET, {"q-inputs": "Ten hours", "q-activities": "x" * 60}, status=422)
    checked = someone.get("/en/reflection/check")
    assert "Ten hours" not in checked.text
    assert "Worksheet" not in checked.text
    submitted(repository, {"inputs": "Ten hours", "activities": "x" * 60})
    submission = read_response(repository, ROUND, CLUSTER).counted
    assert submission is not None
    assert {key.split("/")[0] for key in submission.answers} == {"about", "outcome", "practice"}


@pytest.mark.usefixtures("before")
@pytest.mark.parametrize("is_submitted", [False, True])
def test_a_worksheet_is_printed_by_its_cluster_before_and_after_submitting(
    someone: CheckingClient, repository: FileRepository, is_submitted: bool
) -> None:
    answer(someone, SHEET, {"q-inputs": "Ten hours"})
    if is_submitted:
        submitted(repository, {"inputs": "Ten hours"})
    titles = [text_of(title) for title in someone.get("/en/reflection/print").all("h2")]
    pages = [title.removeprefix("BIG outcome 1 ").removeprefix("BIG outcome 2 ") for title in titles]
    expected = ["About you", "Being ready", "Worksheet: Being ready", "Being done", "Good practice"]
    assert [page for page in pages if page in (*expected, "Worksheet: Being done")] == expected
    printed = someone.get("/en/reflection/print").text
    assert "Ten hours" in printed
    assert IMPACTS in printed, "what it said before stands beside"
    assert "Worksheet: Being done" in someone.get("/en/reflection/print?blank=1").text


@pytest.mark.parametrize("is_submitted", [False, True])
def test_a_worksheet_is_read_apart_from_what_is_submitted(
    someone: CheckingClient, repository: FileRepository, is_submitted: bool
) -> None:
    answer(someone, SHEET, {"q-inputs": "Ten hours"})
    if is_submitted:
        submitted(repository, {"inputs": "Ten hours"})
    page = someone.get("/en/reflection/view")
    headings = [text_of(heading) for heading in page.all("h2")]
    assert headings[headings.index("Worksheets for your own team") - 1] == "Good practice"
    assert "Worksheet: Being ready" in [text_of(h).removeprefix("BIG outcome 1 ") for h in page.all("h3")]
    assert "Worksheet: Being done" not in page.text, "nothing has been written in it"
    assert "Ten hours" in page.text


@pytest.mark.usefixtures("before")
def test_the_whole_worksheet_of_the_last_time_is_taken_over_at_one_press(
    someone: CheckingClient, repository: FileRepository
) -> None:
    page = someone.get(SHEET)
    assert "Start from the whole worksheet of 2024-25" in page.text
    page = answer(someone, SHEET, {}, button=("take_over", "inputs impacts"))
    assert (page.path, kept(repository)) == (SHEET, WRITTEN)
    marks = [text_of(mark) for mark in page.by_class("app-earlier__mark") if "hidden" not in mark.attrib]
    assert marks == ["Unchanged since 2024-25"] * 2
    assert "whole worksheet" not in page.text, "it would only be added to what is there"


@pytest.mark.usefixtures("before")
def test_the_newest_earlier_worksheet_serves_though_nothing_was_submitted_with_it(
    app: Flask, repository: FileRepository
) -> None:
    example.open_round(
        repository,
        str(app.secret_key),
        "journey-2025",
        {},
        with_worksheet(example.definition_before()),
        reporting_year="2025-26",
        closes=None,
    )
    snapshot = load_snapshot(repository, ROUND)
    page = snapshot.instrument(CLUSTER).page("worksheet/big-01")
    assert page is not None

    def found() -> dict[str, Any]:
        earlier = earlier_answers(repository, snapshot, CLUSTER, page)
        return {name: told.answer for name, told in earlier.answers.items()} if earlier else {}

    assert found() == WRITTEN, "the year between has none"
    between = load_snapshot(repository, "journey-2025")
    same_page = between.instrument(CLUSTER).page("worksheet/big-01")
    assert same_page is not None
    edit = whole({"inputs": "Llynedd"})
    save_page(repository, between, CLUSTER, same_page, edit, writer=Writer("cy"), now=NOW, new_id="c" * 16)
    assert found() == {"inputs": "Llynedd"}


def pack(client: CheckingClient, address: str) -> bytes:
    answered = client.browser.get(address)
    assert answered.status_code == 200
    return answered.data


@pytest.mark.usefixtures("before")
def test_a_pack_brings_a_worksheet_back(someone: CheckingClient, repository: FileRepository) -> None:
    answer(someone, SHEET, {"q-inputs": "Ten hours"})
    content = pack(someone, "/en/reflection/meeting-pack/en.xlsx")
    workbook = opened(content)
    sections = ["1 About you", "2 BIG 1", "2b Sheet", "3 BIG 2", "3b Sheet", "4 Good practice"]
    assert workbook.sheetnames == ["Start here", *sections, "Service"]
    sheet = workbook["2b Sheet"]
    assert sheet["A1"].value == "Worksheet: Being ready"
    asked = {str(row[0].value).partition("\n")[0].split(" ")[0]: row for row in sheet.iter_rows(min_row=3)}
    assert [asked[name][1].value for name in ("Inputs", "Activities", "Impacts")] == ["Ten hours", None, None]
    assert [asked[name][2].value for name in ("Inputs", "Activities", "Impacts")] == [INPUTS, None, IMPACTS]
    asked["Activities"][1].value = "Meet"
    page = someone.get("/en/reflection/meeting-pack")
    fields = dict(page.values(page.form("send-pack")).items())
    page = someone.post("/en/reflection/meeting-pack", {**fields, "pack": (BytesIO(saved(workbook)), "pack.xlsx")})
    assert "Worksheet: Being ready" in page.text
    someone.submit(page, form="take-in")
    assert kept(repository) == {"inputs": "Ten hours", "activities": "Meet"}


@pytest.mark.usefixtures("before")
def test_nobody_else_gets_a_worksheet_of_now_or_before(
    app: Flask, someone: CheckingClient, repository: FileRepository
) -> None:
    answer(someone, SHEET, {"q-inputs": "Ten hours"})
    national = CheckingClient(app)
    add_account(repository, "eira", "national", None, "a long enough password", NOW)
    page = national.get("/en/manage/sign-in")
    national.submit(page, {"account_name": "eira", "password": "a long enough password"}, form="sign-in")
    workbook = opened(pack(national, f"/en/manage/rounds/{ROUND}/clusters/{CLUSTER}/meeting-pack/en.xlsx"))
    assert [name for name in workbook.sheetnames if "Sheet" in name] == []
    read = national.get(f"/en/manage/rounds/{ROUND_BEFORE}/clusters/{CLUSTER}").text
    assert "Popeth" in read, "what was submitted is there"
    assert INPUTS not in read
