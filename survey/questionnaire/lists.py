"""The lists that a question offers one option of: filtered by an earlier answer, in the order of a language."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from survey.languages import Language
from survey.questionnaire.definition import Option, Question
from survey.questionnaire.texts import Texts

LONGEST_TO_SHOW = 100
"""How many options a question may have that shows them all."""


def belongs(option: Option, answer: Any) -> bool:
    """Whether an option is offered after an answer to the question that filters its list; after none, all are."""
    return answer is None or option.belongs_to is None or option.belongs_to == answer


def narrowed(question: Question, lookup: Callable[[str], Any]) -> Question:
    """The question with those options alone that other answers leave. `lookup` gives the answer to a question."""
    answer = lookup(question.filtered_by) if question.filtered_by else None
    if answer is None:
        return question
    return replace(question, options=tuple(option for option in question.options if belongs(option, answer)))


def in_order(options: Iterable[Option], texts: Texts, language: Language) -> list[Option]:
    """Options by the alphabet of the language; after those, in their own order, the ones that stand last."""
    return sorted(
        options, key=lambda option: (option.last, () if option.last else language.sort_key(texts(option.label)))
    )
