"""All clusters of a round in one list, filtered and put in order without a script."""

import csv
from dataclasses import replace
from datetime import timedelta

import pytest

from survey.collection.people.contact_checks import Contact
from survey.collection.people.contacts import read_contacts, take_in
from survey.collection.people.dispatch import Addressed, send_due
from survey.collection.people.mail_server import DeliveryOutcome
from survey.collection.people.messages import REMINDER, SENT, queue
from survey.collection.progress import ClusterProgress
from survey.languages import in_uk, language
from survey.web.manage.response_over_time import response_over_time
from tests.collection.example import NORTH, NOW, ROUND
from tests.web.html import text_of
from tests.web.manage.test_rounds import rows


def reminded(site, cluster):
    """A reminder to a cluster that the mail server has taken."""
    contact = Contact(cluster, "Gwen", "", f"{cluster}@nhs.example", "cy")
    take_in(site.kept, [contact], NOW.date())
    found = {key: one for key, one in read_contacts(site.kept).items() if one.cluster == cluster}
    queue(site.kept, ROUND, REMINDER, found, NOW)
    every = {one.code for one in site.snapshot.clusters.clusters}
    list(
        send_due(
            site.kept,
            ROUND,
            Addressed(every, every, every),
            lambda _message, _contact: DeliveryOutcome(SENT, "250 OK"),
            lambda: NOW,
        )
    )


LIST = f"/en/manage/rounds/{ROUND}/clusters"


def names(page):
    return [row[0].removeprefix("Cluster ") for row in rows(page, 0)[1:]]


@pytest.mark.parametrize("code", ["cy", "en", "en-XA"])
def test_the_list_holds_in_every_language(site, code):
    client = site.client("eira", code)
    path = f"/{code}/manage/rounds/{ROUND}"
    assert f"{path}/clusters" in client.get(path).links.values()
    client.get(f"{path}/clusters")


def test_the_silent_come_first_and_who_has_submitted_last(site):
    site.submitted("arfon")
    site.begun("conwy-west")
    found = names(site.client("eira").get(LIST))
    assert (len(found), "Arfon" in found[-1], "Conwy" in found[-2]) == (3, True, True)


@pytest.mark.parametrize("query", ["board=W99", "status=asleep"])
def test_what_an_address_asks_for_in_vain_is_shown_as_such_and_not_as_all(site, query):
    name, value = query.split("=")
    page = site.client("eira").get(f"{LIST}?{query}")
    (chosen,) = [one for one in page.all("option") if one.get("value") == value]
    assert text_of(chosen) == f"Not in this list: {value}"
    assert page.values(page.form("filters"))[name] == value
    assert "Clusters shown: 0 of 3" in page.text


def test_a_board_and_a_status_leave_those_that_are_asked_for(site):
    site.submitted("arfon")
    client = site.client("eira")
    assert len(names(client.get(f"{LIST}?status=not_started"))) == 2
    page = client.get(f"{LIST}?board={NORTH}&status=submitted&sort=name")
    assert "Arfon" in names(page)[0]
    assert "Clusters shown: 1 of 3" in page.text
    assert "Clusters shown: 0 of 3" in client.get(f"{LIST}?board=nowhere").text


def test_who_has_not_submitted_is_listed_begun_or_not_longest_not_reminded_first(site):
    site.submitted("arfon")
    site.begun("conwy-west")
    reminded(site, "bro-morgannwg")
    page = site.client("eira").get(f"{LIST}?status=not_submitted&sort=reminded")
    assert names(page) == ["Conwy-West", "Bro-Morgannwg"]
    assert [row[-1] for row in rows(page, 0)[1:]] == ["–", language("en").datetime(NOW)]
    status = site.client("gwyn").get(f"/en/manage/rounds/{ROUND}")
    chase = f"{LIST}?board={NORTH}&status=not_submitted"
    assert chase in status.links.values()
    site.submitted("conwy-west")
    assert chase not in site.client("gwyn").get(status.path).links.values(), "there is nobody left to chase"


def test_the_file_names_boards_and_statuses_in_both_languages_and_gives_the_time_of_the_kingdom(site):
    site.begun("conwy-west")
    reminded(site, "conwy-west")
    answer = site.client("gwyn").browser.get(f"{LIST}.csv?status=in_progress")
    (row,) = csv.DictReader(answer.get_data().decode("utf-8-sig").splitlines())
    board = site.snapshot.clusters.health_board(NORTH)
    assert (row["health_board_cy"], row["health_board_en"]) == (board.name("cy"), board.name("en"))
    assert (row["status"], row["status_cy"], row["status_en"]) == ("in_progress", "Ar y gweill", "In progress")
    assert row["last_reminded_europe_london"] == in_uk(NOW).isoformat(timespec="seconds")
    assert row["last_saved_europe_london"][-6:] == row["last_reminded_europe_london"][-6:]


def test_the_file_has_the_same_clusters_and_a_board_team_sees_its_own(site):
    site.submitted("arfon")
    take_in(site.kept, [Contact("conwy-west", "Gwen", "", "gwen@nhs.example", "cy")], NOW.date())
    answer = site.client("eira").browser.get(f"{LIST}.csv?status=not_started")
    found = list(csv.DictReader(answer.get_data().decode("utf-8-sig").splitlines()))
    assert sorted(row["code"] for row in found) == ["bro-morgannwg", "conwy-west"]
    assert {row["status"] for row in found} == {"not_started"}
    assert site.log[-1] == ("eira", "status_downloaded")
    assert {row["code"]: row["emails"] for row in found}["conwy-west"] == "gwen@nhs.example"
    board = site.client("gwyn")
    assert len(names(board.get(LIST))) == 2
    assert b"emails" not in board.browser.get(f"{LIST}.csv").get_data()


def test_response_over_time_counts_who_had_submitted_by_each_point_and_ends_with_all(site):
    opens = NOW - timedelta(days=8)
    progress = [
        ClusterProgress(cluster, "submitted", 1, 1, NOW, NOW - timedelta(days=days))
        if days
        else ClusterProgress(cluster, "not_started", 0, 1, None, None)
        for cluster, days in zip(site.snapshot.clusters.clusters, (6, 1, 0), strict=False)
    ]
    shown_round = replace(site.snapshot.round, opens=opens, closes=NOW + timedelta(days=8))
    with site.app.test_request_context("/en/manage/"):
        shown = response_over_time(shown_round, progress, NOW)
        assert response_over_time(shown_round, progress, opens) is None
    assert [(NOW.date() - day).days for day, _ in shown.points] == [8, 6, 4, 2, 0]
    assert [number for _, number in shown.points] == [0, 1, 1, 1, 2]
    with site.app.test_request_context("/en/manage/"):
        third_day = response_over_time(shown_round, progress, opens + timedelta(days=2))
    assert [number for _, number in third_day.points] == [0, 0, 1], "no day comes twice"
    page = site.client("eira").get(f"/en/manage/rounds/{ROUND}/clusters")
    assert "Response over time" in page.text
    reminder = f"/en/manage/rounds/{ROUND}/post/reminder"
    assert reminder in page.links.values()
    assert reminder not in site.client("gwyn").get(page.path).links.values(), "a board reminds nobody by e-mail"
