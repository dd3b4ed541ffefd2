"""This year asks how what was written last year went: on its page, on Check, on paper, in a meeting pack."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from flask import Flask

from survey.collection.responses.lifecycle import reopen
from survey.collection.responses.response import read_response
from survey.collection.rounds.snapshot import load_snapshot
from survey.storage.tinydb_files.repository import FileRepository
from tests.packs import filled_in
from tests.web.checking_client import CheckingClient
from tests.web.html import text_of
from tests.web.respond import example
from tests.web.respond.conftest import answer

ROUND, CODE, OTHER_CODE = "journey-2027", "44KT-9WXM-3FBD", "55KT-9WXM-3FBD"
PAGE = "/en/reflection/section/last_year"
WENT = [{"code": "done", "label": "Done"}, {"code": "not_begun", "label": "Not begun"}]
LAST_YEAR: dict[str, Any] = {
    "id": "last_year",
    "title": "Last year",
    "follows_up": "outcome.well",
    "questions": [
        {"id": "words", "type": "earlier_answer", "label": "You wrote", "measure": "action_before"},
        {"id": "went", "type": "single_choice", "label": "How is it now?", "required": True, "options": WENT},
        {"id": "more", "type": "long_text", "label": "What more?"},
    ],
}
GIVEN = example.BEFORE | {
    "outcome/big-01": {
        "criteria": {"big-01.f1": "in_place", "big-01.m1": "in_place"},
        "level": "mature",
        "well": "Popeth yn dda",
    },
    "outcome/big-02": {"criteria": {"big-02.s1": "in_place"}, "level": "mature"},
}


@pytest.fixture
def following(app: Flask, repository: FileRepository) -> None:
    """A round that follows up the one before, which one of the two clusters submitted in Welsh."""
    example.submit(repository, example.ROUND, GIVEN)
    first, *others = example.DEFINITION["sections"]
    definition = example.DEFINITION | {"sections": [first, LAST_YEAR, *others]}
    codes = {example.CLUSTER: CODE, example.OTHER_CLUSTER: OTHER_CODE}
    example.open_round(repository, str(app.secret_key), ROUND, codes, definition, reporting_year="2027-28")


@pytest.fixture
def someone(following: None, sign_in: Callable[..., CheckingClient]) -> CheckingClient:
    return sign_in(CODE)


def answers(repository: FileRepository) -> dict[str, Any]:
    return dict(read_response(repository, ROUND, example.CLUSTER).answers["last_year"])


def test_what_was_written_is_shown_in_its_language_and_asked_about(
    someone: CheckingClient, repository: FileRepository
) -> None:
    page = someone.get(PAGE)
    (words,) = [span for span in page.by_class("app-verbatim") if span.get("lang")]
    assert (text_of(words), words.get("lang")) == ("Popeth yn dda", "cy")
    assert "Being ready" in page.text
    assert "Being done" not in page.text, "nothing was written about that"
    answer(someone, PAGE, {"q-went-big-01": "done", "q-more-big-01": "It lasts"})
    assert answers(repository) == {"went-big-01": "done", "more-big-01": "It lasts"}
    assert "In 2026-27" not in someone.get(PAGE).text, "what was answered about something else is no earlier answer"


def test_it_is_missed_on_check_and_read_there(someone: CheckingClient) -> None:
    page = someone.get("/en/reflection/check")
    assert "Last year" in page.text
    assert someone.submit(page, status=422).errors
    answer(someone, PAGE, {"q-went-big-01": "not_begun"})
    rows = {
        text_of(row[0]): text_of(row[1])
        for row in someone.get("/en/reflection/check").by_class("nhsuk-summary-list__row")
    }
    assert rows["You wrote – Being ready"] == "Popeth yn dda"
    assert rows["How is it now? – Being ready"] == "Not begun"


def test_a_cluster_that_wrote_nothing_is_not_asked(
    following: None, repository: FileRepository, sign_in: Callable[..., CheckingClient]
) -> None:
    other = sign_in(OTHER_CODE)
    other.get(PAGE, status=404)
    assert PAGE not in other.get("/en/reflection").links.values()
    instrument = load_snapshot(repository, ROUND).instrument(example.OTHER_CLUSTER)
    assert "last_year" not in instrument.walk({}).asked


def test_what_is_asked_about_stays_what_it_was_when_last_year_is_changed(
    someone: CheckingClient, repository: FileRepository
) -> None:
    before = load_snapshot(repository, example.ROUND)
    reopen(repository, before, example.CLUSTER, reason="Gwall", by="ann", now=example.NOW)
    changed = GIVEN | {"outcome/big-01": {**GIVEN["outcome/big-01"], "well": "Rhywbeth arall"}}
    example.submit(repository, example.ROUND, changed)
    assert read_response(repository, example.ROUND, example.CLUSTER).counted.number == 2  # type: ignore[union-attr]
    page = someone.get(PAGE)
    assert "Popeth" in page.text
    assert "Rhywbeth arall" not in page.text


def test_it_is_printed_with_what_was_written(someone: CheckingClient) -> None:
    for query in ("", "?blank=1"):
        paper = someone.get(f"/en/reflection/print{query}")
        assert "Popeth yn dda" in paper.text
        assert "How is it now? – Being ready" in paper.text


def test_a_meeting_pack_asks_and_brings_it_back(someone: CheckingClient, repository: FileRepository) -> None:
    address = "/en/reflection/meeting-pack"
    pack = someone.browser.get(f"{address}/en.xlsx").data
    with zipfile.ZipFile(BytesIO(someone.browser.get(f"{address}/en.docx").data)) as package:
        assert "yn dda”" in package.read("word/document.xml").decode()
    filled = filled_in(pack, {"How is it now? – Being ready": "Done", "What more? – Being ready": "Lots"})
    page = someone.get(address)
    fields = dict(page.values(page.form("send-pack")).items())
    sent = someone.post(address, {**fields, "pack": (BytesIO(filled), "pack.xlsx")})
    someone.post(address, sent.values(sent.form("take-in")))
    assert answers(repository) == {"went-big-01": "done", "more-big-01": "Lots"}


def test_the_document_of_what_was_submitted_has_both(someone: CheckingClient, repository: FileRepository) -> None:
    given = GIVEN | {"last_year": {"went-big-01": "done"}}
    example.submit(repository, ROUND, given)
    with zipfile.ZipFile(BytesIO(someone.browser.get("/en/reflection/view/1/en.docx").data)) as package:
        document = package.read("word/document.xml").decode()
    assert 'w:val="cy-GB"/></w:rPr><w:t xml:space="preserve">Popeth' in document
    assert "How is it now? – Being ready" in document
