"""Backups are of one moment, whole and private; restoring them harms nothing."""

import io
import json
import os
import stat
import struct
import threading
import zipfile
from collections import namedtuple

import pytest

from survey.storage import archive
from survey.storage import backup as backups
from survey.storage.archive import BadArchive
from survey.storage.backup import backup, check_archive
from survey.storage.data_folder import open_data_folder
from survey.storage.repository import StorageError
from survey.storage.tinydb_files.data_format import secret_of
from survey.storage.tinydb_files.repository import FileRepository
from tests.restoring import restore

PLACE = ("rounds", "sr-2026", "reflection")
ANONYMOUS = ("rounds", "ws-2026", "skills", "responses")


@pytest.fixture
def repository(tmp_path) -> FileRepository:
    repository = open_data_folder(tmp_path / "data")
    secret_of(repository.root)
    repository.write(PLACE, "north", {"text": "Ateb â ŵ ac ŷ"})
    repository.create(ANONYMOUS, "00ff", {"n": 1})
    repository.write_bytes(("rounds", "sr-2026", "frozen"), "definition.json", b'{"id": "self-reflection"}')
    repository.append(("log",), "events", {"n": 1})
    return repository


def test_who_is_signed_in_and_who_failed_to_is_in_no_backup(repository, tmp_path):
    for place in (("limits",), ("sessions",), ("held_lists",)):
        repository.write(place, "00", {"n": 1})
    names = backup(repository.root, tmp_path / "copy.zip").files
    assert not [name for name in names if name.startswith(("limits", "sessions", "held_lists"))]
    assert "rounds/sr-2026/reflection/north.json" in names


def content(root):
    """Every file that is kept, with what is in it and what it may be used for."""
    return {
        str(path.relative_to(root)): (path.read_bytes(), stat.S_IMODE(path.stat().st_mode))
        for path in root.rglob("*")
        if path.is_file() and "locks" not in path.parts
    }


