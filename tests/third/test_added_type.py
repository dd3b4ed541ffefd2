"""An answer type that no file of the service knows: one class, one field with its template, one entry of the schema.

It is checked, answered, stored, read back, counted and exported like those that are built in.
"""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import polib
import pytest
from jinja2 import ChoiceLoader, DictLoader

from survey.catalogues.compilation import compile_catalogues
from survey.catalogues.extraction import templates, write_templates
from survey.collection.people.access import issue_code
from survey.collection.responses.response import read_response
from survey.collection.rounds.snapshot import load_snapshot
from survey.config import ROOT
from survey.languages import REPOSITORY_CATALOGUES
from survey.questionnaire import shape
from survey.questionnaire.definition import Question
from survey.questionnaire.framework import Outcome
from survey.questionnaire.types import ANSWER_TYPES, AnswerContext, AnswerLine, AnswerType, Reading, register
from survey.questionnaire.types.base import fault
from survey.web.respond.fields import FIELD_TYPES, AnswerField, field_of
from survey.web.site.environment import access_secret
from tests.catalogues_in_use import use_catalogues
from tests.third.conftest import NAME, ROUND, Service

CODE = "ABCD-EFGH-JKMN"
SECTION = "/en/reflection/section/views"
LABEL = "Which colour is the traffic light?"
WELSH = {
    "light.label": (LABEL, "Pa liw yw’r golau traffig?"),
    "light.options.stop": ("Red", "Coch"),
    "light.options.go": ("Green", "Gwyrdd"),
    "why.label": ("Why is it red?", "Pam mae’n goch?"),
}


class TrafficLight(AnswerType):
    """A colour that is typed, in small or capital letters. Answer: the code of its option."""

    name = "traffic_light"
    properties = frozenset({"options"})
    field_kind = "code"
    compares_as = "code"

    def read(self, question: Question, raw: Any, outcome: Outcome | None) -> Reading:
        if raw is None or raw == "":
            return Reading()
        if question.option(raw):
            return Reading(raw)
        colours = {option.label.english.lower(): option.code for option in question.options}
        code = colours.get(str(raw).strip().lower())
        return Reading(code) if code else fault("not_an_option")

    def lines(self, question: Question, answer: Any, context: AnswerContext) -> list[AnswerLine]:
        option = question.option(answer)
        return [AnswerLine(f"● {context.texts(option.label)}")] if option else []


class TrafficLightField(AnswerField):
    template = "traffic_light"


TEMPLATE = """{% from "components/input.html" import input %}
{% macro traffic_light(field) %}
{{ input(field.label.text, field.name, id=field.id, error=field.error(), value=field.data or "") }}
{% endmacro %}"""


