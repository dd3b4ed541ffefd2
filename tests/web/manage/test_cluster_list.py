"""A list of clusters is taken in on a page, after a look at what it changes."""

import io
import json

import pytest

from survey.catalogues.files import Places
from survey.collection.people.accounts import add_account
from survey.collection.rounds.cluster_lists import kept_lists
from tests.collection.example import CLUSTER_LIST, NOW
from tests.collection.test_cluster_import import ENDED, MERGED, changed
from tests.web.manage.conftest import PASSWORD

PAGE = "/en/manage/clusters/list"


@pytest.fixture
def listing(site, tmp_path):
    """A site with a list of clusters among its files."""
    path = tmp_path / "files" / "questionnaires" / "clusters" / "clusters-small.json"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(CLUSTER_LIST), encoding="utf-8")
    site.app.config["PLACES"] = Places(tmp_path / "files")
    return site


def shown(client, content, status=200):
    page = client.get(PAGE)
    token = page.values(page.form("list"))["csrf_token"]
    fields = {"csrf_token": token, "file": (io.BytesIO(content), "clusters.csv")}
    return client.post(PAGE, fields, status=status)


def test_a_look_at_a_list_has_an_address_of_its_own_where_going_back_and_reloading_send_nothing(listing):
    client = listing.client("eira")
    preview = shown(client, changed([MERGED], **ENDED))
    assert client.get(preview.path).heading == "What the list changes"
    assert client.get(preview.path.replace("/en/", "/cy/")).language == "cy"
    client.submit(preview, {}, form="confirm")
    assert client.get(preview.path).path == "/en/manage/clusters"


def test_a_look_is_of_whoever_sent_the_list_and_of_the_last_one_sent(listing):
    client = listing.client("eira")
    first = shown(client, changed([MERGED], **ENDED))
    add_account(listing.kept, "nia", "national", None, PASSWORD, NOW)
    assert listing.client("nia").get(first.path).path == "/en/manage/clusters"
    shown(client, changed(arfon={"name_en": "Menai"}))
    assert client.get(first.path).path == "/en/manage/clusters"
    assert client.get(first.path.replace("/clusters/", "/contacts/")).path == "/en/manage/contacts"


def test_a_merger_is_shown_first_and_kept_once(listing):
    client = listing.client("eira")
    preview = shown(client, changed([MERGED], **ENDED))
    assert "Arfon, Conwy-West" in preview.text
    assert kept_lists(listing.kept) == ()
    for _ in range(2):
        assert client.submit(preview, {}, form="confirm").path == "/en/manage/clusters"
    assert listing.log.count(("eira", "clusters_taken_in")) == 1
    assert "Formed from: Arfon, Conwy-West" in client.get("/en/manage/clusters").text


def test_what_is_wrong_with_a_list_is_said_and_a_stale_preview_keeps_nothing(listing):
    client = listing.client("eira")
    refused = shown(client, changed([MERGED]), 422)
    assert "has to have ended by the day" in refused.text
    mine = shown(client, changed(arfon={"name_en": "Arfon and Eryri"}))
    add_account(listing.kept, "nia", "national", None, PASSWORD, NOW)
    colleague = listing.client("nia")
    colleague.submit(shown(colleague, changed(arfon={"name_en": "Menai"})), {}, form="confirm")
    assert "Somebody else has changed the list of clusters" in client.submit(mine, {}, form="confirm", status=422).text
    assert b"Eryri" not in kept_lists(listing.kept)[0].content
