"""When a question is asked, in words: the rules of a definition as sentences for whoever answers."""

from collections.abc import Callable, Mapping

from survey.languages import Language, Phrase
from survey.questionnaire.definition import Question
from survey.questionnaire.rules import Condition, Operator
from survey.questionnaire.texts import Texts

COMPARISONS: Mapping[Operator, Phrase] = {
    "=": Phrase("when", "Answer this if “%(answer)s” is your answer to: “%(question)s”"),
    "!=": Phrase("when", "Answer this if “%(answer)s” is not your answer to: “%(question)s”"),
    ">": Phrase("when", "Answer this if your answer is more than %(answer)s: “%(question)s”"),
    ">=": Phrase("when", "Answer this if your answer is %(answer)s or more: “%(question)s”"),
    "<": Phrase("when", "Answer this if your answer is less than %(answer)s: “%(question)s”"),
    "<=": Phrase("when", "Answer this if your answer is %(answer)s or less: “%(question)s”"),
}


def sentence(
    condition: Condition, question_named: Callable[[str], Question | None], texts: Texts, language: Language
) -> str:
    """When to answer, as far as one condition goes. `question_named` finds a question by its name in a rule."""
    question = question_named(condition.question)
    label = texts(question.label) if question else ""
    other = question_named(condition.answer_of) if condition.answer_of else None
    if condition.operator == "exists":
        if condition.answer is False:
            return language.pgettext("when", "Answer this if you have not answered: “%(question)s”", question=label)
        return language.pgettext("when", "Answer this if you have answered: “%(question)s”", question=label)
    if other is not None and condition.operator == "!=":
        return language.pgettext(
            "when",
            "Answer this if these two differ: “%(question)s” and “%(other)s”",
            question=label,
            other=texts(other.label),
        )
    answer = texts(other.label) if other is not None else _words_of(condition.answer, question, texts, language)
    return language.say(COMPARISONS[condition.operator], question=label, answer=answer)


def _words_of(answer: object, question: Question | None, texts: Texts, language: Language) -> str:
    option = question.option(str(answer)) if question else None
    if option:
        return texts(option.label)
    return language.number(answer) if isinstance(answer, int | float) else str(answer)
