"""The first page says where the rounds of the year stand and what there is to do today."""

from datetime import timedelta

import pytest

from survey.collection.rounds.round import close_round, create_round, reschedule
from tests.collection.example import NOW, ROUND, small_round

HOME = "/en/manage/"
STATUS = f"/en/manage/rounds/{ROUND}"


def stage(page):
    return [step.text for step in page.all("strong") if step.get("aria-current") == "step"]


def test_what_there_is_to_do_is_said_with_a_link(site):
    create_round(site.kept, small_round("next", reporting_year="2027-28"))
    reschedule(site.kept, ROUND, None, NOW + timedelta(days=3, hours=1), NOW)
    client = site.client("eira")
    page = client.get(HOME)
    assert stage(page) == ["Closing soon", "Draft"]
    assert "It closes within 4 days" in page.text
    assert "3 clusters have not begun" in page.text
    assert f"{STATUS}/clusters?status=not_started" in page.links.values()
    assert "/en/manage/drafts/next" in page.links.values()
    site.now = NOW + timedelta(days=4)
    assert f"{STATUS}/close" in site.client("eira").get(HOME).links.values()


def test_a_closed_round_of_clusters_leaves_nothing_to_do_and_goes_with_the_next_year(site):
    close_round(site.kept, ROUND, NOW)
    client = site.client("eira")
    assert (stage(client.get(HOME)), "There is nothing to do today" in client.get(HOME).text) == (["Closed"], True)
    create_round(site.kept, small_round("next", reporting_year="2027-28"))
    assert stage(client.get(HOME)) == ["Draft"]


@pytest.mark.parametrize("name", ["gwyn", "mair"])
def test_who_runs_no_rounds_has_no_tasks(site, name):
    assert stage(site.client(name).get(HOME)) == []
