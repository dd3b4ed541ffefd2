"""Which question of an earlier edition is the same question as one of today."""

import pandas as pd

from survey.questionnaire.definition import Question, Questionnaire, Section
from survey.reporting.records.frames import RoundData


def same_question(section: Section, question: Question, earlier: Questionnaire) -> Question | None:
    """The earlier edition's question that this one continues, or None when it was not asked then.

    It had the id that `was` names, or has had the same id all along; a question is never older than `since`.
    """
    before = earlier.section(section.id)
    if before is None or (question.since is not None and earlier.edition < question.since):
        return None
    if question.was is not None and (renamed := before.question(question.was)) is not None:
        return renamed
    return before.question(question.id)


def rows_of(data: RoundData, section: Section, question: Question) -> pd.DataFrame:
    """The rows of `data.answers` for a question as its own edition has it."""
    rows = data.answers
    return rows[(rows["section"] == section.id) & (rows["question"] == question.id) & (rows["item"] == 0)]


def earlier_rows(data: RoundData, section: Section, question: Question) -> pd.DataFrame:
    """The rows of a round for the question that today's `question` continues; none when it was not asked."""
    continued = same_question(section, question, data.snapshot.questionnaire)
    return data.answers.iloc[:0] if continued is None else rows_of(data, section, continued)
