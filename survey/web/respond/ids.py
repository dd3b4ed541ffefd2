"""Random ids of responses and of items in them."""

import hashlib

from survey.web.site.clock import token

LENGTH = 16


def new_id() -> str:
    """Sixteen hexadecimal digits that nobody has used."""
    return hashlib.sha256(token().encode()).hexdigest()[:LENGTH]
