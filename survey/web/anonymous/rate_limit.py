"""A limit for scripts that begin answers by the thousand. It slows down and never locks out.

It acts where somebody begins or enters a code, before anything is typed; whoever has begun can always go on and submit.
`BURST` may begin at once from one network address with one link, then one a second: a whole practice behind one
address never notices. No address is kept: each is turned into a keyed hash at once, the key is random, lives in the
memory of the process and changes every day, and with it everything that was counted goes.
"""

import hmac
import secrets
import threading
from datetime import date, datetime

BURST = 120
PER_SECOND = 1.0
MOST = 10_000
"""Subjects that are remembered at most; beyond that all are forgotten, in favour of people."""


class RateLimiter:
    """What has been begun lately in this process, by hashed address and link."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._day: date | None = None
        self._key = b""
        self._used: dict[bytes, tuple[float, datetime]] = {}

    def wait(self, address: str, link: str, now: datetime) -> int:
        """The seconds that somebody at an address has to wait before beginning with a link; 0, and counted, if none."""
        with self._lock:
            if self._day != now.date() or len(self._used) > MOST:
                self._day, self._key, self._used = now.date(), secrets.token_bytes(32), {}
            subject = hmac.digest(self._key, f"{address}\n{link}".encode(), "sha256")
            used, since = self._used.get(subject, (0.0, now))
            used = max(0.0, used - max(0.0, (now - since).total_seconds()) * PER_SECOND)
            if used > BURST - 1:
                self._used[subject] = (used, now)
                return max(1, round((used - BURST + 1) / PER_SECOND))
            self._used[subject] = (used + 1, now)
            return 0
