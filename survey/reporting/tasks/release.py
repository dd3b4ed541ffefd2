"""The first release of a round of people, in both languages at once."""

from collections.abc import Mapping
from datetime import datetime

from survey.reporting.releases.of_people import released
from survey.reporting.tasks.job import Job, JobResult
from survey.storage.repository import Repository


def work(repository: Repository, job: Job, _asked: Mapping[str, str], now: datetime) -> JobResult:
    """Nothing but the release itself, which is kept as releases are."""
    released(repository, job.round, job.threshold, job.by, now)
    return JobResult()
