"""`flask post …`: invitations and reminders of a round by e-mail."""

import secrets
from collections import Counter
from collections.abc import Callable
from email.message import EmailMessage

import click
from flask import current_app

from survey.collection.errors import DomainError
from survey.collection.people import messages
from survey.collection.people.access import issue_links
from survey.collection.people.contacts import Contact, read_contacts
from survey.collection.people.mail_server import Connection, MailServer
from survey.collection.people.messages import INVITATION, REMINDER, Message, queue, read_messages, send_again, send_due
from survey.collection.progress import read_progress
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.commands.cli_i18n import Refusal, group, option
from survey.commands.environment import ROUND, note, now, open_snapshot, site_option
from survey.commands.terminal import moment, printable, progress, table
from survey.languages import Language, Phrase
from survey.storage.tinydb_files.repository import FileRepository

post = group("post", Phrase("command", "Invite and remind the contacts of clusters by e-mail"))

SITE = site_option(
    Phrase("command", "Address of the site, like https://reflect.example; needed unless SURVEY_HOSTS is one host")
)
STATES = {
    messages.QUEUED: Phrase("message", "Waiting"),
    messages.SENDING: Phrase("message", "Being sent"),
    messages.SENT: Phrase("message", "Taken by the mail server"),
    messages.BOUNCED: Phrase("message", "Refused: no such address"),
    messages.FAILED: Phrase("message", "Not sent"),
    messages.UNCERTAIN: Phrase("message", "May or may not have been sent"),
    messages.WITHDRAWN: Phrase("message", "No longer needed"),
}
KINDS = {INVITATION: Phrase("message", "Invitation"), REMINDER: Phrase("message", "Reminder")}
EVENTS = {INVITATION: "invitations_queued", REMINDER: "reminders_queued"}
REASONS = {
    messages.ERASED: Phrase("message", "The contact has been erased"),
    messages.ANSWERED: Phrase("message", "The cluster has answered"),
}


@post.command("invite", about=Phrase("command", "Queue an invitation for every contact who has none in this round"))
@ROUND
def invite(round_id: str, language: Language) -> str:
    return _queue(round_id, INVITATION, language)


@post.command("remind", about=Phrase("command", "Queue a reminder for the contacts of clusters that are silent"))
@ROUND
def remind(round_id: str, language: Language) -> str:
    return _queue(round_id, REMINDER, language)


@post.command("preview", about=Phrase("command", "Show the e-mail that the contacts of a cluster would be sent"))
@ROUND
@option("--cluster", about=Phrase("command", "Code of the cluster"), required=True)
@option("--remind", "is_reminder", about=Phrase("command", "The reminder, not the invitation"), is_flag=True)
@SITE
def preview(round_id: str, cluster: str, is_reminder: bool, site: str, language: Language) -> str:
    repository, snapshot = open_snapshot(round_id)
    snapshot.cluster(cluster)
    found = {key: contact for key, contact in read_contacts(repository).items() if contact.cluster == cluster}
    if not found:
        raise Refusal(language.pgettext("post command", "This cluster has no contact: %(cluster)s", cluster=cluster))
    write = _writer(repository, snapshot, _mail_server(language), site)
    kind = REMINDER if is_reminder else INVITATION
    shown = []
    for key, contact in found.items():
        made = write(Message("preview", key, cluster, kind, "", messages.QUEUED, 0, now(), now()), contact)
        heads = [f"{name}: {made[name]}" for name in ("From", "Reply-To", "To", "Subject") if made[name]]
        shown.append("\n".join((*heads, "", made.get_content())))
    return "\n".join(shown)


@post.command("send", about=Phrase("command", "Send what is due. Run it every few minutes; it stops when all are sent"))
@ROUND
@SITE
def send(round_id: str, site: str, language: Language) -> str:
    repository, snapshot = _open(round_id)
    server = _mail_server(language)
    write, connection = _writer(repository, snapshot, server, site), Connection(server)
    states: Counter[str] = Counter()
    try:
        for message in progress(
            send_due(
                repository,
                round_id,
                _silent(repository, snapshot),
                lambda message, contact: connection.deliver(write(message, contact)),
                now,
            ),
            language.pgettext("post command", "Sending"),
        ):
            states[message.state] += 1
    finally:
        connection.close()
    if not states:
        return language.pgettext("post command", "Nothing is due")
    note(repository, "messages_sent", round=round_id, number=str(states[messages.SENT]))
    return "\n".join(f"{language.say(STATES[state])}: {language.number(states[state])}" for state in sorted(states))


