"""The answer types there are, by the name that definitions give them."""

from survey.questionnaire.definition import Question
from survey.questionnaire.types.base import AnswerType

ANSWER_TYPES: dict[str, AnswerType] = {}


def register(*answer_types: AnswerType) -> None:
    """Add answer types. Raises ValueError for a name that is taken."""
    for kind in answer_types:
        if kind.name in ANSWER_TYPES:
            raise ValueError(f"there is an answer type {kind.name} already")
        ANSWER_TYPES[kind.name] = kind


def answer_type(question: Question) -> AnswerType:
    """The type of a question. Definitions are checked on loading, so an unknown type is a programming error."""
    return ANSWER_TYPES[question.type]
