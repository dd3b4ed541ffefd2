"""A site with a round of clusters and an anonymous one, and everybody who may come to it, signed in.

The folder is made once; `again` puts it back as it was, with all sign-ins, so that each run of requests begins alike.
"""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from flask import Flask
from werkzeug.test import TestResponse

from survey import create_app
from survey.collection.people.access import issue_code, store_link
from survey.collection.people.accounts import add_account
from survey.collection.people.permissions import ROLES
from survey.storage.data_folder import open_data_folder
from survey.storage.tinydb_files.data_format import secret_of
from tests.collection import anonymous_example
from tests.collection.example import NORTH, NOW, ROUND, opened_round, save, save_all
from tests.web.checking_client import CheckingClient, Page
from tests.web.html import check_valid

PASSWORD, CODE, TOKEN = "llyfr gwyrdd ar y bwrdd", "K7QT-9WXM-3FBD", "k7qt-9wxm-3fbd"
NOBODY, CLUSTER, PARTICIPANT = "nobody", "cluster", "participant"
VALUES: Mapping[str, str] = {
    "asked": "about.change",
    "catalogue": "interface",
    "cluster_code": "arfon",
    "code": "cy",
    "contact": "0123456789abcdef0123456789abcdef",
    "e_mail": "invitation",
    "ending": "xlsx",
    "file_id": "ab",
    "format_name": "csv",
    "framework_id": "cluster-development-framework-2022",
    "group": "stories",
    "held_id": "0123456789abcdef",
    "item_id": "0123456789abcdef",
    "key": "about",
    "kind": "responses",
    "language": "en",
    "link": TOKEN,
    "list_id": "0123456789abcdef",
    "name": "eira",
    "number": "1",
    "outcome": "m-01",
    "pack_language": "both",
    "query_id": "0123456789abcdef",
    "reference": "survey/web/templates/pages/contact.html",
    "round_id": ROUND,
    "step": "end",
    "token": "x" * 43,
    "upload_id": "0123456789abcdef",
    "way": "code",
    "year": "2026",
}
"""What the parts of addresses are, where they lead to something."""
OF_ENDPOINT: Mapping[str, Mapping[str, str]] = {
    "anonymous.section": {"key": "role"},
    "manage.document_file": {"kind": "report", "ending": "docx"},
    "manage.report_file": {"kind": "template"},
    "manage.take_back": {"kind": "template"},
    "preview.edition": {"name": "self-reflection"},
    "preview.item": {"name": "self-reflection", "key": "good_practice", "group": "examples"},
    "preview.section": {"name": "self-reflection"},
    "preview.texts": {"name": "self-reflection"},
    "respond.item": {"key": "practice"},
    "respond.remove_item": {"key": "practice"},
    "respond.files": {"key": "practice"},
    "static": {"name": "build/page.js"},
}


@dataclass(frozen=True)
class Person:
    """Somebody’s cookies, and the token of the forms that she is shown."""

    role: str
    cookies: str = ""
    token: str = ""


@dataclass
class HostileSite:
    """`people` by role. `forms` are the names and values of the fields that pages show to anybody, by endpoint."""

    folder: Path
    people: dict[str, Person] = field(default_factory=dict)
    forms: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        _fill(self.data)
        self.app = _app(self.data)
        for role in (NOBODY, CLUSTER, PARTICIPANT, *ROLES):
            self._arrive(role)
        shutil.copytree(self.data, self.folder / "as-it-was")

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def again(self) -> None:
        """Put everything back as it was."""
        shutil.rmtree(self.data)
        shutil.copytree(self.folder / "as-it-was", self.data)

    def address(self, endpoint: str, values: Mapping[str, str]) -> str:
        """The address of an endpoint with values that anybody may have put there, each quoted as it is."""
        rule = next(rule for rule in self.app.url_map.iter_rules() if rule.endpoint == endpoint)
        known = {**VALUES, **OF_ENDPOINT.get(endpoint, {}), **values}
        return "".join(known[data] if dynamic else data for dynamic, data in rule._trace if data != "|")

    def _arrive(self, role: str) -> None:
        client = CheckingClient(self.app)
        browser = client.browser
        if role == CLUSTER:
            client.sign_in("/en/sign-in", {"access_code": CODE})
        elif role == PARTICIPANT:
            client.sign_in(f"/en/survey/{TOKEN}/", {})
        elif role != NOBODY:
            client.sign_in("/en/manage/sign-in", {"account_name": _name(role), "password": PASSWORD})
        for rule in self.app.url_map.iter_rules():
            if {"GET", "POST"} <= (rule.methods or set()) and role == _who_answers(rule.endpoint):
                self.forms[rule.endpoint] = _fields(browser.get(self.address(rule.endpoint, {})))
        home = f"/en/survey/{TOKEN}/" if role == PARTICIPANT else "/en/manage/" if role in ROLES else "/en/sign-in"
        token = next(value for name, value in _fields(browser.get(home)) if name == "csrf_token")
        cookies = {cookie.key: cookie.value for cookie in browser._cookies.values()}
        self.people[role] = Person(role, "; ".join(f"{name}={value}" for name, value in cookies.items()), token)


def _who_answers(endpoint: str) -> str:
    """Who is shown the form of an address."""
    return {"manage": "national", "respond": CLUSTER, "anonymous": PARTICIPANT}.get(endpoint.split(".")[0], NOBODY)


def _fields(answer: TestResponse) -> list[tuple[str, str]]:
    """What the forms of a page send, one after the other."""
    if answer.mimetype != "text/html" or answer.status_code != 200:
        return []
    page = Page(answer)
    check_valid(page.markup)
    return [field for form in page.all("form") for field in page.values(form).items(multi=True)]


def _name(role: str) -> str:
    return f"{role.replace('_', '')}eira"


def _clock() -> datetime:
    return NOW


def _fill(data: Path) -> None:
    repository = open_data_folder(data)
    snapshot = opened_round(repository)
    save_all(repository, snapshot, "arfon")
    save(repository, snapshot, "about", {"how": "meeting"}, cluster="conwy-west")
    issue_code(repository, secret_of(data).encode(), ROUND, "arfon", CODE, NOW)
    anonymous_example.opened_round(repository)
    store_link(repository, anonymous_example.ROUND, "arfon", TOKEN)
    for role in ROLES:
        add_account(repository, _name(role), role, NORTH if role == "health_board" else None, PASSWORD, NOW)
    add_account(repository, "eira", "reader", None, PASSWORD, NOW)


def _app(data: Path) -> Flask:
    return create_app(
        {
            "TESTING": True,
            "DATA": data,
            "DEMO": True,
            "PSEUDO": True,
            "PUBLIC_RELEASES": True,
            "SECRET_KEY": "s" * 40,
            "NOW": _clock,
            "START_JOB": lambda _job: None,
        }
    )
