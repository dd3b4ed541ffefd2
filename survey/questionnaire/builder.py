"""From JSON that its schema has accepted to the objects of `definition` and `framework`."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, Literal, TypeVar, get_type_hints

from survey.questionnaire.definition import (
    LevelRule,
    MatrixColumn,
    MatrixRow,
    MatrixRowGroup,
    Option,
    Question,
    Questionnaire,
    Section,
    Text,
)
from survey.questionnaire.figures import figure_from
from survey.questionnaire.framework import Criterion, Framework, Level, Module, Outcome
from survey.questionnaire.limits import limits_of
from survey.questionnaire.rules import Condition, Rule

JsonObject = Mapping[str, Any]
Built = TypeVar("Built")


def questionnaire_from(source: JsonObject) -> Questionnaire:
    """A questionnaire from its JSON. The JSON must satisfy `questionnaires/schema/questionnaire.schema.json`."""
    sections = _SectionBuilder(source["id"], source.get("option_sets", {}))
    return _built(
        Questionnaire,
        source,
        source["id"],
        prepare=_texts(source, "prepare", source["id"]),
        framework_id=source.get("framework"),
        level_rule=_level_rule(source["level_rule"]) if "level_rule" in source else None,
        sections=tuple(sections.section(section) for section in source["sections"]),
    )


def framework_from(source: JsonObject) -> Framework:
    """A framework from its JSON. The JSON must satisfy `questionnaires/schema/framework.schema.json`."""
    return _built(
        Framework,
        source,
        "framework",
        modules=tuple(_built(Module, module, "framework", module["id"]) for module in source["modules"]),
        levels=tuple(_built(Level, level, "framework", level["id"]) for level in source["levels"]),
        outcomes=tuple(_outcome(outcome) for outcome in source["outcomes"]),
    )


def _outcome(source: JsonObject) -> Outcome:
    criteria = tuple(_criterion(criterion) for criterion in source["criteria"])
    return _built(Outcome, source, "framework", source["id"], criteria=criteria)


def _criterion(source: JsonObject) -> Criterion:
    place = ("framework", source["id"])
    return _built(Criterion, source, *place, parts=_texts(source, "parts", *place))


class _SectionBuilder:
    def __init__(self, questionnaire_id: str, option_sets: Mapping[str, Any]) -> None:
        self._id = questionnaire_id
        self._option_sets = {
            name: self._built_options(options, None, questionnaire_id, "option_sets", name)
            for name, options in option_sets.items()
        }

    def section(self, source: JsonObject) -> Section:
        place = (self._id, source["id"])
        questions = self._questions(source["questions"], *place)
        return _built(Section, source, *place, show_when=_rule(source.get("show_when")), questions=questions)

    def _questions(self, sources: list[JsonObject], *above: str) -> tuple[Question, ...]:
        return tuple(
            question for source in sources for question in (self._question(source, *above), *_revealed(source, *above))
        )

    def _question(self, source: JsonObject, *above: str) -> Question:
        place = (*above, source["id"])
        return _built(
            Question,
            source,
            *place,
            show_when=_rule(source.get("show_when")),
            minimum=_fixed(source.get("minimum")),
            maximum=_fixed(source.get("maximum")),
            limits=limits_of(source),
            figure=figure_from(source.get("figure")),
            shows=tuple(source.get("shows", ())),
            options=self._options(source, source["id"], *place),
            rows=tuple(
                MatrixRow(row["id"], _text(row["label"], *place, "rows", row["id"]), row.get("group"))
                for row in source.get("rows", ())
            ),
            row_groups=tuple(
                MatrixRowGroup(group["id"], _text(group["label"], *place, "row_groups", group["id"]))
                for group in source.get("row_groups", ())
            ),
            columns=tuple(
                MatrixColumn(
                    column["id"],
                    _text(column["label"], *place, "columns", column["id"], "label"),
                    self._options(column, None, *place, "columns", column["id"]),
                )
                for column in source.get("columns", ())
            ),
            questions=self._questions(source.get("questions", []), *place),
        )

    def _options(self, source: JsonObject, question_id: str | None, *place: str) -> tuple[Option, ...]:
        if "option_set" in source:
            return self._option_sets[source["option_set"]]
        return self._built_options(source.get("options", ()), question_id, *place, "options")

    @staticmethod
    def _built_options(options: Iterable[JsonObject], question_id: str | None, *place: str) -> tuple[Option, ...]:
        return tuple(
            _built(
                Option,
                option,
                *place,
                option["code"],
                label=Text(
                    ".".join((*place, option["code"])), option["label"], is_name=option.get("same_in_both", False)
                ),
                reveals=_revealed_id(question_id, option) if "other" in option and question_id else None,
            )
            for option in options
        )


def _revealed(source: JsonObject, *above: str) -> Iterator[Question]:
    for option in source.get("options", ()):
        if "other" in option:
            revealed_id = _revealed_id(source["id"], option)
            yield Question(
                id=revealed_id,
                type="short_text",
                label=_text(option["other"]["label"], *above, revealed_id, "label"),
                required=option["other"].get("required", False),
                max_length=option["other"].get("max_length"),
                show_when=Rule("all", (Condition(source["id"], "=", option["code"]),)),
                revealed_by=source["id"],
            )


def _revealed_id(question_id: str, option: JsonObject) -> str:
    return f"{question_id}_{option['code']}"


def _built(kind: type[Built], source: JsonObject, *place: str, **parts: Any) -> Built:
    """An object of `parts` and of what else the source has for its fields: texts at `place`, the rest as written."""
    for name, hint in _hints(kind).items():  # type: ignore[arg-type]  # mypy: no class is hashable
        if name in source and name not in parts:
            parts[name] = _text(source[name], *place, name) if hint in (Text, Text | None) else source[name]
    return kind(**parts)


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _text(english: str, *place: str) -> Text:
    return Text(".".join(place), english)


def _texts(source: JsonObject, name: str, *place: str) -> tuple[Text, ...]:
    """The texts of a list, each at the number of its line."""
    lines = enumerate(source.get(name, ()), start=1)
    return tuple(_text(line, *place, name, str(number)) for number, line in lines)


def _level_rule(source: JsonObject) -> LevelRule:
    return LevelRule(source["version"], frozenset(source["met"]), frozenset(source["left_out"]), source["below"])


def _fixed(limit: Any) -> Any:
    """A limit that is a number of its own."""
    return None if isinstance(limit, Mapping) else limit


def _rule(source: JsonObject | None) -> Rule | None:
    if source is None:
        return None
    behaviour: Literal["all", "any"] = "all" if "all" in source else "any"
    return Rule(behaviour, tuple(Condition(**condition) for condition in source[behaviour]))
