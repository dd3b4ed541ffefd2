"""Questions that are asked only if: which of them a page draws, what it says about when they apply, and what the
script that hides them is told.

Without the script such a question is always there, with a sentence that says when to answer it.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from survey.languages import Language, Phrase
from survey.questionnaire.definition import Question
from survey.questionnaire.rules import Condition, Operator, Rule, holds
from survey.questionnaire.texts import Texts
from survey.questionnaire.types import answer_type
from survey.questionnaire.walk import Page, Walk


def drawn_questions(page: Page, path: Walk) -> tuple[Question, ...]:
    """The questions of a page that may be asked, whatever is answered on this page."""
    asked = {question.id for question in path.asked.get(page.key, ())}
    return tuple(
        question
        for question in page.section.questions
        if question.id in asked or (not answer_type(question).calculates and _may_hold(question.show_when, page, path))
    )


def for_script(rule: Rule, page: Page, path: Walk) -> dict[str, Any]:
    """A rule as `respond.js` reads it. What this page cannot change is given as settled."""
    return {
        rule.behaviour: [
            asdict(condition) if (settled := _settled(condition, page, path)) is None else {"settled": settled}
            for condition in rule.conditions
        ]
    }


def explanations(rule: Rule, page: Page, path: Walk, texts: Texts, language: Language) -> list[str]:
    """When to answer, as sentences: one condition each, without those that are settled."""
    return [
        sentence(condition, page.section.question, texts, language)
        for condition in rule.conditions
        if _settled(condition, page, path) is None
    ]


def _may_hold(rule: Rule | None, page: Page, path: Walk) -> bool:
    if rule is None:
        return True
    settled = [_settled(condition, page, path) for condition in rule.conditions]
    return False not in settled if rule.behaviour == "all" else any(known is not False for known in settled)


def _settled(condition: Condition, page: Page, path: Walk) -> bool | None:
    """Whether a condition holds that answers on this page cannot change; None for one that they can."""
    names = [condition.question, *([condition.answer_of] if condition.answer_of else [])]
    if all(_may_change(name, page, path) for name in names):
        return None
    if any("." not in name and not _may_change(name, page, path) for name in names):
        return holds(Rule("all", (condition,)), lambda _: None)
    return holds(Rule("all", (condition,)), lambda name: _answer_elsewhere(name, path))


def _may_change(name: str, page: Page, path: Walk) -> bool:
    question = page.section.question(name)
    if question is None:
        return False
    return not answer_type(question).calculates or question in path.asked.get(page.key, ())


def _answer_elsewhere(name: str, path: Walk) -> Any:
    page_key, _, question_id = name.rpartition(".")
    return path.answers.get(page_key, {}).get(question_id)


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
