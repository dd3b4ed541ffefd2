"""A service to which a questionnaire is added from outside: its JSON and its Welsh, and nothing else."""

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from survey import create_app, languages
from survey.catalogues.compilation import compile_catalogues
from survey.catalogues.extraction import templates, write_templates
from survey.catalogues.files import Places
from survey.catalogues.gate import findings
from survey.commands import rounds
from survey.config import ROOT
from survey.languages import INTERFACE, REPOSITORY_CATALOGUES
from survey.storage.tinydb_files.repository import FileRepository
from tests.catalogues_in_use import use_catalogues
from tests.collection.example import CLUSTER_LIST
from tests.web.checking_client import CheckingClient

ADDED = Path(__file__).parent
ROUND, NAME = "digital-2026", "digital-tools"
CREATE = ("rounds", "create", ROUND, "--questionnaire", NAME, "--edition", "2026", "--year", "2026-27")


class Service:
    """The service in a folder of its own. `respondent` is who answers the added questionnaire."""

    def __init__(self, root: Path, respondent: str) -> None:
        self.root = root
        self.now = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
        self.places = Places(root=root, translations=root / "translations")
        shutil.copytree(ADDED / "questionnaires", self.places.questionnaires)
        shutil.copytree(ADDED / "translations", self.places.translations)
        (self.places.questionnaires / "schema").symlink_to(ROOT / "questionnaires" / "schema")
        self._keep("clusters/clusters-small.json", CLUSTER_LIST)
        path = self.places.questionnaires / NAME / "2026.json"
        self.definition = json.loads(path.read_text("utf-8")) | {"respondent": respondent}
        self._keep(f"{NAME}/2026.json", self.definition)
        write_templates(self.places, {NAME: templates(self.places)[NAME]})
        compile_catalogues(self.places)
        self.app: Flask = create_app(
            {
                "TESTING": True,
                "DATA": root / "data",
                "EXPORTS": root / "exports",
                "DEMO": True,
                "PLACES": self.places,
                "NOW": lambda: self.now,
            }
        )

    def _keep(self, name: str, content: Any) -> None:
        path = self.places.questionnaires / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content), "utf-8")

    def open(self) -> None:
        self.done(*CREATE)
        self.done("rounds", "open", ROUND, "--yes")
        self.now += timedelta(days=1)

    def run(self, *arguments: str) -> Result:
        result = self.app.test_cli_runner().invoke(args=list(arguments))
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    def done(self, *arguments: str) -> str:
        result = self.run(*arguments, *([] if "export" in arguments else ["--language", "en"]))
        assert (result.exit_code, result.stderr) == (0, ""), result.output
        return result.stdout

    def export(self) -> dict[str, Path]:
        """The workbooks that one command writes, by language."""
        lines = self.done("export", "workbook", ROUND).splitlines()
        return {Path(line).name.split(".")[-2]: Path(line) for line in lines}

    @property
    def kept(self) -> FileRepository:
        return FileRepository(self.root / "data")

    def client(self) -> CheckingClient:
        """A browser that has been nowhere."""
        return CheckingClient(self.app)


@pytest.fixture(params=["cluster"])
def respondent(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def service(tmp_path: Path, respondent: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    made = Service(tmp_path, respondent)

    def gate(_repository: object, places: Places, _language: languages.Language, _sources: object) -> Any:
        """The real one, over what was added: whether the interface is translated is for other tests to say."""
        own = {NAME: templates(places)[NAME]}
        return lambda _catalogues: [str(found) for found in findings(places, own) if found.is_error]

    monkeypatch.setattr(rounds.round_plans, "gate_of_readers", gate)
    use_catalogues(made.places.translations, REPOSITORY_CATALOGUES)
    languages.when_missing(_only_of_the_interface)
    yield made
    languages.when_missing(languages.mark_missing)
    use_catalogues(REPOSITORY_CATALOGUES)


def _only_of_the_interface(missing: languages.MissingText) -> str:
    assert missing.domain == INTERFACE
    return missing.english
