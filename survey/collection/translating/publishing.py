"""Translators’ wordings put before readers: compiled into the data folder, over the catalogues of the repository.

    (translations)                     generation
    (translations, cy, LC_MESSAGES)    <catalogue>.mo

A process that looks at the generation (`survey.languages`) has the new words with its next request. Only what is whole
and sound is there, under the very English that it was made for: when that changes, nothing of it is shown.
"""

import hashlib
from collections.abc import Iterable

from survey.catalogues.files import WELSH, Places, compiled_form, new_catalogue
from survey.catalogues.gate import breaking_findings
from survey.collection.translating.changes import TRANSLATIONS, TRANSLATORS, settle
from survey.collection.translating.current import Message, current_messages
from survey.collection.translating.wording import with_wording
from survey.languages import GENERATION_FILE
from survey.storage.repository import Place, Repository, Unreadable

COMPILED: Place = (*TRANSLATIONS, WELSH, "LC_MESSAGES")


def put_to_use(repository: Repository, places: Places, names: Iterable[str]) -> None:
    """Show readers what translators have made of some catalogues, and settle what the repository has by now.

    Raises BadCatalogue, Unreadable.
    """
    for name in names:
        shown = ""
        # Somebody may change something meanwhile, and be done sooner: the last to write must have read the latest.
        while shown != repository.revision(TRANSLATORS):
            shown = repository.revision(TRANSLATORS)
            messages = current_messages(repository, places, name)
            if any(_is_reached(message) for message in messages):
                settle(repository, name, {message.id: message.kept for message in messages})
                continue
            _write(repository, COMPILED, f"{name}.mo", _compiled(name, messages))
    digest = hashlib.sha256()
    for name in places.names():
        digest.update(_read(repository, COMPILED, f"{name}.mo"))
    _write(repository, TRANSLATIONS, GENERATION_FILE, digest.hexdigest().encode("ascii"))


def _is_reached(message: Message) -> bool:
    changed = message.changed
    return changed is not None and not changed.settled and changed.is_reached(message.kept)


def _compiled(name: str, messages: Iterable[Message]) -> bytes:
    catalogue = new_catalogue(WELSH)
    for message in messages:
        wording = message.changed.shown() if message.changed else None
        if wording is not None:
            entry = with_wording(message.entry, wording)
            if not list(breaking_findings([entry], name, name)):
                catalogue.append(entry)
    return compiled_form(catalogue)


def _read(repository: Repository, place: Place, name: str) -> bytes:
    try:
        return repository.read_bytes(place, name)
    except Unreadable:
        return b""


def _write(repository: Repository, place: Place, name: str, data: bytes) -> None:
    if _read(repository, place, name) != data:
        repository.write_bytes(place, name, data)
