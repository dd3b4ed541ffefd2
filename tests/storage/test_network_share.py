"""A data folder on another machine is refused, by whatever way it is reached, and nothing is made there."""

import os
from pathlib import Path

import pytest

from survey.storage.data_folder import open_data_folder
from survey.storage.repository import StorageError
from survey.storage.tinydb_files import network_share as module
from survey.storage.tinydb_files.network_share import network_share

MOUNTS = r"""22 1 254:1 / / rw,relatime - ext4 /dev/vda1 rw
30 22 0:25 / /mnt/share rw,relatime shared:12 - nfs4 files:/x rw
31 30 254:2 / /mnt/share/disk rw - xfs /dev/vdb rw
32 22 0:26 / /mnt/two\040words rw - cifs //files/x rw
33 22 254:3 / /mnt/over rw - ext4 /dev/vdc rw
34 22 0:27 / /mnt/over rw - fuse.sshfs files: rw
"""


@pytest.fixture
def mounts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "mountinfo"
    path.write_text(MOUNTS, "utf-8")
    monkeypatch.setattr(module, "MOUNTS", path)
    return path


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/var/lib/myfyrio/data", None),
        ("/mnt/share", "nfs4"),
        ("/mnt/share/not/there/yet", "nfs4"),
        ("/mnt/sharedata", None),
        ("/mnt/share/disk/data", None),
        ("/mnt/two words/data", "cifs"),
        ("/mnt/over/data", "fuse.sshfs"),
    ],
)
def test_the_mount_on_which_a_folder_lies_says_whether_it_is_on_another_machine(
    mounts: Path, folder: str, kind: str | None
) -> None:
    assert network_share(Path(folder)) == kind


def test_a_folder_on_a_share_is_refused_with_what_to_do_and_nothing_is_made(mounts: Path, tmp_path: Path) -> None:
    share, link = tmp_path / "share", tmp_path / "link"
    share.mkdir()
    link.symlink_to(share)
    mounts.write_text(f"{MOUNTS}35 22 0:28 / {share} rw - nfs files:/y rw\n", "utf-8")
    with pytest.raises(StorageError) as refused:
        open_data_folder(link / "data")
    assert str(refused.value) == (
        f"The data folder {link / 'data'} lies on a network share (nfs), where answers could be lost. Nothing was "
        "changed. Set SURVEY_DATA to a folder on a disk of this machine, or SURVEY_DATABASE to a database."
    )
    assert list(share.iterdir()) == []


def test_where_the_kernel_says_nothing_of_mounts_no_folder_is_refused(mounts: Path, tmp_path: Path) -> None:
    mounts.unlink()
    open_data_folder(tmp_path / "data")
    assert network_share(Path("/mnt/share")) is None


def test_a_folder_that_is_on_no_mount_of_which_the_kernel_tells_is_not_refused(mounts: Path) -> None:
    mounts.write_text(MOUNTS.partition("\n")[2], "utf-8")
    assert network_share(Path("/var/lib/myfyrio/data")) is None


def test_a_mount_whose_name_is_no_text_hides_no_other(mounts: Path) -> None:
    mounts.write_bytes(mounts.read_bytes() + b"36 22 0:29 / /mnt/\xff rw - nfs files:/z rw\n")
    assert network_share(Path("/mnt/share/data")) == "nfs4"
    assert network_share(Path(os.fsdecode(b"/mnt/\xff/data"))) == "nfs"
