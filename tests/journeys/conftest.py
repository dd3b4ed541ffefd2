"""Headless Chromium, and a service of our own for it to visit. Each test worker has one of both."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from survey.storage.data_folder import open_data_folder
from survey.storage.tinydb_files.repository import FileRepository
from tests.catalogues_in_use import catalogues_in_use
from tests.found_good import Found
from tests.journeys.browser import CHROMIUM_FLAGS, QUICK_PAGES, chromium
from tests.journeys.looking import Inspector
from tests.journeys.service import Server, Service, load_small_demonstration
from tests.journeys.visitor import Visitor
from tests.once import made_once

HEIGHT = 800
PATIENCE = 30_000  # milliseconds, for a machine that has other work
Arrive = Callable[..., Visitor]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.nodeid.startswith("tests/journeys/"):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def copy_of_demonstration(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], FileRepository]:
    """Fills a data folder with the small demonstration, which is loaded once in a run."""
    loaded = made_once(tmp_path_factory, "demonstration", load_small_demonstration)

    def copied(data: Path) -> FileRepository:
        shutil.copytree(loaded, data)
        return open_data_folder(data)

    return copied


@pytest.fixture(scope="session")
def service(
    words_of_today: Path,
    copy_of_demonstration: Callable[[Path], FileRepository],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Service]:
    """A service in which the cluster of the journeys has this year's round before it."""
    data = tmp_path_factory.mktemp("journeys") / "data"
    repository = copy_of_demonstration(data)
    server = Server(data, words_of_today, tmp_path_factory.mktemp("log") / "gunicorn.log")
    with catalogues_in_use(words_of_today):
        yield Service(server.start(), data, repository)
    server.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def inspector(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Inspector:
    return Inspector(browser, Found(made_once(tmp_path_factory, "found-good", lambda _: None)))


@pytest.fixture
def arrive(service: Service, browser: Browser, inspector: Inspector) -> Iterator[Arrive]:
    """Somebody comes: `arrive("cy", width=320)`. At the end nobody's browser has complained of anything."""
    visitors: list[Visitor] = []

    def arrived(language: str, width: int = 1280, *, script: bool = True) -> Visitor:
        size = {"width": width, "height": HEIGHT}
        context = browser.new_context(viewport=size, locale=f"{language[:2]}-GB", accept_downloads=True)
        context.set_default_timeout(PATIENCE)
        context.add_init_script(QUICK_PAGES)
        visitors.append(Visitor(context, service.origin, language, inspector, script))
        return visitors[-1]

    yield arrived
    complaints = [complaint for visitor in visitors for complaint in visitor.complaints]
    for visitor in visitors:
        visitor.context.close()
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def code(service: Service) -> str:
    """The access code of a cluster that has answered nothing this year."""
    return service.fresh_cluster()
