"""Programs: what they find, and that what was asked before changes nothing of what is found now."""

import numpy as np
import pytest

from survey.reporting.disclosure.programs import LinearProgram, Ties


def halves() -> LinearProgram:
    """Two unknowns from 0 to 2: twice the first and the second come to 3 together."""
    three = np.array([3.0])
    return LinearProgram(np.zeros(2), np.full(2, 2.0), Ties.of([[(0, 2.0), (1, 1.0)]]), three, three)


def test_numbers_need_not_be_whole_unless_it_is_asked_for() -> None:
    first = np.array([1.0, 0.0])
    program = halves()
    assert program.least_of(first) == pytest.approx([0.5, 2])
    found = program.whole_least_of(first)
    assert found is not None
    assert found.tolist() == [1, 1]
    assert program.least_of(first) == pytest.approx([0.5, 2])


def test_bounds_narrowed_for_one_question_are_as_before_in_the_next() -> None:
    program = halves()
    assert program.whole_within(0, 2, np.inf) is None
    found = program.whole_within(0, -np.inf, 1)
    assert found is not None
    assert found.tolist() == [1, 1]


def test_where_only_broken_numbers_would_do_no_whole_ones_are_found() -> None:
    one = np.array([1.0])
    program = LinearProgram(np.zeros(1), np.ones(1), Ties.of([[(0, 2.0)]]), one, one)
    assert program.least_of(one) == pytest.approx([0.5])
    assert program.whole_least_of(one) is None


def test_of_some_unknowns_the_same_sums_are_left() -> None:
    ties = Ties.of([[(0, 1.0), (1, 1.0), (2, -1.0)], [(2, 1.0), (1, -1.0)]])
    assert ties.of_numbers(np.array([1.0, 5.0, 6.0])).tolist() == [0, 1]
    opened = ties.among(np.array([False, True, True]))
    assert opened.of_numbers(np.array([5.0, 6.0])).tolist() == [-1, 1]
    assert opened.only(np.array([False, True])).of_numbers(np.array([5.0, 6.0])).tolist() == [1]


def test_without_sums_nothing_adds_up_and_the_bounds_are_all_there_is() -> None:
    none = Ties.of([])
    assert none.of_numbers(np.array([1.0, 2.0])).tolist() == []
    program = LinearProgram(np.zeros(1), np.full(1, 2.0), none, np.array([]), np.array([]))
    assert program.least_of(np.array([-1.0])) == pytest.approx([2])


def test_the_solver_says_nothing_itself(capfd: pytest.CaptureFixture[str]) -> None:
    halves().whole_least_of(np.ones(2))
    assert capfd.readouterr() == ("", "")
