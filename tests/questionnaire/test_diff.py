"""What changed between two states of a questionnaire, and whether an open round may take it."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from survey.languages import language
from survey.questionnaire.diff import WORDINGS, changes_meaning, describe, differences
from tests.questionnaire.examples import source
from tests.questionnaire.test_checks import add, change, question

Change = Callable[[dict[str, Any]], object]


def reorder(whole: dict[str, Any]) -> None:
    options = question(whole, 0, "one")["options"]
    options[0], options[1] = options[1], options[0]


def rename(whole: dict[str, Any]) -> None:
    question(whole, 0, "began").update(id="started", was="began", label="Started in which year?")


CHANGES: list[tuple[Change, list[tuple[str, str, str]]]] = [
    (lambda w: None, []),
    (lambda w: w.update({"$schema": "elsewhere/questionnaire.schema.json"}), []),
    (change(0, "one", label="Which?"), [("wording", "reworded", "/sections/0/questions/1/label")]),
    (
        lambda w: question(w, 0, "one")["options"][0].update(label="1st"),
        [("wording", "reworded", "/sections/0/questions/1/options/0/label")],
    ),
    (
        lambda w: question(w, 0, "one")["options"][2]["other"].update(label="What?"),
        [("wording", "reworded", "/sections/0/questions/1/options/2/other/label")],
    ),
    (
        lambda w: w["option_sets"]["how_far"][0].update(hint="Near"),
        [("wording", "reworded", "/option_sets/how_far/0/hint")],
    ),
    (lambda w: w["sections"][0].update(text="We start."), [("wording", "reworded", "/sections/0/text")]),
    (change(0, "count", hint="In all."), [("meaning", "text_added", "/sections/0/questions/3/hint")]),
    (lambda w: question(w, 0, "one").pop("hint"), [("meaning", "text_removed", "/sections/0/questions/1/hint")]),
    (change(0, "count", heading="Numbers"), [("meaning", "text_added", "/sections/0/questions/3/heading")]),
    (lambda w: w.update(prepare=["A map"]), [("meaning", "text_added", "/prepare/0")]),
    (add(0), [("meaning", "added", "/sections/0/questions/10")]),
    (lambda w: w["sections"][0]["questions"].pop(7), [("meaning", "removed", "/sections/0/questions/7")]),
    (
        rename,
        [("meaning", "renamed", "/sections/0/questions/6"), ("wording", "reworded", "/sections/0/questions/6/label")],
    ),
    (reorder, [("meaning", "reordered", "/sections/0/questions/1/options")]),
    (
        lambda w: question(w, 0, "one")["options"][0].update(code="z"),
        [
            ("meaning", "added", "/sections/0/questions/1/options/0"),
            ("meaning", "removed", "/sections/0/questions/1/options/0"),
        ],
    ),
    (
        lambda w: w["option_sets"]["how_far"][0].update(middle=True),
        [("drawing", "changed", "/option_sets/how_far/0/middle")],
    ),
    (change(0, "count", maximum=20), [("meaning", "changed", "/sections/0/questions/3/maximum")]),
    (change(0, "count", required=True), [("meaning", "changed", "/sections/0/questions/3/required")]),
    (change(0, "count", type="decimal"), [("meaning", "changed", "/sections/0/questions/3/type")]),
    (
        lambda w: question(w, 0, "many_more").pop("show_when"),
        [("meaning", "changed", "/sections/0/questions/4/show_when")],
    ),
    (lambda w: w["level_rule"].update(version="2"), [("meaning", "changed", "/level_rule")]),
    (lambda w: w["option_sets"].update(more=w["option_sets"]["how_far"]), [("meaning", "added", "/option_sets/more")]),
    (lambda w: w["option_sets"].pop("how_far"), [("meaning", "removed", "/option_sets/how_far")]),
    (lambda w: w.update(edition="2027"), [("meaning", "changed", "/edition")]),
]


@pytest.mark.parametrize(("change_it", "expected"), CHANGES)
def test_a_change_is_of_words_or_of_meaning_at_its_place(
    change_it: Change, expected: list[tuple[str, str, str]]
) -> None:
    old, new = source("whole"), source("whole")
    change_it(new)
    found = differences(old, new)
    assert [(item.kind, item.code, item.pointer) for item in found] == expected
    assert changes_meaning(found) == any(kind == "meaning" for kind, _, _ in expected)
    assert all(describe(item, language("en")) for item in found)


def test_every_kind_of_change_is_met() -> None:
    assert {code for _, expected in CHANGES for _, code, _ in expected} == set(WORDINGS)


def test_a_question_that_moved_is_the_same_question() -> None:
    old, new = source("whole"), source("whole")
    new["sections"][0]["questions"].insert(0, new["sections"][0]["questions"].pop(5))
    assert [(item.code, item.pointer) for item in differences(old, new)] == [("reordered", "/sections/0/questions")]


def test_both_wordings_are_shown() -> None:
    old, new = source("whole"), source("whole")
    new["title"] = "Another title"
    (found,) = differences(old, new)
    assert describe(found, language("en")) == "Wording: “A whole questionnaire” is now “Another title”"


def test_each_line_of_a_list_is_a_text_of_its_own() -> None:
    old, new = source("whole"), source("whole")
    old["prepare"], new["prepare"] = ["A plan", "A pen", "A map"], ["A plan", "A pencil"]
    assert [(change.kind, change.code, change.pointer) for change in differences(old, new)] == [
        ("wording", "reworded", "/prepare/1"),
        ("meaning", "text_removed", "/prepare/2"),
    ]


def test_a_changed_rule_is_said_as_spreadsheets_have_it() -> None:
    old = source("whole")
    new = deepcopy(old)
    question(new, 0, "many_more")["show_when"] = {"all": [{"question": "count", "operator": ">", "answer": 3}]}
    (found,) = differences(old, new)
    said = describe(found, language("en"))
    assert said.endswith("and is now “count > 3”")
    assert "{" not in said
