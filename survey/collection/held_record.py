"""What somebody sent and is looking at before she keeps it: one record an account, worth nothing after a day.

{id, at, …}
"""

from datetime import datetime, timedelta

from survey.storage.repository import Place, Record, Repository

LASTS = timedelta(days=1)


def held_record(repository: Repository, place: Place, who: str, held_id: str, now: datetime) -> Record | None:
    """What is held of an account under an id; None when it was kept, or another has its place, or a day is over.

    Raises Unreadable.
    """
    record = repository.read(place, who)
    return None if record is None or record["id"] != held_id or is_over(record, now) else record


def is_over(record: Record, now: datetime) -> bool:
    """Whether its day is over."""
    return now - datetime.fromisoformat(record["at"]) >= LASTS
