"""A form of the team’s pages that changes something is answered by a page that says so, once.

`tests/web/checking_client.py` holds every form that a test sends to that; here is how it is done.
"""

import inspect
from datetime import timedelta

from survey.collection.people.accounts import read_account
from survey.collection.people.sessions import ACCOUNT as ACCOUNTS
from survey.collection.people.sessions import end_sessions
from survey.web.manage import notices
from tests.web.html import text_of
from tests.web.manage.conftest import PASSWORD
from tests.web.manage.test_permissions import rules
from tests.web.telling import SAYS_IT_ITSELF

ACCOUNT = "/en/manage/accounts/mair"
DISABLED = "The account was disabled, and signed out everywhere."
SAME = "Nothing was changed: it was so already."


def said(page):
    return [text_of(banner) for banner in page.by_class("nhsuk-notification-banner__content")]


def step(client, page, name):
    return client.submit(page, form=name)


def test_what_was_done_is_said_once_and_neither_a_reload_nor_going_back_says_it_again(site):
    client = site.client("eira")
    page = step(client, client.get(ACCOUNT), "disable")
    assert said(page) == [DISABLED]
    (banner,) = page.by_class("nhsuk-notification-banner--success")
    assert banner.get("role") == "alert"
    assert said(client.get(ACCOUNT)) == []
    assert said(client.get("/en/manage/")) == []


def test_what_changed_nothing_is_not_called_a_success(site):
    client = site.client("eira")
    before = client.get(ACCOUNT)
    step(client, before, "disable")
    page = step(client, before, "disable")
    assert said(page) == [SAME]
    assert not page.by_class("nhsuk-notification-banner--success")
    assert [what for _, what in site.log].count("account_disabled") == 1


def test_another_tab_takes_nothing_of_it_and_it_is_said_in_the_language_of_the_page(site):
    client = site.client("eira")
    token = client.get(ACCOUNT).values(client.get(ACCOUNT).form("disable"))
    answer = client.browser.post(f"{ACCOUNT}/disable", data=token)
    assert said(client.get("/en/manage/")) == []
    page = client.get(answer.location.replace("/en/", "/cy/", 1))
    assert len(said(page)) == 1
    assert said(page) != [DISABLED]


def test_what_no_page_has_said_in_time_is_not_said_any_more(site):
    client = site.client("eira")
    page = client.get(ACCOUNT)
    client.browser.post(f"{ACCOUNT}/disable", data=page.values(page.form("disable")))
    site.now += timedelta(seconds=notices.LASTS + 1)
    assert said(client.get(ACCOUNT)) == []
    assert read_account(site.kept, "mair").disabled


def test_whoever_signs_in_on_the_way_is_not_told_of_a_change_that_was_none(site):
    client = site.client("eira")
    page = client.get(ACCOUNT)
    step(client, page, "disable")
    end_sessions(site.kept, (ACCOUNTS, "eira"))
    asked = client.submit(page, form="disable", status=403)
    page = client.submit(asked, {"account_name": "eira", "password": PASSWORD}, form="sign-in")
    assert said(page) == [SAME]


def test_every_page_that_need_not_say_anything_is_there(site):
    assert {f"manage.{endpoint}" for endpoint in SAYS_IT_ITSELF} <= site.app.view_functions.keys()


def test_no_form_of_these_pages_leads_on_without_a_word(site):
    silent = set()
    for rule in rules(site.app):
        view = inspect.unwrap(site.app.view_functions[rule.endpoint])
        lines = [line for line in inspect.getsource(view).splitlines() if "redirect(" in line]
        if "POST" in (rule.methods or ()) and any("page_in(" not in line for line in lines):
            silent.add(rule.endpoint.removeprefix("manage."))
    # These two lead away from what cannot be read, or is not there, before anything is sent.
    assert silent - SAYS_IT_ITSELF.keys() == {"draft_outcomes", "exact_release"}, "see notices.py"
