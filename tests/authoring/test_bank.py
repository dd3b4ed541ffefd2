"""Questions of earlier editions that are taken into one again."""

import json

from survey.authoring.bank import bank, with_banked
from survey.questionnaire.checks import meaning_findings
from survey.questionnaire.editions import next_edition
from survey.questionnaire.shape import shape_findings
from tests.collection.example import DEFINITION


def edition(year, change=lambda questions: None):
    """An edition of the small questionnaire, with its first section’s questions changed."""
    source = json.loads(json.dumps(next_edition(DEFINITION, year)))
    change(source["sections"][0]["questions"])
    return source


def findings(source):
    return shape_findings("questionnaire", source, "f") or meaning_findings("questionnaire", source, "f")


def test_what_was_asked_last_comes_once_as_the_newest_edition_had_it_and_without_its_rule():
    rule = {"all": [{"question": "how", "operator": "=", "answer": "meeting"}]}
    older = edition("2025", lambda questions: questions[1].update(label="Older words"))
    newer = edition("2026", lambda questions: questions[1].update(show_when=rule))
    (found,) = bank(edition("2027", lambda questions: questions.pop(1)), [older, newer])
    assert (found.key, found.edition, found.question["label"]) == ("about.people", "2026", "How many people?")
    assert "show_when" not in found.question


def test_what_is_asked_under_another_id_is_not_offered():
    renamed = edition("2027", lambda questions: questions[1].update(id="persons", was="people"))
    assert bank(renamed, [DEFINITION]) == []


def test_what_is_taken_stands_at_the_end_of_its_section_with_the_options_it_needs():
    choice = {"id": "far", "type": "single_choice", "label": "How far?", "option_set": "distance"}
    older = edition("2026", lambda questions: questions.append(choice))
    older["option_sets"]["distance"] = [{"code": "near", "label": "Near"}, {"code": "far", "label": "Far"}]
    target = edition("2027")
    made = with_banked(target, bank(target, [older]))
    assert made["sections"][0]["questions"][-1] == choice
    assert made["option_sets"]["distance"] == older["option_sets"]["distance"]
    assert findings(made) == []
    assert "distance" not in target["option_sets"]
