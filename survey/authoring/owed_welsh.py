"""What a questionnaire still owes: Welsh that is missing, and Welsh that no person has reviewed."""

from dataclasses import dataclass

import polib

from survey.catalogues.files import key_of
from survey.catalogues.review import is_reviewed
from survey.questionnaire.builder import JsonObject, questionnaire_from
from survey.questionnaire.texts import messages


@dataclass(frozen=True, slots=True)
class Owed:
    """How many texts there are, how many have no Welsh, and of how many nobody has reviewed the Welsh."""

    texts: int
    missing: int
    unreviewed: int


def welsh_owed(source: JsonObject, catalogue: polib.POFile) -> Owed:
    """What a sound definition owes, by its catalogue."""
    entries = {key_of(entry): entry for entry in catalogue if not entry.obsolete and entry.translated()}
    translations = [entries.get((message.context, message.text)) for message in messages(questionnaire_from(source))]
    unreviewed = sum(entry is not None and not is_reviewed(entry) for entry in translations)
    return Owed(len(translations), sum(entry is None for entry in translations), unreviewed)