def test_a_backup_restored_elsewhere_is_the_same_folder(repository, tmp_path):
    manifest = backup(repository.root, tmp_path / "copy.zip")
    assert set(manifest.files) == set(content(repository.root))
    assert restore(tmp_path / "copy.zip", tmp_path / "other" / "data") is None
    assert content(tmp_path / "other" / "data") == content(repository.root)
    restored = open_data_folder(tmp_path / "other" / "data")
    assert restored.read(PLACE, "north") == {"text": "Ateb â ŵ ac ŷ"}
    assert secret_of(restored.root) == secret_of(repository.root)
    for key in ("00aa", "7f00", "ff00"):
        assert restored.create(ANONYMOUS, key, {})
    for path in restored.root.rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def test_a_backup_is_private_tells_no_times_and_leaves_nothing_behind(repository, tmp_path):
    before = sorted(path.name for path in repository.root.iterdir())
    umask = os.umask(0)
    try:
        backup(repository.root, tmp_path / "copy.zip")
    finally:
        os.umask(umask)
    assert stat.S_IMODE((tmp_path / "copy.zip").stat().st_mode) == 0o600
    assert sorted(path.name for path in repository.root.iterdir()) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy.zip", "data"]
    with zipfile.ZipFile(tmp_path / "copy.zip") as kept:
        assert {entry.date_time for entry in kept.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_backup_is_of_one_moment_while_the_service_writes(repository, tmp_path):
    """Whoever submits writes the response before the draft goes: no backup may have neither."""
    stop = threading.Event()
    submitted = []

    def submit():
        number = 0
        while not stop.is_set():
            number += 1
            key = f"{number:08x}"[::-1]
            drafts = (*ANONYMOUS[:3], "drafts")
            repository.create(drafts, key, {"number": number})
            repository.append(("log",), "events", {"drafted": key})
            repository.create(ANONYMOUS, key, {"number": number})
            repository.delete(drafts, key)
            submitted.append(key)

    writers = threading.Thread(target=submit)
    writers.start()
    try:
        for number in range(5):
            acknowledged = list(submitted)
            backup(repository.root, tmp_path / f"{number}.zip")
            restore(tmp_path / f"{number}.zip", tmp_path / str(number))
            copy = FileRepository(tmp_path / str(number))
            kept = set(copy.keys(ANONYMOUS)) | set(copy.keys((*ANONYMOUS[:3], "drafts")))
            drafted = {entry["drafted"] for entry in copy.entries(("log",), "events") if "drafted" in entry}
            assert drafted <= kept
            assert set(acknowledged) <= set(copy.keys(ANONYMOUS))
    finally:
        stop.set()
        writers.join()
    assert len(submitted) > 5


def test_what_a_backup_that_died_left_behind_is_no_hindrance(repository, tmp_path):
    stale = repository.root / ".backup"
    (stale / "rounds").mkdir(parents=True)
    (stale / "rounds" / "old.json").write_bytes(b"old")
    manifest = backup(repository.root, tmp_path / "copy.zip")
    assert not any("old.json" in name or ".backup" in name for name in manifest.files)
    assert not stale.exists()


@pytest.mark.parametrize(
    ("place", "words"), [("data/copy.zip", "cannot lie in the data folder"), ("taken.zip", "is there already")]
)
def test_a_backup_goes_nowhere_it_should_not(repository, tmp_path, place, words):
    (tmp_path / "taken.zip").write_bytes(b"precious")
    before = content(tmp_path)
    with pytest.raises(StorageError, match=words):
        backup(repository.root, tmp_path / place)
    assert content(tmp_path) == before


def test_a_folder_that_is_no_data_folder_is_not_backed_up(tmp_path):
    with pytest.raises(StorageError, match="not a data folder"):
        backup(tmp_path, tmp_path.parent / "copy.zip")


def test_progress_is_told(repository, tmp_path):
    told = []
    manifest = backup(repository.root, tmp_path / "copy.zip", lambda done, total: told.append((done, total)))
    assert told[-1] == (len(manifest.files), len(manifest.files))


def test_restoring_over_data_must_be_asked_for_and_keeps_what_was_there(repository, tmp_path):
    backup(repository.root, tmp_path / "copy.zip")
    backed_up = content(repository.root)
    repository.write(PLACE, "north", {"text": "later"})
    later = content(repository.root)

    with pytest.raises(StorageError, match="holds data"):
        restore(tmp_path / "copy.zip", repository.root)
    assert content(repository.root) == later

    before = restore(tmp_path / "copy.zip", repository.root, replace=True)
    assert before is not None
    assert content(repository.root) == backed_up
    assert content(before) == later
    repository.write(PLACE, "north", {"text": "life goes on"})
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["copy.zip", "data", before.name])


def test_a_folder_that_was_only_made_ready_counts_as_empty(repository, tmp_path):
    backup(repository.root, tmp_path / "copy.zip")
    fresh = open_data_folder(tmp_path / "fresh")
    secret_of(fresh.root)
    assert restore(tmp_path / "copy.zip", fresh.root) is None
    assert content(fresh.root) == content(repository.root)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy.zip", "data", "fresh"]


def test_locks_are_the_same_before_and_after(repository, tmp_path):
    def inodes():
        return {path.name: path.stat().st_ino for path in (repository.root / "locks").iterdir()}

    backup(repository.root, tmp_path / "copy.zip")
    before = inodes()
    restore(tmp_path / "copy.zip", repository.root, replace=True)
    assert inodes() == before


@pytest.mark.parametrize("system", ["has no such step", "refuses it"])
def test_folders_change_places_where_the_system_has_no_single_step(repository, tmp_path, monkeypatch, system):
    backup(repository.root, tmp_path / "copy.zip")
    expected = content(repository.root)
    if system == "refuses it":
        monkeypatch.setattr(backups, "_EXCHANGE", 1 << 30)
    else:
        monkeypatch.setattr(backups.ctypes, "CDLL", lambda *_, **__: object())
    assert restore(tmp_path / "copy.zip", repository.root, replace=True) is not None
    assert content(repository.root) == expected


def test_a_folder_where_a_disk_is_mounted_is_left_alone(repository, tmp_path, monkeypatch):
    backup(repository.root, tmp_path / "copy.zip")
    expected = content(repository.root)
    monkeypatch.setattr(backups, "_in_one_step", lambda one, other: 16)
    with pytest.raises(StorageError, match="a disk is mounted"):
        restore(tmp_path / "copy.zip", repository.root, replace=True)
    assert content(repository.root) == expected
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy.zip", "data"]


