"""What the national team sees of an anonymous round: counts that are large enough, and links to print."""

import re
from datetime import timedelta

import pytest

from survey.collection.people.access import store_link
from survey.collection.rounds.releases import read_kept_tracking
from survey.collection.rounds.round import close_round, reschedule
from survey.reporting.files.mailing import qr_code
from tests.catalogues_in_use import use_catalogues
from tests.collection.anonymous_example import DEFINITION, ROUND, opened_round, submitted
from tests.collection.catalogue import write_pseudo_of
from tests.collection.example import NOW
from tests.web.manage.test_rounds import rows

STATUS = f"/en/manage/rounds/{ROUND}"
TOKEN = "k7qt-9wxm-3fbd"


@pytest.fixture
def crew(site, opened_site, tmp_path, catalogues):
    """The site with an anonymous round: seven responses of Arfon, two of Conwy West."""
    write_pseudo_of(tmp_path / "crew", DEFINITION)
    use_catalogues(opened_site / "translations", tmp_path / "crew", catalogues)
    snapshot = opened_round(site.kept)
    store_link(site.kept, ROUND, "arfon", TOKEN)
    for number in range(7):
        submitted(site.kept, snapshot, number)
    for number in (8, 9):
        submitted(site.kept, snapshot, number, cluster="conwy-west")
    return site


def test_a_survey_without_links_is_something_to_do_until_there_is_one(site, opened_site, tmp_path, catalogues):
    write_pseudo_of(tmp_path / "crew", DEFINITION)
    use_catalogues(opened_site / "translations", tmp_path / "crew", catalogues)
    opened_round(site.kept)
    said = "No cluster has its link and poster yet"
    page = site.client("eira").get("/en/manage/")
    assert said in page.text
    assert STATUS in page.links.values()
    store_link(site.kept, ROUND, "arfon", TOKEN)
    assert said not in site.client("eira").get("/en/manage/").text


def test_it_is_shown_which_clusters_have_enough_and_no_number_of_responses(crew):
    page = crew.client("eira").get(STATUS)
    assert rows(page, 0) == [
        ["Health board", "Clusters with 5 or more"],
        ["Board north (en)", "1 of 2"],
        ["Board south (en)", "0 of 2"],
        ["Wales", "1 of 4"],
    ]
    assert rows(page, 1) == [
        ["Cluster", "Responses", "Link to print"],
        ["Arfon", "5 or more", "Poster: Arfon"],
        ["Conwy-West", "fewer than 5", "–"],
    ]
    assert not re.search(r"\b[79]\b", page.text)


def test_a_close_that_was_stopped_in_the_middle_comes_to_its_end_when_its_form_is_sent_again(crew):
    client = crew.client("eira")
    page = client.get(f"{STATUS}/close")
    close_round(crew.kept, ROUND, NOW)
    for _ in range(2):
        assert client.submit(page, {}).path == f"{STATUS}/times"
    assert read_kept_tracking(crew.kept, ROUND) is not None
    assert crew.log.count(("eira", "round_closed")) == 1


@pytest.mark.parametrize(
    ("language", "said"),
    [("cy", "Dim ond o 4 Hydref 2026"), ("en", "This round takes answers from 4 October 2026")],
)
def test_a_close_before_the_opening_time_says_from_when_answers_would_have_been_taken(crew, language, said):
    reschedule(crew.kept, ROUND, NOW + timedelta(days=3), None, NOW)
    assert said in crew.client("eira", language).get(f"/{language}/manage/rounds/{ROUND}/close").text


def test_after_the_close_there_is_only_the_way_to_the_workbook(crew):
    close_round(crew.kept, ROUND, NOW)
    closed = crew.client("eira").get(STATUS)
    assert "The round is closed. How many people responded is in its workbook." in closed.text
    assert f"/en/manage/rounds/{ROUND}/workbook" in closed.links.values()
    assert "<table" not in closed.markup
    assert "or more" not in closed.text


@pytest.mark.parametrize("language", ["cy", "en", "en-XA"])
@pytest.mark.parametrize("name", ["eira", "mair"])
def test_pages_hold_in_every_language(crew, name, language):
    client = crew.client(name, language)
    client.get(f"/{language}/manage/")
    client.get(f"/{language}/manage/rounds/{ROUND}")
    client.get(f"/{language}/manage/rounds/{ROUND}/posters/arfon")


@pytest.mark.parametrize("name", ["gwyn", "sion"])
def test_it_is_for_the_national_team_and_its_readers(crew, name):
    client = crew.client(name)
    assert STATUS not in client.get("/en/manage/").links.values()
    client.get(STATUS, status=403)
    client.get(f"{STATUS}/posters/arfon", status=403)


def test_a_poster_has_the_address_and_its_code_in_each_language(crew):
    page = crew.client("eira").get(f"{STATUS}/posters/arfon")
    for language in ("cy", "en"):
        address = f"http://localhost/{language}/survey/{TOKEN}/"
        assert address in page.text
        drawn = re.search(r' d="([^"]+)"', qr_code(address))
        assert drawn
        assert drawn.group(1) in page.markup


def test_a_cluster_without_a_link_has_no_poster(crew):
    client = crew.client("eira")
    client.get(f"{STATUS}/posters/conwy-west", status=404)
    client.get(f"{STATUS}/posters/nowhere", status=404)
    client.get("/en/manage/rounds/nothing/posters/arfon", status=404)
