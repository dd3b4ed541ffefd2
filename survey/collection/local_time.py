"""A date and a time of day as people write them, by the clocks of the United Kingdom."""

from datetime import UTC, date, datetime

from survey.collection.errors import DomainError
from survey.languages import UK

FORMAT = "%Y-%m-%d %H:%M"


def local_moment(written: str) -> datetime:
    """The moment in UTC, aware. Raises DomainError: not_a_time; no_such_time and time_twice for the hours that a change
    of the clocks leaves out or repeats.
    """
    try:
        # Exactly this form: strptime would also take 2026-9-1.
        local = datetime.strptime(written, FORMAT).replace(tzinfo=UK)
    except ValueError:
        raise DomainError("not_a_time", given=written) from None
    if local.strftime(FORMAT) != written:
        raise DomainError("not_a_time", given=written)
    moment = local.astimezone(UTC)
    if moment.astimezone(UK).replace(fold=0) != local:
        raise DomainError("no_such_time", given=written)
    if local.replace(fold=1).utcoffset() != local.utcoffset():
        raise DomainError("time_twice", given=written)
    return moment


def local_day(written: str) -> date:
    """The day that was written, with nothing around it. Raises DomainError("not_a_day")."""
    stripped = written.strip()
    try:
        day = date.fromisoformat(stripped)
    except ValueError:
        raise DomainError("not_a_day", given=written) from None
    # Exactly this form: Python would also take 20331130.
    if day.isoformat() != stripped:
        raise DomainError("not_a_day", given=written)
    return day
