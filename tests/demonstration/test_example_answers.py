"""Example answers for authors: to whatever is asked, sound, the same every time, and each example another way."""

from datetime import date
from typing import Any

import pytest

from survey.demonstration.example_answers import example_answers
from survey.questionnaire.walk import Instrument
from survey.web.site.editions import Edition
from tests.questionnaire.examples import TYPES_WITH_DEFINITIONS, framework, questionnaire
from tests.shipped import LIBRARY

TODAY = date(2026, 11, 27)
SHIPPED = sorted(LIBRARY.questionnaires)


def instrument_of(name: str) -> Instrument:
    asked = questionnaire(name)
    return Instrument(asked, framework(), ("m-01",))


def given(instrument: Instrument, number: int = 1) -> dict[str, dict[str, Any]]:
    return example_answers(instrument, TODAY, "Words", number)


@pytest.mark.parametrize("name", ["whole", *(one for one in TYPES_WITH_DEFINITIONS if one != "ending")])
def test_every_question_has_an_answer_with_which_the_response_could_be_submitted(name: str) -> None:
    instrument = instrument_of(name)
    for number in range(1, 6):
        path = instrument.walk(given(instrument, number), TODAY)
        assert path.gaps() == ()
        unanswered = [(page.key, question.id) for page, question in path.called_for()]
        assert unanswered == []


def test_an_example_is_the_same_every_time_and_examples_differ() -> None:
    instrument = instrument_of("whole")
    assert given(instrument) == given(instrument)
    assert given(instrument, 2) != given(instrument)


@pytest.mark.parametrize(("name", "year"), SHIPPED)
def test_a_few_examples_go_every_way_through_what_is_shipped(name: str, year: str) -> None:
    asked = LIBRARY.questionnaires[name, year]
    whole = Edition(
        name, year, questionnaire=asked, framework=LIBRARY.frameworks.get(asked.framework_id or "")
    ).instrument
    few = Instrument(asked, whole.framework, tuple(one.id for one in whole.outcomes[:1]), whole.followed)
    reached = set()
    for number in range(1, 25):
        path = few.walk(given(few, number), TODAY)
        assert path.gaps() == ()
        reached |= {(key, one.id) for key, questions in path.asked.items() for one in questions}
    assert reached == {(page.key, one.id) for page in few.pages for one in page.section.questions}
