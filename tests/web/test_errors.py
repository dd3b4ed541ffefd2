"""What a person sees when something is wrong: always a page of ours, never the inside of the service."""

from pathlib import Path

import pytest
from flask import Blueprint, Flask, abort, render_template_string, request
from werkzeug.exceptions import TooManyRequests

from survey import create_app
from survey.storage.repository import StorageFull
from survey.web.site import errors, language
from tests.web.checking_client import CheckingClient

STATUSES = (400, 403, 404, 405, 413, 414, 429, 500, 503)
SECRET = "a very private answer"


@pytest.fixture
def failing(data: Path) -> CheckingClient:
    """A site, as in production but for its address, with pages that fail in every way."""
    app = create_app({"DATA": data, "DEMO": True, "PSEUDO": True, "PROPAGATE_EXCEPTIONS": False, "LOG_LEVEL": "ERROR"})
    pages = Blueprint("failing", __name__)

    @pages.get("/fail/<int:status>")
    def fail(status: int) -> str:
        if status == 500:
            raise ValueError(SECRET)
        if status == 429:
            raise TooManyRequests(retry_after=60)
        abort(status)

    @pages.route("/full", methods=["GET", "POST"])
    def full() -> str:
        if request.method == "POST":
            raise StorageFull(SECRET)
        return render_template_string(
            """{% extends "layout.html" %}{% from "components/form.html" import form %}
            {% from "components/input.html" import input %}{% set title = "⟦F⟧" %}
            {% block content %}<h1>⟦F⟧</h1>{% call form() %}{{ input("⟦W⟧", "words") }}{% endcall %}{% endblock %}"""
        )

    language.register(app, pages)
    return CheckingClient(app)


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("code", ["cy", "en", "en-XA"])
def test_error_has_a_page_in_the_language_of_the_address(failing: CheckingClient, code: str, status: int) -> None:
    page = failing.get(f"/{code}/fail/{status}", status=status)
    assert page.heading
    assert f"/{code}/" in page.links.values()
    assert SECRET not in page.markup
    assert "Traceback" not in page.markup


@pytest.mark.parametrize("code", ["cy", "en", "en-XA"])
def test_when_the_disk_is_full_what_was_typed_stays_in_the_page(failing: CheckingClient, code: str) -> None:
    page = failing.submit(failing.get(f"/{code}/full"), {"words": "dŵr"}, status=503)
    assert SECRET not in page.markup
    assert page.values(page.form("send-again"))["words"] == "dŵr"
    assert failing.submit(page, status=503).values(page.form("send-again"))["words"] == "dŵr"


def test_every_error_is_explained_differently() -> None:
    titles = [explanation[0].english for explanation in errors.EXPLANATIONS.values()]
    assert len(set(titles)) == len(titles) == len(STATUSES)


def test_other_errors_have_the_page_of_their_family(failing: CheckingClient) -> None:
    assert failing.get("/en/fail/418", status=418).heading == failing.get("/en/fail/400", status=400).heading
    assert failing.get("/en/fail/501", status=501).heading == failing.get("/en/fail/500", status=500).heading


def test_without_a_language_the_page_is_in_both(failing: CheckingClient) -> None:
    page = failing.get("/nothing", status=404)
    assert {"/cy/", "/en/"} <= set(page.links.values())
    assert "Page not found" in page.text
    assert [part.get("lang") for part in page.all("div") if part.get("lang")] == ["cy", "en"]


def test_too_many_tries_says_when_to_come_back(failing: CheckingClient) -> None:
    assert failing.get("/en/fail/429", status=429).headers["Retry-After"] == "60"


def test_wrong_method_says_which_are_right(failing: CheckingClient) -> None:
    page = failing.post("/en/contact", {}, status=405)
    assert "GET" in page.headers["Allow"]


@pytest.mark.parametrize("code", ["cy", "en"])
def test_last_resort_is_in_both_languages(failing: CheckingClient, monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    def broken(*_: object, **__: object) -> str:
        raise RuntimeError(SECRET)

    monkeypatch.setattr(errors, "render_template", broken)
    answer = failing.browser.get(f"/{code}/fail/500")
    assert answer.status_code == 500
    assert "Mae problem" in answer.text
    assert "There is a problem" in answer.text
    assert SECRET not in answer.text
    assert answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["/en/\xff", "/en/\x00", "/\xc3\x28"])
def test_address_that_is_not_text_is_refused(app: Flask, path: str) -> None:
    answer = app.test_client().get("/", environ_overrides={"PATH_INFO": path})
    assert answer.status_code == 400


