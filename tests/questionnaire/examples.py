"""The tiny definitions of this folder, and answers that each type takes as they are."""

import json
from pathlib import Path
from typing import Any

from survey.questionnaire.builder import framework_from, questionnaire_from
from survey.questionnaire.definition import Question, Questionnaire
from survey.questionnaire.framework import Framework, Outcome

DEFINITIONS = Path(__file__).parent / "definitions"
NOT_OF_A_TYPE = {"whole", "tiny-framework"}


def source(name: str) -> dict[str, Any]:
    """The JSON of a definition, fresh for changing."""
    loaded: dict[str, Any] = json.loads((DEFINITIONS / f"{name}.json").read_text("utf-8"))
    return loaded


def questionnaire(name: str) -> Questionnaire:
    return questionnaire_from(source(name))


def question(type_name: str) -> Question:
    """The question of the tiny definition of a type."""
    return next(item for item in questionnaire(type_name).sections[0].questions if item.type == type_name)


def framework() -> Framework:
    return framework_from(source("tiny-framework"))


def outcome(outcome_id: str = "m-01") -> Outcome:
    return next(outcome for outcome in framework().outcomes if outcome.id == outcome_id)


TYPES_WITH_DEFINITIONS = sorted(path.stem for path in DEFINITIONS.glob("*.json") if path.stem not in NOT_OF_A_TYPE)

CANONICAL: dict[str, list[Any]] = {
    "single_choice": ["a", "c"],
    "list_choice": ["a", "none"],
    "multiple_choice": [["a"], ["a", "c"], ["none"]],
    "scale": ["low"],
    "maturity": ["mature"],
    "criteria": [{"m-01.f1": "in_place"}, {"m-01.f1": "partly", "m-01.d1": "not_relevant"}],
    "matrix": [{"r1": {"importance": "a"}}, {"r1": {"importance": "a", "confidence": "na"}, "r2": {"confidence": "b"}}],
    "ranking": [["b"], ["c", "a"]],
    "short_text": ["Tŷ’r dŵr", "=1+1"],
    "link": ["https://www.gov.wales/a?b=c#d", "HTTP://example.org:8080"],
    "long_text": ["Line\nand line", "😀 ŵ ŷ"],
    "whole_number": [0, 1000],
    "decimal": [0.5, -1.5],
    "year": [2026],
    "date": ["2026-02-28"],
    "group": [
        [{"id": "a1"}],
        [{"id": "a1", "name": "One", "kind": "b", "why": "Because"}, {"id": "b2", "name": "Two"}],
    ],
    "statement": [],
    "ending": [],
    "figure": [],
    "calculated": [],
    "earlier_answer": [],
}
