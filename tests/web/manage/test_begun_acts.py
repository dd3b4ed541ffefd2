"""A stop between an act of the national team and its line in the log loses neither."""

from datetime import timedelta

import pytest

from survey.collection.people import accounts
from survey.collection.people.accounts import read_account
from survey.collection.people.begun_acts import BEGUN_ACTS, LASTS
from survey.web.manage import auth
from tests.collection.example import NOW

ACCOUNT = "/en/manage/accounts/mair"
STOPPED = "Begun, and the service was stopped: it may have been done or not"


def _killed(*_, **__):
    raise KeyboardInterrupt


def test_what_was_done_when_the_service_was_stopped_is_in_the_log_with_who_began_it(site, monkeypatch):
    client = site.client("eira")
    page = client.get(ACCOUNT)
    with monkeypatch.context() as stopped:
        stopped.setattr(auth, "note", _killed)
        with pytest.raises(KeyboardInterrupt):
            client.submit(page, form="disable")
    assert read_account(site.kept, "mair").disabled
    assert "Nothing in the log is like that" in client.get("/en/manage/log?what=act_stopped").text
    site.now = NOW + LASTS + timedelta(minutes=1)
    log = client.get("/en/manage/log?what=act_stopped").text
    assert STOPPED in log
    assert "/manage/accounts/mair/disable" in log
    assert "eira" in log
    assert b"act_stopped,Begun" in client.browser.get("/en/manage/log.csv").data.replace(b'"', b"")


@pytest.mark.parametrize("button", [None, ("switch_language", "cy")])
def test_what_came_to_its_line_or_was_refused_or_only_changed_its_language_leaves_nothing_begun(site, button):
    client = site.client("eira")
    client.submit(client.get("/en/manage/new-round"), button=button, status=200 if button else 422)
    client.submit(client.get(ACCOUNT), form="disable")
    assert site.kept.keys(BEGUN_ACTS) == []


def test_what_others_do_is_not_kept_as_begun(site, monkeypatch):
    monkeypatch.setattr(auth, "begin_act", _killed)
    client = site.client("mair")
    page = client.get("/en/manage/own/password")
    client.submit(page, {"current": "wrong"}, status=422)


def test_a_log_that_cannot_be_written_leaves_the_act_as_begun(site, monkeypatch):
    client = site.client("eira")
    page = client.get(ACCOUNT)

    def full(*_, **__):
        raise accounts.Unreadable(("log",), "events", "no room")

    monkeypatch.setattr(auth, "note", full)
    client.submit(page, form="disable", status=503)
    assert len(site.kept.keys(BEGUN_ACTS)) == 1
