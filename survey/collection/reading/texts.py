"""What was written in words of one’s own in a round, text by text, for the national team to read.

Of people nothing stands beside a text: not whose it is, which others are of the same person, or where she works. Their
order is that of hashes of random ids, which tells nothing of the order in which they came. Texts of clusters come from
what counts, with cluster, health board and outcome. Worksheets and repeating groups are not read here.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from survey.collection.errors import DomainError
from survey.collection.responses.anonymous import read_responses, responses_of
from survey.collection.responses.earlier_state import record_as_at
from survey.collection.responses.response import REFLECTION, WrittenIn, response_from
from survey.collection.rounds.round import place
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.questionnaire.definition import Question
from survey.questionnaire.types import answer_type
from survey.questionnaire.walk import Answers, Page
from survey.storage.repository import Place, Repository, Unreadable

# A person’s name is kept with the response and leaves it in no report.
WITHHELD = frozenset({"signed_name"})
DIGITS = 32


@dataclass(frozen=True, slots=True)
class WrittenText:
    """One text. `key` stands for it: another text of the same respondent has another key. `asked` is its question, as
    “section.question”. `cluster`, `board` and `outcome` are empty for people."""

    key: str
    asked: str
    text: str
    written_in: str
    cluster: str = ""
    board: str = ""
    outcome: str = ""


def asked_for_words(snapshot: RoundSnapshot) -> dict[str, Question]:
    """The questions of a round whose texts are read, as `WrittenText.asked` names them, in the questionnaire’s order.

    Clusters also give names and titles on one line, which nobody has to read one by one.
    """
    is_anonymous = snapshot.questionnaire.respondent == "anonymous"
    return {
        f"{section.id}.{question.id}": question
        for section in snapshot.questionnaire.sections
        if not section.worksheet
        for question in section.questions
        if question.measure not in WITHHELD and _is_text(question)
        if is_anonymous or answer_type(question).several_lines
    }


def written_texts(
    repository: Repository, snapshot: RoundSnapshot, moment: datetime | None = None
) -> tuple[WrittenText, ...]:
    """All texts of the responses that can be read, of clusters as they stood at a moment if one is given. A process
    reads them once for each state of the responses.

    Raises DomainError("still_open") for people while their round has not been closed.
    """
    if snapshot.questionnaire.respondent != "anonymous":
        return _texts_of_clusters(repository, snapshot, repository.revision(_reflections(snapshot)), moment)
    if snapshot.round.status != "closed":
        raise DomainError("still_open", round=snapshot.round.id)
    return _texts_of_people(repository, snapshot, repository.revision(responses_of(snapshot.round.id)))


@lru_cache(maxsize=2)
def _texts_of_people(repository: Repository, snapshot: RoundSnapshot, _revision: str) -> tuple[WrittenText, ...]:
    pages = snapshot.instrument_of_all().submitted_pages
    asked = _asked(snapshot, pages)
    texts: list[WrittenText] = []
    for response in read_responses(repository, snapshot):
        if not isinstance(response, Unreadable):
            texts += _texts(response.id, asked, response.answers, response.written_in, response.submitted_in)
    return tuple(sorted(texts, key=lambda text: text.key))


@lru_cache(maxsize=4)
def _texts_of_clusters(
    repository: Repository, snapshot: RoundSnapshot, _revision: str, moment: datetime | None
) -> tuple[WrittenText, ...]:
    texts: list[WrittenText] = []
    for code, record in repository.read_all(_reflections(snapshot)):
        cluster = snapshot.clusters.cluster(code)
        if isinstance(record, Unreadable) or cluster is None:
            continue
        try:
            stood = record_as_at(record, moment) if moment else record
            counted = response_from(stood).counted if stood else None
        except (AttributeError, KeyError, TypeError, ValueError):
            continue
        if counted is not None:
            asked = _asked(snapshot, snapshot.instrument(code).submitted_pages)
            of_cluster = (code, cluster.health_board)
            texts += _texts(code, asked, counted.answers, counted.written_in, counted.submitted_in, of_cluster)
    return tuple(texts)


def keys_ever(repository: Repository, snapshot: RoundSnapshot) -> frozenset[str] | None:
    """The keys of all texts in all that was submitted, earlier submissions too; None where not all can be read."""
    is_anonymous = snapshot.questionnaire.respondent == "anonymous"
    try:
        return frozenset(text.key for text in (_of_people if is_anonymous else _of_clusters)(repository, snapshot))
    except (Unreadable, AttributeError, KeyError, TypeError, ValueError):
        return None


def _of_people(repository: Repository, snapshot: RoundSnapshot) -> Iterator[WrittenText]:
    asked = _asked(snapshot, snapshot.instrument_of_all().submitted_pages)
    for response in read_responses(repository, snapshot):
        if isinstance(response, Unreadable):
            raise response
        yield from _texts(response.id, asked, response.answers, response.written_in, response.submitted_in)


def _of_clusters(repository: Repository, snapshot: RoundSnapshot) -> Iterator[WrittenText]:
    for code, record in repository.read_all(_reflections(snapshot)):
        if isinstance(record, Unreadable):
            raise record
        asked = _asked(snapshot, snapshot.instrument(code).submitted_pages)
        for submission in response_from(record).submissions:
            yield from _texts(code, asked, submission.answers, submission.written_in, submission.submitted_in)


def _asked(snapshot: RoundSnapshot, pages: tuple[Page, ...]) -> list[tuple[Page, Question, str]]:
    names = asked_for_words(snapshot)
    return [
        (page, question, name)
        for page in pages
        for question in page.section.questions
        if (name := f"{page.section.id}.{question.id}") in names
    ]


def _texts(
    whose: str,
    asked: list[tuple[Page, Question, str]],
    answers: Answers,
    written_in: Mapping[str, WrittenIn],
    submitted_in: str,
    of_cluster: tuple[str, str] = ("", ""),
) -> Iterator[WrittenText]:
    for page, question, name in asked:
        text = answers.get(page.key, {}).get(question.id)
        if isinstance(text, str) and text:
            key = hashlib.sha256("\n".join((whose, page.key, question.id, text)).encode()).hexdigest()[:DIGITS]
            language = written_in.get(page.key, {}).get(question.id, submitted_in)
            yield WrittenText(key, name, text, language, *of_cluster, page.outcome.id if page.outcome else "")


def _is_text(question: Question) -> bool:
    kind = answer_type(question)
    return kind.free_text and kind.stores_answer


def _reflections(snapshot: RoundSnapshot) -> Place:
    return place(snapshot.round.id, REFLECTION)
