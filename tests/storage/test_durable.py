"""TinyDB's storage: JSON that comes back as it went in, and the disk's errors in plain words."""

import pytest
from tinydb import TinyDB

from survey.atomic_file import replace_file
from survey.storage.repository import BadRecord, StorageError
from survey.storage.tinydb_files.durable import DurableStorage, Malformed, json_bytes, plain_errors, tables_in


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
    with pytest.raises(Malformed, match="not whole JSON"):
        storage.read()
