"""The accounts of those who sign in by a provider: which account is whose, made at the first sign-in.

A record at (provider_accounts,), <digest of issuer and subject>: the name of the account. Nobody is ever joined to an
account that is there already because the names are alike.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from itertools import count

from survey.collection.errors import DomainError
from survey.collection.people.accounts import Account, add_account, is_account_name, read_account, set_role
from survey.collection.people.permissions import Role
from survey.storage.repository import Repository, Unreadable

PROVIDER_ACCOUNTS = ("provider_accounts",)
LONGEST = 40


def account_of(
    repository: Repository,
    owner: tuple[str, str],
    called: str,
    role: Role,
    health_board: str | None,
    now: datetime,
) -> Account:
    """The account of an issuer’s subject, with the role and board that its groups give it now; a new one for whoever
    has none. Raises DomainError("disabled_account"), and then nothing has changed."""
    key = _key(owner)
    record = repository.read(PROVIDER_ACCOUNTS, key)
    account = read_account(repository, record["account"]) if record else None
    if account is None:
        account = _new_account(repository, called, role, health_board, now)
        repository.write(PROVIDER_ACCOUNTS, key, {"account": account.name})
    if account.disabled:
        raise DomainError("disabled_account", account=account.name)
    if (account.role, account.health_board) != (role, health_board):
        account = set_role(repository, account.name, role, health_board)
    return account


def account_name_of(repository: Repository, owner: tuple[str, str]) -> str | None:
    """The name of the account of an issuer’s subject; None for who has none."""
    record = repository.read(PROVIDER_ACCOUNTS, _key(owner))
    return str(record["account"]) if record else None


def names_by_provider(repository: Repository) -> frozenset[str]:
    """The names of the accounts that belong to somebody who signs in by a provider."""
    records = (record for _, record in repository.read_all(PROVIDER_ACCOUNTS))
    return frozenset(record["account"] for record in records if not isinstance(record, Unreadable))


def _key(owner: tuple[str, str]) -> str:
    return sha256("\n".join(owner).encode()).hexdigest()


def _new_account(repository: Repository, called: str, role: Role, health_board: str | None, now: datetime) -> Account:
    for name in _names(called):
        try:
            return add_account(repository, name, role, health_board, None, now)
        except DomainError as refused:
            if refused.code != "account_exists":
                raise
    raise AssertionError("names never end")


def _names(called: str) -> Iterator[str]:
    """“Gwen.Parry@nhs.example” is called gwen.parry; if somebody else is, gwen.parry-2."""
    plain = re.sub(r"[^a-z0-9]+", ".", called.partition("@")[0].lower()).strip(".")[:LONGEST].strip(".")
    name = plain if is_account_name(plain) else "account"
    yield name
    yield from (f"{name}-{number}" for number in count(2))
