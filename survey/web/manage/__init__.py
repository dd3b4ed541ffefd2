"""The pages of the people who run a round: the national team, health board teams, readers."""

from flask import Flask

from survey.reporting.jobs import start
from survey.web.manage import auth, posters, reopening, rounds, sign_in, workbook
from survey.web.manage.blueprint import blueprint
from survey.web.site.language import register

VIEWS = (auth, posters, reopening, rounds, sign_in, workbook)
"""The modules with routes: importing one puts its routes on the blueprint."""


def init_app(app: Flask) -> None:
    """Serve these pages. Tests give a `START_JOB` of their own, which takes the job of a workbook."""
    app.config.setdefault("START_JOB", lambda job: start(app.config["DATA"], job))
    register(app, blueprint)