def test_a_backup_of_a_newer_version_is_refused(repository, tmp_path):
    (repository.root / "meta.json").write_bytes(b'{"format": 99}')
    backup(repository.root, tmp_path / "copy.zip")
    with pytest.raises(StorageError, match="newer version of Myfyrio"):
        restore(tmp_path / "copy.zip", tmp_path / "other")
    assert not (tmp_path / "other").exists()


def test_a_backup_larger_than_the_disk_is_refused_before_anything_is_unpacked(repository, tmp_path, monkeypatch):
    backup(repository.root, tmp_path / "copy.zip")
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(backups.shutil, "disk_usage", lambda folder: usage(2**30, 2**30, 2**20))
    with pytest.raises(BadArchive, match="1 MiB are free"):
        restore(tmp_path / "copy.zip", tmp_path / "other")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy.zip", "data"]


def test_a_disk_that_gives_back_something_else_is_noticed(repository, tmp_path, monkeypatch):
    backup(repository.root, tmp_path / "copy.zip")
    monkeypatch.setattr(backups, "sha256_of", lambda path: "0" * 64)
    with pytest.raises(StorageError, match="as something else"):
        restore(tmp_path / "copy.zip", tmp_path / "other")
    assert not (tmp_path / "other").exists()


# Archives that were damaged, or made to do harm.

META = b'{"format":1}'


def digest(data: bytes) -> str:
    return archive.hashlib.sha256(data).hexdigest()


def made(path, files, *, listed=None, format_number=1, manifest=None):
    """An archive of (name or ZipInfo, bytes) pairs, with a manifest that agrees unless told otherwise."""
    files = [("meta.json", META), *files]
    if listed is None:
        listed = {getattr(name, "filename", name): {"size": len(data), "sha256": digest(data)} for name, data in files}
    document = {"kind": "myfyrio-backup", "format": format_number, "files": listed}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in files:
            target.writestr(name, data)
        target.writestr("manifest.json", json.dumps(document) if manifest is None else manifest)
    return path


def of_kind(name: str, kind: int) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.external_attr = (kind | 0o777) << 16
    return entry


def listed_as(name: str, size: int, data: bytes) -> dict[str, dict[str, object]]:
    return {
        "meta.json": {"size": len(META), "sha256": digest(META)},
        name: {"size": size, "sha256": digest(data)},
    }


def with_size_forged(path, name: str, size: int):
    """Say in the zip's own directory that a file is smaller than it is."""
    data = bytearray(path.read_bytes())
    central = data.rindex(b"PK\x01\x02", 0, data.rindex(name.encode()))
    struct.pack_into("<I", data, central + 24, size)
    path.write_bytes(data)
    return path


HARMFUL = {
    "leads up": lambda path: made(path, [("../outside.json", b"x")]),
    "leads up later": lambda path: made(path, [("rounds/../../outside.json", b"x")]),
    "absolute": lambda path: made(path, [("/tmp/outside.json", b"x")]),
    "backslashes": lambda path: made(path, [("..\\outside.json", b"x")]),
    "hidden": lambda path: made(path, [(".ssh/authorized_keys", b"x")]),
    "folder": lambda path: made(path, [("rounds/", b"")]),
    "locks": lambda path: made(path, [("locks/00.lock", b"x")]),
    "link": lambda path: made(path, [(of_kind("rounds", stat.S_IFLNK), b"/etc")]),
    "device": lambda path: made(path, [(of_kind("rounds", stat.S_IFCHR), b"")]),
    "a file and a folder": lambda path: made(path, [("rounds", b"x"), ("rounds/a.json", b"x")]),
    "not listed": lambda path: made(path, [("a.json", b"x")], listed=listed_as("meta.json", len(META), META)),
    "missing": lambda path: made(path, [], listed=listed_as("a.json", 1, b"x")),
    "another size": lambda path: made(path, [("a.json", b"xx")], listed=listed_as("a.json", 1, b"xx")),
    "another content": lambda path: made(path, [("a.json", b"y")], listed=listed_as("a.json", 1, b"x")),
    "a bomb that lies about its size": lambda path: with_size_forged(
        made(path, [("a.json", b"\0" * 10_000_000)], listed=listed_as("a.json", 10, b"\0" * 10)), "a.json", 10
    ),
    "no manifest": lambda path: made(path, []) and zipfile.ZipFile(path, "w").close(),
    "manifest of something else": lambda path: made(path, [], manifest='{"kind": "other", "format": 1, "files": {}}'),
    "manifest is no JSON": lambda path: made(path, [], manifest="{"),
    "manifest is a list": lambda path: made(path, [], manifest="[]"),
    "manifest of odd values": lambda path: made(
        path, [], manifest='{"kind": "myfyrio-backup", "format": [], "files": {"a": 1}}'
    ),
    "no format": lambda path: made(path, [], format_number=0),
    "not a zip": lambda path: path.write_bytes(b"not a zip"),
    "empty": lambda path: path.write_bytes(b""),
    "missing file": lambda path: None,
}


