"""The whole reflection on paper: all that is asked of a cluster, with its answers, and as a form to fill in by hand."""

from xml.etree.ElementTree import Element

import pytest

from survey.collection.responses.lifecycle import reopen
from survey.collection.rounds.snapshot import load_snapshot
from survey.questionnaire.builder import questionnaire_from
from survey.questionnaire.types import ANSWER_TYPES
from survey.questionnaire.walk import Instrument
from survey.storage.tinydb_files.repository import FileRepository
from survey.web.respond.paper import may_be_asked, were_asked
from tests.web.checking_client import CheckingClient, Page
from tests.web.html import text_of
from tests.web.respond import example
from tests.web.respond.conftest import answer
from tests.web.respond.example import CLUSTER, NOW, ROUND

ABOUT, OUTCOME = "/en/reflection/section/about", "/en/reflection/section/outcome/big-01"
PAPER = "/en/reflection/print"
BLANK = PAPER + "?blank=1"


def with_class(element: Element, name: str) -> list[Element]:
    return [inside for inside in element.iter() if name in inside.get("class", "").split()]


def question(page: Page, label: str) -> Element:
    """A question on the paper, by its label: the first one of them."""
    return next(
        asked
        for asked in page.by_class("app-paper__question")
        if text_of(with_class(asked, "app-paper__label")[0]).removesuffix(" (optional)") == label
    )


def boxes(element: Element) -> list[tuple[str, str]]:
    """Each option with what stands in its box."""
    found = []
    for options in with_class(element, "app-paper__options"):
        for option in options.iter("li"):
            mark = text_of(with_class(option, "app-paper__box")[0])
            found.append((text_of(option)[len(mark) :].strip(), mark))
    return found


def rooms(element: Element) -> list[str]:
    """What is written in each room to write in."""
    return [text_of(room) for room in with_class(element, "app-paper__room")]


@pytest.mark.parametrize("language", ["cy", "en", "en-XA"])
@pytest.mark.parametrize("query", ["", "?blank=1"])
@pytest.mark.usefixtures("before")
def test_every_question_that_may_be_asked_is_there(someone: CheckingClient, language: str, query: str) -> None:
    page = someone.get(f"/{language}/reflection/print{query}")
    asked = [question for section in example.questionnaire().sections for question in section.questions]
    printed = [text_of(with_class(drawn, "app-paper__label")[0]) for drawn in page.by_class("app-paper__question")]
    twice = sum(section.for_each is not None for section in example.questionnaire().sections)
    of_outcome = next(section for section in example.questionnaire().sections if section.for_each)
    inside_groups = sum(len(item.questions) for item in asked)
    # The second outcome has no levels, so that no level is worked out, and none can differ from it.
    assert twice == 1
    assert len(printed) == len(asked) + len(of_outcome.questions) - 2 + inside_groups


def test_every_answer_type_is_printed_here() -> None:
    asked = {item.type for section in example.questionnaire().sections for item in section.questions}
    assert asked == set(ANSWER_TYPES) - {"earlier_answer", "ending"}, "one is in test_following.py, one on no paper"


def test_a_blank_form_has_boxes_to_tick_and_room_to_write(someone: CheckingClient) -> None:
    answer(someone, ABOUT, {"q-how": "meeting", "q-story": "Unwaith", "q-who": ["lead"], "q-ranked-1": "fig"})
    page = someone.get(BLANK)
    assert "Unwaith" not in page.markup
    assert {mark for drawn in page.by_class("app-paper__question") for _, mark in boxes(drawn)} == {""}
    assert {text for drawn in page.by_class("app-paper__question") for text in rooms(drawn)} == {""}
    assert boxes(question(page, "How did you do it?")) == [("At a meetingIn a room", ""), ("In another way", "")]
    assert "Tick one" in text_of(question(page, "How did you do it?"))
    assert "Tick all that apply" in text_of(question(page, "Who took part?"))
    assert "up to 3" in text_of(question(page, "Which do you like best?"))
    assert "Tick one in each row" in text_of(question(page, "How are your skills?"))
    assert boxes(question(page, "In which practice?")) == [], "nobody would read a long list on paper"
    assert rooms(question(page, "In which practice?")) == [""]
    room = with_class(question(page, "What happened?"), "app-paper__room")[0]
    assert room.get("class", "").endswith("--1")


