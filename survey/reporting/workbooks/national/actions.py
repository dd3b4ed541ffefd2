"""How the actions of the year before went: counted by outcome, and in clusters’ own words."""

from survey.reporting.measures.clusters import Distribution, distribution
from survey.reporting.measures.declarations import ACTIONS_WENT, OWN_WORDS
from survey.reporting.workbooks.national.figures import counts, shares
from survey.reporting.workbooks.national.reflections import answers_at, labels, reflection_cells, reflection_columns
from survey.reporting.workbooks.report import Report
from survey.reporting.workbooks.tables import (
    NOT_APPLICABLE,
    ColumnBlock,
    figures_of_clusters,
    outcome_columns,
    words_of_clusters,
)
from survey.reporting.xlsx.description import Cell, Column, Sheet, Table, Verbatim


def actions_of_last_year(report: Report) -> Sheet:
    """Of all outcomes together and of each, how many actions of the year before are done, under way, not begun."""
    rows_went, options = report.data.of("action_went"), report.options("action_went")
    by_outcome = distribution(rows_went, ACTIONS_WENT, options, ("outcome",))
    figures = _base(report) + counts(report, options, ACTIONS_WENT) + shares(report, options, ACTIONS_WENT)
    together = report.pgettext("workbook", "All outcomes")
    rows: list[tuple[Cell, ...]] = [
        (NOT_APPLICABLE, together, *figures.cells(counted))
        for counted in distribution(rows_went, ACTIONS_WENT, options, ()).values()
    ]
    rows += [
        (outcome.id, report.outcome_name(outcome), *figures.cells(by_outcome[outcome.id,]))
        for outcome in report.every_outcome
        if (outcome.id,) in by_outcome
    ]
    description = report.pgettext("workbook", "How the main actions of the year before went, by outcome.")
    return figures_of_clusters(
        report,
        ACTIONS_WENT,
        report.pgettext("sheet name", "Actions of last year"),
        report.pgettext("sheet title", "How the actions of the year before went, by outcome"),
        Table("actions_of_last_year", description, (*outcome_columns(report), *figures.columns), rows),
        report.pgettext(
            "workbook",
            "Base: every action that a cluster gave the year before.",
        ),
    )


def words_on_actions_of_last_year(report: Report) -> Sheet:
    """Each action of the year before in its words, how it went, and what the cluster says of it."""
    asked = {(row.cluster, row.outcome) for row in report.data.of("action_went")}
    followed = [
        (cluster, outcome)
        for cluster in report.clusters
        for outcome in report.every_outcome
        if (cluster.code, outcome.id) in asked
    ]
    places = [(cluster.code, outcome.id, 0) for cluster, outcome in followed]
    known = _known_from_the_year_before(report)
    before = [
        known.get((cluster, outcome), cell)
        for (cluster, outcome, _), cell in zip(places, answers_at(report, "action_before", places), strict=True)
    ]
    comments = answers_at(report, "action_went_comment", places)
    went = labels(report, "action_went", report.options("action_went"), places)
    columns = (
        *reflection_columns(report),
        Column("action", report.pgettext("workbook", "Main action of the year before"), "verbatim"),
        Column("went", report.pgettext("workbook", "How it went")),
        Column("comment", report.pgettext("workbook", "What the cluster says of it"), "verbatim"),
    )
    rows: list[tuple[Cell, ...]] = [
        (*reflection_cells(report, cluster, outcome), *cells)
        for (cluster, outcome), *cells in zip(followed, before, went, comments, strict=True)
    ]
    description = report.pgettext("workbook", "Each action of the year before and how it went, in clusters’ own words.")
    return words_of_clusters(
        report,
        (OWN_WORDS,),
        report.pgettext("sheet name", "Last year’s actions in words"),
        report.pgettext("sheet title", "Actions of the year before, in clusters’ own words"),
        Table("words_on_actions_of_last_year", description, columns, rows),
        report.pgettext("workbook", "Base: every action that a cluster gave the year before."),
    )


def _known_from_the_year_before(report: Report) -> dict[tuple[str, str], Verbatim]:
    """The actions that clusters are asked about, by cluster and outcome: known whether they have submitted or not."""
    asking = {section.follows_up or "" for section, _ in report.questions("action_before")}
    return {
        (cluster, action.outcome): Verbatim(action.words, action.written_in)
        for cluster, of_cluster in report.snapshot.followed.items()
        for question in asking & of_cluster.keys()
        for action in of_cluster[question]
    }


def _base(report: Report) -> ColumnBlock[Distribution]:
    return ColumnBlock(
        (
            Column("actions", report.pgettext("workbook", "Actions asked about"), "whole"),
            Column("responded", report.pgettext("workbook", "Actions of clusters that responded"), "whole"),
        ),
        lambda counted: (counted.expected, counted.responded),
    )
