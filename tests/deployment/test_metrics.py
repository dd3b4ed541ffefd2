"""The figures of all workers together, on an address of their own, with nothing of whoever answers unnamed."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from prometheus_client import generate_latest

from survey.config import ROOT
from survey.deployment.metrics import Readiness, registry

WORKER = """
from survey import create_app
from survey.web.site.metrics import Metrics
client = create_app().test_client()
for path in ("/en/contact", "/en/survey/k7qt-9wxm-3fbd/", "/static/favicon.svg", "/healthz", "/en/nowhere"):
    client.get(path)
for made_up in ("BREW", "WHEN"):
    client.open("/en/contact", method=made_up)
Metrics.of_environment().note_failure(KeyError("a private answer"))
client = create_app({"REQUESTS_AT_WORK": 1, "REQUESTS_WAITING": 0}).test_client()
client.application.extensions["admission"].enter(True)
client.get("/en/survey/k7qt-9wxm-3fbd/")
"""
SAID = {"status": "ok", "warnings": ["one"], "free_bytes": 5, "last_backup": "2026-11-20T00:00:00+00:00"}


@pytest.fixture
def readiness() -> Iterator[str]:
    """An address that says `SAID`, as a service does."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(503)
            self.end_headers()
            self.wfile.write(json.dumps(SAID).encode())

        def log_message(self, *_arguments: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/readyz"
    server.shutdown()
    server.server_close()


def test_what_two_workers_counted_is_added_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, readiness: str) -> None:
    folder = tmp_path / "figures"
    folder.mkdir()
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(folder))
    environment = {**os.environ, "SURVEY_DATA": str(tmp_path / "data"), "SURVEY_LOG_LEVEL": "ERROR"}
    for _ in range(2):
        subprocess.run((sys.executable, "-c", WORKER), cwd=ROOT, env=environment, check=True)
    text = generate_latest(registry(readiness)).decode()
    assert 'myfyrio_requests_total{method="GET",page="pages.contact",status="200"} 2.0' in text
    assert 'myfyrio_requests_total{method="GET",page="none",status="404"} 2.0' in text
    assert 'myfyrio_requests_total{method="other",page="none",status="405"} 4.0' in text, "one figure for all of them"
    assert 'myfyrio_request_seconds_count{page="pages.contact"} 2.0' in text
    assert 'myfyrio_failures_total{error="KeyError"} 2.0' in text
    assert "myfyrio_refusals_total 2.0" in text
    figures = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    for untold in ("survey/", "anonymous", "k7qt", "static", "health", "private"):
        assert untold not in figures
    assert "myfyrio_free_bytes 5.0" in text
    assert "myfyrio_last_backup_timestamp_seconds 1.7951328e+09" in text


def test_a_service_that_does_not_answer_is_not_ready() -> None:
    figures = {metric.name: metric.samples[0].value for metric in Readiness("http://127.0.0.1:9/readyz").collect()}
    assert figures == {"myfyrio_ready": 0, "myfyrio_warnings": 0}
