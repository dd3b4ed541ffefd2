"""What the forms that change a round share: its version as it was on the page, and how a time is asked for and read."""

from flask_babel import lazy_pgettext
from wtforms import HiddenField, StringField

from survey.web.site.forms import SiteForm

TIME = lazy_pgettext("manage times", "Date and time by the clocks of the United Kingdom, like 2026-12-11 17:00")


class SureForm(SiteForm):
    """Asks whether it is to be done. `shown` is the version of the round that was on the page."""

    shown = HiddenField()


def written_time(field: StringField) -> str:
    """What was written, with a space between day and time, as `local_moment` reads it."""
    return (field.data or "").strip().replace("T", " ")
