"""What translators have changed, given back to the catalogues of the repository."""

from dataclasses import dataclass

import polib

from survey.catalogues.files import Places
from survey.collection.translation.wording import Wording, with_wording
from survey.collection.translation.working_catalogue import TranslatedMessage, current_messages, kept_catalogue
from survey.storage.repository import Repository


@dataclass(frozen=True, slots=True)
class ExportedCatalogue:
    """A catalogue with the changes in it, and how many there are.

    `left` are those that stay behind: they clash with what the repository has come to, or are not fit to be shown.
    """

    catalogue: polib.POFile
    taken: int
    left: int


def exported(repository: Repository, places: Places, name: str) -> ExportedCatalogue:
    """The catalogue as the repository should have it: what is not changed stays to the byte.

    Raises BadCatalogue, Unreadable.
    """
    kept = kept_catalogue(places, name)
    made = polib.POFile(wrapwidth=0, check_for_duplicates=False)
    made.header, made.metadata = kept.header, kept.metadata
    messages = current_messages(repository, places, name)
    taken = left = 0
    in_order = iter(messages)
    for entry in kept:
        message = None if entry.obsolete else next(in_order)
        wanted = _wanted(message) if message else None
        made.append(with_wording(entry, wanted) if wanted else entry)
        taken += wanted is not None
        left += wanted is None and message is not None and message.wording != message.kept
    return ExportedCatalogue(made, taken, left)


def _wanted(message: TranslatedMessage) -> Wording | None:
    """What the repository should say of a message in place of what it says; None where it is right or nobody knows."""
    changed = message.changed
    if changed is None or changed.settled or changed.clashes(message.kept):
        return _proposed(message)
    shown = changed.shown()
    if shown is None:
        is_mark = changed.latest.text == message.kept.text and changed.latest != message.kept
        return changed.latest if is_mark else _proposed(message)
    return changed.latest if changed.latest.text == shown.text else shown


def _proposed(message: TranslatedMessage) -> Wording | None:
    """Newer Welsh of the English that was there before, still to be brought up to date."""
    if message.proposal is None:
        return None
    wording = Wording(message.proposal.latest.forms, is_fuzzy=True)
    return None if wording.text == message.kept.text else wording
