"""What was answered before is taken over at one press, without a script: nothing that was typed is lost for it."""

import re
from typing import Any

import pytest
from flask import Flask

from survey.collection.responses.response import read_response
from survey.storage.tinydb_files.repository import FileRepository
from tests.web.checking_client import CheckingClient, Page
from tests.web.html import text_of
from tests.web.respond import example
from tests.web.respond.conftest import answer
from tests.web.respond.example import BEFORE, CLUSTER, ROUND

ABOUT = "/en/reflection/section/about"
OUTCOME = "/en/reflection/section/outcome/big-01"
WELL = str(BEFORE["outcome/big-01"]["good"])


def kept(repository: FileRepository, page: str) -> dict[str, Any]:
    """What is kept of a page of this year's draft."""
    saved = read_response(repository, ROUND, CLUSTER).pages.get(page)
    return dict(saved.answers or {}) if saved else {}


def buttons(page: Page) -> dict[str, bool]:
    """What can be taken over on a page, and whether that is offered: by what is to be taken."""
    return {
        button.get("value", ""): "hidden" not in button.attrib
        for button in page.all("button")
        if button.get("name") == "take_over"
    }


def marks(page: Page) -> list[str]:
    """What is said to be unchanged."""
    return [text_of(mark) for mark in page.by_class("app-earlier__mark") if "hidden" not in mark.attrib]


@pytest.mark.usefixtures("before")
def test_a_text_is_put_into_its_box_and_everything_typed_is_kept(
    someone: CheckingClient, repository: FileRepository
) -> None:
    typed = {"q-level": "mature", "q-criteria-big-01.f1": "not_yet"}
    page = answer(someone, OUTCOME, typed, button=("take_over", "well"))
    assert page.path == OUTCOME, "she stays where she was"
    expected = {"level": "mature", "criteria": {"big-01.f1": "not_yet"}, "well": WELL}
    assert kept(repository, "outcome/big-01") == expected
    assert page.values(page.form("answers"))["q-well"] == WELL.replace("\n", "\r\n")


@pytest.mark.usefixtures("before")
def test_the_button_leads_back_to_its_field(someone: CheckingClient) -> None:
    page = someone.get(OUTCOME)
    buttons = [button for button in page.all("button") if button.get("name") == "take_over"]
    assert buttons
    for button in buttons:
        assert page.by_id(button.get("formaction", "")[1:]) is not None


@pytest.mark.usefixtures("before")
def test_a_text_that_was_begun_stays_above_the_earlier_one(someone: CheckingClient, repository: FileRepository) -> None:
    answer(someone, OUTCOME, {"q-well": "Newydd\r\nsbon  "}, button=("take_over", "well"))
    together = f"Newydd\nsbon\n\n{WELL}"
    assert kept(repository, "outcome/big-01")["well"] == together
    answer(someone, OUTCOME, {}, button=("take_over", "well"))
    assert kept(repository, "outcome/big-01")["well"] == together, "a second time adds nothing"


@pytest.mark.usefixtures("before")
def test_one_criterion_is_taken_over_without_the_others(someone: CheckingClient, repository: FileRepository) -> None:
    typed = {"q-criteria-big-01.f1": "not_yet"}
    answer(someone, OUTCOME, typed, button=("take_over", "criteria.big-01.m1"))
    assert kept(repository, "outcome/big-01")["criteria"] == {"big-01.f1": "not_yet", "big-01.m1": "not_yet"}


@pytest.mark.usefixtures("before")
def test_one_row_of_a_matrix_is_taken_over_without_the_others(
    someone: CheckingClient, repository: FileRepository
) -> None:
    typed = {"q-skills-read.confident": "mature"}
    answer(someone, ABOUT, typed, button=("take_over", "skills.sew.important"))
    assert kept(repository, "about")["skills"] == {"sew": {"important": "in_place"}, "read": {"confident": "mature"}}


@pytest.mark.usefixtures("before")
def test_a_choice_is_taken_over_with_what_was_said_inside_it(
    someone: CheckingClient, repository: FileRepository
) -> None:
    answer(someone, ABOUT, {"q-how": "meeting"}, button=("take_over", "how how_other"))
    assert kept(repository, "about") == {"how": "other", "how_other": "Ar y ffôn"}


@pytest.mark.usefixtures("before")
@pytest.mark.parametrize("asked", ["nothing", "criteria.nothing", "stories", "well.part", ".", "name", "indicated"])
def test_what_was_not_answered_before_takes_nothing_over(
    someone: CheckingClient, repository: FileRepository, asked: str
) -> None:
    answer(someone, OUTCOME, {"q-level": "mature"}, button=("take_over", asked))
    assert kept(repository, "outcome/big-01") == {"level": "mature"}


def test_without_an_earlier_round_nothing_is_taken_over(someone: CheckingClient, repository: FileRepository) -> None:
    answer(someone, OUTCOME, {"q-level": "mature"}, button=("take_over", "well"))
    assert kept(repository, "outcome/big-01") == {"level": "mature"}


