"""What is shown at once of an instrument: a page, or, of a survey that people answer on a phone, a part of one.

There a matrix whose rows stand in groups takes a screen for each group. What stands before it comes on the first of
them, what follows on one of its own. Answers are kept by page all the same, so a definition and what reads its answers
know nothing of screens.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from survey.questionnaire.definition import MatrixRowGroup, Question
from survey.questionnaire.types import answer_type
from survey.questionnaire.walk import Instrument, Page, Walk


@dataclass(frozen=True, slots=True)
class Screen:
    """`shown` is the `page` with only what is on this screen; `group` is the group of rows that the screen is for.

    `number` counts the screens of a page that takes several, from 1; it is 0 where there is one.
    """

    page: Page
    shown: Page
    number: int = 0
    group: MatrixRowGroup | None = None

    @property
    def key(self) -> str:
        """`role`, or `skills/2`."""
        return f"{self.page.key}/{self.number}" if self.number else self.page.key

    def answers_in(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        """Of the answers of the page, those to what is on this screen."""
        questions = self.shown.section.questions
        here = {question.id: _in_rows(question, answers.get(question.id)) for question in questions}
        return {name: answer for name, answer in here.items() if answer is not None}


def whole(page: Page) -> Screen:
    """All of a page on one screen."""
    return Screen(page, page)


def screens_of(instrument: Instrument) -> tuple[Screen, ...]:
    """Every screen, in order, whether or not a rule leaves it out."""
    if instrument.questionnaire.respondent != "anonymous":
        return tuple(whole(page) for page in instrument.pages)
    return tuple(screen for page in instrument.pages for screen in _screens(page))


def screen_named(instrument: Instrument, key: str) -> Screen | None:
    """The screen with this key. A page of several is one by its own, which a form has that is older than they are."""
    page = instrument.page(key)
    named = (screen for screen in screens_of(instrument) if screen.key == key)
    return next(named, whole(page) if page else None)


def screens_on(path: Walk) -> tuple[Screen, ...]:
    """The screens that are asked, in order."""
    asked = {key: {question.id for question in questions} for key, questions in path.asked.items()}
    return tuple(
        screen
        for screen in screens_of(path.instrument)
        if screen.page.key in asked and (screen.shown is screen.page or _is_asked(screen, asked[screen.page.key]))
    )


def _in_rows(question: Question, answer: Any) -> Any:
    if answer is None or not question.rows:
        return answer
    return {row.id: answer[row.id] for row in question.rows if row.id in answer} or None


def _is_asked(screen: Screen, asked: set[str]) -> bool:
    return any(question.id in asked for question in screen.shown.section.questions)


@lru_cache(maxsize=64)
def _screens(page: Page) -> tuple[Screen, ...]:
    parts = list(_parts(page))
    if len(parts) == 1:
        return (whole(page),)
    return tuple(
        Screen(page, replace(page, section=replace(page.section, questions=questions)), number, group)
        for number, (group, questions) in enumerate(parts, start=1)
    )


def _parts(page: Page) -> Iterator[tuple[MatrixRowGroup | None, tuple[Question, ...]]]:
    gathered: list[Question] = []
    for question in page.section.questions:
        if answer_type(question).ends:
            continue
        if not _comes_in_groups(question):
            gathered.append(question)
            continue
        for group in question.row_groups:
            rows = tuple(row for row in question.rows if row.group == group.id)
            yield group, (*gathered, replace(question, rows=rows, row_groups=()))
            gathered = []
    if gathered:
        yield None, tuple(gathered)


def _comes_in_groups(question: Question) -> bool:
    return len(question.row_groups) > 1 and all(row.group is not None for row in question.rows)
