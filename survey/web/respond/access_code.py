"""The form that takes an access code, with failed tries slowed down by code and by address."""

import hmac
from typing import Any

from flask import current_app
from flask_babel import lazy_pgettext
from wtforms.validators import StopValidation

from survey.collection.errors import DomainError
from survey.collection.people.access_codes import AccessGrant, normalised, open_with
from survey.collection.people.audit_log import note
from survey.collection.people.rate_limits import PER_CODE
from survey.web.site.clock import now
from survey.web.site.forms import CodeField, SiteForm
from survey.web.site.language import current_language
from survey.web.site.rate_limits import rate_limited
from survey.web.site.storage import access_secret, current_repository

LONGEST = 100


def _needs_code(_form: SiteForm, field: CodeField) -> None:
    """To send nothing is not a failed try."""
    if not normalised(field.data or ""):
        raise StopValidation(DomainError("no_code").say(current_language()))


class AccessCodeForm(SiteForm):
    """Asks for an access code. Once it is valid, `grant` is what the code opens."""

    access_code = CodeField(
        lazy_pgettext("sign in", "Access code"),
        description=lazy_pgettext(
            "sign in", "It is in your invitation: 12 letters and digits, with or without the hyphens."
        ),
        validators=[_needs_code],
    )
    grant: AccessGrant

    def validate_access_code(self, field: Any) -> None:
        self.grant = self.attempt(lambda: _grant(field.data[:LONGEST]))


def _grant(typed: str) -> AccessGrant:
    repository, secret = current_repository(), access_secret()
    # A typing slip is close to a code, so what failed is counted under a keyed hash.
    subject = hmac.new(secret, b"tried code\n" + normalised(typed).encode(), "sha256").hexdigest()
    grant = rate_limited(
        PER_CODE, subject, lambda: open_with(repository, secret, typed, demonstration=current_app.config["DEMO"])
    )
    note(repository, now(), f"cluster {grant.cluster}", "signed_in", round=grant.round)
    return grant
