"""Until when a round is kept, its removal, and what is held about a cluster, on pages."""

import io
import json
import zipfile
from dataclasses import replace
from datetime import date, timedelta

import pytest

from survey.collection.responses.response import read_response
from survey.collection.rounds.retention import keep_until, read_retention
from survey.collection.rounds.round import change_round, close_round, round_ids
from survey.storage.backup_folder.rotation import Keep
from survey.storage.backup_folder.writer import back_up
from tests.collection.example import NOW, ROUND, opened_round, save
from tests.web.html import text_of

PAGE = f"/en/manage/rounds/{ROUND}"
ARFON = f"{PAGE}/clusters/arfon"


@pytest.fixture
def closed(site):
    site.submitted()
    close_round(site.kept, ROUND, NOW)
    return site


@pytest.mark.parametrize("language", ["cy", "en", "en-XA"])
def test_the_pages_hold_in_every_language(closed, language):
    client = closed.client("eira", language)
    for path in ("retention", "data-protection", *(f"rounds/{ROUND}/{page}" for page in ("retention", "removal"))):
        client.get(f"/{language}/manage/{path}")
    for page in ("held", "erase"):
        client.get(f"/{language}/manage/rounds/{ROUND}/clusters/arfon/{page}")


def test_the_suggested_day_is_kept_as_it_is_and_another_with_a_reason(closed):
    client = closed.client("eira")
    page = client.get(f"{PAGE}/retention")
    assert page.values(page.form("keep"))["until"] == "1 October 2033"
    refused = client.submit(page, {"until": "2030-10-01"}, form="keep", status=422)
    assert refused.errors[0][1] == "#reason"
    assert client.submit(page, {"until": "1 October"}, form="keep", status=422).errors[0][1] == "#until"
    assert read_retention(closed.kept, ROUND) is None
    for _ in range(2):
        client.submit(page, {"until": "1 Hydref 2030", "reason": "The data controller says so"}, form="keep")
    assert read_retention(closed.kept, ROUND).until == date(2030, 10, 1)
    assert closed.log.count(("eira", "retention_settled")) == 1, "sent twice, it is done once"


def test_a_stale_form_overwrites_no_day_that_somebody_else_has_settled(closed):
    client, colleague = closed.client("eira"), closed.client("eira")
    stale = client.get(f"{PAGE}/retention")
    decided = {"until": "30/11/2040", "reason": "Inquiry"}
    colleague.submit(colleague.get(f"{PAGE}/retention"), decided, form="keep")
    told = client.submit(stale, {}, form="keep", status=422)
    assert "settled meanwhile" in told.errors[0][0]
    assert "30 November 2040" in told.text
    assert read_retention(closed.kept, ROUND).reason == "Inquiry"
    client.submit(told, {"until": "1 October 2033", "reason": ""}, form="keep")
    assert read_retention(closed.kept, ROUND).until == date(2033, 10, 1), "whoever has seen it may decide otherwise"


def test_a_round_is_removed_once_its_time_is_over_after_a_page_that_says_what_goes(closed):
    today = NOW.date()
    client = closed.client("eira")
    assert "Settle first until when it is kept" in client.get(f"{PAGE}/removal").text
    keep_until(closed.kept, ROUND, today, suggested=today, by="eira", reason="", now=NOW)
    assert "kept until 1 October 2026, that day too" in client.get(f"{PAGE}/removal").text
    closed.now = NOW + timedelta(days=1)
    client = closed.client("eira")
    page, settling = client.get(f"{PAGE}/removal"), client.get(f"{PAGE}/retention")
    assert "1 response of a cluster" in page.text
    client.submit(page, {}, form="remove")
    assert round_ids(closed.kept) == []
    assert "Nothing is kept of this round any more" in client.submit(page, {}, form="remove").text
    for language in ("cy", "en", "en-XA"):
        gone = client.get(f"/{language}/manage/rounds/{ROUND}/times", status=404)
        assert f"/{language}/manage/" in gone.links.values()
    gone = client.submit(settling, {}, form="keep", status=404)
    assert gone.heading == "This round has been removed"
    assert "it was not kept" in gone.text
    assert client.get(f"{PAGE}x", status=404).heading == "There is no such round"
    log = client.get("/en/manage/log")
    (rounds,) = [one for one in log.all("select") if one.get("name") == "round"]
    assert f"{ROUND} (removed or deleted)" in text_of(rounds)
    assert "Round removed" in client.get(f"/en/manage/log?round={ROUND}").text


