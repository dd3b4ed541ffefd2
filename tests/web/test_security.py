"""Headers and cookies, in a demonstration and in earnest."""

from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path

import pytest
from flask import Flask, Response, g, request, session

from survey import create_app
from survey.storage.repository import StorageError
from survey.web.anonymous.draft_cookie import held_draft, let_go_of_draft, signed
from survey.web.site.security import HEADERS

KEY = "k" * 40


def with_session_page(app: Flask) -> Flask:
    @app.get("/session")
    def keep() -> str:
        session["signed in"] = True
        return request.remote_addr or ""

    return app


@pytest.fixture
def in_earnest(data: Path) -> Flask:
    return with_session_page(create_app({"TESTING": True, "DATA": data, "SECRET_KEY": KEY}))


@pytest.mark.parametrize("path", ["/", "/en/contact", "/nothing", "/healthz", "/static/favicon.svg"])
def test_every_answer_has_the_headers(app: Flask, path: str) -> None:
    answer = app.test_client().get(path, headers={"Origin": "https://elsewhere.example"})
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert not [name for name in answer.headers.keys() if name.startswith("Access-Control-")]  # noqa: SIM118


@pytest.mark.parametrize("path", ["/en/", "/en/manage/sign-in", "/nothing", "/healthz", "/api/indicators"])
def test_nothing_but_files_and_what_is_published_may_be_kept_on_the_way(app: Flask, path: str) -> None:
    assert app.test_client().get(path).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/en/", "/en/contact", "/api/indicators", "/healthz", "/static/favicon.svg"])
def test_trace_is_refused_and_sends_nothing_back(app: Flask, path: str) -> None:
    answer = app.test_client().open(path, method="TRACE", headers={"Cookie": "session=what-nobody-sees"})
    assert answer.status_code == 405
    assert "what-nobody-sees" not in answer.text


@pytest.mark.parametrize("path", ["/en/", "/nothing", "/static/favicon.svg", "/static/build/page.js"])
def test_text_says_that_it_is_utf_8(app: Flask, path: str) -> None:
    assert app.test_client().get(path).headers["Content-Type"].endswith("; charset=utf-8")


@pytest.mark.parametrize("also", ["", '; filename="a.png"'])
def test_a_part_of_a_form_whose_name_cannot_be_read_is_refused(app: Flask, also: str) -> None:
    head = f'--edge\r\nContent-Disposition: form-data; name="^H\\"{also}\r\n\r\na\r\n--edge--\r\n'
    kind = "multipart/form-data; boundary=edge"
    assert app.test_client().post("/en/sign-in", data=head.encode(), content_type=kind).status_code == 400


