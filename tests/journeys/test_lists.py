"""A long list that is searched as somebody types: by keys and by taps, narrowed by an answer of the page."""

import json
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
from werkzeug.datastructures import MultiDict

from survey import create_app
from survey.config import ROOT
from survey.languages import language
from survey.questionnaire.builder import questionnaire_from
from survey.questionnaire.texts import Texts, messages
from survey.questionnaire.walk import Instrument
from survey.storage.data_folder import open_data_folder
from survey.web.respond.fields import FieldContext
from survey.web.respond.forms import form_of
from tests.journeys.axe import ADDRESS_OF_AXE, AXE
from tests.journeys.looking import Inspector
from tests.questionnaire.examples import source

WEB = ROOT / "survey/web"
PHONE = {"width": 320, "height": 640}


@pytest.fixture(scope="module")
def markup(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., str]:
    """Makes a page with the question that filters a list, and the list, in a language; also with what was `typed`."""
    data = tmp_path_factory.mktemp("lists") / "data"
    open_data_folder(data)
    whole = source("list_choice")
    many = [{"code": f"m{n}", "label": f"Many {n}", "belongs_to": "south"} for n in range(150)]
    whole["option_sets"]["practices"] += [{"code": "ty", "label": "Tŷ Gwyn Surgery", "belongs_to": "south"}, *many]
    instrument = Instrument(questionnaire_from(whole), None)
    app = create_app({"TESTING": True, "DATA": data, "DEMO": True})

    def made(code: Any = "en", **typed: str) -> str:
        said = {one.context: one.text for one in messages(instrument.questionnaire)}
        setting = FieldContext(Texts(code, said), language(code), page_key="page")
        with app.test_request_context(f"/{code}/"):
            sent = MultiDict({"on_page": "part asked", **typed}) if typed else None
            form = form_of(instrument.pages[0], setting, {}, sent)
            form.validate()
            inside = "".join(field.draw() for field in form.answer_fields)
        earlier = json.dumps({"q-asked": ["a"]})
        return (
            f'<!DOCTYPE html><html lang="{code}"><head><meta name="viewport" content="width=device-width">'
            "<title>List – Myfyrio</title>"
            '<link rel="stylesheet" href="/myfyrio.css"></head><body class="js-enabled"><main>'
            f"<h1>List</h1>"
            f'<form id="answers" action="/page" method="get" novalidate>{inside}'
            f'<div class="app-earlier" data-earlier="{escape(earlier)}">'
            '<button class="nhsuk-button app-earlier__take">Same</button>'
            '<p class="app-earlier__mark" hidden>Unchanged</p></div></form></main>'
            '<script type="module" src="/earlier.js"></script>'
            '<script type="module" src="/lists.js"></script></body></html>'
        )

    return made


@pytest.fixture
def show(browser: Browser) -> Iterator[Callable[[str], Page]]:
    page = browser.new_page(viewport=PHONE)

    def served(path: str) -> Path:
        address = urlsplit(path).path
        if address == ADDRESS_OF_AXE:
            return AXE
        name = Path(address).name
        return WEB / ("static/build" if name.endswith(".css") else "scripts") / name

    def shown(markup: str) -> Page:
        page.route("**/*.js*", lambda route: route.fulfill(path=served(route.request.url)))
        page.route("**/*.css", lambda route: route.fulfill(path=served(route.request.url)))
        page.route("**/page", lambda route: route.fulfill(content_type="text/html; charset=utf-8", body=markup))
        page.goto("http://lists.test/page")
        expect(page.get_by_role("combobox")).to_be_visible()
        return page

    yield shown
    page.close()


@pytest.fixture
def page(show: Callable[[str], Page], markup: Callable[..., str]) -> Page:
    return show(markup())


def found(page: Page) -> list[str]:
    return [text.strip() for text in page.get_by_role("option").all_inner_texts()]


def sent(page: Page) -> str:
    return str(page.evaluate("new FormData(document.forms[0]).get('q-asked')"))


def test_some_of_the_words_are_typed_and_an_answer_is_chosen_by_keys(page: Page) -> None:
    box = page.get_by_role("combobox")
    box.press_sequentially("sur llan")
    assert found(page) == ["Llan Surgery"]
    expect(page.get_by_role("status")).to_have_text("Answers found: 1")
    box.press("ArrowDown")
    expect(page.get_by_role("option", selected=True)).to_have_text("Llan Surgery")
    box.press("Enter")
    assert (sent(page), box.input_value(), found(page)) == ("a", "Llan Surgery", [])


def test_what_is_answered_on_the_page_narrows_it_and_accents_do_not_matter(page: Page) -> None:
    page.get_by_label("South").check()
    box = page.get_by_role("combobox")
    box.fill("ty")
    assert found(page) == ["Tŷ Gwyn Surgery"]
    box.fill("cwm")
    assert found(page) == ["Cwm Surgery"]
    page.get_by_role("option").click()
    assert sent(page) == "c"


def test_two_that_read_alike_say_what_they_belong_to_and_too_many_are_not_all_shown(page: Page) -> None:
    box = page.get_by_role("combobox")
    box.fill("cwm")
    assert found(page) == ["Cwm Surgery North", "Cwm Surgery South"]
    box.fill("many")
    assert len(found(page)) == 100
    expect(page.get_by_role("status")).to_contain_text("There are more answers")


def test_what_is_no_answer_is_said_to_be_none_and_the_answer_before_is_taken_back(page: Page) -> None:
    box = page.get_by_role("combobox")
    box.fill("llan surgery")
    box.press("Tab")
    assert sent(page) == "a"
    box.fill("Nowhere")
    box.press("Tab")
    assert sent(page) == ""
    expect(page.get_by_role("status")).to_contain_text("This is not an answer in the list")
    box.fill("")
    box.press("Tab")
    expect(page.get_by_role("status")).to_have_text("")


def test_nothing_is_wrong_with_it_on_a_phone_closed_or_open(page: Page, inspector: Inspector) -> None:
    page.get_by_label("North").check()
    assert inspector.faults(page) == []
    page.get_by_role("combobox").fill("s")
    page.get_by_role("combobox").press("ArrowDown")
    assert inspector.faults(page) == []


@pytest.mark.parametrize("code", ["en", "cy"])
def test_nothing_is_wrong_with_it_in_either_language_where_an_answer_is_refused(
    show: Callable[[str], Page], markup: Callable[..., str], inspector: Inspector, code: str
) -> None:
    page = show(markup(code, **{"q-asked": "nowhere"}))
    expect(page.locator(".nhsuk-error-message")).to_be_visible()
    assert inspector.faults(page) == []


def test_what_was_answered_before_is_taken_over_and_the_box_has_the_focus(page: Page) -> None:
    page.get_by_role("button", name="Same").click()
    expect(page.get_by_role("combobox")).to_be_focused()
    expect(page.get_by_role("combobox")).to_have_value("Llan Surgery")
    assert sent(page) == "a"
