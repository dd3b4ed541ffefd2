"""The post of a round: what is to be sent to whom, what was sent, and what the mail server said. It outlives restarts.

A record at (rounds, <round>, messages), <key>: contact, cluster, kind, day, state, attempts,
next_try, changed_at, said. It holds the key of a contact, never a name or an address, so that erasing a contact leaves
none here.

    queued → sending → sent, bounced, failed; back to queued when the server asks to come again or is away
                     → uncertain: whoever sent it was killed, or cut off before the server had answered
                     → withdrawn: there is nobody to send it to any more, nothing to remind of,
                       or no time left to answer in (`said` is which)

A message is claimed, under the lock of its record, before a word of it goes out (`sending.py`). One that is uncertain
may have been sent, so it is never sent again unasked.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta

from survey.collection.people.contact_checks import Contact
from survey.collection.rounds.extensions import closing_time
from survey.collection.rounds.round import Round, place, read_round
from survey.languages import UK, Phrase
from survey.storage.repository import Record, Repository, Unreadable

MESSAGES = "messages"
INVITATION, REMINDER, LINK, QUERY = "invitation", "reminder", "link", "query"
QUEUED, SENDING, SENT, BOUNCED, FAILED = "queued", "sending", "sent", "bounced", "failed"
UNCERTAIN, WITHDRAWN = "uncertain", "withdrawn"
KINDS = (INVITATION, REMINDER, LINK, QUERY)
STATES = (QUEUED, SENDING, SENT, BOUNCED, FAILED, UNCERTAIN, WITHDRAWN)
ERASED, ANSWERED, OVER = "erased", "answered", "over"
STATE_WORDS: Mapping[str, Phrase] = {
    QUEUED: Phrase("message", "Waiting"),
    SENDING: Phrase("message", "Being sent"),
    SENT: Phrase("message", "Taken by the mail server"),
    BOUNCED: Phrase("message", "Refused: no such address"),
    FAILED: Phrase("message", "Not sent"),
    UNCERTAIN: Phrase("message", "May or may not have been sent"),
    WITHDRAWN: Phrase("message", "No longer needed"),
}
KIND_WORDS: Mapping[str, Phrase] = {
    INVITATION: Phrase("message", "Invitation"),
    REMINDER: Phrase("message", "Reminder"),
    LINK: Phrase("message", "Link to sign in"),
    QUERY: Phrase("message", "Question about an answer"),
}
REASON_WORDS: Mapping[str, Phrase] = {
    ERASED: Phrase("message", "The contact has been erased"),
    ANSWERED: Phrase("message", "The cluster has answered"),
    OVER: Phrase("message", "The cluster can answer no longer"),
}
"""Why a message is no longer needed, as `said` has it."""
QUEUED_EVENTS = {
    INVITATION: "invitations_queued",
    REMINDER: "reminders_queued",
    LINK: "sign_in_link_queued",
    QUERY: "query_e_mails_queued",
}
AGAIN_FROM = (UNCERTAIN, BOUNCED, FAILED)
"""The states of a message that can be sent again."""
PATIENCE = timedelta(minutes=15)
"""After so long, whoever claimed a message is taken to have died over it, and nobody to be at one that waits."""


@dataclass(frozen=True, slots=True)
class ContactMessage:
    """One message to one contact. `said` is what the mail server said last, or why it could not be asked."""

    key: str
    contact: str
    cluster: str
    kind: str
    day: str
    state: str
    attempts: int
    next_try: datetime
    changed_at: datetime
    said: str = ""

    def is_left(self, now: datetime) -> bool:
        """Whether it waits though it could have been sent long ago: nobody is at it."""
        return self.state == QUEUED and now - self.next_try > PATIENCE


class NotNow(Exception):
    """Another process has claimed the message, or it is in a state in which this cannot be done."""


def queue(repository: Repository, round_id: str, kind: str, contacts: dict[str, Contact], now: datetime) -> int:
    """Queue a message for each contact, and say how many are new. Asked twice, each is queued once: an invitation
    once in a round, a reminder once a day and time until which the cluster can answer, a link or the news of a query
    once an hour."""
    current, added = read_round(repository, round_id), 0
    for key, contact in not_queued(repository, round_id, kind, contacts, now).items():
        day = _day(repository, current, kind, contact.cluster, now)
        message = ContactMessage("", key, contact.cluster, kind, day, QUEUED, 0, now, now)
        added += repository.create(place(round_id, MESSAGES), _name(kind, day, key), _record(message))
    return added


def not_queued(
    repository: Repository, round_id: str, kind: str, contacts: dict[str, Contact], now: datetime
) -> dict[str, Contact]:
    """Those of the contacts for whom `queue` would make a message."""
    there, current = set(repository.keys(place(round_id, MESSAGES))), read_round(repository, round_id)
    left_out = _left_out(repository, round_id, now) if kind == REMINDER else set()
    return {
        key: contact
        for key, contact in contacts.items()
        if key not in left_out and _name(kind, _day(repository, current, kind, contact.cluster, now), key) not in there
    }


def not_to_remind(repository: Repository, round_id: str, now: datetime) -> dict[str, str]:
    """The contacts of a round, by key, who get no reminder, with the state that says why: the server refused their
    address the last time, or their invitation has not gone out yet. Raises Unreadable."""
    states = {}
    for message in sorted(read_messages(repository, round_id, now), key=lambda message: message.changed_at):
        if message.state == BOUNCED or (message.kind == INVITATION and message.state in (QUEUED, SENDING)):
            states[message.contact] = message.state
        elif message.state == SENT:
            states.pop(message.contact, None)
    return states


def _left_out(repository: Repository, round_id: str, now: datetime) -> set[str]:
    """Who gets no reminder, or has one that has not gone out: it will say what is true when it does."""
    waiting = {
        message.contact
        for message in read_messages(repository, round_id, now)
        if message.kind == REMINDER and message.state in (QUEUED, SENDING)
    }
    return waiting | not_to_remind(repository, round_id, now).keys()


def last_reminded(repository: Repository, round_id: str, now: datetime) -> Mapping[str, datetime]:
    """When the mail server last took a reminder to each cluster, by its code; nothing of one that had none. Raises
    Unreadable."""
    sent = (
        message
        for message in read_messages(repository, round_id, now)
        if (message.kind, message.state) == (REMINDER, SENT)
    )
    return {message.cluster: message.changed_at for message in sorted(sent, key=lambda message: message.changed_at)}


def read_messages(repository: Repository, round_id: str, now: datetime) -> list[ContactMessage]:
    """Every message of a round, as it stands now, in the order of clusters. Raises Unreadable."""
    messages = []
    for key, record in repository.read_all(place(round_id, MESSAGES)):
        if isinstance(record, Unreadable):
            raise record
        messages.append(as_it_stands(_message(key, record), now))
    return sorted(messages, key=lambda message: (message.cluster, message.kind, message.day, message.key))


def as_it_stands(message: ContactMessage, now: datetime) -> ContactMessage:
    """A message now: one whose sender has left it alone for too long is uncertain."""
    is_left = message.state == SENDING and now - message.changed_at > PATIENCE
    return replace(message, state=UNCERTAIN) if is_left else message


def change_message(
    repository: Repository, round_id: str, key: str, change: Callable[[ContactMessage], ContactMessage]
) -> ContactMessage:
    """Change a message under the lock of its record, and give it as it is then. Raises NotNow, which `change` may raise
    too, and then nothing is changed."""

    def change_record(record: Record | None) -> Record:
        if record is None:
            raise NotNow
        return _record(change(_message(key, record)))

    if repository.read(place(round_id, MESSAGES), key) is None:
        raise NotNow
    return _message(key, repository.update(place(round_id, MESSAGES), key, change_record))


def _day(repository: Repository, current: Round, kind: str, cluster: str, now: datetime) -> str:
    match kind:
        case "reminder":
            # Who has been given another time can be told of it the same day.
            closes = closing_time(repository, current, cluster)
            until = closes.astimezone(UTC).strftime("%Y-%m-%dT%H%M") if closes else ""
            return ".".join(filter(None, (now.astimezone(UK).date().isoformat(), until)))
        case "link" | "query":
            return now.astimezone(UTC).strftime("%Y-%m-%dT%H")
    return ""


def _name(kind: str, day: str, contact: str) -> str:
    return ".".join(filter(None, (kind, day, contact)))


def _record(message: ContactMessage) -> Record:
    record = asdict(message)
    del record["key"]
    return {**record, "next_try": message.next_try.isoformat(), "changed_at": message.changed_at.isoformat()}


def _message(key: str, record: Record) -> ContactMessage:
    moments = {name: datetime.fromisoformat(record[name]) for name in ("next_try", "changed_at")}
    return ContactMessage(key, **{**record, **moments})
