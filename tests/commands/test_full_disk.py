"""A disk that fills while something is written: a plain sentence, and what was there stays whole."""

import re
import resource
from collections.abc import Iterator
from contextlib import contextmanager

from survey.collection.responses.lifecycle import submit
from survey.collection.rounds.snapshot import load_snapshot
from survey.reporting.files.formats import FORMATS
from tests.collection.example import NOW, ROUND, save_all
from tests.commands.conftest import Desk, folder_state

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
def no_room() -> Iterator[None]:
    """No file can grow beyond ROOM. What pytest itself writes is not for such a moment."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


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
