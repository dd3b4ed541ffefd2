"""Faults of shape: each said in an author’s words, at its place, all at once."""

import copy
import json
import re
from collections.abc import Callable, Iterator
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from survey.languages import language
from survey.questionnaire.findings import describe
from survey.questionnaire.measures import MEASURES
from survey.questionnaire.shape import KINDS, PATTERNS, kind_of, schema_path, shape_findings
from survey.questionnaire.types import ANSWER_TYPES
from survey.questionnaire.types.base import CountedAs
from tests.questionnaire.examples import source

Breaking = Callable[[dict[str, Any]], object]


def start(whole: dict[str, Any], number: int) -> dict[str, Any]:
    found: dict[str, Any] = whole["sections"][0]["questions"][number]
    return found


BROKEN: list[tuple[Breaking, str, str]] = [
    (lambda w: w.pop("title"), "missing", ""),
    (lambda w: start(w, 1).update(colour="red"), "unknown", "/sections/0/questions/1/colour"),
    (lambda w: start(w, 1).update(requierd=True), "misspelt", "/sections/0/questions/1/requierd"),
    (
        lambda w: w["option_sets"]["how_far"][0].update(other={"label": "What?"}),
        "other_in_option_set",
        "/option_sets/how_far/0/other",
    ),
    (lambda w: w.update(level_rule=[]), "not_object", "/level_rule"),
    (lambda w: w.update(sections={}), "not_list", "/sections"),
    (lambda w: w.update(title=7), "not_text", "/title"),
    (
        lambda w: w["sections"][0]["questions"].append({"id": "x", "type": "date", "label": "X", "latest": "1/4/26"}),
        "bad_limit",
        "/sections/0/questions/10/latest",
    ),
    (lambda w: start(w, 5).update(minimum="0"), "not_number", "/sections/0/questions/5/minimum"),
    (lambda w: start(w, 3).update(minimum=0.5), "not_whole_number", "/sections/0/questions/3/minimum"),
    (lambda w: start(w, 1).update(required="yes"), "not_true_or_false", "/sections/0/questions/1/required"),
    (
        lambda w: start(w, 4)["show_when"]["any"][0].update(answer=[1]),
        "not_simple",
        "/sections/0/questions/4/show_when/any/0/answer",
    ),
    (lambda w: start(w, 1).update(type="multi_choice"), "not_allowed", "/sections/0/questions/1/type"),
    (
        lambda w: w["sections"][2]["show_when"]["all"][0].update(answer_of="start.many"),
        "not_here",
        "/sections/2/show_when/all/0/answer_of",
    ),
    (lambda w: start(w, 1).update(option_set="how_far"), "exactly_one", "/sections/0/questions/1"),
    (
        lambda w: start(w, 4)["show_when"].update(all=start(w, 4)["show_when"]["any"]),
        "exactly_one",
        "/sections/0/questions/4/show_when",
    ),
    (lambda w: start(w, 4)["show_when"].pop("any"), "exactly_one", "/sections/0/questions/4/show_when"),
    (
        lambda w: start(w, 4)["show_when"]["any"][0].pop("answer"),
        "exactly_one",
        "/sections/0/questions/4/show_when/any/0",
    ),
    (lambda w: start(w, 1).update(hint=""), "empty_text", "/sections/0/questions/1/hint"),
    (lambda w: start(w, 1).update(hint="Choose. "), "blank_ends", "/sections/0/questions/1/hint"),
    (lambda w: start(w, 1).update(hint="x" * 2001), "too_long", "/sections/0/questions/1/hint"),
    (lambda w: start(w, 1).update(options=start(w, 1)["options"][:1]), "too_few", "/sections/0/questions/1/options"),
    (lambda w: w["level_rule"].update(met=["in_place", "in_place"]), "repeated_entry", "/level_rule/met"),
    (lambda w: w.update(sections=w["sections"][:1] * 51), "too_many", "/sections"),
    (lambda w: start(w, 2).update(most=1), "too_small", "/sections/0/questions/2/most"),
    (lambda w: start(w, 6).update(maximum=9999), "too_big", "/sections/0/questions/6/maximum"),
    (
        lambda w: w["sections"][2]["questions"].append(
            {"id": "all", "type": "figure", "label": "All", "figure": {"sum": ["items//age"]}}
        ),
        "bad_figure_name",
        "/sections/2/questions/4/figure/sum/0",
    ),
    (lambda w: start(w, 1).update(id="Which One"), "bad_id", "/sections/0/questions/1/id"),
    (lambda w: w.update(framework="Tiny Framework"), "bad_slug", "/framework"),
    (lambda w: start(w, 1)["options"][0].update(code="A"), "bad_code", "/sections/0/questions/1/options/0/code"),
    (lambda w: w.update(edition="26"), "bad_year", "/edition"),
    (
        lambda w: w["sections"][2]["show_when"]["all"][0].update(question="start/one"),
        "bad_question_name",
        "/sections/2/show_when/all/0/question",
    ),
]
OTHER_KINDS: list[tuple[str, dict[str, Any], str, str]] = [
    ("framework", source("tiny-framework") | {"published": "May 2022"}, "bad_form", "/published"),
    (
        "clusters",
        {
            "id": "c",
            "status": "Made up",
            "health_boards": [],
            "local_authorities": [{"code": "W06000001", "name_en": "A", "name_cy": "A"}],
            "clusters": [
                {
                    "code": "a",
                    "health_board": "W11000001",
                    "name_en": "A",
                    "name_cy": "A",
                    "local_authorities": ["W06000001"],
                    "valid_from": "2022",
                    "valid_to": None,
                    "confidence_en": "low",
                    "confidence_cy": "low",
                }
            ],
        },
        "not_date",
        "/clusters/0/valid_from",
    ),
]
CODES = {code for _, code, _ in BROKEN} | {code for _, _, code, _ in OTHER_KINDS}


