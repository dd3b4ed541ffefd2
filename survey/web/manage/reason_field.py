"""Why somebody of the national team does something: asked for with a form, and kept with what is done or in the log."""

from typing import Any

from flask_babel import npgettext
from wtforms import TextAreaField
from wtforms.form import BaseForm
from wtforms.validators import StopValidation

from survey.collection.errors import DomainError
from survey.questionnaire.types.inputs import text_of
from survey.web.site.forms import TextArea
from survey.web.site.language import current_language

MOST = 1000
"""Characters; the end of a line counts as one."""


class ReasonField(TextAreaField):
    """A reason of at most `MOST` characters. `missing` is what is said where there is none; None where one is not
    always needed."""

    def __init__(self, label: Any = None, *, missing: DomainError | None = None, **kwargs: Any) -> None:
        options: dict[str, Any] = {"widget": TextArea(), "filters": (lambda typed: text_of(typed or ""),)} | kwargs
        super().__init__(label, **options)
        self.missing = missing

    def pre_validate(self, _form: BaseForm) -> None:
        """Raises StopValidation."""
        reason = self.data or ""
        if self.missing and not any(character.isprintable() and not character.isspace() for character in reason):
            raise StopValidation(self.missing.say(current_language()))
        if len(reason) > MOST:
            raise StopValidation(
                npgettext(
                    "manage reopen",
                    "Shorten the reason to %(n)s character or fewer.",
                    "Shorten the reason to %(n)s characters or fewer.",
                    MOST,
                )
            )
