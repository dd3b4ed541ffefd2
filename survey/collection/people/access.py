"""How people are let in to answer: a cluster by its access code, everybody who works there by a link.

A code is twelve letters and digits that are hard to confuse, in threes of four: about 56 random bits, so that a
keyed hash suffices and guessing is hopeless: with 180 codes in use and a thousand guesses a second, which is more than
the service answers, finding one takes ten thousand years. So failed tries are not slowed down, and nobody can
keep others out by them. Only that hash is kept; a code can be revoked and issued anew. A record at (rounds, <round>,
access), <cluster>: cluster, hash, issued, issued_at, and `by_link` where one-time links (`sign_in_links.py`) let the
cluster in without a code; `secret` is the mark of the secret that the hash is keyed with, the oldest where there is
none.

A link leads to an anonymous round, one for each cluster. It is no secret, it hangs on the wall; its token is kept as it
is, so that a poster can be printed again. It is long enough that nobody hits the link of another cluster by chance. A
record at (rounds, <round>, links), <token>: cluster, revoked.
"""

import hmac
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from survey.collection.errors import DomainError
from survey.collection.people.form_secrets import is_just_given
from survey.collection.rounds.round import Round, place, read_round, readable_rounds, round_ids
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.storage.key_ring import mark_of
from survey.storage.repository import BadKey, Record, Repository, Unreadable

ALPHABET = "23456789BCDFGHJKMNPQRTVWX"
LENGTH = 12
ACCESS, LINKS = "access", "links"
KIND = "access code"

Choose = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class AccessGrant:
    """What an access code opens. `issued` counts the codes that the cluster has been given in the round, and how often
    links began to let it in without one."""

    round: str
    cluster: str
    issued: int = 0


@dataclass(frozen=True, slots=True)
class IssuedCode:
    """What is known of a cluster’s code: since when it has one, None without; `version` tells it from others."""

    version: str
    since: datetime | None


@dataclass(frozen=True, slots=True)
class AccessLink:
    """Where a link leads."""

    token: str
    round: str
    cluster: str


def new_code(choose: Choose) -> str:
    """A new code, as it is printed: `K7QT-9WXM-3FBD`. `choose` picks one character at random, securely."""
    characters = "".join(choose(ALPHABET) for _ in range(LENGTH))
    return "-".join(characters[start : start + 4] for start in range(0, LENGTH, 4))


def code_of_form(secret: bytes, round_id: str, cluster_code: str, form: str) -> str:
    """The code that a form gives a cluster: as good as a random one, and the same however often the form is sent."""
    digest = hmac.digest(secret, f"code of a form\n{round_id}\n{cluster_code}\n{form}".encode(), "sha512")
    # Bytes from the last, incomplete run of the alphabet are left out, so that every character is as likely.
    even = (byte for byte in digest if byte < 256 - 256 % len(ALPHABET))
    return new_code(lambda alphabet: alphabet[next(even) % len(alphabet)])


def normalised(typed: str) -> str:
    """A code as typed, without blanks and hyphens, in capitals."""
    return "".join(character for character in typed.upper() if character.isalnum())


def issue_code(
    repository: Repository,
    secret: bytes,
    round_id: str,
    cluster_code: str,
    code: str,
    now: datetime,
    shown: str | None = None,
) -> bool:
    """Make this the cluster's one code. The code it had, if any, opens nothing from now on, nor do links made under it.
    Whether it is new: one that it has been given a moment ago stays as it is.

    `shown` is the version of its code that whoever asks has seen. Raises DomainError("code_changed").
    """
    hashed, is_new = code_hash(secret, KIND, code), True

    def change(record: dict[str, Any] | None) -> dict[str, Any]:
        nonlocal is_new
        is_new = not _was_just_given(record, hashed, now)
        if record is not None and not is_new:
            return record
        if shown not in (None, _code_in(record).version):
            raise DomainError("code_changed")
        # A first code takes the place of none, so it ends no link and nobody’s sign-in by one.
        is_first = record is not None and record["hash"] is None and _is_open(record)
        issued = (record["issued"] if record else 0) + (0 if is_first else 1)
        made = {"hash": hashed, "secret": mark_of(secret), "issued_at": now.isoformat()}
        return {"cluster": cluster_code, "issued": issued, **made}

    repository.update(place(round_id, ACCESS), cluster_code, change)
    return is_new


