"""The level judged now against the level when each cluster was last asked about the outcome."""

from collections.abc import Iterable

from survey.questionnaire.definition import Option
from survey.reporting.measures.declarations import MOVEMENT
from survey.reporting.measures.levels import Moved, Movement, movement_counts, movements
from survey.reporting.workbooks.cells import (
    NOT_ANSWERED,
    NOT_APPLICABLE,
    SHARE,
    SMALL_BASE,
    TOO_FEW,
    base_columns,
    cluster_cells,
    cluster_columns,
    outcome_columns,
    percent,
)
from survey.reporting.workbooks.report import Report
from survey.reporting.xlsx.description import Cell, Column, Sheet, Shorthand, Table

WAYS: tuple[Movement, ...] = ("higher", "same", "lower")


def movement(report: Report) -> Sheet:
    """For all outcomes and each assigned one, how many clusters moved up, stayed or moved down."""
    language = report.language
    names = way_names(report)
    columns = (
        *outcome_columns(language),
        *base_columns(language),
        Column("compared", language.pgettext("workbook", "With a level now and when last asked"), "whole"),
        *(Column(f"n_{way}", names[way], "whole", unit=language.pgettext("unit", "number")) for way in WAYS),
        Column("first_time", names["first_time"], "whole"),
        Column("not_known", names["not_known"], "whole"),
        *(Column(f"p_{way}", names[way], "percent", unit="%", decimals=0, heat=SHARE) for way in WAYS),
    )
    return Sheet(
        name=language.pgettext("sheet name", "Movement"),
        title=report.titled(language.pgettext("sheet title", "Movement of the level judged since last asked")),
        preamble=(
            language.pgettext(
                "workbook", "Base: assigned clusters. Percentages are of those with a level now and when last asked."
            ),
            language.pgettext(
                "workbook", "“Last asked” is the last earlier year in which the outcome was assigned to that cluster."
            ),
            language.pgettext("workbook", "The row for all outcomes counts a cluster once for each of its outcomes."),
        ),
        notes=(MOVEMENT.id, SMALL_BASE),
        shorthand={Shorthand.NOT_APPLICABLE: language.say(TOO_FEW)},
        body=Table(
            "movement",
            language.pgettext("workbook", "How many clusters moved up, stayed at their level or moved down."),
            columns,
            [(*names_of, *_movement_cells(moved)) for names_of, moved in _groups(report, movements(report.series))],
        ),
    )


def movement_of_levels(report: Report) -> Sheet:
    """The level when last asked against the level now: how many clusters went from each to each."""
    language = report.language
    options = report.options("judged_level")
    columns = (
        *outcome_columns(language),
        Column("before", language.pgettext("workbook", "Level when last asked")),
        Column("clusters", language.pgettext("workbook", "With a level now and when last asked"), "whole"),
        *(
            Column(
                f"now_{option.code}",
                language.pgettext("workbook", "Now: %(level)s", level=report.texts(option.label)),
                "whole",
            )
            for option in options
        ),
    )
    rows = [
        (*names_of, *cells)
        for names_of, moved in _groups(report, movements(report.series))
        for cells in _matrix(report, moved, options)
    ]
    return Sheet(
        name=language.pgettext("sheet name", "Movement from level to level"),
        title=report.titled(language.pgettext("sheet title", "Level when last asked against level now")),
        preamble=(
            language.pgettext("workbook", "Base: assigned clusters with a level now and when last asked."),
            language.pgettext("workbook", "Rows for all outcomes count a cluster once for each of its outcomes."),
        ),
        notes=(MOVEMENT.id,),
        shorthand={Shorthand.NOT_APPLICABLE: language.pgettext("workbook", "a row for all outcomes has no code")},
        body=Table(
            "movement_of_levels",
            language.pgettext("workbook", "How many clusters went from each level to each level."),
            columns,
            rows,
        ),
    )


def movement_by_cluster(report: Report) -> Sheet:
    """Every cluster on each of its outcomes: when it was last asked, its level then and now, and the movement."""
    language = report.language
    names = way_names(report)
    options = report.options("judged_level")
    found = {(moved.cluster, moved.outcome): moved for moved in movements(report.series)}
    rows: list[tuple[Cell, ...]] = []
    for cluster in report.clusters:
        for outcome in report.outcomes:
            moved = found.get((cluster.code, outcome.id))
            if moved is None:
                continue
            rows.append(
                (
                    *cluster_cells(report, cluster),
                    outcome.id,
                    report.outcome_name(outcome),
                    moved.year or NOT_APPLICABLE,
                    _level(report, options, moved.before) if moved.year else NOT_APPLICABLE,
                    _level(report, options, moved.now),
                    names[moved.movement],
                )
            )
    return Sheet(
        name=language.pgettext("sheet name", "Movement by cluster"),
        title=report.titled(language.pgettext("sheet title", "Movement of each cluster since last asked")),
        preamble=(
            language.pgettext("workbook", "Base: every cluster and each outcome assigned to it, silent ones included."),
        ),
        notes=(MOVEMENT.id,),
        shorthand={
            Shorthand.NOT_APPLICABLE: language.pgettext("workbook", "never asked of this cluster before"),
            Shorthand.NOT_AVAILABLE: language.pgettext("workbook", "asked, but no level given"),
        },
        body=Table(
            "movement_by_cluster",
            language.pgettext("workbook", "The level of each cluster when last asked and now."),
            (
                *cluster_columns(language),
                *outcome_columns(language),
                Column("year", language.pgettext("workbook", "Last asked in")),
                Column("before", language.pgettext("workbook", "Level when last asked")),
                Column("now", language.pgettext("workbook", "Level now")),
                Column("movement", language.pgettext("workbook", "Movement")),
            ),
            rows,
        ),
    )


def way_names(report: Report) -> dict[Movement, str]:
    """Each movement in words."""
    language = report.language
    return {
        "higher": language.pgettext("workbook movement", "Moved up"),
        "same": language.pgettext("workbook movement", "Stayed the same"),
        "lower": language.pgettext("workbook movement", "Moved down"),
        "not_known": language.pgettext("workbook movement", "Cannot be compared"),
        "first_time": language.pgettext("workbook movement", "Asked for the first time"),
        "no_response": language.pgettext("workbook movement", "Has not submitted"),
    }


def _groups(report: Report, found: list[Moved]) -> Iterable[tuple[tuple[Cell, Cell], list[Moved]]]:
    """All movements, then those of each assigned outcome, each with the cells that name them."""
    yield (NOT_APPLICABLE, report.all_outcomes()), found
    for outcome in report.outcomes:
        yield (outcome.id, report.outcome_name(outcome)), [moved for moved in found if moved.outcome == outcome.id]


def _movement_cells(moved: list[Moved]) -> tuple[Cell, ...]:
    counts = movement_counts(moved)
    compared = sum(counts[way] for way in WAYS)
    return (
        len(moved),
        len(moved) - counts["no_response"],
        compared,
        *(counts[way] for way in WAYS),
        counts["first_time"],
        counts["not_known"],
        *(percent(MOVEMENT, counts[way], compared) for way in WAYS),
    )


def _matrix(report: Report, moved: list[Moved], options: tuple[Option, ...]) -> Iterable[tuple[Cell, ...]]:
    compared = [one for one in moved if one.movement in WAYS]
    for before in options:
        started = [one.now for one in compared if one.before == before.code]
        yield (
            report.texts(before.label),
            len(started),
            *(started.count(option.code) for option in options),
        )


def _level(report: Report, options: tuple[Option, ...], code: str | None) -> Cell:
    return NOT_ANSWERED if code is None else report.option_name(options, code)
