"""The dashboard of a round in a language: of Wales, or of the health board with the short name that the job has."""

from collections.abc import Mapping
from datetime import datetime

import orjson

from survey.collection.rounds.extensions import may_still_change
from survey.collection.rounds.snapshot import load_snapshot
from survey.languages import language
from survey.reporting.tasks.job import Job, JobResult
from survey.reporting.workbooks.registry import workbook_state
from survey.storage.repository import Repository

NAME = "dashboard.json"


def work(repository: Repository, job: Job, _asked: Mapping[str, str], now: datetime) -> JobResult:
    """Its parts, as blocks that a page can draw, of the state before anything was read."""
    from survey.reporting.records.series import read_series
    from survey.reporting.reports.dashboard import dashboard
    from survey.reporting.reports.peer_review import board_of
    from survey.reporting.reports.plain_blocks import plain
    from survey.reporting.workbooks.report import Report

    snapshot = load_snapshot(repository, job.round)
    state = workbook_state(repository, snapshot, job.threshold, now)
    board = board_of(snapshot, job.what).code if job.what else ""
    is_open = may_still_change(repository, snapshot.round, now)
    report = Report(read_series(repository, job.round), language(job.language), is_open)
    parts = {name: plain(blocks, report.language) for name, blocks in dashboard(report, board).items()}
    return JobResult(NAME, orjson.dumps(parts), state)
