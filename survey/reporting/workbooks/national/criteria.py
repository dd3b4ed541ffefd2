"""Each criterion of the framework, and how far it is in place."""

from survey.questionnaire.framework import Criterion, Outcome
from survey.reporting.measures.declarations import CRITERIA
from survey.reporting.measures.distribution import distribution
from survey.reporting.workbooks.cells import (
    NOT_APPLICABLE,
    SMALL_BASE,
    base_columns,
    count_cells,
    count_columns,
    not_answered_column,
    outcome_columns,
    share_cells,
    share_columns,
)
from survey.reporting.workbooks.report import Report
from survey.reporting.xlsx.description import Cell, Column, Sheet, Shorthand, Table


def criteria(report: Report) -> Sheet:
    """Every criterion, also of outcomes that are assigned nowhere."""
    language = report.language
    options = report.options("criteria")
    counts = distribution(report.data.of("criteria"), CRITERIA, options, ("outcome", "suffix"))
    shared = [option for option in options if option.code not in CRITERIA.left_out]
    columns = (
        *outcome_columns(language),
        Column("criterion_code", language.pgettext("workbook", "Criterion code")),
        Column("level", language.pgettext("workbook", "Level")),
        Column("criterion", language.pgettext("workbook", "Criterion"), "long_text"),
        *base_columns(language),
        *count_columns(report, options),
        not_answered_column(language),
        *share_columns(report, shared),
    )
    unassigned: tuple[Cell, ...] = (NOT_APPLICABLE,) * (len(columns) - 5)
    framework = report.data.snapshot.framework
    rows: list[tuple[Cell, ...]] = []
    for outcome in framework.outcomes if framework else ():
        for criterion in outcome.criteria:
            found = counts.get((outcome.id, criterion.id))
            figures = unassigned
            if found is not None:
                figures = (
                    found.expected,
                    found.responded,
                    *count_cells(found, options),
                    found.not_answered,
                    *share_cells(found, shared, CRITERIA),
                )
            rows.append((*_names(report, outcome, criterion), *figures))
    return Sheet(
        name=language.pgettext("sheet name", "Criteria"),
        title=report.titled(language.pgettext("sheet title", "Criteria of the framework: how far each is in place")),
        preamble=(
            language.pgettext(
                "workbook",
                "Base: assigned clusters. Percentages leave out those to which a criterion is not relevant.",
            ),
        ),
        notes=(CRITERIA.id, SMALL_BASE),
        shorthand={
            Shorthand.NOT_APPLICABLE: language.pgettext(
                "workbook",
                "the outcome is assigned to no cluster, the criterion has no level, "
                "or a percentage of fewer than five clusters",
            )
        },
        body=Table(
            "criteria_in_place",
            language.pgettext("workbook", "How many assigned clusters say that each criterion is in place."),
            columns,
            rows,
        ),
    )


def _names(report: Report, outcome: Outcome, criterion: Criterion) -> tuple[Cell, ...]:
    framework = report.data.snapshot.framework
    level = framework.level(criterion.level) if framework and criterion.level else None
    return (
        outcome.id,
        report.outcome_name(outcome),
        criterion.id,
        report.texts(level.name) if level else NOT_APPLICABLE,
        report.texts(criterion.text),
    )
