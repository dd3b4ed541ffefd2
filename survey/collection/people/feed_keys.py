"""Keys of those who take the feed of indicators: one for each consumer, made, listed and revoked by the national team.

A record at (feed_keys,), <name of the consumer>: {digest, made_at, made_by, revoked_at}. Of a key only a digest is
kept. A revoked one stays in the list, and its name can be given a new key.
"""

import hmac
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from survey.collection.errors import DomainError
from survey.collection.people.account_links import digest_of, new_token
from survey.collection.people.form_secrets import is_just_given, token_of_form
from survey.storage.repository import Record, Repository, Unreadable

FEED_KEYS = ("feed_keys",)
_PREFIX = "myfyrio_"
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
    return f"{_PREFIX}{new_token()}"


def key_of_form(repository: Repository, secrets: Sequence[bytes], name: str, by: str, form: str) -> str:
    """The key that a form of an account gives a consumer: with the secret, of these, that made the one which it has,
    or with the first."""
    keys = [_PREFIX + token_of_form(secret, "feed key", f"{name}\n{by}", form) for secret in secrets]
    record = repository.read(FEED_KEYS, name) if _NAME.fullmatch(name) else None
    return next((key for key in keys if record and record["digest"] == digest_of(key)), keys[0])


def make_feed_key(
    repository: Repository, name: str, key: str, by: str, now: datetime, shown_at: datetime | None = None
) -> bool:
    """Keep a key for a consumer. Whether it is new: one that it has been given a moment ago stays as it is.

    `shown_at` is when whoever asks has seen the keys. Raises DomainError: bad_consumer_name, consumer_exists (it has
    another key already), consumer_changed (a key of it has been revoked since: one that is revoked never comes back).
    """
    if not _NAME.fullmatch(name):
        raise DomainError("bad_consumer_name", given=name)
    is_new = True

    def change(record: Record | None) -> Record:
        nonlocal is_new
        is_new = record is None or not _was_just_made(record, key, now)
        if record is not None and not is_new:
            return record
        if record and not record["revoked_at"]:
            raise DomainError("consumer_exists", given=name)
        if record and shown_at and datetime.fromisoformat(record["revoked_at"]) > shown_at:
            raise DomainError("consumer_changed", given=name)
        return {"digest": digest_of(key), "made_at": now.isoformat(), "made_by": by, "revoked_at": None}

    repository.update(FEED_KEYS, name, change)
    return is_new


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
    given = digest_of(key)
    # Every one is compared, so that how long it takes tells nothing.
    keys = [kept for kept, digest in _kept(repository) if hmac.compare_digest(digest, given)]
    return next((kept.name for kept in keys if not kept.revoked_at), None)


def _was_just_made(record: Record, key: str, now: datetime) -> bool:
    is_same = not record["revoked_at"] and hmac.compare_digest(record["digest"], digest_of(key))
    return is_same and is_just_given(datetime.fromisoformat(record["made_at"]), now)


def _kept(repository: Repository) -> Iterator[tuple[FeedKey, str]]:
    for name, record in repository.read_all(FEED_KEYS):
        if isinstance(record, Unreadable):
            raise record
        revoked_at = datetime.fromisoformat(record["revoked_at"]) if record["revoked_at"] else None
        kept = FeedKey(name, datetime.fromisoformat(record["made_at"]), record["made_by"], revoked_at)
        yield kept, str(record["digest"])
