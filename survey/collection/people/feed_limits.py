"""How often a consumer may take the feed, counted in our own storage, so by all processes together.

A record at (feed_limits,), <consumer>: {used, since}. So many requests may come at once; they run off one by one.
"""

from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import Any

from survey.storage.repository import Place, Repository

FEED_LIMITS: Place = ("feed_limits",)


@dataclass(frozen=True, slots=True)
class Pace:
    """`burst` requests may come at once, then so many a second."""

    burst: int
    per_second: float

    def wait(self, repository: Repository, consumer: str, now: datetime) -> int:
        """The seconds that a consumer has to wait before asking; 0, and counted, if none."""
        seconds = 0

        def change(record: dict[str, Any] | None) -> dict[str, Any]:
            nonlocal seconds
            used, since = (record["used"], datetime.fromisoformat(record["since"])) if record else (0.0, now)
            left = max(0.0, used - max(0.0, (now - since).total_seconds()) * self.per_second)
            is_free = left <= self.burst - 1
            # Nobody is counted beyond the burst, so as long as one takes to run off makes room for one more.
            seconds = 0 if is_free else ceil(1 / self.per_second)
            return {"used": left + 1 if is_free else left, "since": now.isoformat()}

        repository.update(FEED_LIMITS, consumer, change)
        return seconds
