"""The path of a response: what it is asked, what it lacks, what is left out of it."""

from datetime import date
from typing import Any

import pytest

from survey.questionnaire.builder import questionnaire_from
from survey.questionnaire.problems import Problem
from survey.questionnaire.types.group import Group
from survey.questionnaire.walk import Instrument, Page, Walk, read_page
from tests.questionnaire.examples import framework, questionnaire, source


@pytest.fixture
def instrument() -> Instrument:
    return Instrument(questionnaire("whole"), framework(), ("s-01", "m-01"))


def asked(path: Walk, key: str) -> list[str]:
    return [question.id for question in path.asked.get(key, ())]


ALL_IN_PLACE = {"m-01.f1": "in_place", "m-01.f2": "in_place", "m-01.d1": "in_place", "m-01.m1": "in_place"}


def test_a_section_for_each_outcome_is_a_page_for_each_assigned_one_in_the_frameworks_order(
    instrument: Instrument,
) -> None:
    assert [page.key for page in instrument.pages] == ["start", "each/m-01", "each/s-01", "end"]


@pytest.fixture
def with_worksheet() -> Instrument:
    asked = source("whole")
    worksheet = {"id": "sheet", "title": "Sheet", "worksheet": True, "for_each": "assigned_outcomes"}
    worksheet["questions"] = [{"id": "inputs", "type": "long_text", "label": "Inputs", "max_length": 5}]
    asked["sections"].insert(2, worksheet)
    return Instrument(questionnaire_from(asked), framework(), ("s-01", "m-01"))


def test_sections_for_each_outcome_that_follow_each_other_are_asked_outcome_by_outcome(
    with_worksheet: Instrument,
) -> None:
    keys = ["start", "each/m-01", "sheet/m-01", "each/s-01", "sheet/s-01", "end"]
    assert [page.key for page in with_worksheet.pages] == keys


def test_a_worksheet_is_kept_on_the_way_and_is_not_submitted(with_worksheet: Instrument) -> None:
    path = with_worksheet.walk({"start": {"one": "a"}, "sheet/m-01": {"inputs": "Much too long"}})
    assert [page.key for page in path.pages] == ["start", "each/m-01", "each/s-01", "end"]
    assert [page.key for page in path.worksheets] == ["sheet/m-01", "sheet/s-01"]
    assert path.answers["sheet/m-01"] == {"inputs": "Much too long"}
    assert "sheet" not in {gap.page.section.id for gap in path.gaps()}, "too long a text is nobody else’s concern"


TODAY = date(2026, 10, 1)


def test_an_answer_is_held_against_those_of_its_page_and_of_the_way_there(instrument: Instrument) -> None:
    start, end = instrument.page("start"), instrument.page("end")
    assert start is not None
    assert end is not None
    answers = {"start": {"one": "a", "many_more": "Asked no more", "count": 3}}
    known = instrument.known_on(end, answers, TODAY)
    assert [known.lookup(name) for name in ("start.one", "start.count", "start.many_more")] == ["a", 3, None]
    assert known.today == TODAY
    on_page = instrument.known_on(start, {"start": {"one": None, "count": 7, "many_more": "Asked"}}, None)
    assert [on_page.lookup(name) for name in ("one", "count", "many_more", "start.count")] == [None, 7, "Asked", 7]
    assert on_page.today is None
    assert instrument.known_on(end, {}, TODAY).lookup("start.one") is None


def test_an_answer_of_an_item_is_held_against_those_of_the_item_that_are_asked(instrument: Instrument) -> None:
    start = instrument.page("start")
    assert start is not None
    item = Page("items/i1", start.section)
    given = {"one": "a", "count": 3, "many_more": "Asked no more", "share": None}
    known = instrument.known_on(item, {"items/i1": given, "start": {"count": 9}}, TODAY)
    assert [known.lookup(name) for name in ("one", "count", "many_more", "share")] == ["a", 3, None, None]
    assert known.today == TODAY
    assert instrument.known_on(item, {}, None).lookup("one") is None


def test_outcomes_that_the_framework_lacks_cannot_be_assigned() -> None:
    with pytest.raises(KeyError, match="'m-98, m-99'"):
        Instrument(questionnaire("whole"), framework(), ("m-99", "m-01", "m-98"))


def test_a_questionnaire_without_a_framework_has_no_outcomes() -> None:
    instrument = Instrument(questionnaire("whole"), None)
    assert [page.key for page in instrument.pages] == ["start", "end"]
    with pytest.raises(KeyError, match="m-01"):
        Instrument(questionnaire("whole"), None, ("m-01",))


def test_a_question_is_asked_only_when_its_rule_holds(instrument: Instrument) -> None:
    assert "many_more" not in asked(instrument.walk({}), "start")
    assert "many_more" in asked(instrument.walk({"start": {"count": 6}}), "start")
    assert "one_more" not in asked(instrument.walk({"start": {"one": "a"}}), "start")
    assert "one_more" in asked(instrument.walk({"start": {"one": "more"}}), "start")


