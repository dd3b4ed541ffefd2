"""What `figures.js` works a figure out from while answers are typed; what this page cannot change is settled."""

import json
from dataclasses import asdict
from typing import Any

from survey.questionnaire.definition import Question
from survey.questionnaire.figures import source_of
from survey.questionnaire.types import answer_type
from survey.questionnaire.walk import Page, Walk


def told_of_figure(question: Question, page: Page, path: Walk) -> str:
    """As JSON: the operation and, for each question, its name on this page, or what was answered elsewhere."""
    if question.figure is None:
        return ""
    sources = [_source(name, page, path) for name in question.figure.questions]
    return json.dumps({"operation": question.figure.operation, "sources": sources}, separators=(",", ":"))


def _source(name: str, page: Page, path: Walk) -> dict[str, Any]:
    here = page.section.question(name)
    if here is not None and not answer_type(here).repeats:
        return {"question": name}
    return asdict(source_of(name, path.known_on(page).lookup))
