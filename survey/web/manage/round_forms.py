"""What the forms that change a round share: its version as it was on the page, and how a time is asked for and read."""

from datetime import datetime
from typing import Any

from flask_babel import lazy_pgettext
from wtforms import HiddenField, StringField

from survey.collection.errors import DomainError
from survey.collection.local_time import local_moment
from survey.web.site.forms import SiteForm, TextInput
from survey.web.site.language import current_language

TIME = lazy_pgettext(
    "manage times",
    "Date and time by the clocks of the United Kingdom, like 11 December 2026 at 17:00 or 11/12/2026 17:00",
)


class SureForm(SiteForm):
    """Asks whether it is to be done. `shown` is the version of the round that was on the page."""

    shown = HiddenField()


class MomentField(StringField):
    """Asks for a date and a time of day. What is shown is written as pages write it."""

    widget = TextInput()

    def __init__(self, *arguments: Any, **named: Any) -> None:
        named |= {"description": TIME, "render_kw": {"width": "30"}}
        super().__init__(*arguments, **named)

    def show(self, moment: datetime | None) -> None:
        """Write a moment into the field, or nothing."""
        self.data = current_language().datetime(moment) if moment else ""

    def moment(self) -> datetime | None:
        """The time that was written, if any. Raises DomainError."""
        written = (self.data or "").strip()
        return local_moment(written) if written else None

    def readable_moment(self) -> datetime | None:
        """The same; none also where what was written is no time."""
        try:
            return self.moment()
        except DomainError:
            return None


def opening_field() -> MomentField:
    """Asks from when answers are taken."""
    return MomentField(lazy_pgettext("manage draft", "From when are answers taken?"))


def closing_field() -> MomentField:
    """Asks until when answers are taken."""
    return MomentField(lazy_pgettext("manage draft", "Until when are answers taken?"))


class TimesForm(SureForm):
    """Asks from when and until when."""

    opens = opening_field()
    closes = closing_field()

    def validate_opens(self, field: MomentField) -> None:
        self.attempt(field.moment)

    def validate_closes(self, field: MomentField) -> None:
        self.attempt(field.moment)
