"""The second factor of an account that signs in with a password: codes of an app, each for half a minute (TOTP).

A record at (second_factors,), <name of the account>: the secret that the app has, too; whether a code has confirmed it;
the half minute of the last code that was taken, so that none is taken twice; digests of recovery codes not used yet.
"""

import hmac
from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from pyotp import TOTP, random_base32

from survey.collection.errors import DomainError
from survey.collection.people.form_secrets import bytes_of_form, is_just_given
from survey.storage.repository import Repository

SECOND_FACTORS = ("second_factors",)
STEP = 30
"""Seconds for which a code holds. The one before and the one after are taken, too: clocks differ."""
RECOVERY_CODES = 10
RECOVERY_BYTES = 14
"""Of a recovery code: with 112 bits a plain hash is enough, says OWASP ASVS 5.0 (6.5.2)."""
ISSUER = "Myfyrio"


def has_second_factor(repository: Repository, name: str) -> bool:
    """Whether an account needs a code to sign in."""
    record = repository.read(SECOND_FACTORS, name)
    return record is not None and record["confirmed"] is True


def are_in_use(repository: Repository) -> bool:
    """Whether any account has begun to use codes."""
    return bool(repository.keys(SECOND_FACTORS))


def begin_second_factor(repository: Repository, name: str) -> None:
    """Keep a secret that no code has confirmed yet, in place of one before. Raises DomainError("factor_there")."""

    def change(record: dict[str, Any] | None) -> dict[str, Any]:
        if record and record["confirmed"]:
            raise DomainError("factor_there")
        return {"secret": random_base32(), "confirmed": False, "last_step": 0, "recovery": []}

    repository.update(SECOND_FACTORS, name, change)


def unconfirmed_secret(repository: Repository, name: str) -> str | None:
    """The secret to put into an app; None when there is none, or it has been confirmed and is shown no more."""
    record = repository.read(SECOND_FACTORS, name)
    return str(record["secret"]) if record and not record["confirmed"] else None


def address_for_app(name: str, secret: str) -> str:
    """What the QR code says to an app."""
    return TOTP(secret, name=name, issuer=ISSUER).provisioning_uri()


def recovery_codes_of_form(repository: Repository, keys: Sequence[bytes], name: str, form: str) -> list[str]:
    """Codes for the day on which the app is gone, that a form gives an account: with the secret, of these,
    that made those which it has, or with the first."""
    record = repository.read(SECOND_FACTORS, name)
    given = record["recovery"] if record else []
    made = [_recovery_codes(key, name, form) for key in keys]
    return next((codes for codes in made if [_digest(code) for code in codes] == given), made[0])


def confirm_second_factor(
    repository: Repository, name: str, code: str, recovery_codes: Sequence[str], now: datetime
) -> bool:
    """From now on the account needs a code. Whether that is new: sent again a moment later, with the same recovery
    codes, it stays so. Raises DomainError: factor_there, factor_not_begun, wrong_factor_code."""
    digests, is_new = [_digest(recovery) for recovery in recovery_codes], True

    def change(record: dict[str, Any] | None) -> dict[str, Any]:
        nonlocal is_new
        if record is None:
            raise DomainError("factor_not_begun")
        is_new = not record["confirmed"]
        if not is_new and record["recovery"] == digests and is_just_given(_last_taken(record), now):
            return record
        if not is_new:
            raise DomainError("factor_there")
        return {**_taken(record, _plain(code), now), "confirmed": True, "recovery": digests}

    repository.update(SECOND_FACTORS, name, change)
    return is_new


def take_code(repository: Repository, name: str, code: str, now: datetime) -> None:
    """Use up a code of the app, or a recovery code. Raises DomainError("wrong_factor_code"), for a used one too."""

    def change(record: dict[str, Any] | None) -> dict[str, Any]:
        if record is None:
            raise DomainError("wrong_factor_code")
        plain = _plain(code)
        left = [digest for digest in record["recovery"] if not hmac.compare_digest(digest, _digest(plain))]
        return {**record, "recovery": left} if len(left) < len(record["recovery"]) else _taken(record, plain, now)

    repository.update(SECOND_FACTORS, name, change)


def remove_second_factor(repository: Repository, name: str) -> bool:
    """Let an account sign in without a code until it begins anew. False when it had none."""
    return repository.delete(SECOND_FACTORS, name)


def _recovery_codes(key: bytes, name: str, form: str) -> list[str]:
    whose = [f"{name}\n{number}" for number in range(RECOVERY_CODES)]
    return [bytes_of_form(key, "recovery code", each, form)[:RECOVERY_BYTES].hex() for each in whose]


def _last_taken(record: dict[str, Any]) -> datetime:
    return datetime.fromtimestamp(record["last_step"] * STEP, UTC)


def _taken(record: dict[str, Any], code: str, now: datetime) -> dict[str, Any]:
    current = int(now.timestamp()) // STEP
    for step in (current - 1, current, current + 1):
        if step > record["last_step"] and hmac.compare_digest(TOTP(record["secret"]).at(step * STEP), code):
            return {**record, "last_step": step}
    raise DomainError("wrong_factor_code")


def _plain(code: str) -> str:
    """A code without the spaces and hyphens with which people type and apps show it."""
    return "".join(code.split()).replace("-", "").lower().encode("ascii", "ignore").decode()


def _digest(code: str) -> str:
    return sha256(code.encode()).hexdigest()
