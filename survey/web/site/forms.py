"""The fixed forms of the site: what each asks, what is wrong with what was sent, and the page that says so."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, TypeVar

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import Field, StringField
from wtforms.validators import ValidationError

from survey.collection.errors import DomainError
from survey.web.site.components import TextInput
from survey.web.site.language import current_language, switch_asked_for

Given = TypeVar("Given")


class SiteForm(FlaskForm):
    """Base of the fixed forms. `refused` is why the domain turned down what was sent, if it did."""

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

    def takes(self, action: Callable[[], None], field: Field) -> bool:
        """Do what a valid form is for. False where the domain refuses it, as the error of a field then says."""
        try:
            action()
        except DomainError as refused:
            self.refused = refused
            field.errors = [refused.say(current_language())]
        return self.refused is None

    def page(self, template: str, status: HTTPStatus | None = None, **context: Any) -> ResponseReturnValue:
        """The page of the form, with the first error of each field in its summary."""
        errors = [{"text": str(field.errors[0]), "href": f"#{field.id}"} for field in self if field.errors]
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
