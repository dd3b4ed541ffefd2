"""The pages of the people who run a round: the national team, health board teams, readers."""

from flask import Flask

import survey.web.manage.auth
import survey.web.manage.posters
import survey.web.manage.reopening
import survey.web.manage.rounds
import survey.web.manage.sign_in
import survey.web.manage.workbook  # noqa: F401 (each puts its pages on the blueprint)
from survey.reporting.jobs import start
from survey.web.manage.blueprint import blueprint
from survey.web.site.language import register


def init_app(app: Flask) -> None:
    """Serve these pages. Tests give a `START_JOB` of their own, which takes the job of a workbook."""
    app.config.setdefault("START_JOB", lambda job: start(app.config["DATA"], job))
    register(app, blueprint)
