"""The list of pages, checking, submitting, reading, and what a round that is not open says."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from survey.collection.people.accounts import EVENTS, LOG
from survey.collection.responses.lifecycle import reopen
from survey.collection.responses.response import read_response
from survey.collection.rounds.round import change_round, close_round
from survey.collection.rounds.snapshot import load_snapshot
from survey.storage.tinydb_files.repository import FileRepository
from tests.web.checking_client import CheckingClient, Page
from tests.web.html import text_of
from tests.web.respond.conftest import Clock, answer
from tests.web.respond.example import CLOSES, CLUSTER, CODE, NOW, ROUND

LANGUAGES = ("cy", "en", "en-XA")
SECTION = "/en/reflection/section"
SignIn = Callable[..., CheckingClient]


def complete(client: CheckingClient) -> None:
    answer(client, f"{SECTION}/about", {"q-how": "meeting", "q-story": "Ein stori"})
    states = {"q-criteria-big-01.f1": "in_place", "q-criteria-big-01.m1": "in_place", "q-level": "mature"}
    answer(client, f"{SECTION}/outcome/big-01", {**states})
    answer(client, f"{SECTION}/outcome/big-02", {"q-criteria-big-02.s1": "in_place", "q-level": "mature"})


def submitted(client: CheckingClient) -> Page:
    complete(client)
    return client.submit(client.get("/en/reflection/check"))


def test_every_change_link_leads_to_a_control(someone: CheckingClient) -> None:
    complete(someone)
    answer(someone, f"{SECTION}/practice/stories/ab12/change", {"q-title": "One"})
    links = [
        link.get("href", "") for link in someone.get("/en/reflection/check").all("a") if "#q-" in link.get("href", "")
    ]
    assert len(links) > 15
    assert all("?back=check#" in link for link in links)
    for link in links:
        path, anchor = link.split("#")
        assert someone.get(path).by_id(anchor) is not None, link


def test_what_is_not_asked_is_not_there_and_what_is_not_answered_is_said_so(someone: CheckingClient) -> None:
    answer(someone, f"{SECTION}/about", {"q-how": "meeting", "q-more": "Not asked"})
    page = someone.get("/en/reflection/check")
    assert "Not asked" not in page.text
    assert "Tell us more" not in page.text
    rows = {text_of(row[0]): text_of(row[1]) for row in page.by_class("nhsuk-summary-list__row")}
    assert rows["How did you do it?"] == "At a meeting"
    assert rows["Your name"] == "Not answered"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_submission_is_read_back_in_every_language(someone: CheckingClient, language: str) -> None:
    submitted(someone)
    receipt = someone.get(f"/{language}/reflection/submitted")
    assert receipt.by_class("nhsuk-panel")
    page = someone.get(f"/{language}/reflection/view")
    story = next(element for element in page.root.iter("span") if text_of(element) == "Ein stori")
    assert story.get("lang") == "en"
    listed = someone.get(f"/{language}/reflection")
    assert f"/{language}/reflection/view" in listed.links.values()
    assert f"/{language}/contact" in listed.links.values()
    assert not listed.by_class("nhsuk-task-list")


def test_submitting_twice_makes_one_submission(
    someone: CheckingClient, repository: FileRepository, clock: Clock
) -> None:
    complete(someone)
    page = someone.get("/en/reflection/check")
    first = someone.submit(page)
    clock.now += timedelta(milliseconds=5)
    second = someone.submit(page)
    assert first.path == second.path == "/en/reflection/submitted"
    assert [one.submitted_in for one in read_response(repository, ROUND, CLUSTER).submissions] == ["en"]
    events = [entry for entry in repository.entries(LOG, EVENTS) if entry["what"] == "submitted"]
    assert {entry["submission"] for entry in events} == {"1"}
    assert len(events) == 1


def test_after_submitting_pages_lead_back_and_a_save_is_refused_kindly(
    someone: CheckingClient, repository: FileRepository
) -> None:
    page = someone.get(f"{SECTION}/about")
    submitted(someone)
    assert someone.redirected(f"{SECTION}/about") == "/en/reflection"
    assert someone.redirected("/en/reflection/check") == "/en/reflection"
    refused = someone.submit(page, {"q-story": "Too late"}, status=409)
    assert "Too late" in refused.text
    assert "reopen" in refused.text
    assert read_response(repository, ROUND, CLUSTER).answers["about"]["story"] == "Ein stori"


def test_a_reopened_reflection_can_be_changed_and_its_first_submission_read(
    someone: CheckingClient, repository: FileRepository
) -> None:
    submitted(someone)
    reopen(repository, load_snapshot(repository, ROUND), CLUSTER, reason="A slip", by="nia", now=NOW)
    page = someone.get("/en/reflection")
    assert "has been reopened" in page.text
    assert "Reopened by: nia. Reason: A slip" in page.text
    assert "/en/reflection/view/1" in page.links.values()
    answer(someone, f"{SECTION}/about", {"q-story": "A better story"})
    assert "Ein stori" in someone.get("/en/reflection/view/1").text
    assert "A better story" in someone.get("/en/reflection/view").text
    someone.get("/en/reflection/view/2", status=404)
    someone.submit(someone.get("/en/reflection/check"))
    assert len(read_response(repository, ROUND, CLUSTER).submissions) == 2
    reopen(repository, load_snapshot(repository, ROUND), CLUSTER, reason="Another slip", by="nia", now=NOW)
    page = someone.get("/en/reflection")
    assert "Reason: Another slip" in page.text
    assert "Reason: A slip" not in page.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_round_that_has_closed_says_so_and_shows_what_was_submitted(
    client: CheckingClient, repository: FileRepository, sign_in: SignIn, language: str
) -> None:
    submitted(sign_in())
    close_round(repository, ROUND, NOW)
    page = client.submit(client.get(f"/{language}/sign-in"), {"access_code": CODE})
    assert page.by_class("nhsuk-card--warning")
    assert f"/{language}/reflection/view" in page.links.values()
    assert client.redirected(f"/{language}/reflection/section/about") == f"/{language}/reflection"
    client.get(f"/{language}/reflection/view")


def test_answers_typed_while_the_round_closes_are_given_back(
    someone: CheckingClient, repository: FileRepository, clock: Clock
) -> None:
    page = someone.get(f"{SECTION}/about")
    clock.now = CLOSES
    refused = someone.submit(page, {"q-story": "Last words", "q-people": "12", "q-share": "a lot"}, status=409)
    assert "takes no answers now" in refused.text
    assert "Last words" in refused.text
    assert "12" in refused.text
    assert "a lot" in refused.text
    assert read_response(repository, ROUND, CLUSTER).status == "not_started"
    listed = someone.get("/en/reflection")
    assert "did not begin" in listed.text
    assert "31 October 2026" in listed.text


def test_a_draft_that_was_never_submitted_can_still_be_read(
    someone: CheckingClient, repository: FileRepository
) -> None:
    answer(someone, f"{SECTION}/about", {"q-story": "Half a story"})
    close_round(repository, ROUND, NOW)
    page = someone.get("/en/reflection")
    assert "did not submit" in page.text
    assert "Half a story" in someone.get("/en/reflection/view").text
    token = someone.get("/en/sign-in")
    sent = {"csrf_token": token.values(token.form())["csrf_token"]}
    assert someone.post("/en/reflection/check", sent).path == "/en/reflection"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_round_that_is_not_open_yet_says_when(
    someone: CheckingClient, repository: FileRepository, language: str
) -> None:
    change_round(repository, ROUND, lambda latest: replace(latest, opens=NOW + timedelta(days=2)))
    page = someone.get(f"/{language}/reflection")
    assert page.by_class("nhsuk-card--warning")
    assert not page.by_class("nhsuk-task-list")
    if language == "en":
        assert "3 October 2026 at 10:00" in page.text


def test_a_demonstration_round_opens_nothing_elsewhere(app: Flask, someone: CheckingClient) -> None:
    repository = app.extensions["repository"]
    change_round(repository, ROUND, lambda latest: replace(latest, demonstration=True))
    someone.get("/en/reflection")
    app.config["DEMO"] = False
    assert someone.redirected("/en/reflection") == "/en/sign-in"
