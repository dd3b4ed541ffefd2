"""Responses side by side: a line for each cluster, a column for each variable of the round."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from survey.questionnaire.types import Value, answer_type
from survey.reporting.measures.sharing import shared_examples
from survey.reporting.records.answers import NO_RESPONSE, NOT_ASKED, State
from survey.reporting.records.frames import RoundData
from survey.reporting.records.variables import Variable


class RowCell(NamedTuple):
    """What a variable holds for a cluster. `withheld`: there are words, but the cluster does not share them."""

    value: Value | None
    state: State
    written_in: str
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class ClusterRow:
    """One cluster: its code, health board and status, and what it has of each variable by name."""

    cluster: str
    board: str
    status: str
    found: Mapping[str, RowCell]
    counted: bool

    def get(self, variable: Variable) -> RowCell:
        """What the cluster has of a variable. One that was not put to it is not asked, silent or not.

        Examples that a silent cluster might give count as no response.
        """
        found = self.found.get(variable.name)
        if found is not None:
            return found
        return RowCell(None, NOT_ASKED if self.counted or variable.item is None else NO_RESPONSE, "")


def columns_in_use(data: RoundData) -> tuple[Variable, ...]:
    """The variables that were put to any cluster, in the questionnaire's order; of groups only the items given."""
    used = set(data.answers["variable"])
    return tuple(variable for variable in data.variables if variable.name in used)


def lines(data: RoundData) -> Iterator[ClusterRow]:
    """Every cluster of the round, in the order of codes, silent ones included."""
    shared = shared_examples(data)
    of_variable = {variable.name: variable for variable in data.variables}
    by_cluster: dict[str, dict[str, RowCell]] = {code: {} for code in data.clusters.index}
    answers = data.answers
    for cluster, name, item, value, state, written_in in zip(
        answers["cluster"],
        answers["variable"],
        answers["item"],
        answers["value"],
        answers["state"],
        answers["written_in"],
        strict=True,
    ):
        withheld = (
            value is not None
            and item > 0
            and (cluster, item) not in shared
            and answer_type(of_variable[name].asks).free_text
        )
        by_cluster[cluster][name] = RowCell(value, state, written_in, withheld)
    for code, row in data.clusters.to_dict("index").items():
        yield ClusterRow(str(code), row["board"], row["status"], by_cluster[str(code)], row["counted"])
