"""A cluster’s years side by side, held against what is stored."""

from dataclasses import replace
from datetime import date

import pytest

from survey.collection.responses.response import read_response
from survey.collection.rounds.snapshot import RoundSnapshot, load_snapshot
from survey.questionnaire.texts import Texts
from survey.reporting.records.story import ClusterText, Story, story_of
from survey.storage.tinydb_files.repository import FileRepository
from tests.reporting.second_path import Stored
from tests.reporting.small_wales import ASSIGNMENTS, CLUSTER_NAMES, IN_PROGRESS, ROUND, SILENT, YEARS

LABELS = ("Working towards foundation", "Foundation", "Developing", "Mature")


def in_english(snapshot: RoundSnapshot) -> Texts:
    return snapshot.texts["en"]


def told(wales: FileRepository, cluster: str, round_id: str = ROUND) -> Story:
    return story_of(wales, load_snapshot(wales, round_id), cluster, in_english)


@pytest.fixture(scope="module")
def stored(wales: FileRepository) -> Stored:
    return Stored(wales.root, "en", lambda _, english: english)


@pytest.mark.parametrize("cluster", CLUSTER_NAMES)
def test_each_year_says_what_there_is_of_it(wales: FileRepository, cluster: str) -> None:
    missing = [round_id for round_id in YEARS if cluster in (*SILENT[round_id], *IN_PROGRESS[round_id])]
    assert [(year.year, year.state) for year in told(wales, cluster).years] == [
        (year, "not_submitted" if round_id in missing else "submitted") for round_id, (_, year) in YEARS.items()
    ]


@pytest.mark.parametrize("cluster", CLUSTER_NAMES)
def test_the_levels_are_those_that_were_judged_when_the_outcome_was_asked(
    wales: FileRepository, stored: Stored, cluster: str
) -> None:
    outcomes = {one.outcome.id: one for one in told(wales, cluster).outcomes}
    board = CLUSTER_NAMES[cluster][0]
    assert outcomes.keys() == {outcome for boards in ASSIGNMENTS.values() for outcome in boards[board]}
    for outcome, story in outcomes.items():
        for levels, round_id in zip(story.levels, YEARS, strict=True):
            assert levels.asked == (outcome in ASSIGNMENTS[round_id][board])
            code = stored.judged(cluster, outcome, round_id)
            assert levels.judged == (stored.level(code) if code else "")
    for outcome, levels in ((one.outcome.id, one.levels[-1]) for one in outcomes.values()):
        code = stored.indicated(cluster, outcome) if levels.asked else None
        assert levels.indicated == (stored.level(code) if code else "")


@pytest.mark.parametrize("cluster", CLUSTER_NAMES)
def test_actions_stand_in_their_year_with_how_they_went_where_a_later_year_asked(
    wales: FileRepository, stored: Stored, cluster: str
) -> None:
    actions = told(wales, cluster).actions
    for year, round_id in (("2024-25", "sr-2024"), ("2025-26", "sr-2025"), ("2026-27", ROUND)):
        of_year = [action for action in actions if action.year == year]
        submission = read_response(wales, round_id, cluster).counted
        pages = [f"outcome/{outcome}" for outcome in ASSIGNMENTS[round_id][CLUSTER_NAMES[cluster][0]]]
        given = submission.answers if submission else {}
        assert sorted(action.action.text for action in of_year) == sorted(
            given[page]["action"] for page in pages if given
        )
        assert {action.due for action in of_year if action.due} == {
            date.fromisoformat(given[page]["action_due"]) for page in pages if given and "action_due" in given[page]
        }
        asked = [action for action in of_year if action.asked_in]
        assert asked == (of_year if round_id == "sr-2025" else [])
    words = {"done": "Done", "under_way": "Under way", "not_begun": "Not begun"}
    went = sorted(action.went for action in actions if action.asked_in)
    codes = [
        stored.answer(cluster, "last_year", f"went-{outcome}") for code, outcome in stored.followed() if code == cluster
    ]
    assert went == sorted(words.get(code, "No longer the right thing to do") if code else "" for code in codes)


def test_words_keep_the_language_that_they_were_written_in(wales: FileRepository, stored: Stored) -> None:
    actions = [action for action in told(wales, "c-arfon").actions if action.year == "2025-26"]
    before = [stored.action_before("c-arfon", outcome) for code, outcome in stored.followed() if code == "c-arfon"]
    assert {(action.action.text, action.action.written_in) for action in actions} == set(before)
    comments = [action.comment for action in actions if action.comment != ClusterText()]
    page = read_response(wales, ROUND, "c-arfon").counted
    assert page is not None
    marks = page.written_in["last_year"]
    assert {comment.written_in for comment in comments} <= set(marks.values())


def test_a_story_ends_with_the_round_it_is_told_from(wales: FileRepository) -> None:
    assert [year.year for year in told(wales, "c-arfon", "sr-2024").years] == ["2024-25"]


def test_a_change_of_the_rule_for_levels_is_noticed(wales: FileRepository) -> None:
    assert not told(wales, "c-arfon").rules_differ
    snapshot = load_snapshot(wales, ROUND)
    rule = snapshot.questionnaire.level_rule
    assert rule is not None
    other = replace(snapshot, questionnaire=replace(snapshot.questionnaire, level_rule=replace(rule, version="other")))
    assert story_of(wales, other, "c-arfon", in_english).rules_differ
