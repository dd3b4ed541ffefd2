"""What stands in the way of opening a round, and what opening keeps for good."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from survey.collection.errors import DomainError
from survey.collection.rounds.assignments import assign_outcomes
from survey.collection.rounds.opening import obstacles, open_round
from survey.collection.rounds.round import create_round, read_round, reschedule
from survey.collection.rounds.snapshot import RoundSources, load_snapshot
from survey.languages import REPOSITORY_CATALOGUES
from survey.storage.repository import Unreadable
from tests.catalogues_in_use import use_catalogues
from tests.collection.catalogue import write_welsh
from tests.collection.example import (
    CLUSTER_LIST,
    CLUSTERS,
    DEFINITION,
    FRAMEWORK,
    LATER,
    NORTH,
    NOW,
    ROUND,
    SOURCES,
    SOUTH,
    opened_round,
    small_round,
)


def nothing_found(_catalogues):
    return []


@pytest.fixture(autouse=True)
def welsh(tmp_path):
    write_welsh(tmp_path / "welsh")
    use_catalogues(tmp_path / "welsh")
    yield tmp_path / "welsh"
    use_catalogues(REPOSITORY_CATALOGUES)


@pytest.fixture
def draft(repository):
    create_round(repository, small_round())
    return repository


def codes(found):
    return [refused.code for refused in found]


def test_opening_freezes_everything_that_was_asked(draft):
    assert obstacles(draft, ROUND, SOURCES, nothing_found, NOW) == []
    opened = open_round(draft, ROUND, SOURCES, nothing_found, NOW)
    assert (opened.status, opened.opens) == ("open", NOW)
    snapshot = load_snapshot(draft, ROUND)
    assert snapshot.round == opened
    assert snapshot.questionnaire.id == "small"
    assert snapshot.framework is not None
    assert [outcome.id for outcome in snapshot.framework.outcomes] == ["m-01", "m-02"]
    title = snapshot.questionnaire.title
    assert (snapshot.texts["en"](title), snapshot.texts["cy"](title)) == (
        "Small questionnaire",
        "Cymraeg: Small questionnaire",
    )
    asked = {code: [page.key for page in snapshot.instrument(code).pages] for code in ("arfon", "bro-morgannwg")}
    assert asked == {
        "arfon": ["about", "outcome/m-01", "practice"],
        "bro-morgannwg": ["about", "outcome/m-01", "outcome/m-02", "practice"],
    }


def test_clusters_that_had_ended_are_not_part_of_the_round(draft):
    open_round(draft, ROUND, SOURCES, nothing_found, NOW)
    assert sorted(cluster.code for cluster in load_snapshot(draft, ROUND).clusters.clusters) == sorted(CLUSTERS)


def test_an_earlier_years_round_has_the_clusters_of_its_time(repository):
    create_round(repository, small_round(opens=NOW - timedelta(days=2 * 365)))
    open_round(repository, ROUND, SOURCES, nothing_found, NOW)
    assert load_snapshot(repository, ROUND).clusters.cluster("merged-away") is not None


@pytest.mark.parametrize(("opens", "is_asked"), [("2025-03-31T22:59+00:00", True), ("2025-03-31T23:00+00:00", False)])
def test_whom_a_round_asks_is_settled_by_the_day_it_opens_on_by_the_clocks_of_wales(repository, opens, is_asked):
    create_round(repository, small_round(opens=datetime.fromisoformat(opens)))
    open_round(repository, ROUND, SOURCES, nothing_found, NOW)
    assert (load_snapshot(repository, ROUND).clusters.cluster("merged-away") is not None) == is_asked


def test_a_later_change_of_the_welsh_or_of_the_json_does_not_reach_an_open_round(draft, welsh):
    open_round(draft, ROUND, SOURCES, nothing_found, NOW)
    before = load_snapshot(draft, ROUND)
    write_welsh(welsh, without="small.title")
    use_catalogues(welsh)
    changed = {**DEFINITION, "title": "Another title"}
    with pytest.raises(DomainError) as refused:
        open_round(draft, ROUND, RoundSources(changed, FRAMEWORK, CLUSTER_LIST), nothing_found, NOW)
    assert refused.value.code == "not_draft"
    after = load_snapshot(draft, ROUND)
    assert after.round.snapshot_digest == before.round.snapshot_digest
    assert after.texts["cy"](after.questionnaire.title) == "Cymraeg: Small questionnaire"
    assert after.questionnaire == before.questionnaire


def test_a_planned_opening_time_is_kept(repository):
    create_round(repository, small_round(opens=LATER))
    opened = open_round(repository, ROUND, SOURCES, nothing_found, NOW)
    assert opened.opens == LATER
    assert not opened.takes_answers(NOW)


def test_the_translation_gate_keeps_a_round_from_opening(draft):
    asked = []

    def gate(catalogues):
        asked.append(catalogues)
        return ["small.po:7: no Welsh"]

    with pytest.raises(DomainError) as refused:
        open_round(draft, ROUND, SOURCES, gate, NOW)
    assert (refused.value.code, refused.value.values["finding"]) == ("gate", "small.po:7: no Welsh")
    assert asked == [("interface", "small", "framework")]
    assert read_round(draft, ROUND).status == "draft"


def test_a_text_without_welsh_keeps_a_round_from_opening_even_if_the_gate_let_it_through(draft, welsh):
    write_welsh(welsh, without="small.about.how.label")
    with pytest.raises(DomainError) as refused:
        open_round(draft, ROUND, SOURCES, nothing_found, NOW)
    assert refused.value.code == "gate"
    assert "How did you do it?" in refused.value.values["finding"]
    assert read_round(draft, ROUND).snapshot_digest is None


def test_every_obstacle_is_named_at_once(repository):
    opened_round(repository, "other")
    create_round(repository, small_round(assignments={NORTH: ("m-01", "m-99")}, closes=NOW))
    found = obstacles(repository, ROUND, SOURCES, lambda _: ["one", "two"], NOW)
    assert codes(found) == [
        "overlapping_round",
        "times_reversed",
        "unknown_outcome",
        "no_assignment",
        "gate",
        "gate",
    ]
    assert found[0].values == {"round": "other"}
    assert found[2].values == {"outcome": "m-99", "near": "m-02, m-01"}
    assert found[3].values == {"board": SOUTH, "cy": "Board south (cy)", "en": "Board south (en)"}
    assert read_round(repository, ROUND).status == "draft"


def test_a_board_whose_clusters_have_all_ended_needs_no_assignment(repository):
    ended = [
        one | {"valid_to": "2026-01-01"} if one["health_board"] == SOUTH else one for one in CLUSTER_LIST["clusters"]
    ]
    create_round(repository, small_round(assignments={NORTH: ("m-01",)}))
    sources = RoundSources(DEFINITION, FRAMEWORK, {**CLUSTER_LIST, "clusters": ended})
    assert obstacles(repository, ROUND, sources, nothing_found, NOW) == []


def test_a_round_is_not_opened_while_that_of_an_earlier_year_is_open(repository):
    opened_round(repository, "before", reporting_year="2024-25")
    create_round(repository, small_round())
    found = obstacles(repository, ROUND, SOURCES, nothing_found, NOW)
    assert [(one.code, one.values) for one in found] == [("overlapping_round", {"round": "before"})]


def test_an_earlier_years_round_may_be_open_beside_this_years(repository):
    opened_round(repository, "this-year")
    create_round(repository, small_round(reporting_year="2025-26"))
    assert obstacles(repository, ROUND, SOURCES, nothing_found, NOW) == []


def test_a_round_in_draft_has_nothing_frozen(draft):
    for name, code in [(ROUND, "not_open"), ("unknown", "unknown_round")]:
        with pytest.raises(DomainError) as refused:
            load_snapshot(draft, name)
        assert refused.value.code == code


def test_outcomes_are_assigned_by_code_or_short_name_once_each_and_in_order(draft):
    assign_outcomes(draft, ROUND, "south", ("m-02", "m-01", "m-02"), SOURCES)
    assign_outcomes(draft, ROUND, NORTH, ("m-02",), SOURCES)
    assert read_round(draft, ROUND).assignments == {NORTH: ("m-02",), SOUTH: ("m-01", "m-02")}


@pytest.mark.parametrize(
    ("board", "outcome", "code"),
    [("east", "m-01", "unknown_health_board"), ("north", "m-09", "unknown_outcome"), ("", "", "unknown_health_board")],
)
def test_unknown_boards_and_outcomes_are_not_assigned(draft, board, outcome, code):
    with pytest.raises(DomainError) as refused:
        assign_outcomes(draft, ROUND, board, ("m-02", outcome), SOURCES)
    assert refused.value.code == code
    assert read_round(draft, ROUND).assignments == small_round().assignments


@pytest.mark.parametrize("name", ["definition", "framework", "clusters", "assignments", "texts.cy", "texts.en"])
def test_what_was_changed_after_opening_is_noticed(repository, snapshot, name):
    path = repository.root / "rounds" / ROUND / "frozen" / f"{name}.json"
    path.write_bytes(path.read_bytes().replace(b"m-01", b"m-02").replace(b"S", b"T") + b" ")
    with pytest.raises(Unreadable, match="changed since"):
        load_snapshot(type(repository)(repository.root), ROUND)


def test_what_is_missing_after_opening_is_noticed(repository, snapshot):
    (repository.root / "rounds" / ROUND / "frozen" / "framework.json").unlink()
    with pytest.raises(Unreadable):
        load_snapshot(type(repository)(repository.root), ROUND)


def test_the_assignments_are_those_of_the_opening_whatever_the_rounds_own_record_says(repository, snapshot):
    record = repository.read(("rounds", ROUND), "round")
    repository.write(("rounds", ROUND), "round", {**record, "assignments": {NORTH: ["m-02"]}})
    assert [page.key for page in load_snapshot(repository, ROUND).instrument("arfon").pages][1] == "outcome/m-01"


def test_a_cluster_that_is_not_in_the_list_has_no_instrument(snapshot):
    with pytest.raises(DomainError) as refused:
        snapshot.instrument("nowhere")
    assert refused.value.code == "unknown_cluster"


def test_two_people_who_open_a_round_with_different_files_do_not_mix_them(repository):
    create_round(repository, small_round())
    other = replace(SOURCES, clusters={**SOURCES.clusters, "id": "clusters-other"})
    happened = []

    def gather(*_):
        if not happened:
            happened.append(open_round(repository, ROUND, other, nothing_found, NOW))
        return {}

    with pytest.raises(DomainError) as refused:
        open_round(repository, ROUND, SOURCES, nothing_found, NOW, gather)
    assert refused.value.code == "being_opened"
    assert read_round(repository, ROUND).snapshot_digest == happened[0].snapshot_digest


def test_a_draft_that_was_changed_while_somebody_opens_it_is_not_opened(repository):
    create_round(repository, small_round())

    def gather(*_):
        reschedule(repository, ROUND, None, LATER, NOW)
        return {}

    with pytest.raises(DomainError) as refused:
        open_round(repository, ROUND, SOURCES, nothing_found, NOW, gather)
    assert refused.value.code == "round_changed"
    assert read_round(repository, ROUND).status == "draft"
