"""Options to choose: one, several, or some in order."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Any, ClassVar

from markupsafe import Markup

from survey.languages import Phrase
from survey.questionnaire.definition import Option
from survey.questionnaire.texts import Texts
from survey.questionnaire.types.choices import Maturity, MultipleChoice, Ranking, Scale, SingleChoice
from survey.web.respond.fields.base import AnswerField, Typed, field_of


@field_of(SingleChoice, Maturity)
class ChoiceField(AnswerField):
    """Radios: one option. `data` is its code."""

    small: ClassVar[bool] = False

    def drawn(self, revealed: Mapping[str, Markup]) -> Markup:
        items = list(items_of(self.question.options, self.setting.texts, revealed))
        return self._component("radios", items=items, value=self.data, small=self.small)

    def look(self) -> tuple[Hashable, ...] | None:
        return (self.data,) if self.data is None or self.question.option(self.data) else None


@field_of(Scale)
class ScaleField(ChoiceField):
    """Radios close together, from one end of the scale to the other."""

    small = True


@field_of(MultipleChoice)
class SeveralField(AnswerField):
    """Checkboxes: several options. `data` is a list of their codes."""

    def typed(self, formdata: Typed) -> list[str] | None:
        return formdata.getlist(self.name) or None

    def drawn(self, revealed: Mapping[str, Markup]) -> Markup:
        items = list(items_of(self.question.options, self.setting.texts, revealed))
        return self._component("checkboxes", items=items, values=self.data or ())


@field_of(Ranking)
class RankingField(AnswerField):
    """One list to choose from for each rank. `data` is a list of codes, "" for a rank without a choice."""

    template = "ranking"
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
        return Ranking.places(self.question)

    def place_name(self, place: int) -> str:
        """What a rank is called, counted from 1."""
        if place <= len(self.CHOICES):
            return self.setting.language.say(self.CHOICES[place - 1])
        return self.setting.language.pgettext("ranking", "Choice %(number)s", number=place)

    def typed(self, formdata: Typed) -> list[str] | None:
        chosen = [formdata.get(f"{self.name}-{place}", "") for place in range(1, self.places + 1)]
        return chosen if any(chosen) else None


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
