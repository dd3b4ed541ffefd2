"""Which records were there, by what the log of events says of them, and are gone without anybody having removed them.

The log knows of rounds, accounts, access codes, releases, and of the responses of clusters that were submitted. Of an
anonymous response it knows nothing, so that nothing tells when somebody answered: how many there were is kept when the
round closes, and held against those there are. That the log itself is gone is told by accounts that are older than it.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime

from survey.collection.people.access import ACCESS, LINKS
from survey.collection.people.accounts import ACCOUNTS, EVENTS, LOG
from survey.collection.people.provider_accounts import names_by_provider
from survey.collection.responses.anonymous import responses_of
from survey.collection.responses.response import REFLECTION
from survey.collection.rounds.releases import releases_of, responses_at_close
from survey.collection.rounds.round import ROUND, place, round_ids
from survey.storage.repository import Place, Repository, Unreadable

Name = tuple[Place, str]


def missing_records(repository: Repository) -> list[Name]:
    """The place and key of each, in order."""
    keys: dict[Place, set[str]] = {}
    gone = []
    for where, key in sorted(_expected(repository)):
        if where not in keys:
            keys[where] = set(repository.keys(where))
        if key not in keys[where]:
            gone.append((where, key))
    return gone


def short_rounds(repository: Repository) -> dict[str, int]:
    """How many anonymous responses are gone since their round closed, by round."""
    given_up: dict[Place, int] = {}
    for entry in repository.entries(LOG, EVENTS):
        match entry:
            case {"what": "loss_accepted", "place": str(above)}:
                where = tuple(above.split("/"))
                given_up[where] = given_up.get(where, 0) + 1
    short = {}
    for round_id in round_ids(repository):
        where = responses_of(round_id)
        kept = responses_at_close(repository, round_id)
        if kept is not None:
            lost = kept - len(repository.keys(where)) - given_up.get(where, 0)
            if lost > 0:
                short[round_id] = lost
    return short


def lost_links(repository: Repository) -> list[str]:
    """The rounds whose links were given out and of which none is left, not even one that was revoked."""
    given: set[str] = set()
    for entry in repository.entries(LOG, EVENTS):
        match entry:
            case {"what": "links_listed" | "posters_written", "round": round_id}:
                given.add(round_id)
            case {"what": "round_purged", "round": round_id}:
                given.discard(round_id)
    there = given.intersection(round_ids(repository))
    return [round_id for round_id in sorted(there) if not repository.keys(place(round_id, LINKS))]


def is_log_gone(repository: Repository) -> bool:
    """Whether the log says of none of the accounts that it was made, and begins only after one was; nor was given up.

    An account that does not say since when it is there is of before that was kept, and tells nothing.
    """
    added = _added(repository)
    for entry in repository.entries(LOG, EVENTS):
        match entry:
            case {"what": "account_added", "account": name} if name in added:
                return False
            case {"what": "loss_accepted", "place": "log", "key": "events"}:
                return False
    begun = next((entry["at"] for entry in repository.entries(LOG, EVENTS) if "at" in entry), None)
    return bool(added) and (begun is None or datetime.fromisoformat(begun) > min(added.values()))


def _added(repository: Repository) -> dict[str, datetime]:
    """When each account was made of which the log says so: not those of the demonstration and of an identity
    provider."""
    without_a_line = names_by_provider(repository)
    return {
        name: datetime.fromisoformat(record["added_at"])
        for name, record in repository.read_all(ACCOUNTS)
        if not isinstance(record, Unreadable)
        and record.get("added_at")
        and not record.get("demonstration")
        and name not in without_a_line
    }


def _expected(repository: Repository) -> set[Name]:
    """Every record that the log says is there."""
    expected: set[Name] = set()
    for entry in repository.entries(LOG, EVENTS):
        expected |= set(_made(entry))
        expected -= set(_removed(entry, expected))
    return expected


def _made(entry: Mapping[str, str]) -> Iterator[Name]:
    match entry:
        case {"what": "account_added", "account": name}:
            yield ACCOUNTS, name
        case {"what": "round_created", "round": round_id}:
            yield place(round_id), ROUND
        case {"what": "code_issued", "round": round_id, "cluster": cluster}:
            yield place(round_id, ACCESS), cluster
        case {"what": "submitted", "round": round_id, "who": who}:
            yield place(round_id, REFLECTION), who.removeprefix("cluster ")
        case {"what": "released" | "release_corrected", "round": round_id, "release": number}:
            yield releases_of(round_id), number


def _removed(entry: Mapping[str, str], expected: set[Name]) -> Iterator[Name]:
    match entry:
        case {"what": "response_erased", "round": round_id, "cluster": cluster}:
            yield place(round_id, REFLECTION), cluster
        case {"what": "round_purged", "round": round_id}:
            yield from (name for name in expected if name[0][:2] == place(round_id))
        case {"what": "loss_accepted", "place": where, "key": key}:
            given_up = tuple(where.split("/"))
            yield given_up, key
            if key == ROUND:
                # Without it nothing of the round can be read; whoever gave it up has removed it.
                yield from (name for name in expected if name[0][: len(given_up)] == given_up)