@pytest.mark.parametrize("make", HARMFUL.values(), ids=HARMFUL)
def test_a_harmful_or_broken_archive_changes_nothing(repository, tmp_path, make):
    target = tmp_path / "incoming"
    target.mkdir()
    make(target / "copy.zip")
    before = content(tmp_path)
    for root in (repository.root, tmp_path / "new"):
        with pytest.raises(BadArchive):
            restore(target / "copy.zip", root, replace=True)
    assert content(tmp_path) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "incoming"]
    assert not (tmp_path.parent / "outside.json").exists()


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_is_there_twice_is_refused(tmp_path):
    path = made(tmp_path / "copy.zip", [("a.json", b"x"), ("a.json", b"x")])
    with pytest.raises(BadArchive, match="twice"):
        check_archive(path)


def test_any_byte_that_changes_is_noticed_or_does_not_matter(repository, tmp_path):
    backup(repository.root, tmp_path / "copy.zip")
    whole = (tmp_path / "copy.zip").read_bytes()
    expected = content(repository.root)
    refused = 0
    for place in range(0, len(whole), 37):
        damaged = bytearray(whole)
        damaged[place] ^= 0x5A
        path = tmp_path / "damaged.zip"
        path.write_bytes(damaged)
        try:
            restore(path, tmp_path / "out")
        except StorageError:
            refused += 1
            assert not (tmp_path / "out").exists()
        else:
            assert content(tmp_path / "out") == expected
            backups.shutil.rmtree(tmp_path / "out")
    assert refused > 10


def test_a_backup_cut_short_is_refused(repository, tmp_path):
    backup(repository.root, tmp_path / "copy.zip")
    whole = (tmp_path / "copy.zip").read_bytes()
    for length in (0, 10, len(whole) // 2, len(whole) - 1):
        (tmp_path / "cut.zip").write_bytes(whole[:length])
        with pytest.raises(BadArchive):
            check_archive(tmp_path / "cut.zip")


def test_a_sound_archive_made_by_hand_is_taken(tmp_path):
    record = ("rounds/a/round.json", b'{"record":{"1":{"a":1}}}')
    with pytest.raises(BadArchive, match="holds no secret that can be used"):
        restore(made(tmp_path / "without.zip", [record]), tmp_path / "data")
    assert not (tmp_path / "data").exists()
    restore(made(tmp_path / "copy.zip", [record, ("secret", b"0" * 64)]), tmp_path / "data")
    assert FileRepository(tmp_path / "data").read(("rounds", "a"), "round") == {"a": 1}


def test_a_backup_that_cannot_be_written_leaves_nothing(repository, tmp_path, monkeypatch):
    before = content(tmp_path)

    def full(self, data):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(zipfile._ZipWriteFile, "write", full)
    with pytest.raises(StorageError, match="no room left"):
        backup(repository.root, tmp_path / "copy.zip")
    monkeypatch.undo()
    assert content(tmp_path) == before
    assert not (repository.root / ".backup").exists()


def test_the_fixture_s_archives_differ_only_where_told(tmp_path):
    """The harmful archives above are refused for what is wrong with them, not for how they were made."""
    made(tmp_path / "copy.zip", [("a.json", b"x")], listed=listed_as("a.json", 1, b"x"))
    assert set(check_archive(tmp_path / "copy.zip").files) == {"meta.json", "a.json"}
    assert io.BytesIO((tmp_path / "copy.zip").read_bytes()).read(2) == b"PK"
