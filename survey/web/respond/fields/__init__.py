"""The form field of each answer type, as the rest of the site uses them."""

from survey.web.respond.fields.base import PREFIX, AnswerField, FieldContext, Typed, verbatim
from survey.web.respond.fields.choices import ChoiceField, RankingField, ScaleField, SeveralField
from survey.web.respond.fields.display_only import CalculatedField, GroupField, StatementField
from survey.web.respond.fields.inputs import (
    DatePartsField,
    DecimalField,
    NumberField,
    TextBoxField,
    TextLineField,
    YearField,
)
from survey.web.respond.fields.tables import CriteriaField, MatrixField

__all__ = [
    "PREFIX",
    "AnswerField",
    "CalculatedField",
    "ChoiceField",
    "CriteriaField",
    "DatePartsField",
    "DecimalField",
    "FieldContext",
    "GroupField",
    "MatrixField",
    "NumberField",
    "RankingField",
    "ScaleField",
    "SeveralField",
    "StatementField",
    "TextBoxField",
    "TextLineField",
    "Typed",
    "YearField",
    "verbatim",
]
