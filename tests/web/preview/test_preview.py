"""The preview: what an author sees of a questionnaire before anybody is asked it. Nothing that is typed is kept."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from survey import create_app
from survey.catalogues.files import message_id
from survey.config import ROOT as REPOSITORY
from survey.languages import language
from survey.questionnaire.library import QUESTIONNAIRES
from survey.questionnaire.problems import WORDINGS
from survey.questionnaire.screens import Screen, screens_of
from survey.web.preview.entries import linked
from survey.web.site.editions import Edition
from survey.web.site.preview_addresses import preview_address
from tests.shipped import LIBRARY
from tests.web.checking_client import CheckingClient
from tests.web.checking_client import Page as FetchedPage
from tests.web.html import text_of

LANGUAGES = ("cy", "en", "en-XA")
EDITIONS = sorted(LIBRARY.questionnaires)
NEWEST = dict(EDITIONS)
SHOWN_BESIDE = ("about", "outcome/pcmw-01", "role")
START = "/en/preview/self-reflection/2026/"
FRAMEWORK = "questionnaires/frameworks/cluster-development-framework-2022.json"


def screens(name: str, year: str) -> tuple[Screen, ...]:
    questionnaire = LIBRARY.questionnaires[name, year]
    framework = LIBRARY.frameworks[questionnaire.framework_id] if questionnaire.framework_id else None
    return screens_of(Edition(name, year, questionnaire=questionnaire, framework=framework).instrument)


def addresses() -> Iterator[str]:
    for name, year in NEWEST.items():
        yield f"{name}/{year}/"
        for screen in screens(name, year):
            yield f"{name}/{year}/section/{screen.key}"
            if not screen.number and screen.page.key in SHOWN_BESIDE:
                yield f"{name}/{year}/texts/{screen.page.key}"
            yield from (
                f"{name}/{year}/item/{question.id}/{screen.key}"
                for question in screen.shown.section.questions
                if question.type == "group"
            )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the questionnaires that a test may change."""
    copy = tmp_path / "questionnaires"
    shutil.copytree(QUESTIONNAIRES, copy)
    return copy


@pytest.fixture
def author(data: Path, folder: Path) -> CheckingClient:
    """Somebody who looks at the questionnaires of that folder."""
    return CheckingClient(create_app({"TESTING": True, "DATA": data, "DEMO": True, "QUESTIONNAIRES": folder}))


def change(path: Path, **changes: Any) -> dict[str, Any]:
    """Change the top of a definition."""
    source: dict[str, Any] = {**json.loads(path.read_text("utf-8")), **changes}
    path.write_text(json.dumps(source), "utf-8")
    return source


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_page_is_there_in_every_language(client: CheckingClient, code: str) -> None:
    every = list(addresses())
    assert len(every) > 20
    for address in every:
        assert client.get(f"/{code}/preview/{address}").heading


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_edition_is_listed_and_leads_to_its_pages(client: CheckingClient, code: str) -> None:
    listed = client.get(f"/{code}/preview/")
    for name, year in EDITIONS:
        page = client.get(listed.links[f"{name}/{year}"])
        leads_to = set(page.links.values())
        assert {f"{page.path}section/{screen.key}" for screen in screens(name, year)} <= leads_to


def test_all_outcomes_of_the_framework_can_be_picked(client: CheckingClient) -> None:
    links = client.get(START).links
    assert sum("/section/outcome/" in address for address in links.values()) == 20


@pytest.mark.parametrize("address", [address for address in addresses() if "/section/" in address])
def test_every_question_that_may_be_asked_is_drawn_and_every_rule_is_said(client: CheckingClient, address: str) -> None:
    name, year, key = address.replace("/section", "").split("/", 2)
    page = client.get(f"/en/preview/{address}")
    asked = next(screen.shown for screen in screens(name, year) if screen.key == key)
    for question in asked.section.questions:
        if asked.outcome and not asked.outcome.has_levels and question.id in ("indicated_level", "level_difference"):
            continue
        assert question.label.english in page.text, question.id
    ruled = [
        question for question in asked.section.questions if question.show_when and question.label.english in page.text
    ]
    assert page.text.count("Answer this if ") >= len(ruled)