@post.command("list", about=Phrase("command", "List what went to whom, and what the mail server said"))
@ROUND
@option(
    "--state",
    about=Phrase("command", "Only those in this state"),
    type=click.Choice(list(STATES)),
    default=None,
)
def list_(round_id: str, state: str | None, language: Language) -> str:
    repository, _ = open_snapshot(round_id)
    found = [message for message in read_messages(repository, round_id, now()) if state in (None, message.state)]
    if not found:
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
    for message in found:
        contact = known.get(message.contact)
        reason = REASONS.get(message.said)
        rows.append(
            [
                message.key,
                message.cluster,
                contact.email if contact else "–",
                language.say(KINDS[message.kind]),
                language.say(STATES[message.state]),
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
def again(round_id: str, key: str, language: Language) -> str:
    repository, _ = _open(round_id)
    if not send_again(repository, round_id, key, now()):
        raise Refusal(
            language.pgettext("post command", "There is no such message that could be sent again: %(key)s", key=key)
        )
    note(repository, "message_queued_again", round=round_id, message=key)
    return language.pgettext("post command", "Waiting again: %(key)s", key=key)


def _open(round_id: str) -> tuple[FileRepository, RoundSnapshot]:
    """Raises DomainError("not_open") for a round that is not open, or no longer."""
    repository, snapshot = open_snapshot(round_id)
    closes = snapshot.round.closes
    if snapshot.round.status != "open" or (closes is not None and closes <= now()):
        raise DomainError("not_open", round=round_id)
    return repository, snapshot


def _queue(round_id: str, kind: str, language: Language) -> str:
    repository, snapshot = _open(round_id)
    asked = {cluster.code for cluster in snapshot.clusters.clusters}
    wanted = _silent(repository, snapshot) if kind == REMINDER else asked
    known = read_contacts(repository)
    number = queue(
        repository, round_id, kind, {key: each for key, each in known.items() if each.cluster in wanted}, now()
    )
    note(repository, EVENTS[kind], round=round_id, number=str(number))
    without = sorted(wanted - {contact.cluster for contact in known.values()})
    lines = [
        language.npgettext("post command", "%(n)s new message is waiting", "%(n)s new messages are waiting", number)
    ]
    lines += (
        [language.pgettext("post command", "No contact: %(clusters)s", clusters=", ".join(without))] if without else []
    )
    return "\n".join(lines)


def _silent(repository: FileRepository, snapshot: RoundSnapshot) -> set[str]:
    """The clusters that have not submitted; of an anonymous round all, since it does not tell."""
    if snapshot.questionnaire.respondent == "anonymous":
        return {cluster.code for cluster in snapshot.clusters.clusters}
    boards = read_progress(repository, snapshot)
    return {each.cluster.code for board in boards for each in board.clusters if each.status != "submitted"}


def _writer(
    repository: FileRepository, snapshot: RoundSnapshot, server: MailServer, site: str
) -> Callable[[Message, Contact], EmailMessage]:
    from survey.reporting.files.e_mails import compose

    is_anonymous = snapshot.questionnaire.respondent == "anonymous"
    links = issue_links(repository, snapshot, secrets.choice) if is_anonymous else {}
    return lambda message, contact: compose(snapshot, message, contact, server, site, links)


def _mail_server(language: Language) -> MailServer:
    config = current_app.config
    if not config["SMTP_HOST"]:
        raise Refusal(language.pgettext("post command", "No mail server is set. The operator sets SURVEY_SMTP_HOST."))
    password = ""
    if config["SMTP_PASSWORD_FILE"]:
        try:
            password = config["SMTP_PASSWORD_FILE"].read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError) as fault:
            raise Refusal(
                language.pgettext(
                    "post command",
                    "The file of SURVEY_SMTP_PASSWORD_FILE cannot be read: %(reason)s",
                    reason=str(fault),
                )
            ) from fault
    return MailServer(
        host=config["SMTP_HOST"],
        port=config["SMTP_PORT"],
        security=config["SMTP_SECURITY"],
        sender=config["SMTP_SENDER"],
        reply_to=config["SMTP_REPLY_TO"] or "",
        user=config["SMTP_USER"] or "",
        password=password,
    )
