"""Checking the answers: what is missing, by section; what would help; and the way there and back for every answer."""

from collections.abc import Callable
from xml.etree.ElementTree import Element

import pytest

from survey.collection.responses.response import read_response
from survey.storage.tinydb_files.repository import FileRepository
from tests.web.checking_client import CheckingClient, Page
from tests.web.html import text_of
from tests.web.respond.conftest import answer
from tests.web.respond.example import CLUSTER, CODE, ROUND
from tests.web.respond.test_reflection import SECTION, complete

LANGUAGES = ("cy", "en", "en-XA")
ABOUT = f"{SECTION}/about?back=check"
SignIn = Callable[..., CheckingClient]


def callout(page: Page) -> list[tuple[str, str | None]]:
    """What the callout links to."""
    return [
        (text_of(link), link.get("href")) for part in page.by_class("nhsuk-card--warning") for link in part.iter("a")
    ]


def test_sections_that_nobody_has_saved_are_named_apart_from_what_is_missing(someone: CheckingClient) -> None:
    answer(someone, f"{SECTION}/outcome/big-01", {"q-level": "mature"})
    page = someone.get("/en/reflection/check")
    assert "5 answers are needed before you can submit" in page.text
    assert callout(page) == [
        ("About you: 1 answer needed", f"{SECTION}/about?back=check"),
        ("Being done: 2 answers needed", f"{SECTION}/outcome/big-02?back=check"),
        ("Good practice: nothing in it has to be answered", f"{SECTION}/practice?back=check"),
        ("Being ready: 2 answers needed", f"{SECTION}/outcome/big-01?back=check"),
        *(
            (
                f"Answer this question: “{words}”",
                f"{SECTION}/outcome/big-01?back=check#q-criteria-big-01-{part}",
            )
            for words, part in (("We have begun.", "f1"), ("We have these:", "m1"))
        ),
    ]


def test_a_section_left_alone_does_not_stand_in_the_way_and_is_named(someone: CheckingClient) -> None:
    complete(someone)
    page = someone.get("/en/reflection/check")
    assert callout(page) == []
    assert "Nobody has saved these sections yet. You can submit without them. Good practice" in page.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_many_gaps_are_told_by_section_after_a_failed_submit(someone: CheckingClient, language: str) -> None:
    answer(someone, f"/{language}/reflection/section/about", {})
    refused = someone.submit(someone.get(f"/{language}/reflection/check"), status=422)
    place = f"/{language}/reflection/section"
    assert [href for _, href in refused.errors] == [
        f"{place}/about?back=check",
        f"{place}/about?back=check#q-how",
        f"{place}/outcome/big-01?back=check",
        f"{place}/outcome/big-02?back=check",
    ]
    assert len({text for text, _ in refused.errors}) == 4


def test_few_gaps_are_told_one_by_one_after_a_failed_submit(someone: CheckingClient) -> None:
    answer(someone, f"{SECTION}/about", {"q-how": "meeting"})
    answer(someone, f"{SECTION}/outcome/big-01", {"q-criteria-big-01.f1": "in_place"})
    page = someone.get("/en/reflection/check")
    refused = someone.submit(page, status=422)
    assert [href for _, href in refused.errors] == [
        f"{SECTION}/outcome/{place}"
        for place in (
            "big-01?back=check#q-criteria-big-01-m1",
            "big-01?back=check#q-level",
            "big-02?back=check#q-criteria-big-02-s1",
            "big-02?back=check#q-level",
        )
    ]
    assert all(f": Being {'ready' if 'big-01' in href else 'done'} – " in text for text, href in refused.errors if href)
    assert all("open" in details.attrib for details in page.by_class("nhsuk-card--warning")[0].iter("details"))


def test_what_the_answers_call_for_is_asked_by_name_and_stands_in_nobodys_way(someone: CheckingClient) -> None:
    complete(someone)
    answer(someone, f"{SECTION}/about", {"q-who": ["lead", "others"], "q-how": "other", "q-people": "12"})
    answer(someone, f"{SECTION}/outcome/big-01", {"q-level": "foundation"})
    page = someone.get("/en/reflection/check")
    for words, place in (
        ("Which others?", "about?back=check#q-who_others"),
        ("In which way?", "about?back=check#q-how_other"),
        ("Outcome: Being ready – Why does it differ?", "outcome/big-01?back=check#q-difference"),
    ):
        assert page.links[words] == f"{SECTION}/{place}"
    assert someone.submit(page).path == "/en/reflection/submitted"


def test_what_has_been_answered_is_not_asked_for_again(someone: CheckingClient) -> None:
    complete(someone)
    answer(someone, f"{SECTION}/about", {"q-who": ["others"], "q-who_others": "The vet"})
    assert "Which others?" not in someone.get("/en/reflection/check").links


def folded(page: Page) -> list[Element]:
    """The words that stand over what is folded away."""
    return [next(fold.iter("summary")) for fold in page.by_class("app-fold")]


