"""Signing in by a provider: a real one on this machine, with a fault in every step."""

import json
import logging

import pytest
import requests

from survey.collection.people import provider as people_provider
from survey.collection.people.accounts import add_account, disable, read_account, readable_accounts, set_password
from survey.collection.people.provider import DESCRIPTION_LASTS
from survey.collection.people.sessions import ACCOUNT, end_sessions
from tests.collection.example import NOW
from tests.web.checking_client import CheckingClient
from tests.web.manage.conftest import PASSWORD, sign_in
from tests.web.manage.local_provider import CLIENT, SECRET, TENANT, LocalProvider

HOME = "/en/manage/"


@pytest.fixture(scope="module")
def running():
    provider = LocalProvider()
    yield provider
    provider.close()


@pytest.fixture
def provider(running, site, tmp_path, monkeypatch):
    monkeypatch.setattr(people_provider, "_descriptions", {})
    running.begin()
    running.at = NOW.timestamp()
    (tmp_path / "secret").write_text(f"{SECRET}\n")
    site.app.config.update(
        OIDC_ISSUER=running.issuer,
        OIDC_CLIENT_ID=CLIENT,
        OIDC_SECRET_FILE=tmp_path / "secret",
        OIDC_TENANT=TENANT,
        OIDC_GROUPS={"g-national": ("national", ""), "g-powys": ("health_board", "powys"), "g-read": ("reader", "")},
        OIDC_SECONDS=0.5,
        PASSWORD_ACCOUNTS=frozenset({"eira"}),
    )
    return running


def way_there(client, language="en", query=""):
    answer = client.browser.get(f"/{language}/manage/provider{query}")
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return answer.location


def way_back(location):
    back = requests.get(location, allow_redirects=False, timeout=5).headers["Location"]
    return back.removeprefix("http://localhost")


def by_provider(client, language="en", status=200):
    return client.get(way_back(way_there(client, language)), status=status)


def names(site):
    return {account.name for account in readable_accounts(site.kept)[0]}


def test_whoever_the_provider_knows_signs_in_with_the_role_of_her_group(site, provider):
    client = CheckingClient(site.app)
    assert client.get("/en/manage/sign-in").links["Sign in with your organisation"] == "/en/manage/provider"
    assert by_provider(client).path == HOME
    account = read_account(site.kept, "gwen.parry")
    assert (account.role, account.password_hash) == ("national", "")
    assert site.log[-1] == ("gwen.parry", "signed_in")


def test_what_the_provider_says_of_itself_is_asked_for_once_an_hour_and_its_keys_at_each_sign_in(site, provider):
    for _ in range(3):
        by_provider(CheckingClient(site.app))
    assert provider.asked.count("openid-configuration") == 1
    assert provider.asked.count("keys") == 3
    site.now += DESCRIPTION_LASTS
    provider.at = site.now.timestamp()
    by_provider(CheckingClient(site.app))
    assert provider.asked.count("openid-configuration") == 2


def test_a_fault_of_the_description_is_not_kept(site, provider):
    provider.fault = "away"
    assert CheckingClient(site.app).browser.get("/en/manage/provider").status_code == 502
    provider.fault = ""
    assert by_provider(CheckingClient(site.app)).path == HOME


def test_whoever_signs_in_by_the_provider_is_asked_for_no_factor_here_even_with_a_password(site, provider):
    site.app.config["SECOND_FACTOR"] = True
    by_provider(CheckingClient(site.app))
    set_password(site.kept, "gwen.parry", PASSWORD)
    client = CheckingClient(site.app)
    assert by_provider(client).path == HOME
    site.app.config["PASSWORD_ACCOUNTS"] = frozenset({"gwen.parry"})
    other = CheckingClient(site.app)
    assert sign_in(other, "gwen.parry", PASSWORD).path == "/en/manage/own/second-factor"
    assert client.get(HOME).path == HOME


def test_the_same_person_has_one_account_whose_role_follows_her_groups(site, provider):
    first = CheckingClient(site.app)
    by_provider(first)
    provider.person = {
        **provider.person,
        "groups": ["other", "g-powys"],
        "preferred_username": "gwen.jones@nhs.example",
    }
    by_provider(CheckingClient(site.app))
    account = read_account(site.kept, "gwen.parry")
    assert (account.role, account.health_board) == ("health_board", "W11000024")
    assert "gwen.jones" not in names(site)
    assert first.redirected(HOME) == "/en/manage/sign-in"


