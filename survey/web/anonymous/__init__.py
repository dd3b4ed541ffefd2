"""The pages on which people answer an anonymous round, unnamed, by the link of their cluster."""

from flask import Flask

import survey.web.anonymous.auth
import survey.web.anonymous.check
import survey.web.anonymous.resume_code
import survey.web.anonymous.sections
import survey.web.anonymous.start  # noqa: F401 (each puts its pages on the blueprint)
from survey.web.anonymous.blueprint import blueprint
from survey.web.anonymous.rate_limit import RateLimiter
from survey.web.site import language


def init_app(app: Flask) -> None:
    """Serve the pages, with a brake of their own in each process."""
    app.extensions["brake"] = RateLimiter()
    language.register(app, blueprint)