def test_a_rule_that_looks_at_another_page_is_said_too(author: CheckingClient, folder: Path) -> None:
    path = folder / "workforce-skills" / "2026.json"
    source = json.loads(path.read_text("utf-8"))
    first, second = source["sections"][:2]
    named = next(question for question in first["questions"] if question["type"] == "single_choice")
    code = named["options"][0]["code"] if "options" in named else source["option_sets"][named["option_set"]][0]["code"]
    rule = {"all": [{"question": f"{first['id']}.{named['id']}", "operator": "=", "answer": code}]}
    second["questions"][0]["show_when"] = rule
    second["show_when"] = rule
    change(path, sections=source["sections"])
    page = author.get(f"/en/preview/workforce-skills/2026/section/{second['id']}")
    said = f"to: “{named['label']}”"
    (note,) = page.by_class("app-preview__note")
    assert "This page is there if all of these are true:" in text_of(note)
    assert said in text_of(note)
    assert second["questions"][0]["label"] in page.text
    assert page.text.count(said) == 1


def test_what_is_typed_is_checked_carried_over_the_switch_and_not_kept(client: CheckingClient, app: Flask) -> None:
    before = files_in(app.config["DATA"])
    page = client.get(f"{START}section/about")
    population = next(
        question.id
        for question in screens("self-reflection", "2026")[0].shown.section.questions
        if question.type == "whole_number"
    )
    wrong = client.submit(page, {f"q-{population}": "many"}, button=("then", "continue"), status=422)
    assert wrong.errors
    in_welsh = client.submit(wrong, {f"q-{population}": "1234"}, button=("switch_language", "cy"))
    assert in_welsh.language == "cy"
    assert in_welsh.values(in_welsh.form())[f"q-{population}"] == "1234"
    following = client.submit(in_welsh, {}, button=("then", "continue"))
    assert following.path.endswith(f"/section/{screens('self-reflection', '2026')[1].key}")
    assert "1234" not in client.get(f"{START}section/about").markup
    assert files_in(app.config["DATA"]) == before


def files_in(folder: Path) -> set[Path]:
    return set(folder.rglob("*"))


def test_the_level_that_answers_point_to_is_worked_out(client: CheckingClient) -> None:
    page = client.get(f"{START}section/outcome/pcmw-01")
    chosen = {
        control.get("name", ""): "in_place" for control in page.all("input") if "pcmw-01." in control.get("name", "")
    }
    assert chosen
    shown = client.submit(page, chosen, button=("then", "stay"))
    (calculated,) = [element for element in shown.root.iter() if element.get("data-calculated")]
    assert calculated.get("data-value") == "mature"


def test_a_change_of_the_file_is_there_when_the_page_is_loaded_again(author: CheckingClient, folder: Path) -> None:
    assert "Something else entirely" not in author.get(START).text
    change(folder / "self-reflection" / "2026.json", title="Something else entirely")
    assert "Something else entirely" in author.get(START).text


def test_a_text_without_welsh_is_shown_in_english_and_marked(author: CheckingClient, folder: Path) -> None:
    change(folder / "self-reflection" / "2026.json", title="Something else entirely")
    page = author.get(START.replace("/en/", "/cy/"))
    mark = language("cy").pgettext("preview", "[Not translated yet] %(english)s", english="Something else entirely")
    assert page.heading == f"self-reflection/2026 {mark}"
    assert [text_of(code) for code in page.all("code")] == ["self-reflection.title"]
    assert mark not in author.get(START).text


@pytest.mark.parametrize("code", ["cy", "en"])
@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('{"id": ', "self-reflection/2026.json"),
        ('{"$schema": "../schema/questionnaire.schema.json", "id": "<b>\\u0000"}', "self-reflection/2026.json"),
        ("\x00\xff", "self-reflection/2026.json"),
    ],
)
def test_a_broken_file_is_explained(author: CheckingClient, folder: Path, code: str, text: str, place: str) -> None:
    (folder / "self-reflection" / "2026.json").write_text(text, "latin-1")
    for address in ("", "section/about", "item/examples/good_practice"):
        page = author.get(f"/{code}/preview/self-reflection/2026/{address}")
        places = [text_of(code) for code in page.all("code") if not code.get("class")]
        assert places
        assert all(found.startswith(f"questionnaires/{place}") for found in places)
        assert str(folder) not in page.markup
    assert author.get(f"/{code}/preview/").links["self-reflection/2026"]
    assert author.get(f"/{code}/preview/workforce-skills/2026/").all("ol")


