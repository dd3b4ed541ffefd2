"""Two levels held against each other: judged and indicated, and now and when each cluster was last asked."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TypeVar

from survey.reporting.measures.declarations import CALIBRATION, MOVEMENT
from survey.reporting.measures.levels import Calibrated, Moved, calibration
from survey.reporting.workbooks.national.reflections import (
    assigned_line,
    reflection_cells,
    reflection_columns,
    reflections,
)
from survey.reporting.workbooks.national.ways import (
    WAYS,
    both_levels_lines,
    compared_column,
    moved_lines,
    way_names,
    ways_of_calibration,
    ways_of_movement,
    without_both_levels,
)
from survey.reporting.workbooks.report import Report
from survey.reporting.workbooks.tables import (
    NOT_ANSWERED,
    NOT_APPLICABLE,
    figures_of_clusters,
    outcome_columns,
    sheet_of,
)
from survey.reporting.xlsx.description import Cell, Column, Sheet, Table

Went = TypeVar("Went", bound=Moved | Calibrated)


def judged_and_indicated(report: Report) -> Sheet:
    """For each assigned outcome, how the levels judged stand to the levels indicated."""
    ways = ways_of_calibration(report)
    without_levels = {outcome.id: outcome for outcome in report.outcomes if not outcome.has_levels}
    rows: list[tuple[Cell, ...]] = []
    for (code, name), compared in _by_outcome(report, calibration(report.data)):
        cells = ways.cells(compared)
        if code in without_levels:
            cells = without_both_levels(report, without_levels[str(code)], report.clusters)
        rows.append((code, name, *cells))
    description = report.pgettext(
        "workbook", "How many clusters judge themselves above, at or below the level indicated."
    )
    return figures_of_clusters(
        report,
        CALIBRATION,
        report.pgettext("sheet name", "Judged and indicated"),
        report.pgettext("sheet title", "Level judged against level indicated, by outcome"),
        Table("judged_and_indicated", description, (*outcome_columns(report), *ways.columns), rows),
        *both_levels_lines(report),
        report.pgettext("workbook", "The row for all outcomes counts a cluster once for each of its outcomes."),
    )


def movement(report: Report) -> Sheet:
    """For all outcomes and each assigned one, how many clusters moved up, stayed or moved down."""
    ways = ways_of_movement(report)
    rows = [(*named, *ways.cells(moved)) for named, moved in _by_outcome(report, report.movements)]
    description = report.pgettext("workbook", "How many clusters moved up, stayed at their level or moved down.")
    return figures_of_clusters(
        report,
        MOVEMENT,
        report.pgettext("sheet name", "Movement"),
        report.pgettext("sheet title", "Movement of the level judged since last asked"),
        Table("movement", description, (*outcome_columns(report), *ways.columns), rows),
        *moved_lines(report),
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
        compared_column(report, "clusters"),
        *(Column(f"now_{code}", header, "whole") for code, header in zip(levels, now, strict=True)),
    )
    rows: list[tuple[Cell, ...]] = []
    for named, moved in _by_outcome(report, report.movements):
        steps = Counter((reflection.before, reflection.now) for reflection in moved if reflection.movement in WAYS)
        for option in options:
            numbers = [steps[option.code, code] for code in levels]
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

    moved = {(row.cluster, row.outcome): row for row in report.movements}
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


def _by_outcome(report: Report, reflected: Sequence[Went]) -> Iterator[tuple[tuple[Cell, Cell], Sequence[Went]]]:
    """All reflections, then those on each assigned outcome, each with the cells that name them."""
    yield (NOT_APPLICABLE, report.all_outcomes()), reflected
    for outcome in report.outcomes:
        yield (outcome.id, report.outcome_name(outcome)), [went for went in reflected if went.outcome == outcome.id]
