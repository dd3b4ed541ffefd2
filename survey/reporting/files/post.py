"""The post of a round: to whom a message is due, what it says, and sending what waits, for pages, jobs and commands."""

import secrets
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import datetime
from email.message import EmailMessage
from typing import Any

from survey.collection.errors import DomainError
from survey.collection.people.access import issue_links, links_of
from survey.collection.people.contact_checks import Contact
from survey.collection.people.contacts import read_contacts
from survey.collection.people.dispatch import Addressed, send_due
from survey.collection.people.mail_server import Connection, MailServer
from survey.collection.people.messages import INVITATION, QUEUED, ContactMessage, not_queued
from survey.collection.people.sign_in_links import make_sign_in_link, refuse_when_not_kept, works_until
from survey.collection.progress import read_progress
from survey.collection.responses.response import read_response
from survey.collection.rounds.extensions import answering_clusters, closing_time
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.reporting.files.e_mails import WayIn, compose
from survey.storage.repository import Repository

MessageWriter = Callable[[ContactMessage, Contact], EmailMessage]


def refuse_when_over(repository: Repository, snapshot: RoundSnapshot, now: datetime) -> None:
    """Raises DomainError("not_open") for a round in which nobody can answer any more: it is over, and no cluster is let
    in late."""
    if not answering_clusters(repository, snapshot, now):
        raise DomainError("not_open", round=snapshot.round.id)


def asked_clusters(repository: Repository, snapshot: RoundSnapshot, now: datetime) -> set[str]:
    """The clusters that are invited and reminded: the silent ones whose time is not over."""
    return answering_clusters(repository, snapshot, now) & silent_clusters(repository, snapshot)


def recipients(repository: Repository, snapshot: RoundSnapshot, now: datetime) -> dict[str, Contact]:
    """The contacts, by key, of the clusters that are invited and reminded."""
    return _contacts_of(repository, asked_clusters(repository, snapshot, now))


def not_to_invite(repository: Repository, snapshot: RoundSnapshot, now: datetime) -> dict[str, Contact]:
    """The contacts, by key, who have no invitation and get none, because their cluster has submitted."""
    submitted = answering_clusters(repository, snapshot, now) - silent_clusters(repository, snapshot)
    return not_queued(repository, snapshot.round.id, INVITATION, _contacts_of(repository, submitted), now)


def silent_clusters(repository: Repository, snapshot: RoundSnapshot) -> set[str]:
    """The clusters that have not submitted; of an anonymous round all, since it does not tell."""
    if snapshot.questionnaire.respondent == "anonymous":
        return _all_clusters(snapshot)
    boards = read_progress(repository, snapshot, None)
    return {each.cluster.code for board in boards for each in board.clusters if each.status != "submitted"}


def mail_server(config: Mapping[str, Any]) -> MailServer:
    """The mail server of the settings. Raises DomainError("no_mail_server"), or "no_mail_password"."""
    if not config["SMTP_HOST"]:
        raise DomainError("no_mail_server")
    password = ""
    if config["SMTP_PASSWORD_FILE"]:
        try:
            password = config["SMTP_PASSWORD_FILE"].read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError) as fault:
            raise DomainError("no_mail_password", reason=str(fault)) from fault
    return MailServer(
        host=config["SMTP_HOST"],
        port=config["SMTP_PORT"],
        security=config["SMTP_SECURITY"],
        sender=config["SMTP_SENDER"],
        reply_to=config["SMTP_REPLY_TO"] or "",
        user=config["SMTP_USER"] or "",
        password=password,
    )


def writer(repository: Repository, snapshot: RoundSnapshot, server: MailServer, site: str) -> MessageWriter:
    """What makes an e-mail of a message, with a link that opens something: a new one-time link for each e-mail, or in
    an anonymous round the cluster’s, which it is given if it has none."""
    if snapshot.questionnaire.respondent == "anonymous":
        links = issue_links(repository, snapshot, secrets.choice)
        closes = snapshot.round.closes
        return lambda message, contact: compose(
            snapshot, message, contact, server, site, WayIn(links[contact.cluster], closes=closes)
        )
    round_id = snapshot.round.id

    def write(message: ContactMessage, contact: Contact) -> EmailMessage:
        made_at = message.changed_at
        token = make_sign_in_link(
            repository, round_id, contact.cluster, contact=message.contact, key=message.key, now=made_at
        )
        until = works_until(repository, round_id, made_at)
        closes = closing_time(repository, snapshot.round, contact.cluster)
        reopened = _is_reopened(repository, snapshot, contact.cluster)
        return compose(snapshot, message, contact, server, site, WayIn(token, until, closes, reopened))

    return write


def looked_at(
    repository: Repository,
    snapshot: RoundSnapshot,
    message: ContactMessage,
    contact: Contact,
    server: MailServer,
    site: str,
) -> EmailMessage:
    """An e-mail as it would go out now, with a link in it that opens nothing."""
    token, until = links_of(repository, snapshot.round.id).get(contact.cluster, "…"), None
    if snapshot.questionnaire.respondent != "anonymous":
        until = works_until(repository, snapshot.round.id, message.changed_at)
    closes = closing_time(repository, snapshot.round, contact.cluster)
    reopened = _is_reopened(repository, snapshot, contact.cluster)
    return compose(snapshot, message, contact, server, site, WayIn(token, until, closes, reopened))


def sent(
    repository: Repository, snapshot: RoundSnapshot, server: MailServer, site: str, clock: Callable[[], datetime]
) -> Iterator[ContactMessage]:
    """Send what is due, also what is queued meanwhile, and give each message as it stands then."""
    write, connection = writer(repository, snapshot, server, site), Connection(server)
    goes_on = True
    try:
        while goes_on:
            goes_on = False
            for message in send_due(
                repository,
                snapshot.round.id,
                addressed_now(repository, snapshot, clock()),
                lambda message, contact: connection.deliver(write(message, contact)),
                clock,
            ):
                goes_on = goes_on or message.state != QUEUED
                yield message
    finally:
        connection.close()


def addressed_now(repository: Repository, snapshot: RoundSnapshot, now: datetime) -> Addressed:
    """The clusters of a round that have something to do with an e-mail now."""
    return Addressed(
        silent_clusters(repository, snapshot),
        answering_clusters(repository, snapshot, now),
        _reading(repository, snapshot, now),
    )


def _contacts_of(repository: Repository, clusters: Collection[str]) -> dict[str, Contact]:
    return {key: contact for key, contact in read_contacts(repository).items() if contact.cluster in clusters}


def _is_reopened(repository: Repository, snapshot: RoundSnapshot, cluster_code: str) -> bool:
    return read_response(repository, snapshot.round.id, cluster_code).status == "reopened"


def _reading(repository: Repository, snapshot: RoundSnapshot, now: datetime) -> set[str]:
    """The clusters that may sign in, if only to read: all, until the day until which the round is kept."""
    try:
        refuse_when_not_kept(repository, snapshot.round.id, now)
    except DomainError:
        return set()
    return _all_clusters(snapshot)


def _all_clusters(snapshot: RoundSnapshot) -> set[str]:
    return {cluster.code for cluster in snapshot.clusters.clusters}
