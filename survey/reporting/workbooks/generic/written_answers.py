"""What clusters wrote in answer to any question, to be read: a row for each text, with the language it is in."""

from collections.abc import Iterator
from itertools import groupby

from survey.reporting.measures.declarations import OWN_WORDS
from survey.reporting.records.rows import lines
from survey.reporting.records.variables import ANSWERED
from survey.reporting.workbooks.generic.answers import section_name
from survey.reporting.workbooks.report import Report
from survey.reporting.workbooks.tables import NOT_APPLICABLE, cluster_cells, cluster_columns, words_of_clusters
from survey.reporting.xlsx.description import Cell, Column, Sheet, Table, Verbatim


def written_answers(report: Report) -> Sheet:
    """Everything that clusters wrote and share."""
    return written_sheet(report, frozenset())


def written_sheet(report: Report, elsewhere: frozenset[str]) -> Sheet:
    """What clusters wrote in answer to the questions that feed none of the measures `elsewhere`."""
    columns = (
        Column("section", report.pgettext("workbook", "Section"), "long_text"),
        Column("question", report.pgettext("workbook", "Question"), "long_text"),
        *cluster_columns(report),
        Column("item", report.pgettext("workbook", "Number in its list"), "whole"),
        Column("words", report.pgettext("workbook", "What was written"), "verbatim"),
    )
    description = report.pgettext("workbook", "What clusters wrote in answer to each question.")
    return words_of_clusters(
        report,
        (OWN_WORDS,),
        report.pgettext("sheet name", "Written answers"),
        report.pgettext("sheet title", "Written answers, in clusters’ own words"),
        Table("written_answers", description, columns, list(_rows(report, elsewhere))),
        report.pgettext("workbook", "One row for each text. How many wrote none is in the sheet of answers."),
        report.pgettext("workbook", "Words stand as they were written, in the language they were written in."),
        not_applicable=report.pgettext("workbook", "not in a list"),
    )


def _rows(report: Report, elsewhere: frozenset[str]) -> Iterator[tuple[Cell, ...]]:
    texts = [
        variable
        for variable in report.data.variables
        if variable.field.kind == "text" and variable.measure not in elsewhere
    ]
    by_code = {line.cluster: line for line in lines(report.data)}
    for _, of_question in groupby(texts, key=lambda variable: (variable.page, variable.question)):
        children = list(of_question)
        for child in {variable.asks: None for variable in children}:
            for cluster in report.clusters:
                for variable in children:
                    held = by_code[cluster.code].get(variable)
                    if variable.asks is child and held.state == ANSWERED and not held.withheld:
                        yield (
                            section_name(report, variable),
                            report.texts(child.label),
                            *cluster_cells(report, cluster),
                            variable.item or NOT_APPLICABLE,
                            Verbatim(str(held.value), held.written_in),
                        )
