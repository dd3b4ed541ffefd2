"""Nothing tells who answered or when, and nobody is locked out."""

import logging
from datetime import timedelta

import pytest

from survey.atomic_file import DAY_NS
from survey.storage.tinydb_files.documents import own_record
from survey.web.anonymous.start import BURST, PER_SECOND
from survey.web.site import rate_limiter
from survey.web.site.rate_limiter import RateLimiter
from tests.collection.anonymous_example import NOW
from tests.web.anonymous.conftest import TOKEN, Site

ADDRESS = "203.0.113.77"
AGENT = "A-telling-agent/1.0"


def test_no_address_agent_or_time_is_kept_or_logged(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    before = {path for path in site.kept.root.rglob("*") if path.is_file()}
    caplog.set_level(logging.DEBUG)
    logging.getLogger("survey").propagate = True
    client = site.client()
    client.browser.environ_base.update({"REMOTE_ADDR": ADDRESS, "HTTP_USER_AGENT": AGENT})
    page = client.submit(client.get(f"/en/survey/{TOKEN}/"))
    for answers in ({"q-job": "nurse"}, {}, {}):
        page = client.submit(page, answers, button=("then", "continue"))
    client.submit(client.get(f"/en/survey/{TOKEN}/resume"), {"resume_code": "wrong"}, status=422)
    client.submit(page)
    made = [path for path in site.kept.root.rglob("*") if path.is_file() and path not in before]
    made = [path for path in made if "locks" not in path.parts]
    # Besides the response, which day it is: whether drafts may be removed hangs on that.
    days = [path for path in made if path.parent.name == "clock"]
    assert [path.stat().st_mtime_ns % DAY_NS for path in days] == [0]
    assert set(own_record(days[0].read_bytes())) == {"day", "since"}
    made = [path for path in made if path not in days]
    assert [path.parent.parent.name for path in made] == ["responses"]
    kept = made[0].read_text("utf-8")
    assert not any(telling in kept for telling in (ADDRESS, AGENT, "2026-10", "09:17", "nurse-"))
    assert [record for record in caplog.records if record.name == "survey.requests"] == []
    assert ADDRESS not in caplog.text


def test_requests_of_other_pages_are_logged(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    logging.getLogger("survey").propagate = True
    site.client().get("/en/privacy")
    assert [record for record in caplog.records if record.name == "survey.requests"]


def test_a_practice_behind_one_address_is_never_slowed(site: Site) -> None:
    limiter = RateLimiter(BURST, PER_SECOND)
    assert [limiter.wait(ADDRESS, TOKEN, NOW) for _ in range(BURST)] == [0] * BURST


def test_a_script_is_slowed_to_one_a_second_and_not_locked_out() -> None:
    limiter = RateLimiter(BURST, PER_SECOND)
    waits = [limiter.wait(ADDRESS, TOKEN, NOW) for _ in range(BURST + 500)]
    assert set(waits[BURST:]) == {1}
    assert limiter.wait("198.51.100.1", TOKEN, NOW) == 0
    assert limiter.wait(ADDRESS, "another-link", NOW) == 0
    assert limiter.wait(ADDRESS, TOKEN, NOW + timedelta(seconds=1)) == 0
    assert limiter.wait(ADDRESS, TOKEN, NOW + timedelta(seconds=1)) == 1


def test_the_brake_holds_no_address_and_forgets_every_day() -> None:
    limiter = RateLimiter(BURST, PER_SECOND)
    for _ in range(BURST + 1):
        limiter.wait(ADDRESS, TOKEN, NOW)
    assert ADDRESS.encode() not in repr(vars(limiter)).encode()
    assert limiter.wait(ADDRESS, TOKEN, NOW + timedelta(days=1)) == 0


def test_the_brake_forgets_at_midnight_and_when_there_are_too_many_to_remember(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    limiter, evening = RateLimiter(1, 0.001), NOW.replace(hour=23, minute=59, second=59)
    assert [limiter.wait(ADDRESS, TOKEN, evening) for _ in range(2)] == [0, 1000]
    assert limiter.wait(ADDRESS, TOKEN, evening + timedelta(seconds=1)) == 0
    monkeypatch.setattr(rate_limiter, "MOST", 2)
    for host in range(2):
        assert limiter.wait(ADDRESS, TOKEN, evening + timedelta(seconds=1)) == 1000
        limiter.wait(f"198.51.100.{host}", TOKEN, evening + timedelta(seconds=1))
    assert limiter.wait(ADDRESS, TOKEN, evening + timedelta(seconds=1)) == 0


def test_whoever_waits_as_long_as_the_brake_says_is_let_in() -> None:
    limiter = RateLimiter(1, 0.3)
    assert [limiter.wait(ADDRESS, TOKEN, NOW) for _ in range(2)] == [0, 4]
    assert limiter.wait(ADDRESS, TOKEN, NOW + timedelta(seconds=4)) == 0


def test_the_brake_bears_a_clock_that_is_put_back() -> None:
    limiter = RateLimiter(BURST, PER_SECOND)
    for _ in range(BURST):
        limiter.wait(ADDRESS, TOKEN, NOW)
    assert limiter.wait(ADDRESS, TOKEN, NOW - timedelta(minutes=5)) == 1


def test_whoever_is_slowed_may_press_again_and_whoever_has_begun_goes_on(site: Site) -> None:
    client, page = site.begun()
    other = site.client()
    start = other.get(f"/en/survey/{TOKEN}/")
    for _ in range(BURST):
        site.app.extensions["rate_limiter"].wait("127.0.0.1", TOKEN, site.now)
    slowed = other.submit(start, status=429)
    assert slowed.headers["Retry-After"] == "1"
    assert len(site.drafts) == 1
    for answers in ({"q-job": "nurse"}, {}, {}):
        page = client.submit(page, answers, button=("then", "continue"))
    client.submit(page)
    assert len(site.responses) == 1
    site.now += timedelta(seconds=1)
    assert other.submit(slowed).path.endswith("/section/role")
