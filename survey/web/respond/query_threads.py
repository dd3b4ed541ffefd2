"""Queries on answers as they are shown to either side: the answer as it was submitted, and what was written since."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup

from survey.collection.responses.queries import STATE_WORDS, Query, QueryEntry, Subject, read_queries
from survey.collection.responses.response import Response
from survey.collection.rounds.snapshot import worded_as
from survey.languages import Phrase
from survey.web.respond.fields import verbatim
from survey.web.respond.overview import AnsweredPage, AnswerGroup, OverviewRow, page_answers
from survey.web.respond.respondent import Respondent


@dataclass(frozen=True, slots=True)
class AskedAbout:
    """An answer as it stands in its submission: its page, its item if it has one, its question and what was said."""

    page_title: str
    item: str
    question: str
    answer: Markup


@dataclass(frozen=True, slots=True)
class QueryThread:
    """A query with the answer that it is about, None where that cannot be shown any more."""

    query: Query
    about: AskedAbout | None

    def text(self, entry: QueryEntry) -> Markup:
        """What was written, marked with its language."""
        return verbatim(entry.text, entry.language)


def subject_of(page: AnsweredPage, group: AnswerGroup, row: OverviewRow) -> Subject:
    """What a query about a row of answers is about."""
    return Subject(page.page.key, row.question.id, group.item_id, row.part or "")


def query_threads(respondent: Respondent, response: Response, queries: Iterable[Query]) -> list[QueryThread]:
    """Queries with their answers, in the words that the submission of each was given under."""
    by_number: dict[int, dict[Subject, AskedAbout]] = {}
    threads = []
    for query in queries:
        if query.submission not in by_number:
            by_number[query.submission] = dict(answers_of_submission(respondent, response, query.submission))
        threads.append(QueryThread(query, by_number[query.submission].get(query.subject)))
    return threads


def printed_threads(
    respondent: Respondent, response: Response, state_words: Mapping[str, Phrase] = STATE_WORDS
) -> dict[str, Any]:
    """All queries to a cluster, for what is printed of its answers."""
    return {"threads": query_threads(respondent, response, queries_of(respondent)), "state_words": state_words}


def queries_of(respondent: Respondent) -> tuple[Query, ...]:
    """All queries to a cluster in a round."""
    return read_queries(respondent.repository, respondent.snapshot.round.id, respondent.cluster.code)


def answers_of_submission(
    respondent: Respondent, response: Response, number: int
) -> Iterator[tuple[Subject, AskedAbout]]:
    """Every answer of a submission that can be asked about."""
    submission = next((submission for submission in response.submissions if submission.number == number), None)
    if submission is None:
        return
    worded = worded_as(respondent.repository, respondent.snapshot, submission.text_revision)
    as_given = replace(respondent, snapshot=worded)
    path = as_given.instrument.walk(submission.answers)
    for page in page_answers(as_given, path, path.pages, submission.written_in, {}):
        for group in page.answers:
            for row in group.rows:
                yield (
                    subject_of(page, group, row),
                    AskedAbout(page.title, group.heading, row.key, row.value),
                )
