"""A page that a rule takes away while somebody writes on it: what was typed is shown, with the reason, and not lost."""

from copy import deepcopy
from typing import Any

import pytest
from flask import Flask

from survey import create_app
from survey.storage.tinydb_files.data_format import secret_of
from tests.web.checking_client import CheckingClient
from tests.web.respond import example
from tests.web.respond.conftest import Clock, answer

ABOUT, PRACTICE = "/en/reflection/section/about", "/{}/reflection/section/practice"


@pytest.fixture
def app(data: Any, clock: Clock) -> Flask:
    app = create_app({"TESTING": True, "DATA": data, "DEMO": True, "NOW": clock})
    repository = app.extensions["repository"]
    definition = deepcopy(example.DEFINITION)
    definition["sections"][-1]["show_when"] = {"all": [{"question": "about.how", "operator": "=", "answer": "meeting"}]}
    example.open_round(repository, secret_of(app.config["DATA"]), definition=definition)
    return app


@pytest.mark.parametrize("language", ["en", "cy"])
def test_what_was_typed_on_a_page_that_is_not_asked_any_more_is_shown_with_the_reason(
    someone: CheckingClient, sign_in: Any, language: str
) -> None:
    answer(someone, ABOUT, {"q-how": "meeting"})
    open_page = someone.get(PRACTICE.format(language))
    answer(sign_in(example.CODE), ABOUT, {"q-how": "other"})
    page = someone.submit(open_page, {"q-note": "Nodyn hir"}, status=409)
    assert "Nodyn hir" in page.text


def test_an_item_of_such_a_page_is_shown_too_and_a_script_is_told_why(someone: CheckingClient, sign_in: Any) -> None:
    answer(someone, ABOUT, {"q-how": "meeting"})
    item = someone.get("/en/reflection/section/practice/stories/abc/change")
    answer(sign_in(example.CODE), ABOUT, {"q-how": "other"})
    page = someone.submit(item, {"q-title": "Stori"}, status=409)
    assert "Stori" in page.text
    assert "This page is not asked any more" in page.text
    sent = item.values(item.form("answers"))
    said = someone.browser.post(item.path, data=sent, headers={"Accept": "application/json"})
    assert said.status_code == 410
    assert said.json["said"].startswith("This page is not asked any more")
