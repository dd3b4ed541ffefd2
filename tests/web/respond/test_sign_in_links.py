"""Signing in by the link of an e-mail: what its page shows before, at and after the one time that it works."""

import logging
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from survey.collection.people.accounts import EVENTS, LOG
from survey.collection.people.contact_checks import Contact
from survey.collection.people.contacts import erase_contacts, read_contacts, take_in
from survey.collection.people.messages import read_messages
from survey.collection.people.sign_in_links import make_sign_in_link
from survey.collection.rounds.round import change_round
from survey.reporting.tasks.job import Job
from survey.storage.tinydb_files.repository import FileRepository
from tests.web.checking_client import CheckingClient
from tests.web.respond.conftest import Clock
from tests.web.respond.example import CLUSTER, NOW, ROUND


@pytest.fixture
def token(repository: FileRepository) -> str:
    """The secret of the link in the invitation of a contact."""
    take_in(repository, [Contact(CLUSTER, "Siân", "Lead", "sian@nhs.example", "cy")], NOW.date())
    return make_sign_in_link(repository, ROUND, CLUSTER, next(iter(read_contacts(repository))), "invitation.x", NOW)


@pytest.fixture
def jobs(app: Flask) -> list[Job]:
    """A mail server that is set, and the jobs that are begun."""
    begun: list[Job] = []
    app.config.update(SMTP_HOST="127.0.0.1", SMTP_SENDER="survey@wales.example", START_JOB=begun.append)
    return begun


@pytest.mark.parametrize("language", ["cy", "en", "en-XA"])
def test_opening_a_link_uses_nothing_up_its_button_signs_in_and_back_leads_on(
    app: Flask, client: CheckingClient, token: str, repository: FileRepository, language: str
) -> None:
    address = f"/{language}/sign-in/{token}"
    for _ in range(2):
        page = client.get(address)
    assert client.redirected(f"/{language}/reflection").split("?")[0] == f"/{language}/sign-in"
    assert client.submit(page, {}, form="sign-in").path == f"/{language}/reflection"
    assert client.redirected(address) == f"/{language}/reflection"
    assert client.submit(page, {}, form="sign-in").path == f"/{language}/reflection", "pressed twice, after Back"
    assert [entry["what"] for entry in repository.entries(LOG, EVENTS)] == ["signed_in_by_link"]
    elsewhere = CheckingClient(app).get(address, status=410)
    assert f"/{language}/sign-in" in elsewhere.links.values()


@pytest.mark.parametrize("language", ["cy", "en", "en-XA"])
def test_a_link_that_is_pressed_before_the_round_opens_says_when_and_is_not_used_up(
    client: CheckingClient, token: str, repository: FileRepository, clock: Clock, language: str
) -> None:
    opens, address = NOW + timedelta(days=40), f"/{language}/sign-in/{token}"
    page = client.get(address)
    change_round(repository, ROUND, lambda latest: replace(latest, opens=opens, closes=opens + timedelta(days=40)))
    for early in (client.get(address), client.submit(page, {}, form="sign-in")):
        assert early.by_id("sign-in") is None
        assert ("10 Tachwedd 2026" if language == "cy" else "10 November 2026") in early.text
    clock.now = opens
    assert client.submit(client.get(address), {}, form="sign-in").path == f"/{language}/reflection"


def test_two_who_have_the_page_open_cannot_both_sign_in(app: Flask, token: str) -> None:
    one, other = CheckingClient(app), CheckingClient(app)
    pages = [each.get(f"/en/sign-in/{token}") for each in (one, other)]
    assert one.submit(pages[0], {}, form="sign-in").path == "/en/reflection"
    assert "has been used" in other.submit(pages[1], {}, form="sign-in", status=410).text


def test_whoever_used_a_link_up_has_another_sent_to_the_same_address_once_an_hour(
    app: Flask, client: CheckingClient, token: str, jobs: list[Job], repository: FileRepository, clock: Clock
) -> None:
    address = f"/cy/sign-in/{token}"
    client.submit(client.get(address), {}, form="sign-in")
    stranger = CheckingClient(app)
    page = stranger.get(address, status=410)
    for minutes, number in ((0, 1), (1, 1), (61, 2)):
        clock.now = NOW + timedelta(minutes=minutes)
        stranger.submit(page, {}, form="another", button=("another", "1"))
        assert len(read_messages(repository, ROUND, clock.now)) == number
    assert {(message.kind, message.cluster) for message in read_messages(repository, ROUND, NOW)} == {("link", CLUSTER)}
    assert {job.by for job in jobs} == {f"cluster {CLUSTER}"}
    assert "sian@nhs.example" not in page.markup


def test_what_opens_nothing_says_why_and_offers_the_code(
    client: CheckingClient, token: str, jobs: list[Job], repository: FileRepository
) -> None:
    guessed = client.get("/en/sign-in/guessed", status=404)
    assert guessed.links["Sign in with your access code"] == "/en/sign-in"
    erase_contacts(repository, "sian@nhs.example")
    ended = client.get(f"/en/sign-in/{token}", status=410)
    assert "has ended this link" in ended.text
    assert ended.by_id("another") is None
    assert jobs == []


def test_the_log_of_requests_holds_no_link(
    client: CheckingClient, token: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        client.submit(client.get(f"/en/sign-in/{token}"), {}, form="sign-in")
    assert caplog.records
    assert token not in caplog.text
    assert all(token not in str(record.__dict__) for record in caplog.records)
