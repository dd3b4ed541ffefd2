"""Asking about what a cluster wrote the year before: the questions of a section, once for each answer of then."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from survey.questionnaire.definition import FollowedUp, Question, Section, Text
from survey.questionnaire.framework import Framework, Outcome
from survey.questionnaire.rules import Rule

Followed = Mapping[str, tuple[FollowedUp, ...]]
"""What is asked about, by the question that was answered then: `outcome.action`."""


def section_about(section: Section, answers: tuple[FollowedUp, ...], framework: Framework | None) -> Section:
    """The section with its questions once for each of the answers, in the framework's order of their outcomes."""
    outcomes = {outcome.id: outcome for outcome in framework.outcomes} if framework else {}
    order = {outcome: place for place, outcome in enumerate(outcomes)}
    in_order = sorted(answers, key=lambda answer: order.get(answer.outcome, len(order)))
    questions = tuple(
        question for answer in in_order for question in _about(section, answer, outcomes.get(answer.outcome))
    )
    return replace(section, questions=questions)


def _about(section: Section, answer: FollowedUp, outcome: Outcome | None) -> Iterator[Question]:
    """The questions about one answer. Each has an id of its own, by which its rule and its options find the others."""
    ids = {question.id: _own_id(question.id, answer) for question in section.questions}
    for question in section.questions:
        yield replace(
            question,
            id=ids[question.id],
            label=Text(question.label.key, question.label.english, outcome.name if outcome else None),
            heading=outcome.name if outcome and question is section.questions[0] else question.heading,
            show_when=_own_rule(question.show_when, ids),
            limits=tuple(
                replace(limit, answer_of=ids.get(limit.answer_of, limit.answer_of)) for limit in question.limits
            ),
            figure=question.figure
            and replace(question.figure, questions=tuple(ids.get(name, name) for name in question.figure.questions)),
            filtered_by=question.filtered_by and ids.get(question.filtered_by, question.filtered_by),
            options=tuple(
                replace(option, reveals=ids[option.reveals] if option.reveals else None) for option in question.options
            ),
            revealed_by=ids[question.revealed_by] if question.revealed_by else None,
            follows=answer,
        )


def _own_id(question_id: str, answer: FollowedUp) -> str:
    return f"{question_id}-{answer.outcome}" if answer.outcome else question_id


def _own_rule(rule: Rule | None, ids: Mapping[str, str]) -> Rule | None:
    if rule is None:
        return None
    return replace(
        rule,
        conditions=tuple(
            replace(
                condition,
                question=ids.get(condition.question, condition.question),
                answer_of=ids.get(condition.answer_of or "", condition.answer_of),
            )
            for condition in rule.conditions
        ),
    )