@pytest.mark.parametrize("query", ["a=%00", "a=%ff", "%c3%28=b"])
def test_query_that_is_not_text_is_refused(client: CheckingClient, query: str) -> None:
    client.get(f"/en/contact?{query}", status=400)


@pytest.mark.parametrize("code", ["cy", "en"])
@pytest.mark.parametrize(("address", "first"), [("manage/log?who=%00x", "manage/"), ("contact?a=%00", "")])
def test_what_is_not_text_is_said_to_be_that_with_a_way_on(
    client: CheckingClient, code: str, address: str, first: str
) -> None:
    page = client.get(f"/{code}/{address}", status=400)
    assert page.heading != client.get(f"/{code}/nothing", status=404).heading
    assert page.heading != client.post(f"/{code}/sign-in", b"x", status=400, content_type="text/plain").heading
    assert f"/{code}/{first}" in page.links.values()


@pytest.mark.parametrize("body", [b"words=%00", b"words=%ff", b"words=\xff", b"words=a\x00b"])
def test_form_that_is_not_text_is_refused(client: CheckingClient, body: bytes) -> None:
    client.post("/en/contact", body, status=400, content_type="application/x-www-form-urlencoded")


@pytest.mark.parametrize("code", ["cy", "en"])
@pytest.mark.parametrize("address", ["contact?a={}", "{}"])
def test_long_address_is_refused_in_the_language_of_the_page(client: CheckingClient, code: str, address: str) -> None:
    page = client.get(f"/{code}/" + address.format("x" * 4000), status=414)
    assert page.heading
    assert f"/{code}/" in page.links.values()
    client.get(f"/{code}/contact?a=" + "x" * 3000)


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", b'{"words": "d"}'),
        ("text/plain", b"words=d"),
        ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="words"\r\n\r\nd'),
        ("multipart/form-data", b"words=d"),
    ],
)
def test_body_that_is_no_form_is_not_offered_for_sending_again(
    client: CheckingClient, content_type: str, body: bytes
) -> None:
    page = client.post("/en/sign-in", body, status=400, content_type=content_type)
    assert page.heading == "The service did not understand what was sent"


def test_form_of_too_many_fields_is_not_offered_for_sending_again(client: CheckingClient) -> None:
    part = b'--x\r\nContent-Disposition: form-data; name="words"\r\n\r\nd\r\n'
    client.post("/en/sign-in", part * 2000 + b"--x--\r\n", status=413, content_type="multipart/form-data; boundary=x")


def test_replacement_character_that_somebody_typed_is_text(client: CheckingClient) -> None:
    client.get("/en/contact?a=%EF%BF%BD")


def test_ten_megabytes_are_refused(client: CheckingClient) -> None:
    client.post("/en/contact", {"words": "x" * 10_000_000}, status=413)
    part = b'--x\r\nContent-Disposition: form-data; name="words"\r\n\r\n' + b"x" * 10_000_000 + b"\r\n--x--\r\n"
    client.post("/en/contact", part, status=413, content_type="multipart/form-data; boundary=x")


def test_unknown_host_is_refused_without_a_trace(data: Path) -> None:
    app = create_app({"DATA": data, "DEMO": True, "HOSTS": "myfyrio.example", "LOG_LEVEL": "ERROR"})
    assert app.test_client().get("/en/contact", base_url="http://myfyrio.example").status_code == 200
    answer = app.test_client().get("/en/contact", base_url="http://evil.example")
    assert answer.status_code == 400
    assert "evil" not in answer.text


@pytest.mark.parametrize("host", ["10.0.0.1:8000", "[::1]:8000", "a..b", f"{'x' * 300}.example", ""])
@pytest.mark.parametrize("path", ["/en/contact", "/"])
def test_a_host_that_is_no_name_of_ours_is_refused_and_nothing_crashes(
    data: Path, caplog: pytest.LogCaptureFixture, host: str, path: str
) -> None:
    app = create_app({"DATA": data, "DEMO": True, "HOSTS": "myfyrio.example"})
    answer = app.test_client().get(path, headers={"Host": host})
    assert (answer.status_code, "<h1" in answer.text) == (400, True)
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []


@pytest.mark.parametrize("host", ["10.0.0.1:8000", "localhost", "myfyrio.example"])
def test_a_probe_is_answered_by_whatever_address_it_asks(data: Path, host: str) -> None:
    app = create_app({"DATA": data, "DEMO": True, "HOSTS": "myfyrio.example"})
    assert app.test_client().get("/healthz", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("address", ["/en", "/en//contact", "/"])
def test_a_redirect_says_nothing(app: Flask, address: str) -> None:
    answer = app.test_client().get(address, headers={"Accept-Language": "cy"})
    assert answer.status_code in (302, 308)
    assert answer.data == b""