def secret_of_form(repository: Repository, keys: Sequence[bytes], round_id: str, cluster_code: str, form: str) -> bytes:
    """The secret, of these, with which a form has given a cluster the code that it has; the first if with none."""
    record = repository.read(place(round_id, ACCESS), cluster_code)
    given = str(record["hash"]) if record else ""
    of_form = {code_hash(key, KIND, code_of_form(key, round_id, cluster_code, form)): key for key in keys}
    return of_form.get(given, keys[0])


def let_in_by_link(repository: Repository, round_id: str, cluster_code: str, now: datetime) -> int:
    """Let links open what the cluster's code opens, though it may have none. Returns `issued` as a grant holds it."""

    def change(record: dict[str, Any] | None) -> dict[str, Any]:
        if record is not None and _is_open(record):
            return record
        issued = (record["issued"] if record else 0) + 1
        of_link = {"issued": issued, "issued_at": now.isoformat(), "by_link": True}
        return {"cluster": cluster_code, "hash": None, **of_link}

    return int(repository.update(place(round_id, ACCESS), cluster_code, change)["issued"])


def revoke_code(repository: Repository, round_id: str, cluster_code: str) -> bool:
    """Make the cluster's code and its links open nothing. Returns whether there was anything that did."""
    record = repository.read(place(round_id, ACCESS), cluster_code)
    if record is None or not _is_open(record):
        return False

    def change(record: dict[str, Any] | None) -> dict[str, Any]:
        # How many there have been is kept: who signed in with this one must not pass for the holder of the next.
        return {**(record or {}), "hash": None, "by_link": False}

    repository.update(place(round_id, ACCESS), cluster_code, change)
    return True


def code_of(repository: Repository, round_id: str, cluster_code: str) -> IssuedCode:
    """What is known of a cluster’s code: all but the code."""
    return _code_in(repository.read(place(round_id, ACCESS), cluster_code))


def has_code(repository: Repository, round_id: str, cluster_code: str) -> bool:
    """Whether a code has been issued to the cluster and not revoked."""
    return code_of(repository, round_id, cluster_code).since is not None


def ways_in(repository: Repository, round_id: str) -> tuple[set[str], set[str]]:
    """The clusters that have a code, and those without one that links let in. Raises Unreadable."""
    by_code: set[str] = set()
    by_link: set[str] = set()
    for cluster_code, record in repository.read_all(place(round_id, ACCESS)):
        if isinstance(record, Unreadable):
            raise record
        if _is_open(record):
            (by_link if record["hash"] is None else by_code).add(cluster_code)
    return by_code, by_link


def still_opens(repository: Repository, entry: AccessGrant) -> bool:
    """Whether what somebody signed in with still opens the cluster's response: not revoked, its code not replaced."""
    record = repository.read(place(entry.round, ACCESS), entry.cluster)
    return record is not None and _is_open(record) and record["issued"] == entry.issued


def _code_in(record: Record | None) -> IssuedCode:
    if record is None:
        return IssuedCode("0", None)
    since = datetime.fromisoformat(record["issued_at"]) if record["hash"] is not None else None
    return IssuedCode(f"{record['issued']}.{record['issued_at']}", since)


def _was_just_given(record: Record | None, hashed: str, now: datetime) -> bool:
    if record is None or record["hash"] != hashed:
        return False
    return is_just_given(datetime.fromisoformat(record["issued_at"]), now)


def _is_open(record: Record) -> bool:
    return record["hash"] is not None or record.get("by_link", False)


