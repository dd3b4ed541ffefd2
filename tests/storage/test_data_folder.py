"""A data folder is made once, opened often, upgraded after a backup, and never taken for one when it is not."""

import os
import stat
import threading
from pathlib import Path

import pytest

from survey.atomic_file import TEMPORARY
from survey.storage import data_folder
from survey.storage.archive import opened
from survey.storage.backup import backup
from survey.storage.data_folder import open_data_folder, sweep
from survey.storage.json_form import json_bytes
from survey.storage.key_ring import new_ring
from survey.storage.migrations import MIGRATIONS, Migration
from survey.storage.occupancy import alone_with
from survey.storage.places import record_path
from survey.storage.repository import StorageError
from survey.storage.tinydb_files.data_format import (
    FORMAT,
    make_secret,
    read_format,
    replace_key_ring,
    secret_of,
    write_format,
)
from survey.storage.tinydb_files.documents import own_record
from survey.storage.tinydb_files.locks import Locks
from survey.storage.verification import all_places

PLACE = ("rounds", "sr-2026", "reflection")


def test_a_missing_folder_is_made_for_its_owner_alone(tmp_path):
    umask = os.umask(0)
    try:
        repository = open_data_folder(tmp_path / "instance" / "data")
        secret_of(repository.root)
    finally:
        os.umask(umask)
    assert read_format(repository.root) == FORMAT
    for path in (repository.root, *repository.root.rglob("*")):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def test_a_folder_is_made_ready_by_one_at_a_time_and_by_none_during_an_upgrade(tmp_path):
    root = open_data_folder(tmp_path / "data").root
    assert [path.name for path in (root / "locks").iterdir()] == ["upgrade.lock"]


def test_opening_again_changes_nothing(tmp_path):
    repository = open_data_folder(tmp_path / "data")
    repository.write(PLACE, "north", {"a": 1})
    before = {path: path.read_bytes() for path in repository.root.rglob("*") if path.is_file()}
    assert open_data_folder(tmp_path / "data").read(PLACE, "north") == {"a": 1}
    assert {path: path.read_bytes() for path in repository.root.rglob("*") if path.is_file()} == before


def test_a_folder_open_to_others_is_closed(tmp_path):
    (tmp_path / "data").mkdir(0o755)
    open_data_folder(tmp_path / "data")
    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700


def test_the_secret_is_made_once_and_long(tmp_path):
    root = tmp_path / "data"
    root.mkdir()
    threads = [threading.Thread(target=make_secret, args=[root]) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    secret = secret_of(root)
    assert len(bytes.fromhex(secret)) == 32
    assert secret_of(open_data_folder(root).root) == secret
    assert secret_of(open_data_folder(tmp_path / "other").root) != secret


@pytest.mark.parametrize("content", [b"", b"\0" * 64, b"0123", b"A" * 64, b"\xff" * 64, b"0" * 64 + b"\n"])
def test_a_damaged_secret_is_refused_and_stays_as_it_is(tmp_path, content):
    root = open_data_folder(tmp_path / "data").root
    (root / "secret").write_bytes(content)
    with pytest.raises(StorageError, match=r"secret is damaged: .*Put back the file of a backup"):
        open_data_folder(root)
    assert (root / "secret").read_bytes() == content


@pytest.mark.parametrize("held", ["accounts", "accounts.tinydb", "rounds"])
def test_a_folder_that_lost_its_secret_is_given_no_other(tmp_path, held):
    root = open_data_folder(tmp_path / "data").root
    (root / "secret").unlink()
    (root / held).mkdir()
    with pytest.raises(StorageError, match=r"secret is missing.*data new-secret"):
        open_data_folder(root)
    assert not (root / "secret").exists()
    replace_key_ring(root, new_ring())
    assert secret_of(open_data_folder(root).root) == secret_of(root)


def test_what_dead_writers_left_is_swept(tmp_path):
    repository = open_data_folder(tmp_path / "data")
    repository.write(PLACE, "north", {"a": 1})
    left = repository.root.joinpath(*PLACE, ".0123456789abcdef.tmp")
    left.write_bytes(b"half")
    assert sweep(repository) == [left]
    left.write_bytes(b"half")
    open_data_folder(repository.root)
    assert not left.exists()
    assert sweep(repository) == []
    assert repository.read(PLACE, "north") == {"a": 1}


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"{}", b'{"format": "1"}', b'{"format": true}', b'{"format": 99}']
)
def test_a_format_that_is_newer_or_unclear_is_refused(tmp_path, content):
    root = open_data_folder(tmp_path / "data").root
    (root / "meta.json").write_bytes(content)
    with pytest.raises(StorageError) as raised:
        open_data_folder(root)
    assert ("newer version" if b"99" in content else "Restore it") in str(raised.value)
    assert (root / "meta.json").read_bytes() == content


