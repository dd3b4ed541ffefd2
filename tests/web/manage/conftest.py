"""A site with a round under way, accounts of every role, and a client for each of them."""

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask

from survey import create_app
from survey.collection.people.accounts import EVENTS, LOG, add_account
from survey.collection.responses.lifecycle import submit
from survey.collection.rounds.snapshot import RoundSnapshot, load_snapshot
from survey.reporting.jobs import run
from survey.reporting.tasks.job import Job
from survey.storage.data_folder import open_data_folder
from survey.storage.tinydb_files.repository import FileRepository
from tests.catalogues_in_use import use_catalogues
from tests.collection.catalogue import write_pseudo
from tests.collection.example import NORTH, NOW, ROUND, opened_round, save, save_all
from tests.once import made_once
from tests.web.checking_client import CheckingClient, Page

PASSWORD = "llyfr gwyrdd ar y bwrdd"


class Site:
    """The site at a moment, `now`. `jobs` are the workbooks that were asked to be made."""

    def __init__(self, data: Path) -> None:
        self.now = NOW
        self.jobs: list[Job] = []
        self.kept = FileRepository(data)
        self.snapshot = load_snapshot(self.kept, ROUND)
        self.app = self.make_app(data)

    def make_public(self) -> None:
        """Show anybody what is published, from now on."""
        self.app = self.make_app(self.kept.root, public=True)

    def make_app(self, data: Path, *, demo: bool = False, public: bool = False) -> Flask:
        return create_app(
            {
                "TESTING": True,
                "DATA": data,
                "DEMO": demo,
                "PUBLIC_RELEASES": public,
                "HTTPS": False,
                "PSEUDO": True,
                "SECRET_KEY": "s" * 40,
                "NOW": self._clock,
                "START_JOB": self.jobs.append,
            }
        )

    def _clock(self) -> datetime:
        return self.now

    def client(self, name: str, language: str = "en") -> CheckingClient:
        """A client of somebody who has signed in."""
        client = CheckingClient(self.app)
        fields = {"account_name": name, "password": PASSWORD}
        assert client.sign_in(f"/{language}/manage/sign-in", fields) == f"/{language}/manage/"
        return client

    @property
    def log(self) -> list[tuple[str, str]]:
        return [(entry["who"], entry["what"]) for entry in self.kept.entries(LOG, EVENTS)]

    def made(self) -> None:
        """Do the job that was asked for last."""
        run(self.kept, self.jobs.pop(), self.now)

    def submitted(self, cluster: str = "arfon") -> None:
        snapshot: RoundSnapshot = self.snapshot
        save_all(self.kept, snapshot, cluster)
        submit(self.kept, snapshot, cluster, language="en", now=NOW)

    def begun(self, cluster: str = "conwy-west") -> None:
        save(self.kept, self.snapshot, "about", {"how": "meeting"}, cluster=cluster)


def sign_in(client: CheckingClient, name: str, password: str, *, language: str = "en", status: int = 200) -> Page:
    page = client.get(f"/{language}/manage/sign-in")
    return client.submit(page, {"account_name": name, "password": password}, form="sign-in", status=status)


@pytest.fixture(scope="session")
def opened_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the round and the accounts, and the texts of the round; made once in a run."""
    return made_once(tmp_path_factory, "managed-site", make_opened_site)


def make_opened_site(folder: Path) -> None:
    write_pseudo(folder / "translations")
    repository = open_data_folder(folder / "data")
    opened_round(repository)
    for name, role, board in (
        ("eira", "national", None),
        ("gwyn", "health_board", NORTH),
        ("mair", "reader", None),
        ("sion", "translator", None),
        ("luned", "author", None),
    ):
        add_account(repository, name, role, board, PASSWORD, NOW)
    # A copy makes its own when it needs them.
    shutil.rmtree(folder / "data" / "locks")


@pytest.fixture
def site(opened_site: Path, data: Path, catalogues: Path) -> Iterator[Site]:
    use_catalogues(opened_site / "translations", catalogues)
    shutil.copytree(opened_site / "data", data, dirs_exist_ok=True)
    yield Site(data)
    use_catalogues(catalogues)
