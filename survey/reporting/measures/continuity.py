"""The answers of an earlier round to a question that one of today continues."""

import pandas as pd

from survey.questionnaire.continuity import same_question
from survey.questionnaire.definition import Question, Section
from survey.reporting.records.frames import RoundData


def rows_of(data: RoundData, section: Section, question: Question) -> pd.DataFrame:
    """The rows of `data.answers` for a question as its own edition has it."""
    rows = data.answers
    return rows[(rows["section"] == section.id) & (rows["question"] == question.id) & (rows["item"] == 0)]


def earlier_rows(data: RoundData, section: Section, question: Question) -> pd.DataFrame:
    """The rows of a round for the question that today's `question` continues; none when it was not asked."""
    continued = same_question(section, question, data.snapshot.questionnaire)
    return data.answers.iloc[:0] if continued is None else rows_of(data, section, continued)
