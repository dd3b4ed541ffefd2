"""What somebody sent for a page and has to go on with, because not all of it could be kept, until she has.

    (rounds, <round>, unfinished), <cluster>    id → {page, fields, at}

It is no part of the response, and worth nothing after a day; what is older goes with the next one, or by `data purge`.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from survey.collection.rounds.round import place
from survey.storage.repository import Record, Repository, Unreadable

UNFINISHED = "unfinished"
LASTS = timedelta(days=1)
MOST_UNFINISHED = 20
"""Of one cluster, the latest."""

Fields = Sequence[tuple[str, str]]


def hold(
    repository: Repository, round_id: str, cluster_code: str, key: str, page_key: str, fields: Fields, now: datetime
) -> None:
    """Hold the fields of a form, in the place of what was held under this key."""
    held = {"page": page_key, "fields": [[name, value] for name, value in fields], "at": now.isoformat()}

    def change(record: Record | None) -> Record:
        others = {
            other: entry
            for other, entry in (record or {}).items()
            if other != key and abs(now - datetime.fromisoformat(entry["at"])) < LASTS
        }
        return {**dict(list(others.items())[1 - MOST_UNFINISHED :]), key: held}

    repository.update(place(round_id, UNFINISHED), cluster_code, change)


def held(repository: Repository, round_id: str, cluster_code: str, key: str, page_key: str) -> Fields | None:
    """The fields that are held under a key for a page; None when there are none any more."""
    entry = (repository.read(place(round_id, UNFINISHED), cluster_code) or {}).get(key)
    if entry is None or entry["page"] != page_key:
        return None
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
