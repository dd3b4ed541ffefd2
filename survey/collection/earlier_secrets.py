"""What was made with a secret that has been replaced: known as before, made anew when it is used, given up in the end.

Access codes and resume codes are hashed with the newest secret as soon as somebody types one. What nobody has typed
needs the secret that it was made with, and so do the meeting packs that are out of the house.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from survey.collection.errors import DomainError
from survey.collection.people.access import ACCESS, KIND, AccessGrant, code_hash, open_with, revoke_code
from survey.collection.responses.anonymous_drafts import resume, resumes_of, store_resume_code
from survey.collection.rounds.round import Round, place, readable_rounds
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.storage.key_ring import KeyRing
from survey.storage.repository import Record, Repository, Unreadable

A_DAY = timedelta(days=1)
"""How long at least a secret that was replaced is kept: sign-ins and forms that were begun with it are over then."""


Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class StillNeeded:
    """What would be lost with the earlier secrets: sign-ins until a moment, the codes of (round, cluster), so many
    codes to go on with, by round, and the meeting packs of rounds that were open already."""

    signed_in_until: datetime | None
    codes: tuple[tuple[str, str], ...]
    resume_codes: dict[str, int]
    rounds_with_packs: tuple[str, ...]

    @property
    def is_nothing(self) -> bool:
        """Whether they can go."""
        return not (self.signed_in_until or self.codes or self.resume_codes or self.rounds_with_packs)


def opened_by_code(repository: Repository, ring: KeyRing, typed: str, *, demonstration: bool) -> AccessGrant:
    """What a typed code opens, as `open_with`, whichever secret it was made with; from now on it is of the newest."""
    grant, key = _known(ring, lambda key: open_with(repository, key, typed, demonstration=demonstration), "wrong_code")
    if key != ring.newest.key:

        def change(record: Record | None) -> Record:
            if record is None or record["hash"] != code_hash(key, KIND, typed):
                raise DomainError("wrong_code")
            return {**record, "hash": code_hash(ring.newest.key, KIND, typed), "secret": ring.newest.mark}

        repository.update(place(grant.round, ACCESS), grant.cluster, change)
    return grant


def resumed_by_code(
    repository: Repository, snapshot: RoundSnapshot, ring: KeyRing, cluster_code: str, typed: str, now: datetime
) -> str:
    """The id of the draft that a code leads to, as `resume`, whichever secret it was made with; from now on it is of
    the newest."""
    draft_id, key = _known(
        ring, lambda key: resume(repository, snapshot, key, cluster_code, typed, now), "wrong_resume_code"
    )
    if key != ring.newest.key:
        store_resume_code(repository, snapshot, ring.newest.key, draft_id, typed, now, ring.mark)
    return draft_id


def still_needed(repository: Repository, ring: KeyRing, now: datetime, session: timedelta) -> StillNeeded:
    """What would be lost if the secrets before the newest went now; a sign-in lasts as long as `session`."""
    kept_at = ring.newest.kept_at
    if kept_at is None:
        return StillNeeded(None, (), {}, ())
    until = kept_at + max(session, A_DAY)
    going_on = [current for current in readable_rounds(repository)[0] if current.status != "closed"]
    resume_codes = {current.id: len(list(_resume_codes(repository, ring, current))) for current in going_on}
    return StillNeeded(
        until if now < until else None,
        tuple((current.id, cluster) for current in going_on for cluster in _codes(repository, ring, current)),
        {round_id: number for round_id, number in resume_codes.items() if number},
        tuple(current.id for current in going_on if _may_have_packs(repository, current, kept_at)),
    )


def of_another_secret(repository: Repository, ring: KeyRing) -> dict[str, int]:
    """How many codes were made with a secret that is none of these, by round: they let nobody in.

    A code that does not say with which it was made is not counted.
    """
    counted = {}
    for current in readable_rounds(repository)[0]:
        records = [record for _, record in repository.read_all(place(current.id, ACCESS))]
        records += [record for _, record in repository.read_all(resumes_of(current.id))]
        number = sum(not isinstance(record, Unreadable) and _is_strange(record, ring) for record in records)
        if number:
            counted[current.id] = number
    return counted


def drop_earlier(repository: Repository, now: datetime) -> list[tuple[str, str]]:
    """Forget the secrets before the newest. The codes that nobody can use any more are revoked: whose they were, by
    round and cluster.

    Raises DomainError: no_earlier_secret, secret_too_new (some process may still sign with the one before).
    """

    def change(ring: KeyRing) -> KeyRing:
        if len(ring.secrets) == 1:
            raise DomainError("no_earlier_secret")
        if ring.signing(now) != ring.newest:
            raise DomainError("secret_too_new")
        return ring.without_earlier()

    ring = repository.key_ring()
    repository.change_key_ring(change)
    revoked = []
    for current in readable_rounds(repository)[0]:
        for cluster in list(_codes(repository, ring, current)):
            revoke_code(repository, current.id, cluster)
            revoked.append((current.id, cluster))
        for key in list(_resume_codes(repository, ring, current)):
            repository.delete(resumes_of(current.id), key)
    return revoked


def _known(ring: KeyRing, look: Callable[[bytes], Found], unknown: str) -> tuple[Found, bytes]:
    """What is found with the first secret with which anything is, and that. Raises DomainError."""
    *earlier, last = ring.keys
    for key in earlier:
        try:
            return look(key), key
        except DomainError as refused:
            if refused.code != unknown:
                raise
    return look(last), last


def _codes(repository: Repository, ring: KeyRing, of_round: Round) -> Iterator[str]:
    """The clusters whose codes were made with an earlier secret."""
    for cluster, record in repository.read_all(place(of_round.id, ACCESS)):
        if not isinstance(record, Unreadable) and record["hash"] is not None and _is_of_earlier(record, ring):
            yield cluster


def _resume_codes(repository: Repository, ring: KeyRing, of_round: Round) -> Iterator[str]:
    """The keys of the codes to go on with that were made with an earlier secret."""
    for key, record in repository.read_all(resumes_of(of_round.id)):
        if not isinstance(record, Unreadable) and _is_of_earlier(record, ring):
            yield key


def _is_of_earlier(record: Record, ring: KeyRing) -> bool:
    return ring.made_with(record.get("secret")) != ring.newest


def _is_strange(record: Record, ring: KeyRing) -> bool:
    is_revoked = "hash" in record and record["hash"] is None
    return not is_revoked and ring.made_with(record.get("secret")) is None


def _may_have_packs(repository: Repository, of_round: Round, kept_at: datetime) -> bool:
    """Whether packs of a round may be out of the house that were sealed before a moment. Clusters alone have some."""
    was_open = of_round.status == "open" and (of_round.opens is None or of_round.opens < kept_at)
    return was_open and bool(repository.keys(place(of_round.id, ACCESS)))
