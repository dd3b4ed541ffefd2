"""What all templates can name, kept so that a template that takes macros from another finds out quickly that both can
name the same: for each such template of a page, Jinja asks for the difference of the two."""

from collections import ChainMap
from collections.abc import KeysView, MutableMapping
from typing import Any

from flask import Flask
from flask.templating import Environment


class TemplateNames(ChainMap[str, Any]):
    """What one template can name."""

    def keys(self) -> KeysView[str]:
        """The names as they are now. A view of a dict is compared with a set at once, that of a chain name by name."""
        own, of_all = self.maps
        return dict.fromkeys([*of_all, *own]).keys()


class TemplateEnvironment(Environment):
    """Where the templates of the site are found."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> TemplateNames:
        return TemplateNames({} if d is None else d, self.globals)


def init_app(app: Flask) -> None:
    """Let the templates of the site be found there; before anything asks for one."""
    app.jinja_environment = TemplateEnvironment
