"""The fixed forms of the site: what each asks, what is wrong with what was sent, and the page that says so.

Their fields, like those of questions, are drawn as components of the NHS.UK design system. A widget takes what the
field knows (label, name, value, description as hint, first error) and passes on whatever else it is given, at the call
or in the field's `render_kw`, to the component's macro: `size`, `heading`, `width`, `prefix`, `rows` … (see
`templates/components/`).
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, TypeVar

from flask import current_app, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import npgettext, pgettext
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from markupsafe import Markup
from werkzeug.datastructures import CombinedMultiDict, MultiDict
from wtforms import Field, HiddenField, StringField
from wtforms.validators import ValidationError

from survey.collection.errors import DomainError
from survey.web.site.language import current_language, switch_asked_for

Given = TypeVar("Given")

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


class FileInput:
    """A file that was chosen is gone once it has been sent: no browser puts it back."""

    def __call__(self, field: Field, **presentation: Any) -> Markup:
        return _draw("file_upload", field, **presentation)


class SiteForm(FlaskForm):
    """Base of the fixed forms. `refused` is why the domain turned down what was sent, if it did."""

    class Meta(FlaskForm.Meta):
        """How what was sent comes to the fields."""

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """A file that was sent under the name of another field is not taken: that would get it for its text."""
            wrapped = super().wrap_formdata(form, formdata)
            if not isinstance(wrapped, CombinedMultiDict):
                return wrapped
            names = {field.name for field in form if isinstance(field, FileField)}
            files = [(name, file) for name, file in request.files.items(multi=True) if name in names]
            return CombinedMultiDict((MultiDict(files), request.form))

    refused: DomainError | None = None

    def validate_on_submit(self, extra_validators: Any = None) -> bool:
        """Whether the form was sent to be taken, and can be. For the language switch it is only to be shown."""
        return not switch_asked_for() and bool(super().validate_on_submit(extra_validators))

    def attempt(self, attempt: Callable[[], Given]) -> Given:
        """Return what an attempt gives; what the domain refuses becomes the error of the field under validation."""
        try:
            return attempt()
        except DomainError as refused:
            self.refused = refused
            raise ValidationError(refused.say(current_language())) from None

    def takes(self, action: Callable[[], None], field: Field, **others: Field) -> bool:
        """Do what a valid form is for. False where the domain refuses it, as the error of a field then says: of
        `others`, by the code of the refusal, the one that it is about, else of `field`.
        """
        try:
            action()
        except DomainError as refused:
            self.refuse(refused, others.get(refused.code, field))
        return self.refused is None

    def refuse(self, refused: DomainError, field: Field) -> None:
        """Say at a field why the domain turned down what was sent."""
        self.refused = refused
        field.errors = [refused.say(current_language())]

    def in_summary(self, field: Field) -> list[str]:
        """What the summary says of a field: its first error, if it has one."""
        return [str(said) for said in field.errors[:1]]

    def page(self, template: str, status: HTTPStatus | None = None, **context: Any) -> ResponseReturnValue:
        """The page of the form, with what is wrong in its summary. That of a hidden field, which says what the page was
        made of, leads nowhere."""
        errors = [
            {"text": said, "href": "" if isinstance(field, HiddenField) else f"#{field.id}"}
            for field in self
            for said in self.in_summary(field)
        ]
        markup = render_template(template, form=self, errors=errors, **context)
        if self.refused and "seconds" in self.refused.values:
            return markup, HTTPStatus.TOO_MANY_REQUESTS, {"Retry-After": self.refused.values["seconds"]}
        return markup, status or (HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK)


class CodeField(StringField):
    """A code of letters and digits, as it was typed."""

    widget = TextInput()

    def __init__(self, *arguments: Any, **named: Any) -> None:
        look = {"width": "20", "code": True, "autocomplete": "off", "spellcheck": False}
        named["render_kw"] = {**look, "attributes": {"autocapitalize": "characters"}}
        super().__init__(*arguments, **named)


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