def test_policy_lets_nothing_inline_or_foreign_in() -> None:
    policy = HEADERS["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "object-src" not in policy, "so it is none, as by default"
    assert "base-uri 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "*" not in policy


def test_in_earnest_everything_is_secure(in_earnest: Flask) -> None:
    answer = in_earnest.test_client().get("/session", base_url="https://localhost")
    cookie = answer.headers["Set-Cookie"]
    assert all(trait in cookie for trait in ("Secure", "HttpOnly", "SameSite=Lax"))
    # Other hosts of the domain are none of ours, so there is no includeSubDomains.
    assert answer.headers["Strict-Transport-Security"] == "max-age=63072000"
    assert cookie.startswith("__Host-session=")
    assert "Path=/;" in f"{cookie};"
    assert "Domain" not in cookie
    language = in_earnest.test_client().get("/en/contact").headers["Set-Cookie"]
    assert language.startswith("__Host-language=")
    cookies = in_earnest.test_client().get("/en/cookies").text
    assert all(name in cookies for name in ("__Host-session", "__Host-language", "__Host-known", "__Secure-draft"))
    assert all(trait in language for trait in ("Secure", "HttpOnly", "SameSite=Lax"))


def test_a_session_of_the_release_before_goes_on_under_the_name_of_today(in_earnest: Flask) -> None:
    @in_earnest.get("/held")
    def held() -> dict[str, bool]:
        return dict(session)

    browser = in_earnest.test_client()
    signer = in_earnest.session_interface.get_signing_serializer(in_earnest)
    browser.set_cookie("session", signer.dumps({"signed in": True}))
    answer = browser.get("/held", base_url="https://localhost")
    assert answer.json == {"signed in": True}
    assert browser.get_cookie("session") is None
    assert browser.get_cookie("__Host-session") is not None
    assert browser.get("/held", base_url="https://localhost").json == {"signed in": True}


def test_a_session_of_the_release_before_that_nobody_signed_counts_for_nothing(in_earnest: Flask) -> None:
    browser = in_earnest.test_client()
    browser.set_cookie("session", "e30.aSdF.forged")
    browser.get("/en/contact", base_url="https://localhost")
    with browser.session_transaction(base_url="https://localhost") as held:
        assert dict(held) == {}


def test_a_draft_of_the_release_before_is_found_and_let_go_of_under_both_names(in_earnest: Flask) -> None:
    draft_id = f"{1:032x}"
    with in_earnest.app_context():
        value = signed(draft_id, datetime.now(UTC))
    with in_earnest.test_request_context("/en/survey/token/", headers={"Cookie": f"draft={value}"}):
        g.link = "token"
        assert held_draft().draft_id == draft_id
        ended = let_go_of_draft(Response()).headers.getlist("Set-Cookie")
    assert {cookie.partition("=")[0] for cookie in ended} == {"draft", "__Secure-draft"}
    assert all("Max-Age=0" in cookie for cookie in ended)


def test_a_demonstration_works_without_https(app: Flask) -> None:
    answer = with_session_page(app).test_client().get("/session")
    assert "Secure" not in answer.headers["Set-Cookie"]
    assert "Strict-Transport-Security" not in answer.headers


def test_without_a_setting_the_data_folder_gives_the_key(data: Path) -> None:
    app, again = (create_app({"TESTING": True, "DATA": data}) for _ in range(2))
    assert len(app.secret_key) == 64
    assert app.secret_key == again.secret_key
    assert app.test_client().get("/en/contact").status_code == 200


def test_without_a_key_no_page_is_served(data: Path) -> None:
    file = data / "file"
    file.write_text("not a folder")
    client = create_app({"TESTING": True, "DATA": file}).test_client()
    assert client.get("/en/contact").status_code == 503
    health = client.get("/healthz")
    assert health.status_code == 503
    assert health.json["problems"] == [
        "no secret key",
        "what is kept could not be opened: the log says why",
        "no data folder",
    ]
    assert client.get("/static/favicon.svg").status_code == 200


@pytest.mark.parametrize(("proxies", "seen"), [(0, "127.0.0.1"), (1, "10.0.0.2"), (2, "10.0.0.1")])
def test_proxies_are_believed_as_far_as_said(data: Path, proxies: int, seen: str) -> None:
    app = with_session_page(create_app({"TESTING": True, "DATA": data, "DEMO": True, "TRUSTED_PROXIES": proxies}))
    headers = {"X-Forwarded-For": "10.0.0.1, 10.0.0.2"}
    assert app.test_client().get("/session", headers=headers).text == seen


def test_proxies_are_believed_as_before_once_a_database_that_was_away_is_there(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("survey.web.site.environment._open", _away)
    site = {"TESTING": True, "DATA": data, "DATABASE": "postgresql://nobody", "TRUSTED_PROXIES": 1, "SECRET_KEY": KEY}
    app = with_session_page(create_app(site))
    client = app.test_client()
    assert client.get("/session").status_code == HTTPStatus.SERVICE_UNAVAILABLE
    monkeypatch.setattr("survey.web.site.environment._open", lambda _app: None)
    for _ in range(2):
        assert client.get("/session", headers={"X-Forwarded-For": "10.0.0.1"}).text == "10.0.0.1"


def test_one_at_a_time_looks_whether_a_database_is_there_and_nobody_waits_for_it(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("survey.web.site.environment._open", _away)
    app = create_app({"TESTING": True, "DATA": data, "DATABASE": "postgresql://nobody", "SECRET_KEY": KEY})
    tried = []

    def slow(_app: Flask) -> None:
        tried.append(app.test_client().get("/en/contact").status_code)
        raise StorageError

    monkeypatch.setattr("survey.web.site.environment._open", slow)
    assert app.test_client().get("/en/contact").status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert tried == [HTTPStatus.SERVICE_UNAVAILABLE]


def _away(_app: Flask) -> None:
    raise StorageError


def test_what_the_proxy_of_the_guide_does_not_set_is_not_believed(data: Path) -> None:
    app = create_app({"TESTING": True, "DATA": data, "DEMO": True, "TRUSTED_PROXIES": 1})
    headers = {"X-Forwarded-Prefix": "/elsewhere", "X-Forwarded-Port": "4444", "X-Forwarded-Host": "reflect.example"}
    answer = app.test_client().get("/en/reflection", headers=headers)
    assert answer.location.startswith("/en/sign-in")
    assert "elsewhere" not in app.test_client().get("/en/", headers=headers).text