def open_with(repository: Repository, secret: bytes, typed: str, *, demonstration: bool) -> AccessGrant:
    """What a typed code opens, in any round that has been opened, closed ones included.

    Demonstration codes open only rounds of the demonstration, and only where `demonstration` is on.
    Raises DomainError("wrong_code"), and Unreadable when it may be a code that can no longer be read.
    """
    # Looking the hash up tells nothing by its timing: it is keyed, so nobody outside can choose or guess one.
    hashed = code_hash(secret, KIND, typed)
    rounds, faults = readable_rounds(repository)
    for current in reversed(rounds):
        if current.status == "draft" or (current.demonstration and not demonstration):
            continue
        for cluster_code, record in repository.find(place(current.id, ACCESS), hash=hashed):
            if isinstance(record, Unreadable):
                faults.append(record)
            else:
                return AccessGrant(current.id, cluster_code, record["issued"])
    raise faults[0] if faults else DomainError("wrong_code")


def code_hash(secret: bytes, kind: str, code: str) -> str:
    """The keyed hash of a code, as typed. The same code is something else for every kind (“access code”)."""
    return hmac.new(secret, f"{kind}\n{normalised(code)}".encode(), "sha256").hexdigest()


def new_token(choose: Choose) -> str:
    """A new token, as it stands in an address: `k7qt-9wxm-3fbd`. `choose` picks one character at random, securely."""
    return new_code(choose).lower()


def issue_links(repository: Repository, snapshot: RoundSnapshot, choose: Choose) -> dict[str, str]:
    """The token of every cluster of a round, by cluster code; those that have none are given one.

    Raises DomainError("only_by_code") when the questionnaire is not anonymous.
    """
    if snapshot.questionnaire.respondent != "anonymous":
        raise DomainError("only_by_code", round=snapshot.round.id)
    tokens = links_of(repository, snapshot.round.id)
    for cluster in snapshot.clusters.clusters:
        if cluster.code not in tokens:
            tokens[cluster.code] = new_token(choose)
            store_link(repository, snapshot.round.id, cluster.code, tokens[cluster.code])
    return {cluster.code: tokens[cluster.code] for cluster in snapshot.clusters.clusters}


def store_link(repository: Repository, round_id: str, cluster_code: str, token: str) -> None:
    """Let a token lead to a cluster's survey."""
    repository.write(place(round_id, LINKS), token, {"cluster": cluster_code, "revoked": False})


def links_of(repository: Repository, round_id: str) -> dict[str, str]:
    """The tokens that lead somewhere, by cluster code."""
    return {
        record["cluster"]: token
        for token, record in repository.find(place(round_id, LINKS), revoked=False)
        if not isinstance(record, Unreadable)
    }


def revoke_link(repository: Repository, round_id: str, cluster_code: str) -> bool:
    """Make the cluster's link lead nowhere. Returns whether there was one."""
    token = links_of(repository, round_id).get(cluster_code)
    if token is None:
        return False
    repository.write(place(round_id, LINKS), token, {"cluster": cluster_code, "revoked": True})
    return True


def follow(repository: Repository, token: str, *, demonstration: bool) -> AccessLink:
    """Where a link leads, in any round that has been opened, closed ones included.

    Those of the demonstration lead somewhere only where `demonstration` is on. Raises DomainError("unknown_link"), and
    Unreadable when it may be a link that can no longer be read.
    """
    token = token.lower()
    faults: list[Unreadable] = []
    ids = round_ids(repository)
    try:
        repository.read_ahead([(place(round_id, LINKS), token) for round_id in ids])
    except BadKey:
        ids = []
    for round_id in ids:
        try:
            record = repository.read(place(round_id, LINKS), token)
        except BadKey:
            break
        except Unreadable as fault:
            faults.append(fault)
            continue
        if record is None or record["revoked"]:
            continue
        if read_round(repository, round_id).demonstration and not demonstration:
            break
        return AccessLink(token, round_id, record["cluster"])
    raise faults[0] if faults else DomainError("unknown_link")


def refuse_posters_when_over(of_round: Round, now: datetime) -> None:
    """Raises DomainError("posters_over") for a round that takes no answers any more. One that opens later has some."""
    if of_round.status == "closed" or (of_round.closes is not None and of_round.closes <= now):
        raise DomainError("posters_over", round=of_round.id)
