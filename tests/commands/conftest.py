"""A site with the small questionnaire, its Welsh, and a data folder of its own; and commands run on it."""

import json
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from survey import create_app, languages
from survey.catalogues.files import Places
from survey.collection.people.accounts import EVENTS, LOG
from survey.commands import rounds
from survey.languages import REPOSITORY_CATALOGUES
from survey.storage.data_folder import open_data_folder
from survey.storage.tinydb_files.repository import FileRepository
from tests.catalogues_in_use import use_catalogues
from tests.collection.catalogue import write_welsh
from tests.collection.example import CLUSTER_LIST, DEFINITION, FRAMEWORK, NOW, ROUND
from tests.reporting.small_wales import small_wales

FILES = {
    "small/2026": DEFINITION,
    "frameworks/small-framework": FRAMEWORK,
    "clusters/clusters-small": CLUSTER_LIST,
}


class Desk:
    """Where somebody runs commands. `now` is the moment they run at."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.now = NOW
        self.places = Places(root=root, translations=root / "translations")
        self.app = self._app()

    @property
    def data(self) -> Path:
        return self.root / "data"

    @property
    def kept(self) -> FileRepository:
        return FileRepository(self.data)

    @property
    def log(self) -> list[tuple[str, str]]:
        """Who did what."""
        return [(entry["who"], entry["what"]) for entry in self.kept.entries(LOG, EVENTS)]

    def _clock(self) -> datetime:
        return self.now

    def _app(self) -> Flask:
        return create_app(
            {
                "TESTING": True,
                "DATA": self.data,
                "EXPORTS": self.root / "exports",
                "SECRET_KEY": "s" * 40,
                "PLACES": self.places,
                "HOSTS": ["reflect.example"],
                "NOW": self._clock,
            }
        )

    def definition(self, name: str) -> Path:
        return self.places.questionnaires / f"{name}.json"

    def run(self, *arguments: str | Path, stdin: str | bytes | None = None, **options: Any) -> Result:
        """Run a command in English, whatever its exit code."""
        given = [str(argument) for argument in arguments]
        language = [] if "--language" in given or "--help" in given else ["--language", "en"]
        result = self.app.test_cli_runner().invoke(args=[*given, *language], input=stdin, **options)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    def done(self, *arguments: str | Path, **options: Any) -> str:
        """What a command printed that had to succeed."""
        result = self.run(*arguments, **options)
        assert (result.exit_code, result.stderr) == (0, ""), result.output
        return result.stdout

    def refused(self, *arguments: str | Path, code: int = 1, **options: Any) -> str:
        """The lines of faults of a command that had to fail, and must not have printed anything else."""
        before = folder_state(self.data)
        result = self.run(*arguments, **options)
        assert (result.exit_code, result.stdout) == (code, ""), result.output
        assert "Traceback" not in result.stderr
        assert folder_state(self.data) == before
        return result.stderr.removesuffix("\n")

    def opened(self) -> None:
        """Have the small round open."""
        self.done(*CREATE)
        self.done("rounds", "assign", ROUND, "--health-board", "north", "--outcome", "m-01")
        self.done("rounds", "assign", ROUND, "--health-board", "south", "--outcome", "m-01", "--outcome", "m-02")
        self.done("rounds", "open", ROUND, "--yes")


CREATE = ("rounds", "create", ROUND, "--questionnaire", "small", "--edition", "2026", "--year", "2026-27")


def folder_state(folder: Path) -> dict[str, bytes]:
    """Everything a data folder keeps, but for what every start makes."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "meta.json" and "locks" not in path.parts
    }


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    made = Desk(tmp_path)
    for name, source in FILES.items():
        path = made.definition(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(source))
    write_welsh(made.places.translations)
    use_catalogues(made.places.translations, REPOSITORY_CATALOGUES)
    # The gate has tests of its own; here its catalogues would be those of the whole service.
    monkeypatch.setattr(rounds.round_plans, "gate_of_readers", lambda *_: lambda _catalogues: [])
    yield made
    use_catalogues(REPOSITORY_CATALOGUES)


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the small Wales in it, which nobody changes."""
    root = tmp_path_factory.mktemp("export") / "data"
    open_data_folder(root)
    small_wales(root)
    return root


@pytest.fixture
def app(filled: Path, tmp_path: Path) -> Iterator[Flask]:
    """A site with the small Wales, of which files are written."""
    shutil.copytree(filled, tmp_path / "data")
    made = create_app({"DATA": tmp_path / "data", "EXPORTS": tmp_path / "exports", "DEMO": True})
    languages.when_missing(lambda missing: missing.english)
    yield made
    languages.when_missing(languages.mark_missing)


def run(app: Flask, *arguments: str) -> Result:
    """What `flask export …` says there."""
    return app.test_cli_runner().invoke(args=["export", *arguments])


def exports(app: Flask) -> list[str]:
    """The names of the files that were written."""
    folder: Path = app.config["EXPORTS"]
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
