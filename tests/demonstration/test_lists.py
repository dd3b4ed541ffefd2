"""What the demonstration answers to a list that an earlier answer filters."""

from datetime import UTC, datetime

from survey.demonstration.answers import Character
from survey.demonstration.story import YEARS
from survey.questionnaire.walk import Instrument
from tests.questionnaire.examples import questionnaire


def test_a_made_up_answer_belongs_to_the_answer_that_filters_its_list() -> None:
    instrument = Instrument(questionnaire("list_choice"), None)
    page = instrument.pages[0]
    for number in range(30):
        answers = Character(YEARS[0], "BCU", f"cluster-{number}", instrument).page(page, {}, datetime.now(UTC))
        problems = [gap.problem.code for gap in instrument.walk({page.key: answers}).gaps()]
        assert "asked" in answers
        assert problems == []
