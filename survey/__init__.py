"""Myfyrio: a bilingual survey and self-reflection tool for the primary care clusters of Wales."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask import Flask


def create_app(config: Mapping[str, Any] | None = None) -> "Flask":
    """Return the web application, with its commands.

    Settings come from `SURVEY_…` in the environment (see `survey.config.SETTINGS`); `config` comes before
    them, and may also hold Flask's own settings and, for tests, `NOW`, a clock.
    Raises SettingsError if a setting is wrong. Flask is imported in this file only: the inner rooms run without it.
    """
    from survey import web

    app = create_program(config)
    web.init_app(app)
    return app


def create_program(config: Mapping[str, Any] | None = None) -> "Flask":
    """Return the application without its pages: all that a command needs, which most need less time for than pages
    would take to load. As `create_app`."""
    from flask import Config, Flask

    from survey import commands
    from survey.config import PREFIX, SETTINGS, settings_from
    from survey.languages import log_missing, when_missing

    ours = {setting.name for setting in SETTINGS}
    given = dict(config or {})
    environment = Config("")
    environment.from_prefixed_env(PREFIX, loads=str)
    settings = settings_from({**environment, **{name: given[name] for name in ours & given.keys()}})

    app = Flask(__name__, static_folder=None, template_folder="web/templates")
    app.config.from_mapping(settings)
    app.config.from_mapping({name: value for name, value in given.items() if name not in ours})
    app.config.setdefault("NOW", lambda: datetime.now(UTC))
    if not app.testing:
        when_missing(log_missing)
    commands.register(app)
    return app