def test_the_answers_are_marked_and_written_down(someone: CheckingClient) -> None:
    typed: dict[str, str | list[str]] = {
        "q-how": "meeting",
        "q-story": "Unwaith\r\nac eto",
        "q-who": ["lead", "others"],
        "q-who_others": "Cymydog",
        "q-people": "4321",
        "q-ranked-1": "fig",
        "q-ranked-2": "apple",
        "q-skills-sew.confident": "mature",
    }
    answer(someone, ABOUT, typed)
    answer(
        someone, OUTCOME, {"q-criteria-big-01.f1": "in_place", "q-criteria-big-01.m1": "not_yet", "q-level": "mature"}
    )
    page = someone.get(PAPER)

    def chosen(label: str) -> list[tuple[str, str]]:
        return [(words.removesuffix(" (chosen)"), mark) for words, mark in boxes(question(page, label)) if mark]

    assert chosen("How did you do it?") == [("At a meeting (chosen)In a room", "X")]
    assert chosen("Who took part?") == [("The lead", "X"), ("Others", "X")]
    assert chosen("Which do you like best?") == [("Apple", "2"), ("Fig", "1")]
    assert chosen("How are your skills?") == [("Mature", "X")]
    assert chosen("How far are you?") == [("In place", "X"), ("Not yet", "X")]
    assert chosen("Your answers point to") == [("Foundation", "X")]
    assert chosen("Which level?") == [("Mature (chosen)Nearly there.", "X")], "with what the level is about"
    assert rooms(question(page, "Which others?")) == ["Cymydog"]
    assert rooms(question(page, "How many people?")) == ["4,321"]
    assert rooms(question(page, "What happened?")) == ["Unwaithac eto"]
    assert with_class(question(page, "What happened?"), "app-paper__room")[0].find("span").get("lang") == "en"  # type: ignore[union-attr]


def test_what_may_be_left_out_says_so(someone: CheckingClient) -> None:
    labels = [text_of(label) for label in someone.get(BLANK).by_class("app-paper__label")]
    assert {"What happened? (optional)", "How did you do it?"} <= set(labels)


def test_criteria_stand_under_their_levels_with_what_they_list(someone: CheckingClient) -> None:
    criteria = question(someone.get(BLANK), "How far are you?")
    levels = [text_of(level) for level in with_class(criteria, "app-paper__level")]
    assert levels == ["FoundationThe first steps.", "MatureNearly there."]
    assert "a plan" in text_of(criteria)
    assert [text_of(part) for part in with_class(criteria, "app-paper__part")] == ["We have begun.", "We have these:"]


def test_when_to_answer_is_said_in_words(someone: CheckingClient) -> None:
    more = question(someone.get(BLANK), "Tell us more")
    assert [text_of(words) for words in with_class(more, "app-paper__when")] == [
        "If any of these is true:",
        "Answer this if “In another way” is your answer to: “How did you do it?”"
        "Answer this if your answer is more than 10: “How many people?”",
    ]
    inside = text_of(question(someone.get(BLANK), "Which others?"))
    assert "Answer this if “Others” is your answer to: “Who took part?”" in inside


@pytest.mark.usefixtures("before")
@pytest.mark.parametrize("address", [PAPER, BLANK])
def test_what_was_answered_before_stands_beside(someone: CheckingClient, address: str) -> None:
    page = someone.get(address)

    def before(label: str) -> list[str]:
        return [text_of(words) for words in with_class(question(page, label), "app-paper__earlier")]

    assert before("How did you do it?") == ["In 2024-25: In another way"]
    assert before("In which way?") == ["In 2024-25: Ar y ffôn"]
    assert before("How far are you?") == ["In 2024-25: In place", "In 2024-25: Not yet"]
    assert before("How are your skills?") == ["In 2024-25: In place"]
    assert before("What went well?") == ["In 2024-25: Popethyn dda"]
    assert "Hen stori" in before("Stories")[0]
    assert before("Your name") == [], "who signed last time says nothing about this time"
    assert "Huw" not in page.markup


