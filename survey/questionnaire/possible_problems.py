"""What may be said of an answer to a question: found by answering it wrongly in every way that people do."""

from collections.abc import Iterator
from typing import Any

from survey.questionnaire.definition import Question
from survey.questionnaire.framework import Outcome
from survey.questionnaire.limits import problem_of
from survey.questionnaire.problems import Problem
from survey.questionnaire.types import answer_type

WRONG_TEXTS = ("?", "two\nlines", "1.5", "-1", "9" * 12, "1000", "9999", "2026-13-40", "1000-01-01", "9999-12-31")


def possible_problems(question: Question, outcome: Outcome | None = None) -> list[Problem]:
    """Every kind of problem that an answer to the question can have, each once and of no part in particular."""
    kind = answer_type(question)
    problems: dict[tuple[str, tuple[tuple[str, object], ...]], Problem] = {}
    missing = kind.gaps(question, None, outcome)
    limited = kind.limited_as
    beyond = [problem_of(limit, limited) for limit in question.limits] if limited else []
    filtered = [Problem("of_another_answer")] if question.filtered_by else []
    wrong = (problem for raw in _wrong_answers(question) for problem in kind.read(question, raw, outcome).problems)
    for problem in (*missing, *wrong, *beyond, *filtered):
        problems.setdefault(
            (problem.code, tuple(sorted(problem.values.items()))), Problem(problem.code, problem.values)
        )
    return list(problems.values())


def _wrong_answers(question: Question) -> Iterator[Any]:
    codes = [option.code for option in question.options]
    yield from WRONG_TEXTS
    yield "x" * ((question.max_length or 0) + 1)
    yield [*codes, "?"]
    yield codes
    yield codes[:1] * 2
    yield {row.id: "?" for row in question.rows}
    yield [{}] * ((question.most or 0) + 1)
