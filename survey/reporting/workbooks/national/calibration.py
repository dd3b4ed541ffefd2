"""Where clusters judge themselves above or below the level that their own criteria point to."""

import pandas as pd

from survey.reporting.measures.declarations import CALIBRATION
from survey.reporting.measures.levels import calibration
from survey.reporting.workbooks.cells import NOT_APPLICABLE, outcome_columns
from survey.reporting.workbooks.national.distributions import assigned_columns
from survey.reporting.workbooks.national.ways import way_cells, way_columns
from survey.reporting.workbooks.report import Report
from survey.reporting.workbooks.tables import figures_of_clusters
from survey.reporting.xlsx.description import Cell, Column, Sheet, Table

NEITHER = "neither"


def judged_and_indicated(report: Report) -> Sheet:
    """For each assigned outcome, how the levels judged stand to the levels indicated."""
    figures = way_columns(
        report,
        Column("both", report.pgettext("workbook", "With both levels"), "whole"),
        {
            "higher": report.pgettext("workbook", "Judged above indicated"),
            "same": report.pgettext("workbook", "Judged as indicated"),
            "lower": report.pgettext("workbook", "Judged below indicated"),
        },
        Column("one", report.pgettext("workbook", "Responded without both levels"), "whole"),
    )
    columns = (*outcome_columns(report), *assigned_columns(report), *figures)
    compared = calibration(report.data)
    rows: list[tuple[Cell, ...]] = [(NOT_APPLICABLE, report.all_outcomes(), *_cells(compared))]
    for outcome in report.outcomes:
        cells = _cells(compared[compared["outcome"] == outcome.id])
        if not outcome.has_levels:
            assigned = [code for code, outcomes in report.data.assigned.items() if outcome.id in outcomes]
            responded = int(report.data.clusters.loc[assigned, "counted"].sum())
            cells = (len(assigned), responded, *(NOT_APPLICABLE for _ in figures))
        rows.append((outcome.id, report.outcome_name(outcome), *cells))
    description = report.pgettext(
        "workbook", "How many clusters judge themselves above, at or below the level indicated."
    )
    return figures_of_clusters(
        report,
        CALIBRATION,
        report.pgettext("sheet name", "Judged and indicated"),
        report.pgettext("sheet title", "Level judged against level indicated, by outcome"),
        Table("judged_and_indicated", description, columns, rows),
        report.pgettext("workbook", "Base: assigned clusters. Percentages are of those with both levels."),
        report.pgettext("workbook", "The row for all outcomes counts a cluster once for each of its outcomes."),
    )


def _cells(compared: pd.DataFrame) -> tuple[Cell, ...]:
    responded = compared[compared["counted"]]
    return (len(compared), len(responded), *way_cells(responded["way"].fillna(NEITHER), CALIBRATION, NEITHER))
