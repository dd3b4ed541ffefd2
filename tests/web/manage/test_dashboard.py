"""The dashboard: whose figures one sees, put together on request, and looked at without changing anything."""

from types import SimpleNamespace

import pytest

from survey.reporting.reports import dashboard as reported
from survey.reporting.reports.blocks import Line
from survey.web.manage import dashboard
from tests.collection.example import NORTH, ROUND, SOUTH
from tests.web.html import text_of

STATUS = f"/en/manage/rounds/{ROUND}"
PAGE = f"{STATUS}/dashboard"
LINK = "Dashboard: response, maturity, movement, enablers and barriers"


@pytest.fixture
def counted(site, monkeypatch):
    """The round of the site has a dashboard, whose figures say no more than whose they are."""
    monkeypatch.setattr(dashboard, "kind_of", lambda _: SimpleNamespace(name="national"))
    monkeypatch.setattr(reported, "dashboard", lambda _, board="": {"response": [Line(f"of {board or 'Wales'}")]})
    return site


@pytest.mark.parametrize("language", ["cy", "en", "en-XA"])
def test_figures_are_put_together_on_request_while_the_page_waits_without_a_script(counted, language):
    client = counted.client("eira", language)
    path = PAGE.replace("/en/", f"/{language}/")
    assert "Refresh" not in client.get(path).headers
    page = client.submit(client.get(path), form="gather")
    assert page.headers["Refresh"] == "3"
    assert [job.key for job in counted.jobs] == [f"dashboard.{'cy' if language == 'cy' else 'en'}"]
    counted.made()
    before = len(counted.log)
    page = client.get(path)
    assert [banner.get("role") for banner in page.by_class("nhsuk-notification-banner--success")] == ["alert"]
    assert "of Wales" in page.text
    assert "#response" in page.links.values(), "each part is reached from the top of a long page"
    assert "Refresh" not in page.headers
    assert page.by_id("gather") is None
    assert counted.log[before:] == [("eira", "dashboard_viewed")]
    assert not client.get(path).by_class("nhsuk-notification-banner--success"), "it is said once"
    counted.submitted()
    assert client.get(path).by_id("gather") is not None


def test_asking_twice_in_two_tabs_begins_one_job(counted):
    client = counted.client("eira")
    two = [client.get(PAGE) for _ in range(2)]
    for page in two:
        client.submit(page, form="gather")
    assert len(counted.jobs) == 1


def test_a_health_board_team_sees_its_own_and_wales_and_no_other(counted):
    client = counted.client("gwyn")
    assert client.get(STATUS).links[LINK] == PAGE
    page = client.submit(client.get(PAGE), form="gather")
    counted.made()
    assert f"of {NORTH}" in client.get(page.path).text
    assert client.get(page.path).by_id("whose") is None
    client.get(f"{PAGE}?board={SOUTH}", status=403)
    client.get(f"{PAGE}?board=nowhere", status=404)
    token = next(field.get("value") for field in page.all("input") if field.get("name") == "csrf_token")
    forged = client.browser.post(PAGE, data={"csrf_token": token, "board": SOUTH})
    assert forged.status_code == 403
    assert counted.jobs == []


def test_whoever_sees_wales_chooses_a_health_board(counted):
    client = counted.client("mair")
    (whose,) = client.get(PAGE).all("select")
    assert len([text_of(option) for option in whose]) == 3
    client.submit(client.get(f"{PAGE}?board={NORTH}"), form="gather")
    counted.made()
    assert f"of {NORTH}" in client.get(f"{PAGE}?board={NORTH}").text
    assert "of Wales" not in client.get(PAGE).text


def test_a_round_that_asks_nothing_of_the_kind_has_none(site):
    client = site.client("eira")
    client.get(PAGE, status=404)
    assert LINK not in client.get(STATUS).links
