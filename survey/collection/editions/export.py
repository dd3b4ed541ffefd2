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
    added = [one for one in changed_here(repository, folder) if one.is_added]
    written = []
    for one in added:
        if not one.clashes:
            path = Shelf(target).path(one.questionnaire, one.edition)
            replace_file(path, read_content(repository, one.current))
            written.append(path)
    return ExportedEditions(tuple(written), tuple(one for one in added if one.clashes))
