"""Accounts on pages: inviting by a link that is shown once, changing, disabling, signing out; one’s own password."""

import re
from datetime import timedelta

import pytest

from survey.collection.people.accounts import EVENTS, LOG, read_account
from tests.web.checking_client import CheckingClient
from tests.web.manage.conftest import PASSWORD, sign_in

ACCOUNTS = "/en/manage/accounts"
SIGN_IN = "/en/manage/sign-in"
NEW = "afon llwyd yn y gaeaf"


def link_on(page):
    return re.search(r"/en/manage/invitation/\S+", page.text).group()


def invited(site, name="nia", role="reader"):
    eira = site.client("eira")
    page = eira.submit(eira.get("/en/manage/invite"), {"new_name": name, "role": role}, form="invite")
    return eira, link_on(page)


def test_an_invited_person_chooses_a_password_once_and_signs_in(site):
    eira, link = invited(site)
    nia = CheckingClient(site.app)
    page = nia.get(link)
    assert nia.get(link).heading == page.heading
    page = nia.submit(page, {"password": NEW, "again": "another"}, form="choose", status=422)
    assert NEW not in page.markup
    page = nia.submit(page, {"password": "short", "again": "another"}, form="choose", status=422)
    assert [href for _, href in page.errors] == ["#password", "#again"], "all that is wrong at once"
    page = nia.submit(page, {"password": NEW, "again": NEW}, form="choose")
    assert page.path == SIGN_IN
    assert "Your password is saved" in page.text
    assert sign_in(nia, "nia", NEW).path == "/en/manage/"
    assert "has been used" in nia.get(link, status=410).text
    token = link.rpartition("/")[2]
    events = list(site.kept.entries(LOG, EVENTS))
    assert [entry["what"] for entry in events if entry.get("account") == "nia"] == [
        "account_added",
        "account_link_made",
    ]
    assert not [entry for entry in events if token in str(entry)]
    assert "Can sign in" in eira.get(ACCOUNTS).text


@pytest.mark.parametrize("language", ["cy", "en-XA"])
def test_every_page_of_accounts_is_there_in_each_language(site, language):
    eira = site.client("eira", language)
    for path in ("accounts", "invite", "accounts/eira", "accounts/gwyn", "own", "own/password"):
        assert eira.get(f"/{language}/manage/{path}").heading
    page = eira.submit(eira.get(f"/{language}/manage/accounts/gwyn"), form="link")
    link = re.search(r"/manage/invitation/\S+?(?=[\]\s]|$)", page.text).group()
    before = eira.get(f"/{language}/manage/accounts/mair")
    assert "nhsuk-button--warning" not in page_button(before)
    eira.submit(before, form="link")
    again = eira.get(before.path)
    assert "nhsuk-button--warning" in page_button(again), "another link, which would end one that waits, says so"
    assert CheckingClient(site.app).get(f"/{language}{link}").form("choose") is not None
    assert CheckingClient(site.app).get(f"/{language}/manage/invitation/gwyn/guess", status=404).heading


def page_button(page):
    return next(page.form("link").iter("button")).get("class")


def test_an_invitation_that_is_sent_twice_makes_one_account_and_shows_its_one_link_twice(site):
    eira = site.client("eira")
    page, sent = eira.get("/en/manage/invite"), {"new_name": "nia", "role": "reader"}
    link = link_on(eira.submit(page, sent, form="invite"))
    assert link_on(eira.submit(page, sent, form="invite")) == link
    assert site.log.count(("eira", "account_added")) == site.log.count(("eira", "account_link_made")) == 1
    nia = CheckingClient(site.app)
    nia.submit(nia.get(link), {"password": NEW, "again": NEW}, form="choose")
    assert eira.submit(page, sent, form="invite", status=422).errors
    assert "has been used" in nia.get(link, status=410).text


def test_a_new_link_that_is_asked_for_twice_is_one_and_one_that_was_used_never_comes_back(site):
    eira = site.client("eira")
    page, stale = eira.get("/en/manage/accounts/gwyn"), eira.get("/en/manage/accounts/gwyn")
    site.now += timedelta(minutes=1)
    link = link_on(eira.submit(page, form="link"))
    assert link_on(eira.submit(page, form="link")) == link
    assert site.log.count(("eira", "account_link_made")) == 1
    assert "has been used, replaced or ended" in eira.submit(stale, form="link", status=409).text
    gwyn = CheckingClient(site.app)
    gwyn.submit(gwyn.get(link), {"password": NEW, "again": NEW}, form="choose")
    assert "has been used, replaced or ended" in eira.submit(page, form="link", status=409).text
    assert "has been used" in gwyn.get(link, status=410).text


def test_what_is_done_to_an_account_twice_is_logged_once(site):
    eira = site.client("eira")
    page = eira.get("/en/manage/accounts/gwyn")
    for _ in range(2):
        eira.submit(page, form="disable")
    assert site.log.count(("eira", "account_disabled")) == 1


