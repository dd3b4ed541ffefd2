"""A few random runs of those that `tests/bench/lost_words.py` does by the hundred: no word is lost."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from survey.storage.tinydb_files.repository import FileRepository
from tests.journeys.random_runs import RandomRun
from tests.journeys.service import Server, Service


@pytest.fixture(scope="module")
def mortal(
    words_of_today: Path,
    copy_of_demonstration: Callable[[Path], FileRepository],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Service, Server]]:
    """A service that may be killed."""
    here = tmp_path_factory.mktemp("mortal")
    server = Server(here / "data", words_of_today, here / "gunicorn.log")
    repository = copy_of_demonstration(here / "data")
    yield Service(server.start(), here / "data", repository), server
    server.stop()


@pytest.mark.parametrize(("seeds", "script"), [((1, 130), True), ((10,), False)])
def test_no_word_is_lost(
    browser: Browser, mortal: tuple[Service, Server], seeds: tuple[int, ...], script: bool
) -> None:
    service, server = mortal
    runs = [RandomRun(browser, service, server, seed, script=script) for seed in seeds]
    for run in runs:
        assert run.lost() == [], "\n".join(run.acts)
    assert any(run.typed for run in runs)
