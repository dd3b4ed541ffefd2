"""The questions that a peer review may ask: each of a rule that is declared here, and looks at a reflection only."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from survey.languages import Phrase
from survey.reporting.measures.levels import calibration, level_order
from survey.reporting.records.variables import ANSWERED
from survey.reporting.workbooks.report import Report


@dataclass(frozen=True, slots=True)
class OutcomeFindings:
    """What a rule looks at: of one cluster on one outcome how its level judged stands to the one indicated, whether it
    is the highest, how it moved since it was last asked, and how its action of the year before went."""

    calibration: str
    is_highest: bool
    movement: str
    went: str


@dataclass(frozen=True, slots=True)
class QuestionRule:
    """When a question is asked, why in words, and the question."""

    holds: Callable[[OutcomeFindings], bool]
    why: Phrase
    question: Phrase


RULES = (
    QuestionRule(
        lambda seen: seen.calibration == "higher",
        Phrase("peer review", "It judges itself above the level that its answers point to."),
        Phrase("peer review", "Which evidence speaks for the higher level, and which statements are not met yet?"),
    ),
    QuestionRule(
        lambda seen: seen.calibration == "lower",
        Phrase("peer review", "It judges itself below the level that its answers point to."),
        Phrase("peer review", "What makes the team more cautious than its answers?"),
    ),
    QuestionRule(
        lambda seen: seen.movement == "lower",
        Phrase("peer review", "Its level is lower than when it was last asked."),
        Phrase("peer review", "What has changed since then: the work, the people, or how the team judges?"),
    ),
    QuestionRule(
        lambda seen: seen.movement == "higher",
        Phrase("peer review", "Its level is higher than when it was last asked."),
        Phrase("peer review", "What made the difference, and what could others take from it?"),
    ),
    QuestionRule(
        lambda seen: seen.movement == "same" and not seen.is_highest,
        Phrase("peer review", "Its level is the same as when it was last asked."),
        Phrase("peer review", "What would it take to reach the next level, and who would have to help?"),
    ),
    QuestionRule(
        lambda seen: seen.movement == "same" and seen.is_highest,
        Phrase("peer review", "Its level is the highest, as it was when it was last asked."),
        Phrase("peer review", "What keeps the work at that level, and what could others take from it?"),
    ),
    QuestionRule(
        lambda seen: seen.went == "not_begun",
        Phrase("peer review", "Its action of last year has not begun."),
        Phrase("peer review", "What stood in the way of the action, and is it still the right one?"),
    ),
)


NOT_SUBMITTED = Phrase("peer review", "It has not submitted.")
WHAT_WOULD_HELP = Phrase("peer review", "What would help the team to reflect together?")
"""What is asked of a cluster that has not submitted: once, whatever outcomes it has."""


@dataclass(frozen=True, slots=True)
class SuggestedQuestion:
    """A question to a cluster on an outcome, or on none (“”) where it is about all of its response, and why it is
    asked."""

    cluster: str
    outcome: str
    why: Phrase
    question: Phrase


def questions_to(report: Report, board: str) -> Iterator[SuggestedQuestion]:
    """The questions to the clusters of a health board, by cluster and outcome in the report’s order. An outcome of last
    year is among them where its action was asked about."""
    highest = level_order(report.data)[-1:]
    ways = _by_place(calibration(report.data), "way")
    moved, now = _by_place(report.movements, "movement"), _by_place(report.movements, "now")
    actions = _by_place((row for row in report.data.of("action_went") if row.state == ANSWERED), "value")
    for cluster in report.clusters:
        if cluster.health_board != board:
            continue
        if not report.data.clusters[cluster.code].counted:
            yield SuggestedQuestion(cluster.code, "", NOT_SUBMITTED, WHAT_WOULD_HELP)
            continue
        for outcome in report.every_outcome:
            place = (cluster.code, outcome.id)
            if outcome.id in report.data.assigned[cluster.code] or place in actions:
                is_highest = [now.get(place)] == highest
                seen = OutcomeFindings(ways.get(place, ""), is_highest, moved.get(place, ""), actions.get(place, ""))
                yield from (SuggestedQuestion(*place, rule.why, rule.question) for rule in RULES if rule.holds(seen))


def _by_place(rows: Iterable[Any], column: str) -> dict[tuple[str, str], str]:
    return {(row.cluster, row.outcome): getattr(row, column) or "" for row in rows}
