"""Behind the nginx that is shipped: whoever answers an anonymous survey stands in no log of any program."""

import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPSConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request

from tests.journeys.nginx import nginx_before
from tests.journeys.service import Service
from tests.journeys.test_workforce import HOME, TOKEN, survey  # noqa: F401 (a fixture)


def walk_through(page: Page, plain: str) -> None:
    """From the link, typed without https, over a page about privacy to the first answers kept."""
    page.goto(f"{plain}/en{HOME}")
    page.locator("footer a").first.click()
    page.go_back()
    page.locator("main form button").first.click()
    page.wait_for_url("**/section/role")
    page.locator('[name="q-profession"][value="practice_nurse"]').first.check()
    page.locator("main form [type=submit]").first.click()
    page.wait_for_url("**/section/skills**")


def test_whoever_answers_a_survey_is_in_no_log(
    browser: Browser,
    survey: Service,  # noqa: F811
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    asked: list[Request] = []

    def note(request: Request) -> None:
        asked.append(request)

    with nginx_before(survey.origin, tmp_path) as nginx, browser.new_context(ignore_https_errors=True) as context:
        context.on("request", note)
        page = context.new_page()
        walk_through(page, nginx.plain)
        page.goto(f"{nginx.secure}/en/survey/no-such-link/")
        page.goto(f"{nginx.secure}/EN{HOME}")
        referrers = {request.all_headers().get("referer", "") for request in asked}
        assert referrers <= {"", f"{nginx.secure}/"}, "the site at most, not the page"
        assert f"{nginx.secure}/" in referrers
        assert [request.url for request in asked if "/static/" in request.url]
        assert nginx.logged() == ""
        page.goto(f"{nginx.secure}/en/manage/sign-in?next=rounds")
        [line] = nginx.logged().splitlines()
        assert line.split()[2:5] == ["GET", "/en/manage/sign-in", "200"]
        context.request.get(f"{nginx.secure}/en/manage/invitation/eirlys/token")
        assert "token" not in nginx.logged()
        for private in ("readyz", "metrics"):
            refused = context.request.get(f"{nginx.secure}/{private}")
            assert (refused.status, refused.headers["x-content-type-options"]) == (404, "nosniff")
            assert "frame-ancestors 'none'" in refused.headers["content-security-policy"]
            assert refused.headers["strict-transport-security"] == "max-age=63072000"
        assert context.request.get(f"{nginx.secure}/healthz").status == 200
        said = context.request.get(f"{nginx.secure}/en/contact").headers_array
        for once in ("x-content-type-options", "content-security-policy", "strict-transport-security"):
            assert [header["name"].lower() for header in said].count(once) == 1, (
                "nginx adds nothing to the service’s own"
            )
        assert context.request.get(f"{nginx.plain}/api/indicators", max_redirects=0).status == 403
        for said_by_nginx in (f"{nginx.secure}/readyz", f"{nginx.plain}/api/"):
            kind = context.request.get(said_by_nginx).headers["content-type"]
            assert kind == "text/html; charset=utf-8"
        traced = context.request.fetch(f"{nginx.secure}/en/contact", method="TRACE")
        assert traced.status == 405
    own_log = tmp_path_factory.getbasetemp() / "log0" / "gunicorn.log"
    assert TOKEN not in own_log.read_text("utf-8")


SLOW = 300
"""People on one address who send a form so slowly that it does not come to an end."""


@contextmanager
def workers() -> Iterator[tuple[str, list[str]]]:
    """Where a service answers that stands for ours, and what it has been asked for."""
    asked: list[str] = []

    class Answers(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_POST = do_GET  # noqa: N815

        def log_message(self, *_arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()


def test_300_people_who_send_slowly_from_one_address_keep_no_worker_and_nobody_else_from_an_answer(
    tmp_path: Path,
) -> None:
    trusting = ssl._create_unverified_context()
    with workers() as (origin, asked), nginx_before(origin, tmp_path) as nginx, ExitStack() as stack:
        host = nginx.secure.removeprefix("https://")

        def somebody() -> HTTPSConnection:
            connection = HTTPSConnection(host, context=trusting, timeout=10)
            stack.callback(connection.close)
            return connection

        slow = [somebody() for _ in range(SLOW)]
        for connection in slow:
            connection.putrequest("POST", "/en/sign-in")
            connection.putheader("Content-Length", "100")
            connection.endheaders(b"access_code=")
        began = time.monotonic()
        other = somebody()
        other.request("POST", "/en/sign-in", b"access_code=K7QT")
        assert other.getresponse().status == 200
        assert time.monotonic() - began < 5
        assert asked == ["/en/sign-in"], "a form that is not whole has reached a worker"
        slow[0].send(b"x" * 88)
        assert slow[0].getresponse().status == 200
