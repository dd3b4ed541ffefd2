"""Two services with folders of their own and one database: nobody can tell which of them answers."""

from collections.abc import Callable, Iterator
from http import HTTPStatus
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import psycopg
import pytest
from flask import Flask

from survey import create_app
from survey.collection.errors import DomainError
from survey.collection.people.access import revoke_link, store_link
from survey.collection.people.rate_limits import LIMITS, Tries
from survey.collection.responses.response import read_response
from survey.collection.rounds.opening import read_sources
from survey.collection.rounds.round import Round, create_round, place, round_ids
from survey.collection.translation.changes import TRANSLATIONS
from survey.collection.translation.publication import COMPILED
from survey.config import ROOT
from survey.languages import GENERATION_FILE
from survey.reporting import jobs
from survey.reporting.tasks.job import Job
from survey.storage.key_ring import SPREADS_IN
from survey.storage.places import files_at_hand
from survey.storage.postgresql import opening
from survey.storage.postgresql.connections import Connections
from survey.storage.repository import Repository
from survey.web.site import short_cache
from survey.web.site.environment import current_repository
from tests.collection.anonymous_example import opened_with
from tests.postgresql import Server, running
from tests.web.checking_client import CheckingClient
from tests.web.respond import example
from tests.web.respond.conftest import Clock, answer
from tests.web.respond.example import CLUSTER, CODE, ROUND

ABOUT = "/en/reflection/section/about"
SIGN_IN = "/en/sign-in"
Host = Callable[[], Flask]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with running() as server:
        yield server


@pytest.fixture
def connected(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Connections]]:
    """Each service has connections of its own, as it has in a process of its own."""
    monkeypatch.setattr("survey.storage.postgresql.connections.PATIENCE", 0.3)
    made: list[Connections] = []

    def connect(url: str) -> Connections:
        made.append(Connections(url))
        return made[-1]

    monkeypatch.setattr(opening, "connections_to", connect)
    yield made
    for connections in made:
        connections.close()


@pytest.fixture
def url(server: Server) -> str:
    return server.url()


@pytest.fixture
def kept(url: str, connected: list[Connections]) -> Repository:
    repository = opening.open_database(url)
    example.open_round(repository, repository.key_ring().newest.text)
    return repository


@pytest.fixture
def host(url: str, kept: Repository, tmp_path: Path, clock: Clock) -> Host:
    """Starts another service."""
    folders = iter(tmp_path / name for name in "abc")

    def started() -> Flask:
        site = {
            "TESTING": True,
            "DATA": next(folders),
            "DATABASE": url,
            "DEMO": True,
            "NOW": clock,
            "SESSION_HOURS": 168,
        }
        return create_app(site)

    return started


def signed_in(app: Flask) -> CheckingClient:
    client = CheckingClient(app)
    assert client.sign_in(SIGN_IN, {"access_code": CODE}) == "/en/reflection"
    return client


def sent_on(client: CheckingClient, app: Flask) -> CheckingClient:
    """The same browser, whose next requests another service answers."""
    other = CheckingClient(app)
    for cookie in client.browser._cookies.values():
        other.browser._cookies[cookie._storage_key] = cookie
    return other


def answers_in(kept: Repository) -> object:
    return read_response(kept, ROUND, CLUSTER).pages["about"].answers


def test_a_session_goes_on_at_the_other_and_ends_for_both(host: Host, kept: Repository) -> None:
    one, two = host(), host()
    here = signed_in(one)
    page = answer(here, ABOUT, {"q-name": "Ann"})
    there = sent_on(here, two)
    assert there.get(ABOUT).values(there.get(ABOUT).form("answers"))["q-name"] == "Ann"
    there.submit(page, {"q-people": "5"})
    assert answers_in(kept) == {"name": "Ann", "people": 5}
    left = there.get("/en/reflection")
    form = next(form for form in left.all("form") if form.get("action") == "/en/sign-out")
    there.post("/en/sign-out", left.values(form))
    assert here.get(ABOUT).path.startswith(SIGN_IN)


def test_a_secret_that_is_replaced_signs_nobody_out_at_either(host: Host, kept: Repository, clock: Clock) -> None:
    one, two = host(), host()
    before = signed_in(one)
    page = before.get(ABOUT)
    kept.change_key_ring(lambda ring: ring.rotated(clock.now))
    clock.now += SPREADS_IN
    after = signed_in(two)
    for client, app in ((before, two), (after, one)):
        assert sent_on(client, app).get(ABOUT).path == ABOUT
    sent_on(before, two).submit(page, {"q-name": "Ann"})
    assert answers_in(kept) == {"name": "Ann"}
    assert two.config["SECRET_KEY"] == kept.key_ring().newest.text != one.config["SECRET_KEY_FALLBACKS"][0]


def test_what_two_change_at_both_at_once_is_merged_or_asked_about(host: Host, kept: Repository) -> None:
    one, two = host(), host()
    ann, bob = signed_in(one), signed_in(two)
    seen = bob.get(ABOUT)
    answer(ann, ABOUT, {"q-story": "Ann’s story", "q-name": "Ann"})
    conflict = bob.submit(seen, {"q-story": "Bob’s story", "q-people": "6"}, status=409)
    assert answers_in(kept) == {"story": "Ann’s story", "name": "Ann", "people": 6}
    bob.submit(conflict, {"keep-story": "both"})
    assert answers_in(kept) == {"story": "Ann’s story\n\nBob’s story", "name": "Ann", "people": 6}


