"""Options to choose: one, several, some in order; or one for each criterion, or for each cell of a matrix."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, ClassVar

from markupsafe import Markup

from survey.languages import Phrase
from survey.questionnaire.definition import MatrixColumn, MatrixRow, Option
from survey.questionnaire.framework import Criterion
from survey.questionnaire.texts import Texts
from survey.questionnaire.types.choices import Maturity, MultipleChoice, Ranking, Scale, SingleChoice
from survey.questionnaire.types.tables import Criteria, Matrix
from survey.web.respond.fields.base import AnswerField, Typed, field_of, macro
from survey.web.site.forms import component


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

    def controls(self) -> dict[str, list[str]]:
        return {self.name: list(self.data)} if self.data else {}

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

    def controls(self) -> dict[str, list[str]]:
        places = range(1, self.places + 1)
        return {f"{self.name}-{place}": list(self.data[place - 1 : place]) or [""] for place in places if self.data}


@field_of(Criteria)
class CriteriaField(AnswerField):
    """Radios for each criterion, grouped by level. `data` maps criterion ids to codes."""

    template = "criteria"
    parts_apart = True

    def typed(self, formdata: Typed) -> dict[str, str] | None:
        criteria = self.setting.outcome.criteria if self.setting.outcome else ()
        states = {criterion.id: formdata.get(f"{self.name}-{criterion.id}") for criterion in criteria}
        return {criterion: state for criterion, state in states.items() if state} or None

    def controls(self) -> dict[str, list[str]]:
        return {f"{self.name}-{criterion}": [state] for criterion, state in (self.data or {}).items()}

    def look(self) -> tuple[Hashable, ...] | None:
        # It is another outcome on another page; its criteria are drawn once each.
        return None

    def radios(self, criterion: Criterion) -> Markup:
        """The radios of one criterion."""
        state, error = (self.data or {}).get(criterion.id), self.error(criterion.id)
        is_usual = not error and (not state or self.question.option(state))
        texts = self.setting.texts
        return self._once(
            (criterion.id, state) if is_usual else None,
            lambda: component("radios")(
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
            ),
        )

    def groups(self) -> list[tuple[Any, Any]]:
        """(level or None, its criteria), lowest level first, without levels that have none."""
        outcome, framework = self.setting.outcome, self.setting.framework
        if outcome is None or framework is None:
            return []
        levels = [(level, outcome.at_level(level.id)) for level in framework.levels]
        return [group for group in [*levels, (None, outcome.at_level(None))] if group[1]]


@field_of(Matrix)
class MatrixField(AnswerField):
    """Radios for each row and column. `data` maps row ids to column ids to codes."""

    template = "matrix"
    parts_apart = True

    def typed(self, formdata: Typed) -> dict[str, dict[str, Any]] | None:
        answer: dict[str, dict[str, Any]] = {}
        for row in self.question.rows:
            for column in self.question.columns:
                codes = formdata.getlist(f"{self.name}-{row.id}.{column.id}")
                # No browser sends two for one set of radios; two together are no answer, so neither is taken.
                if any(codes):
                    answer.setdefault(row.id, {})[column.id] = codes[0] if len(codes) == 1 else codes
        return answer or None

    def controls(self) -> dict[str, list[str]]:
        return {
            f"{self.name}-{row}.{column}": [code]
            for row, cells in (self.data or {}).items()
            for column, code in cells.items()
        }

    def look(self) -> tuple[Hashable, ...] | None:
        # A matrix may be asked in parts, each with some of its rows.
        return None if self.data else tuple(row.id for row in self.question.rows)

    def cell(self, row: MatrixRow, column: MatrixColumn) -> Markup:
        """The radios of one row in one column."""
        code, part = (self.data or {}).get(row.id, {}).get(column.id), f"{row.id}.{column.id}"
        error = self.error(part)
        is_usual = not error and (not code or any(option.code == code for option in column.options))
        texts = self.setting.texts
        return self._once(
            (row.id, column.id, code) if is_usual else None,
            lambda: macro("cell")(
                f"{self.name}-{part}",
                self.anchor(self.question.id, part),
                texts(row.label),
                texts(column.label),
                [(option.code, texts(option.label)) for option in column.options],
                code,
                error,
            ),
        )

    def groups(self) -> list[tuple[Any, Any]]:
        """(heading or None, its rows), in the order of the rows."""
        headings = {group.id: group for group in self.question.row_groups}
        return [
            (headings.get(name or ""), list(rows)) for name, rows in groupby(self.question.rows, lambda row: row.group)
        ]


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
