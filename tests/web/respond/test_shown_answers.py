"""An answer of an earlier page is shown over a later question: in the language of the page, apart from any sentence."""

from copy import deepcopy
from typing import Any

import pytest
from flask import Flask

from survey import create_app
from survey.storage.tinydb_files.data_format import secret_of
from tests.web.checking_client import CheckingClient
from tests.web.html import text_of
from tests.web.respond import example
from tests.web.respond.conftest import Clock, answer

LATER, EARLIER = "/{}/reflection/section/practice", "/{}/reflection/section/about"
SHOWN = ["about.how", "about.how_other", "about.story", "about.both", "about.skills"]


def with_shown(definition: dict[str, Any]) -> dict[str, Any]:
    asked = deepcopy(definition)
    asked["sections"][-1]["questions"][-1]["shows"] = SHOWN
    return asked


@pytest.fixture
def app(data: Any, clock: Clock) -> Flask:
    app = create_app({"TESTING": True, "DATA": data, "DEMO": True, "NOW": clock})
    repository = app.extensions["repository"]
    example.open_round(repository, secret_of(app.config["DATA"]), definition=with_shown(example.DEFINITION))
    return app


def box(client: CheckingClient, address: str) -> str:
    (drawn,) = (one for one in client.get(address).root.iter("div") if one.get("class") == "app-shown")
    return text_of(drawn)


def test_what_is_not_answered_yet_says_so_and_what_is_not_asked_is_not_there(someone: CheckingClient) -> None:
    shown = box(someone, LATER.format("en"))
    assert "How did you do it? Not answered yet" in shown
    assert "In which way?" not in shown


def test_answers_are_shown_in_the_language_of_the_page_with_their_own_words_as_they_were_typed(
    someone: CheckingClient,
) -> None:
    given = {"how": "other", "how_other": "<b>Ar y ffôn</b>", "story": "Aeth\nyn dda", "people": "1200", "share": "1.5"}
    answer(someone, EARLIER.format("cy"), {f"q-{name}": value for name, value in given.items()})
    shown = box(someone, LATER.format("en"))
    assert "How did you do it? In another way" in shown
    assert "In which way? <b>Ar y ffôn</b>" in shown
    assert "1,201.5 (each)" in shown
    assert "How are your skills? Not answered yet" in shown
    assert 'lang="cy">Aeth<br>yn dda' in someone.get(LATER.format("en")).markup
    assert "(cy) How did you do it? (cy) In another way" in box(someone, LATER.format("cy"))


def test_another_cluster_sees_its_own_answers_only(someone: CheckingClient, sign_in: Any) -> None:
    answer(someone, EARLIER.format("en"), {"q-how": "meeting"})
    assert "At a meeting" in box(someone, LATER.format("en"))
    assert "At a meeting" not in box(sign_in(example.OTHER_CODE), LATER.format("en"))


def test_the_printed_reflection_shows_what_was_answered(someone: CheckingClient) -> None:
    printed = "/en/reflection/print"
    assert "Answered on an earlier page" not in someone.get(printed).text
    answer(someone, EARLIER.format("en"), {"q-how": "meeting"})
    assert "Answered on an earlier page: How did you do it? At a meeting A note" in someone.get(printed).text
