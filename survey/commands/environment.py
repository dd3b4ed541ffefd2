"""What a command runs in: the data folder, the definitions, the clock and the log of who did what."""

from datetime import datetime
from pathlib import Path

from flask import current_app

from survey.catalogues.files import Places
from survey.collection.people import audit_log
from survey.collection.rounds.opening import read_sources
from survey.collection.rounds.round import Round
from survey.collection.rounds.snapshot import RoundSources
from survey.storage.data_folder import open_data_folder, secret_of
from survey.storage.tinydb_files.repository import FileRepository

WHO = "command line"


def open_repository() -> FileRepository:
    """What is in the data folder, made ready if this is the first to use it. Raises StorageError."""
    return open_data_folder(current_app.config["DATA"])


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
    audit_log.note(repository, now(), WHO, event, **details)
