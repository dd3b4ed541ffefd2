"""Files that take too long for a request: asked for on a page, made in a process of their own, looked for again by the
page until they are there, kept, and given out.
"""

from collections.abc import Callable
from typing import Any

from flask import Response, make_response, redirect
from flask.typing import ResponseReturnValue

from survey.collection.rounds.snapshot import RoundSnapshot
from survey.reporting import jobs
from survey.reporting.tasks.job import Job
from survey.web.manage.auth import audit
from survey.web.manage.notices import has_said
from survey.web.site.environment import current_repository, now
from survey.web.site.jobs import job_of
from survey.web.site.language import current_language

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ANYTHING = "application/octet-stream"
REFRESH, REFRESH_LATER = "3", "20"
"""In seconds; the second of a page that says something once, which has to be read first."""


def job_for(snapshot: RoundSnapshot, task: str, what: str = "", language: str = "", ending: str = "") -> Job:
    """A job of a task for a round, with as few people hidden as the service is set to."""
    return job_of(snapshot.round.id, task, what, language, ending)


def kept(job: Job) -> jobs.JobFile:
    """What is kept of a job, as it stands now."""
    return jobs.kept_file(current_repository(), job, now())


def looked_for(page: ResponseReturnValue, is_making: bool) -> Response:
    """A page that looks again by itself, without a script, while something on it is being made."""
    response = make_response(page)
    if is_making:
        response.headers["Refresh"] = REFRESH_LATER if has_said() else REFRESH
    return response


def as_shown(file: jobs.JobFile, state: str) -> dict[str, Any]:
    """How a file stands, for the macro `made_file`; `state` is that of what it would be made from now."""
    return {
        "is_there": bool(file.sha256),
        "is_making": file.status == jobs.RUNNING,
        "has_failed": file.status == jobs.FAILED,
        "why": file.refused.say(current_language()) if file.refused else "",
        "made_at": file.made_at,
        "is_old": bool(file.sha256) and file.state != state,
    }


def how_it_failed(file: jobs.JobFile, basis: Callable[[], str]) -> dict[str, Any]:
    """Whether a job failed, and what it was refused for. A refusal stands as long as the `basis` is that on which the
    job was asked for: once something has changed, it may not be so any more."""
    if file.refused is None:
        return {"has_failed": file.status == jobs.FAILED, "refusal": ""}
    is_so_still = file.asked.get("basis") == basis()
    return {"has_failed": is_so_still, "refusal": file.refused.say(current_language()) if is_so_still else ""}


def given_out(job: Job, event: str, page: str, media_type: str = XLSX, **details: str) -> ResponseReturnValue:
    """The file of a job, which the log says was taken out; the page about it when there is none."""
    file = kept(job)
    content = jobs.content_of(current_repository(), job, file)
    if content is None:
        return redirect(page)
    audit(event, round=job.round, **details, sha256=file.sha256)
    return download(content, file.name, media_type)


def download(content: bytes, name: str, media_type: str = XLSX) -> Response:
    """A file to keep, a workbook if nothing else is said."""
    file = Response(content, mimetype=media_type)
    file.headers.set("Content-Disposition", "attachment", filename=name)
    return file
