"""Each criterion of the framework, and how far it is in place."""

from survey.questionnaire.framework import Criterion, Outcome
from survey.reporting.measures.declarations import CRITERIA
from survey.reporting.measures.distribution import distribution
from survey.reporting.workbooks.cells import NOT_APPLICABLE, outcome_columns
from survey.reporting.workbooks.national.distributions import distribution_cells, distribution_columns
from survey.reporting.workbooks.report import Report
from survey.reporting.workbooks.tables import figures_of_clusters
from survey.reporting.xlsx.description import Cell, Column, Sheet, Table


def criteria(report: Report) -> Sheet:
    """Every criterion, also of outcomes that are assigned nowhere."""
    options = report.options("criteria")
    counts = distribution(report.data.of("criteria"), CRITERIA, options, ("outcome", "suffix"))
    figures = distribution_columns(report, options, CRITERIA)
    columns = (
        *outcome_columns(report),
        Column("criterion_code", report.pgettext("workbook", "Criterion code")),
        Column("level", report.pgettext("workbook", "Level")),
        Column("criterion", report.pgettext("workbook", "Criterion"), "long_text"),
        *figures,
    )
    unassigned: tuple[Cell, ...] = (NOT_APPLICABLE,) * len(figures)
    rows = []
    for outcome in report.every_outcome:
        for criterion in outcome.criteria:
            of_criterion = counts.get((outcome.id, criterion.id))
            cells = distribution_cells(of_criterion, options, CRITERIA) if of_criterion else unassigned
            rows.append((*_names(report, outcome, criterion), *cells))
    description = report.pgettext("workbook", "How many assigned clusters say that each criterion is in place.")
    return figures_of_clusters(
        report,
        CRITERIA,
        report.pgettext("sheet name", "Criteria"),
        report.pgettext("sheet title", "Criteria of the framework: how far each is in place"),
        Table("criteria_in_place", description, columns, rows),
        report.pgettext(
            "workbook", "Base: assigned clusters. Percentages leave out those to which a criterion is not relevant."
        ),
        not_applicable=report.pgettext(
            "workbook",
            "the outcome is assigned to no cluster, the criterion has no level, "
            "or a percentage of fewer than five clusters",
        ),
    )


def _names(report: Report, outcome: Outcome, criterion: Criterion) -> tuple[Cell, ...]:
    framework = report.snapshot.framework
    level = framework.level(criterion.level) if framework and criterion.level else None
    return (
        outcome.id,
        report.outcome_name(outcome),
        criterion.id,
        report.texts(level.name) if level else NOT_APPLICABLE,
        report.texts(criterion.text),
    )
