"""What a page gives its script to work figures out with: questions of the page by name, all else as it is answered."""

import json
from typing import Any

from survey.questionnaire.builder import questionnaire_from
from survey.questionnaire.walk import Instrument
from survey.web.respond.live_figures import told_of_figure
from tests.questionnaire.examples import source

ANSWERS: dict[str, Any] = {"page": {"nurses": 2, "posts": [{"id": "a", "hours": 5}, {"id": "b"}]}}


def test_what_this_page_cannot_change_is_told_as_it_is_answered() -> None:
    instrument = Instrument(questionnaire_from(source("figure")), None)
    page, path = instrument.pages[0], instrument.walk(ANSWERS)
    told = {
        question.id: json.loads(told_of_figure(question, page, path))
        for question in page.section.questions
        if question.figure
    }
    assert told == {
        "asked": {"operation": "sum", "sources": [{"question": "nurses"}, {"question": "doctors"}]},
        "all_hours": {"operation": "sum", "sources": [{"count": 1, "numbers": [5.0]}]},
    }
