"""A section that follows something up asks about each thing that was written before, and about nothing else."""

from typing import Any

from survey.languages import language
from survey.questionnaire.builder import questionnaire_from
from survey.questionnaire.definition import FollowedUp
from survey.questionnaire.framework import Framework
from survey.questionnaire.texts import texts_in
from survey.questionnaire.types import AnswerContext, answer_type
from survey.questionnaire.walk import Instrument, Page, read_page
from tests.questionnaire.examples import framework, source

FIRST, SECOND = (outcome.id for outcome in framework().outcomes[:2])
LATER = FollowedUp(SECOND, "2025-26", "Ail gam", "cy")
SOONER = FollowedUp(FIRST, "2025-26", "First step", "en")


def asked(*followed: FollowedUp, of: Framework | None = None) -> Instrument:
    whole: dict[str, Any] = source("whole")
    went = {"id": "went", "type": "single_choice", "label": "How did it go?", "required": True}
    went["options"] = [
        {"code": "done", "label": "Done"},
        {"code": "other", "label": "Otherwise", "other": {"label": "How?", "required": True}},
    ]
    why = {"id": "why", "type": "long_text", "label": "Why?"}
    why["show_when"] = {"all": [{"question": "went", "operator": "=", "answer": "done"}]}
    words = {"id": "words", "type": "earlier_answer", "label": "You wrote"}
    section = {"id": "before", "title": "Before", "follows_up": "end.next_step", "questions": [words, went, why]}
    whole["sections"].insert(0, section)
    return Instrument(questionnaire_from(whole), of or framework(), (), {"end.next_step": followed})


def before(instrument: Instrument) -> Page:
    page = instrument.page("before")
    assert page is not None
    return page


def test_where_nothing_was_written_the_page_is_not_there() -> None:
    assert asked().page("before") is None
    assert "before" not in asked().walk({"before": {"went": "done"}}).answers


def test_each_thing_is_asked_about_in_the_frameworks_order_under_ids_of_its_own() -> None:
    questions = before(asked(LATER, SOONER)).section.questions
    assert [question.id for question in questions] == [
        f"{name}-{outcome}" for outcome in (FIRST, SECOND) for name in ("words", "went", "went_other", "why")
    ]
    assert [question.heading for question in questions if question.heading] == [
        outcome.name for outcome in framework().outcomes[:2]
    ]


def test_what_was_written_is_shown_in_its_words_and_its_language() -> None:
    instrument = asked(LATER)
    path = instrument.walk({})
    (question, *_) = path.asked["before"]
    assert path.value("before", question.id) == "Ail gam"
    texts = texts_in(language("en"), instrument.questionnaire, instrument.framework)
    (line,) = answer_type(question).lines(question, "Ail gam", AnswerContext(texts, language("en")))
    assert (line.text, line.verbatim, line.written_in) == ("Ail gam", True, "cy")


def test_rules_and_others_of_one_thing_look_at_that_thing_alone() -> None:
    instrument = asked(SOONER, LATER)
    path = instrument.walk({"before": {f"went-{FIRST}": "other", f"went-{SECOND}": "done"}})
    ids = {question.id for question in path.asked["before"]}
    assert f"went_other-{FIRST}" in ids
    assert f"went_other-{SECOND}" not in ids
    assert f"why-{SECOND}" in ids
    assert f"why-{FIRST}" not in ids
    assert [gap.question.id for gap in path.gaps("before")] == [f"went_other-{FIRST}"]


def test_the_same_question_about_two_things_is_told_apart_by_its_words() -> None:
    instrument = asked(SOONER, LATER)
    texts = texts_in(language("en"), instrument.questionnaire, instrument.framework)
    labels = [texts(question.label) for question in before(instrument).section.questions]
    assert len(set(labels)) == len(labels)
    names = [texts(outcome.name) for outcome in framework().outcomes[:2]]
    assert f"How did it go? – {names[0]}" in labels


def test_what_was_written_about_no_outcome_is_asked_about_plainly() -> None:
    plain = before(asked(FollowedUp("", "2025-26", "Walk", "en"))).section.questions
    assert [question.id for question in plain] == ["words", "went", "went_other", "why"]
    assert not [question for question in plain if question.heading or question.label.about]


def test_an_outcome_that_the_framework_has_no_more_is_asked_about_all_the_same() -> None:
    questions = before(asked(FollowedUp("gone-01", "2025-26", "Walk", "en"), SOONER)).section.questions
    assert questions[0].id == f"words-{FIRST}"
    assert questions[-1].id == "why-gone-01"


def test_answers_to_it_are_read_like_any_and_what_was_written_is_never_an_answer() -> None:
    page = before(asked(SOONER))
    answers, problems = read_page(page, {f"went-{FIRST}": "done", f"words-{FIRST}": "Other words"})
    assert answers == {f"went-{FIRST}": "done"}
    assert problems.keys() == {f"words-{FIRST}"}
