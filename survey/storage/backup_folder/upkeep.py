"""What lies in a folder of backups and belongs to none of them: of a backup that was killed, or has been let go."""

from pathlib import Path

from survey.atomic_file import TEMPORARY
from survey.storage.backup_folder.listing import listing
from survey.storage.backup_folder.pieces import Pieces


def remove_unnamed(folder: Path) -> list[Path]:
    """Remove the pieces that no backup needs, and half-written files; say which. Nobody writes a backup meanwhile.

    While a backup cannot be read, all pieces stay: it may be of a newer version, or be mended. Raises OSError.
    """
    listed = listing(folder)
    removed = []
    for path in folder.glob(f".*{TEMPORARY}"):
        path.unlink(missing_ok=True)
        removed.append(path)
    if listed.unreadable:
        return removed
    return [*removed, *Pieces(folder).remove_all_but({name for backup in listed.backups for name in backup.needs})]
