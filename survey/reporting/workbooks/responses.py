"""The responses themselves: as codes, for analysis, and as labels, for reading."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from survey.questionnaire.types.base import FieldKind
from survey.reporting.measures.declarations import OWN_WORDS
from survey.reporting.records.rows import ClusterRow, RowCell, columns_in_use, lines
from survey.reporting.records.table_schema import CHOSEN, NOT_CHOSEN
from survey.reporting.records.variables import ANSWERED, Variable
from survey.reporting.workbooks.report import Report
from survey.reporting.workbooks.tables import NO_ANSWER, NOT_ANSWERED, NOT_PUT, sheet_of, without_answer
from survey.reporting.xlsx.description import Cell, CellKind, Column, Sheet, Shorthand, Table, Verbatim

LONGEST_HEADER = 120
CODE_KINDS: Mapping[FieldKind, CellKind] = {
    "code": "text",
    "flag": "whole",
    "rank": "whole",
    "integer": "whole",
    "decimal": "decimal",
    "date": "date",
}
LABEL_KINDS: Mapping[FieldKind, CellKind] = {**CODE_KINDS, "flag": "text", "text": "verbatim"}
Show = Callable[[Variable, RowCell], Cell]


def responses_as_codes(report: Report) -> Sheet:
    """Every coded answer of every cluster under the variable's name. Free text has no codes and is left out."""
    variables = [variable for variable in columns_in_use(report.data) if variable.field.kind != "text"]
    columns = (
        *_first_columns(report),
        *(Column(variable.name, variable.name, CODE_KINDS[variable.field.kind]) for variable in variables),
    )
    rows = _rows(report, variables, as_code, lambda line: line.status)
    return sheet_of(
        report,
        report.pgettext("sheet name", "Responses (codes)"),
        report.pgettext("sheet title", "Responses as codes"),
        Table("responses_codes", report.pgettext("workbook", "Every coded answer of every cluster."), columns, rows),
        (
            _row_line(report),
            report.pgettext("workbook", "Free text has no codes: it is in the sheet of responses as labels."),
        ),
        shorthand=_shorthand(report),
    )


def responses_as_labels(report: Report) -> Sheet:
    """Every answer of every cluster in words, free text with the language it was written in."""
    variables = columns_in_use(report.data)
    columns = (
        *_first_columns(report),
        *(
            Column(variable.name, header, LABEL_KINDS[variable.field.kind])
            for variable, header in zip(variables, headers(report, variables), strict=True)
        ),
    )
    chosen, not_chosen = report.language.say(CHOSEN), report.language.say(NOT_CHOSEN)

    def as_label(variable: Variable, held: RowCell) -> Cell:
        if variable.field.kind == "flag":
            return chosen if held.value else not_chosen
        if variable.field.kind == "code":
            return report.option_name(variable.field.options, str(held.value))
        return as_code(variable, held)

    description = report.pgettext("workbook", "Every answer of every cluster, in words.")
    rows = _rows(report, variables, as_label, lambda line: report.status_name(line.status))
    return sheet_of(
        report,
        report.pgettext("sheet name", "Responses (labels)"),
        report.pgettext("sheet title", "Responses as labels"),
        Table("responses_labels", description, columns, rows),
        (_row_line(report),),
        (OWN_WORDS.id,),
        _shorthand(report),
    )


def headers(report: Report, variables: Sequence[Variable]) -> list[str]:
    """What each variable asks, cut where it is too long; the codebook has it whole, in the same order.

    No two are the same: where they would be, the variable's name follows.
    """
    asked = [_asked(report, variable) for variable in variables]
    often = Counter(text.casefold() for text in asked)
    return [
        text if often[text.casefold()] == 1 else f"{text} ({variable.name})"
        for text, variable in zip(asked, variables, strict=True)
    ]


def _asked(report: Report, variable: Variable) -> str:
    question, part = report.texts(variable.asks.label), variable.field.label
    pieces = [variable.outcome] if variable.outcome else []
    if variable.item is not None:
        item = variable.question.item_label
        pieces.append(f"{report.texts(item)} {variable.item}" if item else str(variable.item))
    if part is None:
        pieces.append(question)
    elif variable.outcome and variable.suffix.startswith(variable.outcome):
        pieces = [variable.suffix, report.texts(part)]
    else:
        pieces += [question, report.texts(part)]
    whole = ": ".join(pieces)
    return whole if len(whole) <= LONGEST_HEADER else whole[: LONGEST_HEADER - 1].rstrip() + "…"


def as_code(variable: Variable, held: RowCell) -> Cell:
    """The value as it is stored; words as words, dates as dates."""
    if variable.field.kind == "text":
        return Verbatim(str(held.value), held.written_in)
    if variable.field.kind == "date":
        return date.fromisoformat(str(held.value))
    return held.value if held.value is not None else NOT_ANSWERED


def _first_columns(report: Report) -> tuple[Column, ...]:
    return (
        Column("cluster_code", report.pgettext("workbook", "Cluster code")),
        Column("cluster", report.pgettext("workbook", "Cluster")),
        Column("board_code", report.pgettext("workbook", "Health board code")),
        Column("board", report.pgettext("workbook", "Health board")),
        Column("status", report.pgettext("workbook", "Status")),
    )


def _row_line(report: Report) -> str:
    return report.pgettext(
        "workbook", "One row for each cluster, silent ones included. The codebook explains each column."
    )


def _rows(
    report: Report, variables: Sequence[Variable], show: Show, status: Callable[[ClusterRow], str]
) -> list[tuple[Cell, ...]]:
    by_code = {line.cluster: line for line in lines(report.data)}
    return [
        (
            cluster.code,
            report.cluster_name(cluster.code),
            cluster.health_board,
            report.board_name(cluster.health_board),
            status(line),
            *(_cell(variable, line.get(variable), show) for variable in variables),
        )
        for cluster in report.clusters
        for line in (by_code[cluster.code],)
    ]


def _cell(variable: Variable, held: RowCell, show: Show) -> Cell:
    if held.withheld:
        return Shorthand.CONFIDENTIAL
    if held.state == ANSWERED:
        return show(variable, held)
    return without_answer(held.state)


def _shorthand(report: Report) -> dict[Shorthand, str]:
    return {
        Shorthand.NOT_AVAILABLE: report.language.say(NO_ANSWER),
        Shorthand.NOT_APPLICABLE: report.language.say(NOT_PUT),
        Shorthand.CONFIDENTIAL: report.pgettext(
            "workbook", "confidential: the cluster has not said that others may see this example"
        ),
    }
