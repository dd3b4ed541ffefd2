"""A long list on a page: what of it is there, in which order, and what is chosen in it."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from survey.languages import language
from survey.questionnaire.builder import questionnaire_from
from survey.questionnaire.texts import texts_in
from survey.questionnaire.walk import Instrument
from survey.web.respond.fields import FieldContext
from survey.web.respond.forms import form_of
from tests.questionnaire.examples import source
from tests.web.html import Element, document


@pytest.fixture(autouse=True)
def in_english(app: Flask) -> Iterator[None]:
    with app.test_request_context("/en/"):
        yield


def drawn(answers: dict[str, dict[str, Any]], *, filtered_here: bool = True) -> Element:
    """The list, with what is answered on its page and on the one before it, where its filter may be."""
    whole = source("list_choice")
    if not filtered_here:
        part, asked = whole["sections"][0]["questions"]
        whole["sections"] = [
            {"id": "before", "title": "Before", "questions": [part]},
            {"id": "page", "title": "Page", "questions": [asked | {"filtered_by": "before.part"}]},
        ]
    instrument = Instrument(questionnaire_from(whole), None)
    page = instrument.pages[-1]
    texts = texts_in(language("en"), instrument.questionnaire, None)
    setting = FieldContext(
        texts,
        language("en"),
        page_key=page.key,
        known=lambda given: instrument.known_on(page, {**answers, page.key: dict(given)}, None),
    )
    markup = form_of(page, setting, answers.get("page", {})).field("asked").draw()
    return document(f'<!DOCTYPE html><html lang="en"><head><title>t</title></head><body>{markup}</body></html>')


def offered(root: Element) -> list[str]:
    return [option.get("value", "") for option in root.iter("option")]


def chosen(root: Element) -> list[str]:
    return [option.get("value", "") for option in root.iter("option") if "selected" in option.attrib]


def test_a_list_that_this_page_filters_is_there_in_a_group_for_each_answer() -> None:
    root = drawn({"page": {"part": "north", "asked": "c"}})
    groups = {group.get("label"): [option.get("value") for option in group] for group in root.iter("optgroup")}
    assert groups == {"North": ["d", "a", "b"], "South": ["c"]}
    assert offered(root) == ["", "d", "a", "b", "c", "none"]
    assert chosen(root) == ["c"]


def test_a_list_that_another_page_filters_has_only_what_belongs_to_its_answer() -> None:
    assert offered(drawn({"before": {"part": "south"}}, filtered_here=False)) == ["", "c", "none"]
    assert offered(drawn({}, filtered_here=False)) == ["", "c", "d", "a", "b", "none"]


def test_what_was_chosen_before_the_filter_changed_is_still_there() -> None:
    root = drawn({"before": {"part": "south"}, "page": {"asked": "a"}}, filtered_here=False)
    assert (offered(root), chosen(root)) == (["", "a", "c", "none"], ["a"])


def test_nothing_is_chosen_where_nothing_was_answered_though_the_list_was_drawn_before() -> None:
    assert chosen(drawn({"page": {"asked": "a"}})) == ["a"]
    assert chosen(drawn({"page": {}})) == []
