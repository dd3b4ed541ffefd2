"""Answer types that no file of the service knows: each one class, one field, one entry of the schema.

They are checked, answered, stored, read back, counted and exported like those that are built in, none of which they are
a kind of.
"""

import csv
import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import polib
import pytest
from jinja2 import ChoiceLoader, DictLoader

from survey.catalogues.compilation import compile_catalogues
from survey.catalogues.extraction import templates, write_templates
from survey.collection.people.access import issue_code
from survey.collection.reading.texts import asked_for_words
from survey.collection.responses.response import read_response
from survey.collection.rounds.snapshot import load_snapshot
from survey.config import ROOT
from survey.demonstration.example_answers import example_answers
from survey.languages import REPOSITORY_CATALOGUES
from survey.questionnaire import shape
from survey.questionnaire.definition import Question
from survey.questionnaire.framework import Outcome
from survey.questionnaire.types import ANSWER_TYPES, AnswerContext, AnswerLine, AnswerType, Reading, register
from survey.questionnaire.types.base import fault
from survey.questionnaire.walk import Instrument
from survey.web.respond.fields import FIELD_TYPES, AnswerField, field_of
from survey.web.respond.fields.inputs import TextBoxField
from survey.web.site.environment import access_secret
from tests.catalogues_in_use import use_catalogues
from tests.third.conftest import NAME, ROUND, Service
from tests.web.checking_client import CheckingClient

