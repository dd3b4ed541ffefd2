"""From JSON that its schema has accepted to the objects of `definition` and `framework`."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal

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
from survey.questionnaire.framework import Criterion, Framework, Level, Module, Outcome
from survey.questionnaire.rules import Condition, Rule

JsonObject = Mapping[str, Any]

_AS_WRITTEN = ("max_length", "minimum", "maximum", "most", "calculate", "measure", "since", "was")


def questionnaire_from(source: JsonObject) -> Questionnaire:
    """A questionnaire from its JSON. The JSON must satisfy `questionnaires/schema/questionnaire.schema.json`."""
    sections = _SectionBuilder(source["id"], source.get("option_sets", {}))
    return Questionnaire(
        id=source["id"],
        edition=source["edition"],
        respondent=source["respondent"],
        framework_id=source.get("framework"),
        level_rule=_level_rule(source["level_rule"]) if "level_rule" in source else None,
        sections=tuple(sections.section(section) for section in source["sections"]),
        **_texts(source, ("title", "description"), source["id"]),
    )


def framework_from(source: JsonObject) -> Framework:
    """A framework from its JSON. The JSON must satisfy `questionnaires/schema/framework.schema.json`."""
    return Framework(
        id=source["id"],
        version=source["version"],
        published=source["published"],
        modules=tuple(
            Module(id=module["id"], **_texts(module, ("name", "short_name"), "framework", module["id"]))
            for module in source["modules"]
        ),
        levels=tuple(
            Level(id=level["id"], **_texts(level, ("name", "description"), "framework", level["id"]))
            for level in source["levels"]
        ),
        outcomes=tuple(_outcome(outcome) for outcome in source["outcomes"]),
        **_texts(source, ("title",), "framework"),
    )


def _outcome(source: JsonObject) -> Outcome:
    return Outcome(
        id=source["id"],
        module=source["module"],
        number=source["number"],
        criteria=tuple(_criterion(criterion) for criterion in source["criteria"]),
        **_texts(source, ("name", "purpose"), "framework", source["id"]),
    )


def _criterion(source: JsonObject) -> Criterion:
    parts = enumerate(source.get("parts", ()), start=1)
    return Criterion(
        id=source["id"],
        level=source.get("level"),
        parts=tuple(_text(part, "framework", source["id"], "parts", str(number)) for number, part in parts),
        **_texts(source, ("text",), "framework", source["id"]),
    )


class _SectionBuilder:
    def __init__(self, questionnaire_id: str, option_sets: Mapping[str, Any]) -> None:
        self._id = questionnaire_id
        self._option_sets = option_sets

    def section(self, source: JsonObject) -> Section:
        place = (self._id, source["id"])
        return Section(
            id=source["id"],
            for_each=source.get("for_each"),
            show_when=_rule(source.get("show_when")),
            questions=self._questions(source["questions"], *place),
            **_texts(source, ("title", "text"), *place),
        )

    def _questions(self, sources: list[JsonObject], *above: str) -> tuple[Question, ...]:
        return tuple(
            question for source in sources for question in (self._question(source, *above), *_revealed(source, *above))
        )

    def _question(self, source: JsonObject, *above: str) -> Question:
        place = (*above, source["id"])
        return Question(
            id=source["id"],
            type=source["type"],
            required=source.get("required", False),
            show_when=_rule(source.get("show_when")),
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
            **_texts(source, ("label", "hint", "item_label"), *place),
            **{name: source[name] for name in _AS_WRITTEN if name in source},
        )

    def _options(self, source: JsonObject, question_id: str | None, *place: str) -> tuple[Option, ...]:
        if "option_set" in source:
            options = self._option_sets[source["option_set"]]
            place = (self._id, "option_sets", source["option_set"])
        else:
            options = source.get("options", ())
            place = (*place, "options")
        return tuple(
            Option(
                code=option["code"],
                label=_text(option["label"], *place, option["code"]),
                exclusive=option.get("exclusive", False),
                reveals=_revealed_id(question_id, option) if "other" in option and question_id else None,
                value=option.get("value"),
                **_texts(option, ("hint",), *place, option["code"]),
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


def _texts(source: JsonObject, names: tuple[str, ...], *place: str) -> dict[str, Any]:
    return {name: _text(source[name], *place, name) if name in source else None for name in names}


def _text(english: str, *place: str) -> Text:
    return Text(".".join(place), english)


def _level_rule(source: JsonObject) -> LevelRule:
    return LevelRule(source["version"], frozenset(source["met"]), frozenset(source["left_out"]), source["below"])


def _rule(source: JsonObject | None) -> Rule | None:
    if source is None:
        return None
    behaviour: Literal["all", "any"] = "all" if "all" in source else "any"
    return Rule(behaviour, tuple(Condition(**condition) for condition in source[behaviour]))
