"""Sending what waits in the post of a round, in the name of the account that asked for it."""

import os
import time
from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta

from survey.collection.people.accounts import note
from survey.collection.people.messages import SENT
from survey.collection.rounds.snapshot import load_snapshot
from survey.config import PREFIX, settings_from
from survey.reporting.files.post import mail_server, sent
from survey.reporting.tasks.job import Job, JobResult
from survey.storage.repository import Repository

OURS = f"{PREFIX}_SMTP_"


def work(repository: Repository, job: Job, asked: Mapping[str, str], now: datetime) -> JobResult:
    """How many messages are in each state after it. The mail server is that of the service’s own settings."""
    snapshot = load_snapshot(repository, job.round)
    given = {name.removeprefix(f"{PREFIX}_"): text for name, text in os.environ.items() if name.startswith(OURS)}
    server, began = mail_server(settings_from(given)), time.monotonic()

    def clock() -> datetime:
        return now + timedelta(seconds=time.monotonic() - began)

    states: Counter[str] = Counter()
    try:
        for message in sent(repository, snapshot, server, asked["site"], clock):
            states[message.state] += 1
            _go_on(repository, job, clock())
    finally:
        if states:
            note(repository, clock(), job.by, "messages_sent", round=job.round, number=str(states[SENT]))
    return JobResult(told=dict(states))


def _go_on(repository: Repository, job: Job, now: datetime) -> None:
    """Keep that the job is still being done: a slow server may take longer than a job is given."""

    def change(record: dict[str, object] | None) -> dict[str, object]:
        before = record or {}
        under_way = before.get("job")
        return {**before, "job": {**under_way, "since": now.isoformat()}} if isinstance(under_way, dict) else before

    repository.update(job.place, job.key, change)
