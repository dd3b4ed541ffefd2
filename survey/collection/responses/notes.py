"""Notes that the people of a cluster leave each other beside a page of their reflection. They are never submitted.

    (rounds, <round>, notes), <cluster>    {notes: [{id, page, text, language, by, sitting, at, settled}]}, oldest first

They lie beside the response, so that nothing that counts, exports or shows responses comes by them. New ones are taken
as long as answers are; they can be settled and removed at any time.
"""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from survey.collection.errors import DomainError
from survey.collection.responses.merge import fingerprint
from survey.collection.responses.response import Writer, read_response
from survey.collection.rounds.extensions import refuse_late
from survey.collection.rounds.round import place
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.questionnaire.types.inputs import text_of
from survey.questionnaire.walk import Page
from survey.storage.repository import Record, Repository

NOTES = "notes"
LONGEST_NOTE = 1000
MOST_NOTES = 50
"""Of one page, those that are settled among them."""


@dataclass(frozen=True, slots=True)
class Note:
    """A note on a page. `by` is the name that whoever wrote it gave; `settled`: nobody need look at it again."""

    id: str
    page: str
    text: str
    language: str
    by: str
    sitting: str
    at: datetime
    settled: bool = False


def read_notes(repository: Repository, round_id: str, cluster_code: str) -> tuple[Note, ...]:
    """All notes of a cluster, the oldest first."""
    return notes_from(repository.read(place(round_id, NOTES), cluster_code))


def notes_from(record: Record | None) -> tuple[Note, ...]:
    """The notes of a record. Raises KeyError, TypeError, ValueError for a record that is none."""
    entries = () if record is None else record["notes"]
    return tuple(Note(**{**entry, "at": datetime.fromisoformat(entry["at"])}) for entry in entries)


def state_of(notes: Iterable[Note]) -> str:
    """What tells notes from the same ones a moment later: another when one is written, settled or removed."""
    return fingerprint([[note.id, note.settled] for note in notes])


def add_note(
    repository: Repository,
    snapshot: RoundSnapshot,
    cluster_code: str,
    page: Page,
    typed: str,
    *,
    writer: Writer,
    now: datetime,
    new_id: str,
) -> None:
    """Keep a note. What one sitting sends twice, as after a lost answer, is kept once.

    Raises DomainError: no_note, long_note, many_notes, round_closed, already_submitted, unknown_cluster.
    """
    snapshot.cluster(cluster_code)
    text = text_of(typed)
    if not text:
        raise DomainError("no_note")
    if len(text) > LONGEST_NOTE:
        raise DomainError("long_note", most=str(LONGEST_NOTE))
    refuse_late(repository, snapshot.round, cluster_code, now)
    note = Note(new_id, page.key, text, writer.language, writer.name, writer.sitting, now)

    def change(notes: tuple[Note, ...]) -> tuple[Note, ...]:
        if read_response(repository, snapshot.round.id, cluster_code).status == "submitted":
            raise DomainError("already_submitted")
        here = [other for other in notes if other.page == page.key]
        if any((other.text, other.sitting, other.settled) == (text, writer.sitting, False) for other in here):
            return notes
        if len(here) >= MOST_NOTES:
            raise DomainError("many_notes", most=str(MOST_NOTES))
        return (*notes, note)

    _change(repository, snapshot.round.id, cluster_code, change)


def mark_note(repository: Repository, round_id: str, cluster_code: str, note_id: str, *, settled: bool) -> None:
    """Mark a note as settled, or as open again; one that is gone stays gone."""
    _change(
        repository,
        round_id,
        cluster_code,
        lambda notes: tuple(replace(note, settled=settled) if note.id == note_id else note for note in notes),
    )


def remove_note(repository: Repository, round_id: str, cluster_code: str, note_id: str) -> None:
    """Remove a note for good; once removed, it may be removed again."""
    _change(repository, round_id, cluster_code, lambda notes: tuple(note for note in notes if note.id != note_id))


def _change(
    repository: Repository,
    round_id: str,
    cluster_code: str,
    change: Callable[[tuple[Note, ...]], tuple[Note, ...]],
) -> None:
    def changed(record: Record | None) -> Record:
        return {"notes": [_entry(note) for note in change(notes_from(record))]}

    repository.update(place(round_id, NOTES), cluster_code, changed)


def _entry(note: Note) -> dict[str, Any]:
    return {**asdict(note), "at": note.at.isoformat()}
