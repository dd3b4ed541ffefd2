"""The main action of each cluster on each of its outcomes."""

from datetime import date

from survey.reporting.measures.declarations import OWN_WORDS
from survey.reporting.records.answers import ANSWERED
from survey.reporting.workbooks.cells import without_answer
from survey.reporting.workbooks.national.reflections import (
    assigned_line,
    given,
    reflection_cells,
    reflection_columns,
    reflection_places,
    words,
)
from survey.reporting.workbooks.report import Report
from survey.reporting.workbooks.tables import words_of_clusters
from survey.reporting.xlsx.description import Cell, Column, Sheet, Table


def actions(report: Report) -> Sheet:
    """What each cluster will do next year, who leads and by when."""
    places = reflection_places(report)
    due: list[Cell] = [
        date.fromisoformat(str(answer.value)) if answer.state == ANSWERED else without_answer(answer.state)
        for answer in given(report, "action_due", places)
    ]
    written = (words(report, measure, places) for measure in ("action", "action_lead"))
    rows = [(*names, *cells) for names, *cells in zip(reflection_cells(report), *written, due, strict=True)]
    columns = (
        *reflection_columns(report),
        Column("action", report.pgettext("workbook", "Main action"), "verbatim"),
        Column("lead", report.pgettext("workbook", "Led by"), "verbatim"),
        Column("due", report.pgettext("workbook", "To be done by"), "date"),
    )
    description = report.pgettext("workbook", "The main action of each cluster on each outcome, its lead and its date.")
    return words_of_clusters(
        report,
        (OWN_WORDS,),
        report.pgettext("sheet name", "Actions"),
        report.pgettext("sheet title", "Main actions for next year"),
        Table("actions", description, columns, rows),
        assigned_line(report),
    )
