"""What `/healthz` tells whoever watches over the service."""

import errno
import os
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask import Flask

from survey.web.site import monitoring


def test_healthy(app: Flask) -> None:
    answer = app.test_client().get("/healthz")
    assert (answer.status_code, answer.json) == (200, {"status": "ok", "problems": []})


def test_asking_leaves_nothing(app: Flask, data: Path) -> None:
    before = sorted(data.rglob("*"))
    app.test_client().get("/healthz")
    assert sorted(data.rglob("*")) == before


def test_missing_folder_is_a_problem(app: Flask, data: Path) -> None:
    shutil.rmtree(data)
    answer = app.test_client().get("/healthz")
    assert (answer.status_code, answer.json) == (503, {"status": "failing", "problems": ["no data folder"]})


def test_folder_that_cannot_be_written_is_a_problem(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    for missing in (os.R_OK, os.W_OK, os.X_OK):
        monkeypatch.setattr(monitoring.os, "access", lambda _folder, mode, missing=missing: not mode & missing)
        assert app.test_client().get("/healthz").json["problems"] == ["data folder is not writable"]


def test_a_disk_that_refuses_what_rights_allow_is_a_problem(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_descriptor: int, _data: bytes) -> None:
        raise OSError(errno.EROFS, "read-only")

    monkeypatch.setattr(monitoring, "write_all", refuse)
    answer = app.test_client().get("/healthz")
    assert (answer.status_code, answer.json["problems"]) == (503, ["data folder is not writable"])


@pytest.mark.parametrize(
    ("files", "left", "status"), [(10**6, 999, 503), (10**6, 0, 503), (10**6, 1000, 200), (0, 0, 200)]
)
def test_a_disk_without_room_for_more_files_is_a_problem(
    app: Flask, monkeypatch: pytest.MonkeyPatch, files: int, left: int, status: int
) -> None:
    disk = SimpleNamespace(f_files=files, f_favail=left, f_bavail=10**9, f_bfree=10**9, f_blocks=10**9, f_frsize=4096)
    monkeypatch.setattr(monitoring.os, "statvfs", lambda _: disk)
    assert app.test_client().get("/healthz").status_code == status


@pytest.mark.parametrize(
    ("free", "status", "problems"),
    [(50_000_000, 200, []), (49_999_999, 503, ["disk is nearly full"]), (0, 503, ["disk is nearly full"])],
)
def test_less_than_50_mb_of_room_is_a_problem(
    app: Flask, monkeypatch: pytest.MonkeyPatch, free: int, status: int, problems: list[str]
) -> None:
    usage = shutil.disk_usage("/")._replace(free=free)
    monkeypatch.setattr(monitoring.shutil, "disk_usage", lambda _: usage)
    answer = app.test_client().get("/healthz")
    assert (answer.status_code, answer.json["problems"]) == (status, problems)


@pytest.mark.parametrize("name", ["meta.json", "secret"])
def test_what_the_data_folder_is_known_by_has_to_be_there_and_sound(app: Flask, data: Path, name: str) -> None:
    problems = {"status": "failing", "problems": ["data folder has lost what it is known by"]}
    (data / name).write_bytes(b"\0" * 64)
    assert app.test_client().get("/healthz").json == problems
    (data / name).unlink()
    assert app.test_client().get("/healthz").json == problems
