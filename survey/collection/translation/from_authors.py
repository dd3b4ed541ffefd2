"""An edition kept with the Welsh that came with it: where there was none, as a draft that nobody has reviewed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from survey.catalogues.files import Places, key_of
from survey.collection.editions.changes import HowEditionChanged
from survey.collection.editions.lifecycle import keep_edition
from survey.collection.editions.standing import with_added
from survey.collection.translation.changes import Wish, keep_wishes, version_of
from survey.collection.translation.message_findings import findings_if, is_sound, words_of
from survey.collection.translation.publication import put_to_use
from survey.collection.translation.wording import Wording
from survey.collection.translation.working_catalogue import current_messages
from survey.questionnaire.builder import JsonObject
from survey.storage.repository import Repository


@dataclass(frozen=True, slots=True)
class WelshOfAuthors:
    """How many texts got the Welsh that came, and for how many there was other Welsh, which stays.

    Of those that were taken, so many are `held` back from readers: the gate found an error in them.
    """

    taken: int
    left: int
    held: int


def keep_with_welsh(
    repository: Repository,
    places: Places,
    source: JsonObject,
    welsh: Iterable[tuple[str, str, str]],
    seen: str,
    how: HowEditionChanged,
    who: str,
    now: datetime,
) -> WelshOfAuthors:
    """Have an edition be as `source` says, with Welsh by context and English, and put both to use.

    Raises BadCatalogue, Unreadable, and DomainError as `keep_edition` does.
    """
    keep_edition(repository, places.questionnaires, source, seen, how, who, now)
    given = _keep_welsh(repository, with_added(repository, places), source["id"], welsh, who, now)
    put_to_use(repository, places, [source["id"]])
    return given


def _keep_welsh(
    repository: Repository,
    places: Places,
    name: str,
    welsh: Iterable[tuple[str, str, str]],
    who: str,
    now: datetime,
) -> WelshOfAuthors:
    """Keep Welsh for the texts of a catalogue. Translators see it as any other change."""
    came = {(context, english): text for context, english, text in welsh if text.strip()}
    words = words_of(places)
    wishes, left = [], 0
    for message in current_messages(repository, places, name):
        context, english = key_of(message.entry)
        text = came.get((context, english))
        if text is None or len(message.wording.forms) != 1 or message.wording.forms == (text,):
            continue
        if message.wording.is_whole:
            left += 1
            continue
        wording = Wording((text,))
        is_fit = is_sound(findings_if(message.entry, wording, name, words))
        wishes.append(Wish(context, english, version_of(message.wording), wording, message.kept, is_fit))
    taken = keep_wishes(repository, name, wishes, "uploaded", who, now).kept if wishes else 0
    return WelshOfAuthors(taken, left, sum(not wish.is_sound for wish in wishes))
