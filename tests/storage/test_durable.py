"""TinyDB's storage: JSON that comes back as it went in, and the disk's errors in plain words."""

import os
import re
import stat

import pytest
from tinydb import TinyDB

from survey.atomic_file import replace_file, whole_days
from survey.storage.json_form import json_bytes
from survey.storage.repository import BadRecord, StorageError
from survey.storage.tinydb_files.durable import (
    DurableStorage,
    Malformed,
    append_line,
    lines,
    plain_errors,
    tables_in,
)


def test_a_missing_folder_is_a_plain_error(tmp_path):
    with pytest.raises(StorageError, match="No such file"), plain_errors(tmp_path / "nowhere"):
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


@pytest.mark.parametrize(
    "value",
    [{"t": "ŵ ŷ \u2019 \x00 😀"}, {"n": [0, -1.5, 2**53, True, None]}, {"": {}}],
    ids=("text", "numbers", "nothing"),
)
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
    with pytest.raises(Malformed, match="not whole JSON"):
        storage.read()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "the file is empty"),
        (b"{", "this is not whole JSON: .+"),
        (b"[]", "this is JSON but not a set of tables"),
        (b'{"access": []}', "this is JSON but not a set of tables"),
        (b'{"access": {}, "links": 7}', "this is JSON but not a set of tables"),
    ],
    ids=("empty", "cut", "list", "table is a list", "one table is a number"),
)
def test_what_is_wrong_with_a_file_is_said(content, reason):
    with pytest.raises(Malformed) as raised:
        tables_in(content)
    assert re.fullmatch(reason, str(raised.value))


def test_what_cannot_be_kept_as_json_is_said():
    with pytest.raises(BadRecord) as raised:
        json_bytes({"n": float("nan")})
    assert str(raised.value) == "This cannot be kept: it would come back from JSON as something else."
    with pytest.raises(BadRecord) as raised:
        json_bytes({"s": {1}})
    assert re.fullmatch(r"This cannot be kept as JSON: .*set\.", str(raised.value))


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"n": 2}', "the line has no end: it is being written now, or a crash cut it short"),
        (b'{"n": \n', "this is not whole JSON: .+"),
        (b"[]\n", "this is JSON but not an object"),
    ],
    ids=("no end", "cut", "list"),
)
def test_what_is_wrong_with_a_line_of_a_log_is_said_and_the_others_are_read(tmp_path, line, reason):
    path = tmp_path / "events.log"
    append_line(path, {"n": 1})
    path.write_bytes(path.read_bytes() + line)
    append_line(path, {"n": 3})
    if line.endswith(b"\n"):
        first, wrong, last = lines(path)
        assert (first, last) == ({"n": 1}, {"n": 3})
    else:
        # What has no end is a line of its own when the next one is written.
        assert list(lines(path)) == [{"n": 1}, {"n": 2}, {"n": 3}]
        path.write_bytes(line)
        [wrong] = lines(path)
    assert re.fullmatch(reason, str(wrong))


def test_a_log_that_is_not_there_has_no_lines(tmp_path):
    assert list(lines(tmp_path / "events.log")) == []


def test_a_log_is_the_owner_s_alone_and_flushed_with_its_name(tmp_path, monkeypatch):
    path = tmp_path / "events.log"
    flushed = []
    monkeypatch.setattr(os, "fsync", lambda descriptor: flushed.append(os.fstat(descriptor).st_ino))
    umask = os.umask(0)
    try:
        append_line(path, {"n": 1})
    finally:
        os.umask(umask)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert flushed == [path.stat().st_ino, tmp_path.stat().st_ino]
    path.chmod(0o644)
    append_line(path, {"n": 2})
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_line_that_cannot_be_flushed_is_taken_out_again(tmp_path, monkeypatch):
    path = tmp_path / "events.log"
    append_line(path, {"n": 1})
    before = path.read_bytes()

    def refuse(descriptor: int) -> None:
        raise OSError(5, "the disk is broken")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(StorageError) as raised:
        append_line(path, {"n": 2})
    assert str(raised.value) == f"{path} could not be kept: the disk is broken."
    assert path.read_bytes() == before


def test_the_first_thing_that_went_wrong_with_a_log_is_told(tmp_path, monkeypatch):
    def refuse(number: int):
        def act(*_: int) -> None:
            raise OSError(number, f"refused {number}")

        return act

    monkeypatch.setattr(os, "fsync", refuse(5))
    monkeypatch.setattr(os, "ftruncate", refuse(22))
    with pytest.raises(StorageError, match=r"could not be kept: refused 5\.$"):
        append_line(tmp_path / "events.log", {"n": 1})


def test_a_storage_that_cannot_write_names_its_file(tmp_path):
    path = tmp_path / "nowhere" / "file.json"
    with pytest.raises(StorageError) as raised:
        DurableStorage(path).write({})
    assert str(raised.value) == f"{path} could not be kept: No such file or directory."


def test_a_storage_leaves_the_times_that_it_is_told(tmp_path):
    DurableStorage(tmp_path / "file.json", whole_days).write({})
    assert (tmp_path / "file.json").stat().st_mtime % (24 * 60 * 60) == 0


@pytest.mark.parametrize(
    ("before", "after"),
    [(b"", b""), (b"\n", b"\n"), (b"x", b"x\n"), (b"{}\n", b"{}\n"), (b"{}\n{", b"{}\n{\n")],
    ids=("nothing", "an empty line", "one byte", "whole", "cut short"),
)
def test_a_log_is_its_lines_and_nothing_else(tmp_path, before, after):
    path = tmp_path / "events.log"
    path.write_bytes(before)
    append_line(path, {"n": 1})
    append_line(path, {"n": 2})
    assert path.read_bytes() == after + b'{"n":1}\n{"n":2}\n'
