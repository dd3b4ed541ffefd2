"""The level of maturity that clusters judge themselves to be at: by outcome, by health board, by cluster."""

from collections.abc import Mapping, Sequence

from survey.questionnaire.definition import Option
from survey.reporting.measures.declarations import INDICATED_LEVEL, JUDGED_LEVEL, OWN_WORDS
from survey.reporting.measures.distribution import Distribution, distribution
from survey.reporting.records.answers import ANSWERED, NOT_ASKED
from survey.reporting.workbooks.cells import (
    NO_ANSWER,
    NOT_ANSWERED,
    NOT_APPLICABLE,
    SMALL_BASE,
    TOO_FEW,
    base_columns,
    board_column,
    cluster_cells,
    cluster_columns,
    count_cells,
    count_columns,
    not_answered_column,
    outcome_columns,
    share_cells,
    share_columns,
    verbatim,
)
from survey.reporting.workbooks.report import Report
from survey.reporting.xlsx.description import Cell, Column, Sheet, Shorthand, Table

ByCluster = Mapping[tuple[str, str], tuple[object, str, str]]


def maturity_by_outcome(report: Report) -> Sheet:
    """For each assigned outcome, how many assigned clusters judge themselves to be at each level."""
    language = report.language
    options = report.options("judged_level")
    counts = distribution(report.data.of("judged_level"), JUDGED_LEVEL, options, ("outcome",))
    rows = [
        (outcome.id, report.outcome_name(outcome), *level_cells(counts[outcome.id,], options))
        for outcome in report.outcomes
    ]
    return Sheet(
        name=language.pgettext("sheet name", "Maturity by outcome"),
        title=report.titled(language.pgettext("sheet title", "Level of maturity judged, by outcome")),
        preamble=(base_line(report),),
        notes=(JUDGED_LEVEL.id, SMALL_BASE),
        shorthand={Shorthand.NOT_APPLICABLE: language.say(TOO_FEW)},
        body=Table(
            "maturity_by_outcome",
            language.pgettext(
                "workbook", "How many assigned clusters judge themselves to be at each level, by outcome."
            ),
            (*outcome_columns(language), *level_columns(report, options)),
            rows,
        ),
    )


def maturity_by_board(report: Report) -> Sheet:
    """First all outcomes of Wales and of each health board, then each of its outcomes."""
    language = report.language
    options = report.options("judged_level")
    judged = report.data.of("judged_level")
    wales = distribution(judged, JUDGED_LEVEL, options, ())
    boards = distribution(judged, JUDGED_LEVEL, options, ("board",))
    each = distribution(judged, JUDGED_LEVEL, options, ("board", "outcome"))
    together = report.all_outcomes()
    rows: list[tuple[Cell, ...]] = [
        (report.wales, NOT_APPLICABLE, together, *level_cells(counts, options)) for counts in wales.values()
    ]
    rows += [
        (report.board_name(board.code), NOT_APPLICABLE, together, *level_cells(boards[board.code,], options))
        for board in report.boards
        if (board.code,) in boards
    ]
    rows += [
        (
            report.board_name(board.code),
            outcome.id,
            report.outcome_name(outcome),
            *level_cells(each[board.code, outcome.id], options),
        )
        for board in report.boards
        for outcome in report.outcomes
        if (board.code, outcome.id) in each
    ]
    return Sheet(
        name=language.pgettext("sheet name", "Maturity by health board"),
        title=report.titled(language.pgettext("sheet title", "Level of maturity judged, by health board")),
        preamble=(
            base_line(report),
            language.pgettext("workbook", "Rows for all outcomes count a cluster once for each of its outcomes."),
        ),
        notes=(JUDGED_LEVEL.id, SMALL_BASE),
        shorthand={
            Shorthand.NOT_APPLICABLE: language.pgettext(
                "workbook", "a row for all outcomes has no code, and there is no percentage of fewer than five clusters"
            )
        },
        body=Table(
            "maturity_by_board",
            language.pgettext(
                "workbook", "How many assigned clusters of each health board judge themselves to be at each level."
            ),
            (board_column(language), *outcome_columns(language), *level_columns(report, options)),
            rows,
        ),
    )