def test_a_fault_of_the_framework_is_explained_where_it_is_used(author: CheckingClient, folder: Path) -> None:
    (path,) = (folder / "frameworks").glob("*.json")
    change(path, title="")
    column = path.read_text("utf-8").index('"title"') + 1
    assert f"questionnaires/frameworks/{path.name}:1:{column}: /title" in places_named(author.get(START))
    path.write_text("{", "utf-8")
    assert f"questionnaires/frameworks/{path.name}:1:1" in places_named(author.get(START))


def test_a_file_that_leads_nowhere_is_explained(author: CheckingClient, folder: Path) -> None:
    (folder / "self-reflection" / "2027.json").symlink_to(folder / "nowhere.json")
    page = author.get("/en/preview/self-reflection/2027/")
    assert places_named(page) == ["questionnaires/self-reflection/2027.json"]


def places_named(page: FetchedPage) -> list[str]:
    return [text_of(found) for found in page.all("code")]


@pytest.mark.parametrize(
    "address",
    [
        "self-reflection/1999/",
        "frameworks/cluster-development-framework-2022/",
        "../config/2026/",
        "self-reflection/2026/section/nothing",
        "self-reflection/2026/item/nothing/good_practice",
        "self-reflection/2026/item/participants/about",
    ],
)
def test_what_is_not_there_is_not_found(client: CheckingClient, address: str) -> None:
    client.get(f"/en/preview/{address}", status=404)


def test_it_is_on_in_a_demonstration_or_where_it_is_asked_for(data: Path) -> None:
    live = {"TESTING": True, "DATA": data}
    CheckingClient(create_app(live)).get("/en/preview/", status=404)
    CheckingClient(create_app({**live, "PREVIEW": True})).get("/en/preview/")
    CheckingClient(create_app({**live, "DEMO": True})).get("/en/preview/")


@pytest.mark.parametrize("language", ["cy", "en", "en-XA"])
def test_what_is_followed_up_is_shown_by_an_example(client: CheckingClient, language: str) -> None:
    page = client.get(f"/{language}/preview/self-reflection/2026/section/last_year")
    assert page.by_id("q-went-pcmw-01") is not None
    assert page.by_class("app-verbatim")


def test_every_text_of_a_page_stands_in_both_languages_and_leads_to_its_entry(author: CheckingClient) -> None:
    page = author.get(START + "section/about")
    assert f'href="{START}texts/about"' in page.markup
    page = author.get(START + "texts/about")
    question = next(one for one in LIBRARY.questionnaires["self-reflection", "2026"].sections[0].questions if one.hint)
    for text in (question.label, question.hint):
        assert text is not None
        english, welsh = (language(code).message("self-reflection", text.key, text.english) for code in ("en", "cy"))
        assert english in page.text
        [address] = [link.get("href") for link in page.root.iter("a") if text_of(link) == welsh]
        key = message_id(text.key, text.english)
        assert address == f"/en/manage/translations/self-reflection/{key}"
    assert "Draft" in page.text


def test_conditions_and_errors_are_shown_in_both_languages(author: CheckingClient) -> None:
    page = author.get(START + "texts/about")
    said = {line.get("lang"): text_of(line) for line in page.root.iter("p") if line.get("lang")}
    assert said["en"].startswith("Answer this if")
    assert said["cy"].startswith("Atebwch hwn os")
    assert "Choose one of the answers shown" in page.text
    assert language("cy").say(WORDINGS["not_an_option"]) in page.text


def test_the_texts_of_the_service_are_listed_by_file_in_their_order(author: CheckingClient) -> None:
    page = author.get("/cy/preview/interface/")
    address = "/cy/preview/interface/survey/web/templates/pages/contact.html"
    assert address in page.markup
    source = (REPOSITORY / "survey/web/templates/pages/contact.html").read_text("utf-8")
    cells = author.get(address).root.iter("span")
    shown = [text_of(cell) for cell in cells if cell.get("lang") == "en" and "data-pattern" in cell.attrib]
    assert len(shown) > 2
    assert [source.index(text) for text in shown] == sorted(source.index(text) for text in shown)
    author.get("/cy/preview/interface/survey/../wsgi.py", status=404)


