"""The main action of each cluster on each of its outcomes."""

from datetime import date

from survey.reporting.measures.declarations import OWN_WORDS
from survey.reporting.records.answers import ANSWERED, NOT_ASKED
from survey.reporting.workbooks.cells import (
    NOT_ANSWERED,
    NOT_APPLICABLE,
    cluster_cells,
    cluster_columns,
    outcome_columns,
    verbatim,
)
from survey.reporting.workbooks.national.words import (
    NOTHING,
    Found,
    all_assigned_line,
    answers_by_place,
    own_words_shorthand,
)
from survey.reporting.workbooks.report import Report
from survey.reporting.xlsx.description import Cell, Column, Sheet, Table


def actions(report: Report) -> Sheet:
    """What each cluster will do next year, who leads and by when."""
    language = report.language
    action, lead, due = (answers_by_place(report, measure) for measure in ("action", "action_lead", "action_due"))
    rows: list[tuple[Cell, ...]] = []
    for cluster in report.clusters:
        for outcome in report.outcomes:
            if outcome.id not in report.data.assigned[cluster.code]:
                continue
            place = (cluster.code, outcome.id, 0)
            rows.append(
                (
                    *cluster_cells(report, cluster),
                    outcome.id,
                    report.outcome_name(outcome),
                    verbatim(*action.get(place, NOTHING)),
                    verbatim(*lead.get(place, NOTHING)),
                    _day(due.get(place, NOTHING)),
                )
            )
    return Sheet(
        name=language.pgettext("sheet name", "Actions"),
        title=report.titled(language.pgettext("sheet title", "Main actions for next year")),
        preamble=(all_assigned_line(report),),
        notes=(OWN_WORDS.id,),
        shorthand=own_words_shorthand(report),
        body=Table(
            "actions",
            language.pgettext("workbook", "The main action of each cluster on each outcome, its lead and its date."),
            (
                *cluster_columns(language),
                *outcome_columns(language),
                Column("action", language.pgettext("workbook", "Main action"), "verbatim"),
                Column("lead", language.pgettext("workbook", "Led by"), "verbatim"),
                Column("due", language.pgettext("workbook", "To be done by"), "date"),
            ),
            rows,
        ),
    )


def _day(found: Found) -> Cell:
    value, state, _ = found
    if state == ANSWERED:
        return date.fromisoformat(str(value))
    return NOT_APPLICABLE if state == NOT_ASKED else NOT_ANSWERED
