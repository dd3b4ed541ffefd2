"""What clusters answered as numbers, ready to be counted by the type of each question, whatever it feeds.

Who answers is a cluster; what is asked in a group is answered by each item that a cluster lists.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from survey.questionnaire.definition import Question
from survey.reporting.records.people import NOTHING, numbers_of
from survey.reporting.records.round_data import RoundData
from survey.reporting.records.variables import ANSWERED, Variable
from survey.reporting.workbooks.generic.answers import Chosen, Numbers

Codes = NDArray[np.object_]


@dataclass(frozen=True, eq=False)
class GivenAnswers:
    """The answers of clusters, or of the items of a `group`, in columns by the names of variables.

    `numbers` are as `survey.reporting.records.people` describes them, a date its day counted from the year 1; `states`
    are those of `RoundData.answers`, "" where the question was not put. `respondents` are the codes of their clusters,
    `boards` of their health boards.
    """

    group: Question | None
    variables: tuple[Variable, ...]
    numbers: Mapping[str, Numbers]
    states: Mapping[str, Codes]
    respondents: Codes
    boards: Codes

    @cached_property
    def of_boards(self) -> dict[str, Chosen]:
        """Which of them are of each health board, by its code; under no code, all."""
        codes = self.boards
        return {"": codes == codes, **{str(code): codes == code for code in set(codes.tolist())}}

    def clusters(self, chosen: Chosen) -> int:
        """How many clusters some of them are of."""
        return int(chosen.sum()) if self.group is None else len(set(self.respondents[chosen]))

    def in_state(self, state: str, variable: str) -> Chosen:
        """Which of them a variable has in a state."""
        return np.asarray(self.states[variable] == state)

    def put(self, variable: str) -> Chosen:
        """Which of them a variable is put to."""
        return np.asarray(self.states[variable] != "")


def given_answers(data: RoundData, elsewhere: frozenset[str]) -> Iterator[GivenAnswers]:
    """What was answered to every question that feeds none of the measures `elsewhere`."""
    put = {row.variable for row in data.answers}
    pages = {page.key for code in data.clusters for page in data.snapshot.instrument(code).submitted_pages}
    wanted = [variable for variable in data.variables if variable.measure not in elsewhere]
    of_clusters = tuple(variable for variable in wanted if variable.item is None and variable in put)
    yield _given(data, None, of_clusters, {variable.name: variable.name for variable in of_clusters})
    in_groups = [variable for variable in wanted if variable.item is not None and variable.page.key in pages]
    for group in {variable.question: None for variable in in_groups}:
        items = [variable for variable in in_groups if variable.question is group]
        for page in {variable.page.key: None for variable in items}:
            on_page = [variable for variable in items if variable.page.key == page]
            first = {(variable.asks.id, variable.suffix): variable for variable in on_page if variable.item == 1}
            names = {variable.name: first[variable.asks.id, variable.suffix].name for variable in on_page}
            yield _given(data, group, tuple(first.values()), names)


def _given(
    data: RoundData, group: Question | None, variables: tuple[Variable, ...], names: dict[str, str]
) -> GivenAnswers:
    """`names` has for each variable the one whose column it stands in."""
    rows = [row for row in data.answers if row.variable.name in names]
    places = sorted({(row.cluster, row.item) for row in rows})
    at = {place: number for number, place in enumerate(places)}
    number_of = {variable.name: _number_of(variable) for variable in variables}
    numbers = {variable.name: np.full(len(places), NOTHING) for variable in variables}
    states = {variable.name: np.full(len(places), "", dtype=object) for variable in variables}
    for row in rows:
        place, column = at[row.cluster, row.item], names[row.variable.name]
        states[column][place] = row.state
        if row.state == ANSWERED:
            numbers[column][place] = number_of[column](row.value)
    respondents = [cluster for cluster, _ in places]
    boards = [data.clusters[cluster].board for cluster in respondents]
    return GivenAnswers(
        group, variables, numbers, states, np.array(respondents, dtype=object), np.array(boards, dtype=object)
    )


def _number_of(variable: Variable) -> Any:
    """What makes a value the number that stands for it; words are only there."""
    if variable.field.kind == "date":
        return lambda day: float(date.fromisoformat(str(day)).toordinal())
    if variable.field.kind == "text":
        return lambda _words: 1.0
    return numbers_of(variable)
