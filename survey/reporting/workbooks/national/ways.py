"""The ways that levels went, counted: judged above, at or below what is indicated; moved up, stayed, moved down."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from survey.collection.rounds.clusters import Cluster
from survey.questionnaire.framework import Outcome
from survey.reporting.measures.declarations import CALIBRATION, MOVEMENT, Measure
from survey.reporting.measures.levels import Calibrated, LevelComparison, Moved, Movement
from survey.reporting.workbooks.national.figures import asked_for_line, assigned_columns
from survey.reporting.workbooks.report import LocalisedRound, Report
from survey.reporting.workbooks.tables import (
    NOT_APPLICABLE,
    ColumnBlock,
    number_of,
    percent,
    percent_column,
    percentages_line,
)
from survey.reporting.xlsx.description import Cell, Column, ColumnLine

WAYS: tuple[LevelComparison, ...] = ("higher", "same", "lower")
NOT_COMPARED: tuple[Movement, ...] = ("first_time", "not_known")


def ways_of_calibration(report: Report) -> ColumnBlock[Sequence[Calibrated]]:
    """Of some reflections: how many there are, responded, and judged which way."""
    names = {
        "higher": report.pgettext("workbook", "Judged above indicated"),
        "same": report.pgettext("workbook", "Judged as indicated"),
        "lower": report.pgettext("workbook", "Judged below indicated"),
    }
    ways = _ways(
        report,
        CALIBRATION,
        Column("both", report.pgettext("workbook", "With both levels"), "whole"),
        names,
        Column("one", report.pgettext("workbook", "Responded without both levels"), "whole"),
    )

    def cells(compared: Sequence[Calibrated]) -> tuple[Cell, ...]:
        went = [(reflection.cluster, reflection.way or "one") for reflection in compared if reflection.counted]
        return (len(compared), len(went), *ways.cells(went))

    return ColumnBlock((*assigned_columns(report, CALIBRATION), *ways.columns), cells)


def ways_of_movement(report: Report) -> ColumnBlock[Sequence[Moved]]:
    """Of some reflections: how many there are, responded, and moved which way."""
    names = way_names(report)
    ways = _ways(
        report,
        MOVEMENT,
        compared_column(report, "compared"),
        names,
        Column("first_time", names["first_time"], "whole"),
        Column("not_known", names["not_known"], "whole"),
    )

    def cells(moved: Sequence[Moved]) -> tuple[Cell, ...]:
        went = [(reflection.cluster, reflection.movement) for reflection in moved]
        responded = sum(way != "no_response" for _, way in went)
        return (len(moved), responded, *ways.cells(went))

    return ColumnBlock((*assigned_columns(report, MOVEMENT), *ways.columns), cells)


def without_both_levels(report: Report, outcome: Outcome, clusters: Iterable[Cluster]) -> tuple[Cell, ...]:
    """The cells of `ways_of_calibration` of an outcome without an indicated level: how many of some clusters were asked
    and responded, and no figures."""
    asked = [cluster.code for cluster in clusters if outcome.id in report.data.assigned[cluster.code]]
    numbers = (len(asked), sum(report.data.clusters[code].counted for code in asked))
    return (*numbers, *[NOT_APPLICABLE] * (len(ways_of_calibration(report).columns) - len(numbers)))


def both_levels_lines(report: Report) -> tuple[str | ColumnLine, ...]:
    """What figures of calibration are counted out of, and which outcomes have none."""
    base = (
        asked_for_line(report),
        percentages_line(report.pgettext("workbook", "Percentages are of those with both levels.")),
    )
    without = [outcome for outcome in report.outcomes if not outcome.has_levels]
    if not without:
        return base
    left_out = report.pgettext(
        "workbook",
        "These outcomes have no indicated level, and are left out of rows for all outcomes: %(outcomes)s.",
        outcomes=report.in_short(without),
    )
    return (*base, left_out)


def moved_lines(report: Report) -> tuple[str | ColumnLine, ...]:
    """What figures of movement are counted out of, and what they look back on."""
    return (
        asked_for_line(report),
        percentages_line(report.pgettext("workbook", "Percentages are of those with a level now and when last asked.")),
        report.pgettext(
            "workbook", "“Last asked” is the last earlier year in which the outcome was assigned to that cluster."
        ),
    )


def way_names(report: LocalisedRound) -> dict[Movement, str]:
    """Each movement in words."""
    return {
        "higher": report.pgettext("workbook movement", "Moved up"),
        "same": report.pgettext("workbook movement", "Stayed the same"),
        "lower": report.pgettext("workbook movement", "Moved down"),
        "not_known": report.pgettext("workbook movement", "Cannot be compared"),
        "first_time": report.pgettext("workbook movement", "Asked for the first time"),
        "no_response": report.pgettext("workbook movement", "Has not submitted"),
    }


def compared_column(report: Report, key: str) -> Column:
    """The column of those that can be compared with when they were last asked."""
    return Column(key, report.pgettext("workbook", "With a level now and when last asked"), "whole")


def _ways(
    report: Report, measure: Measure, compared: Column, names: Mapping[Any, str], *others: Column
) -> ColumnBlock[Sequence[tuple[str, str]]]:
    """How many were compared, went each way and could not be compared, and the shares of each way.

    The subject has the cluster and the way of each of some reflections; the keys of `others` are what stands there for
    not being compared.
    """

    def cells(went: Sequence[tuple[str, str]]) -> tuple[Cell, ...]:
        counts = Counter(way for _, way in went)
        numbers = [counts[way] for way in WAYS]
        clusters = len({cluster for cluster, way in went if way in WAYS})
        apart = (counts[other.key] for other in others)
        shares = (percent(measure, number, sum(numbers), clusters) for number in numbers)
        return (sum(numbers), *numbers, *apart, *shares)

    return ColumnBlock(
        (
            compared,
            *(number_of(report, measure, f"n_{way}", names[way]) for way in WAYS),
            *others,
            *(percent_column(f"p_{way}", names[way]) for way in WAYS),
        ),
        cells,
    )