def test_items_are_printed_one_by_one_and_one_is_left_to_fill_in(someone: CheckingClient) -> None:
    stories = "/en/reflection/section/practice/stories"
    answer(someone, f"{stories}/a/change", {"q-title": "Y gyntaf", "q-year": "2020"})
    answer(someone, f"{stories}/b/change", {"q-title": "Yr ail"})
    page = someone.get(PAPER)
    assert [text_of(item) for item in page.by_class("app-paper__item")] == ["Story 1", "Story 2"]
    assert [rooms(drawn) for drawn in page.by_class("app-paper__question")[-5:-1]] == [
        ["Y gyntaf"],
        ["2020"],
        ["Yr ail"],
        [""],
    ]
    assert [text_of(item) for item in someone.get(BLANK).by_class("app-paper__item")] == ["Story 1"]


def test_who_when_and_in_which_state(someone: CheckingClient) -> None:
    head = text_of(someone.get(PAPER).by_class("app-paper__head")[0])
    assert head == "Arfon · Yearly journey · 2026-27 · Printed on 1 October 2026"
    assert "Nothing has been answered yet." in someone.get(PAPER).text
    answer(someone, ABOUT, {"q-how": "meeting"})
    assert "A draft, last saved on" in someone.get(PAPER).text
    assert "A draft" not in someone.get(BLANK).text


def test_what_was_submitted_is_printed_also_after_it_was_reopened(
    someone: CheckingClient, repository: FileRepository
) -> None:
    answers = {
        "about": {"how": "meeting", "story": "Cyflwynwyd"},
        "outcome/big-01": {"criteria": {"big-01.f1": "in_place", "big-01.m1": "not_yet"}, "level": "foundation"},
        "outcome/big-02": {"criteria": {"big-02.s1": "not_yet"}, "level": "mature"},
        "practice": {},
    }
    example.submit(repository, ROUND, answers)
    submitted = someone.get(PAPER)
    assert "Submitted on" in submitted.text
    assert rooms(question(submitted, "How many people?")) == ["Not answered"], "nobody writes on it any more"
    assert "Tell us more" not in submitted.text, "what was not asked is not there"
    blank = someone.get(BLANK)
    assert rooms(question(blank, "How many people?")) == rooms(question(blank, "Tell us more")) == [""]
    reopen(repository, load_snapshot(repository, ROUND), CLUSTER, reason="Gwall", by="ann", now=NOW)
    answer(someone, ABOUT, {"q-story": "Newid"})
    assert rooms(question(someone.get(PAPER), "What happened?")) == ["Newid"]
    link = someone.get("/en/reflection/view/1").links["Print or save as PDF"]
    assert rooms(question(someone.get(link), "What happened?")) == ["Cyflwynwyd"]
    someone.get(PAPER + "?submission=2", status=404)


@pytest.mark.parametrize("language", ["cy", "en"])
def test_it_is_reached_from_the_list_the_check_and_the_reading_page(someone: CheckingClient, language: str) -> None:
    answer(someone, ABOUT, {"q-how": "meeting"})
    for path in ("", "/check", "/view"):
        links = someone.get(f"/{language}/reflection{path}").links.values()
        assert f"/{language}/reflection/print" in links
    assert f"/{language}/reflection/print?blank=1" in someone.get(f"/{language}/reflection").links.values()
    paper = someone.get(f"/{language}/reflection/print")
    assert f"/{language}/reflection/print?blank=1" in paper.links.values()


def test_what_depends_on_another_page_may_be_asked_as_well() -> None:
    rule = {"all": [{"question": "about.how", "operator": "=", "answer": "other"}]}
    *sections, practice = example.DEFINITION["sections"]
    conditional = {"id": "why", "type": "short_text", "label": "Why?", "show_when": rule}
    practice = {**practice, "questions": [*practice["questions"], conditional]}
    asked = questionnaire_from({**example.DEFINITION, "sections": [*sections, practice]})
    instrument = Instrument(asked, example.framework(), ("big-01",))
    page, nothing = instrument.pages[-1], instrument.walk({})
    assert [question.id for question in may_be_asked(page, nothing)] == ["stories", "note", "why"]
    assert [question.id for question in were_asked(page, nothing)] == ["stories", "note"]
