"""A page of the national team reads each record once."""

from types import SimpleNamespace

import pytest

from survey.collection.rounds.round import place
from survey.reporting.reports import dashboard as reported
from survey.reporting.reports.blocks import Line
from survey.web.manage import dashboard
from tests.collection.example import ROUND
from tests.web.counted_reads import read_twice, reads_of

OF_ROUND = f"rounds/{ROUND}"
BELOW = ("", "/clusters/arfon", "/workbook", "/documents", "/data", "/releases")


@pytest.mark.parametrize("page", ["", *(OF_ROUND + page for page in BELOW)])
def test_a_page_reads_each_record_once(site, page):
    site.submitted()
    client = site.client("eira")
    client.get(f"/en/manage/{page}")
    reads, _ = reads_of(site.app, lambda: client.browser.get(f"/en/manage/{page}"), 200)
    assert reads[("accounts",), "eira"] == 1
    assert not read_twice(reads)


def test_the_dashboard_reads_each_record_once(site, monkeypatch):
    monkeypatch.setattr(dashboard, "kind_of", lambda _: SimpleNamespace(name="national"))
    monkeypatch.setattr(reported, "dashboard", lambda _, board="": {"response": [Line("of Wales")]})
    client = site.client("eira")
    page = f"/en/manage/{OF_ROUND}/dashboard"
    client.submit(client.get(page), form="gather")
    site.made()
    reads, _ = reads_of(site.app, lambda: client.browser.get(page), 200)
    assert reads[place(ROUND, "made"), "dashboard.en"] == 1
    assert not read_twice(reads)


def test_the_first_page_of_a_board_reads_each_record_once(site):
    site.submitted()
    client = site.client("gwyn")
    client.get("/en/manage/")
    reads, _ = reads_of(site.app, lambda: client.browser.get("/en/manage/"), 200)
    assert not read_twice(reads)


def test_reopening_reads_each_record_once_and_the_response_once_more_under_its_lock(site):
    site.submitted()
    client = site.client("eira")
    address = f"/en/manage/rounds/{ROUND}/clusters/arfon/reopen"
    page = client.get(address)
    sent = page.values(page.form("reopen"))
    sent["reason"] = "A wrong year"
    reads, updates = reads_of(site.app, lambda: client.browser.post(address, data=sent), 303)
    response = (("rounds", ROUND, "reflection"), "arfon")
    assert reads[response] == updates[response] == 1
    assert not read_twice(reads)
