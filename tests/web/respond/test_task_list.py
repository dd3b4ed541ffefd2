"""The list of sections: how far each is, where to go on, and what to know before going on."""

from dataclasses import replace
from datetime import timedelta

import pytest

from survey.collection.rounds.round import change_round
from survey.storage.tinydb_files.repository import FileRepository
from tests.web.checking_client import CheckingClient, Page
from tests.web.html import text_of
from tests.web.respond.conftest import Clock, answer
from tests.web.respond.example import CLOSES, ROUND
from tests.web.respond.test_reflection import SECTION, complete

LANGUAGES = ("cy", "en", "en-XA")


def statuses(page: Page) -> list[str]:
    return [text_of(status) for status in page.by_class("nhsuk-task-list__status")]


def primary_button(page: Page) -> tuple[str, str | None]:
    buttons = [one for one in page.by_class("nhsuk-button") if "nhsuk-button--secondary" not in one.get("class", "")]
    assert len(buttons) == 1
    return text_of(buttons[0]), buttons[0].get("href")


def test_the_list_says_how_far_each_page_is(someone: CheckingClient) -> None:
    assert statuses(someone.get("/en/reflection")) == ["Not started"] * 4
    answer(someone, f"{SECTION}/outcome/big-01", {"q-level": "mature"})
    answer(someone, f"{SECTION}/practice", {})
    page = someone.get("/en/reflection")
    assert statuses(page) == ["Not started", "In progress", "Not started", "Completed"]
    assert "Last saved: 1 October 2026 at 10:00" in page.text
    assert "1 of 4 sections completed" in page.text
    bar = page.all("progress")[0]
    assert (bar.get("value"), bar.get("max")) == ("1", "4")


def test_the_button_goes_on_with_the_first_section_that_is_not_complete(someone: CheckingClient) -> None:
    assert primary_button(someone.get("/en/reflection")) == ("Start with: About you", f"{SECTION}/about")
    answer(someone, f"{SECTION}/about", {"q-how": "meeting"})
    assert primary_button(someone.get("/en/reflection")) == ("Go on with: Being ready", f"{SECTION}/outcome/big-01")
    complete(someone)
    assert primary_button(someone.get("/en/reflection")) == ("Go on with: Good practice", f"{SECTION}/practice")
    answer(someone, f"{SECTION}/practice", {})
    assert primary_button(someone.get("/en/reflection")) == ("Check your answers", "/en/reflection/check")


def test_signing_in_again_leads_to_the_list_and_never_to_the_check(someone: CheckingClient) -> None:
    complete(someone)
    assert someone.get("/en/").links["Continue your reflection"] == "/en/reflection"


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (timedelta(days=30), "30 days left"),
        (timedelta(days=1), "1 day left"),
        (timedelta(hours=1), "Today is the last day"),
        (timedelta(hours=9, minutes=30), "1 day left"),
    ],
)
def test_the_deadline_says_how_many_days_of_the_calendar_are_left(
    someone: CheckingClient, clock: Clock, before: timedelta, said: str
) -> None:
    clock.now = CLOSES - before
    page = someone.get("/en/reflection")
    assert f"Submit by: 31 October 2026 at 09:00 {said}" in page.text


def test_a_round_without_a_deadline_names_none(someone: CheckingClient, repository: FileRepository) -> None:
    change_round(repository, ROUND, lambda latest: replace(latest, closes=None))
    assert "Submit by" not in someone.get("/en/reflection").text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_says_the_year_the_time_it_takes_and_what_to_have_ready(
    someone: CheckingClient, language: str
) -> None:
    page = someone.get(f"/{language}/reflection")
    assert "2026-27" in page.text
    ready = page.by_class("nhsuk-details")[0]
    assert "open" in ready.attrib
    if language == "en":
        assert "Estimated time: about 20 minutes" in page.text
        assert [text_of(item) for item in ready.iter("li")] == ["A plan", "Some figures"]
    answer(someone, f"/{language}/reflection/section/about", {})
    assert "open" not in someone.get(f"/{language}/reflection").by_class("nhsuk-details")[0].attrib
