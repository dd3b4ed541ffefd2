"""The page for authors names every property and operator; none is added without it."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest

from survey.config import ROOT
from survey.languages import language
from survey.questionnaire.findings import line
from survey.questionnaire.library import examine
from survey.questionnaire.rules import Operator
from survey.questionnaire.shape import schema_path
from tests.questionnaire.examples import source

GUIDE = (ROOT / "docs" / "authors.md").read_text("utf-8")
NAMED = set(re.findall(r"`([^`]+)`", GUIDE))


def test_every_property_of_the_schema_is_named() -> None:
    schema = json.loads(schema_path("questionnaire").read_text("utf-8"))
    names = set(properties(schema))
    assert len(names) > 30
    assert names - NAMED == set()


def properties(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if part.get("additionalProperties") is False:
            yield from part["properties"]
        for value in part.values():
            yield from properties(value)
    elif isinstance(part, list):
        for value in part:
            yield from properties(value)


@pytest.mark.parametrize("operator", get_args(Operator))
def test_every_operator_is_named(operator: str) -> None:
    assert operator in NAMED


def test_the_example_can_be_pasted_into_a_questionnaire(tmp_path: Path) -> None:
    example = json.loads("\n".join(re.findall(r"^ {7}(.*)$", GUIDE, re.MULTILINE)))
    whole = source("whole")
    whole["sections"][0]["questions"].append(example)
    path = tmp_path / "2026.json"
    path.write_text(json.dumps(whole), "utf-8")
    assert [line(finding, language("en")) for finding in examine(path).findings] == []
