"""What is wrong with editions that were added: sound when they were kept, and held against other checks since."""

from dataclasses import replace
from pathlib import Path

from survey.collection.editions.changes import read_content
from survey.collection.editions.standing import changed_here
from survey.questionnaire.findings import Finding
from survey.questionnaire.library import belonging
from survey.questionnaire.shelf import Added, Shelf
from survey.storage.repository import Repository


def faults_of_added(repository: Repository, folder: Path) -> list[Finding]:
    """What the checks of this release find in the editions that were added over `folder`; nothing is changed.

    A finding names the edition in the place of a file. Raises Unreadable.
    """
    added = tuple(
        Added(standing.questionnaire, standing.edition, read_content(repository, standing.current))
        for standing in changed_here(repository, folder)
        if standing.is_added
    )
    shelf = Shelf(folder, added)
    names = {
        str(shelf.path(edition.questionnaire, edition.edition)): f"{edition.questionnaire} {edition.edition}"
        for edition in added
    }
    examined = [shelf.examine(Path(path)) for path in names]
    findings = [finding for item in examined for finding in item.findings] + belonging(examined, folder)
    return [replace(finding, file=names[finding.file]) for finding in findings if finding.file in names]
