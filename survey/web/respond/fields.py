"""The form field of each answer type: how its answer is drawn, and how what was typed is taken from a form.

A field's `data` is the answer as `AnswerType.read` takes it: canonical when it comes from the response, as typed
when it comes from a form. What is right or wrong with it is never decided here.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from flask import current_app, url_for
from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from wtforms import Field
from wtforms.utils import unset_value

from survey.languages import Language, Phrase
from survey.questionnaire.definition import Column, Option, Question, Row
from survey.questionnaire.framework import Criterion, Framework, Outcome
from survey.questionnaire.problems import Problem, describe
from survey.questionnaire.texts import Texts
from survey.questionnaire.types import GROUP, answer_type
from survey.questionnaire.types.choices import Ranking
from survey.questionnaire.types.written import LongText
from survey.web.respond.drawing import SLOT, drawn_once
from survey.web.respond.identifiers import new_id
from survey.web.widgets import component

Typed = MultiDict[str, str]

# A field called "action" or "name" would hide the form's own property of that name from scripts.
PREFIX = "q-"


@dataclass(frozen=True, slots=True)
class Setting:
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

    def __init__(self, question: Question, setting: Setting, **kwargs: Any) -> None:
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


class ChoiceField(AnswerField):
    """Radios: one option. `data` is its code."""

    small: ClassVar[bool] = False

    def drawn(self, revealed: Mapping[str, Markup]) -> Markup:
        items = list(items_of(self.question.options, self.setting.texts, revealed))
        return self._component("radios", items=items, value=self.data, small=self.small)

    def look(self) -> tuple[Hashable, ...] | None:
        return (self.data,) if self.data is None or self.question.option(self.data) else None


class ScaleField(ChoiceField):
    """Radios close together, from one end of the scale to the other."""

    small = True


class SeveralField(AnswerField):
    """Checkboxes: several options. `data` is a list of their codes."""

    def typed(self, formdata: Typed) -> list[str] | None:
        return formdata.getlist(self.name) or None

    def drawn(self, revealed: Mapping[str, Markup]) -> Markup:
        items = list(items_of(self.question.options, self.setting.texts, revealed))
        return self._component("checkboxes", items=items, values=self.data or ())


class TextField(AnswerField):
    """Base of the fields with one box to type in."""

    def draw(self, revealed: Mapping[str, Markup] | None = None) -> Markup:
        text = self.text
        if self.problems:
            return self.around(text)
        pattern = self._once((bool(text), self._written_in), lambda: self.around(SLOT if text else ""))
        return pattern.replace(SLOT, text) if text else pattern

    def around(self, text: str) -> Markup:
        """The field with a text in its box."""
        raise NotImplementedError

    @property
    def text(self) -> str:
        """What stands in the box: what was typed, or the answer as one would type it."""
        return "" if self.data is None else str(self.data)

    @property
    def _written_in(self) -> str:
        return self.setting.written_in.get(self.question.id, "") if self.data else ""

    def _attributes(self) -> dict[str, str]:
        """What a respondent wrote is not for a machine to translate; its language is said, where it is known."""
        language = {"lang": self._written_in} if self._written_in else {}
        return {"translate": "no", **language} if self.data else {}


class TextLineField(TextField):
    """Text on one line. `width` is in characters, "" for the whole line."""

    width: ClassVar[str] = ""
    inputmode: ClassVar[str] = ""

    def around(self, text: str) -> Markup:
        return self._component(
            "input",
            value=text,
            width=self.width,
            inputmode=self.inputmode,
            autocomplete="off",
            attributes=self._attributes(),
        )


class NumberField(TextLineField):
    """A whole number."""

    width = "10"
    inputmode = "numeric"


class DecimalField(TextLineField):
    """A number with decimals."""

    width = "10"
    inputmode = "decimal"

    @property
    def text(self) -> str:
        """A float without an exponent or a needless ".0"."""
        return f"{self.data:.10f}".rstrip("0").rstrip(".") if isinstance(self.data, float) else super().text


class YearField(NumberField):
    """A year of four digits."""

    width = "4"


class TextBoxField(TextField):
    """Text over several lines, with a count of the characters left."""

    rows: ClassVar[int] = 5

    def around(self, text: str) -> Markup:
        limit = _LONG_TEXT.limit(self.question)
        return self._component(
            "character_count", value=text, maxlength=limit, rows=self.rows, attributes=self._attributes()
        )


class DatePartsField(AnswerField):
    """Three boxes. `data` is "YYYY-MM-DD", or what was typed as {"day": …, "month": …, "year": …}."""

    PARTS = ("day", "month", "year")
    SLOTS: ClassVar[dict[str, str]] = {part: f"{SLOT}{part}{SLOT}" for part in PARTS}
    first_control = "-day"

    def typed(self, formdata: Typed) -> dict[str, str] | None:
        typed = {part: formdata.get(f"{self.name}-{part}", "").strip() for part in self.PARTS}
        return typed if any(typed.values()) else None

    def draw(self, revealed: Mapping[str, Markup] | None = None) -> Markup:
        if self.problems or not isinstance(self.data, str):
            return super().draw(revealed)
        pattern = self._once(("answered",), lambda: self._component("date_input", parts=self.SLOTS))
        for part, text in self.boxes.items():
            pattern = pattern.replace(self.SLOTS[part], text)
        return pattern

    def drawn(self, revealed: Mapping[str, Markup]) -> Markup:
        return self._component("date_input", parts=self.boxes)

    @property
    def boxes(self) -> dict[str, str]:
        """What stands in each box."""
        if isinstance(self.data, str):
            year, month, day = self.data.split("-")
            return {"day": day.lstrip("0"), "month": month.lstrip("0"), "year": year}
        return self.data or {}


class RankingField(AnswerField):
    """One list to choose from for each rank. `data` is a list of codes, "" for a rank without a choice."""

    first_control = "-1"

    CHOICES: ClassVar[tuple[Phrase, ...]] = (
        Phrase("ranking", "First choice"),
        Phrase("ranking", "Second choice"),
        Phrase("ranking", "Third choice"),
        Phrase("ranking", "Fourth choice"),
        Phrase("ranking", "Fifth choice"),
    )

    @property
    def places(self) -> int:
        """How many ranks there are."""
        return _RANKING.places(self.question)

    def place_name(self, place: int) -> str:
        """What a rank is called, counted from 1."""
        if place <= len(self.CHOICES):
            return self.setting.language.say(self.CHOICES[place - 1])
        return self.setting.language.pgettext("ranking", "Choice %(number)s", number=place)

    def typed(self, formdata: Typed) -> list[str] | None:
        chosen = [formdata.get(f"{self.name}-{place}", "") for place in range(1, self.places + 1)]
        return chosen if any(chosen) else None

    def drawn(self, revealed: Mapping[str, Markup]) -> Markup:
        return macro("ranking")(self, choices=self.data or [])


class CriteriaField(AnswerField):
    """Radios for each criterion, grouped by level. `data` maps criterion ids to codes."""

    def typed(self, formdata: Typed) -> dict[str, str] | None:
        return {
            id: code for id, code in ((id, formdata.get(f"{self.name}-{id}")) for id in self._ids()) if code
        } or None

    def _ids(self) -> list[str]:
        return [criterion.id for criterion in self.setting.outcome.criteria] if self.setting.outcome else []

    def drawn(self, revealed: Mapping[str, Markup]) -> Markup:
        return macro("criteria")(self)

    def look(self) -> tuple[Hashable, ...] | None:
        # It is another outcome on another page; its criteria are drawn once each.
        return None

    def radios(self, criterion: Criterion) -> Markup:
        """The radios of one criterion."""
        state, error = (self.data or {}).get(criterion.id), self.error(criterion.id)
        if error or (state and not self.question.option(state)):
            return self._radios(criterion, state, error)
        return self._once((criterion.id, state), lambda: self._radios(criterion, state, ""))

    def _radios(self, criterion: Criterion, state: str | None, error: str) -> Markup:
        texts = self.setting.texts
        return component("radios")(
            texts(criterion.text),
            f"{self.name}-{criterion.id}",
            list(items_of(self.question.options, texts, {})),
            id=self.anchor(self.question.id, criterion.id),
            value=state,
            hint=macro("parts")([texts(part) for part in criterion.parts]) if criterion.parts else "",
            error=error,
            size="s",
            inline=True,
            small=True,
        )

    def groups(self) -> list[tuple[Any, Any]]:
        """(level or None, its criteria), lowest level first, without levels that have none."""
        outcome, framework = self.setting.outcome, self.setting.framework
        if outcome is None or framework is None:
            return []
        found = [(level, outcome.at_level(level.id)) for level in framework.levels]
        return [group for group in [*found, (None, outcome.at_level(None))] if group[1]]


class MatrixField(AnswerField):
    """Radios for each row and column. `data` maps row ids to column ids to codes."""

    def typed(self, formdata: Typed) -> dict[str, dict[str, Any]] | None:
        answer: dict[str, dict[str, Any]] = {}
        for row in self.question.rows:
            for column in self.question.columns:
                codes = formdata.getlist(f"{self.name}-{row.id}.{column.id}")
                # No browser sends two for one set of radios; two together are no answer, so neither is taken.
                if any(codes):
                    answer.setdefault(row.id, {})[column.id] = codes[0] if len(codes) == 1 else codes
        return answer or None

    def drawn(self, revealed: Mapping[str, Markup]) -> Markup:
        return macro("matrix")(self)

    def cell(self, row: Row, column: Column) -> Markup:
        """The radios of one row in one column."""
        code = (self.data or {}).get(row.id, {}).get(column.id)
        error = self.error(f"{row.id}.{column.id}")
        if error or (code and all(option.code != code for option in column.options)):
            return self._cell(row, column, code, error)
        return self._once((row.id, column.id, code), lambda: self._cell(row, column, code, ""))

    def _cell(self, row: Row, column: Column, code: Any, error: str) -> Markup:
        part = f"{row.id}.{column.id}"
        return macro("cell")(
            f"{self.name}-{part}",
            self.anchor(self.question.id, part),
            self.setting.texts(row.label),
            self.setting.texts(column.label),
            [(option.code, self.setting.texts(option.label)) for option in column.options],
            code,
            error,
        )

    def groups(self) -> list[tuple[Any, Any]]:
        """(heading or None, its rows), in the order of the rows."""
        headings = {group.id: group for group in self.question.row_groups}
        found: list[tuple[Any, list[Any]]] = []
        for row in self.question.rows:
            heading = headings.get(row.group or "")
            if not found or found[-1][0] is not heading:
                found.append((heading, []))
            found[-1][1].append(row)
        return found


class SilentField(AnswerField):
    """A question that a form does not answer: `data` is for showing only."""

    takes_answer = False

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        super().process(None, data)

    def drawn(self, revealed: Mapping[str, Markup]) -> Markup:
        return macro(self.question.type)(self)


class StatementField(SilentField):
    """Text only."""


class CalculatedField(SilentField):
    """A value worked out from other answers, and a button that saves and works it out again. `data` is its code."""

    def look(self) -> tuple[Hashable, ...] | None:
        return (self.data,)

    @property
    def option(self) -> Option | None:
        """The option that the answers point to."""
        return self.question.option(self.data) if self.data else None


class GroupField(SilentField):
    """The items of a repeating group; each is changed on a page of its own. `data` is the list of items."""

    def drawn(self, revealed: Mapping[str, Markup]) -> Markup:
        return macro("group")(self)

    def look(self) -> tuple[Hashable, ...] | None:
        return None

    def listed(self) -> Iterator[dict[str, str]]:
        """What is shown of each item: its name, its first text, and where to change and remove it."""
        label = self.setting.texts(self.question.item_label or self.question.label)
        first = next((child.id for child in self.question.questions if answer_type(child).free_text), "")
        for number, item in enumerate(self.data or [], start=1):
            where = {"key": self.setting.page_key, "group": self.question.id, "item_id": item["id"]}
            written_in = self.setting.written_in.get(f"{self.question.id}/{item['id']}/{first}", "")
            yield {
                "name": f"{label} {number}",
                "summary": verbatim(item[first], written_in) if first in item else "",
                "change": url_for("respond.item", **where),
                "remove": url_for("respond.remove_item", **where),
            }

    @property
    def has_room(self) -> bool:
        """Whether another item may be added."""
        return len(self.data or ()) < GROUP.most(self.question)

    @property
    def add_address(self) -> str:
        """A page for an item that is not there yet. Its id is made here, so that sending it twice adds one."""
        return url_for("respond.item", key=self.setting.page_key, group=self.question.id, item_id=new_id())


def verbatim(text: str, written_in: str) -> Markup:
    """What a respondent wrote, marked with the language it was written in."""
    broken = Markup("<br>").join(text.split("\n"))
    said = Markup('lang="{}"').format(written_in) if written_in else Markup('translate="no"')
    return Markup("<span {}>{}</span>").format(said, broken)


def items_of(options: Sequence[Option], texts: Texts, revealed: Mapping[str, Markup]) -> Iterator[dict[str, Any]]:
    """Options as radios and checkboxes draw them; `revealed` holds drawn questions by id."""
    for option in options:
        yield {
            "value": option.code,
            "text": texts(option.label),
            "hint": texts(option.hint) if option.hint else "",
            "exclusive": option.exclusive,
            "reveals": revealed.get(option.reveals or "", ""),
        }


_LONG_TEXT = LongText()
_RANKING = Ranking()
