"""A small project as translators have it, to work on in tests: a catalogue with messages of each kind."""

from gettext import NullTranslations
from pathlib import Path

import polib
import pytest

from survey import languages
from survey.catalogues.files import WELSH, Places, canonical, new_catalogue, read_catalogue, replace_file
from survey.catalogues.merge import merged
from survey.collection.translation.changes import SavingOutcome, Wish, keep_wishes, version_of
from survey.collection.translation.publication import put_to_use
from survey.collection.translation.wording import Wording
from survey.collection.translation.working_catalogue import TranslatedMessage, current_messages
from survey.languages import compiled
from survey.storage.repository import Repository
from tests.collection.example import NOW

NAME = "interface"
SAVE, AGE, COUNT = ("button", "Save"), ("field.label", "Your age"), ("count", "%(n)s answer")
SIX = ("dim atebion", "1 ateb", "2 ateb", "3 ateb", "6 ateb", "%(n)s ateb")
COMMENT = "Seen by everybody · on any page"


def own_process(patch: pytest.MonkeyPatch) -> None:
    """Let the test choose catalogues as a process of its own does."""
    patch.setattr(languages, "_process", languages._ProcessState())


def project(root: Path) -> Places:
    """A catalogue of three messages: one translated, one missing, one with six plural forms."""
    places = Places(root, root / "translations")
    write(places, (*SAVE, ""), (*AGE, ""), (*COUNT, "%(n)s answers"))
    welsh = merged(new_catalogue(WELSH), read_catalogue(places.template(NAME)))
    welsh[0].msgstr = "Cadw"
    welsh[2].msgstr_plural = dict(enumerate(SIX))
    replace_file(places.welsh(NAME), canonical(welsh))
    return places


def write(places: Places, *sources: tuple[str, str, str]) -> None:
    """Write the template of what the English is now: context, text and plural."""
    template = new_catalogue()
    for context, english, plural in sources:
        entry = polib.POEntry(msgctxt=context, msgid=english, comment=COMMENT, occurrences=[("survey/x.py", "")])
        if plural:
            entry.msgid_plural, entry.msgstr_plural = plural, {0: "", 1: ""}
        template.append(entry)
    replace_file(places.template(NAME), canonical(template))


def update(places: Places, *sources: tuple[str, str, str]) -> None:
    """The English is now this, and the catalogue is brought up to date with it."""
    write(places, *sources)
    welsh = merged(read_catalogue(places.welsh(NAME)), read_catalogue(places.template(NAME)))
    replace_file(places.welsh(NAME), canonical(welsh))


def edit_file(places: Places, key: tuple[str, str], welsh: str) -> None:
    """Somebody edits the catalogue in the repository."""
    catalogue = read_catalogue(places.welsh(NAME))
    next(entry for entry in catalogue if (entry.msgctxt, entry.msgid) == key).msgstr = welsh
    replace_file(places.welsh(NAME), canonical(catalogue))


def message(repository: Repository, places: Places, key: tuple[str, str]) -> TranslatedMessage:
    messages = current_messages(repository, places, NAME)
    return next(one for one in messages if (one.entry.msgctxt, one.entry.msgid) == key)


def say(
    repository: Repository,
    places: Places,
    key: tuple[str, str],
    welsh: str | Wording,
    *,
    seen: Wording | None = None,
    is_sound: bool = True,
    who: str = "sion",
) -> SavingOutcome:
    """Somebody who has `seen` a wording, or the one of now, wants another."""
    one = message(repository, places, key)
    wording = Wording((welsh,)) if isinstance(welsh, str) else welsh
    wish = Wish(*key, version_of(seen or one.wording), wording, one.kept, is_sound)
    return keep_wishes(repository, NAME, [wish], "edited", who, NOW)


def shown(repository: Repository, places: Places, key: tuple[str, str], data: Path) -> str:
    """What readers are shown in place of the repository’s text; empty if nothing is."""
    said = in_use(repository, places, data).pgettext(*key)
    return "" if said == key[1] else said


def in_use(repository: Repository, places: Places, data: Path) -> NullTranslations:
    """The texts as readers are shown them."""
    put_to_use(repository, places, [NAME])
    return compiled(WELSH, data / "translations")(NAME)
