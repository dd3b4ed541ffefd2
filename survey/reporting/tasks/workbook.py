"""The workbook of a round of clusters in one language."""

import tempfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from survey.collection.rounds.snapshot import load_snapshot
from survey.languages import language
from survey.reporting.tasks.job import Job, JobResult
from survey.reporting.workbooks.registry import prepared, workbook_state
from survey.storage.repository import Repository


def work(repository: Repository, job: Job, _asked: Mapping[str, str], now: datetime) -> JobResult:
    """The workbook, of the state it had before anything was read."""
    state = workbook_state(repository, load_snapshot(repository, job.round), job.threshold, now)
    with tempfile.TemporaryDirectory() as folder:
        path = prepared(repository, job.round, job.threshold, now).write(language(job.language), Path(folder))
        return JobResult(path.name, path.read_bytes(), state)