def test_a_stale_form_removes_no_round_that_has_changed_meanwhile(closed):
    keep_until(closed.kept, ROUND, NOW.date(), suggested=NOW.date(), by="eira", reason="", now=NOW)
    closed.now = NOW + timedelta(days=1)
    client = closed.client("eira")
    page = client.get(f"{PAGE}/removal")
    change_round(closed.kept, ROUND, lambda current: replace(current, closes=NOW - timedelta(hours=1)))
    client.submit(page, {}, form="remove", status=422)
    assert round_ids(closed.kept) == [ROUND]


def test_rounds_are_listed_by_the_day_until_which_they_are_kept(closed):
    opened_round(closed.kept, "before", reporting_year="2025-26")
    close_round(closed.kept, "before", NOW)
    for round_id, year in (("before", 2034), (ROUND, 2033)):
        keep_until(closed.kept, round_id, date(year, 5, 1), suggested=None, by="eira", reason="Inquiry", now=NOW)
    text = closed.client("eira").get("/en/manage/retention").text
    assert 0 < text.index("Kept until 1 May 2033") < text.index("Kept until 1 May 2034")


def test_everything_about_a_cluster_is_downloaded_for_a_reason_without_what_is_its_own(closed):
    save(closed.kept, closed.snapshot, "about", {"how": "meeting"}, cluster="conwy-west")
    client = closed.client("eira")
    page = client.get(f"{ARFON}/held")
    client.submit(page, {}, form="held", status=422)
    token = page.values(page.form("held"))
    token["reason"] = "Asked for"
    answer = client.browser.post(page.path, data=token)
    archive = zipfile.ZipFile(io.BytesIO(answer.data))
    assert "pages" not in json.loads(archive.read(f"rounds/{ROUND}/reflection/arfon.json"))
    assert ("eira", "cluster_taken_out") in closed.log


@pytest.mark.parametrize("language", ["cy", "en"])
def test_whoever_erases_is_told_until_when_the_backups_hold_it(site, language):
    site.submitted()
    root = site.kept.root
    back_up(root, root.with_name(f"{root.name}-backups"), recipients=(), keep=Keep(14), now=NOW)
    page = site.client("eira", language).get(f"/{language}/manage/rounds/{ROUND}/clusters/arfon/erase")
    assert {"cy": "ei gynnwys tan 29 Hydref 2026.", "en": "may hold it until 29 October 2026."}[language] in page.text


def test_a_response_is_erased_with_a_reason_and_not_if_it_has_changed_meanwhile(site):
    client = site.client("eira")
    site.submitted()
    page = client.get(f"{ARFON}/erase")
    client.submit(page, {}, form="erase", status=422)
    stale = client.post(
        page.path, {**page.values(page.form("erase")), "reason": "Asked for", "shown": "in_progress 0"}, status=422
    )
    assert "has changed its response" in stale.text
    assert read_response(site.kept, ROUND, "arfon").status == "submitted"
    client.submit(page, {"reason": "Asked for"}, form="erase")
    assert client.submit(page, {"reason": "Asked for"}, form="erase").path == ARFON
    assert site.log.count(("eira", "response_erased")) == 1
    client.get(page.path)
    assert read_response(site.kept, ROUND, "arfon").status == "not_started"
    assert ("eira", "response_erased") in site.log
