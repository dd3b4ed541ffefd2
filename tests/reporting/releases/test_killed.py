"""Releases and corrections in the making that are killed, and two that are made at the same moment."""

import shutil
from pathlib import Path

import pytest

from survey.collection.rounds.releases import releases_of
from survey.storage.tinydb_files.repository import FileRepository
from tests.reporting.releases.makers import NEVER, killed_after, two_at_once, unreleased_and_changed, whole_releases
from tests.reporting.workforce.survey_of_people import ROUND

MADE = {"release": 0, "correction": 1}
"""How many releases there are before."""


@pytest.fixture(scope="module")
def rounds(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Nobody changes them."""
    return dict(zip(MADE, unreleased_and_changed(tmp_path_factory.mktemp("killed")), strict=True))


@pytest.fixture(params=[*MADE])
def made(request: pytest.FixtureRequest, rounds: dict[str, Path], tmp_path: Path) -> tuple[Path, int]:
    """A copy of one of them, and how many releases it has."""
    shutil.copytree(rounds[request.param], tmp_path / "data")
    return tmp_path / "data", MADE[request.param]


def test_killed_while_it_is_kept_a_release_is_whole_or_not_there_and_the_next_try_makes_it(
    made: tuple[Path, int],
) -> None:
    root, before = made
    repository, flushes = FileRepository(root), 0
    while killed_after(root, flushes):
        assert whole_releases(repository) == before
        flushes += 4
        if flushes > 8:
            assert not killed_after(root, NEVER)
            break
    assert whole_releases(repository) == before + 1


def test_of_two_processes_that_release_at_once_one_makes_it_and_the_other_is_told(made: tuple[Path, int]) -> None:
    root, before = made
    assert two_at_once(root) == ([2, "released_meanwhile"] if before else [1, 1])
    assert whole_releases(FileRepository(root)) == before + 1
    assert len(list(root.joinpath(*releases_of(ROUND)).glob("*.json"))) == before + 1
