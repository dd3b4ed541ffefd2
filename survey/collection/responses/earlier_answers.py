"""What a cluster said before: the last earlier submission in which it was asked the same page; of a worksheet, which is
never submitted, what it kept the last time.

Outcomes rotate among health boards, so "before" is the last time the outcome was asked of this cluster, not last
year. A question is the same when its id is, or when a later edition says what it `was`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from survey.collection.errors import DomainError
from survey.collection.responses.response import Response, SavedPage, WrittenIn, read_response
from survey.collection.rounds.round import read_rounds
from survey.collection.rounds.snapshot import RoundSnapshot, load_snapshot
from survey.questionnaire.definition import Question
from survey.questionnaire.framework import Outcome
from survey.questionnaire.types import answer_type
from survey.questionnaire.walk import Page
from survey.storage.repository import Repository

# Who signed last time says nothing about this time, and is a person’s name.
NOT_SHOWN_AGAIN = frozenset({"signed_name", "signed_role", "signed_date"})


@dataclass(frozen=True, slots=True)
class AnswerOfLastYear:
    """An answer, with the question as it was asked then."""

    question: Question
    answer: Any
    written_in: WrittenIn

    def as_now(self, question: Question, outcome: Outcome | None) -> Any:
        """The answer, as far as it still answers the question as it is asked now; None where it does not."""
        if answer_type(question).repeats:
            return None
        reading = answer_type(question).read(question, self.answer, outcome)
        return None if any(problem.part is None for problem in reading.problems) else reading.answer


@dataclass(frozen=True, slots=True)
class EarlierAnswers:
    """A cluster's answers to a page in an earlier round, by the id that each question has now."""

    snapshot: RoundSnapshot
    page: Page
    answers: Mapping[str, AnswerOfLastYear]

    @property
    def texts(self) -> dict[str, str]:
        """The texts that somebody wrote then, with the language of each."""
        return {
            before.answer: before.written_in[before.question.id]
            for before in self.answers.values()
            if answer_type(before.question).free_text and before.question.id in before.written_in
        }

    @property
    def year(self) -> str:
        """The reporting year, like "2025-26"."""
        return self.snapshot.round.reporting_year


def earlier_answers(
    repository: Repository, snapshot: RoundSnapshot, cluster_code: str, page: Page
) -> EarlierAnswers | None:
    """What the cluster said on this page the last time it was asked; None when it never was, or left it empty."""
    return earlier_answers_by_page(repository, snapshot, cluster_code, (page,)).get(page.key)


def earlier_answers_by_page(
    repository: Repository, snapshot: RoundSnapshot, cluster_code: str, pages: Sequence[Page]
) -> dict[str, EarlierAnswers]:
    """What the cluster said on each page the last time it was asked that page, by page key."""
    known_as = {
        page.key: {question.id: question for question in page.section.questions if answer_type(question).stores_answer}
        for page in pages
    }
    by_page: dict[str, EarlierAnswers] = {}
    for earlier in reversed(read_rounds(repository)):
        if not earlier.precedes(snapshot.round) or earlier.reporting_year == snapshot.round.reporting_year:
            continue
        if len(by_page) == len(pages):
            break
        before = load_snapshot(repository, earlier.id)
        for page in pages:
            section = before.questionnaire.section(page.section.id)
            if section is None or page.key in by_page or page.section.follows_up:
                continue
            known_as[page.key] = {
                name: section.question(later.id) or section.question(later.was or "") or later
                for name, later in known_as[page.key].items()
            }
            answers = _answered(repository, before, cluster_code, page.key, known_as[page.key])
            if answers is not None:
                by_page[page.key] = answers
    return by_page


def _answered(
    repository: Repository, before: RoundSnapshot, cluster_code: str, page_key: str, known_as: Mapping[str, Question]
) -> EarlierAnswers | None:
    try:
        page = before.instrument(cluster_code).page(page_key)
    except DomainError:
        return None
    if page is None:
        return None
    given, written_in = _given(read_response(repository, before.round.id, cluster_code), page)
    answers = {
        name: AnswerOfLastYear(question, given[question.id], written_in)
        for name, question in known_as.items()
        if question.id in given and page.section.question(question.id) is not None
    }
    return EarlierAnswers(before, page, answers) if answers else None


def _given(response: Response, page: Page) -> tuple[Mapping[str, Any], WrittenIn]:
    """What counts of a page: what was submitted of it; of a worksheet, which never is, what was kept."""
    if page.section.worksheet:
        kept = response.pages.get(page.key, SavedPage())
        return kept.answers or {}, kept.written_in or {}
    submission = response.counted
    if submission is None:
        return {}, {}
    return submission.answers.get(page.key, {}), submission.written_in.get(page.key, {})
