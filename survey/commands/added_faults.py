"""What is said of editions that were added and have a fault by now: nothing that runs stops for it."""

from collections.abc import Iterator

from flask import current_app

from survey.collection.editions.faults import faults_of_added
from survey.commands.environment import places
from survey.languages import Language, Phrase
from survey.questionnaire.findings import shown
from survey.storage.opening import holds_records, storage_as_it_is

FAULTY = Phrase(
    "data command",
    "Editions that were added have faults by the checks of this release. Rounds that are open go on; a new one cannot "
    "be opened with them before they are mended, on the page “Questionnaires” or by “questionnaires add”.",
)


def added_faults(language: Language) -> Iterator[str]:
    """Each fault of an edition that was added, and what follows from it; nothing where there is none. Changes nothing.

    Raises StorageError.
    """
    where = current_app.config["DATA"], current_app.config["DATABASE"]
    if not holds_records(*where):
        return
    faults = faults_of_added(storage_as_it_is(*where), places().questionnaires)
    if faults:
        yield from (shown(finding, language) for finding in faults)
        yield language.say(FAULTY)
