"""What there is on each outcome of a round beside the team’s own words, for the pages of contribution analysis."""

from collections.abc import Mapping
from datetime import datetime

import orjson

from survey.collection.rounds.extensions import may_still_change
from survey.collection.rounds.snapshot import load_snapshot
from survey.languages import language
from survey.reporting.tasks.job import Job, JobResult
from survey.reporting.workbooks.registry import workbook_state
from survey.storage.repository import Repository

NAME = "contributions.json"


def work(repository: Repository, job: Job, _asked: Mapping[str, str], now: datetime) -> JobResult:
    """For each outcome its parts, as blocks that a page can draw, of the state before anything was read."""
    from survey.reporting.records.series import read_series
    from survey.reporting.reports import contributions
    from survey.reporting.reports.plain_blocks import plain
    from survey.reporting.workbooks.report import Report

    snapshot = load_snapshot(repository, job.round)
    state = workbook_state(repository, snapshot, job.threshold, now)
    is_open = may_still_change(repository, snapshot.round, now)
    report = Report(read_series(repository, job.round), language(job.language), is_open)
    parts = {**contributions.PARTS, "rated": contributions.rated}
    told = {
        outcome.id: {name: plain(blocks(report, outcome), report.language) for name, blocks in parts.items()}
        for outcome in contributions.outcomes_asked_about(report)
    }
    return JobResult(NAME, orjson.dumps(told), state)
