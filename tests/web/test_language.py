"""Which language a person is shown, and the way to the other one."""

import pytest
from flask import Blueprint, Flask, render_template_string, request

from survey import create_app
from survey.web.site.language import preferred_language, register, switch_asked_for
from tests.web.checking_client import CheckingClient


@pytest.mark.parametrize(
    ("accepts", "expected"),
    [
        ("cy", "cy"),
        ("cy-GB,en-GB;q=0.5", "cy"),
        ("en-GB,en;q=0.9,cy;q=0.8", "en"),
        ("en-US", "en"),
        ("fr-FR,cy;q=0.3", "cy"),
        ("fr, cy;q=0", None),
        ("fr", None),
        ("", None),
        ("*", None),
        ("cy_GB; drop table", None),
    ],
)
def test_browser_says_which_language(app: Flask, accepts: str, expected: str | None) -> None:
    with app.test_request_context("/", headers={"Accept-Language": accepts}):
        assert preferred_language() == expected


def test_last_language_used_comes_before_the_browsers(client: CheckingClient) -> None:
    browser = {"headers": {"Accept-Language": "en-GB"}}
    assert client.get("/", **browser).path == "/en/"
    client.get("/cy/contact", **browser)
    assert client.get("/", **browser).path == "/cy/"


def test_without_any_sign_the_page_asks_in_both(client: CheckingClient) -> None:
    page = client.get("/")
    assert page.path == "/"
    assert page.links == {"Cymraeg": "/cy/", "English": "/en/"}
    assert "Dewiswch iaith" in page.heading
    assert "Choose a language" in page.heading


def test_answer_depends_on_cookie_and_browser_and_is_not_kept(client: CheckingClient) -> None:
    answer = client.browser.get("/", headers={"Accept-Language": "cy"})
    assert answer.status_code == 302
    assert {"Accept-Language", "Cookie"} <= set(answer.vary)
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(("here", "other"), [("cy", "en"), ("en", "cy")])
def test_switch_keeps_page_and_query(client: CheckingClient, here: str, other: str) -> None:
    page = client.get(f"/{here}/contact?a=b%20c&d=%C5%B5")
    name = {"cy": "Cymraeg", "en": "English"}[other]
    assert page.links[name] == f"/{other}/contact?a=b%20c&d=%C5%B5"


def test_switch_of_a_page_that_is_not_there_stays_there(client: CheckingClient) -> None:
    assert client.get("/en/no/ŵ such", status=404).links["Cymraeg"] == "/cy/no/%C5%B5%20such"


def test_switch_keeps_where_the_site_is_mounted(app: Flask) -> None:
    answer = app.test_client().get("/en/contact", base_url="http://localhost/myfyrio")
    assert 'href="/myfyrio/cy/contact"' in answer.text


def test_pseudo_language_is_served_only_when_asked_for(app: Flask, data: object) -> None:
    assert app.test_client().get("/en-XA/contact").status_code == 200
    plain = create_app({"TESTING": True, "DATA": data, "DEMO": True})
    assert plain.test_client().get("/en-XA/contact").status_code == 404


FORM = """
{% extends "layout.html" %}
{% from "components/form.html" import form %}
{% from "components/input.html" import input %}
{% from "components/button.html" import button %}
{% set title = "⟦Form⟧" %}
{% set switch_form = "answers" %}
{% block content %}<h1>⟦Form⟧</h1><p translate="no">{{ outcome }}</p>
{% call form() %}{{ input("⟦Words⟧", "words") }}{{ button("⟦Save⟧", name="action", value="save") }}{% endcall %}
{% endblock %}
"""


@pytest.fixture
def form_client(app: Flask) -> CheckingClient:
    pages = Blueprint("form", __name__)

    @pages.route("/form", methods=["GET", "POST"])
    def form() -> str:
        outcome = f"switch: {switch_asked_for() or '-'}; words: {request.form.get('words', '-')}"
        return render_template_string(FORM, outcome=outcome)

    register(app, pages)
    return CheckingClient(app)


@pytest.mark.parametrize("language", ["cy", "en", "en-XA"])
def test_in_a_form_the_switch_sends_what_was_typed(form_client: CheckingClient, language: str) -> None:
    page = form_client.get(f"/{language}/form")
    switch = next(button for button in page.all("button") if button.get("name") == "switch_language")
    assert switch.get("form") == "answers"
    other = switch.get("value", "")
    sent = form_client.submit(page, {"words": "dŵr"}, button=("switch_language", other))
    assert f"switch: {other}; words: dŵr" in sent.text


def test_enter_saves_and_does_not_switch(form_client: CheckingClient) -> None:
    """A browser presses the first submit button that belongs to the form, wherever it stands in the page."""
    page = form_client.get("/en/form")
    buttons = [b for b in page.all("button") if b.get("form") == "answers" or b in page.form("answers").iter()]
    assert buttons[0].get("name") is None
    assert "nhsuk-u-visually-hidden" in buttons[0].get("class", "")
    assert buttons[0].get("tabindex") == "-1"


def test_a_language_that_is_not_served_is_not_switched_to(form_client: CheckingClient) -> None:
    sent = form_client.submit(form_client.get("/en/form"), button=("switch_language", "fr"))
    assert "switch: -;" in sent.text
