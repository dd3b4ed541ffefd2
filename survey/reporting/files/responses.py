"""Responses as data: wide CSV for a spreadsheet or statistics program, JSON Lines for programs.

Both hold every cluster of the round, silent ones included, under the variables' names and with codes; the codebook
of the workbook explains them. Not asked and not answered are told apart:

    CSV         `[z]` not asked, `[x]` not answered or not submitted, `[c]` words that their cluster does not share
    JSON Lines  a variable that was not asked is absent, one without an answer is null; `answers` is null when
                nothing was submitted; `withheld` names words that their cluster does not share
"""

from collections.abc import Iterator
from typing import Any

from survey.questionnaire.types import answer_type
from survey.reporting.files.data_file import DataFile, safe
from survey.reporting.records.frames import RoundData
from survey.reporting.records.rows import ClusterRow, RowCell, columns_in_use, lines
from survey.reporting.records.variables import ANSWERED, NO_RESPONSE, NOT_ASKED, Variable
from survey.reporting.xlsx.description import Shorthand


def responses_file(data: RoundData) -> DataFile:
    """The responses of a round as data."""
    variables = columns_in_use(data)
    return DataFile(
        data.snapshot.round,
        "data",
        ["cluster", "health_board", "status", "submitted_at", "submitted_in", *_headers(variables)],
        ([*_first(data, line).values(), *_cells(variables, line)] for line in lines(data)),
        ({**_first(data, line), **_answers(variables, line)} for line in lines(data)),
    )


def _first(data: RoundData, line: ClusterRow) -> dict[str, str]:
    submitted_at: Any = data.clusters.at[line.cluster, "submitted_at"]
    return {
        "cluster": line.cluster,
        "health_board": line.board,
        "status": line.status,
        "submitted_at": submitted_at.isoformat() if submitted_at else "",
        "submitted_in": str(data.clusters.at[line.cluster, "submitted_in"]),
    }


def _is_words(variable: Variable) -> bool:
    return answer_type(variable.asks).free_text


def _headers(variables: tuple[Variable, ...]) -> Iterator[str]:
    for variable in variables:
        yield variable.name
        if _is_words(variable):
            yield f"{variable.name}.language"


def _cells(variables: tuple[Variable, ...], line: ClusterRow) -> Iterator[Any]:
    for variable in variables:
        cell = line.get(variable)
        yield _shown(cell)
        if _is_words(variable):
            yield _shown(cell._replace(value=cell.written_in))


def _shown(cell: RowCell) -> Any:
    if cell.withheld:
        return Shorthand.CONFIDENTIAL.value
    if cell.state == ANSWERED:
        return safe(cell.value) if isinstance(cell.value, str) else cell.value
    return (Shorthand.NOT_APPLICABLE if cell.state == NOT_ASKED else Shorthand.NOT_AVAILABLE).value


def _answers(variables: tuple[Variable, ...], line: ClusterRow) -> dict[str, Any]:
    if not line.counted:
        return {"answers": None, "written_in": {}, "withheld": []}
    cells = {variable.name: line.get(variable) for variable in variables}
    shared = {name: cell for name, cell in cells.items() if not cell.withheld}
    return {
        "answers": {name: cell.value for name, cell in shared.items() if cell.state not in (NOT_ASKED, NO_RESPONSE)},
        "written_in": {name: cell.written_in for name, cell in shared.items() if cell.written_in},
        "withheld": [name for name, cell in cells.items() if cell.withheld],
    }
