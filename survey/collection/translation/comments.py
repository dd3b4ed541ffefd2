"""What translators say to whoever wrote the English: what it means, what is wrong with it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from survey.catalogues.files import message_id
from survey.collection.errors import DomainError
from survey.collection.translation.changes import ChangedMessage, Comment, change_messages, read_changes
from survey.collection.translation.wording import Wording
from survey.storage.repository import Repository

LONGEST_COMMENT = 1000
MOST_COMMENTS = 50


def add_comment(
    repository: Repository,
    catalogue: str,
    context: str,
    english: str,
    text: str,
    kept: Wording,
    who: str,
    now: datetime,
) -> bool:
    """Keep a comment on a message, which the repository has as `kept`; the same twice is one. Whether it is new.

    Raises DomainError: no_note, long_note, many_notes.
    """
    said = text.strip()
    if not said:
        raise DomainError("no_note")
    if len(said) > LONGEST_COMMENT:
        raise DomainError("long_note", most=str(LONGEST_COMMENT))

    is_new = False

    def change(messages: dict[str, ChangedMessage]) -> None:
        nonlocal is_new
        key = message_id(context, english)
        message = messages.get(key, ChangedMessage(context, english, kept))
        is_new = all((comment.who, comment.text, comment.settled) != (who, said, "") for comment in message.comments)
        if not is_new:
            return
        if len(message.comments) >= MOST_COMMENTS:
            raise DomainError("many_notes", most=str(MOST_COMMENTS))
        messages[key] = replace(message, comments=(*message.comments, Comment(now.isoformat(), who, said)))

    change_messages(repository, catalogue, change)
    return is_new


def settle_comment(repository: Repository, catalogue: str, key: str, number: int, who: str) -> bool:
    """Somebody has seen to a comment of the message with this id. One that is settled, or is not there, stays so.
    Whether it was not."""
    was_open = False

    def change(messages: dict[str, ChangedMessage]) -> None:
        nonlocal was_open
        message = messages.get(key)
        was_open = False
        if message is not None and number < len(message.comments) and not message.comments[number].settled:
            settled = replace(message.comments[number], settled=who)
            comments = (*message.comments[:number], settled, *message.comments[number + 1 :])
            messages[key] = replace(message, comments=comments)
            was_open = True

    change_messages(repository, catalogue, change)
    return was_open


def open_comments(repository: Repository, catalogue: str) -> Iterator[tuple[ChangedMessage, Comment]]:
    """Every comment on a catalogue that nobody has seen to, with its message. Raises Unreadable."""
    for message in read_changes(repository, catalogue).values():
        yield from ((message, comment) for comment in message.comments if not comment.settled)
