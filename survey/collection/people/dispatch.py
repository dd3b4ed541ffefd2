"""Sending the post of a round: what is due goes out message by message, to who can do something with it."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from survey.collection.people.contact_checks import Contact
from survey.collection.people.contacts import read_contact
from survey.collection.people.mail_server import AGAIN, DeliveryOutcome
from survey.collection.people.messages import (
    AGAIN_FROM,
    ANSWERED,
    ERASED,
    FAILED,
    INVITATION,
    LINK,
    OVER,
    QUERY,
    QUEUED,
    REMINDER,
    SENDING,
    WITHDRAWN,
    ContactMessage,
    NotNow,
    as_it_stands,
    change_message,
    read_messages,
)
from survey.storage.repository import Repository

FOR_THE_SILENT = (INVITATION, REMINDER)
"""The kinds that a cluster which has submitted is not sent."""
FOR_READERS = (LINK, QUERY)
"""The kinds that go on when a cluster can answer no longer: it can read, and answer queries."""
MOST_ATTEMPTS = 8
FIRST_WAIT = timedelta(minutes=1)
LONGEST_ANSWER = 300


@dataclass(frozen=True, slots=True)
class Addressed:
    """The clusters that have something to do with an e-mail: `silent` have not answered, `answering` are those whose
    time is not over, `reading` may sign in."""

    silent: Collection[str]
    answering: Collection[str]
    reading: Collection[str]

    def why_not(self, kind: str, cluster: str) -> str:
        """Why a cluster is not sent a message of a kind, OVER or ANSWERED; empty where it is."""
        if cluster not in (self.reading if kind in FOR_READERS else self.answering):
            return OVER
        return ANSWERED if kind in FOR_THE_SILENT and cluster not in self.silent else ""


def send_due(
    repository: Repository,
    round_id: str,
    addressed: Addressed,
    deliver: Callable[[ContactMessage, Contact], DeliveryOutcome],
    clock: Callable[[], datetime],
) -> Iterator[ContactMessage]:
    """Send what is due, one by one, and give each as it stands then.

    What a cluster has nothing to do with any more is withdrawn, and so is what was for a contact who is gone.
    Stops when the server has been away three times on end.
    """
    away = 0
    for waiting in read_messages(repository, round_id, clock()):
        if waiting.state != QUEUED or waiting.next_try > clock():
            continue
        try:
            claimed = change_message(repository, round_id, waiting.key, lambda message: _claimed(message, clock()))
        except NotNow:
            continue
        contact, needless = read_contact(repository, claimed.contact), addressed.why_not(claimed.kind, claimed.cluster)
        if contact is None:
            outcome = DeliveryOutcome(WITHDRAWN, ERASED)
        elif needless:
            outcome = DeliveryOutcome(WITHDRAWN, needless)
        else:
            outcome = deliver(claimed, contact)
        yield change_message(
            repository,
            round_id,
            claimed.key,
            lambda message: _after(message, outcome, clock()),  # noqa: B023
        )
        away = away + 1 if outcome.away else 0
        if away == 3:
            return


def send_again(repository: Repository, round_id: str, key: str, addressed: Addressed, now: datetime) -> bool:
    """Queue a message anew that is uncertain, bounced or failed. Returns whether it was in one of these states, and has
    somebody to go to."""

    def change(message: ContactMessage) -> ContactMessage:
        is_over = as_it_stands(message, now).state not in AGAIN_FROM
        if is_over or addressed.why_not(message.kind, message.cluster):
            raise NotNow
        return replace(message, state=QUEUED, attempts=0, next_try=now, changed_at=now)

    try:
        change_message(repository, round_id, key, change)
    except NotNow:
        return False
    return True


def _claimed(message: ContactMessage, now: datetime) -> ContactMessage:
    if message.state != QUEUED:
        raise NotNow
    return replace(message, state=SENDING, attempts=message.attempts + 1, changed_at=now)


def _after(message: ContactMessage, outcome: DeliveryOutcome, now: datetime) -> ContactMessage:
    said = "".join(character if character.isprintable() else " " for character in outcome.said)[:LONGEST_ANSWER]
    state = outcome.state
    if state == AGAIN:
        state = FAILED if message.attempts >= MOST_ATTEMPTS else QUEUED
    wait = FIRST_WAIT * 2 ** (message.attempts - 1)
    return replace(message, state=state, next_try=now + wait, changed_at=now, said=said)