def test_a_person_of_the_same_name_gets_an_account_of_her_own(site, provider):
    add_account(site.kept, "gwen.parry", "national", None, PASSWORD, NOW)
    provider.person = {**provider.person, "groups": ["g-read"]}
    by_provider(CheckingClient(site.app))
    assert read_account(site.kept, "gwen.parry").role == "national"
    assert read_account(site.kept, "gwen.parry-2").role == "reader"


FAULTS = {
    "state": ("not_begun", 400),
    "refuses": ("refused", 400),
    "no token": ("bad_answer", 400),
    "no token at all": ("bad_answer", 400),
    "issuer": ("bad_answer", 400),
    "audience": ("bad_answer", 400),
    "tenant": ("bad_answer", 400),
    "nonce": ("bad_answer", 400),
    "expired": ("bad_answer", 400),
    "not yet": ("bad_answer", 400),
    "key": ("bad_answer", 400),
    "key in the token": ("bad_answer", 400),
    "signed with what both know": ("bad_answer", 400),
    "unsigned": ("bad_answer", 400),
    "without nonce": ("bad_answer", 400),
    "without tid": ("bad_answer", 400),
    "without exp": ("bad_answer", 400),
    "without groups": ("no_group", 403),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_on_the_way_back_signs_nobody_in_and_is_a_plain_page(site, provider, fault, caplog):
    code, status = FAULTS[fault]
    provider.fault = fault
    before = names(site)
    client = CheckingClient(site.app)
    with caplog.at_level(logging.WARNING):
        page = by_provider(client, "cy" if fault == "tenant" else "en", status)
    assert page.by_class("nhsuk-button")
    assert client.redirected(HOME) == "/en/manage/sign-in"
    assert names(site) == before
    said = [record.getMessage() for record in caplog.records if "nobody was signed in" in record.getMessage()]
    assert [code in line for line in said] == [True]
    assert SECRET not in said[0]
    assert "Gwen" not in said[0]


@pytest.mark.parametrize("fault", ["away", "slow", "another issuer", "sends elsewhere"])
def test_a_provider_that_is_away_slow_or_another_is_said_before_anybody_goes_there(site, provider, fault):
    provider.fault = fault
    client = CheckingClient(site.app)
    page = client.get("/cy/manage/provider", status=400 if fault == "another issuer" else 502)
    assert page.heading == "Nid ydych wedi mewngofnodi"
    assert client.redirected(HOME) == "/en/manage/sign-in"
    assert "elsewhere" not in provider.asked


@pytest.mark.parametrize("address", ["authorization_endpoint", "token_endpoint", "jwks_uri"])
def test_an_address_without_https_is_not_gone_to(site, monkeypatch, address):
    monkeypatch.setattr(people_provider, "_descriptions", {})
    at = "https://login.example/v2.0"
    named = {"issuer": at, "authorization_endpoint": at, "token_endpoint": at, "jwks_uri": at}
    monkeypatch.setattr(people_provider, "_fetched", lambda *_: {**named, address: "http://login.example/v2.0"})
    (site.kept.root.parent / "oidc-secret").write_text(SECRET)
    site.app.config.update(
        OIDC_ISSUER=at,
        OIDC_CLIENT_ID=CLIENT,
        OIDC_SECRET_FILE=site.kept.root.parent / "oidc-secret",
        OIDC_TENANT=TENANT,
        OIDC_GROUPS={"g-national": ("national", "")},
        OIDC_SECONDS=0.5,
    )
    CheckingClient(site.app).get("/en/manage/provider", status=400)


def test_no_token_of_the_provider_reaches_a_browser_or_is_kept(site, provider, monkeypatch):
    given = []
    monkeypatch.setattr(
        provider, "id_token", lambda nonce: given.append(LocalProvider.id_token(provider, nonce)) or given[-1]
    )
    client = CheckingClient(site.app)
    way = way_back(way_there(client))
    answer = client.browser.get(way)
    assert answer.status_code == 303
    with client.browser.session_transaction() as session:
        held = json.dumps(dict(session))
    kept = "".join(path.read_text("utf-8") for path in site.kept.root.rglob("*") if path.is_file())
    signature = given[0].rpartition(".")[2]
    for text in (str(answer.headers), answer.get_data(as_text=True), held, kept):
        assert signature not in text


def test_a_group_that_is_in_no_setting_opens_nothing(site, provider):
    provider.person = {**provider.person, "groups": ["g-nationals"]}
    assert "you are in no group" in by_provider(CheckingClient(site.app), status=403).text


def test_whoever_is_in_no_group_any_more_is_signed_out_wherever_she_still_is(site, provider):
    first = CheckingClient(site.app)
    by_provider(first)
    provider.person = {**provider.person, "groups": []}
    by_provider(CheckingClient(site.app), status=403)
    assert first.redirected(HOME) == "/en/manage/sign-in"


def test_an_account_that_is_disabled_here_stays_out_whatever_the_provider_says(site, provider):
    client = CheckingClient(site.app)
    by_provider(client)
    disable(site.kept, "gwen.parry")
    assert client.redirected(HOME) == "/en/manage/sign-in"
    assert "disabled" in by_provider(client, status=403).text
    assert client.redirected(HOME) == "/en/manage/sign-in"


def test_an_answer_is_taken_once_and_only_in_the_browser_that_began(site, provider):
    client, other = CheckingClient(site.app), CheckingClient(site.app)
    back = way_back(way_there(client))
    assert "not begun in this browser" in other.get(back, status=400).text
    assert client.get(back).path == HOME
    signed_in = site.log.count(("gwen.parry", "signed_in"))
    assert client.get(back).path == HOME, "she is in already, and is not told otherwise"
    assert site.log.count(("gwen.parry", "signed_in")) == signed_in
    end_sessions(site.kept, (ACCOUNT, "gwen.parry"))
    assert client.get(back, status=400).by_class("nhsuk-button")


def test_two_tabs_sign_in_each_by_its_own_answer(site, provider):
    client = CheckingClient(site.app)
    first, second = way_there(client), way_there(client)
    assert client.get(way_back(first)).path == HOME
    assert second != first


def test_whoever_asked_for_a_page_goes_on_to_it_and_to_no_other_site(site, provider):
    client = CheckingClient(site.app)
    provider.person = {**provider.person, "sub": "s-9"}
    back = way_back(way_there(client, query="?next=manage/translations/"))
    assert client.browser.get(back).location == "/en/manage/translations/"
    back = way_back(way_there(client, query="?next=//elsewhere.example/"))
    assert client.browser.get(back).location == HOME


@pytest.mark.parametrize("site_before", ["cross-site", "same-site"])
def test_another_site_cannot_have_anybody_signed_in_by_the_provider(site, provider, site_before):
    client = CheckingClient(site.app)
    address = "/en/manage/provider?next=manage/translations/"
    answer = client.browser.get(address, headers={"Sec-Fetch-Site": site_before})
    assert answer.location == "/en/manage/sign-in?next=manage/translations/"
    for own in ("same-origin", "none"):
        went = client.browser.get(address, headers={"Sec-Fetch-Site": own}).location
        assert went.startswith(provider.issuer)


def test_passwords_open_only_the_accounts_that_the_settings_name(site, provider):
    sign_in(CheckingClient(site.app), "mair", PASSWORD, status=422)
    assert sign_in(CheckingClient(site.app), "eira", PASSWORD).path == HOME
    provider.fault = "away"
    assert sign_in(CheckingClient(site.app), "eira", PASSWORD).path == HOME


def test_a_form_that_waits_for_a_sign_in_is_kept_while_the_provider_is_gone_to(site, provider):
    client = CheckingClient(site.app)
    by_provider(client)
    page = client.get("/en/manage/invite")
    sent = {**page.values(page.form("invite")), "new_name": "nia", "role": "reader"}
    client.browser.delete_cookie("session")
    waiting = client.get("/en/manage/sign-in")
    token = waiting.values(waiting.form("sign-in"))["csrf_token"]
    kept = client.post("/en/manage/invite", {**sent, "csrf_token": token}, 403)
    by_provider(client)
    again = client.submit(kept, form="send-again", status=400)
    assert "invitation/nia/" in client.submit(again).text
