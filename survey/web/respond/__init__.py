"""The pages on which a cluster answers."""

from flask import Flask

from survey.web.respond import auth, items, reflection, sections, sign_in
from survey.web.respond.blueprint import blueprint
from survey.web.site.language import register

VIEWS = (auth, items, reflection, sections, sign_in)
"""The modules with routes: importing one puts its routes on the blueprint."""


def init_app(app: Flask) -> None:
    """Serve these pages."""
    register(app, blueprint)
