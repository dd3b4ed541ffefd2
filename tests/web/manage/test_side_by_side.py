"""Submitted answers side by side, by question, with filters, for those who may read them."""

import pytest

from survey.collection.responses.lifecycle import reopen
from tests.collection.example import NOW, ROUND, SOUTH, save

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
    return [next(part.itertext()).strip() for part in page.all("h3") for part in part.iter("a")]


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


def test_a_board_reads_its_own_clusters_alone(submitted):
    board = submitted.client("gwyn")
    assert set(clusters(board.get(f"/en{ANSWERS}?all=1"))) == {"Arfon", "Conwy-West"}
    assert clusters(board.get(f"/en{ANSWERS}?all=1&board={SOUTH}")) == []


def test_a_draft_is_shown_to_nobody_and_what_was_submitted_before_a_reopening_counts(site):
    site.submitted("arfon")
    site.begun("conwy-west")
    reopen(site.kept, site.snapshot, "arfon", reason="why", by="eira", now=NOW)
    assert set(clusters(site.client("eira").get(f"/en{ANSWERS}?all=1"))) == {"Arfon"}
