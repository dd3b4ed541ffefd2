"""What clusters answered as numbers, ready to be counted by the type of each question, whatever it feeds.

Who answers is a cluster; what is asked in a group is answered by each item that a cluster lists.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import pandas as pd

from survey.questionnaire.definition import Question
from survey.reporting.records.frames import RoundData
from survey.reporting.records.people import numbers_of
from survey.reporting.records.variables import ANSWERED, Variable
from survey.reporting.workbooks.generic.answers import Chosen


@dataclass(frozen=True, eq=False)
class Given:
    """The answers of clusters, or of the items of a `group`: a row for each, a column for each variable by its name.

    `numbers` are as `survey.reporting.records.people` describes them, a date its day counted from the year 1; `states`
    are those of `RoundData.answers`, missing where the question was not put. `boards` has each one’s health board.
    """

    group: Question | None
    variables: tuple[Variable, ...]
    numbers: pd.DataFrame
    states: pd.DataFrame
    boards: pd.Series

    @cached_property
    def of_boards(self) -> dict[str, Chosen]:
        """Which of them are of each health board, by its code; under no code, all."""
        codes = self.boards.to_numpy()
        return {"": codes == codes, **{code: codes == code for code in sorted(set(codes))}}

    def clusters(self, chosen: Chosen) -> int:
        """How many clusters some of them are of."""
        if self.group is None:
            return int(chosen.sum())
        return int(self.states.index.get_level_values("cluster")[chosen].nunique())

    def in_state(self, state: str, variable: str) -> Chosen:
        """Which of them a variable has in a state."""
        return (self.states[variable] == state).to_numpy()

    def put(self, variable: str) -> Chosen:
        """Which of them a variable is put to."""
        return self.states[variable].notna().to_numpy()


def given_answers(data: RoundData, elsewhere: frozenset[str]) -> Iterator[Given]:
    """What was answered to every question that feeds none of the measures `elsewhere`."""
    put = set(data.answers["variable"])
    pages = {page.key for code in data.clusters.index for page in data.snapshot.instrument(code).submitted_pages}
    wanted = [variable for variable in data.variables if variable.measure not in elsewhere]
    of_clusters = tuple(variable for variable in wanted if variable.item is None and variable.name in put)
    yield _given(data, None, of_clusters, {variable.name: variable.name for variable in of_clusters})
    in_groups = [variable for variable in wanted if variable.item is not None and variable.page.key in pages]
    for group in {variable.question: None for variable in in_groups}:
        items = [variable for variable in in_groups if variable.question is group]
        for page in {variable.page.key: None for variable in items}:
            on_page = [variable for variable in items if variable.page.key == page]
            first = {(variable.asks.id, variable.suffix): variable for variable in on_page if variable.item == 1}
            names = {variable.name: first[variable.asks.id, variable.suffix].name for variable in on_page}
            yield _given(data, group, tuple(first.values()), names)


def _given(data: RoundData, group: Question | None, variables: tuple[Variable, ...], names: dict[str, str]) -> Given:
    """`names` has for each variable the one whose column it stands in."""
    answers = data.answers
    rows = answers.loc[answers["variable"].isin(names), ["cluster", "item", "variable", "value", "state"]]
    rows = rows.astype(object)
    rows["variable"] = rows["variable"].map(names)
    columns = [variable.name for variable in variables]
    states = rows.pivot(index=["cluster", "item"], columns="variable", values="state").reindex(columns=columns)
    values = rows[rows["state"] == ANSWERED].pivot(index=["cluster", "item"], columns="variable", values="value")
    values = values.reindex(index=states.index, columns=columns)
    numbers = {
        variable.name: values[variable.name].map(_number_of(variable), na_action="ignore").astype(float)
        for variable in variables
    }
    clusters = states.index.get_level_values("cluster")
    boards = pd.Series(data.clusters["board"].reindex(clusters).to_numpy(), states.index, dtype=object)
    return Given(group, variables, pd.DataFrame(numbers, index=states.index), states, boards)


def _number_of(variable: Variable) -> Any:
    """What makes a value the number that stands for it; words are only there."""
    if variable.field.kind == "date":
        return lambda day: float(date.fromisoformat(str(day)).toordinal())
    if variable.field.kind == "text":
        return lambda _words: 1.0
    return numbers_of(variable)
