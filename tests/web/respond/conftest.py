"""A site with an open round, and people who have signed in to it."""

import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import polib
import pytest
from flask import Flask

from survey import create_app
from survey.catalogues.compilation import PSEUDO_PLURALS, pseudo
from survey.catalogues.files import FORMS, WELSH, compiled_form, new_catalogue
from survey.languages import PSEUDO
from survey.storage.data_folder import open_data_folder
from survey.storage.tinydb_files.data_format import secret_of
from survey.storage.tinydb_files.repository import FileRepository
from tests.catalogues_in_use import use_catalogues
from tests.once import made_once
from tests.web.checking_client import CheckingClient, Page
from tests.web.respond import example


@pytest.fixture(scope="package", autouse=True)
def catalogues(catalogues: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The catalogues of the site, with a stand-in for Welsh that is not there yet, and those of the example.

    Whether the Welsh is complete is for `translations check` to say; here it has to show that nothing else is said.
    """
    folder = made_once(tmp_path_factory, "example-words", lambda folder: _write_words(catalogues, folder))
    use_catalogues(catalogues, folder)
    yield folder
    use_catalogues(catalogues)


def _write_words(catalogues: Path, folder: Path) -> None:
    welsh = polib.pofile(str(catalogues / "cy" / "LC_MESSAGES" / "interface.po"))
    translated = {(entry.msgctxt, entry.msgid) for entry in welsh if entry.translated()}
    wanted = {(entry.msgctxt, entry.msgid): entry for entry in welsh if not entry.obsolete}
    wanted |= {(entry.msgctxt, entry.msgid): entry for entry in polib.pofile(str(catalogues / "interface.pot"))}
    stand_in = new_catalogue(WELSH)
    for name in wanted.keys() - translated:
        stand_in.append(_said_in_welsh(wanted[name]))
    _write(folder, "cy", "interface", stand_in)
    texts = new_catalogue()
    texts.metadata["Plural-Forms"] = PSEUDO_PLURALS
    for key, english in example.texts().items():
        texts.append(polib.POEntry(msgctxt=key, msgid=english, msgstr=pseudo(english)))
    for domain in ("journey", "framework"):
        _write(folder, PSEUDO.replace("-", "_"), domain, texts)


def _said_in_welsh(entry: polib.POEntry) -> polib.POEntry:
    if entry.msgid_plural:
        forms = {form: example.welsh(entry.msgid_plural) for form in range(FORMS)}
        return polib.POEntry(
            msgctxt=entry.msgctxt, msgid=entry.msgid, msgid_plural=entry.msgid_plural, msgstr_plural=forms
        )
    return polib.POEntry(msgctxt=entry.msgctxt, msgid=entry.msgid, msgstr=example.welsh(entry.msgid))


def _write(folder: Path, code: str, domain: str, catalogue: polib.POFile) -> None:
    path = folder / code / "LC_MESSAGES" / f"{domain}.mo"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(compiled_form(catalogue))


A_YEAR = 24 * 365  # hours


class Clock:
    """The time of a test, which it may move."""

    def __init__(self) -> None:
        self.now = example.NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def open_round(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with an open round, which is opened once in a run."""

    def opened(folder: Path) -> None:
        example.open_round(open_data_folder(folder), secret_of(folder))

    return made_once(tmp_path_factory, "open-round", opened)


@pytest.fixture
def app(data: Path, open_round: Path, clock: Clock) -> Flask:
    """The site in its demonstration form, with an open round. Nobody’s sign-in is over while a test moves its clock."""
    shutil.copytree(open_round, data, dirs_exist_ok=True)
    site = {"TESTING": True, "DATA": data, "DEMO": True, "PSEUDO": True, "NOW": clock, "SESSION_HOURS": A_YEAR}
    return create_app(site)


@pytest.fixture
def repository(app: Flask) -> FileRepository:
    found: FileRepository = app.extensions["repository"]
    return found


@pytest.fixture
def before(app: Flask, repository: FileRepository) -> None:
    """A round of two years ago, which the cluster submitted in Welsh."""
    example.submit_round_before(repository, str(app.secret_key), example.BEFORE)


@pytest.fixture
def sign_in(app: Flask) -> Callable[..., CheckingClient]:
    """Gives a browser in which somebody has signed in: `sign_in()`, `sign_in(code)`."""

    def signed_in(code: str = example.CODE, language: str = "en") -> CheckingClient:
        client = CheckingClient(app)
        assert client.sign_in(f"/{language}/sign-in", {"access_code": code}) == f"/{language}/reflection"
        return client

    return signed_in


@pytest.fixture
def someone(sign_in: Callable[..., CheckingClient]) -> CheckingClient:
    """A browser in which the first cluster is signed in."""
    return sign_in()


def answer(client: CheckingClient, path: str, answers: dict[str, str | list[str]], **sent: object) -> Page:
    """Fill in and save a page."""
    return client.submit(client.get(path), answers, **sent)  # type: ignore[arg-type]
