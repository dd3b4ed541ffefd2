"""What the cluster said the last time it was asked stands beside each question."""

from dataclasses import replace

import pytest
from flask import Flask

from survey.collection.responses.earlier_answers import earlier_answers
from survey.collection.responses.lifecycle import save_page, submit
from survey.collection.responses.merge import whole
from survey.collection.responses.response import Writer, read_response
from survey.collection.rounds.round import Round, change_round, close_round, create_round, read_round
from survey.collection.rounds.snapshot import load_snapshot
from survey.storage.tinydb_files.repository import FileRepository
from tests.web.checking_client import CheckingClient
from tests.web.html import text_of
from tests.web.respond import example
from tests.web.respond.example import CLUSTER, NOW, OTHER_CLUSTER, ROUND, ROUND_BEFORE

LANGUAGES = ("cy", "en", "en-XA")
OUTCOME = "reflection/section/outcome/big-01"
BEFORE = {
    "about": {"how": "other", "how_other": "Ar y ffôn", "name": "Huw", "skills": {"sew": {"important": "in_place"}}},
    "outcome/big-01": {
        "criteria": {"big-01.f1": "in_place", "big-01.m1": "not_yet"},
        "level": "foundation",
        "good": "Popeth\nyn dda",
    },
    "outcome/big-02": {"criteria": {"big-02.s1": "not_yet"}, "level": "mature"},
    "practice": {"stories": [{"id": "a", "title": "Hen stori"}]},
}


@pytest.fixture
def before(app: Flask, repository: FileRepository) -> None:
    """A round of two years ago, which the cluster submitted in Welsh."""
    example.open_round(
        repository,
        str(app.secret_key),
        ROUND_BEFORE,
        {},
        example.definition_before(),
        reporting_year="2024-25",
        closes=None,
    )
    snapshot = load_snapshot(repository, ROUND_BEFORE)
    instrument = snapshot.instrument(CLUSTER)
    for page in instrument.pages:
        save_page(
            repository, snapshot, CLUSTER, page, whole(BEFORE[page.key]), writer=Writer("cy"), now=NOW, new_id="b" * 16
        )
    submit(repository, snapshot, CLUSTER, language="cy", now=NOW)
    close_round(repository, ROUND_BEFORE, NOW)


@pytest.mark.usefixtures("before")
@pytest.mark.parametrize("language", LANGUAGES)
def test_earlier_answers_stand_beside_each_question(someone: CheckingClient, language: str) -> None:
    page = someone.get(f"/{language}/{OUTCOME}")
    details = page.by_class("nhsuk-details")
    assert len(details) == 3, "criteria, level, and what went well under its new id"
    assert all("2024-25" in text_of(detail) for detail in details)
    written = next(span for span in details[2].iter("span") if span.get("lang"))
    assert written.get("lang") == "cy"
    assert text_of(written) == "Popethyn dda"


@pytest.mark.usefixtures("before")
def test_every_kind_of_answer_is_read_back(someone: CheckingClient) -> None:
    about = [text_of(detail) for detail in someone.get("/en/reflection/section/about").by_class("nhsuk-details")]
    assert len(about) == 2
    assert "In another way" in about[0]
    assert "Ar y ffôn" in about[0]
    assert "Sewing" in about[1]
    practice = someone.get("/en/reflection/section/practice").by_class("nhsuk-details")
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
    answers = {**BEFORE["outcome/big-01"], "good": "Y llynedd"}
    for sheet in snapshot.instrument(CLUSTER).pages:
        save_page(
            repository,
            snapshot,
            CLUSTER,
            sheet,
            whole(answers if sheet.key == page.key else BEFORE[sheet.key]),
            writer=Writer("cy"),
            now=NOW,
            new_id="c" * 16,
        )
    submit(repository, snapshot, CLUSTER, language="cy", now=NOW)
    latest = outcome_before(repository)
    assert isinstance(latest, dict)
    assert latest["well"] == "Y llynedd"


def test_without_an_earlier_round_there_is_nothing(someone: CheckingClient, repository: FileRepository) -> None:
    assert someone.get(f"/en/{OUTCOME}").by_class("nhsuk-details") == []
    assert read_response(repository, ROUND, CLUSTER).status == "not_started", "a read never writes"


@pytest.mark.usefixtures("before")
def test_a_later_round_is_not_an_earlier_one(repository: FileRepository) -> None:
    snapshot = load_snapshot(repository, ROUND_BEFORE)
    page = snapshot.instrument(CLUSTER).page("outcome/big-01")
    assert page is not None
    assert earlier_answers(repository, snapshot, CLUSTER, page) is None
