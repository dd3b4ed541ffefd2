"""What there is to do while answers are taken, or waited for: invite, find contacts, chase, also who is let in late."""

from collections.abc import Iterator, Sequence

from flask import current_app, url_for
from flask_babel import npgettext, pgettext

from survey.collection.people.access import links_of
from survey.collection.people.contacts import read_contacts
from survey.collection.people.invited_clusters import invited_clusters
from survey.collection.people.messages import AGAIN_FROM, REMINDER, ContactMessage
from survey.collection.progress import ClusterProgress, read_progress
from survey.collection.rounds.extensions import answering_clusters
from survey.collection.rounds.round import Round
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.reporting.files.post import addressed_now, silent_clusters
from survey.web.manage.invitations.cluster_filter import FOUND, NONE
from survey.web.site.environment import current_repository, now, today

Task = tuple[str, str]
"""What there is to do, and the address where it is done."""


def tasks_of_people(current: Round) -> Iterator[Task]:
    """Of a round that people answer unnamed, whose links nobody has yet."""
    if not links_of(current_repository(), current.id):
        said = pgettext("manage year", "No cluster has its link and poster yet")
        yield said, url_for("manage.status", round_id=current.id)


def tasks_of_clusters(
    snapshot: RoundSnapshot, messages: Sequence[ContactMessage], *, is_waiting: bool, is_closing: bool
) -> Iterator[Task]:
    """Of a round of clusters. One that waits for its opening time has nobody to chase yet; who has begun and not
    submitted is chased when it is closing.
    """
    current = snapshot.round
    progress = read_progress(current_repository(), snapshot, today())
    clusters = [standing for board in progress for standing in board.clusters]
    yield from _tasks_of_inviting(current, clusters, messages)
    silent = [standing.status for standing in clusters].count("not_started")
    if silent and not is_waiting:
        yield (
            npgettext("manage year", "%(n)s cluster has not begun", "%(n)s clusters have not begun", silent, n=silent),
            url_for("manage.following", round_id=current.id, status="not_started"),
        )
    begun = [standing.status for standing in clusters].count("in_progress")
    if begun and is_closing:
        yield (
            npgettext(
                "manage year",
                "%(n)s cluster has begun and not submitted",
                "%(n)s clusters have begun and not submitted",
                begun,
                n=begun,
            ),
            url_for("manage.following", round_id=current.id, status="in_progress"),
        )


def tasks_of_post(snapshot: RoundSnapshot, messages: Sequence[ContactMessage]) -> Iterator[Task]:
    """Of the e-mails of a round that are still of use to somebody: those that nobody has sent though they could have
    been long ago, and those that did not arrive, or may not have."""
    repository, current = current_repository(), snapshot.round
    last = {message.contact: message for message in sorted(messages, key=lambda message: message.changed_at)}
    left = [message for message in messages if message.is_left(now())]
    lost = [message for message in last.values() if message.state in AGAIN_FROM]
    if not left and not lost:
        return
    contacts, addressed = read_contacts(repository), addressed_now(repository, snapshot, now())
    waiting, number = (
        sum(message.contact in contacts and not addressed.why_not(message.kind, message.cluster) for message in some)
        for some in (left, lost)
    )
    if waiting:
        yield (
            npgettext(
                "manage year",
                "%(n)s e-mail waits to be sent: have it sent",
                "%(n)s e-mails wait to be sent: have them sent",
                waiting,
                n=waiting,
            ),
            url_for("manage.post", round_id=current.id),
        )
    if number:
        yield (
            npgettext(
                "manage year",
                "%(n)s e-mail did not arrive, or may not have: see what became of it",
                "%(n)s e-mails did not arrive, or may not have: see what became of them",
                number,
                n=number,
            ),
            url_for("manage.post", round_id=current.id),
        )


def tasks_of_late(snapshot: RoundSnapshot) -> Iterator[Task]:
    """Of a round of clusters that is over: those that are let in late and have not submitted yet."""
    repository, current = current_repository(), snapshot.round
    let_in = answering_clusters(repository, snapshot, now())
    late = len(let_in & silent_clusters(repository, snapshot)) if let_in else 0
    if late:
        yield (
            npgettext(
                "manage year",
                "%(n)s cluster that was let in late has not submitted: remind it",
                "%(n)s clusters that were let in late have not submitted: remind them",
                late,
                n=late,
            ),
            url_for("manage.queue_post", round_id=current.id, e_mail=REMINDER),
        )


def _tasks_of_inviting(
    current: Round, clusters: Sequence[ClusterProgress], messages: Sequence[ContactMessage]
) -> Iterator[Task]:
    invited = invited_clusters(current_repository(), current.id, messages)
    silent = {standing.cluster.code for standing in clusters if standing.status == "not_started"}
    missed = len(silent - invited)
    if missed:
        yield (
            npgettext(
                "manage year",
                "%(n)s cluster has not been invited",
                "%(n)s clusters have not been invited",
                missed,
                n=missed,
            ),
            url_for("manage.post" if current_app.config["SMTP_HOST"] else "manage.letters", round_id=current.id),
        )
    # By letters alone, nobody needs a contact.
    to_write_to = {standing.cluster.code for standing in clusters if standing.status != "submitted"}
    if not current_app.config["SMTP_HOST"]:
        to_write_to = silent - invited
    unknown = len(to_write_to - {contact.cluster for contact in read_contacts(current_repository()).values()})
    if unknown:
        yield (
            npgettext(
                "manage year",
                "%(n)s cluster has no contact to write to",
                "%(n)s clusters have no contact to write to",
                unknown,
                n=unknown,
            ),
            url_for("manage.contacts", contact=NONE, _anchor=FOUND),
        )
