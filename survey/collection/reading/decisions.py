"""What the national team made of each text that it read: whether it may go out, as which words, under which themes.

    (rounds, <round>, reading), <key of the text>    {state, goes_out, themes, by, at, was: [{until, themes}]}

Free text of people waits: nothing exports it before somebody who is named has released it. What somebody wrote stays in
her response only; here is what goes out in its place, where that is not the same.
"""

from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal, get_args

from survey.collection.errors import DomainError
from survey.collection.people.accounts import account_allowed, note
from survey.collection.reading.texts import WrittenText, keys_ever, written_texts
from survey.collection.responses.merge import fingerprint
from survey.collection.rounds.round import place
from survey.collection.rounds.snapshot import RoundSnapshot, load_snapshot
from survey.storage.repository import Place, Record, Repository, Unreadable

ReadingState = Literal["waiting", "released", "withheld"]
STATES: tuple[ReadingState, ...] = get_args(ReadingState)
READING = "reading"


LONGEST_WORDS = 20_000
"""As long as any text may be in whose place they go out."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What somebody had before her: which decision, and which themes."""

    decision: str
    themes: frozenset[str]


@dataclass(frozen=True, slots=True)
class TextReading:
    """What was made of a text. `goes_out` is empty where the text itself would; `themes` are codes; `by` and `at` say
    who decided last, and when."""

    state: ReadingState = "waiting"
    goes_out: str = ""
    themes: frozenset[str] = frozenset()
    by: str = ""
    at: datetime | None = None

    @property
    def decision(self) -> str:
        """What tells its decision from any other; themes are no part of it."""
        return fingerprint([self.state, self.goes_out])

    @property
    def seen(self) -> Seen:
        """It, as somebody has it before her."""
        return Seen(self.decision, self.themes)


NOT_READ = TextReading()


def reading_of(round_id: str) -> Place:
    return place(round_id, READING)


def themes_at(record: Mapping[str, Any], moment: datetime | None) -> list[Any]:
    """What a record held as its themes at a moment, or holds now: of a text their codes, of a question the themes.

    A record that does not say what it was before is taken to have been so all the time.
    """
    for before in record.get("was", ()):
        if moment and moment < datetime.fromisoformat(before["until"]):
            return list(before["themes"])
    return list(record["themes"])


def with_history(record: Record, before: Record | None, now: datetime) -> Record:
    """A record that is to be kept, with the themes that were before it, and until when."""
    was = before.get("was", []) if before else [{"until": now.isoformat(), "themes": []}]
    if before and before["themes"] != record["themes"]:
        was = [*was, {"until": now.isoformat(), "themes": before["themes"]}]
    return {**record, "was": was}


def reading_from(record: Mapping[str, Any] | None, moment: datetime | None = None) -> TextReading:
    """A reading from its record, with the themes of a moment if one is given. Raises AttributeError, KeyError,
    TypeError, ValueError for a record that is none."""
    if record is None:
        return NOT_READ
    if record["state"] not in STATES:
        raise ValueError(record["state"])
    at = datetime.fromisoformat(record["at"]) if record["at"] else None
    themes = frozenset(themes_at(record, moment))
    return TextReading(record["state"], str(record["goes_out"]), themes, str(record["by"]), at)


def read_readings(repository: Repository, round_id: str, moment: datetime | None = None) -> dict[str, TextReading]:
    """What was made of the texts of a round, by key, with the themes of a moment if one is given. Raises Unreadable
    when any of it cannot be read."""
    readings: dict[str, TextReading] = {}
    for key, record in repository.read_all(reading_of(round_id)):
        if isinstance(record, Unreadable):
            raise record
        try:
            readings[key] = reading_from(record, moment)
        except (AttributeError, KeyError, TypeError, ValueError):
            raise Unreadable(reading_of(round_id), key, "the record is not that of a text that was read") from None
    return readings


def settle(
    repository: Repository, round_id: str, text: WrittenText, seen: Seen, wanted: TextReading, now: datetime
) -> None:
    """Keep what `wanted.by` made of a text, of which that account had `seen` what was kept. Twice is the same as once.

    Themes that two people add or take away at once are joined. Raises DomainError: reading_account_needed (it is not
    one of the national team that can sign in), nothing_goes_out (the text would be empty), long_words,
    decided_meanwhile (somebody else has decided otherwise since).
    """
    account = account_allowed(repository, wanted.by, "read_people")
    if account is None:
        raise DomainError("reading_account_needed")
    if wanted.state == "released" and not (wanted.goes_out or text.text).strip():
        raise DomainError("nothing_goes_out")
    if len(wanted.goes_out) > LONGEST_WORDS:
        raise DomainError("long_words", most=str(LONGEST_WORDS))

    def change(record: Record | None) -> Record:
        current = reading_from(record)
        themes = (current.themes | (wanted.themes - seen.themes)) - (seen.themes - wanted.themes)
        settled = replace(current, themes=themes)
        if wanted.decision not in (current.decision, seen.decision):
            if current.decision != seen.decision:
                raise DomainError("decided_meanwhile")
            settled = replace(wanted, themes=themes, by=account.name, at=now)
        if settled == current:
            raise _NothingDecided
        is_decided.append(settled.decision != current.decision)
        kept: Record = {
            "state": settled.state,
            "goes_out": settled.goes_out,
            "themes": sorted(settled.themes),
            "by": settled.by,
            "at": settled.at.isoformat() if settled.at else "",
        }
        return with_history(kept, record, now)

    is_decided: list[bool] = []
    try:
        repository.update(reading_of(round_id), text.key, change)
    except _NothingDecided:
        return
    if is_decided[-1]:
        note(repository, now, account.name, f"comment_{wanted.state}", round=round_id, comment=text.key)


def released_texts(repository: Repository, snapshot: RoundSnapshot) -> tuple[str, ...]:
    """The texts of people that may go out, as they go out. Raises DomainError("still_open"), Unreadable."""
    readings = read_readings(repository, snapshot.round.id)
    read = ((text, readings.get(text.key, NOT_READ)) for text in written_texts(repository, snapshot))
    return tuple(reading.goes_out or text.text for text, reading in read if reading.state == "released")


def stray_readings(repository: Repository, round_ids: Collection[str]) -> list[tuple[str, str]]:
    """What was made of texts that are there no more, by round and key. Of a round that cannot all be read, nothing."""
    strays: list[tuple[str, str]] = []
    for round_id in round_ids:
        # The keys are read first: a text that is submitted and read meanwhile is among the texts, then.
        readings = repository.keys(reading_of(round_id))
        if readings:
            with suppress(DomainError, Unreadable):
                texts = keys_ever(repository, load_snapshot(repository, round_id))
                strays += [(round_id, key) for key in readings if texts is not None and key not in texts]
    return strays


def drop_reading(repository: Repository, round_id: str, key: str) -> None:
    """Keep what was made of a text no longer."""
    repository.delete(reading_of(round_id), key)


class _NothingDecided(Exception):
    pass
