"""Who is signed in, kept by the service: so that signing out ends it wherever the cookie was copied to.

A record at (sessions,), <random id>: `whose`, the account (“account”, name) or the cluster with a code (“code”, round,
cluster), and `began`. Whoever answers an anonymous survey signs in nowhere, so there is none of her.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from survey.storage.repository import Repository, Unreadable

SESSIONS = ("sessions",)
ACCOUNT, CODE = "account", "code"

Whose = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Session:
    """A sign-in that has not been ended."""

    id: str
    whose: Whose
    began: datetime


def begin_session(repository: Repository, session_id: str, whose: Whose, now: datetime) -> None:
    """Keep a sign-in under a random id that nobody has used."""
    repository.create(SESSIONS, session_id, {"whose": list(whose), "began": now.isoformat()})


def is_going_on(repository: Repository, session_id: str, whose: Whose, since: datetime) -> bool:
    """Whether a sign-in began after a moment and has not been ended. One that cannot be read has."""
    try:
        record = repository.read(SESSIONS, session_id)
        session = _session(session_id, record) if record else None
    except Unreadable:
        return False
    return session is not None and session.whose == whose and session.began > since


def end_session(repository: Repository, session_id: str) -> None:
    """End one sign-in, in every browser that has its cookie."""
    repository.delete(SESSIONS, session_id)


def end_sessions(repository: Repository, of: Whose = ()) -> int:
    """End all sign-ins whose owner begins like this: of an account, a cluster, a round, or of everybody. How many."""
    over = [session.id for session in sessions(repository) if session.whose[: len(of)] == of]
    return sum(repository.delete(SESSIONS, session_id) for session_id in over)


def sessions(repository: Repository) -> Iterator[Session]:
    """All sign-ins that have not been ended and can be read."""
    for session_id, record in repository.read_all(SESSIONS):
        if not isinstance(record, Unreadable):
            try:
                yield _session(session_id, record)
            except Unreadable:
                continue


def stale_sessions(repository: Repository, before: datetime) -> list[str]:
    """The ids of those that began before a moment, and of those that cannot be read."""
    kept = {session.id for session in sessions(repository) if session.began >= before}
    return [session_id for session_id in repository.keys(SESSIONS) if session_id not in kept]


def _session(session_id: str, record: dict[str, object]) -> Session:
    match record:
        case {"whose": [*whose], "began": str(began)}:
            try:
                return Session(session_id, tuple(map(str, whose)), datetime.fromisoformat(began))
            except ValueError:
                pass
    raise Unreadable(SESSIONS, session_id, "this is not the record of a sign-in")
