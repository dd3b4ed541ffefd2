"""Who may sign in: by the organisation or by a link, with a second factor, or no longer; and what the log says."""

import csv
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from pyotp import TOTP

from survey.collection.people.second_factor import unconfirmed_secret
from tests.journeys.conftest import Arrive
from tests.journeys.service import ROUND
from tests.journeys.test_national_team import sign_in, wait_for
from tests.journeys.test_year import TODAY, Office, office  # noqa: F401 (a fixture)
from tests.journeys.visitor import Visitor

PASSWORD = "pedair cath mewn cwch"


def sign_in_with_password(person: Visitor, code: str = "", status: int = 200) -> None:
    """By the way that is folded away below the organisation’s."""
    person.open("/manage/sign-in")
    person.page.locator("main details summary").first.click()
    person.fill({"account_name": "mair", "password": PASSWORD, **({"account_code": code} if code else {})})
    person.press("form#sign-in button", status)


def test_an_account_is_invited_set_up_disabled_and_found_in_the_log(office: Office) -> None:  # noqa: F811
    office.app.config["PASSWORD_ACCOUNTS"] = ("mair",)
    gwen = office.signed_in("cy", "gwen", "g-national")
    gwen.open("/manage/accounts")
    gwen.press("main a[href$='/invite']")
    gwen.press("form#invite button", status=422)
    gwen.fill({"new_name": "mair"})
    gwen.choose("role", "reader")
    gwen.press("form#invite button")
    link = urlsplit(gwen.page.locator(".app-notes__text").inner_text()).path

    mair = office.arrive("en")
    mair.go(link.replace("/cy/", "/en/"))
    mair.fill({"password": PASSWORD, "again": PASSWORD})
    mair.press("form#choose button")
    sign_in_with_password(mair)
    mair.open("/manage/own")
    mair.open("/manage/own/second-factor")
    mair.press("form#begin button")
    secret = unconfirmed_secret(office.kept, "mair")
    assert secret
    mair.switch_language()
    mair.fill({"code": TOTP(secret).at(TODAY)})
    mair.press("form#confirm button")
    assert mair.page.locator("main code").count() == 10

    gwen.open("/manage/accounts/mair")
    gwen.press("form#disable button")
    mair.open("/manage/own")
    assert mair.path == "/manage/sign-in", "her sign-ins ended at once"
    gwen.press("form#enable button")
    sign_in_with_password(mair, status=422)
    mair.fill(
        {"account_name": "mair", "password": PASSWORD, "account_code": TOTP(secret).at(TODAY + timedelta(seconds=30))}
    )
    mair.press("form#sign-in button")
    assert mair.path == "/manage/"

    gwen.language = "en"
    gwen.open("/manage/log?who=gwen&what=account_disabled")
    assert gwen.page.locator("main tbody tr").count() == 1
    with gwen.page.expect_download() as download:
        gwen.page.locator("main a[href*='log.csv']").click()
    rows = list(csv.reader(Path(download.value.path()).read_text("utf-8-sig").splitlines()))
    assert len(rows) == 2
    assert "mair" in " ".join(rows[1])

    gwen.open("/manage/feed")
    gwen.press("form#make button", status=422)
    gwen.fill({"consumer": "portal"})
    gwen.press("form#make button")
    gwen.open("/manage/feed/portal/revoke")
    gwen.press("form#revoke button")
    gwen.open("/api/")


def test_the_dashboard_is_put_together_and_can_be_read(arrive: Arrive) -> None:
    person = arrive("cy", 320)
    sign_in(person)
    person.open(f"/manage/rounds/{ROUND}/dashboard")
    person.press("#gather button")
    wait_for(person, "main svg").first.scroll_into_view_if_needed()
    person.open(f"/manage/rounds/{ROUND}/dashboard")


def test_who_goes_back_to_a_page_of_faults_finds_the_page_and_sends_nothing_again(arrive: Arrive) -> None:
    person = arrive("en", 320)
    sign_in(person)
    person.open("/manage/new-round")
    person.press("form#new button", status=422)
    person.open("/manage/contacts")
    back = person.page.go_back()
    assert back is not None
    assert (back.request.method, back.status, person.path) == ("GET", 200, "/manage/new-round")
