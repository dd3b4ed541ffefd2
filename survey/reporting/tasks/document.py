"""The report of a round, or a peer review pack of it, in a language and a format."""

from collections.abc import Mapping
from datetime import datetime

from survey.collection.rounds.snapshot import RoundSnapshot, load_snapshot
from survey.languages import language
from survey.reporting.reports.registry import made_document, state_beside_answers
from survey.reporting.tasks.job import Job, JobResult
from survey.reporting.workbooks.registry import workbook_state
from survey.storage.repository import Repository


def work(repository: Repository, job: Job, _asked: Mapping[str, str], now: datetime) -> JobResult:
    """The document, of the state it had before anything was read."""
    snapshot = load_snapshot(repository, job.round)
    state = document_state(repository, snapshot, job.threshold, now)
    return JobResult(*made_document(repository, snapshot, job.what, language(job.language), job.ending, now), state)


def document_state(repository: Repository, snapshot: RoundSnapshot, threshold: int, now: datetime) -> str:
    """What tells what is made from the same a moment later. No response is read for it."""
    beside = state_beside_answers(repository, snapshot.round.id)
    return f"{workbook_state(repository, snapshot, threshold, now)} {beside}"
