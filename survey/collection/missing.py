"""Which records were there, by what the log of events says of them, and are gone without anybody having removed them.

The log knows of rounds, accounts, access codes, releases, and of the responses of clusters that were submitted. Of an
anonymous response it knows nothing, so that nothing tells when somebody answered: how many there were is kept when the
round closes, and held against those there are.
"""

from collections.abc import Iterator, Mapping

from survey.collection.people.access import ACCESS
from survey.collection.people.accounts import ACCOUNTS, EVENTS, LOG
from survey.collection.responses.anonymous import responses_of
from survey.collection.responses.response import REFLECTION
from survey.collection.rounds.releases import releases_of, responses_at_close
from survey.collection.rounds.round import ROUND, place, round_ids
from survey.storage.repository import Place, Repository

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
