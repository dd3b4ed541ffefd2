"""The answer types of the service. What a new one needs besides a class here is in `docs/developers.md`."""

from survey.questionnaire.types.base import (
    ANSWER_TYPES,
    AnswerContext,
    AnswerLine,
    AnswerPart,
    AnswerType,
    ExportField,
    Reading,
    Value,
    answer_type,
    register,
)
from survey.questionnaire.types.choices import ListChoice, Maturity, MultipleChoice, Ranking, Scale, SingleChoice
from survey.questionnaire.types.display_only import Calculated, EarlierAnswer, Ending, Statement, WorkedOut
from survey.questionnaire.types.group import Group
from survey.questionnaire.types.inputs import Date, Decimal, Link, LongText, ShortText, WholeNumber, Year
from survey.questionnaire.types.tables import Criteria, Matrix

register(
    *(SingleChoice(), ListChoice(), MultipleChoice(), Scale(), Maturity(), Criteria(), Matrix(), Ranking()),
    *(ShortText(), LongText(), Link(), WholeNumber(), Decimal(), Year(), Date()),
    *(Statement(), Ending(), Calculated(), WorkedOut(), EarlierAnswer(), Group()),
)

__all__ = [
    "ANSWER_TYPES",
    "AnswerContext",
    "AnswerLine",
    "AnswerPart",
    "AnswerType",
    "ExportField",
    "Reading",
    "Value",
    "answer_type",
    "register",
]
