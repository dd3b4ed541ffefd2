"""How often the feed may be asked for, by a consumer or from an address without a key.

It is counted in our own storage, so by all processes together.

    (feed_limits,), <consumer>       {used, since}. So many requests may come at once; they run off one by one.
    (feed_limits,), _<share>         the same of all addresses of a share

No address is kept: it falls into one of a few thousand shares by a keyed hash, which changes every day. So what is kept
never grows, and tells nobody apart.
"""

import hmac
from dataclasses import dataclass
from datetime import date, datetime
from math import ceil
from typing import Any

from survey.storage.repository import Place, Repository

FEED_LIMITS: Place = ("feed_limits",)
SHARES = 4096


class _TooMany(Exception):
    """What has been used leaves no room, so nothing is written."""


@dataclass(frozen=True, slots=True)
class Pace:
    """`burst` requests may come at once, then so many a second."""

    burst: int
    per_second: float

    def wait(self, repository: Repository, who: str, now: datetime) -> int:
        """The seconds that a consumer, or a share of addresses, has to wait before asking; 0, and counted, if none."""

        def change(record: dict[str, Any] | None) -> dict[str, Any]:
            used, since = (record["used"], datetime.fromisoformat(record["since"])) if record else (0.0, now)
            left = max(0.0, used - max(0.0, (now - since).total_seconds()) * self.per_second)
            if left > self.burst - 1:
                raise _TooMany
            return {"used": left + 1, "since": now.isoformat()}

        try:
            repository.update(FEED_LIMITS, who, change)
        except _TooMany:
            # Nobody is counted beyond the burst, so as long as one takes to run off makes room for one more.
            return ceil(1 / self.per_second)
        return 0


def share_of(secret: bytes, address: str, day: date) -> str:
    """The share that an address falls into on a day, named as no consumer can be."""
    hashed = hmac.digest(secret, f"feed without a key\n{day}\n{address}".encode(), "sha256")
    return f"_{int.from_bytes(hashed[:4]) % SHARES:03x}"