@pytest.mark.usefixtures("before")
def test_what_is_the_same_as_before_is_marked_until_it_is_changed(someone: CheckingClient) -> None:
    everything = ["criteria.big-01.f1", "criteria.big-01.m1", "level", "well"]
    page = someone.get(OUTCOME)
    assert marks(page) == []
    assert buttons(page) == dict.fromkeys(everything, True)
    page = answer(someone, OUTCOME, {}, button=("take_over", "well criteria.big-01.m1"))
    assert marks(page) == ["Unchanged since 2024-25"] * 2
    assert buttons(page) == {name: name in ("criteria.big-01.f1", "level") for name in everything}
    page = answer(someone, OUTCOME, {"q-level": "foundation"}, button=("then", "stay"))
    assert len(marks(page)) == 3, "chosen by hand or taken over, it is the same answer"
    page = answer(someone, OUTCOME, {"q-well": WELL + "!"}, button=("then", "stay"))
    assert len(marks(page)) == 2


@pytest.mark.usefixtures("before")
def test_a_mistake_elsewhere_does_not_stop_it(someone: CheckingClient, repository: FileRepository) -> None:
    page = answer(someone, ABOUT, {"q-people": "many"}, button=("take_over", "how how_other"), status=422)
    values = page.values(page.form("answers"))
    assert (values["q-how"], values["q-how_other"], values["q-people"]) == ("other", "Ar y ffôn", "many")
    assert len(page.errors) == 1
    assert kept(repository, "about") == {"how": "other", "how_other": "Ar y ffôn"}


@pytest.mark.usefixtures("before")
def test_a_language_switch_shows_the_same_fields_and_takes_nothing_over(someone: CheckingClient) -> None:
    page = answer(someone, OUTCOME, {"q-well": "Newydd"}, button=("switch_language", "cy"))
    assert page.language == "cy"
    assert page.values(page.form("answers"))["q-well"] == "Newydd"


@pytest.mark.usefixtures("before")
def test_what_a_colleague_wrote_meanwhile_is_chosen_about_and_not_overwritten(
    someone: CheckingClient, repository: FileRepository
) -> None:
    page = someone.get(OUTCOME)
    answer(someone, OUTCOME, {"q-well": "Gan gydweithiwr"})
    choices = someone.submit(page, {}, button=("take_over", "well"), status=409)
    assert "Gan gydweithiwr" in choices.text
    assert "Popeth" in choices.text
    assert kept(repository, "outcome/big-01")["well"] == "Gan gydweithiwr"
    someone.submit(choices, {"keep-well": "mine"}, button=("then", "stay"))
    assert kept(repository, "outcome/big-01")["well"] == WELL


def test_an_answer_that_is_none_any_more_is_shown_and_not_offered(
    app: Flask, someone: CheckingClient, repository: FileRepository
) -> None:
    definition = example.definition_before()
    about = definition["sections"][0]
    questions = [
        {**question, "options": example.FRUIT} if question["id"] == "liking" else question
        for question in about["questions"]
    ]
    definition = {**definition, "sections": [{**about, "questions": questions}, *definition["sections"][1:]]}
    answers = {**BEFORE, "about": {**BEFORE["about"], "liking": "fig", "people": 12}}
    example.submit_round_before(repository, str(app.secret_key), answers, definition)
    page = answer(someone, ABOUT, {}, button=("take_over", "liking people"))
    assert [text_of(box) for box in page.by_class("app-earlier") if "Fig" in text_of(box)] == ["In 2024-25: Fig"]
    assert not [name for name in buttons(page) if "liking" in name]
    assert kept(repository, "about") == {"people": 12}


@pytest.mark.usefixtures("before")
def test_every_button_says_what_it_is_about(someone: CheckingClient) -> None:
    page = someone.get(OUTCOME)
    words = [text_of(button) for button in page.all("button") if button.get("name") == "take_over"]
    assert words == [
        "Same as in 2024-25 – We have begun.",
        "Same as in 2024-25 – We have these:",
        "Same as in 2024-25 – Which level?",
        "Start from this – What went well?",
    ]
    assert not re.search("take_over", someone.get("/en/reflection/section/practice").markup)


@pytest.mark.usefixtures("before")
def test_a_text_that_is_taken_over_keeps_its_language_until_it_is_written_anew(
    someone: CheckingClient, repository: FileRepository
) -> None:
    def language() -> object:
        saved = read_response(repository, ROUND, CLUSTER).pages["outcome/big-01"]
        return (saved.written_in or {})["well"]

    answer(someone, OUTCOME, {}, button=("take_over", "well"))
    assert language() == "cy", "it was written on a Welsh page, and taken over on an English one"
    answer(someone, OUTCOME, {"q-level": "mature"})
    assert language() == "cy"
    answer(someone, OUTCOME, {"q-well": f"{WELL} And more."})
    assert language() == "en"
