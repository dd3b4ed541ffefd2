"""Keys of those who take the feed of indicators: one for each consumer, made, listed and revoked by the national team.

A record at (feed_keys,), <name of the consumer>: {digest, made_at, made_by, revoked_at}. Of a key only a digest is
kept. A revoked one stays in the list, and its name can be given a new key.
"""

import hmac
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from survey.collection.errors import DomainError
from survey.storage.repository import Repository, Unreadable

FEED_KEYS = ("feed_keys",)
WHO = "feed:"
"""Before the name of a consumer, where the log says who took the feed."""
_NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")


@dataclass(frozen=True, slots=True)
class FeedKey:
    """The key of a consumer, without what opens anything."""

    name: str
    made_at: datetime
    made_by: str
    revoked_at: datetime | None


def new_key() -> str:
    """A key of 256 random bits."""
    return f"myfyrio_{secrets.token_urlsafe(32)}"


def make_feed_key(repository: Repository, name: str, key: str, by: str, now: datetime) -> None:
    """Keep a key for a consumer. Raises DomainError: bad_consumer_name, consumer_exists (it has a key already)."""
    if not _NAME.fullmatch(name):
        raise DomainError("bad_consumer_name", given=name)

    def change(record: dict[str, Any] | None) -> dict[str, Any]:
        if record and not record["revoked_at"]:
            raise DomainError("consumer_exists", given=name)
        return {"digest": _digest(key), "made_at": now.isoformat(), "made_by": by, "revoked_at": None}

    repository.update(FEED_KEYS, name, change)


def revoke_feed_key(repository: Repository, name: str, now: datetime) -> None:
    """Let a key open nothing any more. Raises DomainError("unknown_consumer"), of a revoked one too."""

    def change(record: dict[str, Any] | None) -> dict[str, Any]:
        if record is None or record["revoked_at"]:
            raise DomainError("unknown_consumer", given=name)
        return {**record, "revoked_at": now.isoformat()}

    if not _NAME.fullmatch(name):
        raise DomainError("unknown_consumer", given=name)
    repository.update(FEED_KEYS, name, change)


def read_feed_keys(repository: Repository) -> list[FeedKey]:
    """All keys, by the name of the consumer. Raises Unreadable."""
    return [key for key, _ in _kept(repository)]


def consumer_of(repository: Repository, key: str) -> str | None:
    """The name of the consumer that a key is of; None for a key that is unknown or revoked. Raises Unreadable."""
    given = _digest(key)
    # Every one is compared, so that how long it takes tells nothing.
    found = [kept for kept, digest in _kept(repository) if hmac.compare_digest(digest, given)]
    return next((kept.name for kept in found if not kept.revoked_at), None)


def _kept(repository: Repository) -> Iterator[tuple[FeedKey, str]]:
    for name, record in repository.read_all(FEED_KEYS):
        if isinstance(record, Unreadable):
            raise record
        revoked_at = datetime.fromisoformat(record["revoked_at"]) if record["revoked_at"] else None
        kept = FeedKey(name, datetime.fromisoformat(record["made_at"]), record["made_by"], revoked_at)
        yield kept, str(record["digest"])


def _digest(key: str) -> str:
    return sha256(key.encode()).hexdigest()
