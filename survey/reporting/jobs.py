"""Making the workbook or a document of a round for a page: a job, run in a process of its own, so that no other request
waits for it.

What was made last of clusters is kept beside its round, and can be made anew at any time:

    rounds/<round>/workbooks/<kind>.<language>.json   {job: {state, since}, file: {state, at, name, sha256}, failed}
    rounds/<round>/workbooks/<kind>.<language>.xlsx

A document (`survey.reporting.reports`) is kept in the same way under its own kind, a Word document as `.docx` and its
record as `.docx.json`.

Of people a job makes the first release, in both languages at once; it is kept as releases are, and here is only how the
job went:

    rounds/<round>/workbooks/<kind>.release.json      {job: {state, since}, file: None, failed, refused: {code, values}}

This module loads no pandas until a job is run: the site imports it.
"""

import hashlib
import logging
import os
import subprocess
import sys
import tempfile
import threading
from dataclasses import astuple, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from survey.collection.errors import DomainError
from survey.collection.rounds.round import place
from survey.collection.rounds.snapshot import RoundSnapshot, load_snapshot
from survey.config import ROOT
from survey.languages import language, log_missing, when_missing
from survey.reporting.reports.registry import document_state, made_document
from survey.reporting.workbooks.registry import kind_of, prepared, workbook_state
from survey.storage.repository import Place, Record, Repository
from survey.storage.tinydb_files.repository import FileRepository

