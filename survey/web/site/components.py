"""WTForms widgets that draw a field as a component of the NHS.UK design system.

A widget takes what the field knows (label, name, value, description as hint, first error) and passes on
whatever else it is given, at the call or in the field's `render_kw`, to the component's macro: `size`,
`heading`, `width`, `prefix`, `rows` … (see `templates/components/`).
"""

from collections.abc import Callable
from typing import Any

from flask import current_app, g
from flask_babel import npgettext, pgettext
from markupsafe import Markup
from wtforms import Field

from survey.web.site.language import current_language

# A number for each plural category that scripts ask for (CLDR), and in which the catalogue shows its form.
_EXAMPLES = {
    "cy": {"zero": 0, "one": 1, "two": 2, "few": 3, "many": 6, "other": 10},
    "en": {"one": 1, "other": 10},
}


class TextInput:
    def __call__(self, field: Field, **presentation: Any) -> Markup:
        return _draw("input", field, value=_value(field), **presentation)


class PasswordInput:
    """A password is never written back into a page."""

    def __call__(self, field: Field, **presentation: Any) -> Markup:
        return _draw("input", field, type="password", spellcheck=False, **presentation)


class TextArea:
    def __call__(self, field: Field, **presentation: Any) -> Markup:
        return _draw("textarea", field, value=_value(field), **presentation)


def component(name: str) -> Callable[..., Markup]:
    """Return the macro that draws a component, for code that has no template of its own."""
    macro: Callable[..., Markup] = getattr(current_app.jinja_env.get_template(f"components/{name}.html").module, name)
    return macro


def character_count_texts() -> dict[str, str]:
    """Return the attributes from which the character count takes its words, in every plural form."""
    if "character_count_texts" not in g:
        g.character_count_texts = _character_count_texts()
    texts: dict[str, str] = g.character_count_texts
    return texts


def _character_count_texts() -> dict[str, str]:
    texts = {"data-i18n.characters-at-limit": pgettext("character count", "You have 0 characters left")}
    for category, n in _EXAMPLES[current_language().locale.language].items():
        texts[f"data-i18n.characters-under-limit.{category}"] = npgettext(
            "character count",
            "You have %(count)s character left",
            "You have %(count)s characters left",
            n,
            count="%{count}",
        )
        texts[f"data-i18n.characters-over-limit.{category}"] = npgettext(
            "character count",
            "You have %(count)s character too many",
            "You have %(count)s characters too many",
            n,
            count="%{count}",
        )
    return texts


def _draw(name: str, field: Field, **presentation: Any) -> Markup:
    # Flask-Babel's lazy texts say that they are markup, and they are not.
    label, hint, error = (str(text) for text in (field.label.text, field.description, next(iter(field.errors), "")))
    return component(name)(label, field.name, id=field.id, hint=hint, error=error, **presentation)


def _value(field: Field) -> str:
    value: str = field._value()  # type: ignore[attr-defined]
    return value
