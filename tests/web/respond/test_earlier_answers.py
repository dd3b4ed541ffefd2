"""What the cluster said the last time it was asked stands beside each question."""

from dataclasses import replace

import pytest
from flask import Flask

from survey.collection.responses.earlier_answers import earlier_answers
from survey.collection.responses.response import read_response
from survey.collection.rounds.round import Round, change_round, create_round, read_round
from survey.collection.rounds.snapshot import load_snapshot
from survey.storage.tinydb_files.repository import FileRepository
from tests.web.checking_client import CheckingClient
from tests.web.html import text_of
from tests.web.respond import example
from tests.web.respond.conftest import answer
from tests.web.respond.example import BEFORE, CLUSTER, OTHER_CLUSTER, ROUND, ROUND_BEFORE

LANGUAGES = ("cy", "en", "en-XA")
OUTCOME = "reflection/section/outcome/big-01"


@pytest.mark.usefixtures("before")
@pytest.mark.parametrize("language", LANGUAGES)
def test_earlier_answers_stand_beside_each_question(someone: CheckingClient, language: str) -> None:
    page = someone.get(f"/{language}/{OUTCOME}")
    boxes = page.by_class("app-earlier")
    assert len(boxes) == 4, "two criteria, level, and what went well under its new id"
    assert all("2024-25" in text_of(box) for box in boxes)
    written = next(span for span in boxes[3].iter("span") if span.get("lang"))
    assert written.get("lang") == "cy"
    assert text_of(written) == "Popethyn dda"


@pytest.mark.usefixtures("before")
def test_every_kind_of_answer_is_read_back(someone: CheckingClient) -> None:
    about = [text_of(box) for box in someone.get("/en/reflection/section/about").by_class("app-earlier")]
    assert len(about) == 2
    assert "In another way" in about[0]
    assert "Ar y ffôn" in about[0]
    assert "In 2024-25: Important?: In place" in about[1]
    practice = someone.get("/en/reflection/section/practice").by_class("app-earlier")
    assert ["Hen stori" in text_of(detail) for detail in practice] == [True]


@pytest.mark.usefixtures("before")
def test_who_signed_before_is_not_shown(someone: CheckingClient) -> None:
    assert "Huw" not in someone.get("/en/reflection/section/about").markup


@pytest.mark.usefixtures("before")
def test_only_the_own_cluster_is_looked_at(repository: FileRepository) -> None:
    snapshot = load_snapshot(repository, ROUND)
    page = snapshot.instrument(CLUSTER).page("outcome/big-01")
    assert page is not None
    found = earlier_answers(repository, snapshot, CLUSTER, page)
    assert found is not None
    assert found.year == "2024-25"
    assert found.answers["well"].answer == "Popeth\nyn dda"
    assert earlier_answers(repository, snapshot, OTHER_CLUSTER, page) is None


def outcome_before(repository: FileRepository) -> object:
    """What the cluster of the example is shown of its answers of before."""
    snapshot = load_snapshot(repository, ROUND)
    page = snapshot.instrument(CLUSTER).page("outcome/big-01")
    assert page is not None
    found = earlier_answers(repository, snapshot, CLUSTER, page)
    return found and {name: earlier.answer for name, earlier in found.answers.items()}


@pytest.mark.usefixtures("before")
def test_answers_of_a_demonstration_are_shown_in_a_demonstration_alone(repository: FileRepository) -> None:
    real = outcome_before(repository)
    assert real
    change_round(repository, ROUND_BEFORE, lambda current: replace(current, demonstration=True))
    assert outcome_before(repository) is None
    change_round(repository, ROUND, lambda current: replace(current, demonstration=True))
    assert outcome_before(repository) == real
    change_round(repository, ROUND_BEFORE, lambda current: replace(current, demonstration=False))
    assert outcome_before(repository) is None


@pytest.mark.usefixtures("before")
def test_an_earlier_year_that_is_still_a_draft_is_passed_over(repository: FileRepository) -> None:
    told = outcome_before(repository)
    this = read_round(repository, ROUND)
    create_round(repository, Round("still-a-draft", this.questionnaire, this.edition, "2025-26", this.cluster_list))
    assert outcome_before(repository) == told


@pytest.mark.usefixtures("before")
def test_answers_to_another_questionnaire_are_not_earlier_ones(repository: FileRepository) -> None:
    change_round(repository, ROUND_BEFORE, lambda current: replace(current, questionnaire="another"))
    assert outcome_before(repository) is None


@pytest.mark.usefixtures("before")
def test_of_several_earlier_rounds_the_latest_counts(app: Flask, repository: FileRepository) -> None:
    between = "journey-2025"
    example.open_round(
        repository,
        str(app.secret_key),
        between,
        {},
        example.definition_before(),
        reporting_year="2025-26",
        closes=None,
    )
    snapshot = load_snapshot(repository, between)
    page = snapshot.instrument(CLUSTER).page("outcome/big-01")
    assert page is not None
    assert outcome_before(repository) == {
        "criteria": {"big-01.f1": "in_place", "big-01.m1": "not_yet"},
        "level": "foundation",
        "well": "Popeth\nyn dda",
    }, "the cluster has submitted nothing in the round between"
    example.submit(repository, between, {**BEFORE, page.key: {**BEFORE[page.key], "good": "Y llynedd"}})
    latest = outcome_before(repository)
    assert isinstance(latest, dict)
    assert latest["well"] == "Y llynedd"


def test_without_an_earlier_round_there_is_nothing(someone: CheckingClient, repository: FileRepository) -> None:
    assert someone.get(f"/en/{OUTCOME}").by_class("app-earlier") == []
    assert read_response(repository, ROUND, CLUSTER).status == "not_started", "a read never writes"


@pytest.mark.usefixtures("before")
def test_a_later_round_is_not_an_earlier_one(repository: FileRepository) -> None:
    snapshot = load_snapshot(repository, ROUND_BEFORE)
    page = snapshot.instrument(CLUSTER).page("outcome/big-01")
    assert page is not None
    assert earlier_answers(repository, snapshot, CLUSTER, page) is None


@pytest.mark.usefixtures("before")
@pytest.mark.parametrize(("language", "words"), [("en", "Unchanged since 2024-25"), ("cy", "Heb newid ers 2024-25")])
def test_check_points_out_a_text_that_is_unchanged(someone: CheckingClient, language: str, words: str) -> None:
    answer(someone, f"/en/{OUTCOME}", {"q-level": "foundation"}, button=("take_over", "well"))
    answer(someone, "/en/reflection/section/about", {"q-name": "Huw"})
    check = f"/{language}/reflection/check"
    assert someone.get(check).text.count(words) == 1, "the text, and neither the level nor who signed"
    answer(someone, f"/en/{OUTCOME}", {"q-well": "Popeth yn dda"})
    assert words not in someone.get(check).text
