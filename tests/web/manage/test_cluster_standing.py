"""The page of a cluster says how it stands, and leads to what can be done next."""

from datetime import timedelta

import pytest

from survey.collection.people.contact_checks import Contact
from survey.collection.people.contacts import take_in
from survey.collection.rounds.extensions import give_grace
from survey.collection.rounds.round import close_round
from survey.collection.rounds.snapshot import load_snapshot
from survey.languages import language
from tests.collection.example import NOW, ROUND
from tests.web.manage.test_following import reminded

CLUSTER = f"/en/manage/rounds/{ROUND}/clusters/conwy-west"


@pytest.mark.parametrize("code", ["cy", "en", "en-XA"])
def test_it_says_what_was_done_whom_to_write_to_and_what_was_sent_and_leads_on(site, code):
    site.begun("conwy-west")
    reminded(site, "conwy-west")
    page = site.client("eira", code).get(CLUSTER.replace("/en/", f"/{code}/"))
    assert "conwy-west@nhs.example" in page.text
    led = {address.removeprefix(f"/{code}/manage") for address in page.links.values()}
    of_round = f"/rounds/{ROUND}"
    wanted = ("clusters/conwy-west/grace", "clusters/conwy-west/ways-in", "post/log?cluster=conwy-west")
    assert {f"{of_round}/{each}" for each in wanted} | {"/contacts"} <= led
    if code == "en":
        assert "1 of " in page.text
        assert f"Reminder, {language(code).datetime(NOW)} Taken by the mail server" in page.text
        assert "It has no code" in page.text
    assert ("eira", "contacts_viewed") in site.log


def test_a_cluster_that_is_let_in_late_has_its_time_and_for_the_national_team_who_said_so(site):
    close_round(site.kept, ROUND, NOW)
    client = site.client("eira")
    assert "This time has passed" in client.get(CLUSTER).text
    until = NOW + timedelta(days=7)
    give_grace(site.kept, load_snapshot(site.kept, ROUND), "conwy-west", until, by="eira", reason="Floods", now=NOW)
    page = client.get(CLUSTER)
    assert f"{language('en').datetime(until)}It was let in late, alone. By: eira. Reason: Floods" in page.text
    assert "This time has passed" not in page.text
    board = site.client("gwyn").get(CLUSTER).text
    assert ("let in late, alone" in board, "Floods" in board) == (True, False)


@pytest.mark.parametrize("name", ["gwyn", "mair"])
def test_who_may_not_write_to_clusters_sees_how_they_stand_and_no_contact(site, name):
    take_in(site.kept, [Contact("conwy-west", "Gwen", "", "gwen@nhs.example", "cy")], NOW.date())
    page = site.client(name).get(CLUSTER)
    assert "Not started" in page.text
    assert "Gwen" not in page.text
    assert not [address for address in page.links.values() if "/post" in address or "grace" in address]
