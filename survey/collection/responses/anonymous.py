"""Responses of a questionnaire that people answer unnamed: what was submitted, which stays.

    (rounds, <round>, skills, responses), <id>    round, frozen, text_revision, cluster, submitted_in, pages

`pages` maps page keys to {answers, written_in}. The id is random, and no record says who or when; nothing leads from a
response back to its draft.

Single ones leave the service only for a reason, in a person's name, and not before the round is closed. Profession,
cluster and the rest together can point to one person, so they are treated as personal data: whoever takes them out
answers for them.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from survey.collection.errors import DomainError
from survey.collection.people.accounts import Account, account_allowed, note
from survey.collection.responses.anonymous_drafts import ID, read_draft, remove_draft
from survey.collection.responses.lifecycle import Incomplete
from survey.collection.responses.response import WrittenIn, submitted_pages
from survey.collection.rounds.round import place
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.languages import day_of
from survey.questionnaire.walk import Answers
from survey.storage.repository import Place, Repository, Unreadable

DIGITS = 6


@dataclass(frozen=True, slots=True)
class AnonymousResponse:
    """What one person submitted, with only the answers that were on the path."""

    id: str
    cluster: str
    snapshot_digest: str
    text_revision: int
    submitted_in: str
    answers: Answers
    written_in: Mapping[str, WrittenIn]

    @property
    def key(self) -> str:
        """Its id, and something that changes with whatever else is in it: too short to tell anything of an answer."""
        content = orjson.dumps([self.cluster, self.submitted_in, self.answers], option=orjson.OPT_SORT_KEYS)
        return f"{self.id}.{hashlib.sha256(content).hexdigest()[:DIGITS]}"


def responses_of(round_id: str) -> Place:
    return place(round_id, "skills", "responses")


def submit_draft(
    repository: Repository, snapshot: RoundSnapshot, draft_id: str, response_id: str, *, language: str, now: datetime
) -> None:
    """Make a draft a response, for good, and remove the draft. Doing it again, by double click or retry, is a success.

    `response_id` is the id that the sent form carried: it tells a draft that has been submitted from one that is gone.
    Raises Incomplete, and DomainError: round_closed, draft_gone, sent_before (a crash came between, and other answers
    are there: they stay).
    """
    draft = read_draft(repository, snapshot.round.id, draft_id, now)
    if draft is None or draft.response != response_id:
        if ID.fullmatch(response_id) and repository.read(responses_of(snapshot.round.id), response_id) is not None:
            return
        snapshot.round.refuse_closed(now)
        raise DomainError("draft_gone")
    snapshot.round.refuse_closed(now)
    answers = {key: page.answers or {} for key, page in draft.pages.items()}
    path = snapshot.instrument(draft.cluster).walk(answers, day_of(now))
    if path.gaps():
        raise Incomplete(path.gaps())
    marks = {key: page.written_in or {} for key, page in draft.pages.items()}
    pages = submitted_pages(path, marks, language)
    is_kept = store_response(repository, snapshot, draft.cluster, pages, response_id=draft.response, language=language)
    remove_draft(repository, snapshot.round.id, draft_id)
    if not is_kept:
        raise DomainError("sent_before")


def store_response(
    repository: Repository,
    snapshot: RoundSnapshot,
    cluster_code: str,
    pages: Mapping[str, Mapping[str, Any]],
    *,
    response_id: str,
    language: str,
) -> bool:
    """Keep what was answered under its random id, never to be changed. False: other answers are there, and stay."""
    record = {
        "round": snapshot.round.id,
        "frozen": snapshot.round.snapshot_digest,
        "text_revision": snapshot.round.text_revision,
        "cluster": cluster_code,
        "submitted_in": language,
        "pages": dict(pages),
    }
    return repository.create(responses_of(snapshot.round.id), response_id, record)


def read_responses(repository: Repository, snapshot: RoundSnapshot) -> Iterator[AnonymousResponse | Unreadable]:
    """Every response of a round, in the order of random ids; one that cannot be read as the reason why."""
    where = responses_of(snapshot.round.id)
    for key, record in repository.read_all(where):
        if isinstance(record, Unreadable):
            yield record
            continue
        try:
            yield response_from(key, record)
        except (AttributeError, KeyError, TypeError) as fault:
            yield Unreadable(where, key, f"the record is not a response ({type(fault).__name__}: {fault})")


def state_of(keys: Iterable[str]) -> str:
    """What tells some responses, by `AnonymousResponse.key`, from any others."""
    return hashlib.sha256("\n".join(sorted(keys)).encode()).hexdigest()


def response_from(key: str, record: Mapping[str, Any]) -> AnonymousResponse:
    """A response from its record. Raises KeyError, TypeError, AttributeError for a record that is none."""
    return AnonymousResponse(
        id=key,
        cluster=record["cluster"],
        snapshot_digest=record["frozen"],
        text_revision=record["text_revision"],
        submitted_in=record["submitted_in"],
        answers={page: given["answers"] for page, given in record["pages"].items()},
        written_in={page: given["written_in"] for page, given in record["pages"].items()},
    )


def allow_row_level(
    repository: Repository, snapshot: RoundSnapshot, account_name: str, reason: str, now: datetime
) -> Account:
    """Note who exports the single responses of a round and why. Whoever calls this may then do it.

    Raises DomainError: still_open, export_reason_needed, export_account_needed (none was named, or it is not one of the
    national team that can sign in).
    """
    return _allow(repository, snapshot, account_name, reason, now, "exported_single_responses")


def allow_comments(
    repository: Repository, snapshot: RoundSnapshot, account_name: str, reason: str, now: datetime
) -> Account:
    """The same for the comments that were released."""
    return _allow(repository, snapshot, account_name, reason, now, "exported_comments")


def _allow(
    repository: Repository, snapshot: RoundSnapshot, account_name: str, reason: str, now: datetime, event: str
) -> Account:
    if snapshot.round.status != "closed":
        raise DomainError("still_open", round=snapshot.round.id)
    if not reason.strip():
        raise DomainError("export_reason_needed")
    account = account_allowed(repository, account_name, "exact_figures")
    if account is None:
        raise DomainError("export_account_needed")
    note(repository, now, account.name, event, round=snapshot.round.id, reason=" ".join(reason.split()))
    return account
