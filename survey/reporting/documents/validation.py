"""What a spreadsheet holds the cell of an answer to while it is filled in. The service reads it by its own rules."""

from datetime import date
from typing import Any

from survey.collection.meeting_packs.blanks import Blank
from survey.languages import Phrase
from survey.questionnaire.problems import Problem, describe
from survey.questionnaire.types import answer_type
from survey.questionnaire.types.choices import Ranking
from survey.questionnaire.types.inputs import LARGEST_NUMBER, LongText, Year
from survey.questionnaire.types.typed_dates import EARLIEST_YEAR, LATEST_YEAR
from survey.reporting.documents.description import PackWords

LONGEST_MESSAGE = 255
FROM_LIST = Phrase("meeting pack", "Choose one of the answers from the list.")


def validation(blank: Blank, choices: str, words: PackWords) -> dict[str, Any] | None:
    """The rule of a cell as XlsxWriter takes it. `choices` is the range of the list to fill it in from, or empty."""
    question, kind = blank.question, answer_type(blank.question)
    if choices:
        return {"validate": "list", "source": choices, **_message(words.say(FROM_LIST))}
    if isinstance(kind, LongText):
        limit = kind.limit(question)
        # A longer text is kept by the service, as on its pages, and said to be too long.
        rule = {"validate": "length", "criteria": "<=", "value": limit, "error_type": "warning"}
        return rule | _problem(Problem("too_long", {"most": limit}), words)
    if blank.field.kind == "date":
        return _between("date", date(EARLIEST_YEAR, 1, 1), date(LATEST_YEAR, 12, 31), "not_date", words)
    if blank.field.kind == "rank":
        return _between("integer", 1, Ranking.places(question), "not_whole", words)
    if blank.field.kind not in ("integer", "decimal"):
        return None
    ends = (EARLIEST_YEAR, LATEST_YEAR) if isinstance(kind, Year) else (-LARGEST_NUMBER, LARGEST_NUMBER)
    least = ends[0] if question.minimum is None else question.minimum
    most = ends[1] if question.maximum is None else question.maximum
    code = "not_year" if isinstance(kind, Year) else "not_whole" if blank.field.kind == "integer" else "not_number"
    return _between(blank.field.kind, least, most, code, words)


def _between(validate: str, least: Any, most: Any, problem: str, words: PackWords) -> dict[str, Any]:
    rule = {"validate": validate, "criteria": "between", "minimum": least, "maximum": most}
    return rule | _problem(Problem(problem), words)


def _problem(problem: Problem, words: PackWords) -> dict[str, str]:
    return _message(words.each(lambda reader, _: describe(problem, reader)))


def _message(said: tuple[str, ...]) -> dict[str, str]:
    return {"error_message": "\n".join(said)[:LONGEST_MESSAGE]}
