"""The next release of a round of clusters, in both languages at once."""

from collections.abc import Mapping
from datetime import datetime

from survey.reporting.releases.of_clusters import release_clusters
from survey.reporting.tasks.job import Job, JobResult
from survey.storage.repository import Repository


def work(repository: Repository, job: Job, asked: Mapping[str, str], now: datetime) -> JobResult:
    """The number of the release, which is kept as releases are."""
    made = release_clusters(repository, job.round, job.by, asked["changed"], now)
    return JobResult(told={"number": made.number})
