"""How each edition stands: in the repository, or made here over it or beside it."""

from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from survey.catalogues.files import Places
from survey.collection.editions.changes import (
    EDITIONS,
    ChangedEdition,
    change_edition,
    digest_of,
    read_changed,
    read_content,
)
from survey.collection.rounds.cluster_lists import kept_lists
from survey.questionnaire.findings import DefinitionError
from survey.questionnaire.json_reader import read_file
from survey.questionnaire.json_writer import json_of
from survey.questionnaire.shelf import Added, Shelf
from survey.storage.repository import Repository


@dataclass(frozen=True, slots=True)
class EditionStanding:
    """An edition with what was done to it here. `kept` is the digest of what the repository has; "" for nothing."""

    questionnaire: str
    edition: str
    kept: str
    changed: ChangedEdition | None = None

    @property
    def is_added(self) -> bool:
        """Whether it is as somebody made it here."""
        return self.changed is not None and self.changed.leads(self.kept)

    @property
    def clashes(self) -> bool:
        """Whether the repository has come to something else meanwhile: somebody has to choose."""
        return self.changed is not None and self.changed.clashes(self.kept)

    @property
    def current(self) -> str:
        """The digest of what it is; "" for an edition that is not there."""
        return self.changed.current(self.kept) if self.changed else self.kept


def with_added(repository: Repository, places: Places) -> Places:
    """The places with the editions that were added, and the lists of clusters. Raises Unreadable."""
    added = _added(
        repository, tuple(standing for standing in changed_here(repository, places.questionnaires) if standing.is_added)
    )
    return replace(places, added=added, lists=kept_lists(repository))


def standings(repository: Repository, folder: Path) -> tuple[EditionStanding, ...]:
    """Every edition that there is, and each that something was done to here. Raises Unreadable."""
    by_name = {(standing.questionnaire, standing.edition): standing for standing in changed_here(repository, folder)}
    for path in Shelf(folder).editions():
        name = (path.parent.name, path.stem)
        if name not in by_name:
            by_name[name] = EditionStanding(*name, _kept(path))
    return tuple(by_name[name] for name in sorted(by_name))


def changed_here(repository: Repository, folder: Path) -> tuple[EditionStanding, ...]:
    """Every edition that something was done to here. Raises Unreadable."""
    return tuple(
        EditionStanding(questionnaire, edition, _kept(Shelf(folder).path(questionnaire, edition)), changed)
        for (questionnaire, edition), changed in _changes(repository, repository.revision(EDITIONS))
    )


def standing_of(repository: Repository, folder: Path, questionnaire: str, edition: str) -> EditionStanding:
    """How one edition stands, read now; of one that is not there, nothing was kept or done."""
    changed = read_changed(repository, questionnaire).get(edition)
    return EditionStanding(questionnaire, edition, _kept(Shelf(folder).path(questionnaire, edition)), changed)


def settle(repository: Repository, folder: Path) -> None:
    """Settle every edition of which the repository has what the changes here came to. Raises Unreadable."""

    def settled(current: ChangedEdition | None) -> ChangedEdition | None:
        return replace(current, settled=True) if current else None

    for standing in changed_here(repository, folder):
        changed = standing.changed
        if changed and changed.latest and changed.latest == standing.kept and not changed.settled:
            change_edition(repository, standing.questionnaire, standing.edition, settled)


@lru_cache(maxsize=8)
def _added(repository: Repository, added: tuple[EditionStanding, ...]) -> tuple[Added, ...]:
    return tuple(
        Added(standing.questionnaire, standing.edition, read_content(repository, standing.current))
        for standing in added
    )


@lru_cache(maxsize=8)
def _changes(repository: Repository, _revision: str) -> tuple[tuple[tuple[str, str], ChangedEdition], ...]:
    changed = {
        (questionnaire, year): edition
        for questionnaire in repository.keys(EDITIONS)
        for year, edition in read_changed(repository, questionnaire).items()
    }
    return tuple(sorted(changed.items(), key=lambda item: item[0]))


def _kept(path: Path) -> str:
    """The digest of a file in the layout that files have; of one that cannot be read, of its bytes; "" for none."""
    try:
        stat = path.stat()
    except FileNotFoundError:
        return ""
    return _digest(path, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=256)
def _digest(path: Path, _changed: int, _size: int) -> str:
    try:
        return digest_of(json_of(read_file(path).value))
    except (DefinitionError, AttributeError):
        return digest_of(path.read_bytes())
