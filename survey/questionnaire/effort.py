"""How long answering may take: an estimate, worked out from the number and type of the questions.

The rule: every question that is asked counts the seconds of its type (`AnswerType.effort`), a table those of each part,
a repeating group those of one item. What may be left out counts half. The seconds are our own judgement of a team that
talks its answers through; nobody has measured them.
"""

from survey.questionnaire.types import answer_type
from survey.questionnaire.walk import Walk

SHORTEST_STEP, HOUR = 10, 60


def minutes_for(path: Walk) -> int:
    """How many minutes it may take to answer everything on a way, from nothing."""
    seconds = 0.0
    for page in path.pages:
        for question in path.asked[page.key]:
            kind = answer_type(question)
            effort = kind.effort(question, page.outcome)
            seconds += effort / 2 if kind.is_optional(question) else effort
    return round(seconds / 60)


def rounded(minutes: int) -> tuple[int, int]:
    """Between how many minutes, so that no more is promised than is known.

    Below an hour the next ten minutes, twice; above it the whole hours before and after.
    """
    if minutes <= HOUR - SHORTEST_STEP:
        about = max(SHORTEST_STEP, -(-minutes // SHORTEST_STEP) * SHORTEST_STEP)
        return about, about
    least = max(1, minutes // HOUR) * HOUR
    return least, least + HOUR
