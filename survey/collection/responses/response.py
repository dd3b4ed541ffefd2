"""A cluster's response and its life: saved page by page, submitted, perhaps reopened and submitted again.

A record at `rounds/<round>/reflection/<cluster>`:

    id, round, cluster, status ("in_progress" | "submitted" | "reopened")
    pages       page key → {revision, answers, written_in, saved_at, saved_in}       the draft
    submissions [{number, submitted_at, submitted_in, frozen, text_revision, pages}] what counts: the last
    history     [{at, what, …}]                                                      who changed what, when

`revision` counts the saves of a page; a save that was based on an older one is a conflict, never an overwrite.
`written_in` gives, for each answer that is free text, the language of the page it was written on.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from survey.collection.errors import DomainError
from survey.collection.rounds.round import place
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.questionnaire.types import answer_type
from survey.questionnaire.walk import Answers, Gap, Page, Walk
from survey.storage.repository import Record, Repository

Status = Literal["not_started", "in_progress", "submitted", "reopened"]
STATUSES: tuple[Status, ...] = ("not_started", "in_progress", "submitted", "reopened")
REFLECTION = "reflection"
WrittenIn = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SavedPage:
    """A page of a response as it was last saved. `written_in` maps question ids, or `<question>/<item>/<child>`."""

    revision: int = 0
    answers: Mapping[str, Any] | None = None
    written_in: WrittenIn | None = None
    saved_at: datetime | None = None
    saved_in: str | None = None


@dataclass(frozen=True, slots=True)
class Submission:
    """What a cluster submitted, with only the answers that were on its path."""

    number: int
    submitted_at: datetime
    submitted_in: str
    snapshot_digest: str
    text_revision: int
    answers: Answers
    written_in: Mapping[str, WrittenIn]


@dataclass(frozen=True, slots=True)
class Response:
    """A cluster's response: its draft by page, its submissions, oldest first, and its history."""

    id: str
    round: str
    cluster: str
    status: Status
    pages: Mapping[str, SavedPage]
    submissions: tuple[Submission, ...]
    history: tuple[Mapping[str, Any], ...]

    @property
    def answers(self) -> dict[str, Mapping[str, Any]]:
        """The draft's answers by page key."""
        return {key: page.answers or {} for key, page in self.pages.items()}

    @property
    def counted(self) -> Submission | None:
        """What reports count: the latest submission. A reopened response keeps its earlier one until then."""
        return self.submissions[-1] if self.submissions else None

    @property
    def last_saved(self) -> datetime | None:
        """When any page was last saved."""
        return max((page.saved_at for page in self.pages.values() if page.saved_at), default=None)


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


def read_response(repository: Repository, round_id: str, cluster_code: str) -> Response:
    """A cluster's response; an empty one, not started, when nothing has been saved yet."""
    record = repository.read(place(round_id, REFLECTION), cluster_code)
    return response_from(record) if record else Response("", round_id, cluster_code, "not_started", {}, (), ())


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
    if not snapshot.round.takes_answers(now):
        raise DomainError("round_closed")

    def change(record: Record | None) -> Record:
        record = record or _new_record(new_id, snapshot.round.id, cluster_code)
        if record["status"] == "submitted":
            raise DomainError("already_submitted")
        before = record["pages"].get(page.key)
        revision = before["revision"] if before else 0
        if revision != based_on:
            if before is not None and before["answers"] == answers:
                return record  # the same save again, or two people who wrote the same
            raise Conflict(_saved_page_from(before))
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
    return _saved_page_from(record["pages"][page.key])


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
    if not snapshot.round.takes_answers(now):
        raise DomainError("round_closed")

    def change(record: Record | None) -> Record:
        record = record or _new_record("", snapshot.round.id, cluster_code)
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
    return _submission_from(record["submissions"][-1])


