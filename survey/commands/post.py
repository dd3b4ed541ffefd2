"""`flask post …`: invitations and reminders of a round by e-mail."""

from collections import Counter

import click
from flask import current_app

from survey.collection.people import messages
from survey.collection.people.contacts import read_contacts
from survey.collection.people.dispatch import send_again
from survey.collection.people.messages import (
    INVITATION,
    KIND_WORDS,
    QUEUED_EVENTS,
    REASON_WORDS,
    REMINDER,
    STATE_WORDS,
    ContactMessage,
    not_to_remind,
    queue,
    read_messages,
)
from survey.collection.rounds.round import read_rounds
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.commands.cli_i18n import Refusal, group, option
from survey.commands.environment import (
    BY,
    ROUND,
    address_of_site,
    note,
    now,
    open_repository,
    open_snapshot,
    site_option,
)
from survey.commands.terminal import moment, printable, progress, table
from survey.languages import Language, Phrase
from survey.reporting.files.post import (
    addressed_now,
    asked_clusters,
    looked_at,
    mail_server,
    not_to_invite,
    recipients,
    refuse_when_over,
    sent,
)
from survey.storage.repository import Repository

post = group("post", Phrase("command", "Invite and remind the contacts of clusters by e-mail"))

REFUSED_ADDRESS = Phrase(
    "post command", "No reminder, because the mail server refused this address: %(cluster)s, %(email)s"
)
SUBMITTED = Phrase("post command", "No invitation, because the cluster has submitted: %(cluster)s, %(email)s")
INVITATION_WAITS = Phrase("post command", "No reminder, because the invitation still waits: %(cluster)s, %(email)s")
ABOUT_SITE = Phrase(
    "command", "Address of the site, like https://reflect.example; needed unless SURVEY_HOSTS is one host"
)


@post.command("invite", about=Phrase("command", "Queue an invitation for every contact who has none in this round"))
@ROUND
@BY
def invite(round_id: str, language: Language) -> str:
    return _queue(round_id, INVITATION, language)


@post.command("remind", about=Phrase("command", "Queue a reminder for the contacts of clusters that are silent"))
@ROUND
@BY
def remind(round_id: str, language: Language) -> str:
    return _queue(round_id, REMINDER, language)


@post.command("preview", about=Phrase("command", "Show the e-mail that the contacts of a cluster would be sent"))
@ROUND
@option("--cluster", about=Phrase("command", "Code of the cluster"), required=True)
@option("--remind", "is_reminder", about=Phrase("command", "The reminder, not the invitation"), is_flag=True)
@site_option(ABOUT_SITE)
def preview(round_id: str, cluster: str, is_reminder: bool, site: str, language: Language) -> str:
    repository, snapshot = open_snapshot(round_id)
    snapshot.cluster(cluster)
    contacts_of_cluster = {
        key: contact for key, contact in read_contacts(repository).items() if contact.cluster == cluster
    }
    if not contacts_of_cluster:
        raise Refusal(language.pgettext("post command", "This cluster has no contact: %(cluster)s", cluster=cluster))
    server = mail_server(current_app.config)
    kind = REMINDER if is_reminder else INVITATION
    shown = []
    for key, contact in contacts_of_cluster.items():
        message = ContactMessage("preview", key, cluster, kind, "", messages.QUEUED, 0, now(), now())
        made = looked_at(repository, snapshot, message, contact, server, site)
        heads = [f"{name}: {made[name]}" for name in ("From", "Reply-To", "To", "Subject") if made[name]]
        shown.append("\n".join((*heads, "", made.get_content())))
    return "\n".join(shown)


@post.command(
    "send", about=Phrase("command", "Send what is due, of one round or of all. Let a timer run it every few minutes")
)
@click.argument("round_id", metavar="[ROUND]", required=False)
@option("--site", about=ABOUT_SITE, default="")
@BY
def send(round_id: str | None, site: str, language: Language) -> str:
    repository = open_repository()
    with_post = (round_.id for round_ in read_rounds(repository) if _has_post(repository, round_.id))
    rounds = [round_id] if round_id else list(with_post)
    states: Counter[str] = Counter()
    for each in rounds:
        # Where nothing waits, as where no mail server is, a timer asks for no address.
        states += _sent(each, address_of_site(site), language)
    if not states:
        return language.pgettext("post command", "Nothing is due")
    return "\n".join(
        f"{language.say(STATE_WORDS[state])}: {language.number(states[state])}" for state in sorted(states)
    )


