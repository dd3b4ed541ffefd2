"""The pages of the people who run a round: the national team, health board teams, readers."""

from flask import Flask

from survey.reporting.jobs import start
from survey.web.manage import auth, posters, reopening, rounds, sign_in, workbook
from survey.web.manage.blueprint import blueprint
from survey.web.site.language import register

VIEWS = (auth, posters, reopening, rounds, sign_in, workbook)
"""The modules with routes: importing one puts its routes on the blueprint."""


def init_app(app: Flask) -> None:
    """Serve these pages. Tests give a `MAKE_WORKBOOK` of their own, which takes an order."""
    app.config.setdefault("MAKE_WORKBOOK", lambda order: start(app.config["DATA"], order, app.config["SMALLEST_GROUP"]))
    register(app, blueprint)
