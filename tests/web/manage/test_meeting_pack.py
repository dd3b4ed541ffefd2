"""The meeting pack of a cluster, for the health board and the national team."""

import pytest

from survey.collection.meeting_packs.files import read_file
from survey.collection.meeting_packs.reader import pack_in
from survey.storage.tinydb_files.data_format import secret_of
from tests.collection.example import COMPLETE, ROUND


def address(cluster="arfon", ending="xlsx"):
    return f"/en/manage/rounds/{ROUND}/clusters/{cluster}/meeting-pack/both.{ending}"


def base_of(site, content):
    secret = secret_of(site.app.config["DATA"]).encode()
    return pack_in(read_file(content), secret).base


@pytest.mark.parametrize("account", ["eira", "mair", "gwyn"])
@pytest.mark.parametrize("ending", ["xlsx", "docx"])
def test_who_may_see_a_response_gets_its_pack_with_what_was_submitted(site, account, ending):
    site.submitted()
    answered = site.client(account).browser.get(address(ending=ending))
    assert answered.status_code == 200
    assert base_of(site, answered.data)["about"] == COMPLETE["about"]
    assert site.log[-1][1] == "meeting_pack_downloaded"


def test_a_draft_is_in_no_pack_but_the_clusters_own(site):
    site.begun("arfon")
    assert base_of(site, site.client("eira").browser.get(address()).data) == {}


def test_a_health_board_gets_only_its_own_clusters_packs(site):
    assert site.client("gwyn").browser.get(address("bro-morgannwg")).status_code == 403
    assert site.client("eira").browser.get(address("bro-morgannwg")).status_code == 200


def test_the_page_of_a_cluster_leads_to_its_packs(site):
    page = site.client("eira").get(f"/en/manage/rounds/{ROUND}/clusters/arfon")
    assert address() in page.links.values()
