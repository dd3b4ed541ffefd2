"""How the service is, for whoever watches over it: `/healthz`, whether answers can be kept; `/readyz`, what else is to
be seen to.
"""

import os
import shutil
from datetime import datetime, timedelta
from pathlib import Path

from flask import Blueprint, current_app
from flask.typing import ResponseReturnValue

from survey.atomic_file import temporary_file, write_all
from survey.catalogues.files import Places
from survey.collection.backups import last_backup
from survey.collection.rounds.round import Round, readable_rounds
from survey.config import software_version
from survey.storage.repository import Repository, StorageError
from survey.storage.tinydb_files.data_format import read_format, secret_of
from survey.web.site.environment import current_repository, now

LEAST_FREE_BYTES = 50_000_000
LEAST_FREE_FILES = 1000
BACKUP_AGE = timedelta(hours=26)
LATE_CLOSING = timedelta(hours=1)

PROBES = ("health.health", "health.ready")
"""What whoever watches over the service asks, by whatever name or address."""

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def health() -> ResponseReturnValue:
    """Say whether answers can be kept: 200 if so, otherwise 503 with what is wrong. Tries it, and leaves nothing."""
    return _answer(_problems(current_app.config["DATA"]))


@blueprint.get("/readyz")
def ready() -> ResponseReturnValue:
    """The same, with the catalogues; and what is not wrong yet: room, the last backup, the next closing, warnings."""
    folder: Path = current_app.config["DATA"]
    problems = [*_problems(folder), *_missing_catalogues()]
    facts: dict[str, object] = {"version": software_version(), "warnings": []}
    if folder.is_dir():
        facts |= {"free_bytes": shutil.disk_usage(folder).free, "free_files": _places_for_files(folder)}
    try:
        facts |= _facts(current_repository(), now())
    except StorageError:
        problems.append("rounds or backups cannot be read")
    return _answer(problems, facts)


def _answer(problems: list[str], facts: dict[str, object] | None = None) -> ResponseReturnValue:
    said = {"status": "failing" if problems else "ok", "problems": problems, **(facts or {})}
    return said, 503 if problems else 200


def _facts(repository: Repository, moment: datetime) -> dict[str, object]:
    rounds = [round_ for round_ in readable_rounds(repository)[0] if round_.status == "open"]
    backup = last_backup(repository)
    closings = sorted(round_.closes for round_ in rounds if round_.closes and round_.closes > moment)
    return {
        "last_backup": backup and backup.isoformat(),
        "next_closing": closings[0].isoformat() if closings else None,
        "warnings": [
            *(["no backup in the last 26 hours"] if backup is None or moment - backup > BACKUP_AGE else []),
            *(["a round is over and not closed"] if any(_is_late(round_, moment) for round_ in rounds) else []),
        ],
    }


def _is_late(round_: Round, moment: datetime) -> bool:
    return round_.closes is not None and moment - round_.closes > LATE_CLOSING


def _problems(folder: Path) -> list[str]:
    problems = []
    if not current_app.secret_key:
        problems.append("no secret key")
    if not folder.is_dir():
        problems.append("no data folder")
    elif not _is_writable(folder):
        problems.append("data folder is not writable")
    elif shutil.disk_usage(folder).free < LEAST_FREE_BYTES:
        problems.append("disk is nearly full")
    elif 0 < _places_for_files(folder) < LEAST_FREE_FILES:
        problems.append("disk has nearly no room for more files")
    elif not _is_sound(folder):
        problems.append("data folder has lost what it is known by")
    return problems


def _missing_catalogues() -> list[str]:
    places = current_app.config.get("PLACES") or Places()
    missing = [name for name in places.names() if not places.compiled(name).is_file()]
    return [f"catalogues are not compiled: {', '.join(missing)}"] if missing else []


def _is_writable(folder: Path) -> bool:
    """Whether a file can be made and written there: rights alone do not say so, as of a disk that went read-only."""
    try:
        with temporary_file(folder) as (_, descriptor):
            write_all(descriptor, b"whether this can be kept")
    except OSError:
        return False
    return os.access(folder, os.R_OK | os.W_OK | os.X_OK)


def _places_for_files(folder: Path) -> int:
    """How many more files the disk takes; 0 where it keeps no count of them."""
    disk = os.statvfs(folder)
    return disk.f_favail or int(disk.f_files > 0)


def _is_sound(folder: Path) -> bool:
    """Whether format and secret of the data folder are there and can be read."""
    try:
        secret_of(folder)
        return read_format(folder) is not None
    except StorageError:
        return False
