"""A correction of a round of people, made once what it leaves out has been seen."""

from collections.abc import Mapping
from datetime import datetime

from survey.collection.errors import DomainError
from survey.reporting.releases.of_people import correct
from survey.reporting.tasks.draft import drafted
from survey.reporting.tasks.job import Job, JobResult
from survey.storage.repository import Repository


def work(repository: Repository, job: Job, asked: Mapping[str, str], now: datetime) -> JobResult:
    """The number of the release that was made, for the reason asked, of the state that was `seen`."""
    draft = drafted(repository, job.round)
    if draft.state != asked["seen"]:
        raise DomainError("correction_changed")
    made = correct(repository, draft, job.by, asked["reason"], now)
    return JobResult(told={"number": made.number})