WORKBOOKS = "workbooks"
MISSING, RUNNING, READY, FAILED = "missing", "running", "ready", "failed"
RELEASE = "release"
WORKBOOK = "xlsx"
LOW_PRIORITY = 10
PATIENCE = timedelta(minutes=2)
"""After so long without a result, the process of a job is taken to have died."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """The making of a workbook: of which round, of which kind, in which language, with how few people hidden.

    In place of a language RELEASE stands for the first release of a round of people, which account `by` asked for.
    """

    round: str
    kind: str
    language: str
    threshold: int
    by: str = ""
    ending: str = WORKBOOK

    @property
    def place(self) -> Place:
        """Where the workbook is kept."""
        return place(self.round, WORKBOOKS)

    @property
    def key(self) -> str:
        """The key of what is kept about it."""
        return self.file if self.ending != WORKBOOK else f"{self.kind}.{self.language}"

    @property
    def file(self) -> str:
        """The name of the file itself."""
        return f"{self.kind}.{self.language}.{self.ending}"


@dataclass(frozen=True, slots=True)
class KeptWorkbook:
    """A workbook as it is kept. `state`, `made_at`, `name` and `sha256` are those of the file there is, else empty.
    `refused` is why a job was not done, where that is for a person to settle."""

    status: str
    state: str = ""
    made_at: datetime | None = None
    name: str = ""
    sha256: str = ""
    refused: DomainError | None = None


def release_job(snapshot: RoundSnapshot, threshold: int, by: str) -> Job:
    """The job that makes the first release of a round of people, for an account."""
    return Job(snapshot.round.id, kind_of(snapshot).name, RELEASE, threshold, by)


def job_of(snapshot: RoundSnapshot, language_code: str, threshold: int) -> Job:
    """The job that makes the workbook of a round in a language. `threshold` is the smallest number that is shown."""
    return Job(snapshot.round.id, kind_of(snapshot).name, language_code, threshold)


def kept_workbook(repository: Repository, job: Job, now: datetime) -> KeptWorkbook:
    """The workbook of a job as it stands now."""
    record = repository.read(job.place, job.key)
    status = _status(record, now)
    file = record["file"] if record else None
    refused = record.get("refused") if record else None
    if file is None:
        return KeptWorkbook(status, refused=DomainError(refused["code"], **refused["values"]) if refused else None)
    return KeptWorkbook(status, file["state"], datetime.fromisoformat(file["at"]), file["name"], file["sha256"])


def workbook_content(repository: Repository, job: Job, kept: KeptWorkbook) -> bytes | None:
    """The file of a kept workbook; None when there is none, or another than was made. Raises Unreadable."""
    if not kept.sha256:
        return None
    content = repository.read_bytes(job.place, job.file)
    return content if hashlib.sha256(content).hexdigest() == kept.sha256 else None


def enqueue(repository: Repository, job: Job, state: str, now: datetime) -> bool:
    """Whether a job is to be run: not when its file is being made, or is there already in that state."""

    def change(record: Record | None) -> Record:
        status = _status(record, now)
        file = record["file"] if record else None
        if status == RUNNING or (status == READY and file and file["state"] == state):
            raise _NothingToDo
        return {"job": {"state": state, "since": now.isoformat()}, "file": file, "failed": False}

    try:
        repository.update(job.place, job.key, change)
    except _NothingToDo:
        return False
    return True


def run(repository: Repository, job: Job, now: datetime) -> None:
    """Make the workbook of a job and keep it. When it cannot be made, say so in its record, and raise."""
    if job.language == RELEASE:
        _release(repository, job, now)
        return
    try:
        snapshot = load_snapshot(repository, job.round)
        state = job_state(repository, snapshot, job, now)
        name, content = _made(repository, snapshot, job, now)
        repository.write_bytes(job.place, job.file, content)
        sha256 = hashlib.sha256(content).hexdigest()
        file = {"state": state, "at": now.isoformat(), "name": name, "sha256": sha256}
        _keep(repository, job, {"job": None, "failed": False, "file": file})
    except BaseException:
        _keep(repository, job, {"job": None, "failed": True})
        raise


def job_state(repository: Repository, snapshot: RoundSnapshot, job: Job, now: datetime) -> str:
    """A digest of all that the file of a job is made from."""
    state = workbook_state(repository, snapshot, job.threshold, now)
    return state if job.kind == kind_of(snapshot).name else document_state(repository, snapshot, state)


def _made(repository: Repository, snapshot: RoundSnapshot, job: Job, now: datetime) -> tuple[str, bytes]:
    """The name and content of the file of a job."""
    if job.kind != kind_of(snapshot).name:
        return made_document(repository, snapshot, job.kind, language(job.language), job.ending, now)
    with tempfile.TemporaryDirectory() as folder:
        path = prepared(repository, job.round, job.threshold, now).write(language(job.language), Path(folder))
        return path.name, path.read_bytes()


def _release(repository: Repository, job: Job, now: datetime) -> None:
    from survey.reporting.releases.making import released

    try:
        released(repository, job.round, job.threshold, job.by, now)
        _keep(repository, job, {"job": None, "failed": False, "refused": None})
    except DomainError as refused:
        told = {"code": refused.code, "values": dict(refused.values)}
        _keep(repository, job, {"job": None, "failed": True, "refused": told})
    except BaseException:
        _keep(repository, job, {"job": None, "failed": True, "refused": None})
        raise


def start(root: Path, job: Job) -> None:
    """Run a job in a process of its own. Returns at once."""
    process = subprocess.Popen(  # noqa: S603 (our own program, with names that have been checked)
        [sys.executable, "-m", "survey.reporting.jobs", str(root), *map(str, astuple(job))],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    threading.Thread(target=process.wait, daemon=True).start()


def main(arguments: list[str]) -> int:
    """What the process of its own runs: root of the data folder, round, kind, language, threshold, account, ending."""
    root, round_id, kind, language_code, threshold, by, ending = arguments
    os.nice(LOW_PRIORITY)
    when_missing(log_missing)
    try:
        run(
            FileRepository(Path(root)),
            Job(round_id, kind, language_code, int(threshold), by, ending),
            datetime.now(UTC),
        )
    except Exception as error:
        log.exception("the workbook could not be made: %s", type(error).__name__)
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
    return READY if record["file"] else MISSING


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
