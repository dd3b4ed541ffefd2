"""The log tells an operator what happened, and never what anybody typed."""

import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from gunicorn.config import Config

from survey import create_app
from survey.config import ROOT
from survey.deployment.server_log import ServerLog
from survey.log_lines import JsonFormatter

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


def test_what_is_said_in_several_lines_is_logged_in_one() -> None:
    record = logging.LogRecord(
        "survey", logging.WARNING, __file__, 1, "%s", ('a\n{"level": "error"}\r\n\x1b[31mb',), None
    )
    formatted = JsonFormatter().format(record)
    assert len(formatted.splitlines()) == 1
    assert formatted.isprintable()
    assert json.loads(formatted)["level"] == "warning"


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


@pytest.fixture
def no_log_yet() -> Iterator[None]:
    """Loggers as a process has them at its start, but for what pytest listens with."""
    everything, ours = logging.getLogger(), logging.getLogger("survey")
    before = everything.handlers[:], ours.handlers[:], ours.level
    everything.handlers = [each for each in everything.handlers if not isinstance(each.formatter, JsonFormatter)]
    ours.handlers = []
    yield
    everything.handlers, ours.handlers, _ = before
    ours.setLevel(before[2])


def said_on(capfd: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capfd.readouterr().err.splitlines()]


@pytest.mark.usefixtures("no_log_yet")
def test_why_a_data_folder_is_refused_at_the_start_and_to_a_page_is_said_once_each_in_the_form_of_all_lines(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "meta.json").write_bytes(b'{"format":99}')
    answer = create_app({"DATA": folder, "DEMO": True}).test_client().get(f"/en/contact?code={SECRET}")
    start, *of_request = said_on(capfd)
    assert (start["level"], start["logger"]) == ("error", "survey")
    assert "made by a newer version of Myfyrio (format 99;" in str(start["message"])
    assert [line["message"] for line in of_request] == ["the storage failed", "request"]
    assert {line["request"] for line in of_request} == {answer.headers["X-Request-ID"]}
    assert SECRET not in json.dumps(of_request)


@pytest.mark.usefixtures("no_log_yet")
def test_what_a_library_says_comes_once_in_the_same_form_without_what_was_typed(
    data: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    create_app({"DATA": data, "DEMO": True})
    away = OSError(f"no host {SECRET}")
    for level in (logging.INFO, logging.WARNING):
        logging.getLogger("psycopg.pool").log(level, "error connecting in %r, try %s: %s", SECRET, 2, away)
    logging.getLogger("some.library").error(away)
    logging.getLogger("some.library").error("%(this)s at %(there)d", {"this": SECRET, "there": 7})
    lines = said_on(capfd)
    assert [(line["level"], line["logger"], line["message"]) for line in lines] == [
        ("warning", "psycopg.pool", "error connecting in '…', try 2: OSError"),
        ("error", "some.library", "OSError"),
        ("error", "some.library", "… at 7"),
    ]
    misfit = logging.LogRecord("some.library", logging.ERROR, __file__, 1, "%s and %s", (SECRET,), None)
    assert line_of(misfit)["message"] == "%s and %s"


@pytest.mark.usefixtures("no_log_yet")
def test_a_level_that_is_set_holds_for_libraries_too(data: Path, capfd: pytest.CaptureFixture[str]) -> None:
    create_app({"DATA": data, "DEMO": True, "LOG_LEVEL": "ERROR"})
    for logger in ("psycopg.pool", "survey.languages"):
        logging.getLogger(logger).warning("a warning")
        logging.getLogger(logger).error("an error")
    assert [line["message"] for line in said_on(capfd)] == ["an error", "an error"]


@pytest.mark.usefixtures("no_log_yet")
def test_a_request_has_the_id_that_the_proxy_gave_it(data: Path, capfd: pytest.CaptureFixture[str]) -> None:
    app = create_app({"DATA": data, "DEMO": True, "TRUSTED_PROXIES": 1})
    given = "0123456789abcdef" * 2
    assert app.test_client().get("/en/contact", headers={"X-Request-ID": given}).headers["X-Request-ID"] == given
    made = app.test_client().get("/en/contact", headers={"X-Request-ID": SECRET}).headers["X-Request-ID"]
    alone = create_app({"DATA": data, "DEMO": True})
    assert alone.test_client().get("/en/contact", headers={"X-Request-ID": given}).headers["X-Request-ID"] != given
    lines = said_on(capfd)
    assert [line["request"] for line in lines][:2] == [given, made]
    assert len(made) == 32
    assert SECRET not in json.dumps(lines)


@pytest.mark.parametrize(
    ("message", "values", "said"),
    [
        ("Error handling request %s", ("/en/survey/k7qt/",), "Error handling request"),
        ("Error handling request %s %s", ("GET", "/en/survey/k7qt/"), "Error handling request"),
        ("Invalid request from ip=10.0.0.1: Invalid HTTP request line: '/en/survey/k7qt/'", (), "Invalid request"),
        ("Booting worker with pid: %s", (17,), "Booting worker with pid: 17"),
    ],
)
def test_the_server_itself_logs_in_the_same_form_and_no_address(
    capsys: pytest.CaptureFixture[str], message: str, values: tuple[object, ...], said: str
) -> None:
    log = ServerLog(Config())
    handler = log.error_log.handlers[-1]
    record = logging.LogRecord("gunicorn.error", logging.ERROR, __file__, 1, message, values, None)
    line = json.loads(handler.format(record))
    assert (line["message"], line["level"]) == (said, "error")
    assert datetime.fromisoformat(line["time"]).utcoffset() == timedelta(0)
    log.error_log.handlers.clear()


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
