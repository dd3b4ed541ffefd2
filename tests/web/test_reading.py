"""To look at a page changes nothing: not what is kept, not who is signed in, not what a browser holds.

Every address that can be looked at is, by everybody whom it may concern, and a week after old things should have gone.
"""

import os
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from survey import create_app
from survey.collection.people.access import issue_code, store_link
from survey.collection.people.accounts import add_account
from survey.collection.responses.lifecycle import submit
from survey.storage.data_folder import open_data_folder
from survey.storage.tinydb_files.data_format import secret_of
from survey.storage.tinydb_files.repository import FileRepository
from survey.web.anonymous.draft_cookie import NAME, signed
from tests.collection import anonymous_example, example
from tests.collection.anonymous_example import NOW, begun, submitted
from tests.web.checking_client import CheckingClient

TOKEN = "k7qt-9wxm-3fbd"
CODE = "K7QT-9WXM-3FBD"
PASSWORD = "llyfr gwyrdd ar y bwrdd"
SEEN_ON = NOW + timedelta(days=22)
HELD_DRAFT = f"{1:032x}"

# Who looked at what is itself kept, on purpose: the log of the accounts, and how often the feed is asked without a key.
# Locks have nothing in them.
NOT_COMPARED = ("log", "locks", "feed_limits")

VALUES: dict[str, dict[str, Any]] = {
    "anonymous.section": {"key": "role"},
    "manage.data_file": {"kind": "responses", "format_name": "csv"},
    "manage.document_file": {"kind": "report"},
    "manage.contacts_template": {"ending": "xlsx"},
    "manage.edition_file": {"ending": "json"},
    "manage.poster": {"round_id": anonymous_example.ROUND},
    "manage.workbook_file": {"code": "cy"},
    "preview.edition": {"name": "self-reflection", "year": "2026"},
    "preview.item": {"name": "self-reflection", "year": "2026", "key": "good_practice", "group": "examples"},
    "preview.section": {"name": "workforce-skills", "year": "2026", "key": "skills/1"},
    "static": {"name": "build/page.js"},
}
USUAL = {
    "language": "en",
    "link": TOKEN,
    "round_id": example.ROUND,
    "cluster_code": "arfon",
    "code": "cy",
    "number": 1,
    "key": "about",
    "pack_language": "both",
    "ending": "docx",
    "outcome": "m-02",
    "e_mail": "invitation",
    "catalogue": "interface",
    "upload_id": "none",
    "framework_id": "cluster-development-framework-2022",
    "reference": "survey/web/respond/auth.py",
    "name": "self-reflection",
    "year": "2026",
}

# Of the small questionnaire no page has a group of items, so these two lead nowhere here.
LEADS_NOWHERE = {"respond.item": {"key": "about", "group": "how", "item_id": "a1"}}
for nowhere in ("respond.file", "respond.files", "manage.evidence_file"):
    LEADS_NOWHERE[nowhere] = {"file_id": "none"}
LEADS_NOWHERE["manage.erase_contact"] = LEADS_NOWHERE["manage.change_contact"] = {"contact": "none"}
LEADS_NOWHERE["manage.invitation"] = {"token": "none"}
LEADS_NOWHERE["respond.sign_in_link"] = {"token": "none"}
LEADS_NOWHERE["manage.themes"] = {"asked": "none"}
LEADS_NOWHERE["manage.uploaded_edition"] = {"held_id": "none"}
LEADS_NOWHERE["manage.listed_contacts"] = LEADS_NOWHERE["manage.listed_clusters"] = {"list_id": "none"}
LEADS_NOWHERE["manage.report_file"] = {"kind": "template"}
LEADS_NOWHERE["manage.query"] = LEADS_NOWHERE["respond.query"] = {"query_id": "none"}
LEADS_NOWHERE["respond.remove_item"] = LEADS_NOWHERE["respond.item"]


class Clock:
    now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def app(data: Path, clock: Clock) -> Flask:
    """The site with a round of each kind, in which some have answered, and some long ago."""
    repository = open_data_folder(data)
    snapshot = example.opened_round(repository)
    for cluster in ("arfon", "conwy-west"):
        example.save_all(repository, snapshot, cluster)
    submit(repository, snapshot, "conwy-west", language="en", now=NOW)
    issue_code(repository, secret_of(data).encode(), example.ROUND, "arfon", CODE, NOW)
    add_account(repository, "eira", "national", None, PASSWORD, NOW)
    _survey(repository)
    return create_app(
        {
            "TESTING": True,
            "DATA": data,
            "DEMO": True,
            "PSEUDO": True,
            "NOW": clock,
            "SESSION_HOURS": 1000,  # who looks long after is signed in still
            "START_JOB": lambda _job: None,  # it is begun, and never done
        }
    )


