"""A new password without help: the same answer to everybody, a link by e-mail to whoever has said where, once."""

import re
from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from pyotp import TOTP

from survey.collection.people.account_resets import AGAIN_AFTER, account_email, ask_for_reset, set_account_email
from survey.collection.people.accounts import disable
from survey.collection.people.second_factor import begin_second_factor, confirm_second_factor, unconfirmed_secret
from survey.reporting.files.reset_e_mails import send_waiting
from tests.collection.test_messages import Inbox, mail_server_of
from tests.web.checking_client import CheckingClient
from tests.web.manage.conftest import PASSWORD, sign_in

PAGE = "/en/manage/forgotten"
SMTP = {"SMTP_HOST": "127.0.0.1", "SMTP_SECURITY": "none", "SMTP_SENDER": "survey@wales.example"}


@pytest.fixture
def office(site):
    """A site with a mail server, whose `inbox` has what it took; accounts of mair, and of sion who has no address."""
    site.inbox = Inbox()
    server = mail_server_of(site.inbox)
    site.app.config.update(SMTP, SMTP_PORT=server.port, HOSTS=["localhost"], SEND_RESETS=send_waiting)
    set_account_email(site.kept, "mair", "mair@nhs.example")
    yield site
    server.stop()


def asked(site, name, language="en"):
    client = CheckingClient(site.app)
    page = client.get(PAGE.replace("/en/", f"/{language}/"))
    return client.submit(page, {"account_name": name}, form="forgotten")


def links(site):
    texts = [message_from_bytes(content, policy=default).get_content() for _, content in site.inbox.took]
    return [re.search(r"/en/manage/invitation/\S+", text)[0] for text in texts]


def test_a_clock_that_is_put_back_keeps_nobody_from_asking_again(office):
    assert ask_for_reset(office.kept, "mair", office.now + timedelta(days=1))
    assert ask_for_reset(office.kept, "mair", office.now)
    assert not ask_for_reset(office.kept, "mair", office.now + AGAIN_AFTER - timedelta(seconds=1))


def test_whoever_forgot_hers_chooses_a_new_one_by_a_link_that_works_once(office):
    client = CheckingClient(office.app)
    assert client.get("/en/manage/sign-in").links["Send me a link to choose a new password"] == PAGE
    asked(office, " Mair ")
    assert [to for to, _ in office.inbox.took] == ["mair@nhs.example"]
    (link,) = links(office)
    new = "a new password of some length"
    page = client.submit(client.get(link), {"password": new, "again": new})
    assert sign_in(CheckingClient(office.app), "mair", new).path == "/en/manage/"
    assert page.path == "/en/manage/sign-in"
    client.get(link, status=410)
    assert ("mair", "reset_asked_for") in office.log
    assert ("clock", "reset_sent") in office.log


def test_a_new_password_by_a_link_leaves_the_second_factor(office):
    begin_second_factor(office.kept, "mair")
    app = TOTP(unconfirmed_secret(office.kept, "mair"))
    confirm_second_factor(office.kept, "mair", app.at(office.now), [], office.now)
    asked(office, "mair")
    new = "a new password of some length"
    client = CheckingClient(office.app)
    client.submit(client.get(links(office)[0]), {"password": new, "again": new})
    sign_in(client, "mair", new, status=422)


@pytest.mark.parametrize("language", ["cy", "en-XA"])
def test_everybody_gets_the_same_answer_and_only_who_has_an_address_an_e_mail(office, language):
    disable(office.kept, "luned")
    set_account_email(office.kept, "luned", "luned@nhs.example")
    answers = {asked(office, name, language).text for name in ("mair", "sion", "luned", "nobody", "../x")}
    assert len(answers) == 1
    assert [to for to, _ in office.inbox.took] == ["mair@nhs.example"]


def test_asking_again_at_once_sends_nothing_more_and_later_a_new_link(office):
    for _ in range(3):
        asked(office, "mair")
    assert len(office.inbox.took) == 1
    office.now += AGAIN_AFTER
    asked(office, "mair")
    first, second = links(office)
    CheckingClient(office.app).get(first, status=404)
    CheckingClient(office.app).get(second)


def test_a_mail_server_that_is_away_loses_nothing_and_nobody_is_written_to_a_day_later(office):
    port = office.app.config["SMTP_PORT"]
    office.app.config["SMTP_PORT"] = 1
    asked(office, "mair")
    office.app.config["SMTP_PORT"] = port
    asked(office, "nobody")
    assert len(office.inbox.took) == 1
    office.app.config["SMTP_PORT"] = 1
    office.now += AGAIN_AFTER
    asked(office, "mair")
    office.app.config["SMTP_PORT"] = port
    office.now += timedelta(days=1)
    asked(office, "nobody")
    assert len(office.inbox.took) == 1


def test_no_link_is_sent_for_a_password_that_opens_nothing_nor_to_a_host_that_is_not_known(office):
    office.app.config.update(OIDC_ISSUER="https://login.example", PASSWORD_ACCOUNTS=frozenset({"eira"}))
    asked(office, "mair")
    assert office.inbox.took == []
    office.app.config["HOSTS"] = None
    CheckingClient(office.app).get(PAGE, status=404)


def test_where_it_goes_is_changed_with_the_password_alone(office):
    client = office.client("eira")
    page = client.get(client.get("/en/manage/own").links["E-mail address of your account"])
    refused = {"email": "eira@nhs.example", "current": "wrong"}
    client.submit(page, refused, form="email-address", status=422)
    client.submit(page, {"email": "eira@nhs", "current": PASSWORD}, form="email-address", status=422)
    assert account_email(office.kept, "eira") == ""
    client.submit(page, {"email": "eira@nhs.example", "current": PASSWORD}, form="email-address")
    assert account_email(office.kept, "eira") == "eira@nhs.example"
    client.submit(client.get("/en/manage/own/email"), {"email": "", "current": PASSWORD}, form="email-address")
    assert account_email(office.kept, "eira") == ""
