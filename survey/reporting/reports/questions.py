"""The questions that a peer review may ask: each of a rule that is declared here, and looks at a reflection only."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from survey.languages import Phrase
from survey.reporting.measures.levels import calibration
from survey.reporting.records.variables import ANSWERED
from survey.reporting.workbooks.report import Report


@dataclass(frozen=True, slots=True)
class Seen:
    """What a rule looks at: of one cluster on one outcome whether its response counts, how its level judged stands to
    the one indicated, how it moved since it was last asked, and how its action of the year before went."""

    is_counted: bool
    calibration: str
    movement: str
    went: str


@dataclass(frozen=True, slots=True)
class Rule:
    """When a question is asked, why in words, and the question."""

    holds: Callable[[Seen], bool]
    why: Phrase
    question: Phrase


RULES = (
    Rule(
        lambda seen: not seen.is_counted,
        Phrase("peer review", "It has not submitted."),
        Phrase("peer review", "What has kept the team from reflecting together, and what would help?"),
    ),
    Rule(
        lambda seen: seen.calibration == "higher",
        Phrase("peer review", "It judges itself above the level that its answers point to."),
        Phrase("peer review", "Which evidence speaks for the higher level, and which statements are not met yet?"),
    ),
    Rule(
        lambda seen: seen.calibration == "lower",
        Phrase("peer review", "It judges itself below the level that its answers point to."),
        Phrase("peer review", "What makes the team more careful than its answers are?"),
    ),
    Rule(
        lambda seen: seen.movement == "lower",
        Phrase("peer review", "Its level is lower than when it was last asked."),
        Phrase("peer review", "What has changed since then: the work, the people, or how the team judges?"),
    ),
    Rule(
        lambda seen: seen.movement == "higher",
        Phrase("peer review", "Its level is higher than when it was last asked."),
        Phrase("peer review", "What made the difference, and what could others take from it?"),
    ),
    Rule(
        lambda seen: seen.movement == "same",
        Phrase("peer review", "Its level is the same as when it was last asked."),
        Phrase("peer review", "What would it take to reach the next level, and who would have to help?"),
    ),
    Rule(
        lambda seen: seen.went == "not_begun",
        Phrase("peer review", "Its action of last year has not begun."),
        Phrase("peer review", "What stood in the way of the action, and is it still the right one?"),
    ),
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question to a cluster on an outcome, and why it is asked."""

    cluster: str
    outcome: str
    rule: Rule


def questions_to(report: Report, board: str) -> Iterator[Question]:
    """The questions to the clusters of a health board, by cluster and outcome in the report’s order. An outcome of last
    year is among them where its action was asked about."""
    ways = _by_place(calibration(report.data), "way")
    moved = _by_place(report.movements, "movement")
    actions = _by_place((row for row in report.data.of("action_went") if row.state == ANSWERED), "value")
    for cluster in report.clusters:
        if cluster.health_board != board:
            continue
        is_counted = report.data.clusters[cluster.code].counted
        for outcome in report.every_outcome:
            place = (cluster.code, outcome.id)
            if outcome.id in report.data.assigned[cluster.code] or place in actions:
                seen = Seen(is_counted, ways.get(place, ""), moved.get(place, ""), actions.get(place, ""))
                yield from (Question(*place, rule) for rule in RULES if rule.holds(seen))


def _by_place(rows: Iterable[Any], column: str) -> dict[tuple[str, str], str]:
    return {(row.cluster, row.outcome): getattr(row, column) or "" for row in rows}
