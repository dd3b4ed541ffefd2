"""The life of a cluster's response: saved page by page, by several people at once; submitted; reopened."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from survey.collection.errors import DomainError
from survey.collection.responses.merge import Edit
from survey.collection.responses.notes import NOTES
from survey.collection.responses.queries import QUERIES
from survey.collection.responses.response import (
    REFLECTION,
    Response,
    SavedPage,
    Submission,
    Writer,
    new_record,
    read_response,
    response_from,
    saved_page_from,
    submission_from,
    submission_record,
    submitted_pages,
    written_in_after,
)
from survey.collection.responses.unfinished_forms import UNFINISHED
from survey.collection.rounds.extensions import refuse_late
from survey.collection.rounds.round import place
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.languages import day_of
from survey.questionnaire.walk import Gap, Page
from survey.storage.repository import Record, Repository

STRETCH = timedelta(minutes=10)
"""The pause after which what somebody writes is another change in the history of a page."""
MOST_SAVES = 100
"""Changes of a page that are remembered, the latest."""


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
    edit: Edit,
    *,
    writer: Writer,
    now: datetime,
    new_id: str,
    stretch: timedelta = STRETCH,
) -> SavedPage:
    """Keep as a draft what `edit` makes of the canonical answers of a page; what changes nothing is not a save.

    `edit` is called with the answers as they are, under the record's lock, and may be called again. `new_id` is the
    random id of a response that begins now. Saves of one sitting with shorter pauses than `stretch` are one change in
    the history of the page.
    Raises DomainError: round_closed, already_submitted, unknown_cluster.
    """
    snapshot.cluster(cluster_code)
    refuse_late(repository, snapshot.round, cluster_code, now)
    where = place(snapshot.round.id, REFLECTION)
    record = repository.read(where, cluster_code)
    if record is None or _edited(record, page, edit) is not None:

        def change(record: Record | None) -> Record:
            record = record or new_record(new_id, snapshot.round.id, cluster_code)
            answers = _edited(record, page, edit)
            if answers is not None:
                record["pages"][page.key] = _page_record(
                    page, record["pages"].get(page.key), answers, writer, now, stretch
                )
            return record

        record = repository.update(where, cluster_code, change)
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
    refuse_late(repository, snapshot.round, cluster_code, now)

    def change(record: Record | None) -> Record:
        record = record or new_record("", snapshot.round.id, cluster_code)
        if record["status"] == "submitted":
            return record
        path = instrument.walk({key: page["answers"] for key, page in record["pages"].items()}, day_of(now))
        if path.gaps():
            raise Incomplete(path.gaps())
        number = len(record["submissions"]) + 1
        pages = submitted_pages(path, {key: page["written_in"] for key, page in record["pages"].items()}, language)
        files = record.get("files", [])
        record["submissions"].append(submission_record(snapshot, number, pages, language, now.isoformat(), files))
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
    refuse_late(repository, snapshot.round, cluster_code, now)

    def change(record: Record | None) -> Record:
        if record is None or record["status"] != "submitted":
            raise DomainError("not_submitted", cluster=cluster_code)
        record["status"] = "reopened"
        record["history"].append({"at": now.isoformat(), "what": "reopened", "by": by, "reason": reason.strip()})
        return record

    return response_from(repository.update(place(snapshot.round.id, REFLECTION), cluster_code, change))


def has_anything(repository: Repository, round_id: str, cluster_code: str) -> bool:
    """Whether there is anything of a cluster to erase: an answer, or a note of its people."""
    return any(cluster_code in repository.keys(place(round_id, kind)) for kind in (REFLECTION, NOTES))


def erase(repository: Repository, round_id: str, cluster_code: str) -> None:
    """Remove a cluster's response for good, with all that lies beside it."""
    for beside in (NOTES, QUERIES, UNFINISHED):
        repository.delete(place(round_id, beside), cluster_code)
    repository.delete(place(round_id, REFLECTION), cluster_code)


def _edited(record: Record, page: Page, edit: Edit) -> dict[str, Any] | None:
    """The answers to keep of a page; None when they are kept already. Raises DomainError("already_submitted")."""
    if record["status"] == "submitted":
        raise DomainError("already_submitted")
    before = record["pages"].get(page.key)
    answers = dict(edit(before["answers"] if before else {}))
    return None if before is not None and before["answers"] == answers else answers


def _page_record(
    page: Page, before: Record | None, answers: Mapping[str, Any], writer: Writer, now: datetime, stretch: timedelta
) -> dict[str, Any]:
    revision = (before["revision"] if before else 0) + 1
    return {
        "revision": revision,
        "answers": answers,
        "written_in": written_in_after(page, answers, before, writer),
        "saved_at": now.isoformat(),
        "saved_in": writer.language,
        "saves": _saves_after(before or {"answers": {}}, answers, writer, now, revision, stretch),
    }


def _saves_after(
    before: Record, answers: Mapping[str, Any], writer: Writer, now: datetime, revision: int, stretch: timedelta
) -> list[dict[str, Any]]:
    """The saves of a page with one more. What one person changes within a stretch is one of them."""
    saves, was = before.get("saves", []), before["answers"]
    changed = {
        name: was.get(name) for name in sorted(was.keys() | answers.keys()) if was.get(name) != answers.get(name)
    }
    save = {"at": now.isoformat(), "by": writer.name, "sitting": writer.sitting, "revision": revision, "was": changed}
    last = saves[-1] if saves and writer.sitting else None
    if last and last["sitting"] == writer.sitting and now - datetime.fromisoformat(last["at"]) < stretch:
        return [*saves[:-1], {**save, "was": {**changed, **last["was"]}}]
    return [*saves, save][-MOST_SAVES:]