@pytest.fixture
def added(service: Service, monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    """The service with the type, and with a questionnaire that asks it."""
    register(TrafficLight())
    field_of(TrafficLight)(TrafficLightField)
    loader = service.app.jinja_env.loader
    assert loader is not None
    template = DictLoader({"respond/fields/traffic_light.html": TEMPLATE})
    service.app.jinja_env.loader = ChoiceLoader([loader, template])
    add_to_schema(service, monkeypatch)
    ask(service)
    translate(service)
    yield service
    del ANSWER_TYPES[TrafficLight.name], FIELD_TYPES[TrafficLight.name]


def add_to_schema(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = service.places.questionnaires / "schema"
    folder.unlink()
    folder.mkdir()
    schema = json.loads((ROOT / "questionnaires/schema/questionnaire.schema.json").read_text("utf-8"))
    definitions = schema["$defs"]
    definitions["typeName"]["enum"].append("traffic_light")
    definitions["traffic_light"] = definitions["scale"]
    condition = {"required": ["type"], "properties": {"type": {"const": "traffic_light"}}}
    definitions["question"]["allOf"].append({"if": condition, "then": {"$ref": "#/$defs/traffic_light"}})
    (folder / "questionnaire.schema.json").write_text(json.dumps(schema), "utf-8")
    for other in ("framework", "clusters"):
        name = f"{other}.schema.json"
        (folder / name).symlink_to(ROOT / "questionnaires" / "schema" / name)
    monkeypatch.setattr(shape, "SCHEMAS", folder)


def ask(service: Service, answer: str = "stop") -> None:
    """Let the questionnaire ask for the traffic light, and for more when the answer is a certain one."""
    options = [{"code": "stop", "label": "Red"}, {"code": "go", "label": "Green"}]
    rule = {"all": [{"question": "light", "operator": "=", "answer": answer}]}
    section = {
        **service.definition["sections"][1],
        "questions": [
            {"id": "light", "type": "traffic_light", "label": LABEL, "required": True, "options": options},
            {"id": "why", "type": "short_text", "label": "Why is it red?", "show_when": rule},
        ],
    }
    definition = service.definition | {"sections": [service.definition["sections"][0], section]}
    (service.places.questionnaires / NAME / "2026.json").write_text(json.dumps(definition), "utf-8")


def translate(service: Service) -> None:
    path = service.places.translations / "cy" / "LC_MESSAGES" / f"{NAME}.po"
    catalogue = polib.pofile(str(path))
    asked_before = {f"{NAME}.views.{question['id']}." for question in service.definition["sections"][1]["questions"]}
    for entry in list(catalogue):
        if any(str(entry.msgctxt).startswith(place) for place in asked_before):
            catalogue.remove(entry)
    for place, (english, welsh) in WELSH.items():
        catalogue.append(polib.POEntry(msgctxt=f"{NAME}.views.{place}", msgid=english, msgstr=welsh))
    catalogue.save()
    write_templates(service.places, {NAME: templates(service.places)[NAME]})
    compile_catalogues(service.places)
    use_catalogues(service.places.translations, REPOSITORY_CATALOGUES)


def test_a_definition_that_asks_it_is_checked(added: Service) -> None:
    path = str(added.places.questionnaires / NAME / "2026.json")
    assert added.run("questionnaires", "check", path, "--language", "en").exit_code == 0
    ask(added, answer="purple")
    found = added.run("questionnaires", "check", path, "--language", "en")
    assert found.exit_code == 1
    assert "purple" in found.output


def test_it_is_answered_stored_read_back_counted_and_exported(added: Service) -> None:
    added.open()
    cluster = load_snapshot(added.kept, ROUND).clusters.clusters[0].code
    with added.app.app_context():
        issue_code(added.kept, access_secret(), ROUND, cluster, CODE, added.now)
    client = added.client()
    client.submit(client.get("/en/sign-in"), {"access_code": CODE})
    client.submit(client.get("/en/reflection/section/use"), {"q-often": "never"})

    page = client.submit(client.get(SECTION), {"q-light": "purple"}, status=422)
    assert page.errors == [(f"Choose one of the answers shown: “{LABEL}”", "#q-light")]
    assert read_response(added.kept, ROUND, cluster).answers["views"] == {}
    client.submit(client.get(SECTION), {"q-light": " RED ", "q-why": "It is late."})
    assert read_response(added.kept, ROUND, cluster).answers["views"] == {"light": "stop", "why": "It is late."}
    assert 'value="stop"' in client.get(SECTION).markup

    assert "● Red" in client.get("/en/reflection/check").text
    assert "● Coch" in client.get("/cy/reflection/check").text
    page = client.submit(client.get("/en/reflection/check"))
    assert page.path == "/en/reflection/submitted"
    assert "● Red" in added.done("responses", "show", ROUND, cluster)

    assert answers_counted(added.export()["en"]) == {"Red": (1, 1), "Green": (1, 0)}
    rows = csv.DictReader(exported(added).read_text("utf-8-sig").splitlines())
    assert sorted({row["views.light"] for row in rows}) == ["[x]", "stop"]


def answers_counted(workbook: Path) -> dict[str, tuple[int, int]]:
    """Base and number of each answer to the question, from the sheet of answers."""
    sheet = openpyxl.load_workbook(workbook)["Answers"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    return {row[5]: (row[-3], row[-2]) for row in rows if row[0] == "Wales" and row[2] == LABEL}


def exported(service: Service) -> Path:
    return Path(service.done("export", "data", ROUND, "--format", "csv").splitlines()[0])
