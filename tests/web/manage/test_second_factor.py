"""A second factor on pages: begun, confirmed, asked for at every sign-in, and taken away by a colleague."""

from datetime import timedelta

import pytest
from pyotp import TOTP

from survey.collection.people.rate_limits import FREE
from survey.collection.people.second_factor import begin_second_factor, confirm_second_factor, unconfirmed_secret
from tests.web.checking_client import CheckingClient
from tests.web.html import text_of
from tests.web.manage.conftest import PASSWORD

HOME = "/en/manage/"
SIGN_IN = "/en/manage/sign-in"
OWN = "/en/manage/own/second-factor"


def enrolled(site, name="mair"):
    begin_second_factor(site.kept, name)
    app = TOTP(unconfirmed_secret(site.kept, name))
    confirm_second_factor(site.kept, name, app.at(site.now), ["abcd" * 5], site.now)
    site.now += timedelta(minutes=5)
    return app


def sign_in(client, code, *, name="mair", password=PASSWORD, status=200):
    sent = {"account_name": name, "password": password, "account_code": code}
    return client.submit(client.get(SIGN_IN), sent, form="sign-in", status=status)


@pytest.mark.parametrize("language", ["cy", "en", "en-XA"])
def test_it_is_set_by_a_code_and_recovery_codes_are_shown_once(site, language):
    mair = site.client("mair", language)
    own = f"/{language}/manage/own/second-factor"
    page = mair.submit(mair.get(own), form="begin")
    assert page.path == own
    secret = unconfirmed_secret(site.kept, "mair")
    assert secret in page.text.replace(" ", "")
    page = mair.submit(page, {"code": "123"}, form="confirm", status=422)
    asked, code = page, {"code": TOTP(secret).at(site.now)}
    page = mair.submit(asked, code, form="confirm")
    assert len({text_of(shown) for shown in page.all("code")}) == 10
    assert page.headers["Cache-Control"] == "no-store"
    # A double tap shows the same codes, and they are the ones that sign in.
    again = mair.submit(asked, code, form="confirm")
    assert [text_of(shown) for shown in again.all("code")] == [text_of(shown) for shown in page.all("code")]
    page = mair.get(own)
    assert secret not in page.text.replace(" ", "")
    assert not [form for form in page.all("form") if form.get("id") in ("confirm", "begin")]
    assert site.log.count(("mair", "second_factor_set")) == 1
    assert sign_in(CheckingClient(site.app), text_of(again.all("code")[0])).path == HOME


def test_whoever_has_one_needs_a_code_each_time_and_no_code_twice(site):
    app, client = enrolled(site), CheckingClient(site.app)
    wrong = [sign_in(client, code, status=422).errors for code in ("", "000000x")]
    wrong.append(sign_in(client, app.at(site.now), password="wrong", status=422).errors)
    assert wrong == [wrong[0]] * 3
    code = app.at(site.now)
    assert sign_in(client, code).path == HOME
    sign_in(CheckingClient(site.app), code, status=422)
    assert sign_in(CheckingClient(site.app), "abcd " * 5).path == HOME
    # Who has none leaves it empty.
    assert sign_in(CheckingClient(site.app), "", name="gwyn").path == HOME


def test_guesses_at_codes_are_slowed_down(site):
    app, client = enrolled(site), CheckingClient(site.app)
    for _ in range(FREE):
        sign_in(client, "12345x", status=422)
    sign_in(client, app.at(site.now), status=429)


def test_where_it_is_required_the_national_team_does_nothing_before_it_has_one(site):
    site.app.config["SECOND_FACTOR"] = True
    client = CheckingClient(site.app)
    assert sign_in(client, "", name="eira").path == OWN
    assert client.redirected("/en/manage/accounts") == OWN
    page = client.submit(client.get(OWN), form="begin")
    code = TOTP(unconfirmed_secret(site.kept, "eira")).at(site.now)
    client.submit(page, {"code": code}, form="confirm")
    assert client.get("/en/manage/accounts").path == "/en/manage/accounts"
    assert sign_in(CheckingClient(site.app), "", name="mair").path == HOME


def test_a_colleague_takes_a_lost_one_away_with_a_reason_and_nobody_her_own(site):
    enrolled(site)
    eira, mair = site.client("eira"), CheckingClient(site.app)
    sign_in(mair, "abcd" * 5)
    page = eira.get("/en/manage/accounts/mair")
    page = eira.submit(page, {"reason": " "}, form="factor", status=409)
    eira.submit(page, {"reason": "Her phone fell into the Teifi"}, form="factor")
    assert mair.redirected(HOME) == SIGN_IN
    assert site.client("mair")
    enrolled(site, "eira")
    sent = page.values(page.form("end")) | {"reason": "mine"}
    assert "your own account" in eira.post("/en/manage/accounts/eira/second-factor", sent, 409).text
