"""The form field of each answer type: how its answer is drawn, and how what was typed is taken from a form.

A field's `data` is the answer as `AnswerType.read` takes it: canonical when it comes from the response, as typed
when it comes from a form. What is right or wrong with it is never decided here.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from flask import current_app
from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from wtforms import Field
from wtforms.utils import unset_value

from survey.languages import Language
from survey.questionnaire.definition import Question
from survey.questionnaire.framework import Framework, Outcome
from survey.questionnaire.problems import Problem, describe
from survey.questionnaire.texts import Texts
from survey.web.respond.markup_cache import drawn_once
from survey.web.site.components import component

Typed = MultiDict[str, str]

# A field called "action" or "name" would hide the form's own property of that name from scripts.
PREFIX = "q-"


@dataclass(frozen=True, slots=True)
class FieldContext:
    """Where a question is asked: on which page, in which language, of which outcome; and in which languages the free
    texts of the page were written.
    """

    page_key: str
    texts: Texts
    language: Language
    outcome: Outcome | None = None
    framework: Framework | None = None
    written_in: Mapping[str, str] = field(default_factory=dict)


def macro(name: str) -> Callable[..., Markup]:
    """The macro that draws a field, from the template of the same name."""
    module = current_app.jinja_env.get_template(f"respond/fields/{name}.html").module
    found: Callable[..., Markup] = getattr(module, name)
    return found


class AnswerField(Field):
    """Base of the fields. `problems` are what is wrong with the answer, set by the form that holds the field."""

    takes_answer: ClassVar[bool] = True
    first_control: ClassVar[str] = ""

    def __init__(self, question: Question, setting: FieldContext, **kwargs: Any) -> None:
        texts = setting.texts
        super().__init__(texts(question.label), description=texts(question.hint) if question.hint else "", **kwargs)
        self.question = question
        self.setting = setting
        self.problems: tuple[Problem, ...] = ()

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        """Take the answer from a form, or else from `data`."""
        if formdata is not None:
            self.data = self.typed(formdata)
        else:
            self.data = None if data is unset_value else data

    def typed(self, formdata: Typed) -> Any:
        """The answer as it was typed."""
        return formdata.get(self.name)

    def __call__(self, **_presentation: object) -> Markup:
        return self.draw()

    def draw(self, revealed: Mapping[str, Markup] | None = None) -> Markup:
        """The field as markup; `revealed` holds drawn questions that stand inside options, by their ids."""
        look = self.look()
        if self.problems or revealed or look is None:
            return self.drawn(revealed or {})
        return self._once(look, lambda: self.drawn({}))

    def drawn(self, revealed: Mapping[str, Markup]) -> Markup:
        """The field, drawn anew."""
        raise NotImplementedError

    def look(self) -> tuple[Hashable, ...] | None:
        """What the look of the field depends on while nothing is wrong; None if on too much to be drawn once."""
        return () if self.data is None else None

    def _once(self, look: tuple[Hashable, ...], draw: Callable[[], Markup]) -> Markup:
        return drawn_once(self.setting.texts, self.setting.language, (self.question.label.key, *look), draw)

    @classmethod
    def anchor(cls, question_id: str, part: str | None = None) -> str:
        """The id of the control that a link to an answer, or to a part of it, leads to."""
        return PREFIX + question_id + (f"-{part.replace('.', '-')}" if part else cls.first_control)

    def error(self, part: str | None = None) -> str:
        """What is wrong with the answer, or with a part of it; empty if nothing is."""
        found = next((problem for problem in self.problems if problem.part == part), None)
        return describe(found, self.setting.language) if found else ""

    def _component(self, name: str, **presentation: Any) -> Markup:
        size = "" if self.question.revealed_by else "s"
        return component(name)(
            self.label.text, self.name, id=self.id, hint=self.description, error=self.error(), size=size, **presentation
        )


def verbatim(text: str, written_in: str) -> Markup:
    """What a respondent wrote, marked with the language it was written in."""
    broken = Markup("<br>").join(text.split("\n"))
    said = Markup('lang="{}"').format(written_in) if written_in else Markup('translate="no"')
    return Markup("<span {}>{}</span>").format(said, broken)
