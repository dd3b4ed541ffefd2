"""The links by which people answer an anonymous round: one for each cluster, for everybody who works there.

A link is no secret, it hangs on the wall; its token is kept as it is, so that a poster can be printed again. It is
long enough that nobody hits the link of another cluster by chance. A record at (rounds, <round>, links), <token>:
cluster, revoked.
"""

from dataclasses import dataclass
from datetime import datetime

from survey.collection.errors import DomainError
from survey.collection.people.access_codes import Choose, new_code
from survey.collection.rounds.round import Round, place, read_round, round_ids
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.storage.repository import BadKey, Repository, Unreadable

LINKS = "links"


@dataclass(frozen=True, slots=True)
class Link:
    """Where a link leads."""

    token: str
    round: str
    cluster: str


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


def follow(repository: Repository, token: str, *, demonstration: bool) -> Link:
    """Where a link leads, in any round that has been opened, closed ones included.

    Those of the demonstration lead somewhere only where `demonstration` is on. Raises DomainError("unknown_link"), and
    Unreadable when it may be a link that can no longer be read.
    """
    token = token.lower()
    faults: list[Unreadable] = []
    for round_id in round_ids(repository):
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
        return Link(token, round_id, record["cluster"])
    raise faults[0] if faults else DomainError("unknown_link")


def refuse_posters_when_over(of_round: Round, now: datetime) -> None:
    """Raises DomainError("posters_over") for a round that takes no answers any more. One that opens later has some."""
    if of_round.status == "closed" or (of_round.closes is not None and of_round.closes <= now):
        raise DomainError("posters_over", round=of_round.id)
