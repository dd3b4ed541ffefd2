"""Submitting a cluster's response, and letting it be changed and submitted again."""

from datetime import datetime
from typing import Any

from survey.collection.errors import DomainError
from survey.collection.responses.response import (
    REFLECTION,
    Response,
    Submission,
    new_record,
    read_response,
    response_from,
    submission_from,
    submitted_pages,
)
from survey.collection.rounds.round import place
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.questionnaire.walk import Gap, Walk
from survey.storage.repository import Record, Repository


class Incomplete(Exception):
    """A response that cannot be submitted yet: `gaps` are what it needs."""

    def __init__(self, gaps: tuple[Gap, ...]) -> None:
        super().__init__(len(gaps))
        self.gaps = gaps


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
        record["submissions"].append(_submission_record(snapshot, record, path, language, now))
        record["status"] = "submitted"
        record["history"].append({"at": now.isoformat(), "what": "submitted", "number": len(record["submissions"])})
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


def _submission_record(
    snapshot: RoundSnapshot, record: Record, path: Walk, language: str, now: datetime
) -> dict[str, Any]:
    marks = {key: page["written_in"] for key, page in record["pages"].items()}
    return {
        "number": len(record["submissions"]) + 1,
        "submitted_at": now.isoformat(),
        "submitted_in": language,
        "frozen": snapshot.round.snapshot_digest,
        "text_revision": snapshot.round.text_revision,
        "pages": submitted_pages(path, marks, language),
    }
