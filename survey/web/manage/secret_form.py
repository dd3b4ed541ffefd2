"""A form whose page gives a secret, shown once: the secret is made of the form, so that sent twice it gives one."""

from datetime import UTC, datetime
from http import HTTPStatus

from flask import abort
from wtforms import HiddenField

from survey.collection.people.form_secrets import new_form
from survey.web.site.environment import now
from survey.web.site.forms import SiteForm


class GivingForm(SiteForm):
    """`form` is when it was shown, and what the secret is made of."""

    form = HiddenField()

    def begin(self) -> None:
        """Let what it gives be another secret than any form gave before."""
        self.form.data = f"{now().isoformat()} {new_form()}"

    @property
    def made_of(self) -> str:
        """What the secret is made of."""
        return self.form.data or ""

    @property
    def shown_at(self) -> datetime:
        """When it was shown. Raises BadRequest for what no form of ours says."""
        try:
            return datetime.fromisoformat(self.made_of.partition(" ")[0]).astimezone(UTC)
        except (ValueError, OverflowError):
            abort(HTTPStatus.BAD_REQUEST)
