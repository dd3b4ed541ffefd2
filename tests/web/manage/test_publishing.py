"""Releases of clusters on pages, publishing them, and what anybody then reads without signing in."""

from dataclasses import replace
from datetime import timedelta

import pytest

from survey.collection.people.accounts import add_account
from survey.collection.rounds.extensions import end_grace, give_grace
from survey.collection.rounds.releases import read_releases
from survey.collection.rounds.round import change_round, close_round
from survey.collection.rounds.snapshot import load_snapshot
from survey.reporting.releases.of_clusters import release_clusters
from tests.collection.example import NOW, ROUND
from tests.web.checking_client import CheckingClient
from tests.web.manage.conftest import PASSWORD

RELEASES = f"/en/manage/rounds/{ROUND}/releases"
PUBLICATION = f"{RELEASES}/1/publication"
PUBLIC = f"/en/releases/{ROUND}/1"
NOTES = {"notes_cy": "Dros dro: atebion eto i ddod", "notes_en": "Provisional: answers to come"}


@pytest.fixture
def public(site):
    """The site as it is where releases are shown to anybody, with a round that is closed."""
    site.make_public()
    site.submitted()
    close_round(site.kept, ROUND, NOW)
    return site


@pytest.fixture
def released(public):
    late = {"by": "eira", "reason": "Flood", "now": NOW}
    give_grace(public.kept, load_snapshot(public.kept, ROUND), "conwy-west", NOW + timedelta(days=1), **late)
    release_clusters(public.kept, ROUND, "eira", "", NOW)
    return public


def test_figures_are_released_on_the_page_then_made_final_with_what_changed(public):
    client = public.client("eira")
    client.submit(client.get(RELEASES), {}, form="release")
    assert "The figures are being made" in client.get(RELEASES).text
    assert not client.get(RELEASES).by_class("nhsuk-notification-banner")
    public.made()
    page = client.get(RELEASES)
    assert "The figures have been released." in page.text
    page = client.get(RELEASES)
    assert not page.by_class("nhsuk-notification-banner"), "said once"
    assert "Final: no cluster could answer any more." in page.text
    assert client.browser.get(f"{RELEASES}/1/cy.xlsx").data.startswith(b"PK")
    assert "Say what has changed" in client.submit(page, {}, form="release", status=422).text
    client.submit(client.get(RELEASES), {"changed": "Nothing"}, form="release")
    public.made()
    page = client.get(RELEASES)
    assert "Nothing has changed since the last release" in page.text
    assert not page.by_class("nhsuk-notification-banner"), "what was not released is no success"
    assert page.all("textarea")[0].text.strip() == "Nothing", "what was said of it is not lost"


def test_a_release_is_published_read_by_anybody_and_withdrawn(released):
    client, anybody = released.client("eira"), CheckingClient(released.app)
    anybody.get(PUBLIC, status=404)
    assert (
        "Write the note to readers" in client.submit(client.get(PUBLICATION), {}, form="publication", status=422).text
    )
    page = client.get(PUBLICATION)
    paths = [client.submit(page, NOTES, form="publication").path for _ in range(2)]
    assert (paths, released.log.count(("eira", "release_published"))) == ([RELEASES, RELEASES], 1)
    other = {**NOTES, "notes_en": "Another note"}
    stale = client.submit(page, other, form="publication")
    assert (stale.path, "has been published already" in stale.text) == (RELEASES, True)
    assert (
        "Withdraw a published release"
        in client.submit(client.get(PUBLICATION), {}, form="publication", status=422).text
    )
    assert PUBLIC in anybody.get("/en/releases/").links.values()
    page = anybody.get(PUBLIC)
    assert NOTES["notes_en"] in page.text
    assert "Provisional: answers may still come" in page.text
    assert NOTES["notes_cy"] in anybody.get(PUBLIC.replace("/en/", "/cy/")).text
    assert anybody.browser.get(f"{PUBLIC}/en.xlsx").data.startswith(b"PK")
    client.submit(client.get(PUBLICATION), {"notes_cy": "Gwall", "notes_en": "A mistake"}, form="publication")
    assert "A mistake" in anybody.get(PUBLIC, status=410).text
    anybody.get(f"{PUBLIC}/en.xlsx", status=410)


