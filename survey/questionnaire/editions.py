"""The beginnings of a definition: an edition of another year, and a questionnaire that nobody has asked before."""

import re

from survey.questionnaire.builder import JsonObject
from survey.questionnaire.definition import RespondentKind

YEAR = re.compile("20[0-9]{2}")
SCHEMA_PATH = "../schema/questionnaire.schema.json"


def next_edition(source: JsonObject, edition: str) -> JsonObject:
    """The same questions as those of `source`, asked in another year. Ids stay, and so the Welsh of every text too."""
    return {**source, "edition": edition}


def first_edition(questionnaire_id: str, edition: str, respondent: RespondentKind, title: str) -> JsonObject:
    """A questionnaire with one page and one question, to be written over."""
    question = {
        "id": "first",
        "type": "single_choice",
        "label": "What do you want to know first?",
        "hint": "Replace this question with your own, and give it an id of its own.",
        "options": [{"code": "yes", "label": "Yes"}, {"code": "no", "label": "No"}],
    }
    section = {"id": "start", "title": "First page", "questions": [question]}
    return {
        "$schema": SCHEMA_PATH,
        "id": questionnaire_id,
        "edition": edition,
        "respondent": respondent,
        "title": title,
        "sections": [section],
    }
