"""When something is asked, or shown, in words: the rules of a definition as sentences for whoever answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from survey.languages import Language, Phrase
from survey.questionnaire.definition import Question, Section
from survey.questionnaire.rules import Condition, Operator
from survey.questionnaire.texts import Texts
from survey.questionnaire.types import answer_type


@dataclass(frozen=True, slots=True)
class Sayings:
    """What is said of each kind of condition; `of_two` where an answer has to differ from another."""

    comparisons: Mapping[Operator, Phrase]
    answered: Phrase
    not_answered: Phrase
    of_two: Phrase


TO_ANSWER = Sayings(
    {
        "=": Phrase("when", "Answer this if “%(answer)s” is your answer to: “%(question)s”"),
        "!=": Phrase("when", "Answer this if “%(answer)s” is not your answer to: “%(question)s”"),
        ">": Phrase("when", "Answer this if your answer is more than %(answer)s: “%(question)s”"),
        ">=": Phrase("when", "Answer this if your answer is %(answer)s or more: “%(question)s”"),
        "<": Phrase("when", "Answer this if your answer is less than %(answer)s: “%(question)s”"),
        "<=": Phrase("when", "Answer this if your answer is %(answer)s or less: “%(question)s”"),
    },
    Phrase("when", "Answer this if you have answered: “%(question)s”"),
    Phrase("when", "Answer this if you have not answered: “%(question)s”"),
    Phrase("when", "Answer this if these two differ: “%(question)s” and “%(other)s”"),
)
TO_READ = Sayings(
    {
        "=": Phrase("when", "This is here if “%(answer)s” is your answer to: “%(question)s”"),
        "!=": Phrase("when", "This is here if “%(answer)s” is not your answer to: “%(question)s”"),
        ">": Phrase("when", "This is here if your answer is more than %(answer)s: “%(question)s”"),
        ">=": Phrase("when", "This is here if your answer is %(answer)s or more: “%(question)s”"),
        "<": Phrase("when", "This is here if your answer is less than %(answer)s: “%(question)s”"),
        "<=": Phrase("when", "This is here if your answer is %(answer)s or less: “%(question)s”"),
    },
    Phrase("when", "This is here if you have answered: “%(question)s”"),
    Phrase("when", "This is here if you have not answered: “%(question)s”"),
    Phrase("when", "This is here if these two differ: “%(question)s” and “%(other)s”"),
)
"""Of what nobody answers: a statement, an ending, a figure."""


def sentence(
    condition: Condition,
    asked: Question | Section,
    question_named: Callable[[str], Question | None],
    texts: Texts,
    language: Language,
) -> str:
    """When `asked` is there to be answered or read, as far as one condition of its rule goes.

    `question_named` finds a question by its name in a rule.
    """
    sayings = TO_READ if isinstance(asked, Question) and not answer_type(asked).stores_answer else TO_ANSWER
    question = question_named(condition.question)
    label = texts(question.label) if question else ""
    other = question_named(condition.answer_of) if condition.answer_of else None
    if condition.operator == "exists":
        return language.say(sayings.not_answered if condition.answer is False else sayings.answered, question=label)
    if other is not None and condition.operator == "!=":
        return language.say(sayings.of_two, question=label, other=texts(other.label))
    answer = texts(other.label) if other is not None else _words_of(condition.answer, question, texts, language)
    return language.say(sayings.comparisons[condition.operator], question=label, answer=answer)


def _words_of(answer: object, question: Question | None, texts: Texts, language: Language) -> str:
    option = question.option(str(answer)) if question else None
    if option:
        return texts(option.label)
    return language.number(answer) if isinstance(answer, int | float) else str(answer)
