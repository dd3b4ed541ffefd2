"""The answer types. A new one is a class here, its place in the JSON Schema, a form field and a page of docs."""

from survey.questionnaire.definition import Question
from survey.questionnaire.types.base import AnswerLine, AnswerType, ExportField, Reading, Value
from survey.questionnaire.types.choices import Maturity, MultipleChoice, Ranking, Scale, SingleChoice
from survey.questionnaire.types.criteria import Criteria
from survey.questionnaire.types.display_only import Calculated, Statement
from survey.questionnaire.types.group import Group
from survey.questionnaire.types.matrix import Matrix
from survey.questionnaire.types.written import Date, Decimal, LongText, ShortText, WholeNumber, Year

ANSWER_TYPES: dict[str, AnswerType] = {
    answer_type.name: answer_type
    for answer_type in (
        SingleChoice(),
        MultipleChoice(),
        Scale(),
        Maturity(),
        Criteria(),
        Matrix(),
        Ranking(),
        ShortText(),
        LongText(),
        WholeNumber(),
        Decimal(),
        Year(),
        Date(),
        Statement(),
        Calculated(),
    )
}
GROUP = Group(ANSWER_TYPES)
ANSWER_TYPES[GROUP.name] = GROUP


def answer_type(question: Question) -> AnswerType:
    """The type of a question. Definitions are checked on loading, so an unknown type is a programming error."""
    return ANSWER_TYPES[question.type]


__all__ = ["ANSWER_TYPES", "GROUP", "AnswerLine", "AnswerType", "ExportField", "Reading", "Value", "answer_type"]
