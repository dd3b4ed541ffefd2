"""What people who answer unnamed have begun: drafts, and the codes to go on with them. They go away.

    (rounds, <round>, skills, drafts), <id>       cluster, response, day, pages, seen; `resume` if there is a code
    (rounds, <round>, skills, resume), <hash>     draft; `secret`, once there has been another, as with access codes

`pages` maps page keys to {answers, written_in}. `seen` are the keys of screens, or of whole pages, that the person has
gone on from; a draft of before there were screens has none, and then all its pages count. Every id is random, and no
record says who or when: a draft has the day of its last change, so that it can go `KEPT` later. `response` is the id
that the response will have. It is made with the draft, so that submitting twice makes one response.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from survey.collection.clock import is_steady
from survey.collection.errors import DomainError
from survey.collection.people.access import code_hash
from survey.collection.responses.merge import Edit
from survey.collection.responses.response import SavedPage, Writer, written_in_after
from survey.collection.rounds.round import Round, close_round, place, readable_rounds
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.questionnaire.screens import Screen
from survey.questionnaire.walk import Page
from survey.storage.repository import Place, Record, Repository, Unreadable

KEPT = timedelta(days=14)
"""How long a draft stays after the day of its last change."""

KIND = "resume code"
ID = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class AnonymousDraft:
    """Answers that have not been submitted. `response` is the id that the response will have."""

    id: str
    cluster: str
    response: str
    pages: Mapping[str, SavedPage]
    seen: frozenset[str] = frozenset()

    def has_seen(self, screen: Screen) -> bool:
        """Whether the person has gone on from a screen."""
        return screen.key in self.seen or screen.page.key in self.seen


def drafts_of(round_id: str) -> Place:
    return place(round_id, "skills", "drafts")


def resumes_of(round_id: str) -> Place:
    """Where the resume codes of a round are kept, as keyed hashes."""
    return place(round_id, "skills", "resume")


def begin(
    repository: Repository,
    snapshot: RoundSnapshot,
    cluster_code: str,
    *,
    draft_id: str,
    response_id: str,
    now: datetime,
) -> None:
    """Keep an empty draft under two new random ids (`uuid4().hex`).

    Raises DomainError: only_by_code (the questionnaire is not anonymous), unknown_cluster, round_closed.
    """
    if snapshot.questionnaire.respondent != "anonymous":
        raise DomainError("only_by_code", round=snapshot.round.id)
    snapshot.cluster(cluster_code)
    snapshot.round.refuse_closed(now)
    record = {"cluster": cluster_code, "response": response_id, "day": now.date().isoformat(), "pages": {}, "seen": []}
    repository.write(drafts_of(snapshot.round.id), draft_id, record)


def read_draft(repository: Repository, round_id: str, draft_id: str, now: datetime) -> AnonymousDraft | None:
    """A draft, or None when there is none any more: submitted, too old, or never begun."""
    record = repository.read(drafts_of(round_id), draft_id) if ID.fullmatch(draft_id) else None
    return None if record is None or _is_over(record, now) else _draft_from(draft_id, record)


def save_draft(
    repository: Repository,
    snapshot: RoundSnapshot,
    draft_id: str,
    page: Page,
    edit: Edit,
    *,
    language: str,
    now: datetime,
    seen: Collection[str] = (),
) -> AnonymousDraft:
    """Keep what `edit` makes of the canonical answers of one page. `seen` are the keys of screens that the person goes
    on from with this save.

    Raises DomainError: round_closed, draft_gone.
    """
    snapshot.round.refuse_closed(now)

    def change(record: Record | None) -> Record:
        record = _current(record, now)
        record["seen"] = sorted({*_seen(record), *seen})
        before = record["pages"].get(page.key)
        answers = dict(edit(before["answers"] if before else {}))
        marks = written_in_after(page, answers, before, Writer(language))
        record["pages"][page.key] = {"answers": answers, "written_in": marks}
        record["day"] = now.date().isoformat()
        return record

    if not ID.fullmatch(draft_id):
        raise DomainError("draft_gone")
    return _draft_from(draft_id, repository.update(drafts_of(snapshot.round.id), draft_id, change))


def store_resume_code(
    repository: Repository,
    snapshot: RoundSnapshot,
    secret: bytes,
    draft_id: str,
    code: str,
    now: datetime,
    mark: str | None = None,
) -> None:
    """Let a code (`access.new_code`) lead to a draft. Only its keyed hash is kept; an earlier one leads nowhere now.

    `mark` is that of the secret (`KeyRing.mark`). Raises DomainError("draft_gone").
    """
    if read_draft(repository, snapshot.round.id, draft_id, now) is None:
        raise DomainError("draft_gone")
    hashed = code_hash(secret, KIND, code)
    repository.write(resumes_of(snapshot.round.id), hashed, {"draft": draft_id} | ({"secret": mark} if mark else {}))
    earlier: list[str] = []

    def change(record: Record | None) -> Record:
        record = _current(record, now)
        earlier.extend(name for name in [record.get("resume")] if name and name != hashed)
        return {**record, "resume": hashed, "day": now.date().isoformat()}

    repository.update(drafts_of(snapshot.round.id), draft_id, change)
    for name in earlier:
        repository.delete(resumes_of(snapshot.round.id), name)


def resume(
    repository: Repository, snapshot: RoundSnapshot, secret: bytes, cluster_code: str, typed: str, now: datetime
) -> str:
    """The id of the draft that a code, as typed, leads to. Raises DomainError("wrong_resume_code")."""
    pointer = repository.read(resumes_of(snapshot.round.id), code_hash(secret, KIND, typed))
    draft = read_draft(repository, snapshot.round.id, pointer["draft"], now) if pointer else None
    if draft is None or draft.cluster != cluster_code:
        raise DomainError("wrong_resume_code")
    return draft.id


def discard_draft(repository: Repository, round_id: str, draft_id: str) -> None:
    """Remove a draft of somebody who starts afresh; one that a resume code leads to stays for who has the code."""
    record = repository.read(drafts_of(round_id), draft_id)
    if record and "resume" not in record:
        repository.delete(drafts_of(round_id), draft_id)


def remove_draft(repository: Repository, round_id: str, draft_id: str) -> None:
    """Remove a draft, and what leads to it."""
    record = repository.read(drafts_of(round_id), draft_id)
    repository.delete(drafts_of(round_id), draft_id)
    if record and "resume" in record:
        repository.delete(resumes_of(round_id), record["resume"])


def over_drafts(repository: Repository, of_round: Round, now: datetime) -> list[str]:
    """The ids of the drafts of a round whose time is over: all of them once it is closed.

    None while the clock may have jumped: then they are not shown, and there when it has come back.
    """
    where = drafts_of(of_round.id)
    if of_round.status == "closed":
        return list(repository.keys(where))
    if not is_steady(repository, now):
        return []
    return [
        key
        for key, record in repository.read_all(where)
        if not isinstance(record, Unreadable) and _is_over(record, now)
    ]


def clear_drafts(repository: Repository, round_id: str, draft_ids: list[str]) -> None:
    """Remove drafts, and every resume code that leads to none."""
    for draft_id in draft_ids:
        repository.delete(drafts_of(round_id), draft_id)
    left = set(repository.keys(drafts_of(round_id)))
    for key, record in list(repository.read_all(resumes_of(round_id))):
        if isinstance(record, Unreadable) or record["draft"] not in left:
            repository.delete(resumes_of(round_id), key)


def stale_drafts(repository: Repository, now: datetime) -> dict[str, list[str]]:
    """The ids of the drafts whose time is over, by round."""
    over = {current.id: over_drafts(repository, current, now) for current in readable_rounds(repository)[0]}
    return {round_id: drafts for round_id, drafts in over.items() if drafts}


def close_and_clear(repository: Repository, round_id: str, now: datetime) -> Round:
    """Close an open round, and remove its anonymous drafts. What clusters have begun stays.

    Raises DomainError: unknown_round, not_open.
    """
    closed = close_round(repository, round_id, now)
    clear_drafts(repository, round_id, over_drafts(repository, closed, now))
    return closed


def _current(record: Record | None, now: datetime) -> Record:
    if record is None or _is_over(record, now):
        raise DomainError("draft_gone")
    return record


def _is_over(record: Mapping[str, Any], now: datetime) -> bool:
    return now.date() - date.fromisoformat(record["day"]) > KEPT


def _draft_from(draft_id: str, record: Mapping[str, Any]) -> AnonymousDraft:
    pages = {
        key: SavedPage(1, page["answers"], page["written_in"], None, None) for key, page in record["pages"].items()
    }
    return AnonymousDraft(draft_id, record["cluster"], record["response"], pages, frozenset(_seen(record)))


def _seen(record: Mapping[str, Any]) -> Collection[str]:
    seen: Collection[str] = record.get("seen", record["pages"].keys())
    return seen
