"""What the form fields of all answer types share: how an answer is drawn, taken from a form, and found right or wrong.

A field's `data` is the answer as `AnswerType.read` takes it: canonical when it comes from the response, as typed
when it comes from a form.

Fields are drawn once and kept, as drawing is most of what a page costs, and most of a page looks the same for everybody
who sees it. What a field looks like depends on the round and the language, on which of a few options is chosen, and on
nothing else as long as nothing is wrong with it. What people wrote is never kept: it is put into a pattern drawn around
`SLOT`.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, ClassVar, TypeVar

from flask import current_app, url_for
from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from wtforms import Field
from wtforms.utils import unset_value
from wtforms.validators import StopValidation

from survey.languages import Language
from survey.questionnaire.definition import LevelRule, Question
from survey.questionnaire.framework import Framework
from survey.questionnaire.limits import Known
from survey.questionnaire.problems import Problem, describe
from survey.questionnaire.texts import Texts
from survey.questionnaire.types import AnswerContext, AnswerType, Reading, answer_type
from survey.questionnaire.walk import Page, Walk
from survey.web.site.forms import component

Typed = MultiDict[str, str]

# A field called "action" or "name" would hide the form's own property of that name from scripts.
PREFIX = "q-"

# A character that has no meaning to anybody, in the place of a text.
SLOT = "\ue000"


@dataclass(frozen=True, slots=True)
class FieldContext(AnswerContext):
    """Where a question is asked: on which page, in which language, of which outcome; and in which languages the free
    texts of the page were written.
    """

    page_key: str = ""
    framework: Framework | None = None
    level_rule: LevelRule | None = None
    written_in: Mapping[str, str] = field(default_factory=dict)
    known: Callable[[Mapping[str, Any]], Known] = lambda answers: Known(answers.get)
    """What the answers of the page are held against, once they are these."""
    written_on: Callable[[str], Mapping[str, str]] = lambda _page_key: {}
    """In which languages the free texts of another page of the response were written."""

    def label(self, question: Question) -> str:
        """The words of a question where it is asked. Only what may be left out is marked, as the design system does."""
        words = self.texts(question.label)
        if answer_type(question).is_optional(question):
            return self.language.pgettext("question", "%(question)s (optional)", question=words)
        return words

    def item_address(self, group_id: str, item_id: str) -> str:
        """Where an item of a repeating group is answered."""
        return url_for("respond.item", key=self.page_key, group=group_id, item_id=item_id)


class AnswerError(str):
    """What is wrong with an answer, in words. `part` names the part of it that is at fault; None: the whole."""

    part: str | None

    def __new__(cls, problem: Problem, language: Language) -> "AnswerError":
        error = super().__new__(cls, describe(problem, language))
        error.part = problem.part
        return error


def read_by_its_type(_form: object, field: "AnswerField") -> None:
    """The validator of every answer: the type of the question reads it, as it reads an imported one.

    Raises StopValidation, with an error for each problem. `field.reading` is what was understood.
    """
    field.reading = answer_type(field.question).read(field.question, field.data, field.setting.outcome)
    if field.reading.problems:
        field.errors = [AnswerError(problem, field.setting.language) for problem in field.reading.problems]
        raise StopValidation


class AnswerField(Field):
    """Base of the fields. `reading` is there once the form has been validated."""

    validators: Sequence[Any] = (read_by_its_type,)
    errors: Sequence[AnswerError] = ()
    takes_answer: ClassVar[bool] = True
    first_control: ClassVar[str] = ""
    parts_apart: ClassVar[bool] = False
    """Each part stands on a row of its own, with what is `beside` it."""
    template: ClassVar[str]
    """The template with the macro of the same name that draws the field, unless it draws itself."""

    def __init__(self, question: Question, **kwargs: Any) -> None:
        self.question = question
        self.setting: FieldContext = kwargs["_form"].setting
        self.reading: Reading | None = None
        self.beside: Mapping[str, Markup] = {}
        texts = self.setting.texts
        self.level = 3 if kwargs["_form"].page.section.heading_over(question) else 2
        """Of the headings inside the field, which stand under that of its part of the page, if there is one."""
        super().__init__(
            self.setting.label(question), description=texts(question.hint) if question.hint else "", **kwargs
        )

    @property
    def is_limited(self) -> bool:
        """Whether other answers, or the day, can make the answer wrong."""
        return bool(self.question.limits or self.question.filtered_by)

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        """Take the answer from a form, or else from `data`."""
        super().process(None, data, extra_filters)
        if formdata is not None:
            self.data = self.typed(formdata)

    def typed(self, formdata: Typed) -> Any:
        """The answer as it was typed. Here and not in `process_formdata`, as an answer may have several controls."""
        return formdata.get(self.name)

    def controls(self) -> dict[str, list[str]]:
        """What a browser sends of the field once it is filled in with `data`, by the names of its controls."""
        return {} if self.data is None else {self.name: [str(self.data)]}

    def show_value(self, value: Any, page: Page, path: Walk) -> None:
        """Let the field show what follows from other answers."""
        self.data = value

    def take_over(self, answer: Any) -> None:
        """Put a canonical answer into the field: beside other parts that are answered, below a text that was typed."""
        kind = answer_type(self.question)
        if isinstance(self.data, dict) and isinstance(answer, dict):
            self.data = {**self.data, **answer}
        elif kind.free_text and self.data and self.data.strip():
            typed = "\n".join(self.data.strip().splitlines())
            self.data = typed if answer in typed else kind.joined(typed, answer)
        else:
            self.data = answer

    def __call__(self, **_presentation: object) -> Markup:
        return self.draw()

    def draw(self, revealed: Mapping[str, Markup] | None = None) -> Markup:
        """The field as markup; `revealed` holds drawn questions that stand inside options, by their ids."""
        look = None if self.errors or revealed or self.beside else self.look()
        return self._once(look, lambda: self.drawn(revealed or {}))

    def drawn(self, revealed: Mapping[str, Markup]) -> Markup:
        """The field, drawn anew."""
        return macro(self.template)(self)

    def look(self) -> tuple[Hashable, ...] | None:
        """What the look of the field depends on while nothing is wrong; None if on too much to be drawn once."""
        return () if self.data is None else None

    def _once(self, look: tuple[Hashable, ...] | None, draw: Callable[[], Markup]) -> Markup:
        """What `draw` gives: drawn the first time for a look, always without one."""
        if look is None:
            return draw()
        return drawn_once(
            self.setting.texts, self.setting.language, (self.question.label.key, self.question.id, *look), draw
        )

    @classmethod
    def anchor(cls, question_id: str, part: str | None = None) -> str:
        """The id of the control that a link to an answer, or to a part of it, leads to."""
        return PREFIX + question_id + (f"-{part.replace('.', '-')}" if part else cls.first_control)

    def error(self, part: str | None = None) -> str:
        """What is wrong with the answer, or with a part of it; empty if nothing is."""
        return next((error for error in self.errors if error.part == part), "")

    def _component(self, name: str, **presentation: Any) -> Markup:
        size = "" if self.question.revealed_by else "s"
        return component(name)(
            self.label.text, self.name, id=self.id, hint=self.description, error=self.error(), size=size, **presentation
        )


FIELD_TYPES: dict[str, type[AnswerField]] = {}
AnyField = TypeVar("AnyField", bound=AnswerField)


def field_of(*answer_types: type[AnswerType]) -> Callable[[type[AnyField]], type[AnyField]]:
    """Let a field, the decorated class, ask the questions of some answer types."""

    def registered(field_type: type[AnyField]) -> type[AnyField]:
        FIELD_TYPES.update({kind.name: field_type for kind in answer_types})
        return field_type

    return registered


def macro(name: str) -> Callable[..., Markup]:
    """The macro that draws a field, from the template of the same name."""
    template_macro: Callable[..., Markup] = getattr(
        current_app.jinja_env.get_template(f"respond/fields/{name}.html").module, name
    )
    return template_macro


def verbatim(text: str, written_in: str) -> Markup:
    """What a respondent wrote, marked with the language it was written in, with its own lines and blanks."""
    broken = Markup("<br>").join(text.split("\n"))
    said = Markup('lang="{}"').format(written_in) if written_in else Markup('translate="no"')
    return Markup('<span class="app-verbatim" {}>{}</span>').format(said, broken)


def drawn_once(texts: Texts, language: Language, look: Hashable, draw: Callable[[], Markup]) -> Markup:
    """What `draw` gives, which may depend only on `look`, the texts and the language; drawn the first time."""
    markup = _kept(texts, language)
    if look not in markup:
        markup[look] = draw()
    return markup[look]


@lru_cache(maxsize=32)
def _kept(_texts: Texts, _language: Language) -> dict[Hashable, Markup]:
    # Both are new objects when their words change, so nothing here outlives the words it was drawn with.
    return {}
