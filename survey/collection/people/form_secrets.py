"""Secrets that are shown once, on the page that answers a form: made of the form, so that one that is sent twice, by a
double tap, shows the same secret twice and none is lost.
"""

import hmac
import secrets
from base64 import urlsafe_b64encode
from datetime import datetime, timedelta

GIVEN_AGAIN = timedelta(minutes=15)
"""For how long a form that is sent again gives the secret that it gave before."""


def new_form() -> str:
    """What secrets are made of that a form gives: 128 random bits, which tell nobody a secret without the service’s."""
    return secrets.token_hex(16)


def bytes_of_form(secret: bytes, what: str, whose: str, form: str) -> bytes:
    """256 bits that a form gives somebody: as good as random ones, the same however often it is sent."""
    return hmac.digest(secret, f"{what} of a form\n{whose}\n{form}".encode(), "sha256")


def token_of_form(secret: bytes, what: str, whose: str, form: str) -> str:
    """The same as text."""
    return urlsafe_b64encode(bytes_of_form(secret, what, whose, form)).rstrip(b"=").decode()


def is_just_given(given_at: datetime, now: datetime) -> bool:
    """Whether a secret was given so lately that its form may show it again."""
    return abs(now - given_at) < GIVEN_AGAIN
