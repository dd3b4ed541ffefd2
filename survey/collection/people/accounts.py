"""Accounts of the people who run the service, with a role and, for a health board team, its board; and who did what:
an append-only log, kept apart from the answers."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from survey.collection.errors import DomainError
from survey.collection.people.held_lists import let_list_go
from survey.collection.people.permissions import ROLES, Role, may
from survey.collection.people.poor_passwords import is_poor
from survey.storage.repository import Repository, Unreadable

ACCOUNTS = ("accounts",)
LOG, EVENTS = ("log",), "events"
LEAST_PASSWORD, MOST_PASSWORD = 12, 200
_NAME = re.compile(r"(?!.*\.\.)[a-z0-9][a-z0-9.-]{0,59}")
_hasher = PasswordHasher()


@dataclass(frozen=True, slots=True)
class Account:
    """An account. `generation` grows when its sign-ins must end: a new password, or disabling."""

    name: str
    role: Role
    health_board: str | None
    password_hash: str
    disabled: bool = False
    generation: int = 1
    demonstration: bool = False
    added_at: str = ""


def add_account(
    repository: Repository,
    name: str,
    role: str,
    health_board: str | None,
    password: str | None,
    now: datetime,
    *,
    demonstration: bool = False,
) -> Account:
    """Keep a new account; without a password nobody can sign in with one. Raises DomainError for a bad name, role,
    board or password, or a name that is taken."""
    if not is_account_name(name):
        raise DomainError("bad_account_name", account=name)
    known = _role(role, health_board)
    hashed, moment = hash_of(password) if password is not None else "", now.isoformat()
    account = Account(name, known, health_board, hashed, demonstration=demonstration, added_at=moment)
    if not repository.create(ACCOUNTS, name, asdict(account)):
        raise DomainError("account_exists", account=name)
    return account


def is_account_name(name: str) -> bool:
    """Whether a text may be the name of an account."""
    return _NAME.fullmatch(name) is not None


def read_account(repository: Repository, name: str) -> Account | None:
    record = repository.read(ACCOUNTS, name) if is_account_name(name) else None
    return Account(**record) if record else None


def readable_accounts(repository: Repository) -> tuple[list[Account], list[Unreadable]]:
    """The accounts that can be read, by name, and what is wrong with the others."""
    records = [record for _, record in repository.read_all(ACCOUNTS)]
    unreadable = [record for record in records if isinstance(record, Unreadable)]
    return [Account(**record) for record in records if not isinstance(record, Unreadable)], unreadable


def account_allowed(repository: Repository, name: str, action: str) -> Account | None:
    """The account with this name, if its role may do an action; None when it may not, cannot sign in, or is none."""
    account = read_account(repository, name)
    return account if account and not account.disabled and may(account.role, action) else None


def sign_in(repository: Repository, name: str, password: str, *, demonstration: bool) -> Account:
    """The account that name and password open. Raises DomainError("wrong_password"), after the same work either way."""
    account = read_account(repository, name.strip().lower())
    hashed = account.password_hash if account else ""
    fitting = _verifies(hashed or _hash_of_nobody(), password) and hashed != ""
    if account is None or not fitting or account.disabled or (account.demonstration and not demonstration):
        raise DomainError("wrong_password")
    return account


def set_password(repository: Repository, name: str, password: str) -> Account:
    """Give an account a new password; where it is signed in, it is signed out. Raises DomainError."""
    return keep_hash(repository, name, hash_of(password))


def keep_hash(repository: Repository, name: str, hashed: str) -> Account:
    """The same with what `hash_of` gave."""
    return _change(repository, name, lambda account: replace(account, password_hash=hashed))


def set_role(
    repository: Repository, name: str, role: str, health_board: str | None, seen: int | None = None
) -> Account:
    """Give an account another role or health board, and sign it out; one that has both already stays as it is. Raises
    DomainError: unknown_role, board_needed, unknown_account, and account_changed when it is not in the generation that
    somebody has `seen`."""
    known = _role(role, health_board)

    def change(account: Account) -> Account:
        if (account.role, account.health_board) == (known, health_board):
            return account
        if seen not in (None, account.generation):
            raise DomainError("account_changed", account=name)
        return replace(account, role=known, health_board=health_board)

    return _change(repository, name, change)


def disable(repository: Repository, name: str) -> Account:
    """Let an account sign in no more, and sign it out; a list that it was about to keep goes. Raises
    DomainError("unknown_account")."""
    account = _change(repository, name, lambda account: replace(account, disabled=True))
    let_list_go(repository, name)
    return account


def enable(repository: Repository, name: str) -> Account:
    """Let a disabled account sign in again, with the password it had. Raises DomainError("unknown_account")."""
    return _change(repository, name, lambda account: replace(account, disabled=False))


def note(repository: Repository, now: datetime, who: str, what: str, **details: str) -> None:
    """Keep one line: `who` is an account name, "command line" or "clock"; `what` a stable code."""
    repository.append(LOG, EVENTS, {"at": now.isoformat(), "who": who, "what": what, **details})


def _role(role: str, health_board: str | None) -> Role:
    known = next((known for known in ROLES if known == role), None)
    if known is None:
        raise DomainError("unknown_role", role=role)
    if (role == "health_board") != (health_board is not None):
        raise DomainError("board_needed")
    return known


def _change(repository: Repository, name: str, change: Callable[[Account], Account]) -> Account:
    def change_record(record: dict[str, Any] | None) -> dict[str, Any]:
        if record is None:
            raise DomainError("unknown_account", account=name)
        account = Account(**record)
        changed = change(account)
        return record if changed == account else asdict(replace(changed, generation=account.generation + 1))

    if read_account(repository, name) is None:
        raise DomainError("unknown_account", account=name)
    return Account(**repository.update(ACCOUNTS, name, change_record))


def hash_of(password: str) -> str:
    """What is kept of a password. Raises DomainError: weak_password, poor_password, long_password."""
    refuse_bad_password(password)
    return _hasher.hash(_normalised(password))


def refuse_bad_password(password: str) -> None:
    """Raises DomainError: weak_password, poor_password, long_password."""
    password = _normalised(password)
    if len(password) < LEAST_PASSWORD:
        raise DomainError("weak_password", least=str(LEAST_PASSWORD))
    if len(password) > MOST_PASSWORD:
        raise DomainError("long_password", most=str(MOST_PASSWORD))
    if is_poor(password):
        raise DomainError("poor_password")


def _normalised(password: str) -> str:
    """Keyboards differ in how they send ŵ: as one character, or as w and a circumflex."""
    return unicodedata.normalize("NFC", password)


@cache
def _hash_of_nobody() -> str:
    return _hasher.hash("there is no account with this name")


def _verifies(hashed: str, password: str) -> bool:
    try:
        return _hasher.verify(hashed, _normalised(password)[: MOST_PASSWORD + 1])
    except (VerificationError, InvalidHashError):
        return False
