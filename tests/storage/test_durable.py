"""Files that are whole or not there, with the right modes, whatever the umask."""

import os
import stat
from pathlib import Path

import pytest
from tinydb import TinyDB

from survey.storage.repository import BadRecord, StorageError
from survey.storage.tinydb_files import durable
from survey.storage.tinydb_files.durable import (
    DurableStorage,
    Torn,
    create_file,
    json_bytes,
    make_folder,
    remove_file,
    replace_file,
    tables_in,
    whole_days,
)

DAY = 24 * 60 * 60


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture(params=[0o000, 0o022, 0o777], ids=oct)
def umask(request):
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def test_files_and_folders_are_the_owner_s_alone(tmp_path, umask):
    make_folder(tmp_path / "a" / "b")
    replace_file(tmp_path / "a" / "b" / "replaced", b"1")
    create_file(tmp_path / "a" / "b" / "created", b"1")
    assert mode(tmp_path / "a") == mode(tmp_path / "a" / "b") == 0o700
    assert mode(tmp_path / "a" / "b" / "replaced") == mode(tmp_path / "a" / "b" / "created") == 0o600


def test_replacing_mends_the_mode_of_an_open_file(tmp_path):
    path = tmp_path / "file"
    path.write_bytes(b"old")
    path.chmod(0o644)
    replace_file(path, b"new")
    assert mode(path) == 0o600


def test_creating_never_replaces(tmp_path):
    path = tmp_path / "file"
    assert create_file(path, b"first")
    assert not create_file(path, b"second")
    assert path.read_bytes() == b"first"
    assert list(tmp_path.iterdir()) == [path]


def test_removing_says_whether_there_was_something(tmp_path):
    create_file(tmp_path / "file", b"1")
    assert remove_file(tmp_path / "file")
    assert not remove_file(tmp_path / "file")


def test_a_save_is_flushed_before_it_gets_its_name_and_its_folder_after(tmp_path, monkeypatch):
    path = tmp_path / "file"
    replace_file(path, b"old")
    steps = []
    fsync = os.fsync

    def record(descriptor: int) -> None:
        kind = "folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file"
        steps.append((kind, path.read_bytes()))
        fsync(descriptor)

    monkeypatch.setattr(durable.os, "fsync", record)
    replace_file(path, b"new")
    assert steps == [("file", b"old"), ("folder", b"new")]


def test_anonymous_files_tell_the_day_and_not_the_hour(tmp_path):
    replace_file(tmp_path / "file", b"1", whole_days)
    assert (tmp_path / "file").stat().st_mtime % DAY == 0
    assert (tmp_path / "file").stat().st_atime % DAY == 0
    assert tmp_path.stat().st_mtime % DAY == 0


def test_a_missing_folder_is_a_plain_error(tmp_path):
    with pytest.raises(StorageError, match="No such file"):
        replace_file(tmp_path / "nowhere" / "file", b"1")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "value",
    [
        {"n": float("nan")},
        {"n": float("inf")},
        {"n": 2**64},
        {"t": "\ud800"},
        {1: "number as key"},
        {"s": {1, 2}},
        {"d": __import__("datetime").date(2026, 1, 1)},
        {"b": b"bytes"},
    ],
    ids=("NaN", "infinity", "huge", "Unicode", "number as key", "set", "date", "bytes"),
)
def test_what_would_not_come_back_is_refused(tmp_path, value):
    with pytest.raises(BadRecord):
        json_bytes(value)
    with pytest.raises(BadRecord):
        DurableStorage(tmp_path / "file").write({"record": {"1": value}})
    assert list(tmp_path.iterdir()) == []


def test_a_value_that_is_too_deep_is_refused():
    value: list[object] = []
    for _ in range(2000):
        value = [value]
    with pytest.raises(BadRecord):
        json_bytes({"deep": value})


@pytest.mark.parametrize("value", [{"t": "ŵ ŷ \u2019 \x00 😀"}, {"n": [0, -1.5, 2**53, True, None]}, {"": {}}], ids=str)
def test_json_values_come_back(value):
    assert tables_in(json_bytes({"record": {"1": value}})) == {"record": {"1": value}}


def test_tinydb_works_on_it(tmp_path):
    path = tmp_path / "file.json"
    with TinyDB(path, storage=DurableStorage) as database:
        assert not path.exists()
        assert database.all() == []
        assert not path.exists()
        database.insert({"a": 1})
        database.insert({"a": 2})
        assert database.update({"b": 3}, doc_ids=[2]) == [2]
    with TinyDB(path, storage=DurableStorage) as database:
        assert [dict(document) for document in database] == [{"a": 1}, {"a": 2, "b": 3}]


def test_a_torn_file_is_told_from_a_missing_one(tmp_path):
    storage = DurableStorage(tmp_path / "file.json")
    assert storage.read() is None
    (tmp_path / "file.json").write_bytes(b"{")
    with pytest.raises(Torn, match="not whole JSON"):
        storage.read()
