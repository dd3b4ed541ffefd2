"""Which question of an earlier edition is the same question as one of today."""

from survey.questionnaire.definition import Question, Questionnaire, Section


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
