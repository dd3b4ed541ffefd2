"""How the service is, for whoever watches over it: `/healthz`, whether answers can be kept; `/readyz`, what else is to
be seen to.
"""

import shutil
from datetime import datetime, timedelta
from pathlib import Path

from flask import Blueprint, current_app
from flask.typing import ResponseReturnValue

from survey.catalogues.files import Places
from survey.collection.backups import HANDED_ON, LAST, NOT_HANDED_ON, REHEARSED, folder_of_backups, moment_of
from survey.collection.rounds.round import Round, readable_rounds
from survey.config import software_version
from survey.storage.repository import Repository, StorageError
from survey.storage.tinydb_files.condition import places_for_files
from survey.web.site.environment import REFUSED, current_repository, now

BACKUP_AGE = timedelta(hours=26)
LATE_CLOSING = timedelta(hours=1)

PROBES = ("health.health", "health.ready")
"""What whoever watches over the service asks, by whatever name or address."""

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def health() -> ResponseReturnValue:
    """Say whether answers can be kept: 200 if so, otherwise 503 with what is wrong. Tries it, and leaves nothing."""
    return _answer(_problems())


@blueprint.get("/readyz")
def ready() -> ResponseReturnValue:
    """The same, with the catalogues; and what is not wrong yet: room, the last backup, the next closing, warnings."""
    folder: Path = current_app.config["DATA"]
    problems = [*_problems(), *_missing_catalogues()]
    facts: dict[str, object] = {"version": software_version(), "warnings": []}
    if folder.is_dir():
        facts |= {"free_bytes": shutil.disk_usage(folder).free, "free_files": places_for_files(folder)}
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
    backup, not_copied = moment_of(repository, LAST), moment_of(repository, NOT_HANDED_ON)
    copied, rehearsed = moment_of(repository, HANDED_ON), moment_of(repository, REHEARSED)
    closings = sorted(round_.closes for round_ in rounds if round_.closes and round_.closes > moment)
    return {
        "last_backup": backup and backup.isoformat(),
        "last_copy": copied and copied.isoformat(),
        "last_rehearsal": rehearsed and rehearsed.isoformat(),
        "next_closing": closings[0].isoformat() if closings else None,
        "warnings": [
            *(["no backup in the last 26 hours"] if backup is None or moment - backup > BACKUP_AGE else []),
            *(["the folder of backups is not there"] if backup and _has_lost_its_backups() else []),
            *(["the last backup was not copied to another place"] if not_copied else []),
            *(["a round is over and not closed"] if any(_is_late(round_, moment) for round_ in rounds) else []),
        ],
    }


def _has_lost_its_backups() -> bool:
    """Of a database another host may make them."""
    config = current_app.config
    return config["DATABASE"] is None and not folder_of_backups(config["DATA"], config["BACKUPS"]).is_dir()


def _is_late(round_: Round, moment: datetime) -> bool:
    return round_.closes is not None and moment - round_.closes > LATE_CLOSING


def _problems() -> list[str]:
    refused = ["what is kept could not be opened: the log says why"] if REFUSED in current_app.extensions else []
    return [*([] if current_app.secret_key else ["no secret key"]), *refused, *current_repository().problems()]


def _missing_catalogues() -> list[str]:
    places = current_app.config.get("PLACES") or Places()
    missing = [name for name in places.names() if not places.compiled(name).is_file()]
    return [f"catalogues are not compiled: {', '.join(missing)}"] if missing else []
