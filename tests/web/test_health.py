"""What `/healthz` and `/readyz` tell whoever watches over the service."""

import errno
import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask

from survey import create_app
from survey.catalogues.files import Places
from survey.collection.backups import folder_of_backups, note_backup
from survey.collection.rounds.round import Round, create_round
from survey.storage.repository import StorageError
from survey.storage.tinydb_files import condition


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
        monkeypatch.setattr(condition.os, "access", lambda _folder, mode, missing=missing: not mode & missing)
        assert app.test_client().get("/healthz").json["problems"] == ["data folder is not writable"]


def test_a_disk_that_refuses_what_rights_allow_is_a_problem(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_descriptor: int, _data: bytes) -> None:
        raise OSError(errno.EROFS, "read-only")

    monkeypatch.setattr(condition, "write_all", refuse)
    answer = app.test_client().get("/healthz")
    assert (answer.status_code, answer.json["problems"]) == (503, ["data folder is not writable"])


@pytest.mark.parametrize(
    ("files", "left", "status"), [(10**6, 999, 503), (10**6, 0, 503), (10**6, 1000, 200), (0, 0, 200)]
)
def test_a_disk_without_room_for_more_files_is_a_problem(
    app: Flask, monkeypatch: pytest.MonkeyPatch, files: int, left: int, status: int
) -> None:
    disk = SimpleNamespace(f_files=files, f_favail=left, f_bavail=10**9, f_bfree=10**9, f_blocks=10**9, f_frsize=4096)
    monkeypatch.setattr(condition.os, "statvfs", lambda _: disk)
    assert app.test_client().get("/healthz").status_code == status


@pytest.mark.parametrize(
    ("free", "status", "problems"),
    [(50_000_000, 200, []), (49_999_999, 503, ["disk is nearly full"]), (0, 503, ["disk is nearly full"])],
)
def test_less_than_50_mb_of_room_is_a_problem(
    app: Flask, monkeypatch: pytest.MonkeyPatch, free: int, status: int, problems: list[str]
) -> None:
    usage = shutil.disk_usage("/")._replace(free=free)
    monkeypatch.setattr(condition.shutil, "disk_usage", lambda _: usage)
    answer = app.test_client().get("/healthz")
    assert (answer.status_code, answer.json["problems"]) == (status, problems)


@pytest.mark.parametrize("name", ["meta.json", "secret"])
def test_what_the_data_folder_is_known_by_has_to_be_there_and_sound(app: Flask, data: Path, name: str) -> None:
    problems = {"status": "failing", "problems": ["data folder has lost what it is known by"]}
    (data / name).write_bytes(b"\0" * 64)
    assert app.test_client().get("/healthz").json == problems
    (data / name).unlink()
    assert app.test_client().get("/healthz").json == problems


@pytest.mark.parametrize("number", [2, 9])
def test_what_belongs_to_another_version_is_neither_shown_nor_changed(
    data: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    monkeypatch.setattr("survey.storage.migrations.backup", _no_room)
    (data / "meta.json").write_text(f'{{"format": {number}}}')
    # With a key of its own in the settings nothing else would stop it.
    app = create_app({"TESTING": True, "DATA": data, "SECRET_KEY": "a key of its own, long enough to be one"})
    before = {path: path.read_bytes() for path in data.rglob("*") if path.is_file()}
    pages = app.test_client()
    for address in ("/en/", "/cy/", "/en/manage/", "/cy/survey/k7qt-9wxm-3fbd"):
        assert pages.get(address).status_code == 503, address
        assert pages.post(address).status_code == 503, address
    for probe in ("/healthz", "/readyz"):
        answer = pages.get(probe)
        assert (answer.status_code, answer.json["status"]) == (503, "failing")
        assert answer.json["problems"][:2] == [
            "what is kept could not be opened: the log says why",
            "data folder is of the format of another version",
        ]
    assert {path: path.read_bytes() for path in data.rglob("*") if path.is_file()} == before


def _no_room(_root: Path, _copy: Path) -> None:
    raise StorageError("There is no room for a copy.")


def ready(app: Flask) -> dict[str, Any]:
    said: dict[str, Any] = app.test_client().get("/readyz").json
    return said


def test_ready_says_what_room_there_is_and_what_is_to_be_seen_to(app: Flask, data: Path) -> None:
    said = ready(app)
    assert (said["status"], said["problems"]) == ("ok", [])
    assert said["free_bytes"] > 0
    assert (said["last_backup"], said["next_closing"]) == (None, None)
    assert said["warnings"] == ["no backup in the last 26 hours"]


def test_ready_knows_the_last_backup_and_the_next_closing(app: Flask) -> None:
    repository, moment = app.extensions["repository"], datetime(2026, 11, 20, 12, tzinfo=UTC)
    app.config["NOW"] = lambda: moment
    note_backup(repository, moment - timedelta(hours=25))
    backups = folder_of_backups(app.config["DATA"], None)
    backups.mkdir()
    for name, closes in (("later", 48), ("sooner", 24), ("over", -2)):
        made = Round(name, "q", "2026", "2026-27", "c", status="open", closes=moment + timedelta(hours=closes))
        create_round(repository, made)
    said = ready(app)
    assert said["last_backup"] == "2026-11-19T11:00:00+00:00"
    assert said["next_closing"] == "2026-11-21T12:00:00+00:00"
    assert said["warnings"] == ["a round is over and not closed"]
    note_backup(repository, moment - timedelta(hours=27))
    assert "no backup in the last 26 hours" in ready(app)["warnings"]
    backups.rmdir()
    assert "the folder of backups is not there" in ready(app)["warnings"], "as when its disk is not mounted"


@pytest.mark.parametrize(("over_for", "warns"), [(timedelta(hours=1), False), (timedelta(minutes=61), True)])
def test_a_round_has_an_hour_to_be_closed_in(app: Flask, over_for: timedelta, warns: bool) -> None:
    moment = datetime(2026, 11, 20, 12, tzinfo=UTC)
    app.config["NOW"] = lambda: moment
    made = Round("over", "q", "2026", "2026-27", "c", status="open", closes=moment - over_for)
    create_round(app.extensions["repository"], made)
    assert ("a round is over and not closed" in ready(app)["warnings"]) == warns


def test_without_its_catalogues_it_is_not_ready(app: Flask, tmp_path: Path) -> None:
    shutil.copy(Places().template("interface"), tmp_path)
    app.config["PLACES"] = Places(translations=tmp_path)
    assert ready(app)["problems"] == ["catalogues are not compiled: interface"]


def test_what_ails_the_data_folder_is_not_ready_either(app: Flask, data: Path) -> None:
    shutil.rmtree(data)
    assert "no data folder" in ready(app)["problems"]
