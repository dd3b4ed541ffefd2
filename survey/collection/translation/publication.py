"""Translators’ wordings put before readers: compiled into the data folder, over the catalogues of the repository.

    (translations)                     generation
    (translations, cy, LC_MESSAGES)    <catalogue>.mo

A process that looks at the generation (`survey.languages`) has the new words with its next request. Only what is whole
and sound is there, under the very English that it was made for: when that changes, nothing of it is shown.
"""

import hashlib
from collections.abc import Iterable
from functools import partial
from pathlib import Path

import polib

from survey.catalogues.files import WELSH, Places, compiled_form, new_catalogue, replace_file
from survey.catalogues.gate import breaking_findings, translation_gate
from survey.collection.editions.standing import with_added
from survey.collection.rounds.opening import Gate, texts_shown
from survey.collection.rounds.snapshot import RoundSources
from survey.collection.translation.changes import TRANSLATIONS, TRANSLATORS, settle
from survey.collection.translation.wording import with_wording
from survey.collection.translation.working_catalogue import TranslatedMessage, current_messages, kept_catalogue
from survey.languages import GENERATION_FILE, Language
from survey.storage.repository import Place, Repository, Unreadable

COMPILED: Place = (*TRANSLATIONS, WELSH, "LC_MESSAGES")


def put_to_use(repository: Repository, places: Places, names: Iterable[str]) -> None:
    """Show readers what translators have made of some catalogues, and settle what the repository has by now.

    Raises BadCatalogue, Unreadable.
    """
    places = with_added(repository, places)
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


def bring(repository: Repository, folder: Path, names: Iterable[str]) -> None:
    """Have what readers are shown in a folder of this host, where it is not so already. Raises Unreadable."""
    generation = _read(repository, TRANSLATIONS, GENERATION_FILE)
    at_hand = folder / GENERATION_FILE
    if generation == (at_hand.read_bytes() if at_hand.is_file() else b""):
        return
    for name in names:
        replace_file(
            folder.joinpath(*COMPILED[len(TRANSLATIONS) :], f"{name}.mo"), _read(repository, COMPILED, f"{name}.mo")
        )
    # Last, so that whoever is stopped before brings all of it again.
    replace_file(at_hand, generation)


def as_shown(repository: Repository, places: Places, name: str) -> polib.POFile:
    """The catalogue as readers have it: the text of the repository, with what translators have put to use over it.

    Raises BadCatalogue, Unreadable.
    """
    messages = iter(current_messages(repository, places, name))
    made = new_catalogue(WELSH)
    for entry in kept_catalogue(places, name):
        made.append(entry if entry.obsolete else _led(next(messages)) or entry)
    return made


def gate_of_readers(repository: Repository, places: Places, language: Language, sources: RoundSources) -> Gate:
    """The translation gate over the words of a round as its readers would have them, whether or not the repository’s
    files have them too.
    """
    places = with_added(repository, places)
    return translation_gate(places, language, partial(as_shown, repository, places), texts_shown(sources))


def _led(message: TranslatedMessage) -> polib.POEntry | None:
    """The entry that leads that of the repository; None where nothing was put to use over it."""
    wording = message.changed.shown() if message.changed else None
    return with_wording(message.entry, wording) if wording is not None else None


def _is_reached(message: TranslatedMessage) -> bool:
    changed = message.changed
    return changed is not None and not changed.settled and changed.is_reached(message.kept)


def _compiled(name: str, messages: Iterable[TranslatedMessage]) -> bytes:
    catalogue = new_catalogue(WELSH)
    for message in messages:
        entry = _led(message)
        if entry is not None and not list(breaking_findings([entry], name, name)):
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
