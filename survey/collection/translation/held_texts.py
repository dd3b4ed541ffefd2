"""Texts of which the Welsh is there and held back from readers, as the gate found an error in it."""

from survey.catalogues.files import Places
from survey.collection.translation.working_catalogue import TranslatedMessage, current_messages
from survey.storage.repository import Repository

Key = tuple[str, str]


def held_back(repository: Repository, places: Places, name: str) -> frozenset[Key]:
    """Context and English of the texts of a catalogue that are held back. Raises BadCatalogue, Unreadable."""
    messages = current_messages(repository, places, name) if name in places.names() else ()
    return frozenset((message.entry.msgctxt or "", message.entry.msgid) for message in messages if _is_held(message))


def _is_held(message: TranslatedMessage) -> bool:
    changed = message.changed
    if changed is None or not changed.changes or not message.wording.is_whole:
        return False
    return message.wording == changed.latest and not changed.changes[-1].is_sound