def test_a_newer_folder_is_named_and_not_touched(tmp_path):
    root = tmp_path / "data"
    root.mkdir(0o755)
    (root / "meta.json").write_bytes(b'{"format": 99}')
    with pytest.raises(StorageError) as raised:
        open_data_folder(root)
    assert str(raised.value).startswith(f"The data folder {root} was made by a newer version")
    assert [path.name for path in root.iterdir()] == ["meta.json"]
    assert stat.S_IMODE(root.stat().st_mode) == 0o755


def test_what_is_no_data_folder_is_named(tmp_path, monkeypatch):
    (tmp_path / "b.txt").write_text("mine")
    (tmp_path / "a.txt").write_text("mine")
    for root, message in (
        (tmp_path, f"{tmp_path} is not a data folder: it holds “a.txt”. Set SURVEY_DATA to a folder of its own."),
        (tmp_path / "a.txt", f"{tmp_path / 'a.txt'} is a file. Set SURVEY_DATA to a folder."),
    ):
        with pytest.raises(StorageError) as raised:
            open_data_folder(root)
        assert str(raised.value) == message
    monkeypatch.chdir(tmp_path)
    with pytest.raises(StorageError) as raised:
        open_data_folder(Path("a.txt"))
    assert str(raised.value) == f"{tmp_path / 'a.txt'} is a file. Set SURVEY_DATA to a folder."


@pytest.mark.parametrize("name", ["secret", ".hidden", "folder"])
def test_what_a_data_folder_may_hold_before_it_has_a_format(tmp_path, name):
    root = tmp_path / "data"
    root.mkdir()
    if name == "folder":
        (root / name).mkdir()
    else:
        (root / name).write_bytes(b"0" * 64)
    assert read_format(open_data_folder(root).root) == FORMAT


def test_a_folder_with_a_format_may_hold_anything(tmp_path):
    root = open_data_folder(tmp_path / "data").root
    (root / "notes.txt").write_text("mine")
    assert read_format(open_data_folder(root).root) == FORMAT


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path, monkeypatch):
    def refuse(folder: Path) -> None:
        raise OSError(5, "the disk is broken")

    monkeypatch.setattr(data_folder, "make_folder", refuse)
    with pytest.raises(StorageError) as raised:
        open_data_folder(tmp_path / "data")
    assert str(raised.value) == f"{tmp_path / 'data'} could not be kept: the disk is broken."


def test_a_data_folder_that_cannot_be_listed_is_named(tmp_path, monkeypatch):
    root = open_data_folder(tmp_path / "data").root

    def refuse(folder: Path) -> None:
        raise OSError(5, "the disk is broken")

    monkeypatch.setattr(Path, "iterdir", refuse)
    with pytest.raises(StorageError) as raised:
        open_data_folder(root)
    assert str(raised.value) == f"{root} could not be kept: the disk is broken."


