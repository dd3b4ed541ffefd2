"""The pages on which people answer an anonymous round, unnamed, by the link of their cluster."""

from flask import Flask

import survey.web.anonymous.check
import survey.web.anonymous.doors
import survey.web.anonymous.sections
import survey.web.anonymous.start
import survey.web.anonymous.stopping  # noqa: F401 (each puts its pages on the blueprint)
from survey.web import language
from survey.web.anonymous.blueprint import blueprint
from survey.web.anonymous.brake import Brake


def init_app(app: Flask) -> None:
    """Serve the pages, with a brake of their own in each process."""
    app.extensions["brake"] = Brake()
    language.register(app, blueprint)
