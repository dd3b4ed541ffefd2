"""Signing in and out; a form that comes after the sign-in has ended; the wrong cluster."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from survey.collection.people.access import issue_code, revoke_code
from survey.collection.people.accounts import EVENTS, LOG
from survey.collection.people.rate_limits import LIMITS
from survey.collection.responses.response import read_response
from survey.storage.tinydb_files.repository import FileRepository
from tests.web.checking_client import CheckingClient, Page
from tests.web.respond.conftest import Clock
from tests.web.respond.example import CLUSTER, CODE, NOW, OTHER_CLUSTER, OTHER_CODE, ROUND

LANGUAGES = ("cy", "en", "en-XA")
ABOUT = "/en/reflection/section/about"
SignIn = Callable[..., CheckingClient]


def answers_of(repository: FileRepository, cluster: str = CLUSTER) -> object:
    return read_response(repository, ROUND, cluster).answers


@pytest.mark.parametrize("typed", [CODE, CODE.lower(), CODE.replace("-", ""), f"  {CODE.replace('-', ' ')} "])
def test_a_code_is_taken_however_it_is_typed(client: CheckingClient, typed: str) -> None:
    page = client.submit(client.get("/en/sign-in"), {"access_code": typed})
    assert page.path == "/en/reflection"
    assert "Arfon" in page.markup


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("typed", ["", " - ", "WRONG", "x" * 5000, "<script>", "ŵŷ", "0" * 12])
def test_a_wrong_code_is_refused_plainly(client: CheckingClient, language: str, typed: str) -> None:
    page = client.submit(client.get(f"/{language}/sign-in"), {"access_code": typed}, status=422)
    assert [href for _, href in page.errors] == ["#access_code"]
    assert page.path == f"/{language}/sign-in"


def test_a_missing_code_is_asked_for_and_is_no_failed_try(client: CheckingClient) -> None:
    page = client.get("/en/sign-in")
    for _ in range(30):
        page = client.submit(page, {"access_code": " "}, status=422)
    assert [text for text, _ in page.errors] == ["Enter your access code"]
    client.submit(page, {"access_code": CODE})


def test_whoever_knows_the_code_is_let_in_however_often_others_guess_from_the_same_address(
    client: CheckingClient, repository: FileRepository
) -> None:
    page = client.get("/en/sign-in")
    for number in range(120):
        page = client.submit(page, {"access_code": f"WRONG{number}"}, status=422)
    assert repository.keys(LIMITS) == []
    client.submit(page, {"access_code": CODE})


def test_signing_in_is_noted_without_the_code(someone: CheckingClient, repository: FileRepository) -> None:
    client_log = list(repository.entries(LOG, EVENTS))
    assert [(entry["who"], entry["what"], entry["round"]) for entry in client_log] == [
        (f"cluster {CLUSTER}", "signed_in", ROUND)
    ]
    kept = "".join(path.read_text() for path in repository.root.rglob("*") if path.is_file())
    assert CODE not in kept
    assert CODE.replace("-", "") not in kept
    assert "K7QT" not in json.dumps(client_log)


@pytest.mark.parametrize("path", ["", "/section/about", "/check", "/submitted", "/view", "/view/1"])
def test_who_has_not_signed_in_is_asked_to(client: CheckingClient, path: str) -> None:
    assert client.redirected(f"/cy/reflection{path}").split("?")[0] == "/cy/sign-in"


def signs_out(someone: CheckingClient) -> Page:
    page = someone.get("/en/reflection")
    form = next(form for form in page.all("form") if form.get("action") == "/en/sign-out")
    return someone.post("/en/sign-out", page.values(form))


def test_signing_out_ends_it(someone: CheckingClient) -> None:
    assert signs_out(someone).path == "/en/"
    assert someone.redirected("/en/reflection") == "/en/sign-in"


def copy_of(app: Flask, client: CheckingClient) -> CheckingClient:
    """A browser with the cookie of another."""
    cookie = client.browser.get_cookie("session")
    assert cookie is not None
    copy = CheckingClient(app)
    copy.browser.set_cookie("session", cookie.value)
    return copy


def test_a_copied_cookie_is_worth_nothing_once_its_owner_signs_out_and_a_colleague_stays(
    app: Flask, sign_in: SignIn
) -> None:
    someone, colleague = sign_in(), sign_in()
    copy = copy_of(app, someone)
    page = copy.get("/en/reflection/section/about")
    signs_out(someone)
    assert copy.redirected("/en/reflection") == "/en/sign-in"
    # What was typed there meanwhile is not lost: it goes on once the code is given.
    asked = copy.submit(page, {"q-name": "Ann"}, status=403)
    copy.submit(asked, {"access_code": CODE})
    assert "Ann" in copy.get("/en/reflection/section/about").markup
    assert colleague.get("/en/reflection").path == "/en/reflection"


def test_a_sign_in_is_over_after_its_hours_and_when_the_browser_signs_in_anew(
    app: Flask, someone: CheckingClient, clock: Clock
) -> None:
    app.config["SESSION_HOURS"] = 12
    copy = copy_of(app, someone)
    clock.now += timedelta(hours=11, minutes=59)
    assert copy.get("/en/reflection").path == "/en/reflection"
    someone.submit(someone.get("/en/sign-in"), {"access_code": CODE})
    assert copy.redirected("/en/reflection") == "/en/sign-in"
    clock.now += timedelta(hours=12)
    assert someone.redirected("/en/reflection") == "/en/sign-in"


@pytest.mark.parametrize("record", ["{torn", '{"record": {"1": {"whose": 7}}}'])
def test_a_sign_in_that_cannot_be_read_is_over_for_its_owner_alone(
    sign_in: SignIn, repository: FileRepository, record: str
) -> None:
    someone = sign_in()
    for path in (repository.root / "sessions").iterdir():
        path.write_text(record)
    colleague = sign_in()
    assert someone.redirected("/en/reflection") == "/en/sign-in"
    assert colleague.get("/en/reflection").path == "/en/reflection"


@pytest.mark.parametrize("new_code", [None, "44KT-9WXM-3FBD"])
def test_a_revoked_or_new_code_ends_the_sign_in(
    app: Flask, someone: CheckingClient, repository: FileRepository, new_code: str | None
) -> None:
    revoke_code(repository, ROUND, CLUSTER)
    if new_code:
        issue_code(repository, app.secret_key.encode(), ROUND, CLUSTER, new_code, NOW)  # type: ignore[union-attr]
    assert someone.redirected("/en/reflection") == "/en/sign-in"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_sent_after_the_sign_in_has_ended_is_saved_once_the_code_is_given(
    someone: CheckingClient, repository: FileRepository, language: str
) -> None:
    path = f"/{language}/reflection/section/about"
    page = someone.get(path)
    someone.browser.delete_cookie("session")
    typed: dict[str, str | list[str]] = {"q-story": "Long\r\n<b>story</b>", "q-who": ["lead", "others"]}
    asked = someone.submit(page, typed, button=("then", "continue"), status=400)
    assert "q-story" in asked.values(asked.form())
    assert read_response(repository, ROUND, CLUSTER).status == "not_started"
    wrong = someone.submit(asked, {"access_code": "WRONG"}, status=422)
    assert wrong.errors[0][1] == "#access_code"
    saved = someone.submit(wrong, {"access_code": CODE})
    assert saved.path == f"/{language}/reflection/section/outcome/big-01"
    assert answers_of(repository) == {"about": {"story": "Long\n<b>story</b>", "who": ["lead", "others"]}}


def test_a_form_sent_after_the_code_was_replaced_is_saved_with_the_new_one(
    app: Flask, someone: CheckingClient, repository: FileRepository
) -> None:
    page = someone.get(ABOUT)
    issue_code(repository, app.secret_key.encode(), ROUND, CLUSTER, "44KT-9WXM-3FBD", NOW)  # type: ignore[union-attr]
    asked = someone.submit(page, {"q-name": "Ann"}, status=403)
    someone.submit(asked, {"access_code": "44KT-9WXM-3FBD"})
    assert answers_of(repository) == {"about": {"name": "Ann"}}
    assert "Ann" in someone.get(ABOUT).markup, "whoever has signed in with it stays signed in"


def test_the_page_that_asks_for_the_code_can_be_read_in_the_other_language(
    someone: CheckingClient, repository: FileRepository
) -> None:
    page = someone.get(ABOUT)
    someone.browser.delete_cookie("session")
    asked = someone.submit(page, {"q-name": "Ann"}, status=400)
    in_welsh = someone.submit(asked, button=("switch_language", "cy"), status=403)
    assert in_welsh.path == "/cy/reflection/section/about"
    someone.submit(in_welsh, {"access_code": CODE})
    assert answers_of(repository) == {"about": {"name": "Ann"}}


def test_what_was_typed_for_a_switch_is_shown_after_signing_in_again_not_saved(
    someone: CheckingClient, repository: FileRepository
) -> None:
    page = someone.get(ABOUT)
    someone.browser.delete_cookie("session")
    asked = someone.submit(page, {"q-people": "many"}, button=("switch_language", "cy"), status=400)
    back = someone.submit(asked, {"access_code": CODE}, status=422)
    assert back.values(back.form("answers"))["q-people"] == "many"


def test_answers_typed_for_one_cluster_never_reach_another(someone: CheckingClient, repository: FileRepository) -> None:
    page = someone.get(ABOUT)
    someone.submit(someone.get("/en/sign-in"), {"access_code": OTHER_CODE})
    page_token = someone.get(ABOUT)
    sent = page.values(page.form("answers"))
    sent["csrf_token"] = page_token.values(page_token.form("answers"))["csrf_token"]
    sent["q-name"] = "Ann"
    asked = someone.post(ABOUT, sent, status=403)
    assert "a different cluster" in asked.text
    refused = someone.submit(asked, {"access_code": OTHER_CODE}, status=422)
    assert "a different cluster" in refused.errors[0][0]
    assert answers_of(repository) == answers_of(repository, OTHER_CLUSTER) == {}
    someone.submit(refused, {"access_code": CODE})
    assert answers_of(repository) == {"about": {"name": "Ann"}}
    assert answers_of(repository, OTHER_CLUSTER) == {}


@pytest.mark.parametrize("token", [None, "", "forged", "x" * 1000])
def test_a_missing_or_forged_token_changes_nothing_and_loses_nothing(
    someone: CheckingClient, repository: FileRepository, token: str | None
) -> None:
    page = someone.get(ABOUT)
    sent = page.values(page.form("answers"))
    sent.pop("csrf_token")
    sent["q-name"] = "Ann"
    if token is not None:
        sent["csrf_token"] = token
    asked = someone.post(ABOUT, sent, status=400)
    assert answers_of(repository) == {}
    saved = someone.submit(asked)
    assert saved.path == ABOUT
    assert answers_of(repository) == {"about": {"name": "Ann"}}


def test_a_form_of_another_site_is_never_carried(someone: CheckingClient, repository: FileRepository) -> None:
    someone.browser.delete_cookie("session")
    page = someone.post(ABOUT, {"q-name": "Ann"}, status=400, headers={"Origin": "https://evil.example"})
    assert "did not come from a page of this service" in page.text
    assert answers_of(repository) == {}


def test_more_than_a_page_can_carry_is_refused_plainly(someone: CheckingClient) -> None:
    page = someone.get(ABOUT)
    someone.browser.delete_cookie("session")
    someone.submit(page, {"q-story": "x" * 500_000}, status=400)


def test_the_code_is_never_carried_in_a_page(someone: CheckingClient) -> None:
    page = someone.get(ABOUT)
    someone.browser.delete_cookie("session")
    asked = someone.submit(page, status=400)
    again = someone.submit(asked, {"access_code": OTHER_CODE}, status=422)
    assert OTHER_CODE not in again.markup


def test_a_session_of_another_key_is_nobody(app: Flask, someone: CheckingClient) -> None:
    app.secret_key = "another key, of at least thirty-two characters"
    app.config["SECRET_KEY_FALLBACKS"] = []
    assert someone.redirected("/en/reflection") == "/en/sign-in"


@pytest.mark.parametrize(
    ("language", "words"), [("cy", "Rydych wedi mewngofnodi eisoes"), ("en", "You are signed in already")]
)
def test_whoever_is_signed_in_is_told_so_on_the_page_that_asks_for_a_code_and_led_on(
    client: CheckingClient, language: str, words: str
) -> None:
    address = f"/{language}/sign-in"
    assert words not in client.get(address).text
    client.submit(client.get(address), {"access_code": CODE})
    page = client.get(address)
    assert words in page.text
    assert f"/{language}/reflection" in page.links.values()
    page = client.get(f"{address}?next=reflection/section/about")
    assert f"/{language}/reflection/section/about" in page.links.values()
