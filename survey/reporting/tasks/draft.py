"""A correction of a round of people as it could be made now, to be looked at first. Nothing is released."""

from collections.abc import Mapping
from datetime import datetime

from survey.collection.errors import DomainError
from survey.reporting.disclosure.audit import Recoverable
from survey.reporting.releases.of_people import ReleaseDraft, draft_correction
from survey.reporting.tasks.job import Job, JobResult
from survey.storage.repository import Repository


def work(repository: Repository, job: Job, _asked: Mapping[str, str], _now: datetime) -> JobResult:
    """Its number, the state of the responses that it is of, and which tables it would leave out."""
    draft = drafted(repository, job.round)
    left_out = [[of, list(breakdowns)] for of, breakdowns in sorted(draft.left_out)]
    return JobResult(told={"number": draft.number, "state": draft.state, "left_out": left_out})


def drafted(repository: Repository, round_id: str) -> ReleaseDraft:
    """The correction of a round as it would be now. Raises what `draft_correction` raises, but for Recoverable:
    DomainError("small_group_found"), for a person to read."""
    try:
        return draft_correction(repository, round_id)
    except Recoverable as fault:
        raise DomainError("small_group_found") from fault
