"""The post of a round against real mail servers: nothing goes out twice, whatever happens on the way."""

import asyncio
import csv
import io
import multiprocessing
import os
import signal
import socket
import threading
import time
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
import xlsxwriter
from aiosmtpd.controller import Controller

from survey.collection.list_rows import BadList
from survey.collection.people import e_mail_address
from survey.collection.people.contact_checks import COLUMNS, ClusterNames, Contact
from survey.collection.people.contacts import (
    KEEP_CONTACTS,
    contacts_from,
    erase_contacts,
    first_language,
    read_contacts,
    stale_contacts,
    take_in,
)
from survey.collection.people.dispatch import Addressed, send_again, send_due
from survey.collection.people.mail_server import Connection, MailServer
from survey.collection.people.messages import INVITATION, REMINDER, queue, read_messages
from survey.collection.rounds.clusters import clusters_from
from survey.languages import language
from survey.reporting.files.e_mails import WayIn, compose
from survey.storage.tinydb_files.repository import FileRepository
from tests.collection import anonymous_example
from tests.collection.example import CLUSTER_LIST, NOW, ROUND

CLUSTERS = ("arfon", "bro-morgannwg", "conwy-west")
ALL = frozenset(CLUSTERS)
NAMES = ClusterNames.of(clusters_from(CLUSTER_LIST))
SITE = "https://reflect.example"
WAY_IN = WayIn("s3cret", NOW + timedelta(days=30))


class Inbox:
    """What a mail server took. `answers` says what it answers to the n-th message; “drop” cuts the connection off after
    the message has come in."""

    def __init__(self, answers=None, refused=()):
        self.took, self.answers, self.refused, self.came = [], answers or {}, refused, 0

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if address in self.refused:
            return "550 5.1.1 No such user here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.came += 1
        answer = self.answers.get(self.came, "250 Taken")
        if answer == "drop":
            server.transport.abort()
            return "250 never said"
        if answer == "hang":
            await asyncio.sleep(30)
        if answer.startswith("250"):
            self.took.append((envelope.rcpt_tos[0], envelope.content))
        return answer


