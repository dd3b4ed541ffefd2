"""The form field of each answer type, as the rest of the site uses them."""

from survey.web.respond.fields import choices, display_only, inputs, lists  # noqa: F401 (each adds its fields)
from survey.web.respond.fields.base import FIELD_TYPES, PREFIX, AnswerField, FieldContext, Typed, field_of, verbatim

__all__ = ["FIELD_TYPES", "PREFIX", "AnswerField", "FieldContext", "Typed", "field_of", "verbatim"]
