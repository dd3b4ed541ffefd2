"""How long answering may take: counted by type, said no more closely than it is known."""

from typing import Any

import pytest

from survey.questionnaire.builder import questionnaire_from
from survey.questionnaire.effort import minutes_for, rounded
from survey.questionnaire.types import ANSWER_TYPES
from survey.questionnaire.walk import Instrument
from tests.questionnaire.examples import framework, outcome, question, source


def minutes(*questions: dict[str, Any], answers: dict[str, Any] | None = None) -> int:
    whole = source("whole")
    whole["sections"] = [{"id": "only", "title": "Only", "questions": list(questions)}]
    return minutes_for(Instrument(questionnaire_from(whole), framework()).walk({"only": answers or {}}))


def text(name: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "type": "long_text", "label": name, **more}


def test_what_may_be_left_out_counts_half() -> None:
    assert minutes(*(text(f"t{n}", required=True) for n in range(4))) == 12
    assert minutes(*(text(f"t{n}") for n in range(4))) == 6


def test_only_what_is_asked_counts() -> None:
    rule = {"all": [{"question": "first", "operator": "exists", "answer": True}]}
    questions = (text("first", required=True), text("then", required=True, show_when=rule))
    assert minutes(*questions) == 3
    assert minutes(*questions, answers={"first": "So"}) == 6


def test_a_table_counts_each_of_its_parts_and_a_group_one_item() -> None:
    criteria, matrix, group = question("criteria"), question("matrix"), question("group")
    kind = ANSWER_TYPES["criteria"]
    assert kind.effort(criteria, outcome()) == kind.seconds * len(outcome().criteria)
    kind = ANSWER_TYPES["matrix"]
    assert kind.effort(matrix, None) == kind.seconds * len(matrix.rows) * len(matrix.columns)
    children = [ANSWER_TYPES[child.type].effort(child, None) for child in group.questions]
    assert ANSWER_TYPES["group"].effort(group, None) == sum(children) > 0


@pytest.mark.parametrize("name", ["statement", "calculated", "earlier_answer"])
def test_what_nobody_answers_takes_no_time(name: str) -> None:
    assert ANSWER_TYPES[name].effort(question(name), outcome()) == 0


@pytest.mark.parametrize(
    ("known", "said"),
    [
        (0, (10, 10)),
        (10, (10, 10)),
        (11, (20, 20)),
        (50, (50, 50)),
        (51, (60, 120)),
        (60, (60, 120)),
        (119, (60, 120)),
        (120, (120, 180)),
    ],
)
def test_no_more_is_promised_than_is_known(known: int, said: tuple[int, int]) -> None:
    assert rounded(known) == said
