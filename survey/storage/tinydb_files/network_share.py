"""Whether a folder lies on another machine: there locks may not hold, nor what was flushed be on a disk. Or on none.

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
OF_THE_KERNEL = frozenset(
    ("proc", "sysfs", "cgroup", "cgroup2", "devpts", "securityfs", "debugfs", "tracefs", "mqueue")
)
"""Types that hold no files of anybody’s, whatever their modes say to root."""

_LINE = re.compile(r"^\S+ \S+ \S+ \S+ (?P<where>\S+) .*? - (?P<type>\S+) ", re.MULTILINE)
_ESCAPED = re.compile(r"\\([0-7]{3})")


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
    kind = _file_system(folder)
    return kind if kind in OF_NETWORKS else None


def can_be_written(folder: Path) -> bool:
    """Whether this user could make a folder, and files in it. Changes nothing."""
    if _file_system(folder) in OF_THE_KERNEL:
        return False
    there = next(path for path in (folder, *folder.parents) if os.path.lexists(path))
    return there.is_dir() and os.access(there, os.W_OK | os.X_OK)


def _file_system(folder: Path) -> str | None:
    try:
        mounts = _LINE.findall(os.fsdecode(MOUNTS.read_bytes()))
    except OSError:
        return None
    # Of two mounts in one place the later is seen.
    kinds = {_ESCAPED.sub(lambda octal: chr(int(octal[1], 8)), where): kind for where, kind in mounts}
    real = Path(os.path.realpath(folder))
    return next((kinds[str(above)] for above in (real, *real.parents) if str(above) in kinds), None)
