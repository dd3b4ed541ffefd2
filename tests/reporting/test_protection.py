"""What is counted of people by health board, what everybody knew of it, and what is shown of it."""

from dataclasses import replace
from math import inf
from pathlib import Path

import numpy as np
import pytest

from survey.reporting.disclosure.counts import CountCell, Counts, Sum
from survey.reporting.disclosure.linked_counts import LinkedCounts
from survey.reporting.disclosure.protection import (
    Breakdown,
    Groups,
    Protected,
    Sums,
    board_breakdown,
    board_known,
    board_must_stay_possible,
    known_of_clusters,
    responses_by_cluster,
)
from survey.reporting.disclosure.suppression import hidden_cells
from survey.reporting.records.people import People
from tests.reporting.workforce.survey_of_people import cluster_list, opened, short_definition

FIRST, SECOND = ("board", "W1"), ("board", "W2")
WALES = CountCell("", ())
GP, NURSE, OTHER = ("profession", "gp"), ("profession", "nurse"), ("profession", "other")


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> People:
    """Two health boards of two clusters: five and two respond, then three and nobody."""
    return people_of(tmp_path_factory.mktemp("few") / "data", 5, 2, 3, 0)


def people_of(root: Path, *numbers: int) -> People:
    _, snapshot = opened(root, short_definition(), cluster_list(2, 2))
    places = [place for place, number in enumerate(numbers) for _ in range(number)]
    columns = {"cluster": np.array(places, dtype=float), "board": np.array(places, dtype=float) // 2}
    return People(snapshot, columns, (), (), "")


def columns(**numbers: list[float]) -> dict[str, Sums]:
    return {name: np.array(column, dtype=float) for name, column in numbers.items()}


def test_responses_are_counted_for_every_cluster(people: People) -> None:
    assert responses_by_cluster(people) == {"c-1-1": 5, "c-1-2": 2, "c-2-1": 3, "c-2-2": 0}


def test_of_a_cluster_only_whether_it_has_enough_is_told(people: People) -> None:
    protected = Protected(people, 3, Counts({}, ()), frozenset())
    assert [protected.has_enough(code) for code in people.clusters] == [True, False, True, False]
    untold = replace(protected, tells_clusters=False)
    assert [untold.has_enough(code) for code in people.clusters] == [None] * 4


def test_a_hidden_count_is_not_there_and_a_shown_one_is() -> None:
    values = {CountCell("", FIRST): 7, CountCell("q", FIRST): 6, CountCell("q", SECOND): 2}
    protected = Protected(None, 3, Counts(values, ()), frozenset({CountCell("q", SECOND)}))  # type: ignore[arg-type]
    exact = replace(protected, rounded_to=1)
    assert [exact.count(FIRST), exact.count(FIRST, "q"), exact.count(SECOND, "q")] == [7, 6, None]
    assert [protected.count(FIRST), protected.count(FIRST, "q"), protected.count(SECOND, "q")] == [5, 5, None]


@pytest.mark.parametrize(("before", "now", "shown"), [(12, 3, 0), (12, 5, 5), (8, 12, 15), (8, 8, 10), (0, 8, 10)])
def test_a_correction_shows_the_number_of_the_first_release_and_the_change_each_rounded(
    before: int, now: int, shown: int
) -> None:
    """So whoever knows the change learns nothing of the number; rounded by itself, three of twelve would be five."""
    cell = CountCell("", FIRST)
    corrected = Protected(None, 3, Counts({cell: now}, ()), frozenset(), first={cell: before})  # type: ignore[arg-type]
    assert corrected.count(FIRST) == shown
    assert replace(corrected, rounded_to=1).count(FIRST) == now


def test_a_correction_shows_what_the_first_release_did_not_count_as_it_is_rounded() -> None:
    cell = CountCell("new", FIRST)
    corrected = Protected(None, 3, Counts({cell: 3}, ()), frozenset(), first={WALES: 9})  # type: ignore[arg-type]
    assert corrected.count(FIRST, "new") == 5


def test_a_base_is_coarse_below_thirty_where_numbers_are_rounded_and_nowhere_else() -> None:
    protected = Protected(None, 3, Counts({}, ()), frozenset())  # type: ignore[arg-type]
    assert [protected.is_coarse(base) for base in (25, 30, None)] == [True, False, False]
    exact = replace(protected, rounded_to=1)
    assert [exact.is_coarse(base) for base in (25, 30, None)] == [False, False, False]


def test_no_more_people_of_a_base_are_shown_than_the_base() -> None:
    protected = Protected(None, 3, Counts({}, ()), frozenset())  # type: ignore[arg-type]
    assert [protected.of_base(5, 10), protected.of_base(10, 5), protected.of_base(None, 5)] == [5, 5, None]


def test_a_column_of_numbers_is_summed_for_everybody_and_for_every_group_in_order(people: People) -> None:
    groups = Groups(board_breakdown(people), Breakdown.of([GP, NURSE, OTHER], [0, 1] * 5))
    assert groups.all == ((), FIRST, SECOND, GP, NURSE, OTHER)
    assert groups.place == {(): 0, FIRST: 1, SECOND: 2, GP: 3, NURSE: 4, OTHER: 5}
    summed = groups.sums({"a": range(10), "b": [1.5] * 10})
    assert summed["a"].tolist() == [45, 21, 24, 20, 25, 0]
    assert summed["b"].tolist() == [15, 10.5, 4.5, 7.5, 7.5, 0]


def test_counts_are_linked_by_every_sum_and_by_who_is_among_whom(people: People) -> None:
    boards, professions = board_breakdown(people), Breakdown.of([GP, NURSE], [0, 1] * 5)
    linked = LinkedCounts(people, Groups(boards, professions))
    linked.add_crossed(boards, professions)
    linked.add_answered("q", [9, 6, 3, 5, 4])
    linked.add_sensitive("q", columns(yes=[4, 3, 1, 2, 2], no=[5, 3, 2, 3, 2]), [("yes", "no")])
    linked.add_answered("r", [4, 3, 1, 2, 2])
    counts, *_ = linked.protected(1)
    everyone = ((), FIRST, SECOND, GP, NURSE)
    assert counts.values == {
        **{CountCell("", group): number for group, number in zip(everyone, (10, 7, 3, 5, 5), strict=True)},
        CountCell("", (*FIRST, *GP)): 4,
        CountCell("", (*FIRST, *NURSE)): 3,
        CountCell("", (*SECOND, *GP)): 1,
        CountCell("", (*SECOND, *NURSE)): 2,
        **{CountCell("q", group): number for group, number in zip(everyone, (9, 6, 3, 5, 4), strict=True)},
        **{CountCell("q=yes", group): number for group, number in zip(everyone, (4, 3, 1, 2, 2), strict=True)},
        **{CountCell("q=no", group): number for group, number in zip(everyone, (5, 3, 2, 3, 2), strict=True)},
        **{CountCell("r", group): number for group, number in zip(everyone, (4, 3, 1, 2, 2), strict=True)},
    }
    assert all(type(number) is int for number in counts.values.values())
    assert counts.sums == (
        Sum(CountCell("", ()), (CountCell("", FIRST), CountCell("", SECOND))),
        Sum(CountCell("", ()), (CountCell("", GP), CountCell("", NURSE))),
        Sum(CountCell("", FIRST), (CountCell("", (*FIRST, *GP)), CountCell("", (*FIRST, *NURSE)))),
        Sum(CountCell("", SECOND), (CountCell("", (*SECOND, *GP)), CountCell("", (*SECOND, *NURSE)))),
        Sum(CountCell("", GP), (CountCell("", (*FIRST, *GP)), CountCell("", (*SECOND, *GP)))),
        Sum(CountCell("", NURSE), (CountCell("", (*FIRST, *NURSE)), CountCell("", (*SECOND, *NURSE)))),
        *(
            Sum(CountCell(of, ()), tuple(CountCell(of, group) for group in groups))
            for of in ("q", "q=yes", "q=no")
            for groups in ((FIRST, SECOND), (GP, NURSE))
        ),
        *(Sum(CountCell("q", group), (CountCell("q=yes", group), CountCell("q=no", group))) for group in everyone),
        *(
            Sum(CountCell("r", ()), tuple(CountCell("r", group) for group in groups))
            for groups in ((FIRST, SECOND), (GP, NURSE))
        ),
    )
    inside = (("q", ""), ("q=yes", "q"), ("q=no", "q"), ("r", ""))
    assert counts.within == tuple(
        (CountCell(part, group), CountCell(whole, group)) for part, whole in inside for group in everyone
    )
    assert counts.loose == {cell for cell in counts.values if cell.of}
    assert (counts.known, counts.keep_possible) == known_of_clusters(people, 1)
    assert hidden_cells(counts, 1) == frozenset()


def test_an_ordinary_answer_is_tied_to_those_who_answered_and_to_the_parts_that_it_is_the_sum_of(
    people: People,
) -> None:
    """It is among those who answered in every group, and stands or falls with them."""
    linked = LinkedCounts(people, Groups(board_breakdown(people)))
    linked.add_answered("q", [10, 7, 3])
    linked.add_ordinary(
        "q", columns(once=[6, 4, 2], twice=[3, 2, 1], any=[9, 6, 3]), [], (), {"any": ["once", "twice"]}
    )
    counts, _, _, every = linked.protected(1)
    everyone = ((), FIRST, SECOND)
    assert counts.values.keys().isdisjoint(linked.ordinary)
    assert every.counts.values == {**counts.values, **linked.ordinary}
    assert every.bases == {
        CountCell(f"q={answer}", group): CountCell("q", group)
        for answer in ("once", "twice", "any")
        for group in everyone
    }
    assert every.counts.within == (*counts.within, *every.bases.items())
    assert every.counts.sums == (
        *counts.sums,
        *(
            Sum(CountCell(of, ()), (CountCell(of, FIRST), CountCell(of, SECOND)))
            for of in ("q=once", "q=twice", "q=any")
        ),
        *(
            Sum(CountCell("q=any", group), (CountCell("q=once", group), CountCell("q=twice", group)))
            for group in everyone
        ),
    )
    assert every.unseen({CountCell("q", FIRST)}, {CountCell("q=once", SECOND)}) == {
        CountCell("q", FIRST),
        CountCell("q=once", SECOND),
        *(CountCell(f"q={answer}", FIRST) for answer in ("once", "twice", "any")),
    }


def test_who_did_not_give_a_sensitive_answer_that_adds_up_with_none_is_protected_too_and_never_shown(
    people: People,
) -> None:
    linked = LinkedCounts(people, Groups(board_breakdown(people)))
    linked.add_answered("q", [9, 6, 3])
    linked.add_sensitive("q", columns(yes=[4, 3, 1], no=[5, 3, 2], tired=[8, 6, 2]), [("yes", "no")])
    counts, hidden, _, every = linked.protected(1)
    everyone = ((), FIRST, SECOND)
    not_tired = [CountCell("q=tired!", group) for group in everyone]
    assert [counts.values[cell] for cell in not_tired] == [1, 0, 1]
    for cell in not_tired:
        base, answer = CountCell("q", cell.group), CountCell("q=tired", cell.group)
        assert Sum(base, (answer, cell)) in counts.sums
        assert (cell, base) in counts.within
    assert Sum(not_tired[0], tuple(not_tired[1:])) in counts.sums
    assert {cell.of for cell in counts.values} == {"", "q", "q=yes", "q=no", "q=tired", "q=tired!"}
    assert every.unseen((), ()) == {*not_tired}
    assert {not_tired[1], CountCell("q=tired", FIRST)} <= hidden


@pytest.mark.parametrize("numbers", [[9, 6], [9, 6, 3, 1]], ids=("too few", "too many"))
def test_there_is_a_number_for_each_group(people: People, numbers: list[float]) -> None:
    linked = LinkedCounts(people, Groups(board_breakdown(people)))
    with pytest.raises(ValueError, match="zip"):
        linked.add_answered("q", numbers)


@pytest.mark.parametrize("only_in_means", [True, False])
def test_of_answers_that_would_be_told_by_a_mean_none_is_told_and_the_base_stays(
    people: People, only_in_means: bool
) -> None:
    """Of eight, shown as ten, each of four answers was given by two, shown as none: at most two each, so eight."""
    answers = columns(a=[2, 2, 0], b=[2, 2, 0], c=[2, 1, 1], d=[2, 1, 1])
    linked = LinkedCounts(people, Groups(board_breakdown(people)))
    linked.add_answered("q", [8, 6, 2])
    linked.add_ordinary("q", answers, [("a", "b", "c", "d")], "abcd" if only_in_means else "")
    _, hidden, untold, _ = linked.protected(1)
    assert (CountCell("q", ()) in hidden) is not only_in_means
    assert {CountCell(f"q={answer}", ()) for answer in "abcd" if only_in_means} <= untold
    protected = Protected(people, 1, Counts({}, ()), frozenset(), ordinary=linked.ordinary, untold=untold)
    assert (protected.shown(2, CountCell("q=a", ())) is None) is only_in_means


def test_of_each_of_several_questions_the_answers_that_only_means_tell_are_known_as_such(people: People) -> None:
    """Whatever else is hidden already: of a third question nobody of a board had answered."""
    answers = columns(a=[2, 2, 0], b=[2, 2, 0], c=[2, 1, 1], d=[2, 1, 1])
    linked = LinkedCounts(people, Groups(board_breakdown(people)))
    for question in ("q", "r"):
        linked.add_answered(question, [8, 6, 2])
        linked.add_ordinary(question, answers, [("a", "b", "c", "d")], "abcd")
    linked.add_answered("s", [5, 5, 0])
    _, hidden, untold, _ = linked.protected(1)
    assert {CountCell("s", group) for group in (FIRST, SECOND)} <= hidden
    assert {CountCell(f"{question}={answer}", ()) for question in "qr" for answer in "abcd"} <= untold
    assert hidden.isdisjoint({CountCell("q", ()), CountCell("r", ())})


def test_where_an_answer_would_be_told_those_who_answered_are_hidden_beside_what_is_withheld(tmp_path: Path) -> None:
    """Of eight, shown as ten, each of four professions has two, shown as none. Of those who answered none is told."""
    people = people_of(tmp_path, 5, 5, 4, 0)
    jobs = [("profession", name) for name in ("gp", "nurse", "pharmacist", "other")]
    linked = LinkedCounts(people, Groups(board_breakdown(people), Breakdown.of(jobs, [*range(4)] * 3 + [0, 1])))
    linked.add_answered("q", [14, 10, 4, 4, 4, 3, 3])
    linked.add_ordinary("q", columns(a=[8, 5, 3, 2, 2, 2, 2]), [])
    linked.add_answered("r", [10, 7, 3, 3, 3, 2, 2])
    withheld = frozenset(CountCell("r", group) for group in (FIRST, SECOND))
    _, hidden, untold, _ = linked.protected(1, withheld)
    assert {CountCell("q", group) for group in ((), *jobs)} | withheld <= hidden
    assert CountCell("r", ()) not in hidden
    assert not untold


def test_what_nobody_is_in_is_counted_too_and_small_counts_are_hidden(people: People) -> None:
    boards, professions = board_breakdown(people), Breakdown.of([GP, NURSE, OTHER], [0, 1] * 5)
    linked = LinkedCounts(people, Groups(boards, professions))
    linked.add_crossed(boards, professions)
    counts, hidden, *_ = linked.protected(4)
    assert counts.values[CountCell("", (*FIRST, *OTHER))] == counts.values[CountCell("", (*SECOND, *OTHER))] == 0
    assert {cell for cell, number in counts.values.items() if number < 4} <= hidden


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
