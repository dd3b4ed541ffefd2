"""Data of a round in one format."""

from collections.abc import Mapping
from datetime import datetime

from survey.collection.reading.decisions import reading_of
from survey.collection.rounds.snapshot import RoundSnapshot, load_snapshot
from survey.reporting.files.formats import as_one_file
from survey.reporting.files.of_round import data_of
from survey.reporting.tasks.job import Job, JobResult
from survey.reporting.workbooks.registry import workbook_state
from survey.storage.repository import Repository


def work(repository: Repository, job: Job, _asked: Mapping[str, str], now: datetime) -> JobResult:
    """The file, of the state it had before anything was read."""
    snapshot = load_snapshot(repository, job.round)
    state = data_state(repository, snapshot, job.threshold, now)
    file, _ = data_of(repository, snapshot, job.what)
    return JobResult(*as_one_file(file, job.ending), state)


def data_state(repository: Repository, snapshot: RoundSnapshot, threshold: int, now: datetime) -> str:
    """What tells what is written from the same a moment later. No response is read for it."""
    return (
        f"{workbook_state(repository, snapshot, threshold, now)} {repository.revision(reading_of(snapshot.round.id))}"
    )
