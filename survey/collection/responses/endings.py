"""People whom the answers to an anonymous questionnaire lead to an ending: how many, and nothing else.

    (rounds, <round>, skills, endings), <section>.<question>    count

Of no cluster and of no time: a file of this place tells the day of its last change alone.
"""

from datetime import datetime

from survey.collection.responses.anonymous_drafts import read_draft, remove_draft
from survey.collection.rounds.round import place
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.languages import CountedPhrase, Language, Phrase
from survey.questionnaire.types import answer_type
from survey.storage.repository import Place, Record, Repository, Unreadable

SAID = CountedPhrase(
    "endings",
    "%(n)s person was told that the survey is not for them, and is in no figure.",
    "%(n)s people were told that the survey is not for them, and are in no figure.",
    "count",
)
SAID_OF_FEW = Phrase("endings", "Fewer than %(threshold)s people were told that the survey is not for them.")


def endings_of(round_id: str) -> Place:
    return place(round_id, "skills", "endings")


def end_draft(repository: Repository, snapshot: RoundSnapshot, draft_id: str, response_id: str, now: datetime) -> bool:
    """Remove a draft that has come to an ending, and count it. Doing it again counts nothing, and is a success.

    `response_id` is the id that the sent form carried. False: the answers lead on, and the draft stays.
    Raises DomainError("round_closed").
    """
    snapshot.round.refuse_closed(now)
    draft = read_draft(repository, snapshot.round.id, draft_id, now)
    if draft is None or draft.response != response_id:
        return True
    answers = {key: page.answers or {} for key, page in draft.pages.items()}
    ending = snapshot.instrument(draft.cluster).walk(answers).ending
    if ending is None:
        return False
    page, question = ending

    def change(record: Record | None) -> Record:
        return {"count": (record["count"] if record else 0) + 1}

    remove_draft(repository, snapshot.round.id, draft_id)
    repository.update(endings_of(snapshot.round.id), f"{page.section.id}.{question.id}", change)
    return True


def people_at_endings(repository: Repository, snapshot: RoundSnapshot) -> int | None:
    """How many were led to an ending of a round; None where its questionnaire has none."""
    sections = snapshot.questionnaire.sections
    if not any(answer_type(question).ends for section in sections for question in section.questions):
        return None
    records = [record for _, record in repository.read_all(endings_of(snapshot.round.id))]
    return sum(int(record["count"]) for record in records if not isinstance(record, Unreadable))


def said_of_endings(count: int | None, threshold: int, language: Language) -> str:
    """How many were led to an ending, in words where they are few. Nothing of a questionnaire without one."""
    if count is None:
        return ""
    return language.say(SAID, count=count) if count >= threshold else language.say(SAID_OF_FEW, threshold=threshold)
