"""Myfyrio: a bilingual survey and self-reflection tool for the primary care clusters of Wales."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask import Flask


def create_app(config: Mapping[str, Any] | None = None) -> "Flask":
    """Return the web application.

    Settings come from `SURVEY_…` in the environment (see `survey.config.SETTINGS`); `config` comes before
    them, and may also hold Flask's own settings and, for tests, `NOW` (see `survey.web.site.environment`).
    Raises SettingsError if a setting is wrong. Flask is imported here only: the inner rooms run without it.
    """
    from flask import Config, Flask

    from survey import commands, web
    from survey.config import PREFIX, SETTINGS, settings_from

    ours = {setting.name for setting in SETTINGS}
    given = dict(config or {})
    environment = Config("")
    environment.from_prefixed_env(PREFIX, loads=str)
    settings = settings_from({**environment, **{name: given[name] for name in ours & given.keys()}})

    app = Flask(__name__, static_folder=None, template_folder="web/templates")
    app.config.from_mapping(settings)
    app.config.from_mapping({name: value for name, value in given.items() if name not in ours})
    web.init_app(app)
    commands.register(app)
    return app
