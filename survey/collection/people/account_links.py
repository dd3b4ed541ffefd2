"""One-time links by which people choose the password of their account themselves: their first one, or a new one.

An account has one link at most: a new one takes the place of the one before. Of its secret only a digest is kept, as a
record at (account_links,), <name of the account>. Looking at a link changes nothing; choosing a password uses it up.
Whoever hands it out decides how: a page shows it once, a command prints it, an e-mail may hold it.
"""

import hmac
import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from survey.collection.errors import DomainError
from survey.collection.people.accounts import Account, hash_of, is_account_name, keep_hash, read_account
from survey.collection.people.form_secrets import is_just_given, token_of_form
from survey.storage.repository import Repository

ACCOUNT_LINKS = ("account_links",)
LASTS = timedelta(days=7)


def new_token() -> str:
    """A secret of 256 random bits for a link."""
    return secrets.token_urlsafe(32)


def make_link(repository: Repository, name: str, token: str, now: datetime, shown_at: datetime | None = None) -> bool:
    """Keep a link for an account, in place of any earlier. Whether it is new: one made a moment ago stays as it is.

    `shown_at` is when whoever asks has seen the account. Raises DomainError: unknown_account, disabled_account,
    given_link_changed (another was made since, or this one was used or is old: such a one never comes back).
    """
    account = read_account(repository, name)
    if account is None:
        raise DomainError("unknown_account", account=name)
    if account.disabled:
        raise DomainError("disabled_account", account=name)
    is_new = True

    def change(record: dict[str, Any] | None) -> dict[str, Any]:
        nonlocal is_new
        is_new = not is_given_again(record, token, now, shown_at)
        made = {"digest": digest_of(token), "made_at": now.isoformat(), "used_at": None}
        return made if is_new or record is None else record

    repository.update(ACCOUNT_LINKS, name, change)
    return is_new


def token_of_account(repository: Repository, keys: Sequence[bytes], name: str, by: str, form: str) -> str:
    """The secret of a link of an account, which a form of whoever makes it gives: with the key, of these, that made the
    one which it has, or with the first."""
    record = repository.read(ACCOUNT_LINKS, name) if is_account_name(name) else None
    return given_token(record, keys, "invitation", f"{name}\n{by}", form)


def was_just_made(repository: Repository, name: str, token: str, now: datetime) -> bool:
    """Whether this is the secret of an account’s link, made a moment ago and not used."""
    return _was_just_made(repository.read(ACCOUNT_LINKS, name), token, now)


def link_since(repository: Repository, name: str, now: datetime) -> datetime | None:
    """When the link of an account was made that still opens something, and that another one would end; None without."""
    record = repository.read(ACCOUNT_LINKS, name)
    made_at = datetime.fromisoformat(record["made_at"]) if record and not record["used_at"] else None
    return made_at if made_at and now < made_at + LASTS else None


def given_token(record: Mapping[str, Any] | None, keys: Sequence[bytes], what: str, whose: str, form: str) -> str:
    """The secret that a form gives: with the key, of these, that made the one of a record, or with the first."""
    tokens = [token_of_form(key, what, whose, form) for key in keys]
    return next((token for token in tokens if record and record["digest"] == digest_of(token)), tokens[0])


def is_given_again(
    record: Mapping[str, Any] | None, token: str, now: datetime, shown_at: datetime | None = None
) -> bool:
    """Whether the link of a record is this one, given a moment ago by the same form.

    Raises DomainError("given_link_changed") if it is this one but used or old, or was made after the form was shown.
    """
    if record is None:
        return False
    if _was_just_made(record, token, now):
        return True
    is_this = hmac.compare_digest(record["digest"], digest_of(token))
    if is_this or (shown_at and datetime.fromisoformat(record["made_at"]) > shown_at):
        raise DomainError("given_link_changed")
    return False


def _was_just_made(record: Mapping[str, Any] | None, token: str, now: datetime) -> bool:
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
