"""Everything that is kept can be read; what cannot is found, and moved only when asked."""

from datetime import UTC, datetime

import pytest

from survey.storage.repository import SET_ASIDE_REASON as REASON
from survey.storage.repository import Unreadable
from survey.storage.tinydb_files.repository import FileRepository
from survey.storage.verification import Wrong, all_places, quarantine, verify
from tests.verified import is_clean

PLACE = ("rounds", "sr-2026", "reflection")
ANONYMOUS = ("rounds", "ws-2026", "skills", "responses")
NOW = datetime(2026, 11, 21, 10, tzinfo=UTC)


@pytest.fixture
def repository(tmp_path) -> FileRepository:
    repository = FileRepository(tmp_path / "data")
    repository.write(("accounts",), "national", {"role": "national"})
    repository.write(("rounds", "sr-2026"), "round", {"status": "open"})
    repository.write(PLACE, "north", {"status": "draft"})
    repository.write(PLACE, "south", {"status": "draft"})
    repository.create(ANONYMOUS, "00ff", {"n": 1})
    repository.write_bytes(("rounds", "sr-2026", "frozen"), "definition.json", b"not looked at")
    repository.append(("log",), "events", {"n": 1})
    return repository


def folder_state(repository: FileRepository) -> dict[str, bytes]:
    return {
        str(path.relative_to(repository.root)): path.read_bytes()
        for path in repository.root.rglob("*")
        if path.is_file() and path.suffix != ".lock"
    }


def tear(repository: FileRepository, key: str) -> None:
    repository.root.joinpath(*PLACE, f"{key}.json").write_bytes(b'{"record":{"1":{"sta')


def test_a_sound_folder_is_clean_and_stays_as_it_was(repository):
    before = folder_state(repository)
    told = []
    report = verify(repository, progress=lambda done, total: told.append((done, total)))
    assert is_clean(report)
    assert (report.records, report.log_entries) == (5, 1)
    assert told == [(done, 5) for done in range(1, 6)]
    assert folder_state(repository) == before


def test_an_empty_folder_is_clean_and_is_not_made(tmp_path):
    assert is_clean(verify(FileRepository(tmp_path / "data")))
    assert not (tmp_path / "data").exists()


def test_what_a_record_should_mean_is_asked_of_each_with_what_is_in_it(repository):
    asked = {}
    verify(repository, lambda place, key, record: asked.setdefault((place, key), record) and [])
    assert asked[(PLACE, "north")] == {"status": "draft"}
    assert asked[(ANONYMOUS, "00ff")] == {"n": 1}
    assert len(asked) == 5


def test_every_place_is_visited(repository):
    assert set(all_places(repository)) >= {("accounts",), ("rounds", "sr-2026"), PLACE, ANONYMOUS, ("log",)}


def test_what_cannot_be_read_is_named_with_the_reason(repository):
    tear(repository, "north")
    before = folder_state(repository)
    told = []
    report = verify(repository, progress=lambda done, total: told.append((done, total)))
    assert told == [(done, 5) for done in range(1, 6)]
    assert not is_clean(report)
    assert report.records == 4
    [found] = report.unreadable
    assert (found.place, found.key) == (PLACE, "north")
    assert "not whole JSON" in found.reason
    assert folder_state(repository) == before


def test_a_record_that_means_nothing_is_named_with_what_the_caller_found(repository):
    def check(place, key, record):
        return ["no such outcome", "too long"] if (place, key) == (PLACE, "south") else []

    report = verify(repository, check)
    assert report.wrong == [Wrong(PLACE, "south", ("no such outcome", "too long"))]
    assert report.unreadable == []
    assert not is_clean(report)


def test_a_log_line_cut_short_is_named(repository):
    with (repository.root / "log" / "events.log").open("ab") as log:
        log.write(b'{"n": 2')
    report = verify(repository)
    [found] = report.unreadable_log_lines
    assert (found.place, found.key) == (("log",), "events.log line 2")
    assert report.log_entries == 1
    assert not is_clean(report)


def test_the_entries_of_all_logs_are_counted_and_what_is_no_entry_is_named(repository):
    repository.append(("log",), "events", {"n": 2})
    repository.append(("log",), "access", {"n": 1})
    repository.append(("rounds", "sr-2026"), "notes", {"n": 1})
    with (repository.root / "log" / "access.log").open("ab") as log:
        log.write(b"[]\n7\n")
    report = verify(repository)
    assert report.log_entries == 4
    assert [str(fault) for fault in report.unreadable_log_lines] == [
        "log/access.log line 2: this is JSON but not an object",
        "log/access.log line 3: this is JSON but not an object",
    ]


def test_a_record_that_is_not_there_is_not_wrong(repository):
    """What is deleted while everything is read."""
    seen = []

    def check(place, key, record):
        seen.append((place, key))
        repository.delete(PLACE, "south")
        return []

    report = verify(repository, check)
    assert is_clean(report)
    assert (PLACE, "south") not in seen
    assert report.records == 4


def test_setting_aside_moves_what_is_unreadable_and_names_it(repository):
    tear(repository, "north")
    torn = repository.root.joinpath(*PLACE, "north.json").read_bytes()
    [(record, aside)] = quarantine(repository, verify(repository).unreadable)
    assert aside == repository.root.joinpath("set-aside", *PLACE, "north.json")
    assert aside.read_bytes() == torn
    assert (record.place, record.key) == (PLACE, "north")
    assert "not whole JSON" in record.reason
    [found] = verify(repository).unreadable
    assert (found.place, found.key, found.reason) == (PLACE, "north", REASON)
    assert list(quarantine(repository, [found])) == []


def test_setting_aside_leaves_what_can_be_read_after_all(repository):
    before = folder_state(repository)
    unreadable = [Unreadable(PLACE, "north", "it was"), Unreadable(PLACE, "gone", "it is")]
    assert list(quarantine(repository, unreadable)) == []
    assert folder_state(repository) == before


def test_a_log_that_cannot_be_opened_is_named(repository):
    (repository.root / "log" / "broken.log").mkdir()
    [found] = verify(repository).unreadable_log_lines
    assert (found.place, found.key) == (("log",), "broken.log")
