"""Responses as data: every cluster of the round, silent ones included, under the variables' names and with codes.

What the columns mean is in `records/table_schema.py`, which the codebook of the workbook tells too. Not asked and not
answered are told apart:

    rows        `[z]` not asked, `[x]` not answered or not submitted, `[c]` words that their cluster does not share
    JSON Lines  a variable that was not asked is absent, one without an answer is null; `answers` is null when
                nothing was submitted; `withheld` names words that their cluster does not share
"""

from collections.abc import Iterator
from typing import Any

from survey.questionnaire.types import answer_type
from survey.reporting.files.data_file import Cell, DataFile, titled
from survey.reporting.records.round_data import RoundData
from survey.reporting.records.rows import ClusterRow, RowCell, columns_in_use, lines
from survey.reporting.records.table_schema import reflection_fields
from survey.reporting.records.variables import ANSWERED, NO_RESPONSE, NOT_ASKED, Variable
from survey.reporting.xlsx.description import Shorthand


def responses_file(data: RoundData) -> DataFile:
    """The responses of a round as data."""
    variables = columns_in_use(data)
    return DataFile(
        data.snapshot.round,
        "data",
        titled(data.snapshot),
        data.changed,
        reflection_fields(data.snapshot, variables),
        ([*(told or None for told in _first(data, line).values()), *_cells(variables, line)] for line in lines(data)),
        ({**_first(data, line), **_answers(variables, line)} for line in lines(data)),
        key=("cluster",),
    )


def _first(data: RoundData, line: ClusterRow) -> dict[str, str]:
    standing = data.clusters[line.cluster]
    return {
        "cluster": line.cluster,
        "health_board": line.board,
        "status": line.status,
        "submitted_at": standing.submitted_at.isoformat() if standing.submitted_at else "",
        "submitted_in": standing.submitted_in,
    }


def _cells(variables: tuple[Variable, ...], line: ClusterRow) -> Iterator[Cell]:
    for variable in variables:
        cell = line.get(variable)
        yield _shown(cell)
        if answer_type(variable.asks).free_text:
            yield _shown(cell._replace(value=cell.written_in))


def _shown(cell: RowCell) -> Cell:
    if cell.withheld:
        return Shorthand.CONFIDENTIAL
    if cell.state == ANSWERED:
        return cell.value
    return Shorthand.NOT_APPLICABLE if cell.state == NOT_ASKED else Shorthand.NOT_AVAILABLE


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