def test_what_somebody_else_has_published_with_the_same_note_is_not_said_to_be_ones_own(released):
    add_account(released.kept, "nia", "national", None, PASSWORD, NOW)
    client, colleague = released.client("eira"), released.client("nia")
    stale = client.get(PUBLICATION)
    colleague.submit(colleague.get(PUBLICATION), NOTES, form="publication")
    assert "has been published already" in client.submit(stale, NOTES, form="publication").text


def test_what_is_made_up_is_read_in_a_demonstration_alone(released):
    client, anybody = released.client("eira"), CheckingClient(released.app)
    client.submit(client.get(PUBLICATION), NOTES, form="publication")
    change_round(released.kept, ROUND, lambda current: replace(current, demonstration=True))
    assert PUBLIC not in anybody.get("/en/releases/").links.values()
    anybody.get(PUBLIC, status=404)
    anybody.get(f"{PUBLIC}/en.xlsx", status=404)
    released.app.config["DEMO"] = True
    anybody.get(PUBLIC)


def test_a_provisional_release_that_is_overtaken_says_so_and_leads_on(released):
    client, anybody = released.client("eira"), CheckingClient(released.app)
    client.submit(client.get(PUBLICATION), NOTES, form="publication")
    end_grace(released.kept, load_snapshot(released.kept, ROUND), "conwy-west")
    release_clusters(released.kept, ROUND, "eira", "Nobody else", NOW)
    client.submit(client.get(f"{RELEASES}/2/publication"), NOTES, form="publication")
    page = anybody.get(PUBLIC)
    assert f"/en/releases/{ROUND}/2" in page.links.values()
    assert "could still answer when these figures were released" in page.text


def test_what_is_public_is_kept_by_browsers_and_sets_nothing_in_them(released):
    client = released.client("eira")
    client.submit(client.get(PUBLICATION), NOTES, form="publication")
    plain = released.app.test_client()
    first = plain.get(PUBLIC)
    assert first.headers["Cache-Control"] == "public, max-age=300"
    assert "Set-Cookie" not in first.headers
    again = plain.get(PUBLIC, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_where_nothing_is_shown_to_anybody_nothing_can_be_published(site):
    close_round(site.kept, ROUND, NOW)
    release_clusters(site.kept, ROUND, "eira", "", NOW)
    client = site.client("eira")
    client.get("/en/releases/", status=404)
    client.get(PUBLICATION, status=404)
    assert PUBLICATION not in client.get(RELEASES).links.values()


@pytest.mark.parametrize(("name", "status"), [("mair", 200), ("gwyn", 403)])
def test_a_reader_reads_releases_and_nobody_else_makes_or_publishes_them(released, name, status):
    client = released.client(name)
    page = client.get(RELEASES, status=status)
    assert PUBLICATION not in page.links.values()
    client.get(PUBLICATION, status=403)


def test_charts_of_answers_stand_above_their_tables_for_whoever_reads(released):
    client = released.client("eira")
    client.submit(client.get(PUBLICATION), NOTES, form="publication")
    for language in ("cy", "en", "en-XA"):
        page = CheckingClient(released.app).get(PUBLIC.replace("/en/", f"/{language}/"))
        assert len(page.all("figure")) == len(page.all("table")) > 1


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Nothing has changed since the last release"), ("cy", "Nid oes dim wedi newid ers")]
)
def test_that_there_is_nothing_new_is_said_no_more_once_no_cluster_can_answer(released, language, words):
    client, page = released.client("eira", language), RELEASES.replace("/en/", f"/{language}/")
    client.submit(client.get(page), {"changed": "Dim"}, form="release")
    released.made()
    assert words in client.get(page).text
    end_grace(released.kept, load_snapshot(released.kept, ROUND), "conwy-west")
    shown = client.get(page)
    assert words not in shown.text
    client.submit(shown, {"changed": "Dim"}, form="release")
    released.made()
    assert len(read_releases(released.kept, ROUND)) == 2
