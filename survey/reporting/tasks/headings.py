"""The headings of a round’s workbook in both languages, for translators."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime

from survey.languages import language
from survey.reporting.tasks.job import Job, JobResult
from survey.reporting.workbooks.headings import TracedEnglish, headings
from survey.reporting.workbooks.registry import prepared
from survey.storage.repository import Repository


def work(repository: Repository, job: Job, _asked: Mapping[str, str], now: datetime) -> JobResult:
    """What is above the figures, sheet by sheet. No figure is in it."""
    made = prepared(repository, job.round, job.threshold, now)
    sheets = headings(made.workbook(TracedEnglish()), made.workbook(language("cy")))
    return JobResult(told={"sheets": [[asdict(heading) for heading in sheet] for sheet in sheets]})