def test_a_section_is_asked_only_when_its_rule_holds(instrument: Instrument) -> None:
    without = instrument.walk({"end": {"next_step": "Written before"}})
    assert "end" not in without.asked
    assert "end" not in without.answers
    assert [page.key for page in without.pages] == ["start", "each/m-01", "each/s-01"]
    assert "end" in instrument.walk({"start": {"one": "a"}}).asked


def changed(**of_section: dict[str, Any]) -> Instrument:
    """The whole questionnaire with other values in some of its sections."""
    definition = source("whole")
    for section in definition["sections"]:
        section.update(of_section.get(section["id"], {}))
    return Instrument(questionnaire_from(definition), framework(), ("s-01", "m-01"))


def when(question: str, answer: str) -> dict[str, Any]:
    return {"all": [{"question": question, "operator": "=", "answer": answer}]}


def test_a_rule_of_a_section_for_each_outcome_asks_about_that_outcome_alone() -> None:
    """What is asked before the section is not among its own answers, so a rule by a bare id never holds."""
    instrument = changed(each={"show_when": when("level", "mature")})
    assert [page.key for page in instrument.walk({"each/m-01": {"level": "mature"}}).pages] == ["start"]


def test_a_rule_about_a_page_that_is_not_there_or_not_asked_does_not_hold() -> None:
    instrument = changed(start={"show_when": when("end.next_step", "more")}, end={"show_when": when("start.one", "a")})
    answers = {"start": {"one": "a"}, "end": {"next_step": "more"}}
    assert [page.key for page in instrument.walk(answers).pages] == ["each/m-01", "each/s-01"]


def test_answers_off_the_path_are_left_out_and_answers_on_it_kept(instrument: Instrument) -> None:
    answers = {"start": {"one": "a", "one_more": "typed earlier", "many_more": "typed earlier", "count": 3}}
    assert instrument.walk(answers).answers["start"] == {"one": "a", "count": 3}
    assert answers["start"]["many_more"] == "typed earlier"


def test_a_rule_does_not_see_an_answer_that_is_itself_off_the_path() -> None:
    source = questionnaire("whole")
    instrument = Instrument(source, framework(), ())
    path = instrument.walk({"start": {"one_more": "left over"}})
    assert "one_more" not in path.answers["start"]


def test_not_asked_and_not_answered_are_different(instrument: Instrument) -> None:
    path = instrument.walk({"start": {"count": 6}})
    assert "many_more" in asked(path, "start")
    assert "many_more" not in path.answers["start"]
    assert "one_more" not in asked(path, "start")


def test_the_calculated_level_is_shown_beside_the_judged_one_and_asks_why_they_differ(instrument: Instrument) -> None:
    page: dict[str, Any] = {"criteria": ALL_IN_PLACE, "level": "mature"}
    path = instrument.walk({"each/m-01": page})
    assert path.calculated["each/m-01"] == {"indicated": "mature"}
    assert "why" not in asked(path, "each/m-01")
    path = instrument.walk({"each/m-01": {**page, "level": "foundation"}})
    assert "why" in asked(path, "each/m-01")


def test_an_outcome_without_levels_is_not_asked_about_a_calculated_one(instrument: Instrument) -> None:
    path = instrument.walk({"each/s-01": {"criteria": {"s-01.s1": "in_place"}, "level": "mature"}})
    assert asked(path, "each/s-01") == ["criteria", "level"]


def test_nothing_is_calculated_for_a_page_without_an_outcome_or_without_a_rule_of_levels() -> None:
    criteria = source("whole")["sections"][1]["questions"]
    once = changed(each={"for_each": None, "questions": [question for question in criteria if question["id"] != "why"]})
    path = once.walk({"each": {"criteria": ALL_IN_PLACE}})
    assert path.calculated["each"] == {}
    assert asked(path, "each") == ["criteria", "level"]

    definition = source("whole")
    del definition["level_rule"]
    unruled = Instrument(questionnaire_from(definition), framework(), ("m-01",))
    assert unruled.walk({"each/m-01": {"criteria": ALL_IN_PLACE}}).calculated["each/m-01"] == {"indicated": None}


def test_the_calculated_level_needs_criteria_to_calculate_from() -> None:
    questions = source("whole")["sections"][1]["questions"]
    instrument = changed(each={"questions": [question for question in questions if question["id"] != "criteria"]})
    path = instrument.walk({"each/m-01": {"criteria": ALL_IN_PLACE, "level": "mature"}})
    assert path.calculated["each/m-01"] == {"indicated": None}


def test_before_any_answer_the_calculated_level_is_there_but_empty(instrument: Instrument) -> None:
    assert instrument.walk({}).calculated["each/m-01"] == {"indicated": None}


def test_gaps_name_each_missing_part_in_the_order_of_the_pages(instrument: Instrument) -> None:
    path = instrument.walk({"each/m-01": {"criteria": {**ALL_IN_PLACE, "m-01.d1": "partly"}}})
    gaps = [(gap.page.key, gap.question.id, gap.problem.part) for gap in path.gaps()]
    assert gaps == [
        ("start", "one", None),
        ("each/m-01", "level", None),
        ("each/s-01", "criteria", "s-01.s1"),
        ("each/s-01", "level", None),
    ]
    assert [gap.question.id for gap in path.gaps("each/m-01")] == ["level"]


