"""The life of a cluster's response: saved page by page, by several people at once; submitted; reopened."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from survey.collection.errors import DomainError
from survey.collection.responses.response import (
    REFLECTION,
    Response,
    SavedPage,
    Submission,
    new_record,
    read_response,
    response_from,
    saved_page_from,
    submission_from,
    submission_record,
    submitted_pages,
    written_in_after,
)
from survey.collection.rounds.round import place
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.questionnaire.walk import Gap, Page
from survey.storage.repository import Record, Repository


class Conflict(Exception):
    """Somebody else saved the page first. `theirs` is the page as it now is; nothing was changed."""

    def __init__(self, theirs: SavedPage) -> None:
        super().__init__(theirs.revision)
        self.theirs = theirs


class Incomplete(Exception):
    """A response that cannot be submitted yet: `gaps` are what it needs."""

    def __init__(self, gaps: tuple[Gap, ...]) -> None:
        super().__init__(len(gaps))
        self.gaps = gaps


def save_page(
    repository: Repository,
    snapshot: RoundSnapshot,
    cluster_code: str,
    page: Page,
    answers: Mapping[str, Any],
    *,
    based_on: int,
    language: str,
    now: datetime,
    new_id: str,
) -> SavedPage:
    """Keep the canonical answers of one page as a draft, whole, in place of what was there.

    `based_on` is the revision the person was looking at; `new_id` the random id of a response that begins now.
    Raises Conflict, and DomainError: round_closed, already_submitted, unknown_cluster.
    """
    snapshot.cluster(cluster_code)
    snapshot.round.refuse_closed(now)

    def change(record: Record | None) -> Record:
        record = record or new_record(new_id, snapshot.round.id, cluster_code)
        if record["status"] == "submitted":
            raise DomainError("already_submitted")
        before = record["pages"].get(page.key)
        revision = before["revision"] if before else 0
        if revision != based_on:
            if before is not None and before["answers"] == answers:
                return record  # the same save again, or two people who wrote the same
            raise Conflict(saved_page_from(before))
        was = before["answers"] if before else {}
        changed = sorted(name for name in was.keys() | answers.keys() if was.get(name) != answers.get(name))
        record["pages"][page.key] = {
            "revision": revision + 1,
            "answers": dict(answers),
            "written_in": written_in_after(page, answers, before, language),
            "saved_at": now.isoformat(),
            "saved_in": language,
        }
        record["history"].append(
            {"at": now.isoformat(), "what": "saved", "page": page.key, "revision": revision + 1, "changed": changed}
        )
        return record

    record = repository.update(place(snapshot.round.id, REFLECTION), cluster_code, change)
    return saved_page_from(record["pages"][page.key])


def submit(
    repository: Repository, snapshot: RoundSnapshot, cluster_code: str, *, language: str, now: datetime
) -> Submission:
    """Submit the draft. Submitting what has been submitted already gives the same submission again.

    Raises Incomplete, and DomainError: round_closed, unknown_cluster.
    """
    instrument = snapshot.instrument(cluster_code)
    current = read_response(repository, snapshot.round.id, cluster_code)
    if current.status == "submitted" and current.counted:
        return current.counted
    snapshot.round.refuse_closed(now)

    def change(record: Record | None) -> Record:
        record = record or new_record("", snapshot.round.id, cluster_code)
        if record["status"] == "submitted":
            return record
        path = instrument.walk({key: page["answers"] for key, page in record["pages"].items()})
        if path.gaps():
            raise Incomplete(path.gaps())
        number = len(record["submissions"]) + 1
        pages = submitted_pages(path, {key: page["written_in"] for key, page in record["pages"].items()}, language)
        record["submissions"].append(submission_record(snapshot, number, pages, language, now.isoformat()))
        record["status"] = "submitted"
        record["history"].append({"at": now.isoformat(), "what": "submitted", "number": number})
        return record

    record = repository.update(place(snapshot.round.id, REFLECTION), cluster_code, change)
    return submission_from(record["submissions"][-1])


def reopen(
    repository: Repository, snapshot: RoundSnapshot, cluster_code: str, *, reason: str, by: str, now: datetime
) -> Response:
    """Let a cluster change what it submitted. Its submission counts until it submits again.

    Raises DomainError: reason_needed, round_closed, not_submitted, unknown_cluster.
    """
    snapshot.cluster(cluster_code)
    if not reason.strip():
        raise DomainError("reason_needed")
    snapshot.round.refuse_closed(now)

    def change(record: Record | None) -> Record:
        if record is None or record["status"] != "submitted":
            raise DomainError("not_submitted", cluster=cluster_code)
        record["status"] = "reopened"
        record["history"].append({"at": now.isoformat(), "what": "reopened", "by": by, "reason": reason.strip()})
        return record

    return response_from(repository.update(place(snapshot.round.id, REFLECTION), cluster_code, change))