def test_questions_that_have_no_answer_and_need_none_are_folded(someone: CheckingClient) -> None:
    answer(someone, f"{SECTION}/outcome/big-02", {"q-well": "All of it"})
    page = someone.get("/en/reflection/check")
    about, *others = [fold for fold in page.by_class("app-fold") if "optional" in text_of(next(fold.iter("summary")))]
    assert text_of(next(about.iter("summary"))) == "13 optional questions not answered"
    assert "What happened?" in text_of(about)
    assert "How did you do it?" not in text_of(about), "it has to be answered"
    assert ["What went well?" in text_of(other) for other in others] == [True, False], "it has been answered"


def test_the_criteria_of_an_outcome_are_folded_with_how_many_have_each_answer(someone: CheckingClient) -> None:
    answer(someone, f"{SECTION}/outcome/big-01", {"q-criteria-big-01.f1": "in_place"})
    page = someone.get("/en/reflection/check")
    summaries = [words for words in map(text_of, folded(page)) if words.startswith("How far")]
    assert summaries == ["How far are you? In place: 1, Not answered: 1", "How far are you? Not answered: 1"]
    read = someone.get("/en/reflection/view")
    assert read.by_class("app-fold") == []
    assert "We have begun." in read.text


def test_the_jump_list_leads_to_every_section_and_to_the_end(someone: CheckingClient) -> None:
    page = someone.get("/en/reflection/check")
    jump = page.by_class("app-jump")[0]
    leads_to = [link.get("href", "") for link in jump.iter("a")]
    assert leads_to == ["#about", "#outcome-big-01", "#outcome-big-02", "#practice", "#submit"]


def test_a_change_comes_back_to_the_section_that_it_was_made_from(
    someone: CheckingClient, repository: FileRepository
) -> None:
    page = someone.get(ABOUT)
    saved = someone.browser.post(
        page.form("answers").get("action", ""), data={**page.values(page.form("answers")), "then": "continue"}
    )
    assert saved.location == "/en/reflection/check#about"
    listed = answer(someone, ABOUT, {"q-name": "Ann"}, button=("then", "list"))
    assert listed.path == "/en/reflection"
    assert read_response(repository, ROUND, CLUSTER).answers["about"] == {"name": "Ann"}


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Back to checking your answers"), ("cy", "Yn ôl i wirio eich atebion")]
)
def test_the_back_link_of_a_section_leads_where_somebody_came_from(
    someone: CheckingClient, language: str, words: str
) -> None:
    page = someone.get(f"/{language}/reflection/section/outcome/big-01?back=check")
    assert page.links[words] == f"/{language}/reflection/check#outcome-big-01"
    assert words not in someone.get(f"/{language}/reflection/section/outcome/big-01").links


def leads_to_check(someone: CheckingClient, page: Page) -> bool:
    return someone.submit(page, button=("then", "continue")).path == "/en/reflection/check"


def test_the_way_back_survives_a_save_that_stays(someone: CheckingClient) -> None:
    assert leads_to_check(someone, answer(someone, ABOUT, {}, button=("then", "stay")))


def test_the_way_back_survives_a_mistake(someone: CheckingClient) -> None:
    page = answer(someone, ABOUT, {"q-people": "lots"}, button=("then", "continue"), status=422)
    assert someone.submit(page, {"q-people": "7"}, button=("then", "continue")).path == "/en/reflection/check"


def test_the_way_back_survives_the_language_switch(someone: CheckingClient) -> None:
    page = answer(someone, ABOUT, {}, button=("switch_language", "cy"))
    assert someone.submit(page, button=("then", "continue")).path == "/cy/reflection/check"


def test_the_way_back_survives_a_conflict(someone: CheckingClient, sign_in: SignIn) -> None:
    mine = someone.get(ABOUT)
    answer(sign_in(), f"{SECTION}/about", {"q-name": "Bob"})
    choices = someone.submit(mine, {"q-name": "Ann"}, button=("then", "continue"), status=409)
    assert someone.submit(choices, {"keep-name": "mine"}).path == "/en/reflection/check"


def test_the_way_back_survives_signing_in_again(someone: CheckingClient) -> None:
    page = someone.get(ABOUT)
    someone.browser.delete_cookie("session")
    asked = someone.submit(page, {"q-name": "Ann"}, button=("then", "continue"), status=400)
    assert someone.submit(asked, {"access_code": CODE}).path == "/en/reflection/check"


def test_an_item_that_is_changed_or_added_on_the_way_comes_back(someone: CheckingClient) -> None:
    story = f"{SECTION}/practice/stories"
    answer(someone, f"{story}/ab12/change", {"q-title": "One"})
    links = someone.get("/en/reflection/check").links
    assert links["Change Title"] == f"{story}/ab12/change?back=check#q-title"
    changed = someone.get(f"{story}/ab12/change?back=check")
    assert "Save and return to check" in changed.text
    assert leads_to_check(someone, changed)
    practice = someone.get(f"{SECTION}/practice?back=check")
    remove = someone.submit(practice, button=("then", "stories/ab12/remove"))
    assert remove.path == f"{story}/ab12/remove"
    assert leads_to_check(someone, someone.submit(practice, button=("then", "stories/cd34/change")))
