"""A cluster's response and its record at (rounds, <round>, reflection), <cluster>:

    id, round, cluster, status ("in_progress" | "submitted" | "reopened")
    pages       page key → {revision, answers, written_in, saved_at, saved_in, saves} the draft
    submissions [{number, submitted_at, submitted_in, frozen, text_revision, pages, files}]  what counts: the last
    files       [{id, page, name, kind, size, digest, at, by}]  attached to the draft (`attachments.py`)
    history     [{at, what, …}]                                                       submitted, reopened, imported

`revision` counts the saves of a page. `saves` are who changed what: [{at, by, sitting, revision, was}], where `was`
gives the answers before, by question, so that each earlier version can be read again (`versions.py`).
`written_in` gives, for each answer that is free text, the language of the page it was written on.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from survey.collection.rounds.round import place
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.languages import day_of
from survey.questionnaire.types import answer_type
from survey.questionnaire.walk import Answers, Page, Walk
from survey.storage.repository import Record, Repository

ResponseStatus = Literal["not_started", "in_progress", "submitted", "reopened"]
STATUSES: tuple[ResponseStatus, ...] = ("not_started", "in_progress", "submitted", "reopened")
REFLECTION = "reflection"
WrittenIn = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Writer:
    """Who saves: the language of her page, the name she gave for this sitting, if any, and the sitting’s random id.

    `quoted` are texts that she may take over without having written them, each with its language.
    """

    language: str
    name: str = ""
    sitting: str = ""
    quoted: Mapping[str, str] = field(default_factory=dict)

    def language_of(self, text: str) -> str:
        """The language of a text that is new."""
        return self.quoted.get(text, self.language)


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
class AttachedFile:
    """What is known of a file that is attached to a page. `kind` is the ending of its kind, `size` in bytes, `digest`
    the SHA-256 of its content; `by` the name of whoever attached it, if she gave one.
    """

    id: str
    page: str
    name: str
    kind: str
    size: int
    digest: str
    at: datetime
    by: str

    def record(self) -> Record:
        """What is kept of it."""
        return {**asdict(self), "at": self.at.isoformat()}


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
    files: tuple[AttachedFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Response:
    """A cluster's response: its draft by page, its submissions, oldest first, and its history."""

    id: str
    round: str
    cluster: str
    status: ResponseStatus
    pages: Mapping[str, SavedPage]
    submissions: tuple[Submission, ...]
    history: tuple[Mapping[str, Any], ...]
    files: tuple[AttachedFile, ...] = ()

    @property
    def reference(self) -> str:
        """A short form of its id that can be read out."""
        return self.id[:8].upper()

    @property
    def answers(self) -> dict[str, Mapping[str, Any]]:
        """The draft's answers by page key."""
        return {key: page.answers or {} for key, page in self.pages.items()}

    def day_of_answers(self, today: date | None) -> date | None:
        """The day on which its answers are given: of a draft today, of what is submitted that of its submission."""
        return day_of(self.submissions[-1].submitted_at) if self.status == "submitted" else today

    @property
    def counted(self) -> Submission | None:
        """What reports count: the latest submission. A reopened response keeps its earlier one until then."""
        return self.submissions[-1] if self.submissions else None

    @property
    def every_file(self) -> dict[str, AttachedFile]:
        """The files of the draft and of everything submitted, by id."""
        submitted = [file for submission in self.submissions for file in submission.files]
        return {file.id: file for file in (*submitted, *self.files)}

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
            "files": files_from(record),
        }
    )


def saved_page_from(page: Mapping[str, Any] | None) -> SavedPage:
    """A page from its part of the record; one that was never saved when there is none."""
    if page is None:
        return SavedPage()
    saves = tuple(PageSave(**{**save, "at": datetime.fromisoformat(save["at"])}) for save in page.get("saves", ()))
    return SavedPage(**{**page, "saved_at": datetime.fromisoformat(page["saved_at"]), "saves": saves})


def files_from(record: Mapping[str, Any]) -> tuple[AttachedFile, ...]:
    """The files of a response or of a submission, from its record. Those of before there were files have none."""
    files = record.get("files", ())
    return tuple(AttachedFile(**{**file, "at": datetime.fromisoformat(file["at"])}) for file in files)


def submission_from(record: Mapping[str, Any]) -> Submission:
    return Submission(
        number=record["number"],
        submitted_at=datetime.fromisoformat(record["submitted_at"]),
        submitted_in=record["submitted_in"],
        snapshot_digest=record["frozen"],
        text_revision=record["text_revision"],
        answers={key: page["answers"] for key, page in record["pages"].items()},
        written_in={key: page["written_in"] for key, page in record["pages"].items()},
        files=files_from(record),
    )


def written_in_after(
    page: Page, answers: Mapping[str, Any], before: Mapping[str, Any] | None, writer: Writer
) -> dict[str, str]:
    """The language of each free text: the writer’s where the text is new or changed, else as it was."""
    was = free_texts(page, before["answers"]) if before else {}
    marked = before["written_in"] if before else {}
    return {
        name: marked.get(name, writer.language) if was.get(name) == text else writer.language_of(text)
        for name, text in free_texts(page, answers).items()
    }


def submission_record(
    snapshot: RoundSnapshot,
    number: int,
    pages: Mapping[str, Any],
    language: str,
    moment: str,
    files: Sequence[Record] = (),
) -> Record:
    """The record of a submission from its pages (`submitted_pages`), with those `files` that are attached to them."""
    attached = [file for file in files if file["page"] in pages]
    return {
        "number": number,
        "submitted_at": moment,
        "submitted_in": language,
        "frozen": snapshot.round.snapshot_digest,
        "text_revision": snapshot.round.text_revision,
        "pages": pages,
        **({"files": attached} if attached else {}),
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
