"""The evidence that clusters name for each outcome: a row for each item of it."""

from datetime import date

from survey.collection.responses.file_kinds import BY_ENDING
from survey.reporting.measures.declarations import OWN_WORDS
from survey.reporting.records.variables import NO_RESPONSE
from survey.reporting.workbooks.national.reflections import (
    ReflectionPlace,
    answers_at,
    reflection_cells,
    reflection_columns,
    reflections,
)
from survey.reporting.workbooks.report import Report
from survey.reporting.workbooks.tables import NOT_APPLICABLE, words_of_clusters
from survey.reporting.xlsx.description import Cell, Column, Sheet, Table

IN_ONE_TEXT = "evidence"
"""The measure of editions that asked for all evidence in one text, which stands where later ones say what it shows."""


def evidence(report: Report) -> Sheet:
    """Every item of evidence in responses that count. A link is a text, so that no click opens it."""
    shows = IN_ONE_TEXT if report.questions(IN_ONE_TEXT) else "evidence_shows"
    given = _given(report, shows)
    listed = [
        (cluster, outcome, item)
        for cluster, outcome in reflections(report)
        for item in given.get((cluster.code, outcome.id), ())
    ]
    places: list[ReflectionPlace] = [(cluster.code, outcome.id, item) for cluster, outcome, item in listed]
    answers = (
        answers_at(report, "evidence_title", places),
        answers_at(report, "evidence_link", places, lambda link, _: link),
        answers_at(report, "evidence_date", places, lambda day, _: date.fromisoformat(day)),
        answers_at(report, shows, places),
    )
    columns = (
        *reflection_columns(report),
        Column("number", report.pgettext("workbook", "Evidence number"), "whole"),
        Column("title", report.pgettext("workbook", "Title of the evidence"), "verbatim"),
        Column("link", report.pgettext("workbook", "Web address"), "long_text"),
        Column("date", report.pgettext("workbook", "Date of the evidence"), "date"),
        Column("shows", report.pgettext("workbook", "What it shows"), "verbatim"),
    )
    rows: list[tuple[Cell, ...]] = [
        (*reflection_cells(report, cluster, outcome), item or NOT_APPLICABLE, *cells)
        for (cluster, outcome, item), *cells in zip(listed, *answers, strict=True)
    ]
    return words_of_clusters(
        report,
        (OWN_WORDS,),
        report.pgettext("sheet name", "Evidence"),
        report.pgettext("sheet title", "The evidence that clusters give for what they say"),
        Table("evidence", report.pgettext("workbook", "The evidence of each cluster on each outcome."), columns, rows),
        report.pgettext(
            "workbook",
            "One row for each piece of evidence in responses that count. A cluster that names none has no row.",
        ),
        report.pgettext("workbook", "Web addresses are text, not links: nobody has checked where they lead."),
    )


def evidence_files(report: Report) -> Sheet:
    """The files that went with responses that count: what they are called and how large they are."""
    columns = (
        *reflection_columns(report),
        Column("file", report.pgettext("workbook", "Name of the file"), "long_text"),
        Column("kind", report.pgettext("workbook", "Kind of file")),
        Column("size", report.pgettext("workbook", "Size"), "whole", unit="KB"),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            *reflection_cells(report, cluster, outcome),
            file.name,
            BY_ENDING[file.kind].name,
            max(1, round(file.size / 1000)),
        )
        for cluster, outcome in reflections(report)
        for file in report.data.files.get(cluster.code, ())
        if file.page.endswith(f"/{outcome.id}")
    ]
    return words_of_clusters(
        report,
        (OWN_WORDS,),
        report.pgettext("sheet name", "Evidence files"),
        report.pgettext("sheet title", "The files that clusters attached as evidence"),
        Table("evidence_files", report.pgettext("workbook", "The files of each cluster by outcome."), columns, rows),
        report.pgettext("workbook", "The files themselves are downloaded from the page of the cluster’s response."),
    )


def _given(report: Report, measure: str) -> dict[tuple[str, str], list[int]]:
    """The numbers of the items that clusters gave, by cluster and outcome; 0 for a text that stands by itself."""
    given: dict[tuple[str, str], list[int]] = {}
    for row in report.data.of(measure):
        if row.state != NO_RESPONSE and (row.item or row.value is not None):
            given.setdefault((row.cluster, row.outcome), []).append(row.item)
    return given
