"""How one cluster stands in a round: its progress, until when it may answer, whom to write to, what was sent last."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import g

from survey.collection.people.access import IssuedCode, code_of
from survey.collection.people.contact_checks import Contact
from survey.collection.people.contacts import read_contacts
from survey.collection.people.messages import ContactMessage, read_messages
from survey.collection.progress import ClusterProgress, cluster_progress
from survey.collection.rounds.clusters import Cluster
from survey.collection.rounds.extensions import Grace, read_grace
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.web.manage.auth import audit, permits
from survey.web.site.environment import current_repository, now, today


@dataclass(frozen=True, slots=True)
class Correspondence:
    """Whom to write to, what each was sent last, and the access code; for whoever may write to clusters."""

    last: Sequence[tuple[Contact, ContactMessage | None]]
    code: IssuedCode


@dataclass(frozen=True, slots=True)
class ClusterStanding:
    """How a cluster stands. `closes` is the time of the round or its own, whichever is later; `is_over` says whether
    that has passed. `correspondence` is None for an account that may not see it."""

    progress: ClusterProgress
    closes: datetime | None
    is_over: bool
    grace: Grace | None
    correspondence: Correspondence | None

    @property
    def can_be_reminded(self) -> bool:
        """Whether it is still waited for, and can still answer."""
        return not self.is_over and self.progress.status != "submitted"


def cluster_standing(snapshot: RoundSnapshot, cluster: Cluster) -> ClusterStanding:
    """How it stands now, as far as the account may see it. That contacts were looked at goes into the log."""
    repository, current = current_repository(), snapshot.round
    grace = read_grace(repository, current.id, cluster.code)
    is_let_in = grace is not None and now() < grace.until
    later = [grace.until] if grace else []
    return ClusterStanding(
        cluster_progress(repository, snapshot, cluster.code, today()),
        max([current.closes, *later]) if current.closes else None,
        current.is_over(now()) and not is_let_in,
        grace,
        _correspondence(snapshot, cluster) if permits(g.account, "manage.post") else None,
    )


def _correspondence(snapshot: RoundSnapshot, cluster: Cluster) -> Correspondence:
    repository, round_id = current_repository(), snapshot.round.id
    messages = [message for message in read_messages(repository, round_id, now()) if message.cluster == cluster.code]
    last = {message.contact: message for message in sorted(messages, key=lambda message: message.changed_at)}
    contacts = {key: contact for key, contact in read_contacts(repository).items() if contact.cluster == cluster.code}
    if contacts:
        audit("contacts_viewed", round=round_id, cluster=cluster.code)
    return Correspondence(
        [(contact, last.get(key)) for key, contact in contacts.items()], code_of(repository, round_id, cluster.code)
    )
