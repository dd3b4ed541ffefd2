"""Why somebody of the national team does something: asked for with a form, and kept with what is done or in the log."""

from typing import Any

from flask_babel import npgettext
from wtforms import TextAreaField
from wtforms.form import BaseForm
from wtforms.validators import StopValidation

from survey.collection.errors import DomainError
from survey.web.site.forms import TextArea
from survey.web.site.language import current_language

MOST = 1000
"""Characters; a line that a browser ends with two of them counts as one more."""


class ReasonField(TextAreaField):
    """A reason of at most `MOST` characters. `missing` is the code of what is said where there is none; "" where one
    is not always needed."""

    widget = TextArea()

    def __init__(self, *args: Any, missing: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.missing = missing

    def pre_validate(self, _form: BaseForm) -> None:
        """Raises StopValidation."""
        reason = (self.data or "").replace("\r\n", "\n")
        if self.missing and not reason.strip():
            raise StopValidation(DomainError(self.missing).say(current_language()))
        if len(reason) > MOST:
            raise StopValidation(
                npgettext(
                    "manage reopen",
                    "Shorten the reason to %(n)s character or fewer.",
                    "Shorten the reason to %(n)s characters or fewer.",
                    MOST,
                )
            )
