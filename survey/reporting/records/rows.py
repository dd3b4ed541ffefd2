"""Responses side by side: a line for each cluster, a column for each variable; and which examples may be shared."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import pandas as pd

from survey.questionnaire.types import Value, answer_type
from survey.reporting.records.frames import RoundData
from survey.reporting.records.variables import ANSWERED, NO_RESPONSE, NOT_ASKED, State, Variable

SHARING = "good_practice_share"
MAY_BE_SHARED = "beyond"
Example = tuple[str, int]
"""A cluster's code and the number of its example, from 1."""


class RowCell(NamedTuple):
    """What a variable holds for a cluster. `withheld`: there are words, but the cluster does not share them."""

    value: Value | None
    state: State
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
    used = set(data.answers["variable"])
    return tuple(variable for variable in data.variables if variable.name in used)


def lines(data: RoundData) -> Iterator[ClusterRow]:
    """Every cluster of the round, in the order of codes, silent ones included."""
    answers = data.answers
    sharing = {variable.question for variable in data.variables if variable.measure == SHARING}
    free_text = [
        variable.name
        for variable in data.variables
        if variable.question in sharing and answer_type(variable.asks).free_text
    ]
    written = answers[(answers["item"] > 0) & answers["value"].notna() & answers["variable"].isin(free_text)]
    is_shared = pd.MultiIndex.from_frame(written[["cluster", "item"]]).isin(list(shared_examples(data)))
    withheld = answers.index.isin(written.index[~is_shared])
    columns: list[Any] = [answers["value"], answers["state"], answers["written_in"], withheld]
    cells: Any = pd.Series(map(RowCell, *columns), answers["variable"], dtype=object)
    by_cluster = {str(code): held.to_dict() for code, held in cells.groupby(answers["cluster"].to_numpy())}
    row: Any
    for row in data.clusters.itertuples():
        held, outcomes = by_cluster.get(row.Index, {}), data.assigned[row.Index]
        yield ClusterRow(row.Index, row.board, row.status, held, row.counted, outcomes)


def examples(data: RoundData) -> list[Example]:
    """Every example in responses that count, by cluster code and number."""
    return _examples(data.of(SHARING))


def shared_examples(data: RoundData) -> set[Example]:
    """Those whose cluster said that clusters and health boards across Wales may see it. No answer means no."""
    rows = data.of(SHARING)
    return set(_examples(rows[(rows["state"] == ANSWERED) & (rows["value"] == MAY_BE_SHARED)]))


def _examples(rows: pd.DataFrame) -> list[Example]:
    return sorted(rows[["cluster", "item"]].itertuples(index=False, name=None))