@pytest.mark.parametrize(
    ("catalogue", "context", "reference", "place"),
    [
        ("self-reflection", "self-reflection.about.title", "2026", "self-reflection/2026/texts/about"),
        ("self-reflection", "self-reflection.option_sets.x.y", "2025", "self-reflection/2025/"),
        ("self-reflection", "self-reflection.title", "1999", None),
        ("framework", "framework.pcmw-06.name", FRAMEWORK, "self-reflection/2026/texts/outcome/pcmw-06"),
        ("framework", "framework.title", FRAMEWORK, "self-reflection/2026/"),
        ("interface", "button", "survey/x.html", "interface/survey/x.html"),
        ("schema", "schema.title", "questionnaires/schema/x.json", None),
    ],
)
def test_a_text_of_a_catalogue_has_its_place_on_the_preview(
    app: Flask, catalogue: str, context: str, reference: str, place: str | None
) -> None:
    with app.test_request_context("/en/"):
        assert preview_address(catalogue, context, reference) == (f"/en/preview/{place}" if place else "")


def test_a_new_text_that_no_catalogue_has_yet_is_shown_as_such(author: CheckingClient, folder: Path) -> None:
    path = folder / "self-reflection" / "2026.json"
    definition = json.loads(path.read_text("utf-8"))
    definition["sections"][0]["questions"][0]["label"] = "Quite another question?"
    path.write_text(json.dumps(definition), encoding="utf-8")
    page = author.get(START + "texts/about")
    assert "Quite another question?" in page.text
    assert "Not in a catalogue yet" in page.text


@pytest.mark.parametrize("code", ["cy", "en"])
def test_every_text_of_the_drawn_page_leads_to_its_entry_if_asked_for(author: CheckingClient, code: str) -> None:
    page = author.get(f"/{code}/preview/self-reflection/2026/section/about?entries=yes")
    questionnaire = LIBRARY.questionnaires["self-reflection", "2026"]
    section = next(section for section in questionnaire.sections if section.id == "about")
    for text in (section.title, *(question.label for question in section.questions)):
        words = language(code).message("self-reflection", text.key, text.english)
        entry = message_id(text.key, text.english)
        assert page.links[words].endswith(f"/{code}/manage/translations/self-reflection/{entry}")
    assert not re.search("[\ue000-\uf8ff]", page.markup)
    plain = author.get(f"/{code}/preview/self-reflection/2026/section/about")
    assert section.title.english not in plain.links


def test_a_mark_in_a_button_or_an_attribute_goes_without_a_trace() -> None:
    one = "\ue000a/1\ue001One\ue002"
    assert (
        linked(f'<title>{one}</title><a href="#" title="{one}">{one}</a>\ue002')
        == '<title>One</title><a href="#" title="One">One</a>'
    )


@pytest.mark.parametrize(
    "address", ["self-reflection/2026/section/outcome/pcmw-01", "workforce-skills/2026/section/role"]
)
def test_pages_are_filled_in_with_example_answers_on_request(author: CheckingClient, address: str) -> None:
    filled = [author.get(f"/{language}/preview/{address}?example=1") for language in ("en", "cy")]
    values = [dict(page.values(page.form("answers"))) for page in filled]
    empty = author.get(f"/en/preview/{address}")
    assert sum(map(bool, values[0].values())) > sum(map(bool, empty.values(empty.form("answers")).values()))
    assert values[0].keys() == values[1].keys()
    assert [page.errors for page in filled] == [[], []]
    assert [link for link in filled[0].links.values() if "example=2" in link]


def test_an_example_stays_from_page_to_page_and_its_figures_and_shown_answers_are_there(
    author: CheckingClient, folder: Path
) -> None:
    path = folder / "self-reflection" / "2026.json"
    source = json.loads(path.read_text("utf-8"))
    shown, asked = source["sections"][0], source["sections"][-1]
    first = next(one for one in shown["questions"] if one["type"] in ("long_text", "short_text"))
    asked["questions"][0]["shows"] = [f"{shown['id']}.{first['id']}"]
    path.write_text(json.dumps(source), "utf-8")
    address = f"/en/preview/self-reflection/2026/section/{asked['id']}"
    assert "Answered on an earlier page:" in author.get(address).text
    assert "Not answered yet" in author.get(address).text
    page = author.get(f"{address}?example=3")
    assert "An example answer, in words." in page.text
    assert all("example=3" in link.get("href", "") for link in page.by_class("nhsuk-pagination__link"))
    assert author.get(f"{address}?example=x").status == 200
