"""The client that checks every page finds what it looks for."""

from collections.abc import Callable

import pytest
from flask import Flask, Response
from html5lib.html5parser import ParseError

from tests.web.checking_client import CheckingClient

H1 = "<h1>Contact us</h1>"
MAIN = '<main class="nhsuk-main-wrapper" id="maincontent">'
SUMMARY = '<div class="nhsuk-error-summary"><h2>There is a problem</h2></div>'

# What is put in the place of what, and the words of the fault.
BREAKAGES = {
    "no title": ("<title>Contact us – Myfyrio</title>", "<title></title>", "titles:"),
    "title without the service": ("Contact us – Myfyrio", "Contact us", "titles:"),
    "error summary without its title": (MAIN, MAIN + SUMMARY, "error summary: True"),
    "title of an error without summary": ("<title>", "<title>Error: ", "error summary: False"),
    "wrong language": ('<html lang="en">', '<html lang="cy">', "lang is cy"),
    "no switch": ('hreflang="cy"', 'hreflang="fr"', "0 switches"),
    "second first heading": (H1, H1 + H1, "levels:"),
    "no first heading": (H1, "<p>Contact us</p>", "levels:"),
    "left out level": (H1, H1 + "<h3>Deeper</h3>", "h3 follows h1"),
    "same id twice": (H1, H1 + '<p id="a">x</p><p id="a">y</p>', "id a is there 2 times"),
    "label of nothing": (H1, H1 + '<label for="a">x</label>', "no such id"),
    "link to nothing": (H1, H1 + '<a href="#a">x</a>', "no such id"),
    "control without label": (H1, H1 + '<input name="a">', "has no label"),
    "link without words": (H1, H1 + '<a href="/en/"></a>', "has no words"),
    "form without action": (H1, H1 + "<form novalidate></form>", "has the action None"),
    "form that the browser checks": (H1, H1 + '<form action="/en/"></form>', "in the browser’s language"),
    "form without token": (H1, H1 + '<form action="/" method="post" novalidate></form>', "has 0 tokens"),
    "script in the page": (H1, H1 + "<script>x()</script>", "<script> in the page"),
    "style in the page": (H1, H1 + '<p style="color: red">x</p>', "<p style="),
    "handler in the page": (H1, H1 + '<p onclick="x()">x</p>', "<p onclick="),
    "script from elsewhere": (H1, H1 + '<script src="https://a.example/x.js"></script>', "comes from"),
    "field without its script": (H1, H1 + "<p data-list>x</p>", "fields without their scripts"),
    "untranslated": (H1, "<h1>⚠Contact us⚠</h1>", "not translated"),
    "escaped twice": (H1, H1 + "<p>R&amp;amp;D</p>", "escaped twice"),
    "placeholder": (H1, H1 + "<p>Hello %(name)s</p>", "not filled in"),
    "invalid HTML": (H1, H1 + "<p><div></p>", "unexpected|expected"),
}


Breaking = Callable[[str, str], None]


@pytest.fixture
def breaking(app: Flask) -> Breaking:
    """Puts something else in the place of a part of every page from now on."""
    replacements: list[tuple[str, str]] = []

    @app.after_request
    def replace(response: Response) -> Response:
        for old, new in replacements:
            markup = response.get_data(as_text=True)
            assert old in markup
            response.set_data(markup.replace(old, new))
        return response

    return lambda old, new: replacements.append((old, new))


@pytest.mark.parametrize("case", BREAKAGES)
def test_fault_is_found(client: CheckingClient, breaking: Breaking, case: str) -> None:
    client.get("/en/contact")
    old, new, fault = BREAKAGES[case]
    breaking(old, new)
    with pytest.raises((AssertionError, ParseError), match=f"(?i){fault}"):
        client.get("/en/contact")


@pytest.mark.parametrize("unmarked", ["<p>words</p>", '<p aria-label="words">⟦x⟧</p>', "<p>⟦x⟧ words</p>"])
def test_unmarked_words_are_found_in_the_pseudo_language(
    client: CheckingClient, breaking: Breaking, unmarked: str
) -> None:
    client.get("/en-XA/contact")
    breaking("</main>", unmarked + "</main>")
    with pytest.raises(AssertionError, match=r"untranslated: .*words"):
        client.get("/en-XA/contact")


def test_words_of_another_language_may_be_unmarked(client: CheckingClient, breaking: Breaking) -> None:
    breaking("</main>", '<p lang="cy">geiriau</p><p translate="no">name</p><p>⟦x <b>y</b> z⟧ 12</p></main>')
    assert "geiriau" in client.get("/en-XA/contact").text


def test_wrong_status_is_found(client: CheckingClient) -> None:
    with pytest.raises(AssertionError, match="answered 404, not 200"):
        client.get("/en/nothing")


def test_missing_header_is_found(app: Flask, client: CheckingClient) -> None:
    @app.after_request
    def weaken(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = "default-src 'none'; script-src 'unsafe-inline'"
        return response

    with pytest.raises(AssertionError, match="content security policy"):
        client.get("/en/contact")
