"""What a spreadsheet holds the cell of an answer to while it is filled in. The service reads it by its own rules."""

from datetime import date
from functools import partial
from typing import Any

from survey.collection.meeting_packs.blanks import Blank
from survey.languages import Language, Phrase
from survey.questionnaire.definition import Question
from survey.questionnaire.limits import TODAY, problem_of
from survey.questionnaire.problems import Problem, describe
from survey.questionnaire.texts import Texts
from survey.questionnaire.types import answer_type
from survey.questionnaire.types.typed_dates import EARLIEST_YEAR, LATEST_YEAR
from survey.reporting.documents.description import PackWords

LONGEST_MESSAGE = 255
FIRST_DAY, LAST_DAY = date(EARLIEST_YEAR, 1, 1), date(LATEST_YEAR, 12, 31)
FROM_LIST = Phrase("meeting pack", "Choose one of the answers from the list.")


def validation(blank: Blank, choices: str, words: PackWords) -> dict[str, Any] | None:
    """The rule of a cell as XlsxWriter takes it. `choices` is the range of the list to fill it in from, or empty."""
    question, kind = blank.question, answer_type(blank.question)
    if choices:
        return {"validate": "list", "source": choices, **_message(words.say(FROM_LIST))}
    limit = kind.most_characters(question)
    if limit is not None:
        # A longer text is kept by the service, as on its pages, and said to be too long.
        rule = {"validate": "length", "criteria": "<=", "value": limit, "error_type": "warning"}
        return rule | _problem(Problem("too_long", {"most": limit}), words)
    if blank.field.kind == "date":
        return _days(question, words) or _between("date", FIRST_DAY, LAST_DAY, "not_date", words)
    bounds = kind.bounds(question)
    if bounds is None:
        return None
    numbers = "decimal" if blank.field.kind == "decimal" else "integer"
    return _between(numbers, *bounds, kind.misread, words)


def _days(question: Question, words: PackWords) -> dict[str, Any] | None:
    """The days that are taken, where they are fixed. Another is kept by the service, and said to be beyond them."""
    fixed = {limit.end: limit for limit in question.limits if limit.day and limit.day != TODAY}
    if not fixed:
        return None
    least, most = (date.fromisoformat(fixed[end].day) if end in fixed else None for end in ("least", "most"))
    rule = {
        "validate": "date",
        "criteria": "between",
        "minimum": least or FIRST_DAY,
        "maximum": most or LAST_DAY,
        "error_type": "warning",
    }
    problems = [problem_of(limit, "date") for limit in fixed.values()]
    return rule | _message(tuple(said for problem in problems for said in words.each(partial(_said, problem))))


def _said(problem: Problem, reader: Language, _texts: Texts) -> str:
    return describe(problem, reader)


def _between(validate: str, least: Any, most: Any, problem: str, words: PackWords) -> dict[str, Any]:
    rule = {"validate": validate, "criteria": "between", "minimum": least, "maximum": most}
    return rule | _problem(Problem(problem), words)


def _problem(problem: Problem, words: PackWords) -> dict[str, str]:
    return _message(words.each(partial(_said, problem)))


def _message(said: tuple[str, ...]) -> dict[str, str]:
    return {"error_message": "\n".join(said)[:LONGEST_MESSAGE]}
