"""One table says who may do what; the pages keep to it."""

from importlib import import_module

import pytest

from survey.collection.people.access import issue_code
from survey.collection.people.accounts import Account
from survey.collection.people.permissions import ACTIONS, ROLES, may
from survey.commands import GROUPS
from survey.commands.permissions import ACTION_OF as ACTION_OF_COMMAND
from survey.commands.permissions import MACHINE
from survey.web.manage.auth import permits
from survey.web.manage.permissions import ACTION_OF, PUBLIC
from survey.web.respond.auth import PUBLIC as PUBLIC_TO_RESPOND
from tests.collection.example import ROUND
from tests.collection.translators import project
from tests.web.checking_client import CheckingClient
from tests.web.html import text_of

ACCOUNTS = {"national": "eira", "health_board": "gwyn", "reader": "mair", "translator": "sion", "author": "luned"}
VALUES = {
    "round_id": ROUND,
    "cluster_code": "arfon",
    "code": "cy",
    "language": "en",
    "pack_language": "both",
    "ending": "xlsx",
    "file_id": "ab",
    "number": 1,
    "asked": "about.change",
    "format_name": "csv",
    "outcome": "m-01",
    "kind": "template",
    "catalogue": "interface",
    "key": "0123456789abcdef",
    "upload_id": "0123456789abcdef",
    "name": "nobody",
    "contact": "0123456789abcdef0123456789abcdef",
    "e_mail": "invitation",
    "step": "end",
    "way": "code",
    "query_id": "0123456789abcdef",
    "year": "2026",
    "held_id": "0123456789abcdef",
    "list_id": "none",
    "group": "stories",
    "item_id": "0123456789abcdef",
    "framework_id": "nothing",
}


def rules(app):
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("manage.")]


def test_the_table_names_every_page_and_no_other(site):
    assert {rule.endpoint for rule in rules(site.app)} == ACTION_OF.keys() | PUBLIC
    assert not ACTION_OF.keys() & PUBLIC


def test_the_table_names_every_command_and_no_other():
    commands = {
        f"{name} {command}"
        for name in GROUPS
        for command in getattr(import_module(f"survey.commands.{name}"), name).commands
    }
    assert commands == ACTION_OF_COMMAND.keys()


def test_every_action_is_of_a_page_or_a_command_and_every_one_that_they_name_is_in_the_table():
    assert {*ACTION_OF.values(), *ACTION_OF_COMMAND.values()} == {*ACTIONS, MACHINE}


def test_there_is_an_account_of_every_role():
    assert ACCOUNTS.keys() == set(ROLES)


def test_a_page_that_is_not_in_the_table_is_nobodys():
    assert not any(permits(Account("x", role, None, ""), "manage.no_such_page") for role in ROLES)


@pytest.mark.parametrize("role", ROLES)
def test_each_role_gets_what_the_table_says_and_nothing_else(site, role, tmp_path):
    site.app.config["PLACES"] = project(tmp_path / "project")
    site.submitted()
    client = site.client(ACCOUNTS[role])
    page = client.get("/en/manage/")
    token = next(field.get("value") for field in page.all("input") if field.get("name") == "csrf_token")
    checked = 0
    for rule in rules(site.app):
        if rule.endpoint in PUBLIC:
            continue
        with site.app.test_request_context():
            path = site.app.url_map.bind("localhost").build(
                rule.endpoint, {name: VALUES[name] for name in rule.arguments}, method=min(rule.methods or ())
            )
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            answer = client.browser.open(path, method=method, data={"csrf_token": token})
            allowed = may(role, ACTION_OF[rule.endpoint])
            assert (answer.status_code != 403) == allowed, (method, path, answer.status_code)
            checked += 1
    assert checked >= 8


def answers(site, client, blueprint, public):
    """How each page of a blueprint answers a browser whose forms have good tokens: (method, path), status, where to."""
    site.app.config["WTF_CSRF_ENABLED"] = False
    for rule in site.app.url_map.iter_rules():
        if not rule.endpoint.startswith(f"{blueprint}.") or rule.endpoint in public:
            continue
        with site.app.test_request_context():
            values = {name: VALUES[name] for name in rule.arguments}
            path = site.app.url_map.bind("localhost").build(rule.endpoint, values, method=min(rule.methods or ()))
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            answer = client.browser.open(path, method=method)
            yield (method, path), answer.status_code, answer.headers.get("Location", "")


def test_a_cluster_gets_no_page_of_any_account(site):
    code = "K7QT-9WXM-3FBD"
    issue_code(site.kept, site.kept.key_ring().newest.key, ROUND, "arfon", code, site.now)
    client = CheckingClient(site.app)
    client.sign_in("/en/sign-in", {"access_code": code})
    found = list(answers(site, client, "manage", PUBLIC))
    assert len(found) > 100
    assert [one for one, status, where in found if status != 403 and "/manage/sign-in" not in where] == []


@pytest.mark.parametrize("role", ROLES)
def test_no_account_gets_a_page_of_a_cluster(site, role):
    found = list(answers(site, site.client(ACCOUNTS[role]), "respond", PUBLIC_TO_RESPOND))
    assert len(found) > 30
    assert [one for one, status, where in found if status != 403 and "/en/sign-in" not in where] == []


def test_who_may_not_is_told_so_in_words(site):
    page = site.client("sion").get(f"/en/manage/rounds/{ROUND}", status=403)
    assert page.heading == "You do not have access to this page"


def test_a_translator_finds_a_kind_page(site):
    page = site.client("sion").get("/en/manage/")
    assert page.links["Translations"] == "/en/manage/translations/"
    assert ROUND not in page.markup
    assert not [text_of(table) for table in page.all("table")]
