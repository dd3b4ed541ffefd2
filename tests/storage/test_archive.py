"""What goes into an archive comes out of it again, and what is wrong with one is said in full."""

import hashlib
import json
import stat
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from survey.storage import archive as archives
from survey.storage.archive import (
    ArchivedFile,
    BadArchive,
    Manifest,
    add_file,
    add_manifest,
    copy_out,
    opened,
    sha256_of,
)

DATA = bytes(range(256)) * 3
SOUND = {"a.json": b"a", "rounds/sr-2026/round.json": b"bb"}


@pytest.fixture
def source(tmp_path) -> Path:
    path = tmp_path / "source"
    path.write_bytes(DATA)
    return path


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def listed(files: dict[str, bytes]) -> dict[str, dict[str, object]]:
    return {name: {"size": len(data), "sha256": digest(data)} for name, data in files.items()}


def packed(path: Path, files: dict[str, bytes], manifest: object) -> Path:
    with zipfile.ZipFile(path, "w") as target:
        for name, data in files.items():
            target.writestr(name, data)
        if manifest is not None:
            target.writestr("manifest.json", json.dumps(manifest))
    return path


def reason(path: Path) -> str:
    with pytest.raises(BadArchive) as raised, opened(path):
        pass
    return str(raised.value)


@pytest.mark.parametrize("piece", [1, 7, 256, len(DATA), 2**20])
def test_a_file_comes_out_as_it_went_in_however_it_is_cut(tmp_path, source, monkeypatch, piece):
    monkeypatch.setattr(archives, "PIECE", piece)
    with zipfile.ZipFile(tmp_path / "copy.zip", "w") as target:
        content = add_file(target, "source", source, len(DATA))
        add_manifest(target, Manifest(2, {"source": content}))
    assert content == ArchivedFile(len(DATA), digest(DATA))
    out = BytesIO()
    with opened(tmp_path / "copy.zip") as (kept, manifest):
        assert manifest == Manifest(2, {"source": content})
        assert manifest.size == len(DATA)
        copy_out(kept, "source", content, out)
        copy_out(kept, "source", content)
    assert out.getvalue() == DATA
    assert sha256_of(source) == content.sha256


def test_of_a_file_that_grew_only_what_it_held_goes_in(tmp_path, source):
    with zipfile.ZipFile(tmp_path / "copy.zip", "w") as target:
        assert add_file(target, "source", source, 300) == ArchivedFile(300, digest(DATA[:300]))
        assert add_file(target, "nothing", source, 0) == ArchivedFile(0, digest(b""))
    with zipfile.ZipFile(tmp_path / "copy.zip") as kept:
        assert kept.read("source") == DATA[:300]
        assert kept.read("nothing") == b""


def test_a_file_that_became_shorter_is_an_error(tmp_path, source):
    with (
        zipfile.ZipFile(tmp_path / "copy.zip", "w") as target,
        pytest.raises(OSError, match=r"^the file became shorter while it was read$"),
    ):
        add_file(target, "source", source, len(DATA) + 1)


def test_entries_are_small_regular_private_and_without_a_time(tmp_path, source):
    with zipfile.ZipFile(tmp_path / "copy.zip", "w") as target:
        content = add_file(target, "rounds/source", source, len(DATA))
        add_manifest(target, Manifest(7, {"rounds/source": content}))
    with zipfile.ZipFile(tmp_path / "copy.zip") as kept:
        assert kept.namelist() == ["rounds/source", "manifest.json"]
        for entry in kept.infolist():
            assert entry.compress_type == zipfile.ZIP_DEFLATED
            assert entry.external_attr >> 16 == stat.S_IFREG | 0o600
            assert entry.date_time == (1980, 1, 1, 0, 0, 0)
        text = kept.read("manifest.json")
    assert json.loads(text) == {
        "kind": "myfyrio-backup",
        "format": 7,
        "files": {"rounds/source": {"size": len(DATA), "sha256": digest(DATA)}},
    }
    assert text.startswith(b'{\n  "kind"')


