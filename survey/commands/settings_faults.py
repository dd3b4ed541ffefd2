"""Which settings can be read and still cannot work: a folder, file, program, recipient or health board that is not
there, or is no such thing. Looks and writes nothing.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from flask import current_app

from survey.collection.editions.standing import with_added
from survey.collection.errors import DomainError
from survey.collection.record_shapes import misfit
from survey.collection.rounds.clusters import ClusterList
from survey.collection.rounds.opening import newest_clusters
from survey.commands.environment import places
from survey.config import PREFIX, SETTINGS
from survey.languages import Language, Phrase
from survey.storage.backup_folder.seal import Opener, Sealer
from survey.storage.opening import holds_records, storage_as_it_is
from survey.storage.repository import StorageError
from survey.storage.tinydb_files.network_share import can_be_written

FOLDERS = ("DATA", "BACKUPS", "EXPORTS")
SECRETS = ("OIDC_SECRET_FILE", "SMTP_PASSWORD_FILE")
NO_FOLDER = Phrase(
    "data command",
    "%(setting)s: in %(folder)s nothing can be written, nor can that folder be made. Name one where the user that runs "
    "this may write, on a disk that takes changes.",
)
IN_DATA = Phrase(
    "data command",
    "%(setting)s: %(folder)s lies in the data folder, and backups cannot lie in what they are of. Name a folder "
    "outside it.",
)
NO_FILE = Phrase(
    "data command",
    "%(setting)s: the file %(file)s cannot be read (%(reason)s). Name one that is there, and let the user that runs "
    "this read it.",
)
EMPTY_FILE = Phrase(
    "data command", "%(setting)s: the file %(file)s is empty. Put into it what the setting is for, in one line."
)
NO_PROGRAM = Phrase(
    "data command",
    "%(setting)s: %(file)s cannot be run. Name a program that is there, and let the user that runs this run it.",
)
NO_BOARD = Phrase(
    "data command", "%(setting)s: there is no health board “%(board)s”. Use one of these instead: %(boards)s"
)


def settings_faults(language: Language) -> Iterator[str]:
    """Each of them, with what to do."""
    yield from _folders(language)
    yield from _files(language)
    yield from _keys()
    yield from _boards(language)


def _folders(language: Language) -> Iterator[str]:
    config, unset = current_app.config, {setting.name: setting.default for setting in SETTINGS}
    for name in FOLDERS:
        folder: Path | None = config[name]
        # Where nobody named one, a command that writes there says so itself; what is kept has to have its place.
        is_needed = config["DATABASE"] is None if name == "DATA" else folder != unset[name]
        if folder is not None and is_needed and not can_be_written(folder):
            yield language.say(NO_FOLDER, setting=_setting(name), folder=folder)
    backups = config["BACKUPS"]
    if backups is not None and config["DATABASE"] is None and _real(backups).is_relative_to(_real(config["DATA"])):
        yield language.say(IN_DATA, setting=_setting("BACKUPS"), folder=backups)


def _files(language: Language) -> Iterator[str]:
    for name in SECRETS:
        path: Path | None = current_app.config[name]
        if path is None:
            continue
        try:
            if not path.read_text("utf-8").strip():
                yield language.say(EMPTY_FILE, setting=_setting(name), file=path)
        except OSError as error:
            yield language.say(NO_FILE, setting=_setting(name), file=path, reason=error.strerror)
        except UnicodeDecodeError as error:
            yield language.say(NO_FILE, setting=_setting(name), file=path, reason=error.reason)
    if program := current_app.config["BACKUP_HOOK"]:
        path = Path(program[0])
        if not path.is_file() or not os.access(path, os.X_OK):
            yield language.say(NO_PROGRAM, setting=_setting("BACKUP_HOOK"), file=path)


def _keys() -> Iterator[str]:
    for recipient in current_app.config["BACKUP_RECIPIENTS"]:
        try:
            Sealer((recipient,))
        except StorageError as error:
            yield f"{_setting('BACKUP_RECIPIENTS')}: {error}"
    try:
        Opener(current_app.config["BACKUP_IDENTITY"])
    except StorageError as error:
        yield f"{_setting('BACKUP_IDENTITY')}: {error}"


def _boards(language: Language) -> Iterator[str]:
    groups: dict[str, tuple[str, str]] = current_app.config["OIDC_GROUPS"] or {}
    wanted = sorted({board for _, board in groups.values() if board})
    known = _newest_clusters() if wanted else None
    if known is None:
        return
    there = ", ".join(board.short for board in known.health_boards)
    for board in wanted:
        if known.health_board(board) is None:
            yield language.say(NO_BOARD, setting=_setting("OIDC_GROUPS"), board=board, boards=there)


def _newest_clusters() -> ClusterList | None:
    """None where it cannot be read, which is said of it elsewhere, or where there is none."""
    folder, database = current_app.config["DATA"], current_app.config["DATABASE"]
    try:
        here = places()
        if holds_records(folder, database):
            here = with_added(storage_as_it_is(folder, database, misfit), here)
        return newest_clusters(here.shelf)
    except (DomainError, StorageError):
        return None


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))


def _setting(name: str) -> str:
    return f"{PREFIX}_{name}"
