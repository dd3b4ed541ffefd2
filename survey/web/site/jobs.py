"""Work that takes too long for a request: a page asks for it, and a process of its own does it."""

from flask import Flask, current_app

from survey.reporting import jobs
from survey.reporting.tasks.job import Job
from survey.web.site.environment import current_repository, now


def init_app(app: Flask) -> None:
    """Tests give a `START_JOB` of their own, which takes the job."""
    app.config.setdefault("START_JOB", lambda job: jobs.start(app.config["DATA"], app.config["DATABASE"], job))


def job_of(round_id: str, task: str, what: str = "", language: str = "", ending: str = "", by: str = "") -> Job:
    """A job of a task for a round, with as few people hidden as the service is set to."""
    return Job(round_id, task, current_app.config["SMALLEST_GROUP"], what, language, ending, by)


def ask_for(job: Job, state: str, **asked: str) -> bool:
    """Have a job done, unless it is under way or its file is there in this state. Whether it was begun."""
    is_begun = jobs.enqueue(current_repository(), job, state, now(), **asked)
    if is_begun:
        current_app.config["START_JOB"](job)
    return is_begun
