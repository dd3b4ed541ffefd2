"""What of a round anybody may read: its releases that somebody has published, each by a named act.

    (rounds, <round>, published), <number>     {at, by, notes: {cy, en}, withdrawn?: {at, by, notes: {cy, en}}}

The notes are for readers, in both languages. A release that was withdrawn is not given out any more; that it was
there, and why it was taken back, stays.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from survey.collection.errors import DomainError
from survey.collection.rounds.releases import KeptRelease, read_releases
from survey.collection.rounds.round import Round, place, readable_rounds
from survey.languages import LANGUAGES
from survey.storage.repository import Place, Record, Repository, Unreadable

PUBLISHED = "published"
ReaderNotes = Mapping[str, str]
"""What is said to readers, by the code of the language."""


@dataclass(frozen=True, slots=True)
class Act:
    """Who did it, when, and what was said of it to readers."""

    at: datetime
    by: str
    notes: ReaderNotes


@dataclass(frozen=True, slots=True)
class Publication:
    """That a release was published, and that it was withdrawn, if it was."""

    made: Act
    withdrawn: Act | None = None


@dataclass(frozen=True, slots=True)
class Published:
    """A release of a round that anybody may read, or that was withdrawn."""

    round: Round
    release: KeptRelease
    publication: Publication


def publish(
    repository: Repository, round_id: str, number: int, notes: ReaderNotes, by: str, now: datetime
) -> Publication:
    """Let anybody read a release; one that was withdrawn can be published again.

    Raises DomainError: no_release, published_already, notes_needed (a note in one language alone; of a release that is
    provisional or comes after another, none).
    """
    release = _release(repository, round_id, number)
    said = _said(notes)
    if any(said.values()) != all(said.values()) or ((number > 1 or release.provisional) and not any(said.values())):
        raise DomainError("notes_needed")
    act = Act(now, by, said)

    def change(record: Record | None) -> Record:
        if record is not None and "withdrawn" not in record:
            raise DomainError("published_already")
        return _record_of(act)

    return publication_from(number, repository.update(published_of(round_id), str(number), change))


def withdraw(
    repository: Repository, round_id: str, number: int, notes: ReaderNotes, by: str, now: datetime
) -> Publication:
    """Give a release out no more. Raises DomainError: no_release, not_published, notes_needed."""
    _release(repository, round_id, number)
    said = _said(notes)
    if not all(said.values()):
        raise DomainError("notes_needed")

    def change(record: Record | None) -> Record:
        if record is None or "withdrawn" in record:
            raise DomainError("not_published")
        return {**record, "withdrawn": _record_of(Act(now, by, said))}

    return publication_from(number, repository.update(published_of(round_id), str(number), change))


def read_publications(repository: Repository, round_id: str) -> dict[int, Publication]:
    """What was published of a round, by the number of the release. Raises Unreadable."""
    publications = {}
    for key, record in repository.read_all(published_of(round_id)):
        if isinstance(record, Unreadable):
            raise record
        publications[int(key)] = publication_from(int(key), record)
    return publications


def published_releases(repository: Repository, *, demonstration: bool) -> list[Published]:
    """Every release that was published, of the newest year first and the newest release first; of made-up rounds only
    where `demonstration` is on. Raises Unreadable."""
    rounds, _ = readable_rounds(repository)
    return [
        Published(of_round, release, publications[release.number])
        for of_round in reversed(rounds)
        if demonstration or not of_round.demonstration
        if (publications := read_publications(repository, of_round.id))
        for release in reversed(read_releases(repository, of_round.id))
        if release.number in publications
    ]


def published_of(round_id: str) -> Place:
    """Where what was published of a round is kept."""
    return place(round_id, PUBLISHED)


def publication_from(number: int, record: Record) -> Publication:
    """A publication from its record. Raises Unreadable for a record that is none."""
    try:
        withdrawn = record.get("withdrawn")
        return Publication(_act_from(record), _act_from(withdrawn) if withdrawn else None)
    except (AttributeError, KeyError, TypeError, ValueError):
        raise Unreadable((PUBLISHED,), str(number), "the record is not that of a publication") from None


def _release(repository: Repository, round_id: str, number: int) -> KeptRelease:
    for release in read_releases(repository, round_id):
        if release.number == number:
            return release
    raise DomainError("no_release", round=round_id, number=str(number))


def _said(notes: ReaderNotes) -> ReaderNotes:
    return {code: notes.get(code, "").strip() for code in LANGUAGES}


def _record_of(act: Act) -> Record:
    return {"at": act.at.isoformat(), "by": act.by, "notes": dict(act.notes)}


def _act_from(record: Record) -> Act:
    return Act(datetime.fromisoformat(record["at"]), record["by"], {code: record["notes"][code] for code in LANGUAGES})
