"""The level judged now against the level when each cluster was last asked about the outcome."""

from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd

from survey.reporting.measures.declarations import MOVEMENT
from survey.reporting.measures.levels import Movement
from survey.reporting.workbooks.cells import NOT_ANSWERED, NOT_APPLICABLE, outcome_columns
from survey.reporting.workbooks.national.distributions import assigned_columns
from survey.reporting.workbooks.national.reflections import (
    assigned_line,
    reflection_cells,
    reflection_columns,
    reflections,
)
from survey.reporting.workbooks.national.ways import WAYS, way_cells, way_columns
from survey.reporting.workbooks.report import Report
from survey.reporting.workbooks.tables import figures_of_clusters, sheet_of
from survey.reporting.xlsx.description import Cell, Column, Sheet, Table


def movement(report: Report) -> Sheet:
    """For all outcomes and each assigned one, how many clusters moved up, stayed or moved down."""
    names = way_names(report)
    columns = (
        *outcome_columns(report),
        *assigned_columns(report),
        *way_columns(
            report,
            _compared_column(report, "compared"),
            {way: names[way] for way in WAYS},
            Column("first_time", names["first_time"], "whole"),
            Column("not_known", names["not_known"], "whole"),
        ),
    )
    rows = [
        (
            *named,
            len(moved),
            int((moved["movement"] != "no_response").sum()),
            *way_cells(moved["movement"], MOVEMENT, "first_time", "not_known"),
        )
        for named, moved in _groups(report)
    ]
    description = report.pgettext("workbook", "How many clusters moved up, stayed at their level or moved down.")
    return figures_of_clusters(
        report,
        MOVEMENT,
        report.pgettext("sheet name", "Movement"),
        report.pgettext("sheet title", "Movement of the level judged since last asked"),
        Table("movement", description, columns, rows),
        report.pgettext(
            "workbook", "Base: assigned clusters. Percentages are of those with a level now and when last asked."
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
            report.pgettext("workbook", "Base: assigned clusters with a level now and when last asked."),
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
    for named, (cluster, outcome) in zip(reflection_cells(report), reflections(report), strict=True):
        row = moved.get((cluster.code, outcome.id))
        if row is not None:
            before = level(row.before) if row.year else NOT_APPLICABLE
            rows.append((*named, row.year or NOT_APPLICABLE, before, level(row.now), names[row.movement]))
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


def _groups(report: Report) -> Iterator[tuple[tuple[Cell, Cell], pd.DataFrame]]:
    """All movements, then those of each assigned outcome, each with the cells that name them."""
    moved = report.movements
    yield (NOT_APPLICABLE, report.all_outcomes()), moved
    for outcome in report.outcomes:
        yield (outcome.id, report.outcome_name(outcome)), moved[moved["outcome"] == outcome.id]
