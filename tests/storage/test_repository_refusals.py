"""What the repository cannot read or keep is named in full, and what is not a record is left out."""

import copy
import os
from pathlib import Path

import pytest

from survey.storage.repository import StorageError, Unreadable

PLACE = ("rounds", "sr-2026", "reflection")
SNAPSHOT = ("rounds", "sr-2026", "frozen")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"n": 2}', "the line has no end: it is being written now, or a crash cut it short"),
        (b"[]\n", "this is JSON but not an object"),
    ],
    ids=("no end", "no object"),
)
def test_a_line_of_a_log_that_is_no_entry_is_warned_of_and_left_out(repository, caplog, line, reason):
    for number in range(2):
        repository.append(("log",), "events", {"n": number})
    with (repository.root / "log" / "events.log").open("ab") as log:
        log.write(line)
    assert list(repository.entries(("log",), "events")) == [{"n": 0}, {"n": 1}]
    assert caplog.messages == [f"log/events.log line 3: {reason}"]
    [fault] = [line for line in repository.log_lines(("log",), "events") if isinstance(line, Unreadable)]
    assert (fault.place, fault.key, fault.reason) == (("log",), "events.log line 3", reason)


def test_a_log_that_cannot_be_opened_is_named(repository):
    (repository.root / "log" / "events.log").mkdir(parents=True)
    with pytest.raises(Unreadable) as raised:
        list(repository.entries(("log",), "events"))
    assert str(raised.value) == "log/events.log: Is a directory"


def test_logs_are_sorted_and_hide_what_is_not_theirs(repository):
    for name in ("b", "a", "c"):
        repository.append(("log",), name, {})
    for name in (".log", "a b.log", "notes.txt"):
        (repository.root / "log" / name).write_bytes(b"")
    assert repository.logs(("log",)) == ["a", "b", "c"]


def test_a_fault_that_is_copied_as_between_processes_says_the_same():
    fault = copy.copy(Unreadable(PLACE, "a", "it is torn"))
    assert (fault.place, fault.key, fault.reason) == (PLACE, "a", "it is torn")
    assert fault.args == (PLACE, "a", "it is torn")
    assert str(fault) == "rounds/sr-2026/reflection/a: it is torn"


def test_a_file_that_cannot_be_read_is_named(repository):
    with pytest.raises(Unreadable) as raised:
        repository.read_bytes(SNAPSHOT, "definition.json")
    assert (raised.value.place, raised.value.key) == (SNAPSHOT, "definition.json")
    assert str(raised.value) == "rounds/sr-2026/frozen/definition.json: No such file or directory"


def test_each_disk_that_refuses_is_named_with_the_file(repository, monkeypatch):
    repository.write(PLACE, "a", {"a": 1})
    repository.write_bytes(SNAPSHOT, "definition.json", b"{}")
    folder = repository.root.joinpath(*PLACE)

    def refuse(descriptor: int) -> None:
        raise OSError(5, "the disk is broken")

    monkeypatch.setattr(os, "fsync", refuse)
    for act, file in (
        (lambda: repository.write(PLACE, "a", {"a": 2}), folder / "a.json"),
        (lambda: repository.create(PLACE, "b", {"a": 2}), folder / "b.json"),
        # It is there already; whether its name is on the disk is not known before it is flushed.
        (lambda: repository.create(PLACE, "a", {"a": 1}), folder / "a.json"),
        (lambda: repository.append(PLACE, "events", {"a": 2}), folder / "events.log"),
        (lambda: repository.write_bytes(PLACE, "notes", b"1"), folder / "notes"),
        (lambda: repository.write(("rounds", "new"), "round", {}), repository.root / "rounds" / "new"),
        (lambda: repository.delete(PLACE, "a"), folder / "a.json"),
    ):
        with pytest.raises(StorageError) as raised:
            act()
        assert str(raised.value) == f"{file} could not be kept: the disk is broken."


def test_a_folder_that_cannot_be_listed_is_named(repository, monkeypatch):
    repository.write(PLACE, "a", {"a": 1})

    def refuse(folder: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(StorageError) as raised:
        repository.places(())
    assert str(raised.value) == f"{repository.root} cannot be read: Permission denied."


def test_a_file_in_the_place_of_a_folder_holds_nothing(repository):
    repository.root.joinpath("rounds").mkdir(parents=True)
    (repository.root / "rounds" / "sr-2026").write_bytes(b"")
    assert repository.keys(PLACE) == []
    assert repository.places(PLACE) == []
    assert repository.places(("rounds",)) == []
    with pytest.raises(StorageError) as raised:
        repository.write(PLACE, "a", {})
    assert str(raised.value) == f"{repository.root.joinpath(*PLACE)} could not be kept: Not a directory."


def test_places_that_hold_only_what_is_in_quarantine_are_places(repository):
    repository.write((*PLACE, "deeper"), "a", {})
    path = repository.root.joinpath(*PLACE, "deeper", "a.json")
    path.write_bytes(b"torn")
    repository.quarantine.add((*PLACE, "deeper"), "a")
    path.parent.rmdir()
    (repository.root.joinpath(*PLACE) / "a b").mkdir()
    assert repository.places(PLACE) == ["deeper"]
    assert repository.places(("rounds",)) == ["sr-2026"]
    assert repository.keys((*PLACE, "deeper")) == ["a"]


def test_only_at_the_top_are_names_the_folder_s_own(repository):
    repository.write(("rounds", "locks"), "round", {})
    repository.write(("rounds", "set-aside"), "round", {})
    assert repository.places(("rounds",)) == ["locks", "set-aside"]
    assert repository.places(()) == ["rounds"]


def test_no_record_is_looked_for_where_only_files_are_kept_or_at_the_top(repository):
    repository.write_bytes(SNAPSHOT, "definition.json", b"{}")
    repository.root.joinpath("meta.json").write_bytes(b"{}")
    assert repository.keys(SNAPSHOT) == repository.keys(()) == []
    assert list(repository.read_all(())) == []


def test_a_record_that_goes_while_its_place_is_read_is_left_out(repository):
    for key in ("a", "b", "c"):
        repository.write(PLACE, key, {"key": key})
    records = repository.read_all(PLACE)
    assert next(records) == ("a", {"key": "a"})
    repository.delete(PLACE, "b")
    assert list(records) == [("c", {"key": "c"})]
