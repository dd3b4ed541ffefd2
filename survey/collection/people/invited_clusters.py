"""Which clusters have been invited to a round: who has a code or a link in hand, or an e-mail on its way."""

from collections import defaultdict
from collections.abc import Iterable

from survey.collection.people.access import ways_in
from survey.collection.people.messages import INVITATION, LINK, QUEUED, SENDING, SENT, UNCERTAIN, ContactMessage
from survey.storage.repository import Repository

_REACHING = frozenset((QUEUED, SENDING, SENT, UNCERTAIN))


def invited_clusters(repository: Repository, round_id: str, messages: Iterable[ContactMessage]) -> set[str]:
    """The codes of the clusters. `messages` are those of the round. One whose e-mails were all refused or given up,
    with no code beside them, has not been invited. Raises Unreadable.
    """
    by_code, by_link = ways_in(repository, round_id)
    states = defaultdict(set)
    for message in messages:
        if message.kind in (INVITATION, LINK):
            states[message.cluster].add(message.state)
    return by_code | {code for code, of_it in states.items() if of_it & _REACHING} | (by_link - states.keys())