CODE = "ABCD-EFGH-JKMN"
SECTION = "/en/reflection/section/views"
LABEL = "Which colour is the traffic light?"
WELSH = {
    "light.label": (LABEL, "Pa liw yw’r golau traffig?"),
    "light.options.stop": ("Red", "Coch"),
    "light.options.go": ("Green", "Gwyrdd"),
    "why.label": ("Why is it red?", "Pam mae’n goch?"),
    "verse.label": ("Put it into verse", "Rhowch ef ar gân"),
    "sheep.label": ("How many sheep crossed?", "Faint o ddefaid a groesodd?"),
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


class Verse(AnswerType):
    """Lines of verse. Answer: the lines."""

    name = "verse"
    field_kind = "text"
    counted_as = "text"
    free_text = True
    several_lines = True

    def read(self, question: Question, raw: Any, outcome: Outcome | None) -> Reading:
        return Reading(str(raw).strip() or None) if raw else Reading()

    def most_characters(self, question: Question) -> int:
        return 140

    def lines(self, question: Question, answer: Any, context: AnswerContext) -> list[AnswerLine]:
        return [AnswerLine(answer, verbatim=True)]


class Sheep(AnswerType):
    """A number of sheep, of which there are thirty. Answer: an integer."""

    name = "sheep"
    field_kind = "integer"
    misread = "not_whole"
    example_least = 28

    def read(self, question: Question, raw: Any, outcome: Outcome | None) -> Reading:
        if raw is None or raw == "":
            return Reading()
        return Reading(int(raw)) if str(raw).isdecimal() and int(raw) <= 30 else fault("not_whole")

    def bounds(self, question: Question) -> tuple[int, int]:
        return 0, 30

    def lines(self, question: Question, answer: Any, context: AnswerContext) -> list[AnswerLine]:
        return [AnswerLine(str(answer))]


class TrafficLightField(AnswerField):
    template = "traffic_light"


TEMPLATE = """{% from "components/input.html" import input %}
{% macro traffic_light(field) %}
{{ input(field.label.text, field.name, id=field.id, error=field.error(), value=field.data or "") }}
{% endmacro %}"""


@pytest.fixture
def added(service: Service, monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    """The service with the types, and with a questionnaire that asks them."""
    register(TrafficLight(), Verse(), Sheep())
    field_of(TrafficLight, Sheep)(TrafficLightField)
    field_of(Verse)(type("VerseField", (TextBoxField,), {}))
    loader = service.app.jinja_env.loader
    assert loader is not None
    template = DictLoader({"respond/fields/traffic_light.html": TEMPLATE})
    service.app.jinja_env.loader = ChoiceLoader([loader, template])
    add_to_schema(service, monkeypatch)
    ask(service)
    translate(service)
    yield service
    for added_type in (TrafficLight, Verse, Sheep):
        del ANSWER_TYPES[added_type.name], FIELD_TYPES[added_type.name]


def add_to_schema(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = service.places.questionnaires / "schema"
    folder.unlink()
    folder.mkdir()
    schema = json.loads((ROOT / "questionnaires/schema/questionnaire.schema.json").read_text("utf-8"))
    definitions = schema["$defs"]
    for name, alike in (("traffic_light", "scale"), ("verse", "link"), ("sheep", "link")):
        definitions["typeName"]["enum"].append(name)
        definitions[name] = definitions[alike]
        condition = {"required": ["type"], "properties": {"type": {"const": name}}}
        definitions["question"]["allOf"].append({"if": condition, "then": {"$ref": f"#/$defs/{name}"}})
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
            {"id": "verse", "type": "verse", "label": "Put it into verse"},
            {"id": "sheep", "type": "sheep", "label": "How many sheep crossed?"},
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
    client, cluster = signed_in(added)
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


def test_what_may_be_typed_where_it_is_filled_in_off_line_is_what_its_class_says(added: Service) -> None:
    client, _ = signed_in(added)
    assert 'data-maxlength="140"' in client.get(SECTION).markup
    sheep = "How many sheep crossed? (optional)"
    pack = openpyxl.load_workbook(BytesIO(client.browser.get("/en/reflection/meeting-pack/en.xlsx").data))
    sheet = next(
        sheet for sheet in pack if any("sheep" in str(cell.value) for row in sheet.iter_rows() for cell in row)
    )
    rules = sheet.data_validations.dataValidation
    held = {(rule.type, rule.operator or "between", rule.formula1, rule.formula2) for rule in rules}
    assert {("textLength", "lessThanOrEqual", "140", None), ("whole", "between", "0", "30")} <= held
    asked = {str(cell.value): cell.row for row in sheet.iter_rows() for cell in row}
    verse, sheep = (
        "Put it into verse (optional)\nAt most 140 characters with spaces.",
        "How many sheep crossed? (optional)",
    )
    height = {words: sheet.row_dimensions[asked[words]].height or 0 for words in (verse, sheep)}
    assert height[verse] > 2 * height[sheep]


def test_a_text_of_several_lines_is_put_under_themes_and_examples_are_what_its_class_says(added: Service) -> None:
    added.open()
    snapshot = load_snapshot(added.kept, ROUND)
    assert "views.verse" in asked_for_words(snapshot)
    instrument = Instrument(snapshot.questionnaire, snapshot.framework)
    made = [example_answers(instrument, added.now.date(), "Words", number)["views"]["sheep"] for number in range(12)]
    assert {28, 30} <= set(made) <= {28, 29, 30}


def rows_by_words(sheet: Any) -> dict[str, int]:
    """The row of what stands in each cell."""
    return {str(cell.value): cell.row for row in sheet.iter_rows() for cell in row}


def signed_in(service: Service) -> tuple[CheckingClient, str]:
    """A browser of a cluster, once the round is open, and the code of that cluster."""
    service.open()
    cluster = load_snapshot(service.kept, ROUND).clusters.clusters[0].code
    with service.app.app_context():
        issue_code(service.kept, access_secret(), ROUND, cluster, CODE, service.now)
    client = service.client()
    client.submit(client.get("/en/sign-in"), {"access_code": CODE})
    return client, cluster


def answers_counted(workbook: Path) -> dict[str, tuple[int, int]]:
    """Base and number of each answer to the question, from the sheet of answers."""
    sheet = openpyxl.load_workbook(workbook)["Answers"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    return {row[5]: (row[-3], row[-2]) for row in rows if row[0] == "Wales" and row[2] == LABEL}


def exported(service: Service) -> Path:
    return Path(service.done("export", "data", ROUND, "--format", "csv").splitlines()[0])
