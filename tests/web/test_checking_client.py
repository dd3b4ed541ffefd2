"""The client of the page tests, which does not look again at what it found good: it sees a fault all the same."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.web.checking_client import CheckingClient


def without_token(answer: TestResponse) -> None:
    markup = answer.get_data(as_text=True)
    changed = re.sub(r'(name="csrf_token"[^>]*value=")[^"]+', r"\1", markup)
    assert changed != markup
    answer.set_data(changed)


def with_hidden(value: str) -> Callable[[TestResponse], None]:
    field = f'<input type="hidden" name="seen" value="{value}">'
    return lambda answer: answer.set_data(answer.get_data(as_text=True).replace("</form>", f"{field}</form>", 1))


def with_two_headings(answer: TestResponse) -> None:
    answer.set_data(answer.get_data(as_text=True).replace("</main>", "<h1>Again</h1></main>"))


def not_valid(answer: TestResponse) -> None:
    answer.set_data(answer.get_data(as_text=True).replace("</main>", "</p></main>"))


def kept_by_anybody(answer: TestResponse) -> None:
    answer.headers["Cache-Control"] = "public"


@pytest.mark.parametrize("spoil", [without_token, with_two_headings, not_valid, kept_by_anybody])
def test_a_page_that_was_good_before_is_not_taken_for_good(app: Flask, spoil: Callable[[TestResponse], None]) -> None:
    client = CheckingClient(app)
    client.get("/en/sign-in")
    answer = client.browser.get("/en/sign-in")
    spoil(answer)
    for _ in range(2):
        with pytest.raises(AssertionError):
            client._page(answer, 200)


def test_a_hidden_field_is_looked_at_whatever_it_held_before(app: Flask) -> None:
    client = CheckingClient(app)
    good, bad = (client.browser.get("/en/sign-in") for _ in range(2))
    with_hidden("seen")(good)
    client._page(good, 200)
    with_hidden("javascript:")(bad)
    with pytest.raises(AssertionError, match="javascript:"):
        client._page(bad, 200)