@pytest.mark.parametrize(
    ("content", "size"), [(b"abc", 2), (b"abc", 4), (b"abd", 3), (b"", 1)], ids=("longer", "shorter", "other", "empty")
)
def test_a_file_that_is_not_what_it_must_be_is_refused(tmp_path, content, size):
    path = packed(tmp_path / "copy.zip", {"a.json": content}, None)
    with zipfile.ZipFile(path) as kept, pytest.raises(BadArchive) as raised:
        copy_out(kept, "a.json", ArchivedFile(size, digest(b"abc")))
    assert str(raised.value) == "“a.json” in the backup is not what the manifest says it is."


def test_no_more_is_unpacked_than_the_manifest_says(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "PIECE", 10)
    path = packed(tmp_path / "copy.zip", {"a.json": b"0" * 100}, None)
    out = BytesIO()
    with zipfile.ZipFile(path) as kept, pytest.raises(BadArchive):
        copy_out(kept, "a.json", ArchivedFile(20, digest(b"0" * 20)), out)
    assert out.getvalue() == b"0" * 20


def test_a_damaged_file_is_named(tmp_path):
    path = packed(tmp_path / "copy.zip", {"a.json": b"0" * 100}, None)
    data = bytearray(path.read_bytes())
    data[data.index(b"0" * 100) + 50] = 0
    path.write_bytes(data)
    with zipfile.ZipFile(path) as kept, pytest.raises(BadArchive) as raised:
        copy_out(kept, "a.json", ArchivedFile(100, digest(b"0" * 100)))
    assert str(raised.value).startswith("“a.json” in the backup is damaged: Bad CRC-32")


def test_a_file_that_is_no_zip_is_named(tmp_path):
    (tmp_path / "copy.zip").write_bytes(b"not a zip")
    assert (
        reason(tmp_path / "copy.zip") == f"{tmp_path / 'copy.zip'} cannot be read as a backup: File is not a zip file"
    )


@pytest.mark.parametrize("name", ["../a", "a//b", "/a", "a/", ".a", "a b", "locks", "locks/00.lock", "a/../b"])
def test_a_name_that_leads_elsewhere_is_named(tmp_path, name):
    path = packed(tmp_path / "copy.zip", {name: b""}, {})
    assert reason(path) == f"{name!r} in the backup is not the name of a file in a data folder."


def test_of_a_name_without_end_a_hundred_characters_are_told(tmp_path):
    path = packed(tmp_path / "copy.zip", {"é" * 200: b""}, {})
    assert reason(path) == f"{'é' * 100!r} in the backup is not the name of a file in a data folder."


def test_locks_are_the_data_folder_s_own_at_its_top_only(tmp_path):
    files = {"rounds/locks/a.json": b"a", "locksmith/a.json": b"b"}
    path = packed(tmp_path / "copy.zip", files, {"kind": "myfyrio-backup", "format": 2, "files": listed(files)})
    with opened(path) as (_, manifest):
        assert set(manifest.files) == set(files)


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFCHR, stat.S_IFDIR, stat.S_IFIFO])
def test_what_is_no_file_is_named(tmp_path, kind):
    entry = zipfile.ZipInfo("a")
    entry.external_attr = (kind | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "copy.zip", "w") as target:
        target.writestr(entry, b"")
    assert reason(tmp_path / "copy.zip") == "“a” in the backup is a link or device, not a file."


