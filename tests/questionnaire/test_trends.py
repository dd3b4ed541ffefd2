"""What becomes of last year’s questions: which answers can stand in one row with those of this year."""

import json

import pytest

from survey.questionnaire.builder import questionnaire_from
from survey.questionnaire.editions import next_edition
from survey.questionnaire.trends import trends
from tests.collection.example import DEFINITION

BEFORE = questionnaire_from(DEFINITION)


def fates(change):
    """The fate of each question that does not go on, after a change of the first section’s questions."""
    source = json.loads(json.dumps(next_edition(DEFINITION, "2027")))
    change(source["sections"][0]["questions"], source)
    return {
        one.question.id: (one.fate, one.why)
        for one in trends(questionnaire_from(source), BEFORE)
        if one.fate != "goes_on"
    }


def test_the_same_questions_all_go_on_whatever_their_words():
    assert fates(lambda _, __: None) == {}
    assert fates(lambda questions, _: questions[1].update(label="Other words", maximum=5)) == {}


def test_a_question_that_is_worded_in_another_way_goes_on_and_is_told():
    source = json.loads(json.dumps(next_edition(DEFINITION, "2027")))
    source["sections"][0]["questions"][1]["label"] = "Other words"
    reworded = [one.question.id for one in trends(questionnaire_from(source), BEFORE) if one.why == "words"]
    assert reworded == ["people"]


def test_a_question_under_another_id_goes_on_where_the_edition_says_what_it_was():
    assert fates(lambda questions, _: questions[1].update(id="persons", was="people")) == {}
    renamed = fates(lambda questions, _: questions[1].update(id="persons"))
    assert renamed == {"persons": ("new", ""), "people": ("gone", "")}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda questions, _: questions.pop(1), {"people": ("gone", "")}),
        (lambda questions, _: questions[1].update(type="decimal"), {"people": ("breaks", "type")}),
        (lambda questions, _: questions[0]["options"][0].update(code="online"), {"how": ("breaks", "options")}),
        (lambda questions, _: questions[1].update(since="2027"), {"people": ("gone", "")}),
        (lambda _, source: source["level_rule"].update(version="2"), {"indicated": ("breaks", "level_rule")}),
    ],
)
def test_what_cannot_be_compared_is_told_with_its_reason(change, expected):
    found = fates(change)
    assert {name: fate for name, fate in found.items() if fate[0] != "new"} == expected
