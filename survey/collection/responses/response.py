"""A cluster's response and its record at (rounds, <round>, reflection), <cluster>:

    id, round, cluster, status ("in_progress" | "submitted" | "reopened")
    pages       page key → {revision, answers, written_in, saved_at, saved_in, saves} the draft
    submissions [{number, submitted_at, submitted_in, frozen, text_revision, pages}]  what counts: the last
    history     [{at, what, …}]                                                       submitted, reopened, imported

`revision` counts the saves of a page. `saves` are who changed what: [{at, by, sitting, revision, was}], where `was`
gives the answers before, by question, so that each earlier version can be read again (`versions.py`).
`written_in` gives, for each answer that is free text, the language of the page it was written on.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from survey.collection.rounds.round import place
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.questionnaire.types import answer_type
from survey.questionnaire.walk import Answers, Page, Walk
from survey.storage.repository import Record, Repository

Status = Literal["not_started", "in_progress", "submitted", "reopened"]
STATUSES: tuple[Status, ...] = ("not_started", "in_progress", "submitted", "reopened")
REFLECTION = "reflection"
WrittenIn = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Writer:
    """Who saves: the language of her page, the name she gave for this sitting, if any, and the sitting’s random id."""

    language: str
    name: str = ""
    sitting: str = ""


@dataclass(frozen=True, slots=True)
class PageSave:
    """What one person changed on a page in one stretch. `was` are the answers before, None where there was none."""

    at: datetime
    by: str
    sitting: str
    revision: int
    was: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SavedPage:
    """A page of a response as it was last saved. `written_in` maps question ids, or `<question>/<item>/<child>`."""

    revision: int = 0
    answers: Mapping[str, Any] | None = None
    written_in: WrittenIn | None = None
    saved_at: datetime | None = None
    saved_in: str | None = None
    saves: tuple[PageSave, ...] = field(default=(), compare=False)


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
    def reference(self) -> str:
        """A short form of its id that can be read out."""
        return self.id[:8].upper()

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


def read_response(repository: Repository, round_id: str, cluster_code: str) -> Response:
    """A cluster's response; an empty one, not started, when nothing has been saved yet."""
    record = repository.read(place(round_id, REFLECTION), cluster_code)
    return response_from(record) if record else empty_response(round_id, cluster_code)


def empty_response(round_id: str, cluster_code: str) -> Response:
    """The response of a cluster that has not started."""
    return Response("", round_id, cluster_code, "not_started", {}, (), ())


def new_record(response_id: str, round_id: str, cluster_code: str) -> Record:
    """The record of a response that begins now."""
    return {
        "id": response_id,
        "round": round_id,
        "cluster": cluster_code,
        "status": "in_progress",
        "pages": {},
        "submissions": [],
        "history": [],
    }


def response_from(record: Record) -> Response:
    """A response from its record. Raises KeyError, TypeError, ValueError, AttributeError for a record that is none."""
    return Response(
        **{
            **record,
            "pages": {key: saved_page_from(page) for key, page in record["pages"].items()},
            "submissions": tuple(submission_from(submission) for submission in record["submissions"]),
            "history": tuple(record["history"]),
        }
    )


def saved_page_from(page: Mapping[str, Any] | None) -> SavedPage:
    """A page from its part of the record; one that was never saved when there is none."""
    if page is None:
        return SavedPage()
    saves = tuple(PageSave(**{**save, "at": datetime.fromisoformat(save["at"])}) for save in page.get("saves", ()))
    return SavedPage(**{**page, "saved_at": datetime.fromisoformat(page["saved_at"]), "saves": saves})


def submission_from(record: Mapping[str, Any]) -> Submission:
    return Submission(
        number=record["number"],
        submitted_at=datetime.fromisoformat(record["submitted_at"]),
        submitted_in=record["submitted_in"],
        snapshot_digest=record["frozen"],
        text_revision=record["text_revision"],
        answers={key: page["answers"] for key, page in record["pages"].items()},
        written_in={key: page["written_in"] for key, page in record["pages"].items()},
    )


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


def submission_record(
    snapshot: RoundSnapshot, number: int, pages: Mapping[str, Any], language: str, moment: str
) -> Record:
    """The record of a submission from its pages (`submitted_pages`)."""
    return {
        "number": number,
        "submitted_at": moment,
        "submitted_in": language,
        "frozen": snapshot.round.snapshot_digest,
        "text_revision": snapshot.round.text_revision,
        "pages": pages,
    }


def submitted_pages(path: Walk, marks: Mapping[str, WrittenIn], language: str) -> dict[str, dict[str, Any]]:
    """What is kept of a submission, by page key: only what is on its path. `marks` are the languages that are known."""
    return {
        page.key: {
            "answers": path.answers[page.key],
            "written_in": {
                name: marks.get(page.key, {}).get(name, language) for name in free_texts(page, path.answers[page.key])
            },
        }
        for page in path.pages
    }


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
