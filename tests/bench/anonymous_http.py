"""Submissions of anonymous responses over HTTP, with two workers, beside posts to an address that does nothing.

The limit of the design, 200 submissions a second, stands as a row of its own. Drafts are made ready beforehand; each
request is a whole one: form token, draft, definition, a response flushed to the disk, the draft removed.
"""

import http.client
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

from survey import create_app
from survey.collection.people.access import store_link
from survey.collection.responses.anonymous import responses_of
from survey.collection.responses.anonymous_drafts import begin, save_draft
from survey.collection.responses.merge import whole
from survey.collection.rounds.opening import read_sources
from survey.config import ROOT
from survey.demonstration.workforce import EDITION, QUESTIONNAIRE
from survey.questionnaire.library import QUESTIONNAIRES
from survey.storage.data_folder import open_data_folder
from survey.web.anonymous.draft_cookie import signed
from tests.bench.anonymous import ROUND, answers_of
from tests.bench.rows import Row, show
from tests.collection.anonymous_example import opened_with

WORKERS, CLIENTS, SUBMISSIONS, TURNS = 2, 8, 1_200, 3
LEAST_PER_SECOND = 200
CLUSTER, TOKEN = "arfon", "k7qt-9wxm-3fbd"
HOME = f"/en/survey/{TOKEN}/"
BARE_TARGET = 8.0

Draft = tuple[str, str]


def run() -> list[Row]:
    """Milliseconds a submission, all clients together; the best of a few turns."""
    with tempfile.TemporaryDirectory() as folder:
        drafts = _drafts(Path(folder))
        with _served(Path(folder)) as port:
            session, token = _session(port)
            cookie_of = _signer(Path(folder))
            requests = [
                (
                    f"{HOME}check",
                    f"{session}; draft={cookie_of(draft_id)}",
                    urlencode({"csrf_token": token, "whose": response_id}),
                    303,
                )
                for draft_id, response_id in drafts
            ]
            bare, ours = float("inf"), float("inf")
            for turn in range(TURNS):
                share = requests[turn::TURNS]
                bare = min(bare, _seconds(port, [("/healthz", "", "", 405)] * len(share)) / len(share))
                ours = min(ours, _seconds(port, share) / len(share))
        kept = open_data_folder(Path(folder)).keys(responses_of(ROUND))
        assert kept == sorted(response_id for _, response_id in drafts)
    return [
        Row(f"submission over HTTP, {LEAST_PER_SECOND} a second", ours * 1000, 1000 / LEAST_PER_SECOND, "ms", 1.0),
        Row("submission over HTTP, a bare post", ours * 1000, bare * 1000, "ms", BARE_TARGET),
    ]


def _drafts(root: Path) -> list[Draft]:
    repository = open_data_folder(root)
    moment = datetime.now(UTC)
    sources = read_sources(QUESTIONNAIRES, QUESTIONNAIRE, EDITION, "clusters-2026")
    snapshot = opened_with(repository, ROUND, sources, moment)
    store_link(repository, ROUND, CLUSTER, TOKEN)
    pages = snapshot.instrument(CLUSTER).pages

    def made(number: int) -> Draft:
        draft_id, response_id = uuid4().hex, uuid4().hex
        begin(repository, snapshot, CLUSTER, draft_id=draft_id, response_id=response_id, now=moment)
        answers = answers_of(snapshot, number % 50)
        for page in pages:
            save_draft(repository, snapshot, draft_id, page, whole(answers[page.key]), language="en", now=moment)
        return draft_id, response_id

    with ThreadPoolExecutor(CLIENTS) as makers:
        return list(makers.map(made, range(SUBMISSIONS)))


def _signer(data: Path) -> Callable[[str], str]:
    """What gives the cookie of a draft that has been saved now."""
    app = create_app({"DATA": data})

    def cookie_of(draft_id: str) -> str:
        with app.app_context():
            return signed(draft_id, datetime.now(UTC))

    return cookie_of


@contextmanager
def _served(data: Path) -> Iterator[int]:
    """gunicorn on a free port of this machine."""
    listening = socket.create_server(("127.0.0.1", 0), backlog=256)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SURVEY_")}
    environment |= {"SURVEY_DATA": str(data), "SURVEY_DEMO": "1", "SURVEY_LOG_LEVEL": "ERROR"}
    command = [sys.executable, "-m", "gunicorn", "--bind", f"fd://{listening.fileno()}", "--workers", str(WORKERS)]
    command += ["--threads", "4", "--no-control-socket", "--log-level", "error", "wsgi:app"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, pass_fds=[listening.fileno()])
    port = int(listening.getsockname()[1])
    listening.close()
    try:
        yield port
    finally:
        process.terminate()
        process.wait(timeout=20)


def _session(port: int) -> tuple[str, str]:
    """The cookies of somebody who has looked at the start page, and the token of its form."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", HOME)
    answer = connection.getresponse()
    page = answer.read().decode()
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert answer.status == 200
    assert found
    cookies = [value.split(";")[0] for name, value in answer.getheaders() if name.lower() == "set-cookie"]
    return "; ".join(cookies), found[1]


def _seconds(port: int, requests: list[tuple[str, str, str, int]]) -> float:
    """How long all clients together take to send the requests: (address, cookies, body, expected status)."""

    def send(share: list[tuple[str, str, str, int]]) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        for address, cookies, body, expected in share:
            headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
            connection.request("POST", address, body, headers)
            answer = connection.getresponse()
            answer.read()
            assert answer.status == expected, f"{address} answered {answer.status}"

    start = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as clients:
        list(clients.map(send, [requests[client::CLIENTS] for client in range(CLIENTS)]))
    return time.perf_counter() - start


if __name__ == "__main__":
    show(run())
