"""What a cluster's people see of each other: names, who is on a page, earlier versions."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from survey.collection.responses.lifecycle import submit
from survey.collection.responses.response import read_response
from survey.collection.responses.versions import versions
from survey.collection.rounds.snapshot import load_snapshot
from survey.storage.tinydb_files.repository import FileRepository
from tests.web.checking_client import CheckingClient
from tests.web.html import text_of
from tests.web.respond.conftest import Clock, answer
from tests.web.respond.example import CLUSTER, CODE, ROUND
from tests.web.respond.test_reflection import complete

LANGUAGES = ("cy", "en", "en-XA")
ABOUT = "/en/reflection/section/about"
VERSIONS = "/en/reflection/versions/about"
NAME = "/en/reflection/name"
SignIn = Callable[..., CheckingClient]


def called(client: CheckingClient, name: str) -> CheckingClient:
    client.submit(client.get(NAME), {"name": name})
    return client


def present(client: CheckingClient, page: str = "about", status: int = 200) -> Any:
    shown = client.get(ABOUT)
    sent = {name: shown.values(shown.form("answers"))[name] for name in ("csrf_token", "whose")}
    reply = client.browser.post(f"/en/reflection/presence/{page}", data=sent)
    assert reply.status_code == status
    return reply.get_json()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_name_is_given_for_a_sitting_and_can_be_taken_back(someone: CheckingClient, language: str) -> None:
    page = someone.submit(someone.get(f"/{language}/reflection/name"), {"name": "  Eira   Wyn "})
    assert page.path == f"/{language}/reflection"
    assert "Eira Wyn" in page.text
    page = someone.submit(someone.get(f"/{language}/reflection/name"), {"name": ""})
    assert "Eira" not in page.text


def test_a_name_that_is_none_is_refused(someone: CheckingClient) -> None:
    page = someone.submit(someone.get(NAME), {"name": "x" * 61}, status=422)
    assert page.errors == [("Enter a name of 60 characters or fewer", "#name")]
    assert "x" * 60 in someone.submit(page, {"name": "x" * 60}).text


def test_whoever_signs_in_again_in_the_same_browser_is_the_same_to_her_colleagues(someone: CheckingClient) -> None:
    sittings = []
    for _ in range(2):
        someone.sign_in("/en/sign-in", {"access_code": CODE})
        with someone.browser.session_transaction() as session:
            sittings.append(session["sitting"])
    assert sittings[0] == sittings[1] != ""


def test_those_on_a_page_are_told_of_each_other(sign_in: SignIn) -> None:
    eira, sion = called(sign_in(), "Eira"), sign_in()
    alone = present(eira)
    assert (alone["said"], alone["revision"]) == ("", 0)
    assert present(sion)["said"] == "Also on this page now: Eira"
    assert present(eira)["said"] == "Somebody else is on this page now."
    answer(eira, ABOUT, {"q-name": "Ann"})
    assert present(sion)["revision"] == 1


def test_colleagues_on_a_page_are_named_in_the_order_of_their_names(sign_in: SignIn) -> None:
    for name in ("Sion", "Eira", "Mair"):
        present(called(sign_in(), name))
    assert present(sign_in())["said"] == "Also on this page now: Eira, Mair, Sion"


def test_what_is_submitted_has_nobody_on_it(sign_in: SignIn, repository: FileRepository) -> None:
    eira, sion = called(sign_in(), "Eira"), sign_in()
    present(eira)
    page = sion.get(ABOUT)
    token = {name: page.values(page.form("answers"))[name] for name in ("csrf_token", "whose")}
    complete(eira)
    eira.submit(eira.get("/en/reflection/check"))
    said = sion.browser.post("/en/reflection/presence/about", data=token).get_json()
    assert said == {"said": "", "revision": 0, "notes": ""}


def test_the_list_of_sections_says_who_changed_a_page_last(sign_in: SignIn) -> None:
    answer(called(sign_in(), "Eira"), ABOUT, {"q-name": "Ann"})
    answer(called(sign_in(), "Sion"), ABOUT, {"q-people": "5"})
    assert "Changed: 1 October 2026 at 10:00 (Sion)" in sign_in().get("/en/reflection").text


def test_a_colleagues_answer_is_in_the_language_in_which_it_was_written(sign_in: SignIn) -> None:
    sion, eira = sign_in(), sign_in(language="cy")
    seen = sion.get(ABOUT)
    answer(eira, ABOUT.replace("/en/", "/cy/"), {"q-story": "Ein stori"})
    conflict = sion.submit(seen, {"q-story": "Our story"}, status=409)
    assert re.search(r'lang="cy"[^>]*>Ein stori', conflict.markup)
    assert re.search(r'lang="en"[^>]*>Our story', conflict.markup)


def test_the_list_of_sections_says_who_changed_which_and_when(sign_in: SignIn) -> None:
    answer(called(sign_in(), "Eira"), ABOUT, {"q-name": "Ann"})
    page = sign_in().get("/en/reflection")
    assert "Changed: 1 October 2026 at 10:00 (Eira)" in page.text
    assert page.text.count("Changed:") == 1


def test_whoever_is_asked_to_choose_is_told_whose_the_other_answer_is(sign_in: SignIn) -> None:
    eira, sion = called(sign_in(), "Eira"), sign_in()
    seen = sion.get(ABOUT)
    answer(eira, ABOUT, {"q-name": "Ann"})
    answer(called(sign_in(), "Gareth"), ABOUT, {"q-people": "5"})
    conflict = sion.submit(seen, {"q-name": "Bob"}, status=409)
    assert "Changed by: Eira" in conflict.text
    assert "Gareth" not in conflict.text


def test_a_page_that_is_not_asked_has_nobody_on_it(someone: CheckingClient) -> None:
    present(someone, "nowhere", status=404)


@pytest.mark.parametrize("language", LANGUAGES)
def test_earlier_versions_say_who_changed_what_and_can_be_read(sign_in: SignIn, language: str) -> None:
    eira, sion = called(sign_in(), "Eira"), sign_in()
    nothing = eira.get(f"/{language}/reflection/versions/about")
    assert not nothing.by_class("nhsuk-details")
    answer(eira, ABOUT, {"q-story": "A first story"})
    answer(sion, ABOUT, {"q-story": "A second story", "q-people": "5"})
    page = eira.get(f"/{language}/reflection/versions/about")
    assert len(page.by_class("nhsuk-details")) == 2
    assert "A first story" in page.text
    assert page.text.index("A second story") < page.text.index("A first story")
    assert page.text.count("Eira") == 1


def test_an_earlier_version_is_put_back_and_that_can_be_undone(sign_in: SignIn, repository: FileRepository) -> None:
    eira, sion = sign_in(), sign_in()
    answer(eira, ABOUT, {"q-story": "First", "q-name": "Ann"})
    answer(sion, ABOUT, {"q-story": "Second", "q-people": "5"})
    page = eira.get(VERSIONS)
    eira.post(VERSIONS, page.values(page.form("restore-1")) | {"revision": "1"})
    saved = read_response(repository, ROUND, CLUSTER).pages["about"]
    assert saved.answers == {"story": "First", "name": "Ann"}
    page = eira.get(VERSIONS)
    eira.post(VERSIONS, page.values(page.form("restore-2")) | {"revision": "2"})
    saved = read_response(repository, ROUND, CLUSTER).pages["about"]
    assert saved.answers == {"story": "Second", "name": "Ann", "people": 5}


@pytest.mark.parametrize("revision", ["", "0", "3", "x", "1.0", "9" * 5_000])
def test_a_version_that_never_was_is_not_put_back(
    someone: CheckingClient, repository: FileRepository, revision: str
) -> None:
    answer(someone, ABOUT, {"q-story": "First"})
    answer(someone, ABOUT, {"q-story": "Second"})
    page = someone.get(ABOUT)
    token = page.values(page.form("answers"))["csrf_token"]
    someone.post(VERSIONS, {"csrf_token": token, "revision": revision}, status=404)
    assert read_response(repository, ROUND, CLUSTER).answers["about"] == {"story": "Second"}


def test_what_is_submitted_is_not_put_back(sign_in: SignIn, repository: FileRepository) -> None:
    eira, sion = sign_in(), sign_in()
    answer(eira, ABOUT, {"q-how": "meeting"})
    answer(sion, ABOUT, {"q-how": "other", "q-how_other": "By phone"})
    criteria = {"q-criteria-big-01.f1": "in_place", "q-criteria-big-01.m1": "in_place"}
    answer(eira, "/en/reflection/section/outcome/big-01", {**criteria, "q-level": "mature"})
    answer(eira, "/en/reflection/section/outcome/big-02", {"q-criteria-big-02.s1": "in_place", "q-level": "mature"})
    before = eira.get(VERSIONS)
    now = read_response(repository, ROUND, CLUSTER).last_saved
    assert now is not None
    submit(repository, load_snapshot(repository, ROUND), CLUSTER, language="en", now=now)
    assert not [form for form in eira.get(VERSIONS).all("form") if form.get("id", "").startswith("restore")]
    page = eira.post(VERSIONS, before.values(before.form("restore-1")) | {"revision": "1"})
    assert page.path == "/en/reflection"
    assert read_response(repository, ROUND, CLUSTER).answers["about"] == {"how": "other", "how_other": "By phone"}


def test_versions_of_one_minute_are_told_apart(sign_in: SignIn) -> None:
    eira, sion = called(sign_in(), "Eira"), called(sign_in(), "Siôn")
    answer(eira, ABOUT, {"q-story": "First"})
    answer(sion, ABOUT, {"q-story": "Second"})
    headings = [text_of(heading) for heading in eira.get(VERSIONS).all("h2") if heading.get("id", "").startswith("v")]
    assert headings == [
        "Version 2 – 1 October 2026 at 10:00 – Siôn – as it is now",
        "Version 1 – 1 October 2026 at 10:00 – Eira",
    ]


def test_it_is_said_which_version_was_put_back_and_it_is_one_of_its_own(
    someone: CheckingClient, repository: FileRepository, clock: Clock
) -> None:
    answer(someone, ABOUT, {"q-story": "First"})
    clock.now += timedelta(hours=1)
    answer(someone, ABOUT, {"q-story": "Second"})
    page = someone.get(VERSIONS)
    page = someone.post(VERSIONS, page.values(page.form("restore-1")) | {"revision": "1"})
    assert "Version 1, of 1 October 2026 at 10:00, has been put back" in page.text
    stories = [version.answers for version in versions(read_response(repository, ROUND, CLUSTER).pages["about"])]
    assert stories == [{"story": text} for text in ("First", "Second", "First")], "going back can itself be undone"
    assert "has been put back" not in someone.get(f"{ABOUT}?saved=1&restored=77").text
