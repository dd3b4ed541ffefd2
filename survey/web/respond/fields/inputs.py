"""Boxes to type in: texts, numbers, dates."""

from collections.abc import Mapping
from typing import ClassVar

from markupsafe import Markup

from survey.questionnaire.definition import Question
from survey.questionnaire.types import answer_type
from survey.questionnaire.types.inputs import Date, Decimal, Link, LongText, ShortText, WholeNumber, Year
from survey.web.respond.fields.base import SLOT, AnswerField, FieldContext, Typed, field_of


class TextField(AnswerField):
    """Base of the fields with one box to type in."""

    def draw(self, revealed: Mapping[str, Markup] | None = None) -> Markup:
        text = self.text
        if self.errors:
            return self.around(text)
        pattern = self._once((bool(text), self._written_in), lambda: self.around(SLOT if text else ""))
        return pattern.replace(SLOT, text) if text else pattern

    def controls(self) -> dict[str, list[str]]:
        return {self.name: [self.text]} if self.text else {}

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


@field_of(ShortText)
class TextLineField(TextField):
    """Text on one line. `width` is in characters, "" for the whole line."""

    width: ClassVar[str] = ""
    inputmode: ClassVar[str] = ""
    INPUTMODES: ClassVar[dict[str, str]] = {"email": "email", "tel": "tel"}
    WORDS: ClassVar[frozenset[str]] = frozenset({"off", "organization", "organization-title"})
    """What is written in words of a language, so that a browser may check their spelling."""

    def around(self, text: str) -> Markup:
        filled_in, written = self.question.autocomplete or "off", self.question.format
        return self._component(
            "input",
            value=text,
            width="20" if written else self.width,
            inputmode="tel" if written == "phone" else self.INPUTMODES.get(filled_in, self.inputmode),
            autocomplete=filled_in,
            spellcheck=None if filled_in in self.WORDS and written is None else False,
            attributes=self._attributes(),
        )


@field_of(Link)
class LinkField(TextLineField):
    """The address of a page on the web, in which nothing is a word."""

    inputmode = "url"
    WORDS: ClassVar[frozenset[str]] = frozenset()


@field_of(WholeNumber)
class NumberField(TextLineField):
    """A whole number."""

    width = "10"
    inputmode = "numeric"

    def _attributes(self) -> dict[str, str]:
        return {**super()._attributes(), **_read_alike(self.question, self.setting)}


@field_of(Decimal)
class DecimalField(NumberField):
    """A number with decimals."""

    inputmode = "decimal"

    @property
    def text(self) -> str:
        """A float without an exponent or a needless ".0"."""
        return f"{self.data:.10f}".rstrip("0").rstrip(".") if isinstance(self.data, float) else super().text


@field_of(Year)
class YearField(TextLineField):
    """A year of four digits."""

    width = "4"
    inputmode = "numeric"


@field_of(LongText)
class TextBoxField(TextField):
    """Text over several lines, with a count of the characters left."""

    rows: ClassVar[int] = 5

    def around(self, text: str) -> Markup:
        most = answer_type(self.question).most_characters(self.question)
        return self._component(
            "character_count", value=text, maxlength=most, rows=self.rows, attributes=self._attributes()
        )


@field_of(Date)
class DatePartsField(AnswerField):
    """Three boxes. `data` is "YYYY-MM-DD", or what was typed as {"day": …, "month": …, "year": …}."""

    PARTS = ("day", "month", "year")
    SLOTS: ClassVar[dict[str, str]] = {part: f"{SLOT}{part}{SLOT}" for part in PARTS}
    first_control = "-day"

    def typed(self, formdata: Typed) -> dict[str, str] | None:
        typed = {part: formdata.get(f"{self.name}-{part}", "").strip() for part in self.PARTS}
        return typed if any(typed.values()) else None

    def controls(self) -> dict[str, list[str]]:
        return {f"{self.name}-{part}": [text] for part, text in self.boxes.items()}

    def draw(self, revealed: Mapping[str, Markup] | None = None) -> Markup:
        if self.errors or not isinstance(self.data, str):
            return super().draw(revealed)
        pattern = self._once(("answered",), lambda: self._drawn_with(self.SLOTS))
        for part, text in self.boxes.items():
            pattern = pattern.replace(self.SLOTS[part], text)
        return pattern

    def drawn(self, revealed: Mapping[str, Markup]) -> Markup:
        return self._drawn_with(self.boxes)

    def _drawn_with(self, parts: Mapping[str, str]) -> Markup:
        wrong = {error.part for error in self.errors}
        return self._component(
            "date_input",
            parts=parts,
            wrong=self.PARTS if None in wrong else wrong,
            attributes=_read_alike(self.question, self.setting),
        )

    def error(self, part: str | None = None) -> str:
        """What is wrong with a box; without `part`, with any of them."""
        return super().error(part) if part else Markup("<br>").join(self.errors)

    @property
    def boxes(self) -> dict[str, str]:
        """What stands in each box."""
        if isinstance(self.data, str):
            year, month, day = self.data.split("-")
            return {"day": day.lstrip("0"), "month": month.lstrip("0"), "year": year}
        return self.data or {}


def _read_alike(question: Question, setting: FieldContext) -> dict[str, str]:
    """What `scripts/understood.js` needs to read a box as the service does, and to say what it reads."""
    words = setting.language.pgettext("understood", "We read this as %(answer)s", answer="%{answer}")
    return {"data-reads": question.type, "data-understood": words}
