"""What the script of a page sends while somebody writes, and what it is told."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import pytest

from survey.collection.responses.merge import base_of
from survey.collection.responses.response import read_response
from survey.collection.rounds.round import close_round
from survey.storage.repository import StorageFull
from survey.storage.tinydb_files.repository import FileRepository
from survey.web.respond.form_targets import base_text
from tests.web.checking_client import CheckingClient
from tests.web.respond.conftest import answer
from tests.web.respond.example import CLUSTER, NOW, ROUND

ABOUT = "/en/reflection/section/about"
SignIn = Callable[..., CheckingClient]


def answers_in(repository: FileRepository) -> Any:
    page = read_response(repository, ROUND, CLUSTER).pages.get("about")
    return page.answers if page else None


def send(client: CheckingClient, path: str = ABOUT, **fields: str) -> tuple[int, dict[str, Any]]:
    """What the service says to the script when these fields are sent, of their questions only."""
    page = client.get(ABOUT)
    shown = page.values(page.form("answers"))
    names = sorted({name.removeprefix("q_").split("__")[0] for name in fields if name.startswith("q_")})
    sent = {
        "csrf_token": shown["csrf_token"],
        "whose": shown["whose"],
        "on_page": " ".join(names),
        "base": shown["base"],
        **{name.replace("q_", "q-", 1): value for name, value in fields.items()},
    }
    reply = client.browser.post(path, data=sent, headers={"Accept": "application/json"})
    return reply.status_code, reply.get_json()


def test_only_the_questions_that_are_sent_are_saved(someone: CheckingClient, repository: FileRepository) -> None:
    answer(someone, ABOUT, {"q-name": "Ann", "q-people": "5"})
    status, said = send(someone, q_people="6")
    assert status == HTTPStatus.OK
    assert said == {"said": "Saved 10:00", "left": [], "base": base_text(base_of({"people": 6})), "revision": 2}
    assert answers_in(repository) == {"name": "Ann", "people": 6}


def test_it_is_said_in_the_language_of_the_page(someone: CheckingClient) -> None:
    _, said = send(someone, ABOUT.replace("/en/", "/en-XA/"), q_name="Ann")
    assert said["said"].startswith("⟦")


def test_a_button_is_told_where_it_leads(someone: CheckingClient) -> None:
    _, said = send(someone, q_name="Ann", then="list")
    assert said["next"] == "/en/reflection"


def test_what_is_wrong_is_left_and_the_rest_is_kept(someone: CheckingClient, repository: FileRepository) -> None:
    status, said = send(someone, q_name="Ann", q_people="many", then="list")
    assert status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert said["left"] == ["people"]
    assert said["base"] == base_text(base_of({"name": "Ann"}))
    assert said["said"].startswith("Saved, except for this: ")
    assert "next" not in said
    assert answers_in(repository) == {"name": "Ann"}


def test_a_text_that_is_too_long_is_kept_and_named(someone: CheckingClient, repository: FileRepository) -> None:
    status, said = send(someone, q_story="x" * 100)
    assert status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert said["left"] == []
    assert said["said"].startswith("Saved, but this has to be corrected before you submit: ")
    assert answers_in(repository) == {"story": "x" * 100}
    page = someone.get(ABOUT)
    assert page.values(page.form("answers"))["q-story"] == "x" * 100
    assert page.by_id("q-story-error") is not None


def test_what_a_colleague_changed_as_well_is_left_and_the_rest_is_kept(
    sign_in: SignIn, repository: FileRepository
) -> None:
    ann, bob = sign_in(), sign_in()
    page = bob.get(ABOUT)
    shown = page.values(page.form("answers"))
    answer(ann, ABOUT, {"q-name": "Ann", "q-people": "5"})
    sent = {**shown, "on_page": "name story", "q-name": "Bob", "q-story": "Mine"}
    reply = bob.browser.post(ABOUT, data=sent, headers={"Accept": "application/json"})
    said = reply.get_json()
    assert reply.status_code == HTTPStatus.CONFLICT
    assert (said["left"], said["base"]) == (["name"], base_text(base_of({"story": "Mine"})))
    assert answers_in(repository) == {"name": "Ann", "people": 5, "story": "Mine"}


def test_what_a_colleague_changed_and_the_page_does_not_show_is_not_taken_for_known(
    sign_in: SignIn, repository: FileRepository
) -> None:
    ann, bob = sign_in(), sign_in()
    page = bob.get(ABOUT)
    answer(ann, ABOUT, {"q-name": "Ann"})
    sent = {**page.values(page.form("answers")), "q-story": "Mine"}
    said = bob.browser.post(ABOUT, data=sent, headers={"Accept": "application/json"}).get_json()
    assert said["base"] == base_text(base_of({"story": "Mine"}))
    assert said["revision"] == 2
    bob.browser.post(ABOUT, data={**sent, "base": said["base"]}, headers={"Accept": "application/json"})
    assert answers_in(repository) == {"name": "Ann", "story": "Mine"}


def test_a_round_that_is_over_says_so(someone: CheckingClient, repository: FileRepository) -> None:
    page = someone.get(ABOUT)
    shown = page.values(page.form("answers"))
    close_round(repository, ROUND, NOW)
    reply = someone.browser.post(ABOUT, data={**shown, "q-name": "Ann"}, headers={"Accept": "application/json"})
    assert reply.status_code == HTTPStatus.GONE
    assert "takes no answers now" in reply.get_json()["said"]
    assert answers_in(repository) is None


def test_a_full_disk_is_no_success(
    someone: CheckingClient, repository: FileRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise StorageFull

    monkeypatch.setattr(FileRepository, "update", full)
    status, said = send(someone, q_name="Ann")
    assert status == HTTPStatus.SERVICE_UNAVAILABLE
    assert said == {"said": "Not saved: the service has a problem. What you wrote is still here."}
    assert answers_in(repository) is None


def test_another_window_of_the_same_browser_is_not_called_somebody_else(
    someone: CheckingClient, sign_in: SignIn
) -> None:
    colleague = sign_in()
    stale = {client: client.get(ABOUT) for client in (someone, colleague)}
    answer(someone, ABOUT, {"q-name": "Ann"})
    said = {}
    for client, page in stale.items():
        sent = {**page.values(page.form("answers")), "on_page": "name", "q-name": "Anna"}
        said[client] = client.browser.post(ABOUT, data=sent, headers={"Accept": "application/json"}).get_json()["said"]
    assert said[someone].startswith("You have changed the same answer in another window.")
    assert said[colleague].startswith("Somebody else has changed the same answer.")
