"""Which numbers can be no other, beside every set of whole numbers that could stand there instead."""

from collections.abc import Sequence
from itertools import product
from math import inf

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from survey.reporting.disclosure import possible_numbers
from survey.reporting.disclosure.possible_numbers import PossibleNumbers
from survey.reporting.disclosure.programs import Ties

Tie = tuple[Sequence[float], float, float]
"""How often each number counts, and how far what they come to may be below and above what it is."""
OF_ALL = 0


def settled(
    truth: Sequence[int], questions: Sequence[int], bounds: Sequence[tuple[int, int]], ties: list[Tie]
) -> set[int]:
    comes_to = [float(np.dot(signs, truth)) for signs, *_ in ties]
    low, high = np.array(bounds, dtype=float).T
    numbers = PossibleNumbers(
        np.array(truth, dtype=float),
        (np.array(questions), OF_ALL),
        (low, high),
        Ties.of([(place, sign) for place, sign in enumerate(signs) if sign] for signs, *_ in ties),
        (
            np.array([whole - below for whole, (_, below, _) in zip(comes_to, ties, strict=True)]),
            np.array([whole + above for whole, (*_, above) in zip(comes_to, ties, strict=True)]),
        ),
    )
    return numbers.settled(range(len(truth)))


def only_possible(
    truth: Sequence[int], questions: Sequence[int], bounds: Sequence[tuple[int, int]], ties: list[Tie]
) -> set[int]:
    """The same, by trying: of each question, its numbers and those of all may be others."""
    found = set()
    for place, question in enumerate(questions):
        may_be = [
            range(low, high + 1) if asked in (question, OF_ALL) else [number]
            for (low, high), asked, number in zip(bounds, questions, truth, strict=True)
        ]
        others = (
            numbers
            for numbers in product(*may_be)
            if all(-below <= np.dot(signs, np.subtract(numbers, truth)) <= above for signs, below, above in ties)
        )
        if all(numbers[place] == truth[place] for numbers in others):
            found.add(place)
    return found


PLACES = 4
some_ties = st.lists(
    st.tuples(
        st.lists(st.sampled_from([-1.0, 0.0, 1.0]), min_size=PLACES, max_size=PLACES).filter(any),
        st.sampled_from([0.0, 1.0, inf]),
        st.sampled_from([0.0, 1.0]),
    ),
    min_size=1,
    max_size=4,
)


@pytest.mark.parametrize("looks_around", [True, False])
@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    truth=st.lists(st.integers(0, 3), min_size=PLACES, max_size=PLACES),
    questions=st.lists(st.integers(OF_ALL, 2), min_size=PLACES, max_size=PLACES),
    room=st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=PLACES, max_size=PLACES),
    ties=some_ties,
)
def test_those_are_settled_that_have_one_number_in_every_set_that_could_be(
    looks_around: bool,
    truth: list[int],
    questions: list[int],
    room: list[tuple[int, int]],
    ties: list[Tie],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whether most of them were found open by looking around, or each was asked for by itself."""
    bounds = [(max(0, number - below), number + above) for number, (below, above) in zip(truth, room, strict=True)]
    with monkeypatch.context() as patch:
        if not looks_around:
            patch.setattr(possible_numbers, "_look_around", lambda *_: None)
        assert settled(truth, questions, bounds, ties) == only_possible(truth, questions, bounds, ties)
