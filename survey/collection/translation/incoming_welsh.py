"""Welsh that comes with an edition beside the Welsh that is there: which of it is taken, and which is not."""

from collections.abc import Iterable
from dataclasses import dataclass

from survey.catalogues.files import Places, key_of
from survey.collection.translation.working_catalogue import current_messages
from survey.storage.repository import Repository


@dataclass(frozen=True, slots=True)
class Other:
    """A text that has Welsh, and the other Welsh that came for it, which is not taken."""

    context: str
    english: str
    there: str
    came: str


@dataclass(frozen=True, slots=True)
class IncomingWelsh:
    """How many texts get the Welsh that came, and those that keep what they have."""

    taken: int
    left: tuple[Other, ...]


def welsh_beside(
    repository: Repository, places: Places, name: str, welsh: Iterable[tuple[str, str, str]]
) -> IncomingWelsh:
    """What would become of Welsh, by context and English, for texts of a catalogue. Raises BadCatalogue, Unreadable."""
    messages = current_messages(repository, places, name) if name in places.names() else ()
    there = {key_of(message.entry): message.wording.forms for message in messages if message.wording.is_whole}
    taken, left = 0, []
    for context, english, text in welsh:
        forms = there.get((context, english))
        if not text.strip() or forms == (text,):
            continue
        if forms is None:
            taken += 1
        else:
            left.append(Other(context, english, forms[0], text))
    return IncomingWelsh(taken, tuple(left))
