"""What a page has made, in a process of its own, so that no request waits for it: a job. `tasks` has the work of each.

A file that was made last is kept beside its round, and can be made anew at any time:

    rounds/<round>/made/<task>.<what>.<language>.<ending>.json   {job: {state, since}, failed,
                                                                  file: {state, at, name, sha256}}
    rounds/<round>/made/<task>.<what>.<language>.<ending>.file   the file itself

What a task has only one of is left out of the name: `workbook.cy.file`, `data.responses.csv.file`.

Releases of people and corrections are kept as releases are, and here is only how the job went: beside the above also
`refused` ({code, values}), `asked` (what whoever asked for it gave with it) and `told` (what it found).

This module loads nothing that counts until a job is run: the site imports it.
"""

import hashlib
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Collection, Mapping
from dataclasses import astuple, dataclass, field
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

from survey.collection.errors import DomainError
from survey.collection.record_shapes import misfit
from survey.collection.rounds.round import place
from survey.config import PREFIX, ROOT
from survey.languages import log_missing, when_missing
from survey.reporting.job_turns import turn
from survey.reporting.tasks.job import MADE, Job, JobResult, Work
from survey.storage.opening import storage_as_it_is
from survey.storage.repository import Record, Repository, Unreadable

MISSING, RUNNING, READY, FAILED = "missing", "running", "ready", "failed"
LOW_PRIORITY = 10
DATABASE = f"{PREFIX}_DATABASE"
PATIENCE = timedelta(minutes=2)
"""After so long without a result, the process of a job is taken to have died."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class JobFile:
    """What is kept of a job. `state`, `made_at`, `name` and `sha256` are those of the file there is, else empty.
    `refused` is why a job was not done, where that is for a person to settle; `asked` is what came with it, `told` what
    it found; `allowed` are the accounts that may have the file, where not everybody may, and of which state."""

    status: str
    state: str = ""
    made_at: datetime | None = None
    name: str = ""
    sha256: str = ""
    refused: DomainError | None = None
    asked: Mapping[str, str] = field(default_factory=dict)
    told: Mapping[str, Any] = field(default_factory=dict)
    allowed: Mapping[str, str] = field(default_factory=dict)


def kept_file(repository: Repository, job: Job, now: datetime) -> JobFile:
    """What is kept of a job, as it stands now."""
    record = repository.read(job.place, job.key)
    status = _status(record, now)
    if record is None:
        return JobFile(status)
    file, refused = record["file"], record.get("refused")
    why = DomainError(refused["code"], **refused["values"]) if refused else None
    asked, told, allowed = (record.get(name) or {} for name in ("asked", "told", "allowed"))
    if file is None:
        return JobFile(status, refused=why, asked=asked, told=told, allowed=allowed)
    made_at = datetime.fromisoformat(file["at"])
    return JobFile(status, file["state"], made_at, file["name"], file["sha256"], why, asked, told, allowed)


def content_of(repository: Repository, job: Job, kept: JobFile) -> bytes | None:
    """The file that a job made; None when there is none, or another than was made. Raises Unreadable."""
    if not kept.sha256:
        return None
    content = repository.read_bytes(job.place, job.file)
    return content if hashlib.sha256(content).hexdigest() == kept.sha256 else None


def enqueue(repository: Repository, job: Job, state: str, now: datetime, **asked: str) -> bool:
    """Whether a job is to be run: not when it is being run, or its file is there already, made of that `state`.

    `asked` is kept with it.
    """

    def change(record: Record | None) -> Record:
        status = _status(record, now)
        file = record["file"] if record else None
        if status == RUNNING or (status == READY and file and file["state"] == state):
            raise _NothingToDo
        under_way = {"job": {"state": state, "since": now.isoformat()}, "file": file, "failed": False, "asked": asked}
        return {**(record or {}), **under_way, "refused": None, "told": None}

    try:
        repository.update(job.place, job.key, change)
    except _NothingToDo:
        return False
    return True


def allow(repository: Repository, job: Job, account: str, state: str) -> None:
    """Let an account have the file of a job, as long as that is of this state."""

    def change(record: Record | None) -> Record:
        before: Record = record or {"job": None, "file": None, "failed": False}
        return {**before, "allowed": {**before.get("allowed", {}), account: state}}

    repository.update(job.place, job.key, change)


def run(repository: Repository, job: Job, now: datetime) -> None:
    """Do a job and keep how it went: what it made, why a person has to settle something first, or that it failed.

    Raises what made it fail.
    """
    work: Work = import_module(f"survey.reporting.tasks.{job.task}").work
    asked = (repository.read(job.place, job.key) or {}).get("asked") or {}
    try:
        made = work(repository, job, asked, now)
        file = {"file": _kept_file(repository, job, made, now)} if made.name else {}
    except DomainError as refused:
        told = {"code": refused.code, "values": dict(refused.values)}
        _keep(repository, job, {"job": None, "failed": True, "refused": told, "told": None})
    except BaseException:
        _keep(repository, job, {"job": None, "failed": True, "refused": None, "told": None})
        raise
    else:
        _keep(repository, job, {"job": None, "failed": False, "refused": None, "told": made.told, **file})


def wait(repository: Repository, job: Job, now: datetime) -> None:
    """Let it be known now and then that a job waits for its turn, and that its process has not died."""
    record = repository.read(job.place, job.key)
    if record and record["job"] and now - datetime.fromisoformat(record["job"]["since"]) >= PATIENCE / 4:
        _keep(repository, job, {"job": {**record["job"], "since": now.isoformat()}})


def _kept_file(repository: Repository, job: Job, made: JobResult, now: datetime) -> Record:
    repository.write_bytes(job.place, job.file, made.content)
    sha256 = hashlib.sha256(made.content).hexdigest()
    return {"state": made.state, "at": now.isoformat(), "name": made.name, "sha256": sha256}


def stale_files(repository: Repository, round_ids: Collection[str], older_than: datetime) -> list[tuple[str, str]]:
    """What was made before a moment and is not being made again: its round, and the key of its job."""
    return [
        (round_id, key)
        for round_id in round_ids
        for key, record in repository.read_all(place(round_id, MADE))
        if not isinstance(record, Unreadable)
        and record.get("file")
        and not record.get("job")
        and datetime.fromisoformat(record["file"]["at"]) < older_than
    ]


def drop_file(repository: Repository, round_id: str, key: str) -> None:
    """Keep the file of a job no longer: whoever asks has it made again, of the responses as they are then."""
    of_round = place(round_id, MADE)
    # Emptied first: on a full disk that is what makes the room for the record, which until then names no such content.
    repository.write_bytes(of_round, f"{key}.file", b"")
    repository.update(of_round, key, lambda record: {**(record or {}), "file": None, "allowed": {}})


def start(folder: Path, database: str | None, job: Job) -> None:
    """Run a job in a process of its own, on what is kept in the database or else in the folder. Returns at once."""
    # Its address may hold a password, which others could read among the arguments of a process.
    environment = {name: value for name, value in os.environ.items() if name != DATABASE}
    process = subprocess.Popen(  # noqa: S603 (our own program, with names that have been checked)
        [sys.executable, "-m", "survey.reporting.jobs", str(folder), *map(str, astuple(job))],
        cwd=ROOT,
        env={**environment, **({DATABASE: database} if database else {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    threading.Thread(target=process.wait, daemon=True).start()


def main(arguments: list[str]) -> int:
    """What the process of its own runs: the data folder, and what the job is."""
    folder, round_id, task, threshold, *which = arguments
    os.nice(LOW_PRIORITY)
    when_missing(log_missing)
    try:
        kept = storage_as_it_is(Path(folder), os.environ.get(DATABASE), misfit)
        job = Job(round_id, task, int(threshold), *which)
        with turn(Path(folder), lambda: wait(kept, job, datetime.now(UTC))):
            run(kept, job, datetime.now(UTC))
    except Exception as error:
        log.exception("a job of %s could not be done: %s", task, type(error).__name__)
        return 1
    return 0


class _NothingToDo(Exception):
    pass


def _keep(repository: Repository, job: Job, changes: dict[str, Any]) -> None:
    repository.update(job.place, job.key, lambda record: {"file": None, **(record or {}), **changes})


def _status(record: Record | None, now: datetime) -> str:
    if record is None:
        return MISSING
    if record["job"]:
        return RUNNING if now - datetime.fromisoformat(record["job"]["since"]) < PATIENCE else FAILED
    if record["failed"]:
        return FAILED
    return READY if record["file"] or record.get("told") else MISSING


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
