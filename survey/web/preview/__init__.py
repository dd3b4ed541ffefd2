"""The preview: questionnaires as the files of today have them, drawn as respondents will see them. Nothing is saved.

It is served in a demonstration and where `SURVEY_PREVIEW` is on; elsewhere its addresses lead nowhere.
"""

from flask import Flask

from survey.questionnaire.library import QUESTIONNAIRES
from survey.web.preview.pages import blueprint
from survey.web.site import language


def init_app(app: Flask) -> None:
    """Serve these pages where they are wanted. Tests give a folder of `QUESTIONNAIRES` of their own."""
    app.config.setdefault("QUESTIONNAIRES", QUESTIONNAIRES)
    if app.config["DEMO"] or app.config["PREVIEW"]:
        language.register(app, blueprint)
