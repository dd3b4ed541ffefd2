"""Whether the responses of a round have changed since a release. A process reads them once for each state."""

from weakref import WeakKeyDictionary

from survey.collection.responses.anonymous import read_responses, responses_of, state_of
from survey.collection.rounds.releases import KeptRelease
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.storage.repository import Repository, Unreadable


def has_changed(repository: Repository, snapshot: RoundSnapshot, release: KeptRelease) -> bool:
    """Whether the responses are others than those that a release was made from, or cannot all be read."""
    revision = repository.revision(responses_of(snapshot.round.id))
    return revision != release.revision and _state(repository, snapshot, revision) != release.state


def _state(repository: Repository, snapshot: RoundSnapshot, revision: str) -> str:
    """The state of the responses; empty while any cannot be read."""
    known = _states.setdefault(repository, {})
    where = (snapshot.round.id, revision)
    if where not in known:
        responses = list(read_responses(repository, snapshot))
        keys = [response.key for response in responses if not isinstance(response, Unreadable)]
        known[where] = state_of(keys) if len(keys) == len(responses) else ""
    return known[where]


_states: WeakKeyDictionary[Repository, dict[tuple[str, str], str]] = WeakKeyDictionary()
