"""A data folder from one file, as `myfyrio data restore` makes it."""

from pathlib import Path
from typing import Any

from survey.storage.archive import opened_archive
from survey.storage.backup import restore_from


def restore(archive: Path, root: Path, **how: Any) -> Path | None:
    """Make `root` what it was when the file `archive` was written. As `restore_from`."""
    return restore_from(opened_archive(archive), root, **how)
