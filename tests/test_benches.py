"""Measurements that take too long for every run still begin with the service as it is, and count what they say."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from survey.storage.data_folder import open_data_folder
from tests.bench.crowd import Request, message, send_all
from tests.bench.deadline_day import open_rounds, ready_drafts


def test_a_deadline_day_has_a_code_for_every_cluster_and_drafts_that_are_whole(tmp_path: Path) -> None:
    repository = open_data_folder(tmp_path / "data")
    codes = open_rounds(repository)
    assert len(set(codes)) == 60
    [(draft_id, response_id)] = ready_drafts(repository, 1)
    assert draft_id != response_id


@pytest.fixture
def port() -> Iterator[int]:
    """Of a service that answers with the status in the address, or not at all."""

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path != "/0":
                self.send_response(int(self.path[1:]))
                self.end_headers()

        def log_message(self, *_arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def test_a_crowd_tells_those_who_were_refused_from_those_who_were_failed_by_what_they_asked_for(port: int) -> None:
    def asks(kind: str, status: int) -> Request:
        return Request(0, kind, lambda: message("GET", f"/{status}", ""))

    asked = [("page", 200), ("page", 503), ("save", 303), ("save", 503), ("save", 503), ("save", 500), ("page", 0)]
    # In a thread of its own: the browser of another test may have a loop in this one.
    with ThreadPoolExecutor(1) as beside:
        answers = beside.submit(send_all, port, [asks(kind, status) for kind, status in asked]).result()
    assert {kind: len(times) for kind, times in answers.seconds.items()} == {"page": 1, "save": 1}
    assert (answers.refused, answers.failures) == ({"page": 1, "save": 2}, {"save": 1, "page": 1})
    assert (answers.asked, answers.failed, len(answers.late)) == (7, 2, 7)
