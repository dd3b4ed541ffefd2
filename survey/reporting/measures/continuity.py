"""The answers of an earlier round to a question that one of today continues."""

from collections.abc import Sequence

from survey.questionnaire.continuity import same_question
from survey.questionnaire.definition import Question, Section
from survey.reporting.records.round_data import AnswerRow, RoundData


def earlier_rows(data: RoundData, section: Section, question: Question) -> Sequence[AnswerRow]:
    """The rows of a round for the question that today's `question` continues; none when it was not asked."""
    continued = same_question(section, question, data.snapshot.questionnaire)
    return () if continued is None else data.of_question(section.id, continued.id)