def test_a_name_that_is_taken_or_no_name_makes_no_account_and_no_link(site):
    eira = site.client("eira")
    for name, role in (("gwyn", "reader"), ("a b", "reader"), ("nia", "queen"), ("nia", "health_board")):
        page = eira.get("/en/manage/invite")
        sent = {**page.values(page.form("invite")), "new_name": name, "role": role}
        assert eira.post("/en/manage/invite", sent, 422).errors
    assert read_account(site.kept, "nia") is None
    assert read_account(site.kept, "gwyn").role == "health_board"


def test_another_role_holds_at_once_and_a_stale_page_changes_nothing(site):
    eira, mair = site.client("eira"), site.client("mair")
    stale = eira.get(f"{ACCOUNTS}/mair")
    page = eira.get(f"{ACCOUNTS}/mair")
    for _ in range(2):
        eira.submit(page, {"role": "translator"}, form="change")
    assert site.log.count(("eira", "account_changed")) == 1
    assert mair.redirected("/en/manage/") == SIGN_IN
    assert read_account(site.kept, "mair").role == "translator"
    assert eira.submit(stale, {"role": "national"}, form="change", status=422).errors
    assert read_account(site.kept, "mair").role == "translator"


def test_disabling_signs_out_at_once_and_enabling_lets_in_again(site):
    eira, mair = site.client("eira"), site.client("mair")
    page = eira.submit(eira.get(f"{ACCOUNTS}/mair"), form="disable")
    assert mair.redirected("/en/manage/") == SIGN_IN
    sign_in(CheckingClient(site.app), "mair", PASSWORD, status=422)
    eira.submit(page, form="enable")
    assert site.client("mair")


def test_all_sign_ins_of_an_account_are_ended(site):
    eira, first, second = site.client("eira"), site.client("mair"), site.client("mair")
    eira.submit(eira.get(f"{ACCOUNTS}/mair"), form="end")
    assert first.redirected("/en/manage/") == second.redirected("/en/manage/") == SIGN_IN
    assert "signed in nowhere" in eira.get(f"{ACCOUNTS}/mair").text


@pytest.mark.parametrize("seen", ["9" * 5_000, "x", ""])
def test_a_role_is_given_to_the_account_that_was_on_the_page_alone(site, seen):
    eira = site.client("eira")
    eira.submit(eira.get(f"{ACCOUNTS}/mair"), {"role": "national", "seen": seen}, form="change", status=422)
    assert read_account(site.kept, "mair").role != "national"


def test_nobody_locks_herself_out(site):
    eira = site.client("eira")
    page = eira.get(f"{ACCOUNTS}/eira")
    sent = page.values(page.form("link"))
    assert eira.post(f"{ACCOUNTS}/eira/disable", sent, 409).errors
    assert eira.post(f"{ACCOUNTS}/eira", {**sent, "role": "reader", "seen": "1"}, 409).errors
    assert (read_account(site.kept, "eira").role, read_account(site.kept, "eira").disabled) == ("national", False)


def test_every_field_for_a_password_is_masked_and_says_to_password_managers_which_it_is(site):
    _, link = invited(site)
    mair, nobody = site.client("mair"), CheckingClient(site.app)
    found = {}
    for page in (nobody.get(SIGN_IN), nobody.get(link), mair.get("/en/manage/own/password")):
        for field in page.all("input"):
            if field.get("name") in ("password", "again", "current"):
                found.setdefault(field.get("autocomplete"), set()).add(field.get("type"))
    assert found == {"current-password": {"password"}, "new-password": {"password"}}


def test_ones_own_password_needs_the_old_one_and_signs_out_everywhere_else(site):
    here, elsewhere = site.client("mair"), site.client("mair")
    page = here.get("/en/manage/own/password")
    wrong = {"current": "wrong", "password": NEW, "again": NEW}
    page = here.submit(page, wrong, form="choose", status=422)
    assert sign_in(CheckingClient(site.app), "mair", PASSWORD)
    page = here.submit(page, {**wrong, "current": PASSWORD}, form="choose")
    assert page.path == "/en/manage/own"
    assert elsewhere.redirected("/en/manage/") == SIGN_IN
    assert sign_in(CheckingClient(site.app), "mair", NEW).path == "/en/manage/"


@pytest.mark.parametrize(
    ("language", "board", "name", "role"),
    [
        (
            "en",
            "Choose the health board of this team.",
            "Write a name for the account",
            "Choose what the account may do.",
        ),
        ("cy", "Dewiswch fwrdd iechyd y tîm hwn.", "Ysgrifennwch enw i’r cyfrif", "Dewiswch yr hyn y caiff y cyfrif"),
    ],
)
def test_whatever_an_invitation_lacks_is_named_at_its_own_field(site, language, board, name, role):
    client = site.client("eira", language)
    page = client.get(f"/{language}/manage/invite")
    shown = client.submit(page, {"new_name": "nia", "role": "health_board"}, form="invite", status=422)
    assert shown.errors == [(board, "#health_board")]
    shown = client.submit(page, {"new_name": ""}, form="invite", status=422)
    assert [href for _, href in shown.errors] == ["#new_name", "#role"]
    assert [text.startswith(said) for (text, _), said in zip(shown.errors, (name, role), strict=True)] == [True, True]
    assert read_account(site.kept, "nia") is None
