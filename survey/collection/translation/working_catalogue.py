"""A catalogue as translators have it: the text of the repository, with what they have changed since."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import polib

from survey.catalogues.added_editions import has_added, template_of
from survey.catalogues.files import WELSH, Places, key_of, message_id, new_catalogue, read_catalogue
from survey.catalogues.merge import merged
from survey.collection.translation.changes import TRANSLATORS, ChangedMessage, read_changes
from survey.collection.translation.wording import Wording, with_wording, wording_of
from survey.storage.repository import Repository


@dataclass(frozen=True, slots=True)
class TranslatedMessage:
    """A message as it is now. The repository has it as `kept`; `entry` has the `wording` that translators work on.

    `proposal` is what they had made of an English text that stood in its place before, to begin from.
    """

    entry: polib.POEntry
    kept: Wording
    wording: Wording
    changed: ChangedMessage | None = None
    proposal: ChangedMessage | None = None

    @property
    def id(self) -> str:
        return message_id(*key_of(self.entry))

    @property
    def clashes(self) -> bool:
        """Whether the repository has come to another text than translators have, and somebody has to choose."""
        return self.changed is not None and self.changed.clashes(self.kept)

    @property
    def state(self) -> str:
        """missing, fuzzy, draft or reviewed."""
        wording = self.wording
        if wording.is_fuzzy:
            return "fuzzy"
        if not wording.is_whole:
            return "missing"
        return "reviewed" if wording.reviewed else "draft"


def current_messages(repository: Repository, places: Places, name: str) -> tuple[TranslatedMessage, ...]:
    """The messages of a catalogue, in its order; none of those that nothing uses any more.

    Raises:
        BadCatalogue: the file in the repository cannot be read.
        Unreadable: what was changed cannot be read.
    """
    return _messages(repository, places, name, _state(places.welsh(name)), repository.revision(TRANSLATORS))


def kept_catalogue(places: Places, name: str) -> polib.POFile:
    """The catalogue as the repository has it, which nobody may change. Raises BadCatalogue."""
    return _kept(places, name, _state(places.welsh(name)))


@lru_cache(maxsize=16)
def _messages(
    repository: Repository, places: Places, name: str, state: tuple[int, int], _revision: str
) -> tuple[TranslatedMessage, ...]:
    entries = [entry for entry in _kept(places, name, state) if not entry.obsolete]
    changes = read_changes(repository, name)
    known = {message_id(*key_of(entry)) for entry in entries}
    orphans = [
        change
        for key, change in changes.items()
        if key not in known and change.is_about_text and any(change.latest.forms)
    ]
    return tuple(_message(entry, changes, orphans) for entry in entries)


def _message(
    entry: polib.POEntry, changes: Mapping[str, ChangedMessage], orphans: Iterable[ChangedMessage]
) -> TranslatedMessage:
    kept, changed = wording_of(entry), changes.get(message_id(*key_of(entry)))
    if changed is not None and len(changed.latest.forms) != len(kept.forms):
        changed = None  # it has become a plural, or is none any more
    current = changed.current(kept) if changed else kept
    made = entry if current == kept else with_wording(entry, current)
    return TranslatedMessage(made, kept, current, changed, None if current.is_whole else _proposal(entry, orphans))


def _proposal(entry: polib.POEntry, orphans: Iterable[ChangedMessage]) -> ChangedMessage | None:
    """What was made of the English that the message had before: as the catalogue says, or else in the same place."""
    forms = len(wording_of(entry).forms)
    context = entry.msgctxt or ""
    before = (entry.previous_msgctxt or context, entry.previous_msgid or "")
    fitting = [orphan for orphan in orphans if len(orphan.latest.forms) == forms]
    named = [orphan for orphan in fitting if (orphan.context, orphan.english) == before]
    in_place = [orphan for orphan in fitting if "." in context and orphan.context == context]
    return next(iter([*named, *in_place]), None)


@lru_cache(maxsize=16)
def _kept(places: Places, name: str, _state: tuple[int, int]) -> polib.POFile:
    path = places.welsh(name)
    if path.is_file() and not has_added(places, name):
        return read_catalogue(path)
    return merged(read_catalogue(path) if path.is_file() else new_catalogue(WELSH), template_of(places, name))


def _state(path: Path) -> tuple[int, int]:
    try:
        stat = path.stat()
    except FileNotFoundError:
        return 0, 0
    return stat.st_mtime_ns, stat.st_size
