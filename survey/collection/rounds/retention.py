"""Until when a round is kept, and which rounds are past that day.

    (rounds, <round>), retention     {until, by, reason, at}

Without the record nobody has settled it yet. The day that is suggested is that of the privacy page.
"""

from dataclasses import dataclass
from datetime import date, datetime

from survey.collection.errors import DomainError
from survey.collection.rounds.round import Round, place, read_round
from survey.languages import LANGUAGES, in_uk, language
from survey.storage.repository import Record, Repository, Unreadable

RETENTION = "retention"
YEARS = {"cluster": 7, "anonymous": 3}
"""How many years after its close a round is kept, by who answers it, as the privacy page says."""


@dataclass(frozen=True, slots=True)
class Retention:
    """Until which day a round is kept, that day too; who settled it, why if otherwise than suggested, and when."""

    until: date
    by: str
    reason: str
    at: datetime

    @property
    def version(self) -> str:
        """What tells it from others of the round."""
        return f"{self.until.isoformat()} {self.at.isoformat()}"

    def is_over(self, now: datetime) -> bool:
        """Whether the day has passed, by the clocks of the United Kingdom."""
        return self.until < in_uk(now).date()


def suggested_day(current: Round, respondent: str) -> date | None:
    """Until when a closed round is kept where nobody says otherwise; None while it is not closed."""
    if current.status != "closed" or current.closes is None:
        return None
    closed = in_uk(current.closes).date()
    # 29 February has no anniversary in most years.
    day = min(closed.day, 28) if closed.month == 2 else closed.day
    return closed.replace(year=closed.year + YEARS[respondent], day=day)


def keep_until(
    repository: Repository,
    round_id: str,
    until: date,
    *,
    suggested: date | None,
    by: str,
    reason: str,
    now: datetime,
    shown: str | None = None,
) -> Retention:
    """Settle until when a closed round is kept; a later word takes the place of an earlier one. What is
    settled so already stays as it is. `shown` is the version, if any, that whoever asks has seen.

    Raises DomainError: unknown_round, not_closed, retention_reason (another day than suggested needs one),
    retention_past (a day that has passed already), retention_changed.
    """
    current = read_round(repository, round_id)
    if current.status != "closed":
        raise DomainError("not_closed", round=round_id)
    if until < in_uk(now).date():
        raise DomainError("retention_past")
    if until != suggested and not reason.strip():
        raise DomainError("retention_reason")
    wanted = {"until": until.isoformat(), "by": by, "reason": reason.strip(), "at": now.isoformat()}

    def change(record: Record | None) -> Record:
        settled = retention_from(round_id, record) if record else None
        if record and settled and (settled.until, settled.reason) == (until, reason.strip()):
            return record
        if shown is not None and shown != (settled.version if settled else ""):
            raise DomainError("retention_changed")
        return wanted

    return retention_from(round_id, repository.update(place(round_id), RETENTION, change))


def read_retention(repository: Repository, round_id: str) -> Retention | None:
    """Until when a round is kept; None where nobody has settled it. Raises Unreadable."""
    record = repository.read(place(round_id), RETENTION)
    return None if record is None else retention_from(round_id, record)


def refuse_undue(repository: Repository, round_id: str, now: datetime) -> Retention:
    """The retention of a round whose day has passed. Raises DomainError: unknown_round, not_settled, not_due."""
    read_round(repository, round_id)
    retention = read_retention(repository, round_id)
    if retention is None:
        raise DomainError("not_settled", round=round_id)
    if not retention.is_over(now):
        days = {code: language(code).date(retention.until) for code in LANGUAGES}
        raise DomainError("not_due", round=round_id, **days)
    return retention


def retention_from(round_id: str, record: Record) -> Retention:
    """A retention from its record. Raises Unreadable for a record that is none."""
    try:
        at = datetime.fromisoformat(record["at"])
        return Retention(date.fromisoformat(record["until"]), str(record["by"]), str(record["reason"]), at)
    except (KeyError, TypeError, ValueError):
        raise Unreadable(place(round_id), RETENTION, "the record is not that of a retention") from None