def maturity_by_cluster(report: Report) -> Sheet:
    """Every cluster on each of its outcomes: the level judged, the level indicated, and why they differ."""
    language = report.language
    judged, indicated, why = (
        _by_cluster(report, measure) for measure in ("judged_level", "indicated_level", "level_difference")
    )
    names = {option.code: report.texts(option.label) for option in report.options("judged_level")}
    rows: list[tuple[Cell, ...]] = [
        (
            *cluster_cells(report, cluster),
            outcome.id,
            report.outcome_name(outcome),
            _level(judged, (cluster.code, outcome.id), names),
            _level(indicated, (cluster.code, outcome.id), names) if outcome.has_levels else NOT_APPLICABLE,
            verbatim(*why.get((cluster.code, outcome.id), (None, NOT_ASKED, ""))),
        )
        for cluster in report.clusters
        for outcome in report.outcomes
        if outcome.id in report.data.assigned[cluster.code]
    ]
    return Sheet(
        name=language.pgettext("sheet name", "Maturity by cluster"),
        title=report.titled(language.pgettext("sheet title", "Level of maturity by cluster")),
        preamble=(
            language.pgettext("workbook", "Base: every cluster and each outcome assigned to it, silent ones included."),
        ),
        notes=(JUDGED_LEVEL.id, INDICATED_LEVEL.id, OWN_WORDS.id),
        shorthand={
            Shorthand.NOT_APPLICABLE: language.pgettext(
                "workbook", "not asked: the outcome has no levels to point to, or the two levels do not differ"
            ),
            Shorthand.NOT_AVAILABLE: language.say(NO_ANSWER),
        },
        body=Table(
            "maturity_by_cluster",
            language.pgettext("workbook", "The levels of each cluster on each outcome assigned to it."),
            (
                *cluster_columns(language),
                *outcome_columns(language),
                Column("judged", language.pgettext("workbook", "Level judged")),
                Column("indicated", language.pgettext("workbook", "Level indicated")),
                Column("why", language.pgettext("workbook", "Why the two differ"), "verbatim"),
            ),
            rows,
        ),
    )


def level_columns(report: Report, options: Sequence[Option]) -> tuple[Column, ...]:
    """The columns of a distribution of levels: base, counts, percentages."""
    return (
        *base_columns(report.language),
        *count_columns(report, options),
        not_answered_column(report.language),
        *share_columns(report, options),
    )


def level_cells(counts: Distribution, options: Sequence[Option]) -> tuple[Cell, ...]:
    """The cells of `level_columns`."""
    return (
        counts.expected,
        counts.responded,
        *count_cells(counts, options),
        counts.not_answered,
        *share_cells(counts, options, JUDGED_LEVEL),
    )


def base_line(report: Report) -> str:
    """What figures by outcome are counted out of."""
    return report.language.pgettext(
        "workbook",
        "Base: assigned clusters. Percentages are of those that responded and judged their level.",
    )


def _by_cluster(report: Report, measure: str) -> ByCluster:
    rows = report.data.of(measure)
    return {
        (cluster, outcome): (value, state, written_in)
        for cluster, outcome, value, state, written_in in zip(
            rows["cluster"], rows["outcome"], rows["value"], rows["state"], rows["written_in"], strict=True
        )
    }


def _level(found: ByCluster, reflection: tuple[str, str], names: Mapping[str, str]) -> Cell:
    value, state, _ = found.get(reflection, (None, NOT_ASKED, ""))
    if state == ANSWERED:
        return names.get(str(value), str(value))
    return NOT_APPLICABLE if state == NOT_ASKED else NOT_ANSWERED