@post.command("list", about=Phrase("command", "List what went to whom, and what the mail server said"))
@ROUND
@option(
    "--state",
    about=Phrase("command", "Only those in this state"),
    type=click.Choice(list(STATE_WORDS)),
    default=None,
)
def list_(round_id: str, state: str | None, language: Language) -> str:
    repository, _ = open_snapshot(round_id)
    messages_of_round = [
        message for message in read_messages(repository, round_id, now()) if state in (None, message.state)
    ]
    if not messages_of_round:
        return language.pgettext("post command", "There are no messages")
    known = read_contacts(repository)
    rows = [
        [
            language.pgettext("post command", "Message"),
            language.pgettext("post command", "Cluster"),
            language.pgettext("post command", "To"),
            language.pgettext("post command", "Kind"),
            language.pgettext("post command", "State"),
            language.pgettext("post command", "When"),
            language.pgettext("post command", "What the mail server said"),
        ]
    ]
    for message in messages_of_round:
        contact = known.get(message.contact)
        reason = REASON_WORDS.get(message.said)
        rows.append(
            [
                message.key,
                message.cluster,
                contact.email if contact else "–",
                language.say(KIND_WORDS[message.kind]),
                language.say(STATE_WORDS[message.state]),
                moment(message.changed_at, language),
                language.say(reason) if reason else printable(message.said),
            ]
        )
    return table(rows)


@post.command(
    "again",
    about=Phrase("command", "Queue a message again that failed, or that may have been sent: it may arrive twice"),
)
@ROUND
@option("--message", "key", about=Phrase("command", "The message, as it stands in the list"), required=True)
@BY
def again(round_id: str, key: str, language: Language) -> str:
    repository, snapshot = _open(round_id)
    if not send_again(repository, round_id, key, addressed_now(repository, snapshot, now()), now()):
        raise Refusal(
            language.pgettext("post command", "There is no such message that could be sent again: %(key)s", key=key)
        )
    note(repository, "message_queued_again", round=round_id, message=key)
    return language.pgettext("post command", "Waiting again: %(key)s", key=key)


def _has_post(repository: Repository, round_id: str) -> bool:
    """Whether a message of a round waits, so that one without post asks for no mail server."""
    return any(message.state == messages.QUEUED for message in read_messages(repository, round_id, now()))


def _sent(round_id: str, site: str, language: Language) -> Counter[str]:
    """Send what is due of a round; how many messages are in each state after it."""
    repository, snapshot = open_snapshot(round_id)
    server = mail_server(current_app.config)
    tried = sent(repository, snapshot, server, site, now)
    states = Counter(message.state for message in progress(tried, language.pgettext("post command", "Sending")))
    if states:
        note(repository, "messages_sent", round=round_id, number=str(states[messages.SENT]))
    return states


def _open(round_id: str) -> tuple[Repository, RoundSnapshot]:
    """Raises DomainError("not_open") for a round in which nobody can answer any more."""
    repository, snapshot = open_snapshot(round_id)
    refuse_when_over(repository, snapshot, now())
    return repository, snapshot


def _queue(round_id: str, kind: str, language: Language) -> str:
    repository, snapshot = _open(round_id)
    addressees = recipients(repository, snapshot, now())
    spared = not_to_remind(repository, round_id, now()) if kind == REMINDER else {}
    number = queue(repository, round_id, kind, addressees, now())
    if number:
        note(repository, QUEUED_EVENTS[kind], round=round_id, number=str(number))
    with_contact = {contact.cluster for contact in read_contacts(repository).values()}
    without = sorted(asked_clusters(repository, snapshot, now()) - with_contact)
    lines = [
        language.npgettext("post command", "%(n)s new message is waiting", "%(n)s new messages are waiting", number)
    ]
    lines += (
        [language.pgettext("post command", "No contact: %(clusters)s", clusters=", ".join(without))] if without else []
    )
    for key, state in spared.items():
        if key in addressees:
            words = REFUSED_ADDRESS if state == messages.BOUNCED else INVITATION_WAITS
            lines.append(language.say(words, cluster=addressees[key].cluster, email=printable(addressees[key].email)))
    submitted = not_to_invite(repository, snapshot, now()) if kind == INVITATION else {}
    lines += [
        language.say(SUBMITTED, cluster=contact.cluster, email=printable(contact.email))
        for contact in submitted.values()
    ]
    return "\n".join(lines)