def test_what_is_not_asked_is_no_gap(instrument: Instrument) -> None:
    complete = {
        "start": {"one": "a"},
        "each/m-01": {"criteria": ALL_IN_PLACE, "level": "mature"},
        "each/s-01": {"criteria": {"s-01.s1": "partly"}, "level": "working_towards"},
    }
    assert instrument.walk(complete).gaps() == ()


def test_an_item_of_a_group_lacks_what_it_is_asked(instrument: Instrument) -> None:
    path = instrument.walk({"start": {"one": "a"}, "end": {"items": [{"id": "i1", "kind": "a"}]}})
    assert [(gap.question.id, gap.problem.part) for gap in path.gaps("end")] == [("items", "i1.title")]
    assert path.instrument.walk({"start": {"one": "a"}}).gaps("end") == ()


def test_an_item_of_a_group_loses_what_its_own_rules_leave_unasked(instrument: Instrument) -> None:
    items = [{"id": "i1", "kind": "a", "more": "left over"}, {"id": "i2", "kind": "b", "more": "kept"}]
    path = instrument.walk({"start": {"one": "a"}, "end": {"items": items}})
    assert path.answers["end"]["items"] == [{"id": "i1", "kind": "a"}, {"id": "i2", "kind": "b", "more": "kept"}]
    group = next(question for question in path.asked["end"] if question.type == Group.name)
    assert [child.id for child in Group.asked(group, items[0])] == ["title", "kind"]


def test_completion(instrument: Instrument) -> None:
    path = instrument.walk({"start": {"count": 1}})
    assert path.completion("start", saved=False) == "not_started"
    assert path.completion("start", saved=True) == "in_progress"
    assert instrument.walk({"start": {"one": "a"}}).completion("start", saved=True) == "complete"
    assert instrument.walk({"start": {"one": "a"}}).completion("end", saved=True) == "complete"


def test_reading_a_page_keeps_what_is_right_and_names_what_is_wrong(instrument: Instrument) -> None:
    page = instrument.page("start")
    assert page is not None
    answers, problems = read_page(page, {"one": "a", "count": "many", "began": "", "hello": "x", "unheard_of": 1})
    assert answers == {"one": "a"}
    assert problems == {
        "count": (Problem("not_whole"),),
        "hello": (Problem("unknown_part", part="hello"),),
        "unheard_of": (Problem("unknown_part", part="unheard_of"),),
    }


def test_reading_a_page_keeps_a_text_that_a_draft_may_hold_and_says_what_is_wrong_with_it(
    instrument: Instrument,
) -> None:
    page = instrument.page("end")
    assert page is not None
    long = {"items": [{"id": "i1", "title": "x" * 201}]}
    assert read_page(page, long) == (long, {"items": (Problem("too_long", {"most": 200}, "i1.title"),)})


def test_reading_the_page_of_an_outcome_knows_its_criteria(instrument: Instrument) -> None:
    page = instrument.page("each/s-01")
    assert page is not None
    answers, problems = read_page(page, {"criteria": {"s-01.s1": "partly", "m-01.f1": "partly"}})
    assert answers == {}
    assert problems == {"criteria": (Problem("unknown_part", part="m-01.f1"),)}
    assert read_page(page, {"criteria": {"s-01.s1": "partly"}}) == ({"criteria": {"s-01.s1": "partly"}}, {})


def test_there_is_no_page_of_another_name(instrument: Instrument) -> None:
    assert instrument.page("each/m-02") is None


def test_what_the_answers_call_for_is_named_until_it_is_answered(instrument: Instrument) -> None:
    def called_for(**start: Any) -> list[str]:
        return [question.id for page, question in instrument.walk({"start": start}).called_for() if page.key == "start"]

    assert called_for() == []
    assert called_for(one="more", count=6) == ["one_more", "many_more"]
    assert called_for(one="more", count=6, one_more="So", many_more="Because") == []


def test_the_way_ends_where_an_ending_is_asked() -> None:
    whole = source("ending")
    more = {"id": "more", "type": "long_text", "label": "More?", "max_length": 5}
    whole["sections"].append({"id": "after", "title": "After", "questions": [more]})
    instrument = Instrument(questionnaire_from(whole), None)
    ended = instrument.walk({"page": {"here": 0}, "after": {"more": "x"}})
    assert ended.ending is not None
    assert [ended.ending[0].key, ended.ending[1].id] == ["page", "asked"]
    assert [page.key for page in ended.pages] == ["page"]
    assert ended.answers == {"page": {"here": 0}}
    going_on = instrument.walk({"page": {"here": 1}, "after": {"more": "x"}})
    assert going_on.ending is None
    assert [page.key for page in going_on.pages] == ["page", "after"]
