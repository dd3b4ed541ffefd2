"""What a backup that was killed left is removed and told; nothing else is, whatever is said to be unfinished."""

import stat

import pytest

from survey.atomic_file import TEMPORARY
from survey.storage.backup_folder.moment import link_all, note_unfinished, remove_staging
from survey.storage.backup_folder.pieces import Pieces


@pytest.fixture
def staging(tmp_path):
    staging = tmp_path / "data" / ".backup"
    staging.mkdir(parents=True)
    (staging / "linked.json").touch()
    return staging


def test_a_half_written_archive_goes_with_the_links(staging, tmp_path):
    half = tmp_path / f".backup.zip{TEMPORARY}"
    half.touch()
    note_unfinished(staging, half)
    assert remove_staging(staging.parent) == [half, staging]
    assert [half.exists(), staging.exists()] == [False, False]
    assert remove_staging(staging.parent) == []


@pytest.mark.parametrize("name", ["backup.zip", ".backup.zip", f"backup.zip{TEMPORARY}"])
def test_what_was_never_half_written_stays(staging, tmp_path, name):
    whole = tmp_path / name
    whole.touch()
    note_unfinished(staging, whole)
    assert remove_staging(staging.parent) == [staging]
    assert whole.exists()


def test_one_that_is_gone_already_is_not_told(staging, tmp_path):
    note_unfinished(staging, tmp_path / f".backup.zip{TEMPORARY}")
    assert remove_staging(staging.parent) == [staging]


def test_of_a_folder_of_backups_what_belongs_to_none_goes(staging, tmp_path):
    piece = Pieces(tmp_path / "backups").path(Pieces(tmp_path / "backups").put(b"new"))
    note_unfinished(staging, tmp_path / "backups")
    assert remove_staging(staging.parent) == [piece, staging]


def test_folders_of_links_are_private_and_hidden_files_are_not_linked(staging):
    root = staging.parent
    (root / "rounds").mkdir()
    for name in ("b.json", "a.json", ".hidden"):
        (root / "rounds" / name).write_bytes(b"{}")
    assert list(link_all(root, staging)) == [("rounds/a.json", 2), ("rounds/b.json", 2)]
    assert stat.S_IMODE((staging / "rounds").stat().st_mode) == 0o700
