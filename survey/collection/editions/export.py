"""Editions that were added, given back to the files of the repository."""

from dataclasses import dataclass
from pathlib import Path

from survey.catalogues.files import replace_file
from survey.collection.editions.changes import read_content
from survey.collection.editions.standing import EditionStanding, changed_here
from survey.questionnaire.shelf import Shelf
from survey.storage.repository import Repository


@dataclass(frozen=True, slots=True)
class ExportedEditions:
    """The files that were written, and the editions that stay behind: the repository has come to something else."""

    written: tuple[Path, ...]
    left: tuple[EditionStanding, ...]


def export_editions(repository: Repository, folder: Path, target: Path) -> ExportedEditions:
    """Write every edition that was added below `target`, as the repository should have it. Raises Unreadable."""
    added = [standing for standing in changed_here(repository, folder) if standing.is_added]
    written = []
    for standing in added:
        if not standing.clashes:
            path = Shelf(target).path(standing.questionnaire, standing.edition)
            replace_file(path, read_content(repository, standing.current))
            written.append(path)
    return ExportedEditions(tuple(written), tuple(standing for standing in added if standing.clashes))
