"""What a command works with: the data folder, the definitions, the clock, the log, and the files that it writes."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from flask import current_app

from survey.catalogues.files import Places
from survey.collection.people import accounts
from survey.collection.rounds.opening import read_sources
from survey.collection.rounds.round import Round
from survey.collection.rounds.snapshot import RoundSnapshot, RoundSources, load_snapshot
from survey.commands.cli_i18n import Refusal
from survey.languages import Language, Phrase
from survey.storage.data_folder import open_data_folder, secret_of
from survey.storage.tinydb_files.repository import FileRepository

WHO = "command line"
CANNOT_WRITE = Phrase("command", "The file cannot be written: %(file)s (%(reason)s)")
EXISTS = Phrase("command", "There is a file already: %(file)s. Choose another name.")


def open_repository() -> FileRepository:
    """What is in the data folder, made ready if this is the first to use it. Raises StorageError."""
    return open_data_folder(current_app.config["DATA"])


def open_snapshot(round_id: str) -> tuple[FileRepository, RoundSnapshot]:
    """The data folder, and what a round in it was opened with. Raises StorageError, DomainError."""
    repository = open_repository()
    return repository, load_snapshot(repository, round_id)


def access_secret() -> bytes:
    """What access codes are hashed with. Raises StorageError."""
    return secret_of(current_app.config["DATA"]).encode()


def now() -> datetime:
    """This moment in UTC. Tests give their own through the configuration."""
    moment: datetime = current_app.config["NOW"]()
    return moment


def sources_of(round_: Round) -> RoundSources:
    """Today's files that a round would be opened with. Raises DomainError, DefinitionError."""
    return read_sources(questionnaires(), round_.questionnaire, round_.edition, round_.cluster_list)


def questionnaires() -> Path:
    """The folder of definitions."""
    return places().questionnaires


def places() -> Places:
    """Where definitions and catalogues lie. Tests hand in folders of their own through the configuration."""
    configured: Places | None = current_app.config.get("PLACES")
    return configured or Places()


def note(repository: FileRepository, event: str, **details: str) -> None:
    """Keep in the log that the command line did something."""
    accounts.note(repository, now(), WHO, event, **details)


def refuse_to_replace(path: Path, language: Language) -> None:
    """Raise Refusal if there is a file already."""
    if path.exists():
        raise Refusal(language.say(EXISTS, file=path))


@contextmanager
def writing(path: Path, language: Language) -> Iterator[None]:
    """Turn what keeps the file from being written into a Refusal."""
    try:
        yield
    except FileExistsError as error:
        raise Refusal(language.say(EXISTS, file=path)) from error
    except OSError as error:
        raise Refusal(language.say(CANNOT_WRITE, file=path, reason=error.strerror or error)) from error
