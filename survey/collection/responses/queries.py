"""What the national team asks a cluster about an answer that it submitted, and what the cluster says to it.

    (rounds, <round>, queries), <cluster>    {queries: [{id, submission, page, item, question, part, closed_at,
                                             closed_by, entries: [{id, side, text, language, by, at, asks_reopening}]}]}

They lie beside the response: nothing that counts, exports or shows answers comes by them. A cluster answers at any
time, also after the round, since its words change no answer; who closed a query and when stays.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from survey.collection.errors import DomainError
from survey.collection.responses.response import read_response
from survey.collection.rounds.round import place
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.languages import Phrase
from survey.questionnaire.types.inputs import text_of
from survey.storage.repository import Record, Repository, Unreadable

QUERIES = "queries"
TEAM, CLUSTER = "team", "cluster"
OPEN, ANSWERED, CLOSED = "open", "answered", "closed"
STATE_WORDS: Mapping[str, Phrase] = {
    ANSWERED: Phrase("query", "Answered"),
    OPEN: Phrase("query", "Waiting for the cluster"),
    CLOSED: Phrase("query", "Closed"),
}
"""The states in the order in which the national team has to do with them."""
TOLD_TO_CLUSTER: Mapping[str, Phrase] = {**STATE_WORDS, OPEN: Phrase("query", "Waiting for you")}
"""The same as the cluster itself is told."""
LONGEST_ENTRY = 2000
MOST_ENTRIES = 40
MOST_QUERIES = 100


@dataclass(frozen=True, slots=True)
class Subject:
    """The answer that a query is about: of a question on a page, in an item of a group or a part, where it has such."""

    page: str
    question: str
    item: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True)
class QueryEntry:
    """What one side wrote. `by` is the name of an account, or the one that somebody of the cluster gave, if any."""

    id: str
    side: str
    text: str
    language: str
    by: str
    at: datetime
    asks_reopening: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """A query with all that was written, the oldest first. `submission` is the number of the one that it is about."""

    id: str
    submission: int
    subject: Subject
    entries: tuple[QueryEntry, ...]
    closed_at: datetime | None = None
    closed_by: str = ""

    @property
    def state(self) -> str:
        """Whose turn it is."""
        if self.closed_at:
            return CLOSED
        return ANSWERED if self.entries[-1].side == CLUSTER else OPEN

    @property
    def asks_reopening(self) -> bool:
        """Whether the cluster wishes to change its answers, and nobody has closed the query since."""
        return self.state == ANSWERED and self.entries[-1].asks_reopening


def read_queries(repository: Repository, round_id: str, cluster_code: str) -> tuple[Query, ...]:
    """All queries to a cluster, the oldest first."""
    return queries_from(repository.read(place(round_id, QUERIES), cluster_code))


def queries_of_round(repository: Repository, round_id: str) -> Iterator[tuple[str, Query]]:
    """Every query of a round with the code of its cluster. Raises Unreadable."""
    for cluster_code, record in repository.read_all(place(round_id, QUERIES)):
        if isinstance(record, Unreadable):
            raise record
        yield from ((cluster_code, query) for query in queries_from(record))


def queries_from(record: Record | None) -> tuple[Query, ...]:
    """The queries of a record. Raises KeyError, TypeError, ValueError for a record that is none."""
    return tuple(map(_query, record["queries"])) if record else ()


def ask(
    repository: Repository, snapshot: RoundSnapshot, cluster_code: str, subject: Subject, number: int, entry: QueryEntry
) -> bool:
    """Ask a cluster about an answer of a submission. Asked twice with one entry, or in the same words while the cluster
    has said nothing, it is asked once; whether it is new.

    Raises DomainError: no_entry, long_entry, many_queries, nothing_to_ask_about, unknown_cluster.
    """
    snapshot.cluster(cluster_code)
    said = _checked(entry)
    round_id, is_new = snapshot.round.id, False
    if number not in (
        submission.number for submission in read_response(repository, round_id, cluster_code).submissions
    ):
        raise DomainError("nothing_to_ask_about", cluster=cluster_code)

    def change(queries: tuple[Query, ...]) -> tuple[Query, ...]:
        nonlocal is_new
        is_new = not any(
            query.id == entry.id
            or (query.state == OPEN and query.submission == number and _begins(query, subject, said))
            for query in queries
        )
        if is_new and len(queries) >= MOST_QUERIES:
            raise DomainError("many_queries", most=str(MOST_QUERIES))
        return (*queries, Query(entry.id, number, subject, (said,))) if is_new else queries

    _change(repository, round_id, cluster_code, change)
    return is_new


def _begins(query: Query, subject: Subject, entry: QueryEntry) -> bool:
    return (query.subject, query.entries[-1].text) == (subject, entry.text)


def write(repository: Repository, round_id: str, cluster_code: str, query_id: str, entry: QueryEntry) -> bool:
    """Keep what a side writes to a query that is not closed; sent twice, it is kept once. Whether it is new.

    Raises DomainError: no_entry, long_entry, many_entries, query_closed, unknown_query.
    """
    said = _checked(entry)

    def change(query: Query) -> Query:
        if any(other.id == entry.id for other in query.entries):
            return query
        if query.closed_at:
            raise DomainError("query_closed")
        if len(query.entries) >= MOST_ENTRIES:
            raise DomainError("many_entries", most=str(MOST_ENTRIES))
        return replace(query, entries=(*query.entries, said))

    return _change_one(repository, round_id, cluster_code, query_id, change)


def close_query(
    repository: Repository, round_id: str, cluster_code: str, query_id: str, *, seen: int, by: str, now: datetime
) -> bool:
    """Close a query; one that is closed stays as it is. `seen` is how many entries whoever closes it has read. Whether
    it was open.

    Raises DomainError: query_moved_on, unknown_query.
    """

    def change(query: Query) -> Query:
        if query.closed_at:
            return query
        if seen != len(query.entries):
            raise DomainError("query_moved_on")
        return replace(query, closed_at=now, closed_by=by)

    return _change_one(repository, round_id, cluster_code, query_id, change)


def _checked(entry: QueryEntry) -> QueryEntry:
    text = text_of(entry.text)
    if not text:
        raise DomainError("no_entry")
    if len(text) > LONGEST_ENTRY:
        raise DomainError("long_entry", most=str(LONGEST_ENTRY))
    return replace(entry, text=text)


def _change_one(
    repository: Repository, round_id: str, cluster_code: str, query_id: str, change: Callable[[Query], Query]
) -> bool:
    """Change one query; whether that changed anything."""
    is_changed = False

    def change_it(queries: tuple[Query, ...]) -> tuple[Query, ...]:
        nonlocal is_changed
        if query_id not in (query.id for query in queries):
            raise DomainError("unknown_query")
        changed = tuple(change(query) if query.id == query_id else query for query in queries)
        is_changed = changed != queries
        return changed

    _change(repository, round_id, cluster_code, change_it)
    return is_changed


def _change(
    repository: Repository,
    round_id: str,
    cluster_code: str,
    change: Callable[[tuple[Query, ...]], tuple[Query, ...]],
) -> None:
    def changed(record: Record | None) -> Record:
        return {"queries": [_record(query) for query in change(queries_from(record))]}

    repository.update(place(round_id, QUERIES), cluster_code, changed)


def _query(kept: Mapping[str, Any]) -> Query:
    entries = tuple(QueryEntry(**{**entry, "at": datetime.fromisoformat(entry["at"])}) for entry in kept["entries"])
    subject = Subject(kept["page"], kept["question"], kept["item"], kept["part"])
    closed_at = datetime.fromisoformat(kept["closed_at"]) if kept["closed_at"] else None
    return Query(kept["id"], kept["submission"], subject, entries, closed_at, kept["closed_by"])


def _record(query: Query) -> Record:
    return {
        "id": query.id,
        "submission": query.submission,
        **asdict(query.subject),
        "entries": [{**asdict(entry), "at": entry.at.isoformat()} for entry in query.entries],
        "closed_at": query.closed_at.isoformat() if query.closed_at else None,
        "closed_by": query.closed_by,
    }
