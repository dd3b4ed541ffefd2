"""Every text that a person reads is found, described and limited; its place never changes."""

import json
from dataclasses import fields
from typing import Any, get_args

import pytest

from survey.languages import Language, language
from survey.questionnaire import definition, framework
from survey.questionnaire.builder import questionnaire_from
from survey.questionnaire.checks.texts import READ_BY_PEOPLE, texts
from survey.questionnaire.definition import Text
from survey.questionnaire.shape import KINDS, schema_path
from survey.questionnaire.texts import DESCRIPTIONS, Texts, messages, texts_in
from tests.questionnaire.examples import TYPES_WITH_DEFINITIONS, questionnaire, source
from tests.questionnaire.examples import framework as tiny_framework

# What the schemas describe as text and no respondent reads.
FOR_THE_OPERATOR = {"source", "status", "note", "name_en", "name_cy", "rpb_en", "rpb_cy"}


def test_every_text_of_the_objects_has_a_description() -> None:
    for module in (definition, framework):
        for owner in vars(module).values():
            if not (
                isinstance(owner, type)
                and owner.__module__ == module.__name__
                and hasattr(owner, "__dataclass_fields__")
            ):
                continue
            for field in fields(owner):
                holds = [
                    field.type,
                    *get_args(field.type),
                    *(part for arg in get_args(field.type) for part in get_args(arg)),
                ]
                if Text in holds and owner is not Text:
                    assert (owner, field.name) in DESCRIPTIONS, f"{owner.__name__}.{field.name}"


def test_every_description_is_of_a_text_that_is_there() -> None:
    for owner, name in DESCRIPTIONS:
        assert name in {field.name for field in fields(owner)}


def test_every_readable_property_of_the_schema_becomes_a_text() -> None:
    described = {name for _, name in DESCRIPTIONS}
    for kind in KINDS:
        schema = json.loads(schema_path(kind).read_text("utf-8"))
        for name in readable_properties(schema, schema):
            assert name in described | FOR_THE_OPERATOR, f"{kind}: {name}"


def readable_properties(schema: dict[str, Any], part: Any) -> set[str]:
    """Names of properties whose value is free text: `#/$defs/text`, directly or through another definition."""
    found: set[str] = set()
    if isinstance(part, list):
        return found.union(*(readable_properties(schema, item) for item in part))
    if isinstance(part, dict):
        for name, value in part.get("properties", {}).items():
            if isinstance(value, dict) and leads_to_text(schema, value):
                found.add(name)
        for value in part.values():
            found |= readable_properties(schema, value)
    return found


def leads_to_text(schema: dict[str, Any], value: dict[str, Any]) -> bool:
    while "$ref" in value:
        name = value["$ref"].rsplit("/", 1)[-1]
        if name == "text":
            return True
        value = schema["$defs"][name]
    items = value.get("items")
    return isinstance(items, dict) and items == {"$ref": "#/$defs/text"}


def test_what_people_read_is_what_the_wording_checks_look_at() -> None:
    read: set[str] = set()
    for kind in ("questionnaire", "framework"):
        schema = json.loads(schema_path(kind).read_text("utf-8"))
        read |= readable_properties(schema, schema) - FOR_THE_OPERATOR
    assert read | {"short_name"} == set(READ_BY_PEOPLE)


@pytest.mark.parametrize("name", ["whole", *TYPES_WITH_DEFINITIONS])
def test_every_text_of_a_file_is_said_and_what_is_said_is_a_text_of_the_file(name: str) -> None:
    written = {text for _, text in texts(source(name))}
    assert set(texts_in(language("en"), questionnaire(name), None).words.values()) == written


def test_a_name_that_is_the_same_in_both_languages_is_said_without_welsh_and_is_no_message() -> None:
    asked = questionnaire("list_choice")
    sent = {message.context for message in messages(asked)}
    llan, lodge, *_ = asked.sections[0].questions[-1].options
    assert llan.label.is_name
    assert llan.label.key not in sent
    assert lodge.label.key in sent
    gathered_before = Texts("cy", {key: f"({key})" for key in sent})
    assert gathered_before(llan.label) == "Llan Surgery"
    assert gathered_before(lodge.label) == f"({lodge.label.key})"


def test_every_message_has_one_place_and_a_comment() -> None:
    found = [*messages(questionnaire("whole")), *messages(tiny_framework())]
    contexts = [message.context for message in found]
    assert len(contexts) == len(set(contexts))
    assert all(message.comment for message in found)