def test_only_what_dead_writers_left_is_swept_and_only_while_nobody_writes(tmp_path, monkeypatch):
    repository = open_data_folder(tmp_path / "data")
    repository.write(PLACE, "north", {"a": 1})
    folder = repository.root.joinpath(*PLACE)
    kept = [folder / "a.tmp", folder / ".hidden", repository.root / "locks" / ".a.tmp"]
    left = [repository.root / ".a.tmp", folder / ".b.tmp", folder / ".c.tmp"]
    for path in (*kept, *left):
        path.write_bytes(b"half")
    held = []
    unlink = Path.unlink

    def look(path: Path) -> None:
        with pytest.raises(StorageError), Locks(repository.root / "locks", 0).one_at_a_time("00"):
            pass
        held.append(path)
        unlink(path)

    monkeypatch.setattr(Path, "unlink", look)
    assert sorted(sweep(repository)) == sorted(held) == sorted(left)
    assert all(path.exists() for path in kept)


def test_a_temporary_file_that_its_writer_takes_away_is_none_that_was_left(tmp_path, monkeypatch):
    repository = open_data_folder(tmp_path / "data")
    gone, left = repository.root / ".a.tmp", repository.root / ".b.tmp"
    left.write_bytes(b"half")
    monkeypatch.setattr(data_folder, "_temporary_files", lambda root: [gone, left])
    assert sweep(repository) == [left]


def test_what_cannot_be_swept_is_named(tmp_path, monkeypatch):
    repository = open_data_folder(tmp_path / "data")
    (repository.root / ".a.tmp").write_bytes(b"half")

    def refuse(path: Path) -> None:
        raise OSError(5, "the disk is broken")

    monkeypatch.setattr(Path, "unlink", refuse)
    with pytest.raises(StorageError) as raised:
        sweep(repository)
    assert str(raised.value) == f"{repository.root} could not be kept: the disk is broken."


def test_the_files_of_a_backup_in_progress_are_not_swept(tmp_path):
    repository = open_data_folder(tmp_path / "data")
    staged = repository.root / ".backup" / ".a.tmp"
    staged.parent.mkdir()
    staged.write_bytes(b"half")
    with repository.locks.one_at_a_time("backup"):
        assert sweep(repository) == []
    assert staged.exists()


def test_a_folder_of_other_things_is_left_alone(tmp_path):
    (tmp_path / "README.md").write_text("mine")
    tmp_path.chmod(0o755)
    with pytest.raises(StorageError, match=r"holds “README\.md”"):
        open_data_folder(tmp_path)
    with pytest.raises(StorageError, match="is a file"):
        open_data_folder(tmp_path / "README.md")
    assert [path.name for path in tmp_path.iterdir()] == ["README.md"]
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755


def test_root_does_not_write_in_a_folder_of_the_service_s_user(tmp_path, monkeypatch):
    root = open_data_folder(tmp_path / "data").root
    monkeypatch.setattr(data_folder.os, "geteuid", lambda: 0)
    if root.stat().st_uid == 0:
        os.chown(root, 12345, -1)
    with pytest.raises(StorageError) as raised:
        open_data_folder(root)
    assert str(raised.value) == (
        f"The data folder {root} belongs to the user with number {root.stat().st_uid}. "
        "Run this as that user: what root writes there, the service could not change."
    )


def test_whoever_is_not_root_and_root_in_its_own_folder_may_go_on(tmp_path, monkeypatch):
    root = open_data_folder(tmp_path / "data").root
    owner = root.stat().st_uid
    monkeypatch.setattr(data_folder.os, "geteuid", lambda: owner + 1)
    assert open_data_folder(root).root == root
    if owner == 0:
        monkeypatch.setattr(data_folder.os, "geteuid", lambda: 0)
        assert open_data_folder(root).root == root


def test_the_migrations_lead_to_the_format_step_by_step():
    assert [migration.to for migration in MIGRATIONS] == list(range(2, FORMAT + 1))


