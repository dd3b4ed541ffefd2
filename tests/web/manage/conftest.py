"""A site with a round under way, accounts of every role, and a client for each of them."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask

from survey import create_app
from survey.collection.people import accounts
from survey.collection.people.accounts import EVENTS, LOG, add_account
from survey.collection.responses.lifecycle import submit
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.languages import use_catalogues
from survey.reporting.jobs import run
from survey.reporting.tasks.job import Job
from survey.storage.tinydb_files.repository import FileRepository
from tests.collection.catalogue import write_pseudo
from tests.collection.example import NORTH, NOW, opened_round, save, save_all
from tests.web.checking_client import CheckingClient, Page

PASSWORD = "llyfr gwyrdd ar y bwrdd"


class Site:
    """The site at a moment, `now`. `jobs` are the workbooks that were asked to be made."""

    def __init__(self, data: Path) -> None:
        self.now = NOW
        self.jobs: list[Job] = []
        self.kept = FileRepository(data)
        self.snapshot = opened_round(self.kept)
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


@pytest.fixture
def site(data: Path, catalogues: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setattr(accounts, "_hasher", accounts.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    accounts._hash_of_nobody.cache_clear()
    write_pseudo(tmp_path / "translations")
    use_catalogues(tmp_path / "translations", catalogues)
    made = Site(data)
    for name, role, board in (
        ("eira", "national", None),
        ("gwyn", "health_board", NORTH),
        ("mair", "reader", None),
        ("sion", "translator", None),
        ("luned", "author", None),
    ):
        add_account(made.kept, name, role, board, PASSWORD, NOW)
    yield made
    use_catalogues(catalogues)
    accounts._hash_of_nobody.cache_clear()
