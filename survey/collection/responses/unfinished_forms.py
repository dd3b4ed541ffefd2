"""What somebody sent for a page and has to go on with, because not all of it could be kept, until she has.

    (rounds, <round>, unfinished), <cluster>    id → {page, fields, at, place}

`place` says where the form stands: its endpoint and what is in its address; what was held before 2026-11 has none.

It is no part of the response, and worth nothing after a day; what is older goes with the next one, or by `data purge`.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from survey.collection.rounds.round import place
from survey.storage.repository import Record, Repository, Unreadable

UNFINISHED = "unfinished"
LASTS = timedelta(days=1)
MOST_UNFINISHED = 20
"""Of one cluster, the latest."""

Fields = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Form:
    """What was sent: the key and the question page it was sent for, where its form stands, when."""

    key: str
    page_key: str
    endpoint: str
    values: Mapping[str, Any]
    fields: Fields
    at: datetime


def hold(repository: Repository, round_id: str, cluster_code: str, form: Form) -> None:
    """Hold a form, in the place of what was held under its key."""
    key, now = form.key, form.at
    held = {
        "page": form.page_key,
        "fields": [[name, value] for name, value in form.fields],
        "at": now.isoformat(),
        "place": [form.endpoint, dict(form.values)],
    }

    def change(record: Record | None) -> Record:
        others = {
            other: entry
            for other, entry in (record or {}).items()
            if other != key and abs(now - datetime.fromisoformat(entry["at"])) < LASTS
        }
        return {**dict(sorted(others.items(), key=_since)[1 - MOST_UNFINISHED :]), key: held}

    repository.update(place(round_id, UNFINISHED), cluster_code, change)


def held(repository: Repository, round_id: str, cluster_code: str, key: str, page_key: str) -> Fields | None:
    """The fields that are held under a key for a page; None when there are none any more."""
    entry = (repository.read(place(round_id, UNFINISHED), cluster_code) or {}).get(key)
    if entry is None or entry["page"] != page_key:
        return None
    return _fields(entry)


def waiting(repository: Repository, round_id: str, cluster_code: str, now: datetime) -> list[Form]:
    """What is held and worth something, oldest first."""
    forms = [
        _form(key, entry)
        for key, entry in sorted((repository.read(place(round_id, UNFINISHED), cluster_code) or {}).items(), key=_since)
        if "place" in entry
    ]
    return [form for form in forms if now - form.at < LASTS]


def _since(held_form: tuple[str, Record]) -> str:
    return str(held_form[1]["at"])


def _form(key: str, entry: Record) -> Form:
    endpoint, values = entry["place"]
    at = datetime.fromisoformat(entry["at"])
    return Form(key, entry["page"], endpoint, values, _fields(entry), at)


def _fields(entry: Record) -> Fields:
    return [(name, value) for name, value in entry["fields"]]


def stale_unfinished(repository: Repository, round_ids: Collection[str], now: datetime) -> list[tuple[str, str, str]]:
    """What is worth nothing any more: its round, its cluster and its key."""
    return [
        (round_id, cluster_code, key)
        for round_id in round_ids
        for cluster_code, record in repository.read_all(place(round_id, UNFINISHED))
        if not isinstance(record, Unreadable)
        for key, entry in record.items()
        if now - datetime.fromisoformat(entry["at"]) >= LASTS
    ]


def let_go(repository: Repository, round_id: str, cluster_code: str, key: str) -> None:
    """Hold what is under this key no longer."""

    def change(record: Record | None) -> Record:
        return {other: entry for other, entry in (record or {}).items() if other != key}

    repository.update(place(round_id, UNFINISHED), cluster_code, change)