def reopen(
    repository: Repository, snapshot: RoundSnapshot, cluster_code: str, *, reason: str, by: str, now: datetime
) -> Response:
    """Let a cluster change what it submitted. Its submission counts until it submits again.

    Raises DomainError: reason_needed, round_closed, not_submitted, unknown_cluster.
    """
    snapshot.cluster(cluster_code)
    if not reason.strip():
        raise DomainError("reason_needed")
    if not snapshot.round.takes_answers(now):
        raise DomainError("round_closed")

    def change(record: Record | None) -> Record:
        if record is None or record["status"] != "submitted":
            raise DomainError("not_submitted", cluster=cluster_code)
        record["status"] = "reopened"
        record["history"].append({"at": now.isoformat(), "what": "reopened", "by": by, "reason": reason.strip()})
        return record

    return response_from(repository.update(place(snapshot.round.id, REFLECTION), cluster_code, change))


def response_from(record: Record) -> Response:
    """A response from its record."""
    return Response(
        id=record["id"],
        round=record["round"],
        cluster=record["cluster"],
        status=record["status"],
        pages={key: _saved_page_from(page) for key, page in record["pages"].items()},
        submissions=tuple(_submission_from(submission) for submission in record["submissions"]),
        history=tuple(record["history"]),
    )


def _new_record(new_id: str, round_id: str, cluster_code: str) -> Record:
    return {
        "id": new_id,
        "round": round_id,
        "cluster": cluster_code,
        "status": "in_progress",
        "pages": {},
        "submissions": [],
        "history": [],
    }


def _saved_page_from(page: Mapping[str, Any] | None) -> SavedPage:
    if page is None:
        return SavedPage()
    return SavedPage(
        page["revision"],
        page["answers"],
        page["written_in"],
        datetime.fromisoformat(page["saved_at"]),
        page["saved_in"],
    )


def _submission_record(
    snapshot: RoundSnapshot, record: Record, path: Walk, language: str, now: datetime
) -> dict[str, Any]:
    return {
        "number": len(record["submissions"]) + 1,
        "submitted_at": now.isoformat(),
        "submitted_in": language,
        "frozen": snapshot.round.snapshot_digest,
        "text_revision": snapshot.round.text_revision,
        "pages": {
            page.key: {
                "answers": path.answers[page.key],
                "written_in": marks_of(page, path.answers[page.key], _marks(record, page), language),
            }
            for page in path.pages
        },
    }


def _submission_from(record: Mapping[str, Any]) -> Submission:
    return Submission(
        number=record["number"],
        submitted_at=datetime.fromisoformat(record["submitted_at"]),
        submitted_in=record["submitted_in"],
        snapshot_digest=record["frozen"],
        text_revision=record["text_revision"],
        answers={key: page["answers"] for key, page in record["pages"].items()},
        written_in={key: page["written_in"] for key, page in record["pages"].items()},
    )


def _changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    return sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))


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


def _marks(record: Record, page: Page) -> WrittenIn:
    marks: WrittenIn = record["pages"].get(page.key, {}).get("written_in", {})
    return marks


def marks_of(page: Page, answers: Mapping[str, Any], marks: WrittenIn, otherwise: str) -> dict[str, str]:
    """The language of each free text among the answers: as marked, `otherwise` where it is not."""
    return {name: marks.get(name, otherwise) for name in free_texts(page, answers)}


def free_texts(page: Page, answers: Mapping[str, Any]) -> dict[str, str]:
    """The free texts among the answers of a page, by question id or `<question>/<item>/<child>`."""
    texts: dict[str, str] = {}
    for question in page.section.questions:
        answer = answers.get(question.id)
        if answer is None:
            continue
        if answer_type(question).free_text:
            texts[question.id] = answer
        elif answer_type(question).repeats:
            texts |= {
                f"{question.id}/{item['id']}/{child.id}": item[child.id]
                for item in answer
                for child in question.questions
                if answer_type(child).free_text and child.id in item
            }
    return texts
