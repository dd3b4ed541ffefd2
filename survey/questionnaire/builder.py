"""From JSON that the questionnaire schema has accepted to the objects of `definition`."""

from collections.abc import Mapping
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
from survey.questionnaire.rules import Condition, Rule

JsonObject = Mapping[str, Any]

_AS_WRITTEN = ("max_length", "minimum", "maximum", "most", "calculate", "measure", "since", "was")


def questionnaire_from(source: JsonObject) -> Questionnaire:
    """A questionnaire from its JSON. The JSON must satisfy `questionnaires/schema/questionnaire.schema.json`."""
    return _Builder(source["id"], source.get("option_sets", {})).questionnaire(source)


class _Builder:
    def __init__(self, questionnaire_id: str, option_sets: Mapping[str, Any]) -> None:
        self._id = questionnaire_id
        self._option_sets = option_sets

    def questionnaire(self, source: JsonObject) -> Questionnaire:
        return Questionnaire(
            id=self._id,
            edition=source["edition"],
            respondent=source["respondent"],
            title=self._text(source["title"], "title"),
            description=self._optional(source, "description"),
            framework_id=source.get("framework"),
            level_rule=_level_rule(source["level_rule"]) if "level_rule" in source else None,
            sections=tuple(self._section(section) for section in source["sections"]),
        )

    def _section(self, source: JsonObject) -> Section:
        return Section(
            id=source["id"],
            title=self._text(source["title"], source["id"], "title"),
            text=self._optional(source, "text", source["id"]),
            for_each=source.get("for_each"),
            show_when=_rule(source.get("show_when")),
            questions=self._questions(source["questions"], source["id"]),
        )

    def _questions(self, sources: list[JsonObject], *place: str) -> tuple[Question, ...]:
        questions: list[Question] = []
        for source in sources:
            questions.append(self._question(source, *place))
            questions += self._revealed(source, *place)
        return tuple(questions)

    def _question(self, source: JsonObject, *above: str) -> Question:
        place = (*above, source["id"])
        return Question(
            id=source["id"],
            type=source["type"],
            label=self._text(source["label"], *place, "label"),
            hint=self._optional(source, "hint", *place),
            required=source.get("required", False),
            show_when=_rule(source.get("show_when")),
            options=self._options(source, source["id"], *place),
            rows=tuple(
                MatrixRow(row["id"], self._text(row["label"], *place, "rows", row["id"]), row.get("group"))
                for row in source.get("rows", ())
            ),
            row_groups=tuple(
                MatrixRowGroup(group["id"], self._text(group["label"], *place, "row_groups", group["id"]))
                for group in source.get("row_groups", ())
            ),
            columns=tuple(
                MatrixColumn(
                    column["id"],
                    self._text(column["label"], *place, "columns", column["id"], "label"),
                    self._options(column, None, *place, "columns", column["id"]),
                )
                for column in source.get("columns", ())
            ),
            questions=self._questions(source.get("questions", []), *place),
            item_label=self._optional(source, "item_label", *place),
            **{name: source[name] for name in _AS_WRITTEN if name in source},
        )

    def _options(self, source: JsonObject, question_id: str | None, *place: str) -> tuple[Option, ...]:
        if "option_set" in source:
            options = self._option_sets[source["option_set"]]
            place = ("option_sets", source["option_set"])
        else:
            options = source.get("options", ())
            place = (*place, "options")
        return tuple(
            Option(
                code=option["code"],
                label=self._text(option["label"], *place, option["code"]),
                hint=self._optional(option, "hint", *place, option["code"]),
                exclusive=option.get("exclusive", False),
                reveals=_revealed_id(question_id, option) if "other" in option and question_id else None,
                value=option.get("value"),
            )
            for option in options
        )

    def _revealed(self, source: JsonObject, *above: str) -> list[Question]:
        questions = []
        for option in source.get("options", ()):
            if "other" not in option:
                continue
            revealed_id = _revealed_id(source["id"], option)
            questions.append(
                Question(
                    id=revealed_id,
                    type="short_text",
                    label=self._text(option["other"]["label"], *above, revealed_id, "label"),
                    required=option["other"].get("required", False),
                    max_length=option["other"].get("max_length"),
                    show_when=Rule("all", (Condition(source["id"], "=", option["code"]),)),
                    revealed_by=source["id"],
                )
            )
        return questions

    def _text(self, english: str, *place: str) -> Text:
        return Text(".".join((self._id, *place)), english)

    def _optional(self, source: JsonObject, name: str, *place: str) -> Text | None:
        return self._text(source[name], *place, name) if name in source else None


def _revealed_id(question_id: str, option: JsonObject) -> str:
    return f"{question_id}_{option['code']}"


def _level_rule(source: JsonObject) -> LevelRule:
    return LevelRule(source["version"], frozenset(source["met"]), frozenset(source["left_out"]), source["below"])


def _rule(source: JsonObject | None) -> Rule | None:
    if source is None:
        return None
    behaviour: Literal["all", "any"] = "all" if "all" in source else "any"
    return Rule(behaviour, tuple(Condition(**condition) for condition in source[behaviour]))
