"""What `/healthz` tells whoever watches over the service."""

import shutil
from pathlib import Path

import pytest
from flask import Flask

from survey.web.site import health


def test_healthy(app: Flask) -> None:
    answer = app.test_client().get("/healthz")
    assert (answer.status_code, answer.json) == (200, {"status": "ok", "problems": []})


def test_asking_writes_nothing(app: Flask, data: Path) -> None:
    before = sorted(data.rglob("*"))
    app.test_client().get("/healthz")
    assert sorted(data.rglob("*")) == before


def test_missing_folder_is_a_problem(app: Flask, data: Path) -> None:
    shutil.rmtree(data)
    answer = app.test_client().get("/healthz")
    assert (answer.status_code, answer.json) == (503, {"status": "failing", "problems": ["no data folder"]})


def test_folder_that_cannot_be_written_is_a_problem(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health.os, "access", lambda *_: False)
    assert app.test_client().get("/healthz").json["problems"] == ["data folder is not writable"]


def test_full_disk_is_a_problem(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "LEAST_FREE_BYTES", 10**18)
    assert app.test_client().get("/healthz").json["problems"] == ["disk is nearly full"]
