"""The end of a round: what is held of it, and its removal once its time is over."""

from collections.abc import Mapping
from datetime import datetime

from survey.collection.people.access import ACCESS
from survey.collection.people.accounts import EVENTS, LOG, note
from survey.collection.people.messages import MESSAGES
from survey.collection.responses.anonymous import responses_of
from survey.collection.responses.notes import NOTES
from survey.collection.responses.response import REFLECTION
from survey.collection.rounds.releases import TRACKING, releases_of
from survey.collection.rounds.retention import refuse_undue
from survey.collection.rounds.round import place
from survey.languages import CountedPhrase
from survey.storage.repository import Repository

PURGED = "round_purged"
HELD: Mapping[str, CountedPhrase] = {
    "responses": CountedPhrase("retention", "%(n)s response of a cluster", "%(n)s responses of clusters", "n"),
    "people": CountedPhrase("retention", "%(n)s response of a person", "%(n)s responses of people", "n"),
    "files": CountedPhrase("retention", "%(n)s attached file", "%(n)s attached files", "n"),
    "notes": CountedPhrase("retention", "%(n)s cluster with notes", "%(n)s clusters with notes", "n"),
    "codes": CountedPhrase("retention", "%(n)s access code", "%(n)s access codes", "n"),
    "messages": CountedPhrase("retention", "%(n)s e-mail", "%(n)s e-mails", "n"),
    "releases": CountedPhrase("retention", "%(n)s release", "%(n)s releases", "n"),
}


def held_of_round(repository: Repository, round_id: str) -> dict[str, int]:
    """How much is kept of a round, by the names of `HELD`; what there is none of is left out."""
    places = {
        "responses": place(round_id, REFLECTION),
        "people": responses_of(round_id),
        "files": place(round_id, "files"),
        "notes": place(round_id, NOTES),
        "codes": place(round_id, ACCESS),
        "messages": place(round_id, MESSAGES),
        "releases": releases_of(round_id),
    }
    counted = {name: sum(key != TRACKING for key in repository.keys(where)) for name, where in places.items()}
    return {name: number for name, number in counted.items() if number}


def was_purged(repository: Repository, round_id: str) -> bool:
    """Whether a round was removed because its time was over, as the log says."""
    return any(entry["what"] == PURGED and entry.get("round") == round_id for entry in repository.entries(LOG, EVENTS))


def purge_round(repository: Repository, round_id: str, by: str, now: datetime) -> None:
    """Remove everything that is kept of a round whose time is over: answers, codes, messages, releases and all.

    It is noted first, so that nothing is ever gone without a word of why; what is stopped in the middle is done again.
    Raises DomainError: unknown_round, not_settled, not_due; StorageError.
    """
    retention = refuse_undue(repository, round_id, now)
    details = {"until": retention.until.isoformat(), "reason": retention.reason}
    note(repository, now, by, PURGED, round=round_id, **details)
    repository.remove(place(round_id))
