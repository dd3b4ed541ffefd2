"""What a command copies: the data folder, or what is in the database, written into one for the moment."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from flask import current_app

from survey.commands import terminal
from survey.languages import Language
from survey.storage.repository import Unreadable


@dataclass(frozen=True, slots=True)
class DataAsFolder:
    """`whose`: the folder or database that it is; `unreadable`: what of a database is not in it, and why."""

    folder: Path
    whose: str
    unreadable: Sequence[Unreadable] = ()


@contextmanager
def data_as_folder(language: Language) -> Iterator[DataAsFolder]:
    """Everything that is kept. Raises StorageError."""
    root, database = current_app.config["DATA"], current_app.config["DATABASE"]
    if database is None:
        yield DataAsFolder(root, str(root))
        return
    from survey.storage.database_backup import database_as_folder

    with (
        terminal.progress_bar(language.pgettext("data command", "Reading the database")) as progress,
        database_as_folder(database, root, progress) as (folder, unreadable),
    ):
        address = urlsplit(database)
        yield DataAsFolder(folder, f"{address.hostname or 'localhost'}{address.path}", unreadable)
