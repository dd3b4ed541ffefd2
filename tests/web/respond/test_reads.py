"""A request reads each record once; a save reads it once more under its lock."""

import pytest
from flask import Flask

from survey.collection.rounds.round import place
from tests.web.checking_client import CheckingClient
from tests.web.counted_reads import read_twice, reads_of
from tests.web.respond.conftest import answer
from tests.web.respond.example import CLUSTER, ROUND
from tests.web.respond.test_reflection import complete

ABOUT = "/en/reflection/section/about"
RESPONSE = (place(ROUND, "reflection"), CLUSTER)


@pytest.mark.parametrize("page", ["", "/section/about", "/section/outcome/big-01", "/check", "/view", "/print"])
def test_a_page_reads_each_record_once(app: Flask, someone: CheckingClient, page: str) -> None:
    answer(someone, ABOUT, {"q-name": "Ann"})
    reads, updates = reads_of(app, lambda: someone.browser.get(f"/en/reflection{page}"), 200)
    assert reads[RESPONSE] == 1
    assert not read_twice(reads)
    assert not updates


@pytest.mark.parametrize("then", ["stay", "continue", "list"])
def test_a_save_reads_each_record_once_and_once_more_under_its_lock(
    app: Flask, someone: CheckingClient, then: str
) -> None:
    page = someone.get(ABOUT)
    sent = page.values(page.form("answers"))
    sent["q-name"], sent["then"] = "Ann", then
    reads, updates = reads_of(app, lambda: someone.browser.post(ABOUT, data=sent), 303)
    assert reads[RESPONSE] == updates[RESPONSE] == 1
    assert not read_twice(reads)
    assert "Ann" in someone.get(ABOUT).markup


def test_what_the_script_saves_reads_each_record_once_and_once_more_under_its_lock(
    app: Flask, someone: CheckingClient
) -> None:
    page = someone.get(ABOUT)
    sent = page.values(page.form("answers"))
    sent["q-name"] = "Ann"
    script = {"Accept": "application/json"}
    reads, updates = reads_of(app, lambda: someone.browser.post(ABOUT, data=sent, headers=script), 200)
    assert reads[RESPONSE] == updates[RESPONSE] == 1
    assert not read_twice(reads)


def test_submitting_reads_each_record_once_and_once_more_under_its_lock(app: Flask, someone: CheckingClient) -> None:
    complete(someone)
    page = someone.get("/en/reflection/check")
    sent = page.values(page.form())
    reads, updates = reads_of(app, lambda: someone.browser.post(page.path, data=sent), 303)
    assert reads[RESPONSE] == updates[RESPONSE] == 1
    assert not read_twice(reads)


def test_a_save_with_a_mistake_reads_each_record_once_too(app: Flask, someone: CheckingClient) -> None:
    page = someone.get(ABOUT)
    sent = page.values(page.form("answers"))
    sent["q-name"], sent["q-people"] = "Ann", "many"
    reads, updates = reads_of(app, lambda: someone.browser.post(ABOUT, data=sent), 303)
    assert reads[RESPONSE] == updates[RESPONSE] == 1
    assert not read_twice(reads)


def test_a_save_over_somebody_elses_reads_theirs(app: Flask, someone: CheckingClient) -> None:
    page = someone.get(ABOUT)
    answer(someone, ABOUT, {"q-name": "Ann"})
    sent = page.values(page.form("answers"))
    sent["q-name"] = "Bob"
    answered = someone.post(ABOUT, sent, 409)
    assert "Ann" in answered.text
