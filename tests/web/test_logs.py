"""The log tells an operator what happened, and never what anybody typed."""

import json
import logging
import os
import subprocess
import sys

import pytest
from flask import Flask

from survey.config import ROOT
from survey.web.site.monitoring import JsonFormatter

SECRET = "ABCD-1234 a private answer"


def line_of(record: logging.LogRecord) -> dict[str, object]:
    line: dict[str, object] = json.loads(JsonFormatter().format(record))
    return line


def test_an_error_is_logged_by_its_kind_and_place_without_its_words() -> None:
    try:
        int(SECRET)
    except ValueError:
        record = logging.LogRecord("survey", logging.ERROR, __file__, 1, "page %s failed", ("x",), sys.exc_info())
    line = line_of(record)
    assert line["error"] == "ValueError"
    assert line["message"] == "page x failed"
    assert "test_logs.py" in str(line["where"])
    assert SECRET not in json.dumps(line)


def test_a_request_is_logged_by_its_page_and_not_by_what_was_sent(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "survey.requests"):
        app.test_client().get(f"/en/contact?code={SECRET}")
        app.test_client().post("/en/contact", data={"code": SECRET})
        app.test_client().get(f"/en/{SECRET}")
    lines = [line_of(record) for record in caplog.records if record.name == "survey.requests"]
    assert [(line["page"], line["method"], line["status"]) for line in lines] == [
        ("pages.contact", "GET", 200),
        (None, "POST", 405),
        (None, "GET", 404),
    ]
    assert SECRET not in json.dumps(lines)


def test_files_and_health_are_not_logged(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "survey.requests"):
        app.test_client().get("/static/favicon.svg")
        app.test_client().get("/healthz")
    assert not caplog.records


def test_a_command_says_once_that_its_data_folder_cannot_be_used() -> None:
    said = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", "rounds", "list", "--language", "en"],
        cwd=ROOT,
        env={**os.environ, "SURVEY_DATA": "/proc/nowhere"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode == 1
    assert said.stderr.splitlines() == ["/proc/nowhere could not be kept: No such file or directory."]
