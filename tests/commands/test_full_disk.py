"""A disk that fills while something is written: a plain sentence, and what was there stays whole."""

import re
import resource
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from survey.collection.clock import CLOCK, KEY, note_day
from survey.collection.people.contact_checks import Contact
from survey.collection.people.contacts import KEEP_CONTACTS, read_contacts, take_in
from survey.collection.people.sessions import ACCOUNT, SESSIONS, begin_session
from survey.collection.responses.lifecycle import submit
from survey.collection.rounds.snapshot import load_snapshot
from survey.reporting.files.formats import FORMATS
from survey.reporting.jobs import kept_file
from survey.storage.repository import StorageFull
from tests.collection.example import NOW, ROUND, save_all
from tests.commands.conftest import Desk, folder_state
from tests.commands.test_data import keep_made, made_job

ROOM = 64
"""How many bytes of a file find room."""
BOARD = ("--health-board", "north")
COMMANDS = (
    ("export", "workbook", ROUND),
    ("export", "report", ROUND),
    ("export", "peer-review", ROUND, *BOARD, "--format", "docx"),
    ("export", "peer-review", ROUND, *BOARD, "--format", "xlsx"),
    ("export", "meeting-pack", ROUND, "--cluster", "arfon", "--format", "docx"),
    ("export", "meeting-pack", ROUND, "--cluster", "arfon", "--format", "xlsx"),
    *(("export", "data", ROUND, "--format", name) for name in FORMATS),
    ("responses", "export", ROUND),
)


@contextmanager
def no_room(room: int = ROOM) -> Iterator[None]:
    """No file can grow beyond this. What pytest itself writes is not for such a moment."""
    before, compiled = resource.getrlimit(resource.RLIMIT_FSIZE), sys.dont_write_bytecode
    # A module that is imported only now would be kept compiled in part, and could not be imported any more.
    sys.dont_write_bytecode = True
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        sys.dont_write_bytecode = compiled


def test_a_full_disk_is_said_in_words_by_every_command_that_writes(desk: Desk) -> None:
    desk.opened()
    snapshot = load_snapshot(desk.kept, ROUND)
    save_all(desk.kept, snapshot, "arfon")
    submit(desk.kept, snapshot, "arfon", language="en", now=NOW)
    folder = desk.root / "written"
    folder.mkdir()
    for number, command in enumerate(COMMANDS):
        path = folder / f"{number}.file"
        if "report" not in command:  # what is there would be an earlier version
            path.write_bytes(b"from before")
        before = folder_state(folder)
        with no_room():
            result = desk.run(*command, "--output", path, "--language", "en")
        assert result.exit_code == 1, (command, result.output)
        assert re.search("no room left|disk is full", result.stderr), (command, result.stderr)
        assert "Errno" not in result.stderr
        assert folder_state(folder) == before, command
        path.unlink(missing_ok=True)


def hold_what_is_over(desk: Desk) -> None:
    desk.opened()
    note_day(desk.kept, NOW - timedelta(days=1))
    begin_session(desk.kept, "old", (ACCOUNT, "eira"), NOW - timedelta(days=2))
    keep_made(desk, "workbook", NOW - timedelta(days=8))
    gone_long = Contact("arfon", "Ann", "", "ann@nhs.example", "en")
    take_in(desk.kept, [gone_long], NOW.date() - KEEP_CONTACTS - timedelta(days=1))


def test_purge_frees_a_disk_on_which_nothing_can_be_written_and_says_what_it_could_not_do(desk: Desk) -> None:
    hold_what_is_over(desk)
    day_before = desk.kept.read(CLOCK, KEY)
    with no_room(0):
        result = desk.run("data", "purge", "--language", "en")
    assert result.exit_code == 1
    assert "Sign-ins that are over: 1\n" in result.stdout
    assert "made over a week ago: 0\n" in result.stdout
    assert "no room left on the disk to remove the rest: 2." in result.stderr
    assert "no room left on the disk to note this day" in result.stderr
    assert desk.kept.keys(SESSIONS) == []
    assert desk.kept.read_bytes(made_job("workbook").place, made_job("workbook").file) == b""
    assert desk.kept.read(CLOCK, KEY) == day_before
    again = desk.done("data", "purge")
    assert "made over a week ago: 1\n" in again
    assert kept_file(desk.kept, made_job("workbook"), NOW).sha256 == ""
    assert read_contacts(desk.kept) == {}
    assert desk.kept.read(CLOCK, KEY) != day_before


def test_purge_notes_the_day_in_the_room_that_it_made(desk: Desk, monkeypatch) -> None:
    hold_what_is_over(desk)
    day_before, update = desk.kept.read(CLOCK, KEY), type(desk.kept).update

    def full_until_something_went(repository, place, key, change):
        if repository.keys(SESSIONS):
            raise StorageFull("There is no room left on the disk.")
        return update(repository, place, key, change)

    monkeypatch.setattr(type(desk.kept), "update", full_until_something_went)
    desk.done("data", "purge")
    assert desk.kept.read(CLOCK, KEY) != day_before
