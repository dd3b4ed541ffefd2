"""What is counted of people by health board, what everybody knew of it, and what is shown of it."""

from math import inf
from pathlib import Path

import pandas as pd
import pytest

from survey.reporting.disclosure.counts import CountCell, Counts, Sum
from survey.reporting.disclosure.protection import (
    Breakdown,
    Groups,
    LinkedCounts,
    Protected,
    board_breakdown,
    board_known,
    board_must_stay_possible,
    known_of_clusters,
    responses_by_cluster,
)
from survey.reporting.records.people import People
from tests.reporting.workforce.survey_of_people import cluster_list, opened, short_definition

FIRST, SECOND = ("board", "W1"), ("board", "W2")


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> People:
    """Two health boards of two clusters: five and two respond, then three and nobody."""
    return people_of(tmp_path_factory.mktemp("few") / "data", 5, 2, 3, 0)


def people_of(root: Path, *numbers: int) -> People:
    _, snapshot = opened(root, short_definition(), cluster_list(2, 2))
    places = [place for place, number in enumerate(numbers) for _ in range(number)]
    frame = pd.DataFrame({"cluster": places, "board": [place // 2 for place in places]}, dtype="int64")
    return People(snapshot, frame, (), (), "")


def test_responses_are_counted_for_every_cluster(people: People) -> None:
    assert responses_by_cluster(people).to_dict() == {"c-1-1": 5, "c-1-2": 2, "c-2-1": 3, "c-2-2": 0}


def test_of_a_cluster_only_whether_it_has_enough_is_told(people: People) -> None:
    protected = Protected(people, 3, Counts({}, ()), frozenset())
    assert [protected.has_enough(code) for code in people.clusters] == [True, False, True, False]


def test_a_hidden_count_is_not_there_and_a_shown_one_is() -> None:
    values = {CountCell("", FIRST): 7, CountCell("q", FIRST): 6, CountCell("q", SECOND): 2}
    protected = Protected(None, 3, Counts(values, ()), frozenset({CountCell("q", SECOND)}))  # type: ignore[arg-type]
    assert protected.count(FIRST) == 7
    assert protected.count(FIRST, "q") == 6
    assert protected.count(SECOND, "q") is None


def test_each_breakdown_adds_up_to_everybody(people: People) -> None:
    gp, nurse = ("profession", "gp"), ("profession", "nurse")
    boards = board_breakdown(people)
    professions = Breakdown.of([gp, nurse], pd.Series([0, 1] * 5))
    linked = LinkedCounts(people, Groups(boards, professions))
    linked.add("q", [10, 7, 3, 5, 5])
    counts, _ = linked.protected(1)
    everybody = CountCell("q", ())
    assert boards.groups == (FIRST, SECOND)
    assert [total for total in counts.sums if total.whole.of == "q"] == [
        Sum(everybody, (CountCell("q", FIRST), CountCell("q", SECOND))),
        Sum(everybody, (CountCell("q", gp), CountCell("q", nurse))),
    ]


def test_which_clusters_have_enough_bounds_the_totals_of_their_health_boards(tmp_path: Path) -> None:
    known, keep_possible = known_of_clusters(people_of(tmp_path, 3, 2, 2, 0), 3)
    assert known == {CountCell("", FIRST): (3, inf), CountCell("", SECOND): (0, 4)}
    assert keep_possible == {CountCell("", FIRST): (inf, 5), CountCell("", SECOND): (2, 2)}


@pytest.mark.parametrize(
    ("enough", "known", "possible"),
    [
        ([True, True], (10, inf), (inf, 0.0)),
        ([True, False], (5, inf), (inf, 9)),
        ([False, False, False], (0, 12), (8, 4)),
        ([False], (0, 4), (0, 4)),
    ],
)
def test_the_bounds_of_a_health_board(
    enough: list[bool], known: tuple[float, float], possible: tuple[float, float]
) -> None:
    assert board_known(enough, 5) == known
    assert board_must_stay_possible(enough, 5) == possible