@pytest.fixture
def migrations():
    def changed(change):
        def step(root):
            path = record_path(root, PLACE, "north")
            path.write_bytes(json_bytes({"record": {"1": change(own_record(path.read_bytes()))}}))

        return step

    rename = changed(lambda record: {"new": record["old"]} if "old" in record else record)
    add = changed(lambda record: {**record, "added": True})
    return [Migration(2, lambda _: [], rename), Migration(3, lambda _: [], add)]


def test_an_old_folder_is_backed_up_and_upgraded_once(tmp_path, monkeypatch, migrations):
    repository = open_data_folder(tmp_path / "data")
    repository.write(PLACE, "north", {"old": 1})
    write_format(repository.root, 1)
    monkeypatch.setattr("survey.storage.tinydb_files.data_format.FORMAT", 3)
    for _ in range(2):
        assert open_data_folder(tmp_path / "data", migrations).read(PLACE, "north") == {"new": 1, "added": True}
    assert read_format(repository.root) == 3
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "data",
        "data-before-format-2.zip",
        "data-before-format-3.zip",
    ]
    with opened(tmp_path / "data-before-format-2.zip") as (_, manifest):
        assert manifest.format == 1


def test_an_upgrade_runs_alone_and_no_copy_of_another_time_is_taken_for_its_own(tmp_path, monkeypatch, migrations):
    repository = open_data_folder(tmp_path / "data")
    repository.write(PLACE, "north", {"old": 1})
    write_format(repository.root, 1)
    (tmp_path / "data-before-format-2.zip").write_bytes(b"of last year")
    monkeypatch.setattr("survey.storage.tinydb_files.data_format.FORMAT", 3)
    seen = []

    def look(root):
        with pytest.raises(StorageError), Locks(root / "locks", 0).one_at_a_time("upgrade"):
            pass
        with pytest.raises(StorageError), Locks(root / "locks", 0).one_at_a_time("00"):
            pass
        with alone_with(root) as is_alone:
            assert not is_alone
        seen.append(read_format(root))
        migrations[0].change(root)

    open_data_folder(tmp_path / "data", [Migration(2, lambda _: [], look), migrations[1]])
    assert seen == [1]
    assert (tmp_path / "data-before-format-2.zip").read_bytes() == b"of last year"
    for name, number in (("data-before-format-2-2.zip", 1), ("data-before-format-3.zip", 2)):
        with opened(tmp_path / name) as (_, manifest):
            assert manifest.format == number
    assert not list(repository.root.glob(".*"))


def test_an_upgrade_that_fails_goes_on_next_time_from_where_it_was(tmp_path, monkeypatch, migrations):
    repository = open_data_folder(tmp_path / "data")
    repository.write(PLACE, "north", {"old": 1})
    write_format(repository.root, 1)
    monkeypatch.setattr("survey.storage.tinydb_files.data_format.FORMAT", 3)

    def fail(root):
        raise StorageError("the disk is full")

    with pytest.raises(StorageError, match="full"):
        open_data_folder(tmp_path / "data", [migrations[0], Migration(3, lambda _: [], fail)])
    assert read_format(repository.root) == 2
    open_data_folder(tmp_path / "data", migrations)
    assert read_format(repository.root) == 3
    assert repository.read(PLACE, "north") == {"new": 1, "added": True}


def test_a_data_folder_inside_another_is_not_part_of_it(tmp_path):
    outer = open_data_folder(tmp_path / "outer")
    inner = open_data_folder(tmp_path / "outer" / "demo")
    # A record may have the name of the file that marks a data folder.
    outer.write(("notes",), "meta", {"mine": True})
    inner.write(("rounds", "made-up"), "round", {"mine": False})
    abandoned = inner.root / "rounds" / f".round.json{TEMPORARY}"
    abandoned.write_bytes(b"")
    open_data_folder(outer.root)
    assert abandoned.exists()
    assert list(all_places(outer)) == [("notes",)]
    copied = backup(outer.root, tmp_path / "outer.zip").files
    assert "notes/meta.json" in copied
    assert [name for name in copied if name.startswith("demo")] == []
