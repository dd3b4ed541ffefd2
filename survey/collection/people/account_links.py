"""One-time links by which people choose the password of their account themselves: their first one, or a new one.

An account has one link at most: a new one takes the place of the one before. Of its secret only a digest is kept, as a
record at (account_links,), <name of the account>. Looking at a link changes nothing; choosing a password uses it up.
Whoever hands it out decides how: a page shows it once, a command prints it, an e-mail may hold it.
"""

import hmac
import secrets
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from survey.collection.errors import DomainError
from survey.collection.people.accounts import Account, hash_of, is_account_name, keep_hash, read_account
from survey.collection.people.given_by_form import is_just_given, token_of_form
from survey.storage.repository import Repository

ACCOUNT_LINKS = ("account_links",)
LASTS = timedelta(days=7)


def new_token() -> str:
    """A secret of 256 random bits for a link."""
    return secrets.token_urlsafe(32)


def make_link(repository: Repository, name: str, token: str, now: datetime) -> None:
    """Keep a link for an account, in place of any earlier. Raises DomainError: unknown_account, disabled_account."""
    account = read_account(repository, name)
    if account is None:
        raise DomainError("unknown_account", account=name)
    if account.disabled:
        raise DomainError("disabled_account", account=name)
    record = {"digest": digest_of(token), "made_at": now.isoformat(), "used_at": None}
    repository.write(ACCOUNT_LINKS, name, record)


def token_of_invitation(repository: Repository, keys: Sequence[bytes], name: str, by: str, form: str) -> str:
    """The secret of the first link of an account, which a form of whoever invites its owner gives: with the key, of
    these, that made the one which it has, or with the first."""
    tokens = [token_of_form(key, "invitation", f"{name}\n{by}", form) for key in keys]
    record = repository.read(ACCOUNT_LINKS, name) if is_account_name(name) else None
    return next((token for token in tokens if record and record["digest"] == digest_of(token)), tokens[0])


def was_just_made(repository: Repository, name: str, token: str, now: datetime) -> bool:
    """Whether this is the secret of an account’s link, made a moment ago and not used."""
    record = repository.read(ACCOUNT_LINKS, name)
    if record is None or record["used_at"] or not hmac.compare_digest(record["digest"], digest_of(token)):
        return False
    return is_just_given(datetime.fromisoformat(record["made_at"]), now)


def linked_account(repository: Repository, name: str, token: str, now: datetime) -> Account:
    """The account that a link is for. Raises DomainError: link_unknown, link_used, link_over."""
    account = read_account(repository, name)
    record = repository.read(ACCOUNT_LINKS, name) if account else None
    _check(record, token, now)
    if account is None or account.disabled:
        raise DomainError("link_unknown")
    return account


def take_link(repository: Repository, name: str, token: str, password: str, now: datetime) -> Account:
    """Give the account of a link its password, which uses the link up; where it is signed in, it is signed out.

    Raises DomainError: those of `linked_account` and of `hash_of`; then the link is as it was.
    """
    linked_account(repository, name, token, now)
    hashed = hash_of(password)
    # Used up first: whoever is killed in between asks for another, and nobody uses one twice.
    repository.update(ACCOUNT_LINKS, name, _used(token, now))
    return keep_hash(repository, name, hashed)


def _used(token: str, now: datetime) -> Callable[[dict[str, Any] | None], dict[str, Any]]:
    def change(record: dict[str, Any] | None) -> dict[str, Any]:
        return {**_check(record, token, now), "used_at": now.isoformat()}

    return change


def _check(record: dict[str, Any] | None, token: str, now: datetime) -> dict[str, Any]:
    if record is None or not hmac.compare_digest(record["digest"], digest_of(token)):
        raise DomainError("link_unknown")
    if record["used_at"]:
        raise DomainError("link_used")
    if now - datetime.fromisoformat(record["made_at"]) >= LASTS:
        raise DomainError("link_over")
    return record


def digest_of(token: str) -> str:
    """What is kept of the secret of a link, which cannot be had from it."""
    return sha256(token.encode()).hexdigest()