def test_failed_tries_at_one_count_at_the_other(host: Host, kept: Repository, clock: Clock) -> None:
    one, two = (Tries(host().extensions["repository"], b"secret", "Ann") for _ in range(2))
    for _ in range(8):
        one.note_failure(clock())
        two.note_failure(clock())
    for tries in (one, two):
        with pytest.raises(DomainError, match="wait"):
            tries.check_allowed(clock())
    assert len(kept.read(LIMITS, kept.keys(LIMITS)[0])["failures"]) == 16


def test_words_that_translators_put_to_use_at_one_are_at_hand_at_the_other(
    host: Host, kept: Repository, url: str, tmp_path: Path
) -> None:
    app = host()
    kept.write_bytes(COMPILED, "interface.mo", b"the words")
    kept.write_bytes(TRANSLATIONS, GENERATION_FILE, b"0123")
    app.test_client().get("/en/")
    folder = files_at_hand(tmp_path / "a", url, TRANSLATIONS)
    assert (folder / GENERATION_FILE).read_bytes() == b"0123"
    assert (folder / "cy" / "LC_MESSAGES" / "interface.mo").read_bytes() == b"the words"


def counted(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What the database is asked from now on."""
    said: list[object] = []
    execute = psycopg.Cursor.execute

    def counting(cursor: psycopg.Cursor[Any], *asked: Any) -> psycopg.Cursor[Any]:
        said.append(asked[0])
        return execute(cursor, *asked)

    monkeypatch.setattr(psycopg.Cursor, "execute", counting)
    return said


def test_the_first_page_of_a_survey_asks_the_database_once_and_a_link_that_is_revoked_leads_nowhere_at_once(
    host: Host, kept: Repository, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources = read_sources(ROOT / "questionnaires", "workforce-skills", "2026", "clusters-2026")
    opened_with(kept, "ws-2026", sources, clock())
    store_link(kept, "ws-2026", "arfon", "k7qt-9wxm-3fbd")
    monkeypatch.setattr(short_cache, "AGAIN", 60.0)
    someone = host().test_client()
    address = "/en/survey/K7qt-9wxm-3fbd/"
    assert someone.get(address).status_code == HTTPStatus.OK
    said = counted(monkeypatch)
    assert someone.get(address).status_code == HTTPStatus.OK
    assert len(said) == 1, said
    assert revoke_link(kept, "ws-2026", "arfon")
    assert someone.get(address).status_code == HTTPStatus.NOT_FOUND


def test_a_page_asks_the_database_once_and_a_save_three_times_however_many_rounds_there_are(
    host: Host, kept: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    someone = signed_in(host())
    create_round(kept, Round("sr-2031", "self-reflection", "2031", "2031-32", "clusters"))
    page = answer(someone, ABOUT, {"q-name": "Ann"})
    monkeypatch.setattr(short_cache, "AGAIN", 60.0)
    said = counted(monkeypatch)
    someone.get(ABOUT)
    assert len(said) == 1, said
    said.clear()
    sent = page.values(page.form("answers"))
    sent["q-name"] = "Ann Bowen"
    someone.browser.post(ABOUT, data=sent, headers={"Accept": "application/json"})
    assert len(said) == 3, said


def test_a_round_that_was_made_elsewhere_is_there_a_second_later_for_those_who_answer(
    host: Host, kept: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = host()
    with app.test_request_context("/en/sign-in"):
        assert round_ids(current_repository()) == [ROUND]
        kept.create(place("later"), "round", {})
        assert round_ids(current_repository()) == [ROUND]
        monkeypatch.setattr(short_cache, "AGAIN", 0.0)
        assert round_ids(current_repository()) == [ROUND, "later"]
    monkeypatch.setattr(short_cache, "AGAIN", 60.0)
    kept.create(place("last"), "round", {})
    with app.test_request_context("/en/manage/"):
        assert round_ids(current_repository()) == [ROUND, "last", "later"]


def test_one_job_is_begun_once_and_its_file_is_there_for_both(host: Host, kept: Repository, clock: Clock) -> None:
    job = Job(ROUND, "workbook", 5, language="en")
    begun: list[bool] = []
    barrier = Barrier(4)
    repositories = [host().extensions["repository"] for _ in range(2)] * 2

    def ask(repository: Repository) -> None:
        barrier.wait()
        begun.append(jobs.enqueue(repository, job, "state", clock()))

    threads = [Thread(target=ask, args=(repository,)) for repository in repositories]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(begun) == [False, False, False, True]
    assert jobs.kept_file(kept, job, clock()).status == jobs.RUNNING


def test_a_database_that_is_started_again_loses_nothing_that_was_acknowledged(
    host: Host, server: Server, kept: Repository
) -> None:
    someone = signed_in(host())
    page = answer(someone, ABOUT, {"q-name": "Ann"})
    server.stop()
    refused = someone.submit(page, {"q-name": "Ann", "q-people": "7"}, status=503)
    assert "7" in [value for _, value in refused.values(refused.form()).items(multi=True)]
    assert someone.browser.get("/healthz").status_code == HTTPStatus.SERVICE_UNAVAILABLE
    server.start()
    assert answers_in(kept) == {"name": "Ann"}
    someone.submit(refused)
    assert answers_in(kept) == {"name": "Ann", "people": 7}
    assert someone.browser.get("/healthz").status_code == HTTPStatus.OK


def test_a_service_that_starts_while_the_database_is_away_answers_when_it_is_there(host: Host, server: Server) -> None:
    server.stop()
    app = host()
    assert app.test_client().get("/en/sign-in").status_code == HTTPStatus.SERVICE_UNAVAILABLE
    server.start()
    app.test_client().get("/en/sign-in")
    signed_in(app).get(ABOUT)
