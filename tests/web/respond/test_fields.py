"""Every answer type has a field, and what a field draws is taken back from a form as the same answer."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from wtforms import Form

from survey.languages import language
from survey.questionnaire.definition import Question, Section
from survey.questionnaire.texts import texts_in
from survey.questionnaire.types import ANSWER_TYPES, answer_type
from survey.questionnaire.walk import Instrument, Page
from survey.web.respond.fields import FieldContext
from survey.web.respond.forms import FIELD_TYPES, ON_PAGE, form_of
from tests.web.html import document
from tests.web.respond import example

INSTRUMENT = Instrument(example.questionnaire(), example.framework(), ("big-01", "big-02"))
QUESTIONS = {
    question.type: (page, question)
    for page in INSTRUMENT.pages  # of several of a type the last is tried
    for question in page.section.questions
    if answer_type(question).stores_answer
    and page.key not in ("outcome/big-02", "practice")
    and question.type != "group"
}

# The HTML parser takes no code points that stand for no character.
TYPED = st.text(
    st.characters(blacklist_categories=("Cc", "Cs", "Cn")).filter(lambda letter: ord(letter) & 0xFFFE != 0xFFFE),
    max_size=60,
)
LINES = st.lists(TYPED, min_size=1, max_size=3).map("\n".join)


def codes(question: Question) -> list[str]:
    return [option.code for option in question.options]


def answers_to(page: Page, question: Question) -> st.SearchStrategy[Any]:
    """Raw answers of a type, from which the canonical one follows."""
    options = codes(question)
    parts = [criterion.id for criterion in page.outcome.criteria] if page.outcome else []
    by_type: dict[str, st.SearchStrategy[Any]] = {
        "single_choice": st.sampled_from(options),
        "list_choice": st.sampled_from(options),
        "scale": st.sampled_from(options),
        "maturity": st.sampled_from(options),
        "multiple_choice": st.lists(st.sampled_from(options), unique=True),
        "criteria": st.dictionaries(st.sampled_from(parts), st.sampled_from(options))
        if parts and options
        else st.none(),
        "ranking": st.lists(st.sampled_from(options), unique=True, max_size=3),
        "short_text": TYPED,
        "link": st.just("https://example.org/a?b=c"),
        "long_text": LINES,
        "whole_number": st.integers(-10, 6000),
        "decimal": st.decimals(0, 10**9, places=4).map(float),
        "year": st.integers(1890, 2210),
        "date": st.dates().map(str),
        "matrix": st.dictionaries(
            st.sampled_from([row.id for row in question.rows]),
            st.fixed_dictionaries(
                {},
                optional={column.id: st.sampled_from([o.code for o in column.options]) for column in question.columns},
            ),
        )
        if question.rows
        else st.none(),
    }
    return by_type[question.type]


@pytest.fixture
def in_english(app: Flask) -> Iterator[None]:
    with app.test_request_context("/en/"):
        yield


def setting(page: Page) -> FieldContext:
    texts = texts_in(language("en"), example.questionnaire(), example.framework())
    return FieldContext(texts, language("en"), page.outcome, page.key, example.framework())


def sent_by_browser(markup: str) -> MultiDict[str, str]:
    """What a browser would send of drawn fields."""
    root = document(
        f'<!DOCTYPE html><html lang="en"><head><title>t</title></head><body><form>{markup}</form></body></html>'
    )
    sent: MultiDict[str, str] = MultiDict()
    for control in root.iter():
        kind = control.get("type")
        if control.tag == "input" and (kind not in ("radio", "checkbox") or "checked" in control.attrib):
            sent.add(control.get("name", ""), control.get("value", ""))
        elif control.tag == "textarea":
            sent.add(control.get("name", ""), (control.text or "").replace("\n", "\r\n"))
        elif control.tag == "select":
            options = list(control.iter("option"))
            chosen = next((option for option in options if "selected" in option.attrib), options[0])
            sent.add(control.get("name", ""), chosen.get("value", ""))
    return sent


def test_every_answer_type_has_a_field() -> None:
    assert set(FIELD_TYPES) == set(ANSWER_TYPES)


def test_every_answer_type_that_is_typed_is_tried_here() -> None:
    assert set(QUESTIONS) == {name for name, kind in ANSWER_TYPES.items() if kind.stores_answer} - {"group"}


@pytest.mark.usefixtures("in_english")
@pytest.mark.parametrize("name", QUESTIONS)
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_what_is_drawn_is_taken_back(name: str, data: st.DataObject) -> None:
    page, question = QUESTIONS[name]
    reading = answer_type(question).read(question, data.draw(answers_to(page, question)), page.outcome)
    if reading.problems:
        return
    answers = {question.id: reading.answer} if reading.answer is not None else {}
    drawn = form_of(page, setting(page), answers).field(question.id).draw()
    sent = sent_by_browser(drawn)
    sent.add(ON_PAGE, question.id)
    form = form_of(page, setting(page), {}, sent)
    assert form.validate()
    assert (form.answers, form.errors) == (answers, {})


@pytest.mark.usefixtures("in_english")
@pytest.mark.parametrize("name", QUESTIONS)
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_the_controls_of_an_answer_are_what_a_browser_sends_of_it(name: str, data: st.DataObject) -> None:
    page, question = QUESTIONS[name]
    reading = answer_type(question).read(question, data.draw(answers_to(page, question)), page.outcome)
    if reading.problems or reading.answer is None:
        return
    field = form_of(page, setting(page), {question.id: reading.answer}).field(question.id)
    sent = sent_by_browser(field.draw()).lists()
    assert field.controls() == {name: [text.replace("\r\n", "\n") for text in texts] for name, texts in sent}


@pytest.mark.usefixtures("in_english")
@pytest.mark.parametrize("name", QUESTIONS)
def test_a_field_of_an_unanswered_question_takes_nothing(name: str) -> None:
    page, question = QUESTIONS[name]
    sent = (
        sent_by_browser(form_of(page, setting(page), {}).field(question.id).draw())
        if name != "ranking"
        else MultiDict()
    )
    sent.add(ON_PAGE, question.id)
    form = form_of(page, setting(page), {question.id: "an answer that must not come back"}, sent)
    assert form.validate()
    assert (form.answers, form.errors) == ({}, {})


@pytest.mark.usefixtures("in_english")
@pytest.mark.parametrize("name", QUESTIONS)
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_whatever_is_sent_is_drawn_again_and_never_fails(name: str, data: st.DataObject) -> None:
    page, question = QUESTIONS[name]
    blank = str(form_of(page, setting(page), {}).field(question.id).draw())
    names = [control.get("name", "") for control in document_controls(blank)]
    sent = MultiDict((control, data.draw(TYPED)) for control in names)
    sent.add(ON_PAGE, question.id)
    form = form_of(page, setting(page), {}, sent)
    assert form.validate() == (not form.errors)
    errors = form.field(question.id).errors
    assert (question.id in form.left) == bool(errors) or keeps_what_is_wrong(question)
    assert len(form.summary()) == len(errors)
    for line in form.summary():
        assert f'id="{line["href"][1:]}"' in form.field(question.id).draw()


def keeps_what_is_wrong(question: Question) -> bool:
    """Whether a draft may hold what cannot be submitted: text that is too long, an address that is none."""
    return question.type in ("short_text", "long_text", "link")


def document_controls(markup: str) -> list[Any]:
    page = f'<!DOCTYPE html><html lang="en"><head><title>t</title></head><body><form>{markup}</form></body></html>'
    return [control for control in document(page).iter() if control.get("name")]


@pytest.mark.usefixtures("in_english")
def test_a_question_that_was_not_on_the_page_is_left_alone() -> None:
    page, _ = QUESTIONS["short_text"]
    form = form_of(page, setting(page), {"name": "Ann"}, MultiDict({"q-name": "", "q-how": "meeting", ON_PAGE: "how"}))
    assert form.answered == ["how"]
    assert form.validate()
    assert (form.answers, form.errors) == ({"how": "meeting"}, {})


@pytest.mark.usefixtures("in_english")
def test_a_wrong_answer_is_an_error_of_its_field_and_harms_no_other() -> None:
    page, _ = QUESTIONS["short_text"]
    typed = MultiDict({"q-name": "Ann", "q-people": "many", "q-begun": "1850", ON_PAGE: "name people begun"})
    form = form_of(page, setting(page), {}, typed)
    assert isinstance(form, Form)
    assert not form.validate()
    assert form.errors == {
        "q-people": ["Enter a whole number, like 45000"],
        "q-begun": ["Enter a year with four digits, like 2026"],
    }
    assert form.answers == {"name": "Ann"}
    assert form.over({"name": "Bob", "people": 3, "story": "Once"}) == {"name": "Ann", "people": 3, "story": "Once"}


@pytest.mark.usefixtures("in_english")
def test_a_browser_fills_in_only_what_the_definition_says_is_the_persons_own() -> None:
    drawn = {
        name: str(form_of(page, setting(page), {}).field(asked.id).draw()) for name, (page, asked) in QUESTIONS.items()
    }
    assert 'spellcheck="false"' in drawn["short_text"]
    assert 'autocomplete="name"' in drawn["short_text"]
    assert 'autocomplete="off"' in drawn["whole_number"]
    asked = replace(QUESTIONS["short_text"][1], autocomplete="email")
    page = replace(QUESTIONS["short_text"][0], section=Section("s", asked.label, questions=(asked,)))
    email = str(form_of(page, setting(page), {}).field(asked.id).draw())
    assert 'autocomplete="email"' in email
    assert 'inputmode="email"' in email


@pytest.mark.usefixtures("in_english")
@pytest.mark.parametrize(
    ("typed", "wrong", "anchors"),
    [
        (("3", "Mawrth", ""), "Add the year", ["q-date-year"]),
        (("", "", "2026"), "Add the day<br>Add the month", ["q-date-day", "q-date-month"]),
        (("31", "4", "26"), "Enter a day from 1 to 30, the last day of the month", ["q-date-day"]),
        (("1 2", "3", "4"), "Enter a real date: a day, a month and a year, like 31 3 2027", ["q-date-day"]),
    ],
)
def test_what_is_wrong_with_a_date_is_said_once_and_marked_at_its_boxes(
    typed: tuple[str, str, str], wrong: str, anchors: list[str]
) -> None:
    page, question = QUESTIONS["date"]
    sent = MultiDict([(f"q-date-{part}", text) for part, text in zip(("day", "month", "year"), typed, strict=True)])
    sent.add(ON_PAGE, question.id)
    form = form_of(page, setting(page), {}, sent)
    assert not form.validate()
    assert form.field("date").error() == wrong
    assert [line["href"] for line in form.summary()] == [f"#{anchor}" for anchor in anchors]
    marked = [box.get("id") for box in document_controls(str(form.field("date").draw())) if "error" in box.get("class")]
    assert marked == (anchors if wrong[:10] != "Enter a re" else ["q-date-day", "q-date-month", "q-date-year"])


@pytest.mark.usefixtures("in_english")
@pytest.mark.parametrize(
    ("name", "typed", "shown"),
    [("whole_number", "tua 1 234", "1234"), ("decimal", "3,5", "3.5"), ("date", "3 o Fawrth 26", "3|3|2026")],
)
def test_what_was_understood_comes_back_in_its_plain_form(name: str, typed: str, shown: str) -> None:
    page, question = QUESTIONS[name]
    first = {"date": "q-date-day"}.get(name, f"q-{question.id}")
    form = form_of(page, setting(page), {}, MultiDict([(first, typed), (ON_PAGE, question.id)]))
    assert form.validate()
    again = str(form_of(page, setting(page), form.answers).field(question.id).draw())
    assert "|".join(box.get("value", "") for box in document_controls(again)) == shown


@pytest.mark.usefixtures("in_english")
def test_errors_of_several_parts_stand_at_their_parts() -> None:
    page, _ = QUESTIONS["matrix"]
    typed = MultiDict({"q-skills-sew.important": "x", "q-skills-read.confident": "mature", ON_PAGE: "skills"})
    form = form_of(page, setting(page), {}, typed)
    form.validate()
    field = form.field("skills")
    assert [field.error(part) != "" for part in (None, "sew.important", "read.confident")] == [False, True, False]
    form.hide_errors()
    assert (form.errors, form.summary(), field.error("sew.important")) == ({}, [], "")
