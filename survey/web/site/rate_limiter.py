"""A brake on whoever asks too often: it slows scripts down, never locks out."""

import hmac
import secrets
import threading
from datetime import date, datetime
from math import ceil

MOST = 10_000
"""Subjects that are remembered at most; beyond that all are forgotten, in favour of people."""


class RateLimiter:
    """What has been asked lately in this process, by hashed address and by what it was asked of.

    `burst` may come at once from one network address, then so many a second. No address is kept: each is turned into a
    keyed hash at once, the key is random, lives in the memory of the process and changes every day, and with it
    everything that was counted goes.
    """

    def __init__(self, burst: int, per_second: float) -> None:
        self.burst = burst
        self.per_second = per_second
        self._lock = threading.Lock()
        self._day: date | None = None
        self._key = b""
        self._used: dict[bytes, tuple[float, datetime]] = {}

    def wait(self, address: str, what: str, now: datetime) -> int:
        """The seconds that somebody at an address has to wait before asking it; 0, and counted, if none."""
        with self._lock:
            if self._day != now.date() or len(self._used) > MOST:
                self._day, self._key, self._used = now.date(), secrets.token_bytes(32), {}
            subject = hmac.digest(self._key, f"{address}\n{what}".encode(), "sha256")
            used, since = self._used.get(subject, (0.0, now))
            used = max(0.0, used - max(0.0, (now - since).total_seconds()) * self.per_second)
            if used > self.burst - 1:
                self._used[subject] = (used, now)
                # Nobody is counted beyond the burst, so as long as it takes for one makes room for one more.
                return ceil(1 / self.per_second)
            self._used[subject] = (used + 1, now)
            return 0