@pytest.mark.parametrize(("break_it", "code", "place"), BROKEN)
def test_a_fault_is_named_at_its_place(break_it: Breaking, code: str, place: str) -> None:
    broken = source("whole")
    break_it(broken)
    found = shape_findings("questionnaire", broken, "whole.json")
    assert [(finding.code, finding.pointer) for finding in found] == [(code, place)]
    assert "%" not in describe(found[0], language("en"))


@pytest.mark.parametrize(("kind", "broken", "code", "place"), OTHER_KINDS)
def test_a_fault_of_another_kind_of_file(kind: str, broken: dict[str, Any], code: str, place: str) -> None:
    found = shape_findings(kind, broken, "x.json")
    assert (code, place) in [(finding.code, finding.pointer) for finding in found]


def test_a_misspelt_name_comes_with_a_guess() -> None:
    broken = source("whole")
    start(broken, 1)["requierd"] = True
    (found,) = shape_findings("questionnaire", broken, "whole.json")
    assert describe(found, language("en")) == "“requierd” has no meaning here. Did you mean “required”?"


@pytest.mark.parametrize("name", ANSWER_TYPES)
def test_a_property_of_no_type_is_found_in_each_type(name: str) -> None:
    broken = source(name)
    asked = next(item for item in broken["sections"][0]["questions"] if item["type"] == name)
    asked["placeholder"] = "x"
    assert [finding.code for finding in shape_findings("questionnaire", broken, "f")] == ["unknown"]


def test_all_faults_come_at_once() -> None:
    broken = source("whole")
    for break_it, code, _ in BROKEN:
        if code in {"missing", "bad_slug", "too_big"}:
            break_it(broken)
    found = shape_findings("questionnaire", broken, "whole.json")
    assert {finding.code for finding in found} == {"missing", "bad_slug", "too_big"}


@pytest.mark.parametrize("kind", KINDS)
def test_the_schemas_are_schemas_and_explain_every_property(kind: str) -> None:
    schema = json.loads(schema_path(kind).read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    lists = list(_property_lists(schema))
    assert lists
    for where, properties in lists:
        for name, described in properties.items():
            target = described
            while isinstance(target, dict) and "description" not in target and "$ref" in target:
                target = schema["$defs"][target["$ref"].rsplit("/", 1)[-1]]
            assert target.keys() >= {"title", "description"}, f"{where}: {name}"


def _property_lists(schema: Any, where: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(schema, dict):
        if schema.get("additionalProperties") is False:
            yield where, schema["properties"]
        for name, value in schema.items():
            yield from _property_lists(value, f"{where}/{name}")
    elif isinstance(schema, list):
        for number, value in enumerate(schema):
            yield from _property_lists(value, f"{where}/{number}")


def test_every_object_of_the_schemas_refuses_unknown_properties() -> None:
    for kind in KINDS:
        text = schema_path(kind).read_text("utf-8")
        for name, value in json.loads(text)["$defs"].items():
            if value.get("type") == "object" and name != "question":
                assert value["additionalProperties"] is False, f"{kind}: {name}"


def test_every_pattern_of_a_questionnaire_has_a_wording() -> None:
    patterns = set(re.findall(r'"pattern": ("(?:[^"\\]|\\.)*")', schema_path("questionnaire").read_text("utf-8")))
    assert {json.loads(pattern) for pattern in patterns} == set(PATTERNS)


def test_types_and_measures_of_the_schema_are_those_of_the_code() -> None:
    definitions = json.loads(schema_path("questionnaire").read_text("utf-8"))["$defs"]
    assert set(definitions["typeName"]["enum"]) == set(ANSWER_TYPES)
    assert definitions["measure"]["enum"] == list(MEASURES)
    assert set(MEASURES.values()) <= set(get_args(CountedAs))
    assert all(f"{measure}: " in definitions["measure"]["description"] for measure in MEASURES)


def test_a_file_says_what_it_is() -> None:
    assert kind_of({"$schema": "../schema/framework.schema.json"}) == "framework"
    assert kind_of({"$schema": "framework.schema.json.txt"}) is None
    assert kind_of({"$schema": 3}) is None
    assert kind_of([]) is None


def test_there_is_no_schema_of_another_kind() -> None:
    with pytest.raises(KeyError):
        schema_path("../../etc/passwd")


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=60)
@given(value=anything, data=st.data())
def test_any_value_in_any_place_is_found_wrong_without_raising(value: Any, data: st.DataObject) -> None:
    broken = copy.deepcopy(source("whole"))
    place: Any = broken
    for _ in range(data.draw(st.integers(0, 6))):
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        inner = [key for key in keys if isinstance(place[key], dict | list) and place[key]]
        if not inner:
            break
        place = place[data.draw(st.sampled_from(inner))]
    keys = list(place) if isinstance(place, dict) else list(range(len(place)))
    place[data.draw(st.sampled_from(keys))] = value
    for kind in KINDS:
        for finding in shape_findings(kind, broken, "f"):
            assert describe(finding, language("en"))
            assert finding.pointer == "" or finding.pointer.startswith("/")


def test_the_examples_of_the_schema_are_what_it_asks_for() -> None:
    schema = json.loads(schema_path("questionnaire").read_text("utf-8"))
    for name in schema["$defs"]["typeName"]["enum"]:
        (example,) = schema["$defs"][name]["examples"]
        whole = source("whole")
        whole["sections"][0]["questions"] = [example]
        assert example["type"] == name
        assert shape_findings("questionnaire", whole, "f") == []
        assert json.loads(json.dumps(example)).keys() >= {"id", "type", "label"}
