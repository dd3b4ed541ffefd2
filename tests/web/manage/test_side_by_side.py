"""Submitted answers side by side, by question, with filters, for those who may read them."""

from urllib.parse import parse_qs, urlsplit

import pytest

from survey.collection.responses.lifecycle import reopen
from tests.collection.example import NORTH, NOW, ROUND, SOUTH, save
from tests.web.html import text_of

ANSWERS = f"/manage/rounds/{ROUND}/answers"


@pytest.fixture
def submitted(site):
    for cluster in ("arfon", "conwy-west"):
        site.submitted(cluster)
    second = {"criteria": {"m-02.f1": "in_place", "m-02.f2": "in_place"}, "level": "foundation"}
    save(site.kept, site.snapshot, "outcome/m-02", second, cluster="bro-morgannwg")
    site.submitted("bro-morgannwg")
    return site


def clusters(page):
    headings = [*page.all("h3"), *page.all("h4")]
    return [next(link.itertext()).strip() for heading in headings for link in heading.iter("a")]


@pytest.mark.parametrize("language", ["cy", "en", "en-XA"])
def test_every_question_is_read_side_by_side_in_every_language(submitted, language):
    client = submitted.client("eira", language)
    first = client.get(f"/{language}{ANSWERS}")
    asked = [option.get("value") for option in first.by_id("asked").iter("option")]
    assert len(asked) > 3
    for question in asked:
        page = client.get(f"/{language}{ANSWERS}?asked={question}&all=1")
        assert len(set(clusters(page))) == 3, question


def test_filters_leave_out_what_does_not_fit_and_what_they_do_not_know_finds_nothing(submitted):
    client = submitted.client("eira")
    assert set(clusters(client.get(f"/en{ANSWERS}?board={SOUTH}&all=1"))) == {"Bro-Morgannwg"}
    page = client.get(f"/en{ANSWERS}?asked=outcome.level&all=1")
    assert len(clusters(page)) == 4, "one cluster was asked about two outcomes"
    assert len(clusters(client.get(f"/en{ANSWERS}?asked=outcome.level&outcome=m-02"))) == 1
    levels = [option.get("value") for option in page.by_id("level").iter("option") if option.get("value")]
    found = [len(clusters(client.get(f"/en{ANSWERS}?asked=outcome.level&all=1&level={level}"))) for level in levels]
    assert sum(found) == 4
    assert max(found) == 4, "all of the example chose one level"
    assert clusters(client.get(f"/en{ANSWERS}?outcome=nothing&level=nothing&page=99")) == []


def test_an_outcome_stands_once_with_its_clusters_beside_each_other(submitted):
    page = submitted.client("eira").get(f"/en{ANSWERS}?asked=outcome.level&all=1")
    outcomes = [text_of(heading) for heading in page.all("h3")]
    beside = [len(grid.findall("section")) for grid in page.by_class("app-compared")]
    assert (len(outcomes), len(set(outcomes)), beside) == (2, 2, [3, 1])


@pytest.mark.parametrize("language", ["cy", "en", "en-XA"])
def test_an_answer_is_asked_about_where_it_stands_and_the_page_is_there_again_as_it_was(submitted, language):
    client = submitted.client("eira", language)
    looked_at = f"/{language}{ANSWERS}?asked=about.how&board={NORTH}&all=1"
    page = client.get(looked_at)
    address = next(href for href in page.links.values() if "/clusters/conwy-west/queries/new?" in href)
    form = client.get(address)
    fields = form.values(form.form("ask"))
    fields["text"] = "Which meeting?"
    asked = client.browser.post(address, data=fields)
    back = urlsplit(asked.location)
    assert (back.path, back.fragment) == (f"/{language}{ANSWERS}", "of-conwy-west-about")
    assert parse_qs(back.query) == {"asked": ["about.how"], "board": [NORTH], "all": ["1"]}
    page = client.get(f"{back.path}?{back.query}")
    (banner,) = page.by_class("nhsuk-notification-banner--success")
    assert banner.get("data-disable-auto-focus"), "the reader stays where she was"
    (mark,) = [one for one in page.all("section") if one.get("id") == back.fragment]
    assert f"/{language}/manage/rounds/{ROUND}/clusters/conwy-west/queries" in [a.get("href") for a in mark.iter("a")]
    assert not [href for href in submitted.client("gwyn").get(looked_at).links.values() if "queries/new" in href]


def test_the_way_back_leads_nowhere_else(submitted):
    address = f"/en/manage/rounds/{ROUND}/clusters/arfon/queries/new?page=about&question=how&submission=1"
    page = submitted.client("eira").get(f"{address}&beside=round_id%3Dother%26_external%3D1%26asked%3Dabout.how")
    assert f"/en{ANSWERS}?asked=about.how#of-arfon-about" in page.links.values()


def test_a_board_reads_its_own_clusters_alone(submitted):
    board = submitted.client("gwyn")
    assert set(clusters(board.get(f"/en{ANSWERS}?all=1"))) == {"Arfon", "Conwy-West"}
    assert clusters(board.get(f"/en{ANSWERS}?all=1&board={SOUTH}")) == []


def test_a_draft_is_shown_to_nobody_and_what_was_submitted_before_a_reopening_counts(site):
    site.submitted("arfon")
    site.begun("conwy-west")
    reopen(site.kept, site.snapshot, "arfon", reason="why", by="eira", now=NOW)
    assert set(clusters(site.client("eira").get(f"/en{ANSWERS}?all=1"))) == {"Arfon"}
