"""What is worked out from other answers, whatever they are."""

from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.languages import language
from survey.questionnaire.figures import Figure, Operation, worked_out
from survey.questionnaire.texts import texts_in
from survey.questionnaire.types import ANSWER_TYPES, AnswerContext
from survey.questionnaire.walk import Instrument
from tests.questionnaire.examples import question, questionnaire

ANSWERS: dict[str, Any] = {
    "a": 3,
    "b": 1.5,
    "from": "2026-03-01",
    "to": "2026-02-27",
    "words": "x",
    "items": [{"id": "i1", "hours": 2}, {"id": "i2"}, {"id": "i3", "hours": 5, "what": "x"}],
    "ticked": ["p", "q"],
}


@pytest.mark.parametrize(
    ("operation", "names", "comes_to"),
    [
        ("sum", ("a", "b", "none"), 4.5),
        ("sum", ("none",), None),
        ("mean", ("a", "b", "none"), 2.25),
        ("mean", ("none",), None),
        ("count", ("a", "none", "ticked", "items"), 5),
        ("sum", ("items/hours", "a"), 10),
        ("mean", ("items/hours",), 3.5),
        ("count", ("items/hours", "items/what"), 3),
        ("sum", ("none/hours",), None),
        ("count", ("none",), 0),
        ("difference", ("b", "a"), -1.5),
        ("difference", ("from", "to"), 2),
        ("difference", ("a", "none"), None),
    ],
)
def test_a_figure_is_worked_out_of_what_was_answered(operation: Any, names: tuple[str, ...], comes_to: Any) -> None:
    assert worked_out(Figure(operation, names), ANSWERS.get) == comes_to


numbers = st.one_of(st.none(), st.integers(-(10**12), 10**12), st.floats(-1e12, 1e12), st.dates().map(str))


@given(operation=st.sampled_from(get_args(Operation)), first=numbers, second=numbers)
def test_a_figure_comes_to_something_or_nothing_and_never_fails(operation: Any, first: Any, second: Any) -> None:
    found = worked_out(Figure(operation, ("a", "b")), {"a": first, "b": second}.get)
    assert found is None or isinstance(found, float)


def test_rules_limits_and_reports_see_a_figure_and_nobody_stores_it() -> None:
    instrument = Instrument(questionnaire("figure"), None)
    path = instrument.walk({"page": {"nurses": 1.5, "doctors": 2, "free": 4.0, "asked": 99}})
    assert path.value("page", "asked") == 3.5
    assert path.answers["page"] == {"nurses": 1.5, "doctors": 2, "free": 4.0}
    assert [gap.problem.code for gap in path.gaps()] == ["more_than_answer"]


def test_the_unit_stands_apart_from_the_number() -> None:
    whole = questionnaire("figure")
    context = AnswerContext(texts_in(language("en"), whole, None), language("en"))
    assert [line.text for line in ANSWER_TYPES["figure"].lines(question("figure"), 1234.5, context)] == [
        "1,234.5 (posts)"
    ]