@pytest.mark.parametrize("packing", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_another_way_of_packing_is_named(tmp_path, packing):
    with zipfile.ZipFile(tmp_path / "copy.zip", "w", packing) as target:
        target.writestr("a", b"a")
    assert reason(tmp_path / "copy.zip") == "“a” in the backup is packed in a way that backups are not."


def test_what_is_encrypted_is_named(tmp_path):
    path = packed(tmp_path / "copy.zip", {"a": b"a"}, {})
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    assert reason(path) == "“a” in the backup is packed in a way that backups are not."


@pytest.mark.parametrize("packing", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_both_ways_of_packing_that_backups_know_are_taken(tmp_path, packing):
    document = {"kind": "myfyrio-backup", "format": 2, "files": listed(SOUND)}
    with zipfile.ZipFile(tmp_path / "copy.zip", "w", packing) as target:
        for name, data in SOUND.items():
            target.writestr(name, data)
        target.writestr("manifest.json", json.dumps(document))
    with opened(tmp_path / "copy.zip") as (_, manifest):
        assert manifest == Manifest(2, {name: ArchivedFile(len(data), digest(data)) for name, data in SOUND.items()})


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_is_there_twice_is_named(tmp_path):
    with zipfile.ZipFile(tmp_path / "copy.zip", "w") as target:
        target.writestr("a", b"a")
        target.writestr("a", b"a")
    assert reason(tmp_path / "copy.zip") == "“a” is in the backup twice."


def test_a_file_that_is_a_folder_too_is_named(tmp_path):
    path = packed(tmp_path / "copy.zip", {"rounds/a/b/c.json": b"", "rounds/a": b""}, {})
    assert reason(path) == "“rounds/a” in the backup is a file and a folder."


@pytest.mark.parametrize(
    ("manifest", "said"),
    [
        (None, "This is not a backup: it has no manifest."),
        *(
            (manifest, "The manifest of the backup cannot be read.")
            for manifest in (
                [],
                {},
                {"kind": "other", "format": 2, "files": listed(SOUND)},
                {"kind": "myfyrio-backup", "format": "two", "files": listed(SOUND)},
                {"kind": "myfyrio-backup", "format": [], "files": listed(SOUND)},
                {"kind": "myfyrio-backup", "files": listed(SOUND)},
                {"kind": "myfyrio-backup", "format": 2, "files": []},
                {"kind": "myfyrio-backup", "format": 2},
                {"kind": "myfyrio-backup", "format": 2, "files": {"a.json": {"size": 1}}},
                {"kind": "myfyrio-backup", "format": 2, "files": {"a.json": 7}},
            )
        ),
        (
            {"kind": "myfyrio-backup", "format": 2, "files": listed({**SOUND, "b.json": b"b"})},
            "“b.json” is missing from the backup.",
        ),
        (
            {"kind": "myfyrio-backup", "format": 2, "files": listed({"a.json": b"a"})},
            "“rounds/sr-2026/round.json” is in the backup but not in its manifest.",
        ),
        (
            {"kind": "myfyrio-backup", "format": 2, "files": listed({**SOUND, "a.json": b"aa"})},
            "“a.json” in the backup has another size than the manifest says.",
        ),
    ],
)
def test_what_is_wrong_with_a_manifest_is_said(tmp_path, manifest, said):
    assert reason(packed(tmp_path / "copy.zip", SOUND, manifest)) == said


def test_a_manifest_that_is_too_large_is_not_unpacked(tmp_path, monkeypatch):
    document = {"kind": "myfyrio-backup", "format": 2, "files": listed(SOUND)}
    path = packed(tmp_path / "copy.zip", SOUND, document)
    size = len(json.dumps(document))
    monkeypatch.setattr(archives, "LARGEST_MANIFEST", size)
    with opened(path) as (_, manifest):
        assert manifest.format == 2
    monkeypatch.setattr(archives, "LARGEST_MANIFEST", size - 1)
    assert reason(path) == "The manifest of the backup is too large."


def test_a_manifest_that_is_damaged_is_named(tmp_path):
    path = packed(tmp_path / "copy.zip", SOUND, {"kind": "myfyrio-backup"})
    data = bytearray(path.read_bytes())
    data[data.index(b"myfyrio-backup")] = 0
    path.write_bytes(data)
    assert reason(path).startswith("“manifest.json” in the backup is damaged: ")
