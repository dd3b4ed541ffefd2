"""The criteria of the framework: how far each is in place, and which of them hold clusters back."""

from survey.questionnaire.framework import Criterion, Outcome
from survey.reporting.measures.clusters import distribution
from survey.reporting.measures.declarations import CRITERIA, HOLDING_BACK
from survey.reporting.measures.levels import holding_back
from survey.reporting.workbooks.national.figures import figures_by_outcome
from survey.reporting.workbooks.report import Report
from survey.reporting.workbooks.tables import (
    NOT_APPLICABLE,
    board_column,
    figures_of_clusters,
    outcome_columns,
    percent,
    percent_column,
)
from survey.reporting.xlsx.description import Cell, Column, Sheet, Table


def criteria(report: Report) -> Sheet:
    """Every criterion and how far it is in place, also of outcomes that are assigned nowhere."""
    options = report.options("criteria")
    counts = distribution(report.data.of("criteria"), CRITERIA, options, ("outcome", "suffix"))
    figures = figures_by_outcome(report, options, CRITERIA)
    columns = (*criterion_columns(report), *figures.columns)
    unassigned: tuple[Cell, ...] = (NOT_APPLICABLE,) * len(figures.columns)
    rows = []
    for outcome in report.every_outcome:
        for criterion in outcome.criteria:
            of_criterion = counts.get((outcome.id, criterion.id))
            cells = figures.cells(of_criterion) if of_criterion else unassigned
            rows.append((*criterion_cells(report, outcome, criterion), *cells))
    description = report.pgettext("workbook", "How many assigned clusters say that each criterion is in place.")
    return figures_of_clusters(
        report,
        CRITERIA,
        report.pgettext("sheet name", "Criteria"),
        report.pgettext("sheet title", "Criteria of the framework: how far each is in place"),
        Table("criteria_in_place", description, columns, rows),
        _base_line(report),
        not_applicable=report.pgettext(
            "workbook", "the outcome is assigned to no cluster, or the criterion has no level"
        ),
    )


def criteria_by_board(report: Report) -> Sheet:
    """Every criterion of each outcome of a health board, and how far it is in place there."""
    options = report.options("criteria")
    figures = figures_by_outcome(report, options, CRITERIA)
    counts = distribution(report.data.of("criteria"), CRITERIA, options, ("board", "outcome", "suffix"))
    rows: list[tuple[Cell, ...]] = [
        (report.board_name(board.code), *criterion_cells(report, outcome, criterion), *figures.cells(counted))
        for board in report.boards
        for outcome in report.outcomes
        for criterion in outcome.criteria
        if (counted := counts.get((board.code, outcome.id, criterion.id)))
    ]
    return figures_of_clusters(
        report,
        CRITERIA,
        report.pgettext("sheet name", "Criteria by health board"),
        report.pgettext("sheet title", "Criteria of the framework: how far each is in place, by health board"),
        Table(
            "criteria_by_board",
            report.pgettext("workbook", "How many clusters of each health board say that each criterion is in place."),
            (board_column(report), *criterion_columns(report), *figures.columns),
            rows,
        ),
        _base_line(report),
        not_applicable=report.pgettext("workbook", "the criterion has no level"),
    )


def criteria_holding_back(report: Report) -> Sheet:
    """The criteria that clusters still need for their next level, first those that most of them do."""
    criteria_by_id = {
        criterion.id: (outcome, criterion) for outcome in report.outcomes for criterion in outcome.criteria
    }
    columns = (
        *criterion_columns(report),
        Column("needed", report.pgettext("workbook", "Clusters whose next level needs it"), "whole"),
        Column("held", report.pgettext("workbook", "Of them, held back by it"), "whole"),
        Column("alone", report.pgettext("workbook", "Held back by nothing else"), "whole"),
        percent_column("share", report.pgettext("workbook", "Held back by it")),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            *criterion_cells(report, *criteria_by_id[held.criterion]),
            held.needed,
            held.back,
            held.alone,
            percent(HOLDING_BACK, held.back, held.needed, held.needed),
        )
        for held in holding_back(report.data)
    ]
    return figures_of_clusters(
        report,
        HOLDING_BACK,
        report.pgettext("sheet name", "Criteria holding clusters back"),
        report.pgettext("sheet title", "Criteria that hold most clusters back from their next level"),
        Table(
            "criteria_holding_back",
            report.pgettext("workbook", "How many clusters each criterion holds back from their next level."),
            columns,
            rows,
        ),
        report.pgettext(
            "workbook",
            "Base: clusters with an indicated level below the highest, each by the criteria of the level above it.",
        ),
    )


def criterion_columns(report: Report) -> tuple[Column, ...]:
    """The columns of a criterion: its outcome, code, level and words."""
    return (
        *outcome_columns(report),
        Column("criterion_code", report.pgettext("workbook", "Criterion code")),
        Column("level", report.pgettext("workbook", "Level")),
        Column("criterion", report.pgettext("workbook", "Criterion"), "long_text"),
    )


def criterion_cells(report: Report, outcome: Outcome, criterion: Criterion) -> tuple[Cell, ...]:
    """The cells of `criterion_columns`."""
    framework = report.snapshot.framework
    level = framework.level(criterion.level) if framework and criterion.level else None
    return (
        outcome.id,
        report.outcome_name(outcome),
        criterion.id,
        report.texts(level.name) if level else NOT_APPLICABLE,
        criterion_words(report, criterion),
    )


def criterion_words(report: Report, criterion: Criterion) -> str:
    """The statement in one line, with the things that it lists."""
    parts = "; ".join(map(report.texts, criterion.parts))
    return f"{report.texts(criterion.text)} {parts}".rstrip()


def _base_line(report: Report) -> str:
    return report.pgettext(
        "workbook", "Base: assigned clusters. Percentages leave out those to which a criterion is not relevant."
    )
