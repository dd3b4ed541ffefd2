"""The blanks of a page: every single value that can be filled in, as answer types divide answers into columns."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from survey.questionnaire.definition import Question
from survey.questionnaire.types import ExportField, Value, answer_type
from survey.questionnaire.types.group import Group
from survey.questionnaire.walk import Instrument, Page

MORE_ITEMS = 3
"""How many new items of a group there is room for, beside those that were there."""

BlankKey = tuple[str, str, str, str, str]
"""Page, group, item, question, suffix; the second and the third are empty for a question that stands by itself."""


@dataclass(frozen=True, slots=True)
class Blank:
    """A value to fill in. `question` is the one whose answer type reads it: in an item, a question of the group."""

    page: Page
    question: Question
    field: ExportField
    group: Question | None = None
    item_id: str = ""

    @property
    def key(self) -> BlankKey:
        group = self.group.id if self.group else ""
        return (self.page.key, group, self.item_id, self.question.id, self.field.suffix)

    @property
    def owner(self) -> BlankKey:
        """The key without its suffix: the same for all blanks of one answer."""
        return (*self.key[:4], "")

    def value(self, answers: Mapping[str, Any]) -> Value | None:
        """What stands in it, by the canonical answers of its page."""
        return self.values(answers).get(self.field.suffix)

    def values(self, answers: Mapping[str, Any]) -> Mapping[str, Value]:
        """What stands in it and in the other blanks of the same answer, by suffix."""
        held: Mapping[str, Any] = item_of(answers, self.group.id, self.item_id) if self.group else answers
        answer = held.get(self.question.id)
        return {} if answer is None else answer_type(self.question).values(self.question, answer, self.page.outcome)


def blanks_of(page: Page, question: Question, group: Question | None = None, item_id: str = "") -> Iterator[Blank]:
    """The blanks of a question, or of one in an item of a group; none of one that stores no answer."""
    if answer_type(question).stores_answer and not answer_type(question).repeats:
        for field in answer_type(question).fields(question, page.outcome):
            yield Blank(page, question, field, group, item_id)


def blank_named(instrument: Instrument, key: BlankKey) -> Blank:
    """The blank with this key. Raises KeyError for one that the instrument does not have."""
    page_key, group_id, item_id, question_id, suffix = key
    page = instrument.page(page_key)
    group = page.section.question(group_id) if page and group_id else None
    questions = group.questions if group else page.section.questions if page and not group_id else ()
    for question in questions:
        if page and question.id == question_id:
            for blank in blanks_of(page, question, group, item_id):
                if blank.field.suffix == suffix:
                    return blank
    raise KeyError(key)


def item_of(answers: Mapping[str, Any], group_id: str, item_id: str) -> Mapping[str, Any]:
    """An item of a group, or an empty one."""
    items: Sequence[Mapping[str, Any]] = answers.get(group_id) or ()
    return next((item for item in items if item["id"] == item_id), {})


def items_of(page: Page, group: Question, answers: Mapping[str, Any], made_at: datetime) -> list[str]:
    """The ids of the items that a pack of this moment has blanks for: those that are there, then new ones."""
    there = [item["id"] for item in answers.get(group.id) or ()]
    places = max(len(there), min(len(there) + MORE_ITEMS, Group.most(group)))
    return there + [_new_item(page, group, made_at, place) for place in range(len(there), places)]


def _new_item(page: Page, group: Question, made_at: datetime, place: int) -> str:
    """The same for the same pack, so that taking it in twice adds nothing twice."""
    named = f"{page.key}/{group.id}/{made_at.isoformat()}/{place}"
    return hashlib.sha256(named.encode()).hexdigest()[:16]
