"""Two levels held against each other: judged and indicated, and now and when each cluster was last asked."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pandas as pd

from survey.reporting.measures.declarations import CALIBRATION, MOVEMENT, Measure
from survey.reporting.measures.levels import Comparison, Movement, calibration
from survey.reporting.workbooks.national.figures import assigned_columns
from survey.reporting.workbooks.national.reflections import (
    assigned_line,
    reflection_cells,
    reflection_columns,
    reflections,
)
from survey.reporting.workbooks.report import Report
from survey.reporting.workbooks.tables import (
    NOT_ANSWERED,
    NOT_APPLICABLE,
    Block,
    figures_of_clusters,
    number_of,
    outcome_columns,
    percent,
    percent_column,
    sheet_of,
)
from survey.reporting.xlsx.description import Cell, Column, Sheet, Table

WAYS: tuple[Comparison, ...] = ("higher", "same", "lower")


def judged_and_indicated(report: Report) -> Sheet:
    """For each assigned outcome, how the levels judged stand to the levels indicated."""
    ways = _ways(
        report,
        CALIBRATION,
        Column("both", report.pgettext("workbook", "With both levels"), "whole"),
        {
            "higher": report.pgettext("workbook", "Judged above indicated"),
            "same": report.pgettext("workbook", "Judged as indicated"),
            "lower": report.pgettext("workbook", "Judged below indicated"),
        },
        Column("one", report.pgettext("workbook", "Responded without both levels"), "whole"),
    )
    without_levels = {outcome.id for outcome in report.outcomes if not outcome.has_levels}
    rows: list[tuple[Cell, ...]] = []
    for (code, name), compared in _by_outcome(report, calibration(report.data)):
        numbers = (len(compared), int(compared["counted"].sum()))
        cells = ways.cells(compared[compared["counted"]].fillna({"way": "one"}))
        if code in without_levels:
            assigned = [cluster for cluster, outcomes in report.data.assigned.items() if code in outcomes]
            numbers = (len(assigned), int(report.data.clusters.loc[assigned, "counted"].sum()))
            cells = (NOT_APPLICABLE,) * len(ways.columns)
        rows.append((code, name, *numbers, *cells))
    columns = (*outcome_columns(report), *assigned_columns(report, CALIBRATION), *ways.columns)
    description = report.pgettext(
        "workbook", "How many clusters judge themselves above, at or below the level indicated."
    )
    return figures_of_clusters(
        report,
        CALIBRATION,
        report.pgettext("sheet name", "Judged and indicated"),
        report.pgettext("sheet title", "Level judged against level indicated, by outcome"),
        Table("judged_and_indicated", description, columns, rows),
        report.pgettext("workbook", "Base: reflections asked for. Percentages are of those with both levels."),
        report.pgettext("workbook", "The row for all outcomes counts a cluster once for each of its outcomes."),
    )


def movement(report: Report) -> Sheet:
    """For all outcomes and each assigned one, how many clusters moved up, stayed or moved down."""
    names = way_names(report)
    ways = _ways(
        report,
        MOVEMENT,
        _compared_column(report, "compared"),
        names,
        Column("first_time", names["first_time"], "whole"),
        Column("not_known", names["not_known"], "whole"),
    )
    rows = [
        (
            *named,
            len(moved),
            int((moved["movement"] != "no_response").sum()),
            *ways.cells(moved.rename(columns={"movement": "way"})),
        )
        for named, moved in _by_outcome(report, report.movements)
    ]
    columns = (*outcome_columns(report), *assigned_columns(report, MOVEMENT), *ways.columns)
    description = report.pgettext("workbook", "How many clusters moved up, stayed at their level or moved down.")
    return figures_of_clusters(
        report,
        MOVEMENT,
        report.pgettext("sheet name", "Movement"),
        report.pgettext("sheet title", "Movement of the level judged since last asked"),
        Table("movement", description, columns, rows),
        report.pgettext(
            "workbook", "Base: reflections asked for. Percentages are of those with a level now and when last asked."
        ),
        report.pgettext(
            "workbook", "“Last asked” is the last earlier year in which the outcome was assigned to that cluster."
        ),
        report.pgettext("workbook", "The row for all outcomes counts a cluster once for each of its outcomes."),
    )


def movement_of_levels(report: Report) -> Sheet:
    """The level when last asked against the level now: how many clusters went from each to each."""
    options = report.options("judged_level")
    levels = [option.code for option in options]
    now = (report.pgettext("workbook", "Now: %(level)s", level=report.texts(option.label)) for option in options)
    columns = (
        *outcome_columns(report),
        Column("before", report.pgettext("workbook", "Level when last asked")),
        _compared_column(report, "clusters"),
        *(Column(f"now_{code}", header, "whole") for code, header in zip(levels, now, strict=True)),
    )
    moved = report.movements
    compared = moved[moved["movement"].isin(WAYS)]
    steps = compared.value_counts(["before", "now"])
    steps_of = compared.value_counts(["outcome", "before", "now"])
    groups: list[tuple[tuple[Cell, Cell], pd.Series, tuple[str, ...]]] = [
        ((NOT_APPLICABLE, report.all_outcomes()), steps, ()),
        *(((outcome.id, report.outcome_name(outcome)), steps_of, (outcome.id,)) for outcome in report.outcomes),
    ]
    rows: list[tuple[Cell, ...]] = []
    for named, counts, key in groups:
        for option in options:
            numbers = [int(counts.get((*key, option.code, code), 0)) for code in levels]
            rows.append((*named, report.texts(option.label), sum(numbers), *numbers))
    description = report.pgettext("workbook", "How many clusters went from each level to each level.")
    return sheet_of(
        report,
        report.pgettext("sheet name", "Movement from level to level"),
        report.pgettext("sheet title", "Level when last asked against level now"),
        Table("movement_of_levels", description, columns, rows),
        (
            report.pgettext("workbook", "Base: reflections with a level now and when last asked."),
            report.pgettext("workbook", "Rows for all outcomes count a cluster once for each of its outcomes."),
        ),
        (MOVEMENT.id,),
        {NOT_APPLICABLE: report.pgettext("workbook", "a row for all outcomes has no code")},
    )


def movement_by_cluster(report: Report) -> Sheet:
    """Every cluster on each of its outcomes: when it was last asked, its level then and now, and the movement."""
    names, options = way_names(report), report.options("judged_level")

    def level(code: str | None) -> Cell:
        return NOT_ANSWERED if code is None else report.option_name(options, code)

    given: Iterable[Any] = report.movements.itertuples()
    moved = {(row.cluster, row.outcome): row for row in given}
    rows: list[tuple[Cell, ...]] = []
    for cluster, outcome in reflections(report):
        row = moved.get((cluster.code, outcome.id))
        if row is not None:
            before = level(row.before) if row.year else NOT_APPLICABLE
            cells = (row.year or NOT_APPLICABLE, before, level(row.now), names[row.movement])
            rows.append((*reflection_cells(report, cluster, outcome), *cells))
    columns = (
        *reflection_columns(report),
        Column("year", report.pgettext("workbook", "Last asked in")),
        Column("before", report.pgettext("workbook", "Level when last asked")),
        Column("now", report.pgettext("workbook", "Level now")),
        Column("movement", report.pgettext("workbook", "Movement")),
    )
    description = report.pgettext("workbook", "The level of each cluster when last asked and now.")
    return sheet_of(
        report,
        report.pgettext("sheet name", "Movement by cluster"),
        report.pgettext("sheet title", "Movement of each cluster since last asked"),
        Table("movement_by_cluster", description, columns, rows),
        (assigned_line(report),),
        (MOVEMENT.id,),
        {
            NOT_APPLICABLE: report.pgettext("workbook", "never asked of this cluster before"),
            NOT_ANSWERED: report.pgettext("workbook", "asked, but no level given"),
        },
    )


def way_names(report: Report) -> dict[Movement, str]:
    """Each movement in words."""
    return {
        "higher": report.pgettext("workbook movement", "Moved up"),
        "same": report.pgettext("workbook movement", "Stayed the same"),
        "lower": report.pgettext("workbook movement", "Moved down"),
        "not_known": report.pgettext("workbook movement", "Cannot be compared"),
        "first_time": report.pgettext("workbook movement", "Asked for the first time"),
        "no_response": report.pgettext("workbook movement", "Has not submitted"),
    }


def _compared_column(report: Report, key: str) -> Column:
    return Column(key, report.pgettext("workbook", "With a level now and when last asked"), "whole")


def _by_outcome(report: Report, reflected: pd.DataFrame) -> Iterator[tuple[tuple[Cell, Cell], pd.DataFrame]]:
    """All reflections, then those on each assigned outcome, each with the cells that name them."""
    yield (NOT_APPLICABLE, report.all_outcomes()), reflected
    for outcome in report.outcomes:
        yield (outcome.id, report.outcome_name(outcome)), reflected[reflected["outcome"] == outcome.id]


def _ways(
    report: Report, measure: Measure, compared: Column, names: Mapping[Any, str], *others: Column
) -> Block[pd.DataFrame]:
    """How many were compared, went each way and could not be compared, and the shares of each way.

    The subject has the cluster and the way of some reflections; the keys of `others` are what stands there for not
    being compared.
    """

    def cells(reflected: pd.DataFrame) -> tuple[Cell, ...]:
        counts = reflected["way"].value_counts()
        numbers = [int(counts.get(way, 0)) for way in WAYS]
        clusters = reflected.loc[reflected["way"].isin(WAYS), "cluster"].nunique()
        apart = (int(counts.get(other.key, 0)) for other in others)
        shares = (percent(measure, number, sum(numbers), clusters) for number in numbers)
        return (sum(numbers), *numbers, *apart, *shares)

    return Block(
        (
            compared,
            *(number_of(report, measure, f"n_{way}", names[way]) for way in WAYS),
            *others,
            *(percent_column(f"p_{way}", names[way]) for way in WAYS),
        ),
        cells,
    )
