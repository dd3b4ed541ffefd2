"""When there are more requests than there is room for: who goes before whom, and that nothing typed is lost."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus

import pytest
from flask import Flask
from werkzeug.test import EnvironBuilder, TestResponse, run_wsgi_app

from survey import languages
from survey.collection.responses.response import REFLECTION, read_response
from survey.collection.rounds.round import place
from survey.storage.repository import Record
from survey.storage.tinydb_files.repository import FileRepository
from survey.web.site.admission import Admission
from survey.web.site.overload import RETRY_AFTER, drawn_in
from tests.catalogues_in_use import use_catalogues
from tests.web.checking_client import CheckingClient
from tests.web.respond.conftest import answer
from tests.web.respond.example import CLUSTER, ROUND

ABOUT = "/en/reflection/section/about"
SCRIPT = {"Accept": "application/json"}
SignIn = Callable[..., CheckingClient]


class Crowd:
    """Requests of people who wait while somebody else holds the cluster’s response."""

    def __init__(self, app: Flask) -> None:
        self.answers: list[TestResponse] = []
        self.threads: list[threading.Thread] = []
        app.extensions["admission"] = self.admission = Admission(at_work=1, waiting=2)

    def ask(self, ask: Callable[[], TestResponse]) -> None:
        """Somebody asks for something, and has a place in the process when this returns."""
        taken = self.admission.taken
        thread = threading.Thread(target=lambda: self.answers.append(ask()))
        self.threads.append(thread)
        thread.start()
        end = time.monotonic() + 10
        while self.admission.taken == taken:
            assert time.monotonic() < end, "it was refused, or had no need to wait"
            time.sleep(0.001)

    def disperse(self) -> list[int]:
        """Wait until all have their answers; their statuses."""
        for thread in self.threads:
            thread.join(10)
        return [answer.status_code for answer in self.answers]


@contextmanager
def held(repository: FileRepository) -> Iterator[None]:
    """Somebody is changing the cluster’s response and does not come to an end."""
    inside, done = threading.Event(), threading.Event()

    def change(record: Record | None) -> Record:
        inside.set()
        done.wait(30)
        assert record is not None
        return record

    thread = threading.Thread(target=repository.update, args=(place(ROUND, REFLECTION), CLUSTER, change))
    thread.start()
    inside.wait(10)
    try:
        yield
    finally:
        done.set()
        thread.join(10)


@pytest.fixture
def crowd(app: Flask, sign_in: SignIn) -> Crowd:
    answer(sign_in(), ABOUT, {"q-name": "Ann"})
    return Crowd(app)


def form_of(client: CheckingClient, **fields: str) -> dict[str, str]:
    """What the page sends, with these fields in it."""
    page = client.get(ABOUT)
    return {**page.values(page.form("answers")), **{f"q-{name}": value for name, value in fields.items()}}


def sender(client: CheckingClient, **fields: str) -> Callable[[], TestResponse]:
    """Sends the form of the page, which the person has before her."""
    sent = form_of(client, **fields)
    return lambda: client.browser.post(ABOUT, data=sent)


def test_pages_are_refused_before_forms_and_every_form_that_waited_is_kept(
    crowd: Crowd, sign_in: SignIn, repository: FileRepository
) -> None:
    one, other, late, visitor = sign_in(), sign_in(), sign_in(), sign_in()
    first, second, third = sender(one, name="Bet"), sender(other, people="7"), sender(late, people="8")
    with held(repository):
        crowd.ask(first)
        crowd.ask(lambda: one.browser.get(ABOUT))
        refused = visitor.get(ABOUT, status=HTTPStatus.SERVICE_UNAVAILABLE)
        assert refused.heading == "Very many people are using the service at the moment"
        assert refused.links["Try again"] == ABOUT
        assert refused.headers["Retry-After"] == str(RETRY_AFTER)
        crowd.ask(second)
        assert third().status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert sorted(crowd.disperse()) == [200, 303, 303]
    assert visitor.get(ABOUT).heading == late.get(ABOUT).heading
    assert read_response(repository, ROUND, CLUSTER).pages["about"].answers == {"name": "Bet", "people": 7}
    assert crowd.admission.taken == 0


@pytest.mark.parametrize("code", ["cy", "en", "en-XA"])
def test_a_form_for_which_there_is_no_room_is_held_in_the_page_and_taken_when_it_is_sent_again(
    app: Flask, someone: CheckingClient, repository: FileRepository, code: str
) -> None:
    address = ABOUT.replace("/en/", f"/{code}/")
    page = someone.get(address)
    room = app.extensions["admission"]
    app.extensions["admission"] = Admission(at_work=0, waiting=0)
    refused = someone.submit(page, {"q-name": "Siân"}, button=("then", "list"), status=503)
    assert refused.headers["Retry-After"] == str(RETRY_AFTER)
    refused = someone.submit(refused, form="send-again", status=503)
    app.extensions["admission"] = room
    assert someone.submit(refused, form="send-again").path == f"/{code}/reflection"
    assert read_response(repository, ROUND, CLUSTER).pages["about"].answers == {"name": "Siân"}


def test_a_script_is_told_to_wait_and_goes_last_unless_a_button_was_pressed(
    crowd: Crowd, sign_in: SignIn, repository: FileRepository
) -> None:
    one, own = sign_in(), sign_in()
    first, sent = sender(one, name="Bet"), form_of(own, people="7") | {"on_page": "people"}
    with held(repository):
        crowd.ask(first)
        crowd.ask(lambda: one.browser.get(ABOUT))
        told = own.browser.post(ABOUT, data=sent, headers=SCRIPT)
        assert (told.status_code, told.headers["Retry-After"]) == (503, str(RETRY_AFTER))
        assert told.get_json()["said"].startswith("Not saved yet")
        crowd.ask(lambda: own.browser.post(ABOUT, data={**sent, "then": "stay"}, headers=SCRIPT))
    assert sorted(crowd.disperse()) == [200, 200, 303]
    assert read_response(repository, ROUND, CLUSTER).pages["about"].answers == {"name": "Bet", "people": 7}


def test_whoever_waits_too_long_is_told_so_and_gives_up_the_place(app: Flask, someone: CheckingClient) -> None:
    app.extensions["admission"] = admission = Admission(at_work=1, waiting=9, patience=0)
    assert admission.enter(is_form=True)
    someone.get(ABOUT, status=503)
    assert admission.taken == 1
    admission.leave()
    someone.get(ABOUT)
    assert admission.taken == 0


def test_the_page_is_in_both_languages_where_the_address_is_in_none(app: Flask, someone: CheckingClient) -> None:
    app.extensions["admission"] = Admission(at_work=0, waiting=0)
    page = someone.get("/nothing", status=503)
    assert [part.get("lang") for part in page.all("div") if part.get("lang")] == ["cy", "en"]
    assert "Very many people" in page.text


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/static/favicon.svg"])
def test_whoever_watches_and_the_files_of_pages_are_always_answered(app: Flask, path: str) -> None:
    app.extensions["admission"] = Admission(at_work=0, waiting=0)
    with app.test_client().get(path) as reply:
        assert reply.status_code == 200


@pytest.mark.parametrize(
    ("path", "fields", "headers"),
    [
        ("/en/manage/sign-in", {"account": "eira", "password": "a secret"}, {}),
        (ABOUT, {"q-name": "from elsewhere"}, {"Sec-Fetch-Site": "cross-site"}),
        (ABOUT, {"q-name": "x" * 400_001}, {}),
        (ABOUT, {"q-name": "x" * 1_100_000}, {}),
    ],
)
def test_what_is_not_put_into_a_page_is_said_not_to_have_been_taken(
    app: Flask, someone: CheckingClient, path: str, fields: dict[str, str], headers: dict[str, str]
) -> None:
    app.extensions["admission"] = Admission(at_work=0, waiting=0)
    page = someone.post(path, fields, status=503, headers=headers)
    assert not [field for field in page.all("input") if field.get("name") in fields]
    assert "was not taken" in page.text


@pytest.fixture
def full(app: Flask) -> Flask:
    """The site while there is no room for anybody."""
    app.extensions["admission"] = Admission(at_work=0, waiting=0)
    return app


def test_nothing_is_begun_for_whoever_only_looks_or_is_a_script_that_sends_again(
    full: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = full.test_client()
    client.get(ABOUT)
    monkeypatch.setattr(full, "request_context", None)
    assert client.get(ABOUT).status_code == HTTPStatus.SERVICE_UNAVAILABLE
    for fields, said in ({"on_page": "name"}, "Not saved yet"), ({"whose": "a"}, "Not sent yet"):
        told = client.post(ABOUT, data=fields, headers=SCRIPT)
        assert (told.status_code, told.get_json()["said"][: len(said)]) == (503, said)
        assert told.headers["Retry-After"] == str(RETRY_AFTER)


@pytest.mark.parametrize("path", ["*", "", "/en", "/xx/reflection", "//", "/en/static"])
def test_whatever_is_asked_for_is_answered(full: Flask, path: str) -> None:
    environ = EnvironBuilder().get_environ() | {"PATH_INFO": path}
    assert run_wsgi_app(full, environ)[1].startswith("503")


def test_the_page_leads_back_to_where_somebody_was_and_holds_nothing_of_anybody_before(full: Flask) -> None:
    one = CheckingClient(full).get("/en/reflection/section/ŵ%3F?a=1&b=%22%3E", status=503)
    assert one.links["Try again"] == "/en/reflection/section/%C5%B5%3F?a=1&b=%22%3E"
    assert one.links["Cymraeg"] == "/cy/reflection/section/%C5%B5%3F?a=1&b=%22%3E"
    other = CheckingClient(full).get("/en/reflection", status=503)
    assert other.links["Try again"] == "/en/reflection"


def test_what_one_has_sent_and_her_token_are_in_no_page_of_another(app: Flask, sign_in: SignIn) -> None:
    one, other = sign_in(), sign_in()
    forms = form_of(one, name="Siân <b>"), form_of(other, name="Bet")
    app.extensions["admission"] = Admission(at_work=0, waiting=0)
    pages = [client.post(ABOUT, form, status=503) for client, form in zip((one, other), forms, strict=True)]
    held = [page.values(page.form("send-again")) for page in pages]
    assert [fields["q-name"] for fields in held] == ["Siân <b>", "Bet"]
    assert held[0]["csrf_token"] != held[1]["csrf_token"]


def test_what_is_said_at_the_door_is_in_the_words_as_they_are_now(full: Flask) -> None:
    before = drawn_in(full, "cy")
    assert drawn_in(full, "cy") is before
    use_catalogues(*languages._process.chosen)
    assert drawn_in(full, "cy") is not before


def test_who_is_turned_away_at_the_door_is_logged_by_page_and_id_unless_unnamed(
    full: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    full.config["TRUSTED_PROXIES"] = 1
    caplog.set_level("INFO", "survey.requests")
    known = full.test_client().get(ABOUT, headers={"X-Request-ID": "a" * 32})
    unnamed = full.test_client().get("/en/survey/k7qt-9wxm-3fbd/")
    assert (known.headers["X-Request-ID"], "X-Request-ID" in unnamed.headers) == ("a" * 32, False)
    [line] = [record for record in caplog.records if record.name == "survey.requests"]
    assert (line.__dict__["fields"]["page"], line.__dict__["fields"]["status"]) == ("respond.section", 503)
    assert line.__dict__["request"] == "a" * 32


def test_other_services_are_told_in_their_own_form(app: Flask) -> None:
    app.extensions["admission"] = Admission(at_work=0, waiting=0)
    reply = app.test_client().get("/api/indicators")
    assert (reply.status_code, reply.mimetype) == (503, "application/problem+json")
    assert (reply.get_json(force=True)["code"], reply.headers["Retry-After"]) == ("busy", str(RETRY_AFTER))


def test_that_the_service_is_busy_is_in_the_log_once_a_minute_with_nothing_of_whoever_was_refused(
    app: Flask, someone: CheckingClient, caplog: pytest.LogCaptureFixture
) -> None:
    app.extensions["admission"] = Admission(at_work=0, waiting=0)
    caplog.set_level("WARNING", "survey.admission")
    for _ in range(3):
        someone.get("/en/survey/k7qt-9wxm-3fbd/", status=503)
    [line] = [record for record in caplog.records if record.name == "survey.admission"]
    assert (line.getMessage(), line.__dict__["fields"]) == (
        "the service is busy: requests were refused",
        {"refused": 1},
    )
