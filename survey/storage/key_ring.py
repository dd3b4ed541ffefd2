"""The secrets that are kept with the data: the one in use and those before it, which are still believed.

Everything that is hashed or signed for somebody is made with the newest. What was made with an earlier one goes on
being known, until the operator drops it: so a secret can be replaced without anybody being signed out.
"""

import hmac
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

SPREADS_IN = timedelta(minutes=2)
"""How long after it was kept a new secret signs first: by then every process has read it (`REREAD`)."""
REREAD = timedelta(seconds=30)
"""After how long a process looks whether there is another."""
_SECRET = re.compile(r"[0-9a-f]{64}")
_DIGITS = 8


@dataclass(frozen=True, slots=True)
class Secret:
    """64 hexadecimal digits. `kept_at` is when they took the place of others; None of those that were never before."""

    text: str
    kept_at: datetime | None = None

    @property
    def key(self) -> bytes:
        """What is hashed with."""
        return self.text.encode()

    @property
    def mark(self) -> str:
        """By which a record says that it was made with this secret; it tells nothing of it."""
        return mark_of(self.key)


@dataclass(frozen=True, slots=True)
class KeyRing:
    """The secrets in the order in which they came, one at least."""

    secrets: tuple[Secret, ...]

    @property
    def newest(self) -> Secret:
        """The secret with which codes are hashed and packs sealed."""
        return self.secrets[-1]

    @property
    def keys(self) -> Sequence[bytes]:
        """What a hash or a seal may have been made with, the newest first."""
        return tuple(secret.key for secret in reversed(self.secrets))

    def signing(self, now: datetime) -> Secret:
        """The secret with which sessions are signed: the newest that all processes know by now."""
        known = [secret for secret in self.secrets[1:] if secret.kept_at and secret.kept_at + SPREADS_IN <= now]
        return known[-1] if known else self.secrets[0]

    def made_with(self, mark: str | None) -> Secret | None:
        """The secret that a record names; without a mark it is the oldest. None when that has been dropped."""
        if mark is None:
            return self.secrets[0]
        return next((secret for secret in self.secrets if secret.mark == mark), None)

    @property
    def mark(self) -> str | None:
        """What a record that is made now says of its secret: nothing while there is one only."""
        return self.newest.mark if len(self.secrets) > 1 else None

    def rotated(self, now: datetime) -> "KeyRing":
        """With another secret, random, in front of all others."""
        return KeyRing((*self.secrets, Secret(secrets.token_hex(32), now)))

    def without_earlier(self) -> "KeyRing":
        """With the newest alone."""
        return KeyRing((Secret(self.newest.text),))


def mark_of(key: bytes) -> str:
    """As `Secret.mark`."""
    return hmac.new(key, b"which secret", "sha256").hexdigest()[:_DIGITS]


def new_ring() -> KeyRing:
    """A ring with one secret, random."""
    return KeyRing((Secret(secrets.token_hex(32)),))


def text_of(ring: KeyRing) -> str:
    """A line for each secret, the oldest first, with the moment when it came if there was one before it."""
    return "\n".join(
        f"{secret.text} {secret.kept_at.isoformat()}" if secret.kept_at else secret.text for secret in ring.secrets
    )


def ring_of(text: str) -> KeyRing:
    """Raises ValueError for anything that `text_of` does not write."""
    ring_secrets = []
    for line in text.split("\n"):
        secret, _, moment = line.partition(" ")
        if not _SECRET.fullmatch(secret):
            raise ValueError("it does not hold 64 hexadecimal digits")
        ring_secrets.append(Secret(secret, datetime.fromisoformat(moment) if moment else None))
    ring = KeyRing(tuple(ring_secrets))
    timed = [secret.kept_at for secret in ring.secrets[1:]]
    if text != text_of(ring) or ring.secrets[0].kept_at or not all(at and at.tzinfo for at in timed):
        raise ValueError("its lines are not those of secrets and when they came")
    return ring
