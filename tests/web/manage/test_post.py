"""Inviting and reminding clusters by e-mail on pages, and the contacts that it goes to."""

import io
from datetime import timedelta
from email import message_from_bytes, policy

import pytest

from survey.collection.errors import DomainError
from survey.collection.people.access import code_of, open_with, revoke_code
from survey.collection.people.contact_checks import Contact
from survey.collection.people.contacts import read_contacts, take_in
from survey.collection.people.dispatch import Addressed, send_due
from survey.collection.people.form_secrets import GIVEN_AGAIN
from survey.collection.people.mail_server import DeliveryOutcome
from survey.collection.people.messages import INVITATION, LINK, PATIENCE, REMINDER, queue, read_messages
from survey.collection.responses.lifecycle import reopen
from survey.collection.rounds.extensions import give_grace
from survey.collection.rounds.retention import keep_until
from survey.collection.rounds.round import close_round
from survey.collection.rounds.snapshot import load_snapshot
from survey.languages import Language, language
from survey.storage.tinydb_files.data_format import secret_of
from tests.collection.example import NORTH, NOW, ROUND
from tests.collection.test_messages import ALL, GOOD, Inbox, listed, mail_server_of
from tests.web.checking_client import CheckingClient
from tests.web.html import text_of

STATUS = f"/en/manage/rounds/{ROUND}"
POST = f"{STATUS}/post"
CONTACTS = "/en/manage/contacts"
OTHER = ("conwy-west", "Gwen", "Lead", "gwen@nhs.example", "en")
SMTP = {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": 1, "SMTP_SECURITY": "none", "SMTP_SENDER": "survey@wales.example"}


@pytest.fixture
def office(site, monkeypatch):
    """A site with two contacts, and a mail server that is set, but not there."""
    take_in(site.kept, [Contact(*GOOD), Contact(*OTHER)], NOW.date())
    site.app.config.update(SMTP)
    for name, value in SMTP.items():
        monkeypatch.setenv(f"SURVEY_{name}", str(value))
    return site


def states(site):
    return [message.state for message in read_messages(site.kept, ROUND, site.now)]


def uncertain(site):
    """One invitation whose sender was killed over it."""
    arfon = {key: one for key, one in read_contacts(site.kept).items() if one.cluster == "arfon"}
    queue(site.kept, ROUND, INVITATION, arfon, NOW)

    def killed(_message, _contact):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(send_due(site.kept, ROUND, Addressed(ALL, ALL, ALL), killed, lambda: NOW))
    site.now = NOW + PATIENCE + timedelta(seconds=1)


@pytest.mark.parametrize("language", ["cy", "en", "en-XA"])
def test_the_pages_hold_in_every_language(office, language):
    uncertain(office)
    client = office.client("eira", language)
    for path in ("", "/invitation", "/reminder", "/log"):
        client.get(f"/{language}/manage/rounds/{ROUND}/post{path}")
    client.get(f"/{language}/manage/rounds/{ROUND}/clusters/arfon/post/reminder")
    client.get(f"/{language}/manage/contacts")
    client.get(f"/{language}/manage/contacts/{next(iter(read_contacts(office.kept)))}/erase")


def test_contacts_are_invited_after_a_page_that_says_whom_and_once(office, monkeypatch):
    inbox = Inbox(refused=("gwen@nhs.example",))
    controller = mail_server_of(inbox)
    monkeypatch.setenv("SURVEY_SMTP_PORT", str(controller.port))
    client = office.client("eira")
    assert POST in client.get(STATUS).links.values()
    page = client.get(f"{POST}/invitation")
    assert "sian@nhs.example" in page.text
    assert "These clusters have no contact and get nothing: Bro" in page.text
    assert states(office) == []
    client.submit(page, {}, form="queue")
    assert states(office) == ["queued", "queued"]
    assert "being sent" in client.get(POST).text
    assert client.submit(page, {}, form="queue").path == POST
    assert len(office.jobs) == 1
    assert states(office) == ["queued", "queued"]
    office.made()
    controller.stop()
    assert [address for address, _ in inbox.took] == ["sian@nhs.example"]
    assert states(office) == ["sent", "bounced"]
    assert ("eira", "invitations_queued") in office.log
    assert ("eira", "messages_sent") in office.log
    assert "550 5.1.1 No such user here" in client.get(f"{POST}/log?state=bounced").text
    assert "sian@nhs.example" not in client.get(f"{POST}/log?state=bounced").text


def test_a_reminder_goes_to_the_silent_alone(office):
    office.submitted("arfon")
    page = office.client("eira").get(f"{POST}/reminder")
    assert "gwen@nhs.example" in page.text
    assert "sian@nhs.example" not in page.text


def test_an_invitation_is_not_for_clusters_that_have_submitted_and_its_page_names_them(office):
    office.submitted("arfon")
    client = office.client("eira")
    page = client.get(f"{POST}/invitation")
    (named,) = [each for each in page.by_class("nhsuk-list--bullet") if "sian@nhs.example" in text_of(each)]
    assert len(list(named.iter("li"))) == 1
    assert "have submitted, so they get no invitation" in page.text
    client.submit(page, {}, form="queue")
    assert [message.cluster for message in read_messages(office.kept, ROUND, NOW)] == ["conwy-west"]
    assert "have submitted" not in client.get(f"{POST}/invitation?cluster=conwy-west").text


def test_a_cluster_that_is_let_in_late_is_told_on_the_day_of_its_reminder_once(office):
    client, address = office.client("eira"), f"{POST}/reminder"
    client.submit(client.get(address), {}, form="queue")
    list(
        send_due(
            office.kept,
            ROUND,
            Addressed(ALL, ALL, ALL),
            lambda message, contact: DeliveryOutcome("sent", ""),
            lambda: NOW,
        )
    )
    assert client.get(address).by_id("queue") is None
    close_round(office.kept, ROUND, NOW)
    until = NOW + timedelta(days=7)
    snapshot = load_snapshot(office.kept, ROUND)
    give_grace(office.kept, snapshot, "arfon", until, by="eira", reason="Floods", now=NOW)
    client.submit(client.get(address), {}, form="queue")
    assert [(one.cluster, one.state) for one in read_messages(office.kept, ROUND, NOW)] == [
        ("arfon", "sent"),
        ("arfon", "queued"),
        ("conwy-west", "sent"),
    ]
    give_grace(office.kept, snapshot, "arfon", until + timedelta(days=1), by="eira", reason="Floods", now=NOW)
    assert client.get(address).by_id("queue") is None, "what waits says the new time when it goes out"


def test_a_form_that_shows_other_people_than_there_are_now_queues_nothing(office):
    client = office.client("eira")
    page = client.get(f"{POST}/invitation")
    take_in(office.kept, [Contact("bro-morgannwg", "New", "", "new@nhs.example", "cy")], NOW.date())
    page = client.submit(page, {}, form="queue", status=422)
    assert "has changed meanwhile" in page.text
    assert "new@nhs.example" in page.text
    assert states(office) == []


def test_what_may_have_been_sent_is_sent_again_only_when_somebody_asks(office):
    uncertain(office)
    client = office.client("eira")
    client.submit(client.get(f"{POST}/invitation"), {}, form="queue")
    office.made()
    page = client.get(f"{POST}/log?state=uncertain")
    assert "May or may not have been sent" in page.text
    assert "it may arrive twice" in page.text
    client.submit(page, {}, form="again-1")
    assert states(office)[0] == "queued"
    assert ("eira", "message_queued_again") in office.log
    assert len(office.jobs) == 1


def bounced(office, kind):
    queue(office.kept, ROUND, kind, read_contacts(office.kept), NOW)
    no_such = DeliveryOutcome("bounced", "550 5.1.1 No such user here")
    list(send_due(office.kept, ROUND, Addressed(ALL, ALL, ALL), lambda message, contact: no_such, lambda: NOW))


def test_a_link_is_sent_again_after_the_close_and_an_invitation_only_to_a_cluster_that_is_let_in_late(office):
    bounced(office, LINK)
    bounced(office, INVITATION)
    close_round(office.kept, ROUND, NOW)
    office.now = NOW + timedelta(minutes=1)
    client = office.client("eira")
    page = client.get(f"{POST}/log?cluster=arfon")
    assert len(page.all("form")) - len(client.get(f"{POST}/log?state=sent").all("form")) == 1, "the link alone"
    assert "It is not sent again: The cluster can answer no longer." in page.text
    client.submit(page, {}, form="again-2")
    assert [one.kind for one in read_messages(office.kept, ROUND, NOW) if one.state == "queued"] == [LINK]
    office.made()
    office.now += timedelta(minutes=10)
    assert client.get(POST).by_id("send") is not None, "the mail server was away; a link is still of use"
    late = NOW + timedelta(days=7)
    give_grace(office.kept, load_snapshot(office.kept, ROUND), "arfon", late, by="eira", reason="Floods", now=NOW)
    client.submit(client.get(f"{POST}/log?cluster=arfon"), {}, form="again-1")
    waiting = {one.kind for one in read_messages(office.kept, ROUND, NOW) if one.state == "queued"}
    assert waiting == {LINK, INVITATION}


@pytest.mark.parametrize("language", ["cy", "en", "en-XA"])
def test_who_is_new_in_a_cluster_that_has_submitted_is_led_to_a_link(office, language):
    office.submitted("arfon")
    page = office.client("eira", language).get(f"/{language}/manage/rounds/{ROUND}/post/invitation?cluster=arfon")
    assert page.by_id("queue") is None
    assert WAYS_IN.replace("/en/", f"/{language}/") in page.links.values()


def test_clusters_stand_in_the_order_of_the_readers_alphabet_wherever_they_are_named(office, monkeypatch):
    close_round(office.kept, ROUND, NOW)
    snapshot = load_snapshot(office.kept, ROUND)
    names = [snapshot.cluster(code).name("en") for code in ("arfon", "conwy-west")]
    late = NOW + timedelta(days=7)
    for cluster in ("arfon", "conwy-west"):
        give_grace(office.kept, snapshot, cluster, late, by="eira", reason="Floods", now=NOW)
    pages = (f"{POST}/invitation", f"{POST}/log", f"{STATUS}/times")

    def order():
        texts = [client.get(address).by_id("maincontent") for address in pages]
        shown = [[text_of(one) for one in text.iter("th", "h2", "h3")] for text in texts]
        return [[name for one in of_page for name in names if one.endswith(name)] for of_page in shown]

    client = office.client("eira")
    assert order()[0] == names
    queue(office.kept, ROUND, LINK, read_contacts(office.kept), NOW)
    assert order() == [names] * 3
    monkeypatch.setattr(Language, "sort_key", lambda _, text: tuple(-ord(letter) for letter in text))
    assert order() == [names[::-1]] * 3


@pytest.mark.parametrize(
    ("query", "of_round", "of_today"),
    [
        ("", 3, 60),
        ("words=arfon", 1, 1),
        ("words=SIAN", 1, 1),
        ("words=gwen@", 1, 1),
        ("contact=none", 1, 58),
        (f"contact=some&board={NORTH}", 2, 2),
        ("board=W99", 0, 0),
        ("words=nobody", 0, 0),
    ],
)
def test_clusters_and_their_contacts_are_looked_for(office, query, of_round, of_today):
    client = office.client("eira")
    for address, found, of_all in ((POST, of_round, 3), (CONTACTS, of_today, 60)):
        page = client.get(f"{address}?{query}")
        assert f"Clusters shown: {found} of {of_all}" in page.text
        assert sum(len(list(table.iter("tr"))) - 1 for table in page.all("table")) == found
        assert page.form("filters").get("action") == f"{address}#found"
        assert page.by_id("found") is not None
        assert page.links.get("Show all clusters") == (None if found else f"{address}#found")
    assert f"Clusters shown: {of_today} of 60" in client.get(f"/en/manage/clusters?{query}").text
    own = office.client("gwyn").get(f"/en/manage/clusters?{query}").text
    assert ("sian@" not in own, "Part of the name of a cluster, or" not in own) == (True, True)


def test_a_mail_server_that_is_away_loses_nothing_and_what_waits_can_be_sent(office):
    client = office.client("eira")
    client.submit(client.get(f"{POST}/invitation"), {}, form="queue")
    office.made()
    assert states(office) == ["queued", "queued"]
    assert "It can be tried again from" in client.get(POST).text
    office.now = NOW + timedelta(minutes=2)
    page = client.get(POST)
    client.submit(page, {}, form="send")
    assert len(office.jobs) == 1


def test_without_a_mail_server_or_an_open_round_the_page_says_so_and_nothing_is_queued(office):
    client = office.client("eira")
    page = client.get(f"{POST}/invitation")
    office.app.config["SMTP_HOST"] = None
    told = client.submit(page, {}, form="queue", status=422)
    assert "SURVEY_SMTP_HOST" in told.text
    assert f"rounds invite {ROUND} --all" in client.get(POST).text
    office.app.config["SMTP_HOST"] = "127.0.0.1"
    close_round(office.kept, ROUND, NOW)
    assert "not open" in client.submit(page, {}, form="queue", status=422).text
    assert (states(office), office.jobs) == ([], [])


def test_after_the_close_those_let_in_late_are_reminded_alone_until_their_time_is_over(office, monkeypatch):
    close_round(office.kept, ROUND, NOW)
    snapshot, until = load_snapshot(office.kept, ROUND), NOW + timedelta(days=7)
    give_grace(office.kept, snapshot, "arfon", until, by="eira", reason="Floods", now=NOW)
    client = office.client("eira")
    assert "3 clusters" not in client.get("/en/manage/").text
    assert "1 cluster that was let in late has not submitted" in client.get("/en/manage/").text
    page = client.get(f"{POST}/reminder")
    assert ("sian@nhs.example" in page.text, "gwen@nhs.example" in page.text) == (True, False)
    assert "goes only to clusters that are let in late" in page.text
    client.submit(page, {}, form="queue")
    assert [message.cluster for message in read_messages(office.kept, ROUND, NOW)] == ["arfon"]
    inbox = Inbox()
    controller = mail_server_of(inbox)
    monkeypatch.setenv("SURVEY_SMTP_PORT", str(controller.port))
    office.made()
    controller.stop()
    ((_, sent),) = inbox.took
    body = message_from_bytes(sent, policy=policy.default).get_content()
    assert f"You can answer until {language('en').datetime(until)}" in body
    assert "read and change" in body
    office.now = until
    assert "not open" in office.client("eira").get(f"{POST}/reminder").text


def test_a_reminder_to_a_cluster_that_was_reopened_says_that_and_not_that_it_never_answered(office):
    office.submitted("arfon")
    reopen(office.kept, office.snapshot, "arfon", reason="why", by="eira", now=NOW)
    client = office.client("eira")
    told = client.get(f"{STATUS}/clusters/arfon/post/reminder").text
    assert ("was reopened, and has not been submitted again" in told, "not had your" in told) == (True, False)
    assert "not had your cluster’s answers yet" in client.get(f"{STATUS}/clusters/conwy-west/post/reminder").text


def test_one_cluster_is_reminded_alone_from_its_page(office):
    client, address = office.client("eira"), f"{POST}/reminder?cluster=arfon"
    assert address in client.get(f"{STATUS}/clusters/arfon").links.values()
    page = client.get(address)
    assert "gwen@nhs.example" not in page.text
    page = client.submit(page, {}, form="queue")
    assert page.path == f"{STATUS}/clusters/arfon"
    assert "Reminder" in page.text
    assert [message.cluster for message in read_messages(office.kept, ROUND, NOW)] == ["arfon"]
    assert "Gwen" not in client.get(f"{POST}/log?cluster=arfon").text
    client.get(f"{POST}/reminder?cluster=nowhere", 404)
    office.submitted("arfon")
    assert address not in client.get(f"{STATUS}/clusters/arfon").links.values()


def test_the_preview_has_both_languages_the_contacts_own_first(office):
    page = office.client("eira").get(f"{STATUS}/clusters/arfon/post/invitation")
    parts = [part.get("lang") for part in page.by_class("nhsuk-inset-text")]
    assert parts == [GOOD[4], "en" if GOOD[4] == "cy" else "cy"]
    assert "/cy/sign-in" in page.text


def upload(client, content, status=200):
    page = client.get(CONTACTS)
    token = page.values(page.form("list"))["csrf_token"]
    fields = {"csrf_token": token, "file": (io.BytesIO(content), "contacts.csv")}
    return client.post(CONTACTS, fields, status=status)


def test_a_list_is_shown_with_what_it_changes_and_kept_when_somebody_says_so(site):
    client = site.client("eira")
    assert CONTACTS in client.get("/en/manage/").links.values()
    page = upload(client, listed(GOOD, OTHER))
    assert "New: 2. Changed: 0. The same: 0." in page.text
    assert read_contacts(site.kept) == {}
    client.submit(page, {}, form="confirm")
    assert [one.name for one in read_contacts(site.kept).values()] == [GOOD[1], OTHER[1]]
    assert client.submit(page, {}, form="confirm").path == CONTACTS
    assert site.log.count(("eira", "contacts_taken_in")) == 1
    stale = upload(client, listed((GOOD[0], "Eleri", *GOOD[2:])))
    take_in(site.kept, [Contact(GOOD[0], "Non", *GOOD[2:])], NOW.date())
    take_in(site.kept, [Contact(*OTHER[:2], "Nurse", *OTHER[3:])], NOW.date())
    client.submit(stale, {}, form="confirm")
    both = upload(client, listed(GOOD, OTHER))
    take_in(site.kept, [Contact(*OTHER)], NOW.date())
    told = client.submit(both, {}, form="confirm", status=422)
    assert "has changed the contacts meanwhile" in told.text
    client.submit(told, {}, form="confirm")
    assert [one.name for one in read_contacts(site.kept).values()] == [GOOD[1], OTHER[1]]


def test_a_look_at_a_list_of_contacts_can_be_come_back_to_until_it_is_kept(site):
    client = site.client("eira")
    page = upload(client, listed(GOOD))
    assert page.path.startswith(f"{CONTACTS}/lists/")
    assert "sian@nhs.example" in client.get(page.path.replace("/en/", "/cy/")).text
    client.submit(page, {}, form="confirm")
    assert client.get(page.path).path == CONTACTS


def test_an_erased_contact_is_in_no_list_that_waits_to_be_kept(office):
    client = office.client("eira")
    page = upload(client, listed(GOOD, OTHER))
    key = next(key for key, one in read_contacts(office.kept).items() if one.cluster == "arfon")
    client.submit(client.get(f"{CONTACTS}/{key}/erase"), {}, form="erase")
    assert client.submit(page, {}, form="confirm").path == CONTACTS
    assert [one.cluster for one in read_contacts(office.kept).values()] == ["conwy-west"]


def test_a_wrong_list_is_told_by_row_and_column_and_changes_nothing(site):
    page = upload(site.client("eira"), listed(GOOD, ("nowhere", *OTHER[1:3], "no address", "en")), status=422)
    assert "Row 3, column “cluster”" in page.errors[0][0]
    assert "Row 3, column “email”" in page.text
    assert read_contacts(site.kept) == {}


def test_a_contact_is_erased_and_what_was_sent_names_them_no_more(office):
    uncertain(office)
    client = office.client("eira")
    key = next(key for key, one in read_contacts(office.kept).items() if one.cluster == "arfon")
    client.submit(client.get(f"{CONTACTS}/{key}/erase"), {}, form="erase")
    assert [one.cluster for one in read_contacts(office.kept).values()] == ["conwy-west"]
    assert "The contact has been erased" in client.get(f"{POST}/log").text


@pytest.mark.parametrize("language", ["cy", "en", "en-XA"])
def test_a_reminder_leaves_out_and_names_refused_addresses_and_whom_an_invitation_still_waits_for(office, language):
    queue(office.kept, ROUND, INVITATION, read_contacts(office.kept), NOW)
    refused = (DeliveryOutcome("bounced", "550 5.1.1 No such user here"), DeliveryOutcome("again", "451 Try later"))
    outcomes = iter(refused)
    list(send_due(office.kept, ROUND, Addressed(ALL, ALL, ALL), lambda message, contact: next(outcomes), lambda: NOW))
    page = office.client("eira", language).get(f"/{language}/manage/rounds/{ROUND}/post/reminder")
    assert page.by_id("queue") is None
    assert [len(list(each.iter("li"))) for each in page.by_class("nhsuk-list--bullet")][:2] == [1, 1]
    assert queue(office.kept, ROUND, REMINDER, read_contacts(office.kept), NOW) == 0


WAYS_IN = f"{STATUS}/clusters/arfon/ways-in"


@pytest.mark.parametrize("language", ["cy", "en", "en-XA"])
def test_a_cluster_is_given_a_code_with_its_letter_and_a_new_one_ends_the_old(office, language):
    client = office.client("eira", language)
    page = client.get(WAYS_IN.replace("/en/", f"/{language}/"))
    assert page.path in client.get(f"/{language}/manage/rounds/{ROUND}/clusters/arfon").links.values()
    first = client.submit(page, {}, form="code")
    again = client.submit(client.get(page.path), {}, form="code")
    codes = [text_of(each.by_class("app-code")[0]) for each in (first, again)]
    assert [half.get("lang") for half in again.by_class("app-poster")] == ["cy", "en"]
    assert opens(office, codes[1]) == "arfon"
    with pytest.raises(DomainError, match="wrong_code"):
        opens(office, codes[0])
    assert office.log.count(("eira", "code_issued")) == 2


def opens(site, code):
    return open_with(site.kept, secret_of(site.kept.root).encode(), code, demonstration=False).cluster


def test_a_page_that_is_sent_twice_shows_one_letter_twice_and_a_stale_one_issues_none(office):
    client = office.client("eira")
    page, stale = client.get(WAYS_IN), client.get(WAYS_IN)
    code, again = (text_of(client.submit(page, {}, form="code").by_class("app-code")[0]) for _ in range(2))
    assert code == again
    assert "another way in since" in client.submit(stale, {}, form="code", status=422).text
    assert opens(office, code) == "arfon"
    assert office.log.count(("eira", "code_issued")) == 1
    office.now += GIVEN_AGAIN
    assert "another way in since" in client.submit(page, {}, form="code", status=422).text


def test_a_form_that_makes_a_link_makes_one_however_often_it_is_sent_and_brings_no_ended_one_back(office):
    client = office.client("eira")
    page, stale = client.get(WAYS_IN), client.get(WAYS_IN)
    office.now += timedelta(minutes=1)
    link, again = (text_of(client.submit(page, {}, form="link").by_class("app-notes__text")[0]) for _ in range(2))
    assert link == again
    assert office.log.count(("eira", "sign_in_link_made")) == 1
    assert "has been used, replaced or ended" in client.submit(stale, {}, form="link", status=422).text
    revoke_code(office.kept, ROUND, "arfon")
    assert "has been used, replaced or ended" in client.submit(page, {}, form="link", status=422).text
    assert code_of(office.kept, ROUND, "arfon").since is None
    address = link.removeprefix("http://localhost").replace("/cy/", "/en/")
    assert "ended this link" in client.get(address, status=410).text


@pytest.mark.parametrize("language", ["cy", "en", "en-XA"])
def test_a_link_that_waits_to_be_used_is_named_before_another_takes_its_place(office, language):
    client = office.client("eira", language)
    address = WAYS_IN.replace("/en/", f"/{language}/")
    looks = []
    for _ in range(2):
        page = client.get(address)
        looks.append("nhsuk-button--warning" in next(page.form("link").iter("button")).get("class"))
        client.submit(page, {}, form="link")
    assert looks == [False, True]


def test_a_link_is_handed_over_or_sent_to_each_contact(office):
    client = office.client("eira")
    made = client.submit(client.get(WAYS_IN), {}, form="link")
    address = next(text_of(part) for part in made.by_class("app-notes__text"))
    assert client.get(address.removeprefix("http://localhost")).heading.startswith("Arfon")
    client.submit(client.get(WAYS_IN), {}, form="post")
    (message,) = read_messages(office.kept, ROUND, office.now)
    assert (message.kind, message.cluster, len(office.jobs)) == ("link", "arfon", 1)


def test_nobody_is_offered_a_way_in_once_the_round_is_kept_no_longer(office):
    close_round(office.kept, ROUND, NOW)
    keep_until(office.kept, ROUND, NOW.date(), suggested=NOW.date(), by="eira", reason="", now=NOW)
    assert len(office.client("eira").get(WAYS_IN).all("form")) > 2
    office.now = NOW + timedelta(days=2)
    page = office.client("eira").get(WAYS_IN)
    assert "nobody is given a way in any more" in page.text
    assert not [form for form in page.all("form") if form.get("id") in ("code", "link", "post")]


@pytest.mark.parametrize("language", ["cy", "en", "en-XA"])
def test_a_cluster_that_never_had_a_code_reads_and_answers_by_a_link_that_is_given_after_the_close(office, language):
    close_round(office.kept, ROUND, NOW)
    client = office.client("eira", language)
    page = client.get(WAYS_IN.replace("/en/", f"/{language}/"))
    made = client.submit(page, {}, form="link")
    address = text_of(made.by_class("app-notes__text")[0]).removeprefix("http://localhost")
    stranger = CheckingClient(office.app)
    assert stranger.submit(stranger.get(address), {}, form="sign-in").path.endswith("/reflection")
    client.submit(client.get(page.path), {}, form="post")
    assert [message.kind for message in read_messages(office.kept, ROUND, office.now)] == ["link"]
    assert opens(office, text_of(client.submit(client.get(page.path), {}, form="code").by_class("app-code")[0]))


def test_a_cluster_that_is_let_in_late_is_sent_its_link_after_the_close(office):
    close_round(office.kept, ROUND, NOW)
    snapshot, until = load_snapshot(office.kept, ROUND), office.now + timedelta(days=7)
    give_grace(office.kept, snapshot, "arfon", until, by="eira", reason="Floods", now=office.now)
    client = office.client("eira")
    client.submit(client.get(WAYS_IN), {}, form="post")
    (message,) = read_messages(office.kept, ROUND, office.now)
    assert (message.kind, message.cluster, len(office.jobs)) == ("link", "arfon", 1)
