"""All clusters of a round in one list, filtered and put in order without a script."""

import csv

import pytest

from tests.collection.example import NORTH, ROUND
from tests.web.manage.test_rounds import rows

LIST = f"/en/manage/rounds/{ROUND}/clusters"


def names(page):
    return [row[0].removeprefix("Cluster ") for row in rows(page, 0)[1:]]


@pytest.mark.parametrize("language", ["cy", "en", "en-XA"])
def test_the_list_holds_in_every_language(site, language):
    client = site.client("eira", language)
    path = f"/{language}/manage/rounds/{ROUND}"
    assert f"{path}/clusters" in client.get(path).links.values()
    client.get(f"{path}/clusters")


def test_the_silent_come_first_and_who_has_submitted_last(site):
    site.submitted("arfon")
    site.begun("conwy-west")
    found = names(site.client("eira").get(LIST))
    assert (len(found), "Arfon" in found[-1], "Conwy" in found[-2]) == (3, True, True)


def test_a_board_and_a_status_leave_those_that_are_asked_for(site):
    site.submitted("arfon")
    client = site.client("eira")
    assert len(names(client.get(f"{LIST}?status=not_started"))) == 2
    page = client.get(f"{LIST}?board={NORTH}&status=submitted&sort=name")
    assert "Arfon" in names(page)[0]
    assert "Clusters shown: 1 of 3" in page.text
    assert "Clusters shown: 0 of 3" in client.get(f"{LIST}?board=nowhere").text


def test_the_file_has_the_same_clusters_and_a_board_team_sees_its_own(site):
    site.submitted("arfon")
    answer = site.client("eira").browser.get(f"{LIST}.csv?status=not_started")
    found = list(csv.DictReader(answer.get_data().decode("utf-8-sig").splitlines()))
    assert sorted(row["code"] for row in found) == ["bro-morgannwg", "conwy-west"]
    assert {row["status"] for row in found} == {"not_started"}
    assert site.log[-1] == ("eira", "status_downloaded")
    assert len(names(site.client("gwyn").get(LIST))) == 2
