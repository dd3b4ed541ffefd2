"""Twenty-five random rounds with random sequences of releases, rounded and exact: nothing is told of a few people."""

from dataclasses import replace
from pathlib import Path

import pytest

from survey.reporting.disclosure.corrections import Correction
from survey.reporting.releases import of_people
from tests.reporting.releases.joint_attack import ByItself, FromTheFirst
from tests.reporting.releases.sequences import (
    UNDRAWN,
    Story,
    attacked_exactly,
    attacked_rounded,
    each_by_itself,
    few,
    story,
)

ROUNDS = (*range(25), 511)
"""The last one is of a ranking whose ranks, added up, told numbers that rounding hides."""


@pytest.fixture(scope="module")
def stories(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Story]:
    """The workbooks are not drawn: that they show what may be shown has tests of its own."""
    patch = pytest.MonkeyPatch()
    for stand_in in UNDRAWN:
        patch.setattr(*stand_in)
    try:
        return {seed: story(tmp_path_factory.mktemp("story") / "data", seed) for seed in ROUNDS}
    finally:
        patch.undo()


def test_no_difference_between_releases_is_of_a_few_people(stories: dict[int, Story]) -> None:
    assert {seed: few(told) for seed, told in stories.items()} == {seed: [] for seed in stories}


def test_what_was_hidden_stays_hidden(stories: dict[int, Story]) -> None:
    assert all(
        later.shown <= earlier.shown
        for told in stories.values()
        for earlier, later in zip(told.seen, told.seen[1:], strict=False)
    )


def test_there_was_something_to_attack(stories: dict[int, Story]) -> None:
    """Some corrections were made, some with tables left out, some after others; and some refused."""
    assert sum(len(told.seen) > 1 for told in stories.values()) > 5
    assert any(len(told.seen) > 2 for told in stories.values())
    assert any(told.left_out and len(told.seen) > 1 for told in stories.values())
    assert any("too_few_changed" in told.refused for told in stories.values())
    assert any(one.shown for told in stories.values() for one in told.seen[1:])


def test_the_attacker_finds_a_careless_correction(stories: dict[int, Story]) -> None:
    """One person goes, and the figures are shown again as if nothing had been released."""
    told = next(told for told in stories.values() if told.seen[0].shown)
    first = told.seen[0]
    someone = min(first.crowd)
    careless = replace(first, crowd={key: record for key, record in first.crowd.items() if key != someone})
    assert few(replace(told, seen=[first, careless]))


def test_a_correction_that_only_suppresses_what_is_small_is_found_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same sequences with each release protected for itself."""
    for stand_in in UNDRAWN:
        monkeypatch.setattr(*stand_in)
    monkeypatch.setattr(of_people, "correction", lambda present, *_: Correction(present.hidden, frozenset()))
    told = [story(tmp_path / str(seed), seed) for seed in (1, 2, 3)]
    assert any(few(one) for one in told)


def test_no_small_number_can_be_worked_out_from_exact_ones(stories: dict[int, Story]) -> None:
    attacks = {seed: attacked_exactly(told) for seed, told in stories.items()}
    assert sum(len(attack.asked) for attack in attacks.values()) > 1_000
    assert {seed: attack.told() for seed, attack in attacks.items()} == {seed: set() for seed in stories}


def test_no_number_can_be_worked_out_from_rounded_ones(stories: dict[int, Story]) -> None:
    """Of sequences with a correction: of a release alone the file itself is attacked, in `test_attack`."""
    corrected = {seed: told for seed, told in stories.items() if len(told.seen) > 1}
    attacks = {seed: attacked_rounded(told, FromTheFirst()) for seed, told in corrected.items()}
    assert sum(len(attack.attacked) for attack in attacks.values()) > 1_000
    assert {seed: attack.told() for seed, attack in attacks.items()} == {seed: set() for seed in corrected}


def test_corrections_that_are_rounded_by_themselves_are_found_out(stories: dict[int, Story]) -> None:
    told = [attacked_rounded(each_by_itself(stories[seed]), ByItself()).told() for seed in (0, 3)]
    assert all(len(stories[seed].seen) > 1 for seed in (0, 3))
    assert all(told)


def test_a_small_number_that_is_hidden_alone_is_found_out(stories: dict[int, Story]) -> None:
    """Of a total only one part is hidden, and of a correction who went."""
    told = next(told for told in stories.values() if ("", ()) in told.seen[-1].shown and attacked_exactly(told).asked)
    careless = [replace(one, shown=one.cells - {attacked_cell(told)}) for one in told.seen]
    assert attacked_exactly(replace(told, seen=careless)).told()


def attacked_cell(told: Story) -> tuple[str, tuple[str, ...]]:
    return next(cell for _, cell in attacked_exactly(told).asked.values())
