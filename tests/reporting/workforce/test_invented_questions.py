"""A question of any type but words is in a table of people’s answers, and counted right, whatever it feeds."""

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from survey.collection.rounds.snapshot import load_snapshot
from survey.languages import language
from survey.reporting.disclosure.rounding import NOT_ROUNDED
from survey.reporting.records.people import read_closed
from survey.reporting.workbooks.charts import rows_of
from survey.reporting.workbooks.figures import FIGURES
from survey.reporting.workbooks.registry import kind_of
from survey.reporting.xlsx.description import Shorthand
from tests.reporting.workforce.second_path import answer
from tests.reporting.workforce.survey_of_people import ROUND, closed_round, short_definition

SHADES = [{"code": "light", "label": "Light"}, {"code": "dark", "label": "Dark"}]
INVENTED: dict[str, Any] = {
    "id": "invented",
    "title": "Invented",
    "questions": [
        {"id": "one", "type": "single_choice", "label": "Which one?", "option_set": "shades"},
        {"id": "several", "type": "multiple_choice", "label": "Which of them?", "option_set": "shades"},
        {"id": "rank", "type": "ranking", "label": "Which first?", "most": 2, "option_set": "shades"},
        {
            "id": "table",
            "type": "matrix",
            "label": "How is each?",
            "rows": [{"id": "r1", "label": "First line"}],
            "columns": [{"id": "now", "label": "Now", "option_set": "shades"}],
        },
        {"id": "line", "type": "short_text", "label": "What is it called?"},
        {"id": "words", "type": "long_text", "label": "What is it like?"},
        {"id": "address", "type": "link", "label": "Where is it?"},
        {"id": "count", "type": "whole_number", "label": "How many are there?"},
        {"id": "part", "type": "decimal", "label": "What part is that?"},
        {"id": "since", "type": "year", "label": "Since which year?"},
        {"id": "day", "type": "date", "label": "On which day?"},
    ],
}
WORDS = ("short_text", "long_text", "link")
"""What people wrote waits for its release, and is counted by its themes."""
GIVEN = {
    "table": {"r1": {"now": "dark"}},
    "line": "Name",
    "address": "https://example.org",
    "count": 7,
    "part": 0.5,
    "since": 2020,
    "day": "2026-02-03",
}


def invented(sensitivity: str) -> dict[str, Any]:
    definition = short_definition()
    definition["option_sets"]["shades"] = SHADES
    questions = [question | {"sensitivity": sensitivity} for question in INVENTED["questions"]]
    definition["sections"].append(INVENTED | {"questions": questions})
    return definition


@pytest.mark.parametrize("sensitivity", ["ordinary", "sensitive"])
@pytest.mark.parametrize("kind", ["workforce", "people"])
def test_a_question_of_every_type_is_found_with_its_numbers(kind: str, sensitivity: str, tmp_path: Path) -> None:
    definition = invented(sensitivity)
    if kind == "people":
        for section in definition["sections"]:
            for question in section["questions"]:
                question.pop("measure", None)
    repository = closed_round(tmp_path / "data", definition, 80, "invented", boards=2, given=GIVEN)
    snapshot = load_snapshot(repository, ROUND)
    assert kind_of(snapshot).name == kind
    figures = FIGURES[kind]
    release = replace(figures.protect(read_closed(repository, snapshot), 5), rounded_to=NOT_ROUNDED)
    sheet = figures.describe(repository, release, language("en")).sheet("Answers")
    assert sheet is not None
    wales = [row for row in rows_of(sheet) if row["group"] == "Wales"]
    asked = {question["label"]: question["id"] for question in INVENTED["questions"] if question["type"] not in WORDS}
    told = {row["question"] for row in wales}
    assert told >= {*asked}
    assert not told & {question["label"] for question in INVENTED["questions"] if question["type"] in WORDS}
    folder = repository.root / "rounds" / ROUND / "skills" / "responses"
    people = list(map(_read, sorted(folder.rglob("*.json"))))
    counted = Counter(name for person in people for name in asked.values() if answer(person, "invented", name))
    chosen = Counter(answer(person, "invented", "one") for person in people)
    for row in wales:
        if row["question"] in asked:
            name = asked[str(row["question"])]
            assert row["base"] == counted[name] > 5
            if row["answer"] == "Any answer":
                assert row["number"] == counted[name]
                assert row["share"] is Shorthand.NOT_APPLICABLE
            if name == "one" and isinstance(row["number"], int):
                assert row["number"] == chosen[str(row["answer"]).lower()]


def _read(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_text("utf-8"))["record"]["1"])
