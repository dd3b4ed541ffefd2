"""The parts of the layout that look the same for everybody: each is drawn once for a language and kept."""

from functools import lru_cache

from flask import Flask, render_template, request
from markupsafe import Markup

from survey.languages import Language
from survey.web.site.language import current_language


def init_app(app: Flask) -> None:
    """Give templates `same_for_all(name)`: what the template of that name gives, which may ask for nothing but texts
    and addresses that are the same for whoever looks."""

    # A language is a new object when its words change. Addresses differ only by where the service is mounted.
    @lru_cache(maxsize=32)
    def drawn(name: str, _language: Language, _root: str) -> Markup:
        return Markup(render_template(name))  # noqa: S704 (a template escapes what it is given)

    app.add_template_global(lambda name: drawn(name, current_language(), request.root_path), "same_for_all")
