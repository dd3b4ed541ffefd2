"""Access codes: how a cluster signs in. Only a keyed hash is kept; a code can be revoked and issued anew.

A code is twelve letters and digits that are hard to confuse, in threes of four: about 56 random bits, so that a
keyed hash suffices and guessing is hopeless even before failed tries are slowed down.
"""

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from survey.collection.refusals import Refused
from survey.collection.repository import Repository
from survey.collection.rounds import place, read_rounds

ALPHABET = "23456789BCDFGHJKMNPQRTVWX"
LENGTH = 12
ACCESS = "access"

Choose = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Entry:
    """What an access code opens."""

    round: str
    cluster: str


def new_code(choose: Choose) -> str:
    """A new code, as it is printed: `K7QT-9WXM-3FBD`. `choose` picks one character at random, securely."""
    characters = "".join(choose(ALPHABET) for _ in range(LENGTH))
    return "-".join(characters[start : start + 4] for start in range(0, LENGTH, 4))


def normalised(typed: str) -> str:
    """A code as typed, without blanks and hyphens, in capitals."""
    return "".join(character for character in typed.upper() if character.isalnum())


def keep_code(
    repository: Repository, secret: bytes, round_id: str, cluster_code: str, code: str, now: datetime
) -> None:
    """Make this the cluster's one code. The code it had, if any, opens nothing from now on."""

    def change(record: dict[str, Any] | None) -> dict[str, Any]:
        issued = (record["issued"] if record else 0) + 1
        return {"cluster": cluster_code, "hash": _hash(secret, code), "issued": issued, "issued_at": now.isoformat()}

    repository.update(place(round_id, ACCESS), cluster_code, change)


def revoke_code(repository: Repository, round_id: str, cluster_code: str) -> bool:
    """Make the cluster's code open nothing. Returns whether there was one."""
    return repository.delete(place(round_id, ACCESS), cluster_code)


def has_code(repository: Repository, round_id: str, cluster_code: str) -> bool:
    """Whether a code has been issued to the cluster and not revoked."""
    return repository.read(place(round_id, ACCESS), cluster_code) is not None


def open_with(repository: Repository, secret: bytes, typed: str, *, demonstration: bool) -> Entry:
    """What a typed code opens, in any round that has been opened, closed ones included.

    Demonstration codes open only rounds of the demonstration, and only where `demonstration` is on.
    Raises Refused("wrong_code"). Takes the same time whichever code it is.
    """
    wanted = _hash(secret, typed)
    found: Entry | None = None
    for kept in read_rounds(repository):
        if kept.status == "draft" or (kept.demonstration and not demonstration):
            continue
        for cluster_code in repository.keys(place(kept.id, ACCESS)):
            record = repository.read(place(kept.id, ACCESS), cluster_code)
            if record and hmac.compare_digest(record["hash"], wanted):
                found = Entry(kept.id, cluster_code)
    if found is None:
        raise Refused("wrong_code")
    return found


def _hash(secret: bytes, code: str) -> str:
    return hmac.new(secret, b"access code\n" + normalised(code).encode(), "sha256").hexdigest()
