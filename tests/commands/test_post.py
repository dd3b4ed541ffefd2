"""Contacts and post from the command line."""

from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy

import pytest

from survey.collection.people.contacts import read_contacts
from survey.collection.people.messages import LINK, QUERY, queue
from survey.collection.responses.lifecycle import submit
from survey.collection.rounds.round import change_round
from survey.collection.rounds.snapshot import load_snapshot
from tests.collection.example import ROUND, save_all
from tests.collection.test_messages import GOOD, Inbox, listed, mail_server_of


@pytest.fixture
def office(desk):
    """A desk with an open round, one contact, and a mail server."""
    desk.opened()
    path = desk.root / "contacts.csv"
    path.write_bytes(listed(GOOD))
    assert "Nothing was changed" in desk.done("contacts", "import", path)
    assert read_contacts(desk.kept) == {}
    desk.done("contacts", "import", path, "--confirm")
    desk.inbox = Inbox()
    controller = mail_server_of(desk.inbox)
    desk.app.config.update(
        SMTP_HOST="127.0.0.1", SMTP_PORT=controller.port, SMTP_SECURITY="none", SMTP_SENDER="survey@wales.example"
    )
    yield desk
    controller.stop()


def text_in(sent):
    """The text of an e-mail as it went out."""
    return message_from_bytes(sent, policy=policy.default).get_body(("plain",)).get_content()


def test_a_round_is_invited_to_and_followed_by_commands(office):
    shown = office.done("post", "preview", ROUND, "--cluster", "arfon")
    assert "sian@nhs.example" in shown
    assert "https://reflect.example/cy/sign-in" in shown
    told = office.done("post", "invite", ROUND)
    assert told.startswith("1 new message is waiting\nNo contact: bro-morgannwg, conwy-west")
    assert office.done("post", "send", ROUND) == "Taken by the mail server: 1\n"
    assert office.done("post", "send", ROUND) == "Nothing is due\n"
    log = office.done("post", "list", ROUND)
    assert "sian@nhs.example" in log
    assert office.done("post", "list", ROUND, "--state", "bounced") == "There are no messages\n"
    assert office.done("post", "remind", ROUND).startswith("1 new message is waiting")
    assert len(office.inbox.took) == 1
    assert "again" in office.refused("post", "again", ROUND, "--message", f"{'0' * 32}")
    assert ("command line", "messages_sent") in office.log
    office.done("contacts", "erase", "--email", "sian@nhs.example")
    assert "sian@nhs.example" not in office.done("post", "list", ROUND)


def test_a_timer_that_has_nothing_to_send_asks_for_no_address_of_the_site(office):
    office.app.config["HOSTS"] = None
    assert office.done("post", "send") == "Nothing is due\n"
    office.done("post", "invite", ROUND)
    assert "--site" in office.run("post", "send").stderr
    assert len(office.inbox.took) == 0


def test_one_contact_is_added_and_changed_and_every_flaw_is_named(office):
    given = ("--cluster", "bro-morgannwg", "--email", "nia@nhs.example", "--contact-language", "cy")
    assert office.done("contacts", "add", *given, "--name", "Nia").startswith("Added: bro-morgannwg, Nia")
    assert "is there already" in office.done("contacts", "add", *given, "--name", "Nia")
    known = ("--cluster", "bro-morgannwg", "--email", "nia@nhs.example")
    assert "Nia Jones" in office.done("contacts", "change", *known, "--name", "Nia Jones")
    assert "so already" in office.done("contacts", "change", *known, "--name", "Nia Jones")
    said = office.refused("contacts", "change", *known, "--new-email", "nia", "--new-cluster", "arfn")
    assert "Did you mean one of these?" in said
    assert "not an e-mail address: nia" in said
    assert "not there" in office.refused("contacts", "change", "--cluster", "arfon", "--email", "no@nhs.example")
    assert ("command line", "contact_added") in office.log


