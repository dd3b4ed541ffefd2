"""The responses themselves: as codes, for analysis, and as labels, for reading."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from survey.questionnaire.types.base import FieldKind
from survey.reporting.measures.declarations import OWN_WORDS
from survey.reporting.records.answers import ANSWERED, NOT_ASKED
from survey.reporting.records.rows import ClusterRow, RowCell, columns_in_use, lines
from survey.reporting.records.variables import Variable
from survey.reporting.workbooks.cells import NO_ANSWER, NOT_ANSWERED, NOT_APPLICABLE, NOT_PUT
from survey.reporting.workbooks.report import Report
from survey.reporting.xlsx.description import Cell, Column, Kind, Sheet, Shorthand, Table, Verbatim

LONGEST_HEADER = 120
CODE_KINDS: Mapping[FieldKind, Kind] = {
    "code": "text",
    "flag": "whole",
    "rank": "whole",
    "integer": "whole",
    "decimal": "decimal",
    "date": "date",
}
LABEL_KINDS: Mapping[FieldKind, Kind] = {**CODE_KINDS, "flag": "text", "text": "verbatim"}
Show = Callable[[Variable, RowCell], Cell]


def responses_as_codes(report: Report) -> Sheet:
    """Every coded answer of every cluster under the variable's name. Free text has no codes and is left out."""
    language = report.language
    variables = [variable for variable in columns_in_use(report.data) if variable.field.kind != "text"]
    columns = (
        *_first_columns(report),
        *(Column(variable.name, variable.name, CODE_KINDS[variable.field.kind]) for variable in variables),
    )
    return Sheet(
        name=language.pgettext("sheet name", "Responses (codes)"),
        title=report.titled(language.pgettext("sheet title", "Responses as codes")),
        preamble=(
            language.pgettext(
                "workbook", "One row for each cluster, silent ones included. The codebook explains each column."
            ),
            language.pgettext("workbook", "Free text has no codes: it is in the sheet of responses as labels."),
        ),
        shorthand=_shorthand(report),
        body=Table(
            "responses_codes",
            language.pgettext("workbook", "Every coded answer of every cluster."),
            columns,
            _rows(report, variables, as_code, lambda line: (line.status,)),
        ),
    )


def responses_as_labels(report: Report) -> Sheet:
    """Every answer of every cluster in words, free text with the language it was written in."""
    language = report.language
    variables = columns_in_use(report.data)
    columns = (
        *_first_columns(report),
        *(
            Column(variable.name, header, LABEL_KINDS[variable.field.kind])
            for variable, header in zip(variables, headers(report, variables), strict=True)
        ),
    )
    chosen = language.pgettext("workbook option", "Chosen")
    not_chosen = language.pgettext("workbook option", "Not chosen")

    def as_label(variable: Variable, found: RowCell) -> Cell:
        if variable.field.kind == "flag":
            return chosen if found.value else not_chosen
        if variable.field.kind == "code":
            return report.option_name(variable.field.options, str(found.value))
        return as_code(variable, found)

    return Sheet(
        name=language.pgettext("sheet name", "Responses (labels)"),
        title=report.titled(language.pgettext("sheet title", "Responses as labels")),
        preamble=(
            language.pgettext(
                "workbook", "One row for each cluster, silent ones included. The codebook explains each column."
            ),
        ),
        notes=(OWN_WORDS.id,),
        shorthand=_shorthand(report),
        body=Table(
            "responses_labels",
            language.pgettext("workbook", "Every answer of every cluster, in words."),
            columns,
            _rows(report, variables, as_label, lambda line: (report.status_name(line.status),)),
        ),
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


def as_code(variable: Variable, found: RowCell) -> Cell:
    """The value as it is stored; words as words, dates as dates."""
    if variable.field.kind == "text":
        return Verbatim(str(found.value), found.written_in)
    if variable.field.kind == "date":
        return date.fromisoformat(str(found.value))
    return found.value if found.value is not None else NOT_ANSWERED


def _first_columns(report: Report) -> tuple[Column, ...]:
    language = report.language
    return (
        Column("cluster_code", language.pgettext("workbook", "Cluster code")),
        Column("cluster", language.pgettext("workbook", "Cluster")),
        Column("board_code", language.pgettext("workbook", "Health board code")),
        Column("board", language.pgettext("workbook", "Health board")),
        Column("status", language.pgettext("workbook", "Status")),
    )


def _rows(
    report: Report,
    variables: Sequence[Variable],
    show: Show,
    status: Callable[[ClusterRow], tuple[Cell]],
) -> list[tuple[Cell, ...]]:
    by_code = {line.cluster: line for line in lines(report.data)}
    rows: list[tuple[Cell, ...]] = []
    for cluster in report.clusters:
        line = by_code[cluster.code]
        rows.append(
            (
                cluster.code,
                report.cluster_name(cluster.code),
                cluster.health_board,
                report.board_name(cluster.health_board),
                *status(line),
                *(_cell(variable, line.get(variable), show) for variable in variables),
            )
        )
    return rows


def _cell(variable: Variable, found: RowCell, show: Show) -> Cell:
    if found.withheld:
        return Shorthand.CONFIDENTIAL
    if found.state == ANSWERED:
        return show(variable, found)
    return NOT_APPLICABLE if found.state == NOT_ASKED else NOT_ANSWERED


def _shorthand(report: Report) -> dict[Shorthand, str]:
    return {
        Shorthand.NOT_AVAILABLE: report.language.say(NO_ANSWER),
        Shorthand.NOT_APPLICABLE: report.language.say(NOT_PUT),
        Shorthand.CONFIDENTIAL: report.language.pgettext(
            "workbook", "confidential: the cluster has not said that others may see this example"
        ),
    }
