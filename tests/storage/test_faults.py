"""What is kept when processes are killed, write at once, or run out of disk."""

import errno
import os
import random
import threading
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from survey.storage.data_folder import sweep
from survey.storage.repository import StorageError, StorageFull, Unreadable
from survey.storage.tinydb_files.repository import FileRepository
from tests.storage.writers import (
    CHILDREN,
    KEY,
    PLACE,
    append_for_ever,
    claim,
    count_up,
    save_beyond_limit,
    save_for_ever,
    value,
)

KILLS = 100
SAVES = ("write", "create", "write_bytes", "append")


def everything(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def without_locks(files: dict[str, bytes]) -> dict[str, bytes]:
    return {name: data for name, data in files.items() if not name.startswith("locks/")}


def killed_after(target, root: Path, start: int, delay: float) -> int:
    """The last number that a child acknowledged before it was killed."""
    receiving, sending = CHILDREN.Pipe(duplex=False)
    child = CHILDREN.Process(target=target, args=(root, start, sending))
    child.start()
    sending.close()
    last = int(receiving.recv_bytes())
    threading.Event().wait(delay)
    child.kill()
    child.join()
    return max(last, start, *drained(receiving))


def drained(receiving: Connection) -> list[int]:
    numbers = [0]
    try:
        while True:
            numbers.append(int(receiving.recv_bytes()))
    except EOFError:
        receiving.close()
        return numbers


def test_a_killed_save_leaves_the_last_acknowledged_value_or_the_one_in_flight(tmp_path, record_property):
    chance = random.Random(2026)
    repository = FileRepository(tmp_path)
    seen = {"acknowledged": 0, "in flight": 0, "temporary files": 0}
    last = 0
    for _ in range(KILLS):
        last = killed_after(save_for_ever, tmp_path, last, chance.uniform(0, 0.02))
        record = repository.read(PLACE, KEY)
        assert record in (value(last), value(last + 1))
        seen["acknowledged" if record == value(last) else "in flight"] += 1
        last = record["number"]
        seen["temporary files"] += len(sweep(repository))
    record_property("kills", seen)
    assert seen["acknowledged"] + seen["in flight"] == KILLS
    assert last > 2 * KILLS
    assert list(without_locks(everything(tmp_path))) == [f"{'/'.join(PLACE)}/{KEY}.json"]


def test_a_killed_append_loses_no_acknowledged_entry(tmp_path):
    chance = random.Random(7)
    repository = FileRepository(tmp_path)
    acknowledged: set[int] = set()
    last = 0
    for _ in range(10):
        start = last
        last = killed_after(append_for_ever, tmp_path, start, chance.uniform(0, 0.02))
        acknowledged |= set(range(start + 1, last + 1))
        last += 1
    kept = [entry["number"] for entry in repository.entries(("log",), "events")]
    assert acknowledged <= set(kept)
    assert kept == sorted(kept)


def test_four_processes_that_update_one_record_lose_nothing(tmp_path):
    children = [CHILDREN.Process(target=count_up, args=(tmp_path, 100)) for _ in range(4)]
    for child in children:
        child.start()
    for child in children:
        child.join()
    assert [child.exitcode for child in children] == [0] * 4
    assert FileRepository(tmp_path).read(PLACE, KEY) == {"count": 400}


def test_four_threads_that_update_one_record_lose_nothing(tmp_path):
    threads = [threading.Thread(target=count_up, args=(tmp_path, 50)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert FileRepository(tmp_path).read(PLACE, KEY) == {"count": 200}


def test_of_four_processes_that_create_one_key_exactly_one_wins(tmp_path):
    keys = [f"key-{number}" for number in range(50)]
    pipes = [CHILDREN.Pipe(duplex=False) for _ in range(4)]
    children = [CHILDREN.Process(target=claim, args=(tmp_path, keys, sending)) for _, sending in pipes]
    for child in children:
        child.start()
    won = {child.pid: receiving.recv() for child, (receiving, _) in zip(children, pipes, strict=True)}
    for child in children:
        child.join()
    assert sorted(key for mine in won.values() for key in mine) == sorted(keys)
    repository = FileRepository(tmp_path)
    for process, mine in won.items():
        assert all(repository.read(PLACE, key) == {"by": process} for key in mine)


def test_a_write_that_the_system_cuts_off_changes_nothing(tmp_path):
    repository = FileRepository(tmp_path)
    repository.write(PLACE, KEY, {"text": "kept"})
    repository.write_bytes(PLACE, "file.bin", b"kept")
    repository.append(PLACE, "events", {"text": "kept"})
    before = without_locks(everything(tmp_path))

    receiving, sending = CHILDREN.Pipe(duplex=False)
    child = CHILDREN.Process(target=save_beyond_limit, args=(tmp_path, 20_000, sending))
    child.start()
    raised = receiving.recv()
    child.join()

    assert set(raised) == set(SAVES)
    assert all("no room left" in message for message in raised.values())
    assert without_locks(everything(tmp_path)) == before


@pytest.fixture
def kept(tmp_path) -> FileRepository:
    repository = FileRepository(tmp_path)
    repository.write(PLACE, KEY, {"text": "kept"})
    repository.write_bytes(PLACE, "file.bin", b"kept")
    repository.append(PLACE, "events", {"text": "kept"})
    return repository


def attempts(repository: FileRepository):
    return {
        "write": lambda: repository.write(PLACE, KEY, {"text": "new"}),
        "create": lambda: repository.create(PLACE, "new", {"text": "new"}),
        "write_bytes": lambda: repository.write_bytes(PLACE, "file.bin", b"new"),
        "append": lambda: repository.append(PLACE, "events", {"text": "new"}),
    }


@pytest.mark.parametrize("name", SAVES)
@pytest.mark.parametrize(
    ("number", "error"),
    [(errno.ENOSPC, StorageFull), (errno.EDQUOT, StorageFull), (errno.EROFS, StorageError), (errno.EIO, StorageError)],
)
def test_a_disk_that_refuses_to_write_changes_nothing(kept, monkeypatch, name, number, error):
    before = without_locks(everything(kept.root))
    write = os.write

    def half(descriptor: int, data: bytes) -> int:
        write(descriptor, data[: len(data) // 2])
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "write", half)
    with pytest.raises(error) as raised:
        attempts(kept)[name]()
    monkeypatch.undo()
    assert type(raised.value) is error
    assert without_locks(everything(kept.root)) == before
    assert kept.read(PLACE, KEY) == {"text": "kept"}


@pytest.mark.parametrize("name", ["write", "create", "write_bytes"])
def test_a_flush_that_fails_changes_nothing(kept, monkeypatch, name):
    before = without_locks(everything(kept.root))

    def refuse(descriptor: int) -> None:
        raise OSError(errno.EIO, "the disk is broken")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(StorageError, match="the disk is broken"):
        attempts(kept)[name]()
    monkeypatch.undo()
    assert without_locks(everything(kept.root)) == before


def test_a_system_that_writes_in_small_pieces_loses_none(kept, monkeypatch):
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: write(descriptor, data[:3]))
    kept.write(PLACE, KEY, {"text": "in many pieces"})
    kept.append(PLACE, "events", {"text": "in many pieces"})
    assert kept.read(PLACE, KEY) == {"text": "in many pieces"}
    assert list(kept.entries(PLACE, "events"))[-1] == {"text": "in many pieces"}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b'{"record":{"1":{"a":1}}',
        b'{"record":{"1":{"a":1}}}}',
        b"\x00" * 4096,
        b"[]",
        b"7",
        b'{"record":[]}',
        b'{"record":{"1":"text"}}',
        b'{"record":{}}',
        b"{}",
        b'{"record":{"1":{"a":"\xff"}}}',
        b"[" * 100_000,
    ],
)
def test_a_torn_file_is_reported_and_never_replaced(tmp_path, content):
    repository = FileRepository(tmp_path)
    repository.write(PLACE, "whole", {"a": 1})
    repository.write(PLACE, KEY, {"a": 1})
    path = tmp_path.joinpath(*PLACE, f"{KEY}.json")
    path.write_bytes(content)

    for act in (
        lambda: repository.read(PLACE, KEY),
        lambda: repository.write(PLACE, KEY, {"b": 2}),
        lambda: repository.create(PLACE, KEY, {"b": 2}),
        lambda: repository.update(PLACE, KEY, lambda record: {"b": 2}),
    ):
        with pytest.raises(Unreadable) as raised:
            act()
        assert (raised.value.place, raised.value.key) == (PLACE, KEY)
        assert raised.value.reason
    assert path.read_bytes() == content

    found = dict(repository.read_all(PLACE))
    assert found["whole"] == {"a": 1}
    assert isinstance(found[KEY], Unreadable)
    assert repository.keys(PLACE) == [KEY, "whole"]


def test_a_file_that_the_system_will_not_read_is_reported(tmp_path):
    repository = FileRepository(tmp_path)
    tmp_path.joinpath(*PLACE, f"{KEY}.json").mkdir(parents=True)
    with pytest.raises(Unreadable, match="directory"):
        repository.read(PLACE, KEY)
    [(key, found)] = repository.read_all(PLACE)
    assert key == KEY
    assert isinstance(found, Unreadable)


@pytest.mark.parametrize("torn", [b'{"text": "cut sh', b"\x00\x00\x00", b'{"text": "no end"}'])
def test_a_log_cut_short_is_reported_and_goes_on(kept, caplog, torn):
    caplog.set_level("WARNING", logger="survey")  # whatever level a service before it in this process had
    with kept.root.joinpath(*PLACE, "events.log").open("ab") as log:
        log.write(torn)
    assert list(kept.entries(PLACE, "events")) == [{"text": "kept"}]
    assert "events.log line 2" in caplog.text

    kept.append(PLACE, "events", {"text": "after"})
    found = [entry for entry in kept.log_lines(PLACE, "events") if not isinstance(entry, Unreadable)]
    assert found[0] == {"text": "kept"}
    assert found[-1] == {"text": "after"}