def test_an_empty_list_is_written_to_be_filled_in(office):
    for name in ("list.csv", "list.xlsx"):
        office.done("contacts", "template", "--output", office.root / name)
        assert (office.root / name).stat().st_size > 30


def test_whom_a_reminder_leaves_out_is_said_with_the_reason(office):
    office.done("post", "invite", ROUND)
    said = office.done("post", "remind", ROUND)
    assert said.startswith("0 new messages")
    assert "the invitation still waits: arfon, sian@nhs.example" in said
    office.inbox.refused = ("sian@nhs.example",)
    office.done("post", "send", ROUND)
    assert "refused this address: arfon, sian@nhs.example" in office.done("post", "remind", ROUND)
    assert ("command line", "reminders_queued") not in office.log


def test_whom_an_invitation_leaves_out_is_said_and_one_that_waits_is_withdrawn_when_the_cluster_submits(office):
    office.done("post", "invite", ROUND)
    snapshot = load_snapshot(office.kept, ROUND)
    save_all(office.kept, snapshot)
    submit(office.kept, snapshot, "arfon", language="en", now=office.now)
    assert office.done("post", "send", ROUND) == "No longer needed: 1\n"
    path = office.root / "more.csv"
    path.write_bytes(listed(("arfon", "Gwen", "Lead", "gwen@nhs.example", "en")))
    office.done("contacts", "import", path, "--confirm")
    said = office.done("post", "invite", ROUND)
    assert said.startswith("0 new messages")
    assert "the cluster has submitted: arfon, gwen@nhs.example" in said
    assert office.inbox.took == []


def test_a_wrong_list_changes_nothing(office):
    path = office.root / "wrong.csv"
    path.write_bytes(listed(("arfon", "New", "", "new@nhs.example", "en"), ("nowhere", *GOOD[1:])))
    assert office.refused("contacts", "import", path, "--confirm").startswith("Row 3, column “cluster”: ")


def test_without_a_mail_server_or_an_open_round_nothing_is_sent(desk):
    desk.opened()
    assert "SURVEY_SMTP_HOST" in desk.refused("post", "send", ROUND)
    desk.done("rounds", "close", ROUND, "--yes")
    assert "not open" in desk.refused("post", "invite", ROUND)


def test_an_invitation_that_is_sent_before_the_opening_says_when_it_is(office):
    change_round(office.kept, ROUND, lambda latest: replace(latest, opens=office.now + timedelta(days=2)))
    office.done("post", "invite", ROUND)
    office.done("post", "send")
    ((_, body),) = office.inbox.took
    assert "You can answer from" in text_in(body)
    assert "Gallwch ateb o" in text_in(body)


def test_after_the_close_links_and_queries_go_to_all_to_read_and_invitations_to_who_was_let_in_late(
    office,
):
    path = office.root / "more.csv"
    path.write_bytes(listed(("conwy-west", "Gwen", "Lead", "gwen@nhs.example", "en")))
    office.done("contacts", "import", path, "--confirm")
    assert office.done("post", "send") == "Nothing is due\n"
    office.done("post", "invite", ROUND)
    office.done("rounds", "close", ROUND, "--yes")
    until = ("--until", "2026-12-11 17:00", "--reason", "Floods")
    office.done("rounds", "grace", ROUND, "--cluster", "arfon", *until)
    for kind in (LINK, QUERY):
        queue(office.kept, ROUND, kind, read_contacts(office.kept), office.now)
    assert office.done("post", "send") == "Taken by the mail server: 5\nNo longer needed: 1\n"
    sent = {
        (address, "/sign-in/" in text_in(body), "11 December 2026" in text_in(body))
        for address, body in office.inbox.took
    }
    assert sent == {("sian@nhs.example", True, True), ("gwen@nhs.example", True, False)}
    read_only = {text_in(body) for address, body in office.inbox.took if address.startswith("gwen")}
    assert all("You can still read what your cluster wrote" in text for text in read_only)
    assert not any("change your cluster" in text for text in read_only)
