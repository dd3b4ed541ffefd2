"""What translators change on the pages, kept over the text of the repository until that has it too.

    (translators), <catalogue>    {messages: {<id>: {context, english, base, since, settled, changes, comments}}}

One record holds the changes of a catalogue, so that many made at once are kept all or not at all. Changes are only
added: undoing one is another. `base` is what the repository had when the changes from number `since` on were begun;
they are `settled` once it has what they come to.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any, Literal

import orjson

from survey.catalogues.files import message_id
from survey.collection.responses.merge import fingerprint
from survey.collection.translation.wording import Wording, wording_from
from survey.storage.repository import Place, Record, Repository, Unreadable

TRANSLATORS: Place = ("translators",)
TRANSLATIONS: Place = ("translations",)
"""Where what came of them is compiled to (`publishing.py`)."""
HowWordingChanged = Literal["edited", "reviewed", "undone", "uploaded"]


@dataclass(frozen=True, slots=True)
class WordingChange:
    """What somebody made of a wording. `is_sound`: the gate found no error in it, so it may be shown."""

    at: str
    who: str
    how: HowWordingChanged
    before: Wording
    after: Wording
    is_sound: bool

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.at)


@dataclass(frozen=True, slots=True)
class Comment:
    """What a translator says to whoever wrote the English; `settled` is who has seen to it."""

    at: str
    who: str
    text: str
    settled: str = ""

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.at)


@dataclass(frozen=True, slots=True)
class ChangedMessage:
    """A message with what was done to it here, the oldest first."""

    context: str
    english: str
    base: Wording
    since: int = 0
    settled: bool = True
    changes: tuple[WordingChange, ...] = ()
    comments: tuple[Comment, ...] = ()

    @property
    def latest(self) -> Wording:
        return self.changes[-1].after if self.changes else self.base

    @property
    def is_about_text(self) -> bool:
        """Whether it comes to another text than the repository had, and not only to a mark of review."""
        return not self.settled and self.latest.text != self.base.text

    def current(self, kept: Wording) -> Wording:
        """The wording that translators work on, where the repository has `kept`."""
        if self.is_about_text or (not self.settled and kept.text == self.base.text):
            return self.latest
        return kept

    def clashes(self, kept: Wording) -> bool:
        """Whether the repository has come to a third text meanwhile: somebody has to choose."""
        return self.is_about_text and kept.text not in (self.base.text, self.latest.text)

    def shown(self) -> Wording | None:
        """What readers are shown in place of the repository’s text: the last wording that is whole and sound."""
        if self.settled:
            return None
        for change in reversed(self.changes[self.since :]):
            if change.after.text == self.base.text:
                return None
            if change.is_sound and change.after.is_whole:
                return change.after
        return None

    def is_reached(self, kept: Wording) -> bool:
        """Whether the repository has what the changes come to."""
        return kept.text == self.latest.text and bool(kept.reviewed) >= bool(self.latest.reviewed)


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants a message to say, of which she has `seen` a wording; the repository has `kept`."""

    context: str
    english: str
    seen: str
    wording: Wording
    kept: Wording
    is_sound: bool


@dataclass(frozen=True, slots=True)
class SavingOutcome:
    """How many wishes were kept, those that were not because somebody else changed the message meanwhile, and how many
    messages are otherwise now."""

    kept: int
    overtaken: list[Wish] = field(default_factory=list)
    changed: int = 0


def version_of(wording: Wording) -> str:
    """What tells a wording from the same message’s a moment later."""
    return fingerprint(asdict(wording))


def changes_from(record: Mapping[str, Any] | None) -> dict[str, ChangedMessage]:
    """The messages of a record by their ids. Raises KeyError, TypeError for a record that is none."""
    return {key: _changed(message) for key, message in record["messages"].items()} if record else {}


def read_changes(repository: Repository, catalogue: str) -> dict[str, ChangedMessage]:
    """The messages of a catalogue that something was done to, by their ids. Raises Unreadable."""
    try:
        return changes_from(repository.read(TRANSLATORS, catalogue))
    except (KeyError, TypeError):
        raise Unreadable(TRANSLATORS, catalogue, "the record does not hold changes of a catalogue") from None


def keep_wishes(
    repository: Repository, catalogue: str, wishes: Iterable[Wish], how: HowWordingChanged, who: str, now: datetime
) -> SavingOutcome:
    """Keep what is wanted of some messages, in one write. A wish that is true already is kept, and changes nothing.

    A wish for a message that somebody else has changed since it was seen is left, and the others are kept.
    """
    wanted = list(wishes)
    overtaken: list[Wish] = []
    changed: set[str] = set()

    def change(messages: dict[str, ChangedMessage]) -> None:
        overtaken.clear()
        changed.clear()
        for wish in wanted:
            key = message_id(wish.context, wish.english)
            message = messages.get(key, ChangedMessage(wish.context, wish.english, wish.kept))
            current = message.current(wish.kept)
            if current == wish.wording and not message.clashes(wish.kept):
                continue
            if version_of(current) not in (wish.seen, version_of(wish.wording)):
                overtaken.append(wish)
                continue
            if message.base.text != wish.kept.text or not message.is_about_text:
                message = replace(message, base=wish.kept, since=len(message.changes), settled=False)
            made = WordingChange(now.isoformat(), who, how, current, wish.wording, wish.is_sound)
            messages[key] = replace(message, changes=(*message.changes, made))
            changed.add(key)

    change_messages(repository, catalogue, change)
    return SavingOutcome(len(wanted) - len(overtaken), overtaken, len(changed))


def settle(repository: Repository, catalogue: str, kept: Mapping[str, Wording]) -> None:
    """Settle every message of which the repository has, as `kept` says by ids, what its changes come to."""

    def change(messages: dict[str, ChangedMessage]) -> None:
        for key, message in messages.items():
            if not message.settled and key in kept and message.is_reached(kept[key]):
                messages[key] = replace(message, settled=True)

    change_messages(repository, catalogue, change)


def change_messages(
    repository: Repository, catalogue: str, change: Callable[[dict[str, ChangedMessage]], None]
) -> dict[str, ChangedMessage]:
    """Let `change` change the messages of a catalogue, by their ids, and return them. Nobody else changes any then."""

    def change_record(record: Record | None) -> Record:
        messages = changes_from(record)
        change(messages)
        # As JSON has it: a record holds lists, no tuples.
        made: Record = orjson.loads(orjson.dumps({"messages": messages}))
        return made

    return changes_from(repository.update(TRANSLATORS, catalogue, change_record))


def _changed(record: Mapping[str, Any]) -> ChangedMessage:
    return ChangedMessage(
        str(record["context"]),
        str(record["english"]),
        wording_from(record["base"]),
        int(record["since"]),
        bool(record["settled"]),
        tuple(_change_from(change) for change in record["changes"]),
        tuple(Comment(**comment) for comment in record["comments"]),
    )


def _change_from(record: Mapping[str, Any]) -> WordingChange:
    wordings = {"before": wording_from(record["before"]), "after": wording_from(record["after"])}
    return WordingChange(**{**record, **wordings})
