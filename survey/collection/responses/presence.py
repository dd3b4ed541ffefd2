"""Who has a page of a cluster's reflection open just now, for its colleagues.

    (rounds, <round>, presence), <cluster>    sitting → {name, page, at}

It is worth nothing after a minute, and what is older goes with the next note.
"""

from datetime import datetime, timedelta
from typing import Any

from survey.collection.responses.response import Writer
from survey.collection.rounds.round import place
from survey.storage.repository import Record, Repository

PRESENT = timedelta(minutes=1)
"""So long after a page was last heard of, nobody is taken to be on it any more."""
MOST_PRESENT = 50


def note_presence(
    repository: Repository, round_id: str, cluster_code: str, writer: Writer, page_key: str, now: datetime
) -> list[str]:
    """Note that somebody is on a page. Returns the names of the others on it, empty for those who gave none."""
    own = {"name": writer.name, "page": page_key, "at": now.isoformat()}

    def change(record: Record | None) -> Record:
        others = {sitting: seen for sitting, seen in _present(record, now).items() if sitting != writer.sitting}
        return {**dict(sorted(others.items(), key=lambda other: other[1]["at"])[-MOST_PRESENT:]), writer.sitting: own}

    present = repository.update(place(round_id, "presence"), cluster_code, change)
    return [seen["name"] for sitting, seen in present.items() if sitting != writer.sitting and seen["page"] == page_key]


def _present(record: Record | None, now: datetime) -> dict[str, Any]:
    return {
        sitting: seen
        for sitting, seen in (record or {}).items()
        if abs(now - datetime.fromisoformat(seen["at"])) < PRESENT
    }