def _survey(repository: FileRepository) -> None:
    crew = anonymous_example.opened_round(repository)
    store_link(repository, anonymous_example.ROUND, anonymous_example.CLUSTER, TOKEN)
    begun(repository, crew, 1, now=SEEN_ON)
    begun(repository, crew, 2)
    submitted(repository, crew, 3)


def _addresses(app: Flask) -> list[str]:
    addresses = []
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()):
            continue
        # A new page whose address has a part that is not known here: say above what to look at.
        given = USUAL | VALUES.get(rule.endpoint, {}) | LEADS_NOWHERE.get(rule.endpoint, {})
        with app.test_request_context("/en/"):
            addresses.append(app.url_for(rule.endpoint, **{name: given[name] for name in rule.arguments}))
    return addresses


def _cluster(app: Flask) -> FlaskClient:
    client = CheckingClient(app)
    client.submit(client.get("/en/sign-in"), {"access_code": CODE})
    return client.browser


def _national(app: Flask) -> FlaskClient:
    client = CheckingClient(app)
    client.submit(client.get("/en/manage/sign-in"), {"account_name": "eira", "password": PASSWORD}, form="sign-in")
    page = client.get(f"/en/manage/rounds/{example.ROUND}/workbook")
    client.submit(page, form="make-cy")
    with client.browser.session_transaction() as session:
        del session["notices"]  # that it is made, which would be dropped by the first page long after
    return client.browser


def _participant(app: Flask) -> FlaskClient:
    browser = app.test_client()
    with app.app_context():
        browser.set_cookie(NAME, signed(HELD_DRAFT, SEEN_ON), path=f"/en/survey/{TOKEN}")
    return browser


def _kept(data: Path) -> dict[str, tuple[int, int]]:
    """Which files there are, and when each was last written: to write the same again is to write, too."""
    files = (entry for folder, _, _ in os.walk(data) for entry in os.scandir(folder) if entry.is_file())
    stats = {os.path.relpath(entry.path, data): entry.stat() for entry in files}
    return {name: (stat.st_ino, stat.st_mtime_ns) for name, stat in stats.items() if not name.startswith(NOT_COMPARED)}


def _held(browser: FlaskClient) -> dict[str, Any]:
    """What a browser holds. The token of forms and the language last looked at are nothing that anybody did."""
    with browser.session_transaction() as session:
        held = {name: value for name, value in session.items() if name != "csrf_token"}
    cookies = (browser.get_cookie(NAME, path=f"/{code}/survey/{TOKEN}") for code in ("cy", "en", "en-XA"))
    return {**held, NAME: [cookie and cookie.value for cookie in cookies]}


@pytest.mark.parametrize("who", [_cluster, _national, _participant])
def test_a_look_at_any_page_changes_nothing(app: Flask, data: Path, clock: Clock, who: Any) -> None:
    browser = who(app)
    clock.now = SEEN_ON
    kept, held = _kept(data), _held(browser)
    assert len(kept) > 10
    shown = 0
    for address in _addresses(app):
        answer = browser.get(address)
        assert answer.status_code < 500, address
        shown += answer.status_code == 200
        assert _kept(data) == kept, f"{address} changed what is kept"
        assert _held(browser) == held, f"{address} changed what the browser holds"
    assert shown >= 20
    assert browser.head("/en/").status_code == 200


def test_each_page_is_shown_to_somebody(app: Flask, clock: Clock) -> None:
    browsers = [who(app) for who in (_cluster, _national, _participant)]
    clock.now = SEEN_ON
    nowhere = {
        address
        for address in _addresses(app)
        if not any(browser.get(address).status_code in (200, 302, 303) for browser in browsers)
    }
    leads_nowhere = (
        "/about/how/a1/",
        "/translations/interface/about",
        "/translations/interface/uploads/none",
        "/questionnaires/uploads/none",
        "/invitation/self-reflection/none",
        "/manage/provider",  # none is set here
        "/manage/forgotten",  # nor is a mail server
        "/api/indicators",  # there is no key
        "/releases/small-2026/",  # nothing is published
        "/sign-in/none",  # it opens nothing
    )
    assert all(any(part in address for part in leads_nowhere) for address in nowhere), nowhere
