"""A whole file that a translator sends: what it would change, held until she has looked at it and says so.

    (uploads), <account>    {id, catalogue, at, aside,
                             differences: [{context, english, before, after, is_sound, undoes}]}

A message that is empty in the file, or of an English that has gone, changes nothing, and is counted. One record an
account: the next file takes its place, and after a day it is worth nothing.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import orjson
import polib

from survey.catalogues.added_editions import template_of
from survey.catalogues.files import (
    NO_SUCH_CATALOGUE,
    OTHER_CATALOGUE,
    BadCatalogue,
    Places,
    catalogue_from,
    key_of,
)
from survey.catalogues.merge import merged
from survey.catalogues.message_check import ReferenceTexts
from survey.catalogues.review import comment_of
from survey.collection.errors import DomainError
from survey.collection.held_record import held_record
from survey.collection.translation.changes import Wish, version_of
from survey.collection.translation.message_findings import findings_if, is_sound
from survey.collection.translation.wording import Wording, wording_from, wording_of
from survey.collection.translation.working_catalogue import TranslatedMessage
from survey.storage.repository import Place, Repository

UPLOADS: Place = ("uploads",)
SECONDS = 10.0
"""How long a file may take to be looked at."""


@dataclass(frozen=True, slots=True)
class MessageDifference:
    """A message that the file has otherwise. `undoes`: as it was before somebody changed it here."""

    context: str
    english: str
    before: Wording
    after: Wording
    is_sound: bool
    undoes: bool


@dataclass(frozen=True, slots=True)
class UnchangedMessages:
    """How many messages of a file change nothing, by why: their English has `gone`, their Welsh is `emptied` or marked
    `fuzzy` where there is good Welsh here, they have a comment (`commented`); and how many it does not have (`absent`).
    """

    gone: int = 0
    emptied: int = 0
    fuzzy: int = 0
    commented: int = 0
    absent: int = 0


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was compared, with what of it was left aside."""

    id: str
    catalogue: str
    at: str
    differences: tuple[MessageDifference, ...]
    aside: UnchangedMessages

    @property
    def undoing(self) -> int:
        return sum(difference.undoes for difference in self.differences)


def compared(
    content: bytes,
    name: str,
    places: Places,
    messages: Iterable[TranslatedMessage],
    words: ReferenceTexts,
    clock: Callable[[], float],
) -> tuple[list[MessageDifference], UnchangedMessages]:
    """What a file would change in the catalogue `name`, and what of it is left aside.

    Raises:
        BadCatalogue: the file is not one, is too large, or that of another catalogue or of something else.
        DomainError: upload_slow (looking at it would take too long).
    """
    until = clock() + SECONDS
    messages = list(messages)
    file, template = catalogue_from(content, f"{name}.po"), template_of(places, name)
    _check_catalogue(file, name, places)
    came = {key_of(entry): entry for entry in merged(file, template) if not entry.obsolete}
    differences = []
    for message in messages:
        entry = came.get(key_of(message.entry))
        after = _wanted(message, entry) if entry is not None else None
        if after is None:
            continue
        if clock() > until:
            raise DomainError("upload_slow")
        fit = is_sound(findings_if(message.entry, after, name, words))
        wording = after if fit else replace(after, reviewed="")
        context, english = key_of(message.entry)
        differences.append(MessageDifference(context, english, message.wording, wording, fit, _undoes(message, after)))
    return differences, _aside(file, messages)


def _check_catalogue(file: polib.POFile, name: str, places: Places) -> None:
    """Refuse the file of another catalogue; of this one it has at least half of what it has in use."""
    keys = {key_of(entry) for entry in file if not entry.obsolete}
    shares = {other: len(keys & {key_of(entry) for entry in template_of(places, other)}) for other in places.names()}
    if keys and shares[name] * 2 < len(keys):
        other = max(shares, key=lambda other: shares[other])
        values = {"known": shares[name], "all": len(keys), "other": f"{other}.po"}
        raise BadCatalogue(
            f"{name}.po", OTHER_CATALOGUE if shares[other] > shares[name] else NO_SUCH_CATALOGUE, **values
        )


def _aside(file: polib.POFile, messages: Iterable[TranslatedMessage]) -> UnchangedMessages:
    theirs = {key_of(entry): entry for entry in file if not entry.obsolete}
    ours = {key_of(message.entry): message for message in messages}
    both = [(theirs[key], message) for key, message in ours.items() if key in theirs]
    return UnchangedMessages(
        gone=len(theirs.keys() - ours.keys()),
        emptied=sum(wording_of(entry).is_empty and message.wording.is_whole for entry, message in both),
        fuzzy=sum(entry.fuzzy and message.wording.is_whole for entry, message in both),
        commented=sum(comment_of(entry) not in {"", comment_of(message.entry)} for entry, message in both),
        absent=len(ours.keys() - theirs.keys()),
    )


def hold_upload(repository: Repository, who: str, upload: Upload) -> None:
    """Hold what a file would change, until whoever sent it says so."""
    record: dict[str, Any] = orjson.loads(orjson.dumps(upload))
    repository.write(UPLOADS, who, record)


def held_upload(repository: Repository, who: str, upload_id: str, now: datetime) -> Upload | None:
    """What is held of somebody under an id; None when it was taken, or another file has its place, or a day is over."""
    record = held_record(repository, UPLOADS, who, upload_id, now)
    if record is None or "aside" not in record:
        return None
    differences = tuple(map(_difference_from, record["differences"]))
    return Upload(**{**record, "differences": differences, "aside": UnchangedMessages(**record["aside"])})


def let_upload_go(repository: Repository, who: str) -> None:
    """Hold it no longer."""
    repository.delete(UPLOADS, who)


def wishes_of(upload: Upload, kept: Mapping[tuple[str, str], Wording], *, with_undoing: bool) -> list[Wish]:
    """What whoever sent the file wants, for the messages that the repository has as `kept` says."""
    return [
        Wish(
            difference.context,
            difference.english,
            version_of(difference.before),
            difference.after,
            kept[difference.context, difference.english],
            difference.is_sound,
        )
        for difference in upload.differences
        if (difference.context, difference.english) in kept and (with_undoing or not difference.undoes)
    ]


def _wanted(message: TranslatedMessage, entry: polib.POEntry) -> Wording | None:
    """The wording that the file wants a message to have; None where it wants nothing."""
    came, current = wording_of(entry), message.wording
    if came.is_empty or len(came.forms) != len(current.forms) or (came.is_fuzzy and current.is_whole):
        return None
    if came.text == current.text:
        return came if came.reviewed and not current.reviewed else None
    return came


def _undoes(message: TranslatedMessage, after: Wording) -> bool:
    changed = message.changed
    if changed is None:
        return False
    earlier = {changed.base.forms, *(change.before.forms for change in changed.changes)}
    return after.forms in earlier and after.forms != message.wording.forms


def _difference_from(record: Mapping[str, Any]) -> MessageDifference:
    wordings = {"before": wording_from(record["before"]), "after": wording_from(record["after"])}
    return MessageDifference(**{**record, **wordings})
