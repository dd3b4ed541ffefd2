"""What is counted of clusters: how many responded, and how many gave each answer."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from survey.collection.progress import UNREADABLE
from survey.collection.responses.response import STATUSES
from survey.questionnaire.definition import Option
from survey.questionnaire.types import Value
from survey.reporting.measures.declarations import Measure
from survey.reporting.records.round_data import AnswerRow, RoundData
from survey.reporting.records.variables import ANSWERED, NO_RESPONSE, NOT_ANSWERED, NOT_ASKED


@dataclass(frozen=True, slots=True)
class Responding:
    """Clusters by status, and how many have a submission that counts."""

    expected: int
    by_status: Mapping[str, int]
    counted: int


def responding(data: RoundData, board: str | None = None) -> Responding:
    """The clusters of a health board, or of Wales."""
    clusters = [standing for standing in data.clusters.values() if board in (None, standing.board)]
    statuses = Counter(standing.status for standing in clusters)
    return Responding(
        expected=len(clusters),
        by_status={status: statuses[status] for status in (*STATUSES, UNREADABLE)},
        counted=sum(standing.counted for standing in clusters),
    )


@dataclass(frozen=True, slots=True)
class Distribution:
    """Counts of one group of rows. `by_code` has every option of the question, nought included.

    `expected` = `silent` + `not_asked` + `not_answered` + the sum of `by_code`; `base` is the denominator of
    percentages: those who answered, without the answers that the measure leaves out; `clusters` is how many clusters
    they are of.
    """

    expected: int
    silent: int
    not_asked: int
    not_answered: int
    by_code: Mapping[str, int]
    base: int
    clusters: int

    @property
    def responded(self) -> int:
        """Of those expected, how many responses count."""
        return self.expected - self.silent

    def mean(self, options: Sequence[Option], measure: Measure) -> float | None:
        """The mean of the options' numbers, or None when too few clusters answered."""
        numbers = {option.code: option.value for option in options if option.value is not None}
        answered = sum(self.by_code[code] for code in numbers)
        if self.clusters < measure.smallest_base or not answered:
            return None
        return sum(value * self.by_code[code] for code, value in numbers.items()) / answered


def distribution(
    rows: Iterable[AnswerRow], measure: Measure, options: Sequence[Option], by: Sequence[str]
) -> dict[tuple[str, ...], Distribution]:
    """Counts for each group of rows of `RoundData.answers`. `by` names what of a row sets groups apart; nothing is one
    group, ().

    A group that has no rows is not in the result: nobody was expected to answer.
    """
    numbers: dict[tuple[str, ...], Counter[Value | None]] = defaultdict(Counter)
    clusters: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for row in rows:
        group = tuple([getattr(row, name) for name in by])
        is_answered = row.state == ANSWERED
        numbers[group][row.value if is_answered else row.state] += 1
        if is_answered and row.value not in measure.left_out:
            clusters[group].add(row.cluster)
    return {group: _counts(counted, measure, options, len(clusters[group])) for group, counted in numbers.items()}


def _counts(numbers: Counter[Value | None], measure: Measure, options: Sequence[Option], clusters: int) -> Distribution:
    by_code = {option.code: numbers[option.code] for option in options}
    return Distribution(
        expected=numbers.total(),
        silent=numbers[NO_RESPONSE],
        not_asked=numbers[NOT_ASKED],
        not_answered=numbers[NOT_ANSWERED],
        by_code=by_code,
        base=sum(number for code, number in by_code.items() if code not in measure.left_out),
        clusters=clusters,
    )