def test_places_of_texts() -> None:
    places = {message.context: message.text for message in messages(questionnaire("whole"))}
    assert places["whole.title"] == "A whole questionnaire"
    assert places["whole.start.title"] == "Start"
    assert places["whole.start.one.label"] == "Which one?"
    assert places["whole.start.one.options.a"] == "First"
    assert places["whole.start.one_more.label"] == "Which?"
    assert places["whole.start.table.rows.r1"] == "First line"
    assert places["whole.start.table.row_groups.g"] == "Lines"
    assert places["whole.start.table.columns.far.label"] == "How far"
    assert places["whole.option_sets.how_far.low"] == "Low"
    assert places["whole.option_sets.how_far.low.hint"] == "Not far"
    assert places["whole.end.items.item_label"] == "Example"
    assert places["whole.end.items.title.label"] == "Title"
    assert places["whole.end.items.kind.options.b"] == "Second"


def test_a_comment_says_which_question_the_text_serves() -> None:
    comments = {message.context: message.comment for message in messages(questionnaire("whole"))}
    assert comments["whole.start.one.hint"] == "Help under a question · on the page: start"
    assert comments["whole.start.one.options.a"] == "An answer to choose · of the question: one"


def test_limits_reach_the_translator() -> None:
    limits = {message.context: message.max_length for message in messages(questionnaire("whole"))}
    assert limits["whole.start.title"] == 80
    assert limits["whole.start.text"] is None


def test_the_texts_of_a_language_are_whole_or_not_there() -> None:
    whole = questionnaire("whole")
    english = texts_in(language("en"), whole, tiny_framework())
    assert english(whole.title) == "A whole questionnaire"
    assert english.code == "en"
    assert english.words["framework.m-01.d1.parts.2"] == "there"
    with pytest.raises(KeyError):
        english(Text("whole.unheard_of", "x"))


def test_a_text_without_a_translation_is_never_shown_in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, str]] = []

    def message(self: Language, domain: str, context: str, english: str) -> str:
        asked.append((domain, context))
        raise LookupError(context)

    monkeypatch.setattr(Language, "message", message)
    with pytest.raises(LookupError):
        texts_in(language("cy"), questionnaire("whole"), None)
    assert asked == [("whole", "whole.title")]


def test_a_heading_stands_over_its_question_and_those_after_it() -> None:
    whole = source("whole")
    questions = whole["sections"][0]["questions"]
    questions[2]["heading"], questions[4]["heading"] = "Some", "More"
    section = questionnaire_from(whole).sections[0]
    over = [section.heading_over(question) for question in section.questions]
    words = [heading.english if heading else "" for heading in over]
    first = section.questions.index(next(q for q in section.questions if q.id == questions[2]["id"]))
    assert words[:first] == [""] * first
    assert words[first : first + 2] == ["Some", "Some"]
    assert set(words[first + 2 :]) == {"More"}


def test_what_to_prepare_has_a_place_for_each_line() -> None:
    whole = {**source("whole"), "prepare": ["A plan", "A pen"]}
    places = {message.context: message.text for message in messages(questionnaire_from(whole))}
    assert (places["whole.prepare.1"], places["whole.prepare.2"]) == ("A plan", "A pen")


@pytest.mark.parametrize(
    ("was", "before"),
    [
        ("first", {"whole.start.first.label", "whole.start.first.options.a", "whole.start.first.hint"}),
        ("end.first", {"whole.end.first.label", "whole.end.first.options.a", "whole.end.first.hint"}),
    ],
)
def test_texts_of_a_renamed_question_say_where_they_stood_before(was: str, before: set[str]) -> None:
    renamed = source("whole")
    question = next(question for question in renamed["sections"][0]["questions"] if question["id"] == "one")
    question["was"] = was
    said = {message.formerly for message in messages(questionnaire_from(renamed))}
    assert before <= said


def test_rewording_a_question_changes_nothing_that_is_said_of_its_answers() -> None:
    reworded = source("whole")
    question = next(question for question in reworded["sections"][0]["questions"] if question["id"] == "one")
    question["label"] += " Now?"
    comments = [
        {message.context: message.comment for message in messages(questionnaire_from(one))}
        for one in (source("whole"), reworded)
    ]
    assert comments[0] == comments[1]
