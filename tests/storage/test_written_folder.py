"""What a repository holds is written out as a data folder that holds the same."""

from pathlib import Path
from stat import S_IMODE

import pytest

from survey.storage.replication import digest_of
from survey.storage.repository import StorageError, Unreadable
from survey.storage.tinydb_files.repository import FileRepository
from survey.storage.written_folder import write_folder

PLACE = ("rounds", "sr-2026", "reflection")
ANONYMOUS = ("rounds", "ws-2026", "skills", "responses")
ACCESS, LINKS = ("rounds", "sr-2026", "access"), ("rounds", "sr-2026", "links")


@pytest.fixture
def source(tmp_path: Path) -> FileRepository:
    source = FileRepository(tmp_path / "source")
    for number in range(3):
        source.write(PLACE, f"c-{number}", {"n": number, "text": "ŵ"})
        source.create(ANONYMOUS, f"{number:02x}", {"n": number})
        source.append(("log",), "events", {"n": number})
        source.write(ACCESS, f"c-{number}", {"hash": str(number)})
    source.write(LINKS, "c-1", {"hash": "link"})
    source.write(("accounts",), "national", {"role": "national"})
    source.write_bytes(("rounds", "sr-2026", "frozen"), "definition.json", b"{}")
    return source


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "written"
    folder.mkdir()
    return folder


def test_everything_is_in_it(source, folder) -> None:
    told = []
    assert write_folder(source, folder, lambda done, of: told.append((done, of))) == []
    assert digest_of(FileRepository(folder)) == digest_of(source)
    assert told == [(done, len(told)) for done in range(1, len(told) + 1)]
    assert told


def test_every_file_is_the_same_as_in_the_data_folder_and_private(source, folder) -> None:
    write_folder(source, folder)
    written = [path for path in folder.rglob("*") if path.is_file()]
    assert len(written) > 5
    for path in written:
        assert path.read_bytes() == (source.root / path.relative_to(folder)).read_bytes()
        assert S_IMODE(path.stat().st_mode) == 0o600


def test_what_belongs_in_no_backup_is_not_in_it(source, folder) -> None:
    source.write(("sessions",), "00", {"n": 1})
    source.write(("limits",), "a", {"failures": []})
    write_folder(source, folder)
    assert sorted(path.name for path in folder.iterdir()) == ["accounts.tinydb", "log", "rounds"]


def test_what_cannot_be_read_is_named_and_all_else_is_in_it(source, folder) -> None:
    source.root.joinpath(*PLACE, "c-1.json").write_bytes(b"torn")
    with source.root.joinpath("log", "events.log").open("ab") as log:
        log.write(b"torn\n")
    unreadable = write_folder(source, folder)
    assert [(fault.place, fault.key) for fault in unreadable] == [(("log",), "events.log line 4"), (PLACE, "c-1")]
    written = FileRepository(folder)
    assert written.keys(PLACE) == ["c-0", "c-2"]
    assert [entry["n"] for entry in written.entries(("log",), "events")] == [0, 1, 2]


def test_what_is_in_quarantine_is_in_it_without_a_word(source, folder) -> None:
    strict = FileRepository(source.root, lambda _, key, __: "no" if key in ("c-1", "c-2") else "")
    for key in ("c-1", "c-2"):
        assert strict.quarantine.add(PLACE, key)
    assert strict.quarantine.add(ACCESS, "c-1")
    source.quarantine.accept_loss(PLACE, "c-2")
    assert write_folder(source, folder) == []
    written = FileRepository(folder)
    assert digest_of(written) == digest_of(source)
    with pytest.raises(Unreadable, match="set aside"):
        written.read(PLACE, "c-1")
    assert [number for key, number, _ in written.quarantine.held(PLACE) if key == "c-2"] != [0]


def test_nothing_is_written_over(source, folder) -> None:
    write_folder(source, folder)
    with pytest.raises(StorageError):
        write_folder(source, folder)