def mail_server_of(inbox):
    """A mail server that runs on the loopback."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(inbox, hostname="127.0.0.1", port=port)
    controller.start()
    return controller


@pytest.fixture
def post_office():
    """Starts mail servers on the loopback, and ends them."""
    running = []

    def start(inbox):
        controller = mail_server_of(inbox)
        running.append(controller)
        return MailServer(controller.hostname, controller.port, "none", "survey@wales.example", timeout=5)

    yield start
    for controller in running:
        controller.stop()


@pytest.fixture
def queued(repository, snapshot):
    """A round with an invitation for one contact of each cluster."""
    people = [Contact(code, f"Siân {code}", "Lead", f"{code}@nhs.example", "cy") for code in CLUSTERS]
    take_in(repository, people, NOW.date())
    assert queue(repository, ROUND, INVITATION, read_contacts(repository), NOW) == len(CLUSTERS)
    return snapshot


def sent(repository, snapshot, server, now=NOW, silent=ALL, answering=ALL):
    """The states of the messages tried in one run."""
    connection = Connection(server)
    try:
        tried = send_due(
            repository,
            ROUND,
            Addressed(silent, answering, CLUSTERS),
            lambda message, contact: connection.deliver(compose(snapshot, message, contact, server, SITE, WAY_IN)),
            lambda: now,
        )
        return {message.cluster: message.state for message in tried}
    finally:
        connection.close()


def states(repository, now=NOW):
    return {message.cluster: message.state for message in read_messages(repository, ROUND, now)}


@pytest.mark.parametrize(
    ("languages", "first"), [(("en", "en", "cy"), "en"), (("cy", "cy", "en"), "cy"), (("en", "cy"), "cy"), ((), "cy")]
)
def test_a_cluster_is_written_to_in_the_language_that_most_read_and_else_in_welsh(languages, first):
    contacts = [Contact("arfon", "Siân", "", f"{n}@nhs.example", code) for n, code in enumerate(languages)]
    assert first_language(contacts) == first


def test_every_contact_gets_one_message_however_often_it_is_queued_and_sent(repository, queued, post_office):
    inbox = Inbox()
    server = post_office(inbox)
    assert set(sent(repository, queued, server).values()) == {"sent"}
    assert queue(repository, ROUND, INVITATION, read_contacts(repository), NOW + timedelta(days=3)) == 0
    assert sent(repository, queued, server, NOW + timedelta(days=4)) == {}
    assert sorted(to for to, _ in inbox.took) == [f"{code}@nhs.example" for code in CLUSTERS]


def test_one_that_does_not_exist_bounces_and_the_others_go_out(repository, queued, post_office):
    inbox = Inbox(refused=("arfon@nhs.example",))
    assert sent(repository, queued, post_office(inbox)) == dict.fromkeys(CLUSTERS, "sent") | {"arfon": "bounced"}
    (bounced,) = (each for each in read_messages(repository, ROUND, NOW) if each.state == "bounced")
    assert bounced.said == "550 5.1.1 No such user here"
    assert len(inbox.took) == 2


def test_a_server_that_says_yes_and_fails_is_asked_again_later_and_not_before(repository, queued, post_office):
    inbox = Inbox({1: "451 Try later", 2: "554 Not this one"})
    server = post_office(inbox)
    sent(repository, queued, server)
    assert states(repository) == dict(zip(CLUSTERS, ("queued", "failed", "sent"), strict=True))
    assert sent(repository, queued, server) == {}
    assert sent(repository, queued, server, NOW + timedelta(minutes=2)) == {"arfon": "sent"}
    assert len(inbox.took) == 2


def test_what_was_cut_off_before_the_answer_is_sent_again_only_when_asked(repository, queued, post_office):
    inbox = Inbox({1: "drop"})
    server = post_office(inbox)
    sent(repository, queued, server)
    assert states(repository)["arfon"] == "uncertain"
    assert sent(repository, queued, server, NOW + timedelta(days=1)) == {}
    (key,) = (each.key for each in read_messages(repository, ROUND, NOW) if each.cluster == "arfon")
    assert not send_again(repository, ROUND, key, Addressed(CLUSTERS, [], CLUSTERS), NOW), "its time is over"
    assert not send_again(repository, ROUND, key, Addressed([], CLUSTERS, CLUSTERS), NOW), "it has answered"
    assert send_again(repository, ROUND, key, Addressed(CLUSTERS, CLUSTERS, CLUSTERS), NOW)
    assert not send_again(repository, ROUND, key, Addressed(CLUSTERS, CLUSTERS, CLUSTERS), NOW), "once is enough"
    assert sent(repository, queued, server) == {"arfon": "sent"}


def test_a_server_that_cannot_be_reached_loses_nothing(repository, queued):
    nowhere = MailServer("127.0.0.1", 9, "none", "survey@wales.example", timeout=1)
    assert set(sent(repository, queued, nowhere).values()) == {"queued"}
    for day in range(1, 8):
        sent(repository, queued, nowhere, NOW + timedelta(days=day))
    assert set(states(repository).values()) == {"failed"}, "not for ever"


class Dropping(Inbox):
    """A mail server that cuts every second connection off before a message."""

    def __init__(self):
        super().__init__()
        self.connections = 0

    async def handle_EHLO(self, server, session, envelope, hostname, responses):  # noqa: N802
        self.connections += 1
        if self.connections % 2:
            server.transport.abort()
        session.host_name = hostname
        return responses


def test_a_server_that_drops_half_of_the_connections_gets_each_message_once(repository, queued, post_office):
    inbox = Dropping()
    server = post_office(inbox)
    for hour in range(4):
        sent(repository, queued, server, NOW + timedelta(hours=hour))
    assert set(states(repository).values()) == {"sent"}
    assert sorted(to for to, _ in inbox.took) == [f"{code}@nhs.example" for code in CLUSTERS]
    assert inbox.connections > 1


def test_a_server_that_greets_too_slowly_is_asked_again_later(repository, queued):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        host, port = silent.getsockname()
        slow = MailServer(host, port, "none", "survey@wales.example", timeout=0.1)
        assert set(sent(repository, queued, slow).values()) == {"queued"}
    assert {message.attempts for message in read_messages(repository, ROUND, NOW)} == {1}


def test_a_server_without_starttls_is_told_nothing(repository, queued, post_office):
    inbox = Inbox()
    server = post_office(inbox)
    guarded = MailServer(server.host, server.port, "starttls", server.sender, timeout=5)
    assert set(sent(repository, queued, guarded).values()) == {"queued"}
    assert inbox.came == 0


def _send_in_a_process(root, snapshot, server):
    sent(FileRepository(root), snapshot, server)


def test_whoever_is_killed_while_sending_leaves_it_uncertain_and_nothing_goes_out_twice(
    repository, queued, post_office
):
    inbox = Inbox({2: "hang"})
    server = post_office(inbox)
    process = multiprocessing.get_context("fork").Process(
        target=_send_in_a_process, args=(repository.root, queued, server)
    )
    process.start()
    deadline = time.monotonic() + 10
    while inbox.came < 2 and time.monotonic() < deadline:
        time.sleep(0.01)
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    assert states(repository) == dict(zip(CLUSTERS, ("sent", "sending", "queued"), strict=True))
    assert sent(repository, queued, server) == {"conwy-west": "sent"}
    later = NOW + timedelta(hours=1)
    assert sent(repository, queued, server, later) == {}
    assert states(repository, later)["bro-morgannwg"] == "uncertain"


def test_two_who_send_at_once_send_each_message_once(repository, queued, post_office):
    inbox = Inbox()
    server = post_office(inbox)
    both = [threading.Thread(target=sent, args=(repository, queued, server)) for _ in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert len(inbox.took) == len(CLUSTERS)


def test_a_reminder_goes_to_the_silent_once_a_day_and_never_to_whoever_is_erased(repository, queued, post_office):
    inbox = Inbox()
    server = post_office(inbox)
    sent(repository, queued, server)
    contacts = read_contacts(repository)
    assert queue(repository, ROUND, REMINDER, contacts, NOW) == 3
    assert queue(repository, ROUND, REMINDER, contacts, NOW) == 0
    assert erase_contacts(repository, "ARFON@nhs.example") == 1
    assert sent(repository, queued, server, silent={"arfon", "conwy-west"}) == {
        "arfon": "withdrawn",
        "bro-morgannwg": "withdrawn",
        "conwy-west": "sent",
    }
    kept = b"".join(path.read_bytes() for path in repository.root.rglob("*") if path.is_file())
    assert b"arfon@nhs.example" not in kept


def test_the_e_mail_is_in_both_languages_with_the_contacts_own_first(repository, queued, post_office):
    inbox = Inbox()
    sent(repository, queued, post_office(inbox))
    _, content = inbox.took[0]
    made = message_from_bytes(content, policy=policy.default)
    assert made["From"] == "survey@wales.example"
    assert made["To"].addresses[0].display_name == "Siân arfon"
    text = made.get_content()
    assert text.index(f"{SITE}/cy/sign-in") < text.index(f"{SITE}/en/sign-in")
    assert "Dear Siân arfon," in text
    assert made["Message-ID"].endswith("@wales.example>")


def test_an_anonymous_round_sends_the_clusters_link(repository):
    snapshot = anonymous_example.opened_round(repository)
    server = MailServer("mail.example", 25, "none", "survey@wales.example", "team@wales.example")
    take_in(repository, [Contact("arfon", "Ann", "", "ann@nhs.example", "en")], NOW.date())
    contacts = read_contacts(repository)
    queue(repository, anonymous_example.ROUND, INVITATION, contacts, NOW)
    (message,) = read_messages(repository, anonymous_example.ROUND, NOW)
    (contact,) = contacts.values()
    made = compose(snapshot, message, contact, server, SITE, WayIn("k7qt-9wxm-3fbd"))
    text = made.get_content()
    assert text.index("/en/survey/k7qt-9wxm-3fbd/") < text.index("/cy/survey/k7qt-9wxm-3fbd/")
    assert made["Reply-To"] == "team@wales.example"


def listed(*rows):
    out = io.StringIO()
    csv.writer(out).writerows([COLUMNS, *rows])
    return out.getvalue().encode()


GOOD = ("arfon", "Siân", "Lead", "sian@nhs.example", "cy")


@pytest.mark.parametrize(
    ("column", "given"),
    [
        ("cluster", "nowhere"),
        ("name", ""),
        ("name", "Siân\r\nBcc: all@wales.example"),
        ("name", "x" * 201),
        ("role", "a\u2028b"),
        ("email", "sian"),
        ("email", "sian@nhs.example, all@wales.example"),
        ("email", "sian@nhs..example"),
        ("email", ".sian@nhs.example"),
        ("email", "siân@nhs.example"),
        ("email", "sian@nhs.example\nBcc: all@wales.example"),
        ("language", "fr"),
    ],
)
def test_a_wrong_cell_is_named_by_row_and_column(column, given):
    wrong = {**dict(zip(COLUMNS, GOOD, strict=True)), column: given}
    with pytest.raises(BadList) as caught:
        contacts_from(listed(GOOD, [wrong[name] for name in COLUMNS]), NAMES)
    assert {"row": "3", "column": column}.items() <= caught.value.faults[0][1].items()


@pytest.mark.parametrize(
    ("given", "flaw"),
    [
        ("sian", e_mail_address.NO_AT),
        ("sian@nhs.example, all@wales.example", e_mail_address.SEVERAL),
        ("sian jones@nhs.example", e_mail_address.SPACE),
        ("sian@nhs.example\u200b", e_mail_address.SPACE),
        ("sian..jones@nhs.example", e_mail_address.DOTS),
        ("siân@nhs.example", e_mail_address.STRANGE),
        ("sian@nhs_wales.example", e_mail_address.STRANGE),
        ("@nhs.example", e_mail_address.BEFORE),
        ("sian@nhs", e_mail_address.AFTER),
        ("sian@nhs..example", e_mail_address.AFTER),
    ],
)
def test_what_is_wrong_with_an_address_is_said(given, flaw):
    with pytest.raises(BadList) as caught:
        contacts_from(listed((*GOOD[:3], given, GOOD[4])), NAMES)
    (said,) = (language("cy").say(phrase, **values) for phrase, values in caught.value.faults)
    if given.isprintable():
        assert language("cy").say(flaw) in said


def test_a_column_is_called_what_the_list_calls_it_and_names_are_said_in_both_languages():
    heads = ("Clwstwr", "Enw", "Rôl", "E-bost", "Iaith")
    with pytest.raises(BadList) as caught:
        contacts_from(workbook(heads, ("arfon", "Siân", "", "sian", "fr")), NAMES)
    assert [values["column"] for _, values in caught.value.faults] == ["E-bost", "Iaith"]
    with pytest.raises(BadList) as caught:
        contacts_from(workbook(heads[:3], GOOD[:3]), NAMES)
    assert caught.value.faults[0][1]["columns"] == (
        "cluster, name, role, email, language / clwstwr, enw, rôl, e-bost, iaith"
    )


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe", b"cluster,name\narfon,x\n", listed(GOOD, GOOD), listed(GOOD[:3])]
)
def test_a_list_that_is_none_is_refused(content):
    with pytest.raises(BadList):
        contacts_from(content, NAMES)


def test_a_list_taken_in_twice_changes_nothing_the_second_time(repository):
    contacts = contacts_from(listed(GOOD), NAMES)
    assert len(take_in(repository, contacts, NOW.date()).new) == 1
    assert take_in(repository, contacts, NOW.date()).same == 1
    (changed,) = take_in(
        repository, contacts_from(listed(("arfon", "Siân Jones", *GOOD[2:])), NAMES), NOW.date()
    ).changed
    assert list(read_contacts(repository).values()) == [changed]


def test_whom_no_list_has_named_for_two_years_is_stale_and_whoever_is_listed_again_is_not(repository):
    both = [Contact(*GOOD), Contact("conwy-west", *GOOD[1:])]
    take_in(repository, both, NOW.date())
    later = NOW.date() + KEEP_CONTACTS
    assert stale_contacts(repository, later) == []
    take_in(repository, both[:1], later)
    (gone,) = stale_contacts(repository, later + timedelta(days=1))
    assert read_contacts(repository)[gone] == both[1]


def workbook(*rows):
    """A list as a spreadsheet keeps it."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return content.getvalue()


def test_a_list_of_a_spreadsheet_says_the_same_as_one_in_csv():
    rows = [(*COLUMNS[1:], COLUMNS[0]), ("", "", "", "", ""), (*GOOD[1:], GOOD[0])]
    assert contacts_from(workbook(*rows), NAMES) == contacts_from(listed(GOOD), NAMES)
    with pytest.raises(BadList) as caught:
        contacts_from(workbook(*rows, (*GOOD[1:3], "no address", "cy", "arfon")), NAMES)
    assert caught.value.faults[0][1]["row"] == "4"


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04 torn", workbook(), workbook(COLUMNS, ("arfon", "=1+1", "", "a@nhs.example", "cy"))]
)
def test_a_workbook_that_is_no_list_is_refused_with_what_to_do(content):
    with pytest.raises(BadList) as caught:
        contacts_from(content, NAMES)
    assert len(caught.value.faults) == 1
