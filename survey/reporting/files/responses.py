"""Responses as data: wide CSV for a spreadsheet or statistics program, JSON Lines for programs.

Both hold every cluster of the round, silent ones included, under the variables' names and with codes; the codebook
of the workbook explains them. Not asked and not answered are told apart:

    CSV         `[z]` not asked, `[x]` not answered or not submitted, `[c]` words that their cluster does not share
    JSON Lines  a variable that was not asked is absent, one without an answer is null; `answers` is null when
                nothing was submitted; `withheld` names words that their cluster does not share
"""

import csv
from collections.abc import Callable, Iterator, Mapping
from io import StringIO
from typing import Any

import orjson

from survey.collection.rounds.round import Round
from survey.questionnaire.types import answer_type
from survey.reporting.records.answers import ANSWERED, NO_RESPONSE, NOT_ASKED
from survey.reporting.records.frames import RoundData
from survey.reporting.records.rows import ClusterRow, RowCell, columns_in_use, lines
from survey.reporting.records.variables import Variable
from survey.reporting.xlsx.description import Shorthand

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
SHORTHANDS = frozenset(shorthand.value for shorthand in Shorthand)
NOT_SUBMITTED = ""


def data_file_name(of_round: Round, format_name: str) -> str:
    """“data-sr-2026-2026-27.csv”: codes, so no language."""
    return f"data-{of_round.id}-{of_round.reporting_year}.{format_name}"


def as_csv(data: RoundData) -> bytes:
    """The responses as CSV (RFC 4180) in UTF-8 with a byte order mark, which Excel needs to see ŵ and ŷ."""
    variables = columns_in_use(data)
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(["cluster", "health_board", "status", "submitted_at", "submitted_in", *_headers(variables)])
    for line in lines(data):
        writer.writerow([*_first(data, line).values(), *_cells(variables, line)])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def as_json_lines(data: RoundData) -> bytes:
    """The responses as JSON Lines."""
    variables = columns_in_use(data)
    return b"".join(
        orjson.dumps({**_first(data, line), **_answers(variables, line)}, option=orjson.OPT_APPEND_NEWLINE)
        for line in lines(data)
    )


FORMATS: Mapping[str, Callable[[RoundData], bytes]] = {"csv": as_csv, "jsonl": as_json_lines}


def safe(text: str) -> str:
    """Text that no spreadsheet takes for a formula, and no reader for a shorthand: an apostrophe goes before it."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) or text in SHORTHANDS else text


def _first(data: RoundData, line: ClusterRow) -> dict[str, str]:
    submitted_at: Any = data.clusters.at[line.cluster, "submitted_at"]
    return {
        "cluster": line.cluster,
        "health_board": line.board,
        "status": line.status,
        "submitted_at": submitted_at.isoformat() if submitted_at else NOT_SUBMITTED,
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
        found = line.get(variable)
        yield _cell(found)
        if _is_words(variable):
            yield _cell(found._replace(value=found.written_in))


def _cell(found: RowCell) -> Any:
    if found.withheld:
        return Shorthand.CONFIDENTIAL.value
    if found.state == ANSWERED:
        return safe(found.value) if isinstance(found.value, str) else found.value
    return (Shorthand.NOT_APPLICABLE if found.state == NOT_ASKED else Shorthand.NOT_AVAILABLE).value


def _answers(variables: tuple[Variable, ...], line: ClusterRow) -> dict[str, Any]:
    if not line.counted:
        return {"answers": None, "written_in": {}, "withheld": []}
    found = {variable.name: line.get(variable) for variable in variables}
    return {
        "answers": {
            name: one.value
            for name, one in found.items()
            if one.state not in (NOT_ASKED, NO_RESPONSE) and not one.withheld
        },
        "written_in": {name: one.written_in for name, one in found.items() if one.written_in and not one.withheld},
        "withheld": [name for name, one in found.items() if one.withheld],
    }
