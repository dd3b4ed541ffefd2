"""The answers of a submission that a cluster can be asked about: every row that pages show of it."""

from collections.abc import Iterator
from typing import Any

from survey.collection.errors import DomainError
from survey.collection.near_names import near
from survey.collection.responses.queries import Subject
from survey.collection.responses.response import Submission
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.languages import LANGUAGES, language
from survey.questionnaire.definition import Question
from survey.questionnaire.types import answer_type
from survey.questionnaire.types.base import AnswerContext
from survey.questionnaire.types.group import Group


def subjects_of(snapshot: RoundSnapshot, cluster_code: str, submission: Submission) -> Iterator[Subject]:
    """What can be asked about, in the order of asking."""
    path = snapshot.instrument(cluster_code).walk(submission.answers)
    code = LANGUAGES[0]
    for page in path.pages:
        context = AnswerContext(snapshot.texts[code], language(code), page.outcome)
        for question in path.asked.get(page.key, ()):
            answer = path.value(page.key, question.id)
            if answer_type(question).repeats and answer:
                for item in answer:
                    for child in Group.asked(question, item):
                        yield from _rows(page.key, item["id"], child, item.get(child.id), context)
            else:
                yield from _rows(page.key, "", question, answer, context)


def subject_named(snapshot: RoundSnapshot, cluster_code: str, submission: Submission, name: str) -> Subject:
    """What somebody names. Raises DomainError("unknown_subject") with what may be meant."""
    there = {named(subject): subject for subject in subjects_of(snapshot, cluster_code, submission)}
    if name not in there:
        raise DomainError("unknown_subject", given=name, near=near(name, tuple(there)))
    return there[name]


def named(subject: Subject) -> str:
    """A subject as people type it: `about/how`, with item and part where it has them."""
    return "/".join(filter(None, (subject.page, subject.item, subject.question, subject.part)))


def _rows(page: str, item: str, question: Question, answer: Any, context: AnswerContext) -> Iterator[Subject]:
    for part in answer_type(question).parts(question, answer, context):
        yield Subject(page, question.id, item, part.name or "")
