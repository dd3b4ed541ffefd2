"""The level of maturity that a team's answers to the criteria point to."""

from collections.abc import Mapping

from survey.questionnaire.definition import LevelRule
from survey.questionnaire.framework import Criterion, Framework, Outcome


def indicated_level(framework: Framework, outcome: Outcome, states: Mapping[str, str], rule: LevelRule) -> str | None:
    """The highest level at which every relevant criterion, of it and of all levels below, is met.

    `states` maps criterion ids to answer codes. A criterion that is left out ("not relevant") does not count;
    one without an answer is not met. A level without a relevant criterion passes if a lower one passed.
    Returns a level id, `rule.below` when no level is reached, or None when the outcome has no levels or
    nothing has been answered yet. Each edition says its rule: `level_rule` in docs/authors.md.
    """
    if not outcome.has_levels or not any(criterion.id in states for criterion in outcome.criteria):
        return None
    reached, _ = _climb(framework, outcome, states, rule)
    return reached if reached is not None else rule.below


def next_level(
    framework: Framework, outcome: Outcome, states: Mapping[str, str], rule: LevelRule
) -> tuple[tuple[Criterion, ...], tuple[Criterion, ...]]:
    """The relevant criteria of the level above the indicated one, and those of them that are not met.

    None of either where there is no indicated level, or none above it.
    """
    if indicated_level(framework, outcome, states, rule) is None:
        return (), ()
    _, relevant = _climb(framework, outcome, states, rule)
    return relevant, tuple(criterion for criterion in relevant if states.get(criterion.id) not in rule.met)


def _climb(
    framework: Framework, outcome: Outcome, states: Mapping[str, str], rule: LevelRule
) -> tuple[str | None, tuple[Criterion, ...]]:
    """The highest level reached, and the relevant criteria of the one that stopped the climb."""
    reached: str | None = None
    for level in framework.levels:
        relevant = tuple(
            criterion for criterion in outcome.at_level(level.id) if states.get(criterion.id) not in rule.left_out
        )
        if not all(states.get(criterion.id) in rule.met for criterion in relevant):
            return reached, relevant
        if relevant or reached is not None:
            reached = level.id
    return reached, ()
