"""The pages on which people answer an anonymous round, unnamed, by the link of their cluster."""

from flask import Flask

from survey.web.anonymous import auth, check, resume_code, sections, start
from survey.web.anonymous.blueprint import blueprint
from survey.web.anonymous.rate_limit import RateLimiter
from survey.web.site.language import register

VIEWS = (auth, check, resume_code, sections, start)
"""The modules with routes: importing one puts its routes on the blueprint."""


def init_app(app: Flask) -> None:
    """Serve these pages, with a rate limiter of their own in each process."""
    app.extensions["rate_limiter"] = RateLimiter()
    register(app, blueprint)
