"""Responses side by side: a line for each cluster, a column for each variable; and which examples may be shared."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from survey.questionnaire.types import Value, answer_type
from survey.reporting.records.round_data import AnswerRow, RoundData
from survey.reporting.records.variables import ANSWERED, NO_RESPONSE, NOT_ASKED, AnswerState, Variable

SHARING = "good_practice_share"
MAY_BE_SHARED = "beyond"
Example = tuple[str, int]
"""A cluster's code and the number of its example, from 1."""


class RowCell(NamedTuple):
    """What a variable holds for a cluster. `withheld`: there are words, but the cluster does not share them."""

    value: Value | None
    state: AnswerState
    written_in: str
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class ClusterRow:
    """One cluster: its code, health board and status, and what it has of each variable by name. `outcomes` are those
    that are put to it.
    """

    cluster: str
    board: str
    status: str
    cells: Mapping[str, RowCell]
    counted: bool
    outcomes: tuple[str, ...]

    def get(self, variable: Variable) -> RowCell:
        """What the cluster has of a variable. One that was not put to it is not asked, silent or not.

        What a silent cluster might give to a group that is put to it counts as no response.
        """
        held = self.cells.get(variable.name)
        if held is not None:
            return held
        is_put = not variable.outcome or variable.outcome in self.outcomes
        might_give = variable.item is not None and is_put and not self.counted
        return RowCell(None, NO_RESPONSE if might_give else NOT_ASKED, "")


def columns_in_use(data: RoundData) -> tuple[Variable, ...]:
    """The variables that were put to any cluster, in the questionnaire's order; of groups only the items given."""
    used = {row.variable for row in data.answers}
    return tuple(variable for variable in data.variables if variable in used)


def lines(data: RoundData) -> Iterator[ClusterRow]:
    """Every cluster of the round, in the order of codes, silent ones included."""
    sharing = {variable.question for variable in data.variables if variable.measure == SHARING}
    free_text = {
        variable
        for variable in data.variables
        if variable.item and variable.question in sharing and answer_type(variable.asks).free_text
    }
    shared = shared_examples(data)
    held: dict[str, dict[str, RowCell]] = {code: {} for code in data.clusters}
    for cluster, _, variable, value, state, written_in in data.answers:
        withheld = value is not None and variable in free_text and (cluster, variable.item) not in shared
        held[cluster][variable.name] = RowCell(value, state, written_in, withheld)
    for code, standing in data.clusters.items():
        outcomes = data.assigned[code]
        yield ClusterRow(code, standing.board, standing.status, held[code], standing.counted, outcomes)


def examples(data: RoundData) -> list[Example]:
    """Every example in responses that count, by cluster code and number."""
    return _examples(data.of(SHARING))


def shared_examples(data: RoundData) -> set[Example]:
    """Those whose cluster said that clusters and health boards across Wales may see it. No answer means no."""
    rows = data.of(SHARING)
    return set(_examples(row for row in rows if row.state == ANSWERED and row.value == MAY_BE_SHARED))


def _examples(rows: Iterable[AnswerRow]) -> list[Example]:
    return sorted((row.cluster, row.item) for row in rows)
