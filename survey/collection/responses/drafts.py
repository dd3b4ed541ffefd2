"""Saving a page of a cluster's response, when several people may do so at once."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from survey.collection.errors import DomainError
from survey.collection.responses.response import REFLECTION, SavedPage, free_texts, new_record, saved_page_from
from survey.collection.rounds.round import place
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.questionnaire.walk import Page
from survey.storage.repository import Record, Repository


class Conflict(Exception):
    """Somebody else saved the page first. `theirs` is the page as it now is; nothing was changed."""

    def __init__(self, theirs: SavedPage) -> None:
        super().__init__(theirs.revision)
        self.theirs = theirs


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
        changed = _changed(before["answers"] if before else {}, answers)
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


def written_in_after(
    page: Page, answers: Mapping[str, Any], before: Mapping[str, Any] | None, language: str
) -> dict[str, str]:
    """The language of each free text: that of this save where the text is new or changed, else as it was."""
    was = free_texts(page, before["answers"]) if before else {}
    marked = before["written_in"] if before else {}
    return {
        name: marked.get(name, language) if was.get(name) == text else language
        for name, text in free_texts(page, answers).items()
    }


def _changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    return sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
