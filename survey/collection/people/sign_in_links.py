"""One-time links by which a person of a cluster signs in without its access code.

A record at (rounds, <round>, sign_in_links), <key of the e-mail it is in, or of a cluster for one made by hand>:
digest of its secret, cluster, contact (empty for one made by hand), issued, made_at, used_at. Looking at a link changes
nothing, since programs that guard an inbox open every link in it; signing in uses it up. It goes on after the close,
for reading and for answering queries: whether answers are taken is asked when they are given. It opens nothing once it
was used, once it is over, once the cluster’s code was replaced or revoked, or once its contact was erased.
"""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from survey.collection.errors import DomainError
from survey.collection.people.access import AccessGrant, let_in_by_link, still_opens
from survey.collection.people.account_links import digest_of, given_token, is_given_again, new_token
from survey.collection.people.contacts import read_contact
from survey.collection.rounds.retention import read_retention
from survey.collection.rounds.round import place, read_round, readable_rounds
from survey.languages import LANGUAGES, UK, in_uk, language
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
    issued = let_in_by_link(repository, round_id, cluster_code, now)
    record = _record(token, cluster_code, contact, issued, now)
    repository.write(place(round_id, SIGN_IN_LINKS), key, record)
    return token


def make_link_by_hand(
    repository: Repository,
    round_id: str,
    cluster_code: str,
    token: str,
    now: datetime,
    shown_at: datetime | None = None,
) -> bool:
    """Keep a link that goes to nobody by e-mail; a cluster has one such link at most. Whether it is new: one made a
    moment ago stays as it is.

    `shown_at` is when whoever asks has seen the cluster. Raises DomainError("given_link_changed"): another was made
    since, or this one was used, ended, or is old: such a one never comes back.
    """
    links, key = place(round_id, SIGN_IN_LINKS), _by_hand(cluster_code)
    there = repository.read(links, key)
    if there and is_given_again(there, token, now, shown_at):
        if not still_opens(repository, AccessGrant(round_id, cluster_code, there["issued"])):
            raise DomainError("given_link_changed")
        return False
    issued = let_in_by_link(repository, round_id, cluster_code, now)
    is_new = True

    def change(record: Record | None) -> Record:
        nonlocal is_new
        is_new = not is_given_again(record, token, now, shown_at)
        return _record(token, cluster_code, BY_HAND, issued, now) if is_new or record is None else record

    repository.update(links, key, change)
    return is_new


def token_by_hand(
    repository: Repository, keys: Sequence[bytes], round_id: str, cluster_code: str, by: str, form: str
) -> str:
    """The secret of a link that a form of whoever makes it gives: with the key, of these, that made the one which the
    cluster has, or with the first."""
    record = repository.read(place(round_id, SIGN_IN_LINKS), _by_hand(cluster_code))
    return given_token(record, keys, "sign-in link", f"{round_id}\n{cluster_code}\n{by}", form)


def link_by_hand_since(repository: Repository, round_id: str, cluster_code: str, now: datetime) -> datetime | None:
    """When the link was made by hand that still opens something, and that another one would end; None without."""
    key = _by_hand(cluster_code)
    record = repository.read(place(round_id, SIGN_IN_LINKS), key)
    if record is None:
        return None
    link = _link(round_id, key, record)
    try:
        refuse_spent(repository, link, now)
    except DomainError:
        return None
    return link.made_at


def works_until(repository: Repository, round_id: str, made_at: datetime) -> datetime:
    """Until when a link can be used at most: for a number of days, from the opening of a round that opens later, and
    not after the last day of which it is settled that the round is kept."""
    current, retention = read_round(repository, round_id), read_retention(repository, round_id)
    last = max(made_at, current.opens or made_at) + LASTS
    if retention is None or in_uk(last).date() <= retention.until:
        return last
    return datetime.combine(retention.until + timedelta(days=1), time(), UK)


def refuse_when_not_kept(repository: Repository, round_id: str, now: datetime) -> None:
    """Raises DomainError("not_kept") for a round of which the day has passed until which it is kept: nobody is given a
    way in any more."""
    retention = read_retention(repository, round_id)
    if retention is not None and retention.is_over(now):
        raise DomainError("not_kept", round=round_id)


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
    if now >= works_until(repository, link.round, link.made_at):
        raise DomainError("sign_in_link_over")
    if not still_opens(repository, link.grant) or not _has_its_contact(repository, link):
        raise DomainError("sign_in_link_ended")


def refuse_early(repository: Repository, link: SignInLink, now: datetime) -> None:
    """Raises DomainError("sign_in_link_early") before the round opens: nobody is to use a link up on that."""
    current = read_round(repository, link.round)
    if current.opens is not None and now < current.opens and not current.is_over(now):
        opens = {code: language(code).datetime(current.opens) for code in LANGUAGES}
        raise DomainError("sign_in_link_early", **opens)


def use_up(repository: Repository, link: SignInLink, token: str, now: datetime) -> AccessGrant:
    """What a link opens, which it does this once. Raises DomainError: those of `refuse_spent` and `refuse_early`,
    sign_in_link_unknown."""
    refuse_spent(repository, link, now)
    refuse_early(repository, link, now)

    def change(record: Record | None) -> Record:
        if record is None or not hmac.compare_digest(record["digest"], digest_of(token)):
            raise DomainError("sign_in_link_unknown")
        if record["used_at"]:
            raise DomainError("sign_in_link_used")
        return {**record, "used_at": now.isoformat()}

    repository.update(place(link.round, SIGN_IN_LINKS), link.key, change)
    return link.grant


def _record(token: str, cluster_code: str, contact: str, issued: int, now: datetime) -> Record:
    made = {"digest": digest_of(token), "cluster": cluster_code, "contact": contact, "issued": issued}
    return {**made, "made_at": now.isoformat(), "used_at": None}


def _by_hand(cluster_code: str) -> str:
    return f"by-hand.{cluster_code}"


def _has_its_contact(repository: Repository, link: SignInLink) -> bool:
    return link.contact == BY_HAND or read_contact(repository, link.contact) is not None


def _link(round_id: str, key: str, record: Record) -> SignInLink:
    made_at = datetime.fromisoformat(record["made_at"])
    kept = (record["cluster"], record["contact"], record["issued"])
    return SignInLink(key, round_id, *kept, made_at, record["used_at"] is not None)
