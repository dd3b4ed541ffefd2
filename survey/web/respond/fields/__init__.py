"""The form field of each answer type, as the rest of the site uses them."""

from survey.web.respond.fields.base import PREFIX, AnswerField, Setting, Typed, verbatim
from survey.web.respond.fields.chosen import ChoiceField, RankingField, ScaleField, SeveralField
from survey.web.respond.fields.composite import CriteriaField, MatrixField
from survey.web.respond.fields.silent import CalculatedField, GroupField, StatementField
from survey.web.respond.fields.written import (
    DatePartsField,
    DecimalField,
    NumberField,
    TextBoxField,
    TextLineField,
    YearField,
)

__all__ = [
    "PREFIX",
    "AnswerField",
    "CalculatedField",
    "ChoiceField",
    "CriteriaField",
    "DatePartsField",
    "DecimalField",
    "GroupField",
    "MatrixField",
    "NumberField",
    "RankingField",
    "ScaleField",
    "Setting",
    "SeveralField",
    "StatementField",
    "TextBoxField",
    "TextLineField",
    "Typed",
    "YearField",
    "verbatim",
]
