"""One-time links by which a person of a cluster signs in without its access code.

A record at (rounds, <round>, sign_in_links), <key of the e-mail it is in, or of a cluster for one made by hand>:
digest of its secret, cluster, contact (empty for one made by hand), issued, made_at, used_at. Looking at a link changes
nothing, since programs that guard an inbox open every link in it; signing in uses it up. It opens nothing once it was
used, once it is over, once the cluster’s code was replaced or revoked, or once its contact was erased.
"""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from survey.collection.errors import DomainError
from survey.collection.people.access import AccessGrant, let_in_by_link, still_opens
from survey.collection.people.account_links import digest_of, new_token
from survey.collection.people.contacts import read_contact
from survey.collection.rounds.extensions import closing_time, takes_answers_of
from survey.collection.rounds.round import place, read_round, readable_rounds
from survey.storage.repository import Record, Repository, Unreadable

SIGN_IN_LINKS = "sign_in_links"
LASTS = timedelta(days=30)
BY_HAND = ""
"""The contact of a link that the national team made to hand it over itself."""


@dataclass(frozen=True, slots=True)
class SignInLink:
    """A link as it is kept, whether or not it still opens anything."""

    key: str
    round: str
    cluster: str
    contact: str
    issued: int
    made_at: datetime
    is_used: bool

    @property
    def grant(self) -> AccessGrant:
        """What it opens."""
        return AccessGrant(self.round, self.cluster, self.issued)


def make_sign_in_link(
    repository: Repository, round_id: str, cluster_code: str, contact: str, key: str, now: datetime
) -> str:
    """The secret of a new link for a contact, which takes the place of any earlier link under this key."""
    token = new_token()
    record = {
        "digest": digest_of(token),
        "cluster": cluster_code,
        "contact": contact,
        "issued": let_in_by_link(repository, round_id, cluster_code, now),
        "made_at": now.isoformat(),
        "used_at": None,
    }
    repository.write(place(round_id, SIGN_IN_LINKS), key, record)
    return token


def make_link_by_hand(repository: Repository, round_id: str, cluster_code: str, now: datetime) -> str:
    """The secret of a new link that goes to nobody by e-mail; a cluster has one such link at most."""
    return make_sign_in_link(repository, round_id, cluster_code, BY_HAND, f"by-hand.{cluster_code}", now)


def works_until(repository: Repository, round_id: str, cluster_code: str, made_at: datetime) -> datetime:
    """Until when a link can be used at most: for a number of days, and not after the cluster’s closing time."""
    closes = closing_time(repository, read_round(repository, round_id), cluster_code)
    return min(filter(None, (made_at + LASTS, closes)))


def known_link(repository: Repository, token: str, *, demonstration: bool) -> SignInLink:
    """The link with this secret, in any round that has been opened; it may be over or used.

    Raises DomainError("sign_in_link_unknown"), and Unreadable when it may be one that can no longer be read.
    """
    rounds, faults = readable_rounds(repository)
    for current in reversed(rounds):
        if current.status == "draft" or (current.demonstration and not demonstration):
            continue
        for key, record in repository.find(place(current.id, SIGN_IN_LINKS), digest=digest_of(token)):
            if isinstance(record, Unreadable):
                faults.append(record)
            else:
                return _link(current.id, key, record)
    raise faults[0] if faults else DomainError("sign_in_link_unknown")


def refuse_spent(repository: Repository, link: SignInLink, now: datetime) -> None:
    """Raises DomainError for a link that opens nothing: sign_in_link_used, sign_in_link_over, sign_in_link_ended."""
    if link.is_used:
        raise DomainError("sign_in_link_used")
    current = read_round(repository, link.round)
    is_late = current.is_over(now) and not takes_answers_of(repository, current, link.cluster, now)
    if is_late or now >= link.made_at + LASTS:
        raise DomainError("sign_in_link_over")
    if not still_opens(repository, link.grant) or not _has_its_contact(repository, link):
        raise DomainError("sign_in_link_ended")


def use_up(repository: Repository, link: SignInLink, token: str, now: datetime) -> AccessGrant:
    """What a link opens, which it does this once. Raises DomainError: those of `refuse_spent`, sign_in_link_unknown."""
    refuse_spent(repository, link, now)

    def change(record: Record | None) -> Record:
        if record is None or not hmac.compare_digest(record["digest"], digest_of(token)):
            raise DomainError("sign_in_link_unknown")
        if record["used_at"]:
            raise DomainError("sign_in_link_used")
        return {**record, "used_at": now.isoformat()}

    repository.update(place(link.round, SIGN_IN_LINKS), link.key, change)
    return link.grant


def _has_its_contact(repository: Repository, link: SignInLink) -> bool:
    return link.contact == BY_HAND or read_contact(repository, link.contact) is not None


def _link(round_id: str, key: str, record: Record) -> SignInLink:
    made_at = datetime.fromisoformat(record["made_at"])
    kept = (record["cluster"], record["contact"], record["issued"])
    return SignInLink(key, round_id, *kept, made_at, record["used_at"] is not None)
