"""Behind the nginx that is shipped: whoever answers an anonymous survey stands in no log of any program."""

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
        traced = context.request.fetch(f"{nginx.secure}/en/contact", method="TRACE")
        assert traced.status == 405
    own_log = tmp_path_factory.getbasetemp() / "log0" / "gunicorn.log"
    assert TOKEN not in own_log.read_text("utf-8")
