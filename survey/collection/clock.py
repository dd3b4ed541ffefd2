"""Whether the clock may be trusted with deleting what its time is over for: not on the day on which it jumped.

A record at (clock,), “00”: `day`, the last one on which somebody looked, and `since`, the first of the days that led up
to it with no longer gap than `GAP`. Its file tells the day and never the hour.
"""

from datetime import date, datetime, timedelta

from survey.storage.repository import Record, Repository

CLOCK, KEY = ("clock",), "00"
GAP = timedelta(days=3)


def note_day(repository: Repository, now: datetime) -> None:
    """Note that this day has come. After a jump, ahead or back, what is over by the clock waits for the day after."""
    today = now.date()

    def change(record: Record | None) -> Record:
        since = record["since"] if record and _follows(record, today) else today.isoformat()
        return {"day": today.isoformat(), "since": since}

    record = repository.read(CLOCK, KEY)
    if record is None or record["day"] != today.isoformat():
        repository.update(CLOCK, KEY, change)


def is_steady(repository: Repository, now: datetime) -> bool:
    """Whether this day follows one that was noted before, with no jump between."""
    record, today = repository.read(CLOCK, KEY), now.date()
    return record is not None and _follows(record, today) and date.fromisoformat(record["since"]) < today


def _follows(record: Record, today: date) -> bool:
    return timedelta(0) <= today - date.fromisoformat(record["day"]) <= GAP
