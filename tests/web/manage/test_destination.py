"""Whoever has to sign in first goes on to the page that was asked for, and nowhere else."""

from survey.web.manage.destination import FILES
from tests.web.checking_client import CheckingClient
from tests.web.manage.conftest import PASSWORD, sign_in
from tests.web.manage.test_permissions import VALUES, rules

ROUND = "/en/manage/rounds/small-2026"
ELSEWHERE = (
    "//example.org",
    "///example.org",
    "/example.org/manage",
    "/\\example.org",
    "\\example.org",
    "%2f%2fexample.org",
    "%5cexample.org",
    "https://example.org/",
    "https:example.org",
    "javascript:alert(1)",
    "//example.org/en/manage/rounds/small-2026",
    "manage/../../example.org",
    "manage/sign-out",
    "manage/accounts/mair/disable",
    "reflection",
    "x" * 3000,
)


def signed_in(client, page, name="eira"):
    return client.submit(page, {"account_name": name, "password": PASSWORD}, form="sign-in")


def test_the_page_that_was_asked_for_is_reached_with_what_was_asked_of_it_in_either_language(site):
    client = CheckingClient(site.app)
    page = client.submit(client.get(f"{ROUND}?sort=status"), {"password": "wrong"}, form="sign-in", status=422)
    page = client.get(page.address.replace("/en/", "/cy/", 1))
    page = signed_in(client, page)
    assert page.address == "/cy/manage/rounds/small-2026?sort=status"


def test_what_is_no_page_of_these_leads_home(site):
    for wanted in ELSEWHERE:
        client = CheckingClient(site.app)
        page = signed_in(client, client.get("/en/manage/sign-in", query_string={"next": wanted}))
        assert page.path == "/en/manage/", wanted


def test_what_is_asked_of_a_page_cannot_lead_to_another_site(site):
    client = CheckingClient(site.app)
    wanted = "manage/rounds/small-2026?sort=name&x=//example.org/&//example.org"
    page = signed_in(client, client.get("/en/manage/sign-in", query_string={"next": wanted}))
    assert page.path == ROUND


def test_a_page_that_the_account_may_not_use_is_not_gone_on_to(site):
    client = CheckingClient(site.app)
    assert signed_in(client, client.get("/en/manage/accounts"), "mair").path == "/en/manage/"


def test_every_page_that_answers_a_get_is_gone_on_to_and_no_file(site):
    with site.app.test_request_context("/en/"):
        addresses = {
            rule.endpoint: site.app.url_for(rule.endpoint, **{name: VALUES[name] for name in rule.arguments})
            for rule in rules(site.app)
            if "GET" in (rule.methods or ()) and rule.arguments <= VALUES.keys()
        }
    client = CheckingClient(site.app)
    kept = {end: "next=" in client.redirected(at) for end, at in addresses.items() if "sign-in" in _led(client, at)}
    assert {endpoint for endpoint, is_kept in kept.items() if not is_kept} == FILES | {"manage.home"}


def test_nobody_is_left_at_the_sign_in_page_with_a_file(site):
    client = CheckingClient(site.app)
    assert signed_in(client, client.get(f"{ROUND}/clusters.csv")).path == "/en/manage/"


def _led(client, address):
    return client.browser.get(address).headers.get("Location", "")


def test_the_sign_in_page_says_for_whom_it_is(site):
    said = CheckingClient(site.app).get("/en/manage/sign-in").text
    for who in ("national team", "health board teams", "readers", "translators", "authors"):
        assert who in said
    assert sign_in(CheckingClient(site.app), "luned", PASSWORD).path == "/en/manage/"
