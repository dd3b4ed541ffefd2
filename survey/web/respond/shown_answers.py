"""Answers of earlier pages that a question shows: set apart over it, so that no sentence has to change with them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from markupsafe import Markup

from survey.questionnaire.definition import Question
from survey.questionnaire.walk import Page, Walk
from survey.web.respond.fields import FieldContext
from survey.web.respond.fields.base import macro
from survey.web.respond.overview import AnswerGroup, answers_to

PlacedQuestion = tuple[Page, Question]


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """What was asked, in its own words, and what was answered: nothing where there is no answer yet."""

    label: str
    answers: tuple[AnswerGroup, ...]


def named_by(question: Question, path: Walk) -> Iterator[PlacedQuestion]:
    """What a question shows, whether or not it is asked."""
    for name in question.shows:
        page_key, _, question_id = name.partition(".")
        page = path.instrument.page(page_key)
        shown = page.section.question(question_id) if page else None
        if page and shown:
            yield page, shown


def asked_before(question: Question, path: Walk) -> Iterator[PlacedQuestion]:
    """What a question shows of what is asked in this response."""
    return ((page, shown) for page, shown in named_by(question, path) if shown in path.asked.get(page.key, ()))


def shown_answers(named: Iterator[PlacedQuestion], path: Walk, setting: FieldContext) -> tuple[ShownAnswer, ...]:
    """The answers of a walk to some questions. `setting` is that of the page on which they are shown."""
    return tuple(_shown(page, question, path, setting) for page, question in named)


def _shown(page: Page, question: Question, path: Walk, setting: FieldContext) -> ShownAnswer:
    answer = path.value(page.key, question.id)
    then = replace(setting, outcome=page.outcome, page_key=page.key, written_in=setting.written_on(page.key))
    answers = [] if answer is None else answers_to(question, answer, then.written_in, then)
    return ShownAnswer(setting.texts(question.label), tuple(answers))


def shown_box(shown: tuple[ShownAnswer, ...]) -> Markup:
    """The answers as they stand over a question; nothing where there are none to show."""
    return macro("shown")(shown) if shown else Markup()
