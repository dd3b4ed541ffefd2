"""Whether a folder lies on another machine: there locks may not hold, nor what was flushed be on a disk.

The kernel says it of every mount (proc_pid_mountinfo(5)). Where it says nothing, nothing is known against a folder.
"""

import os
import re
from pathlib import Path

from survey.storage.repository import StorageError

MOUNTS = Path("/proc/self/mountinfo")
OF_NETWORKS = frozenset(
    (
        *("nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ceph", "lustre", "beegfs", "ncpfs"),
        *("fuse.sshfs", "fuse.ceph", "fuse.ceph-fuse", "fuse.glusterfs", "fuse.s3fs", "fuse.rclone", "fuse.davfs2"),
    )
)
"""Types of file systems whose files another machine has."""

_LINE = re.compile(r"^\S+ \S+ \S+ \S+ (?P<where>\S+) .*? - (?P<type>\S+) ", re.MULTILINE)


def refuse_network_share(folder: Path) -> None:
    """Raises StorageError for a data folder on another machine, whether or not it is there yet."""
    kind = network_share(folder)
    if kind is not None:
        raise StorageError(
            f"The data folder {folder} lies on a network share ({kind}), where answers could be lost. Nothing was "
            "changed. Set SURVEY_DATA to a folder on a disk of this machine, or SURVEY_DATABASE to a database."
        )


def network_share(folder: Path) -> str | None:
    """The type of the network file system on which a folder lies, or would be made; None if it lies on none."""
    try:
        mounts = _LINE.findall(MOUNTS.read_text("utf-8", "surrogateescape"))
    except OSError:
        return None
    real = Path(os.path.realpath(folder))
    depth, kind = 0, ""
    for where, kind_there in mounts:
        # Of two mounts in one place the later is seen.
        if (deep := _depth(real, where)) and deep >= depth:
            depth, kind = deep, kind_there
    return kind if kind in OF_NETWORKS else None


def _depth(folder: Path, where: str) -> int:
    """How much of the way to a folder leads to a mount; 0 if it does not lie there."""
    mount = Path(re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), where))
    return len(mount.parts) if folder.is_relative_to(mount) else 0
