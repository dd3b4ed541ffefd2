"""Our schema in an editor: the language service of Visual Studio Code explains, completes and finds faults by it."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from survey.config import ROOT
from survey.languages import language
from survey.questionnaire.explanation import schema_in
from survey.questionnaire.library import definition_files
from survey.questionnaire.types import ANSWER_TYPES

EDITOR = Path(__file__).with_name("editor.mjs")
HERE = "⌖"
"""Where the cursor stands."""
WHOLE = """{ "id": "tiny", "edition": "2026", "respondent": "cluster", "title": "Tiny", "sections": [
  { "id": "page", "title": "Page", "questions": [%s] } ] }"""
A_DATE = '{ "id": "when", "type": "date", "label": "When?", %s }'
TYPED = [
    WHOLE % (A_DATE % f'"show{HERE}_when": {{ "all": [] }}'),
    WHOLE % (A_DATE % f'"{HERE}"'),
    WHOLE % f'{{ "id": "when", "type": "{HERE}" }}',
    WHOLE % (A_DATE % f'"colour": "red{HERE}"'),
]


def said_by_an_editor(code: Any, texts: list[str]) -> list[dict[str, Any]]:
    asked = [{"text": text.replace(HERE, ""), "at": max(text.find(HERE), 0)} for text in texts]
    given = json.dumps({"schema": schema_in("questionnaire", language(code)), "asked": asked})
    paths = f"{ROOT / '.venv/bin'}{os.pathsep}{os.environ['PATH']}"
    ran = subprocess.run(
        ["node", EDITOR], input=given, capture_output=True, text=True, check=True, env={**os.environ, "PATH": paths}
    )
    answers: list[dict[str, Any]] = json.loads(ran.stdout)
    return answers


@pytest.mark.parametrize(
    ("code", "explained"), [("en", "When this is asked: all, or any"), ("cy", "Pryd y gofynnir hyn")]
)
def test_an_editor_explains_completes_and_finds_faults_by_the_type_of_the_question(code: str, explained: str) -> None:
    rule, properties, types, unknown = said_by_an_editor(code, TYPED)
    assert explained in rule["hover"]
    assert {"earliest", "latest", "hint", "shows"} <= set(properties["completed"])
    assert not {"options", "max_length", "figure"} & set(properties["completed"])
    assert {f'"{name}"' for name in ANSWER_TYPES} <= set(types["completed"])
    assert [fault for fault in unknown["faults"] if "colour" in fault]


def test_an_editor_finds_nothing_wrong_with_what_is_shipped() -> None:
    shipped = [path.read_text("utf-8") for path in definition_files() if path.name.startswith("20")]
    assert [answer["faults"] for answer in said_by_an_editor("en", shipped)] == [[]] * len(shipped)
