"""A folder beside the data folder for something that is gone afterwards, whatever happens."""

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from survey.atomic_file import make_folder
from survey.storage.backup import UNPACKED, remove_leftovers
from survey.storage.occupancy import alone_with
from survey.storage.tinydb_files.durable import plain_errors


@contextmanager
def throw_away_folder(root: Path) -> Iterator[Path]:
    """A new, empty folder in one that is removed with all that is beside it there. `root` need not be there.

    What is left by one that is killed is removed as what a killed restore leaves is. Raises StorageError.
    """
    root = root.absolute()
    with plain_errors(root.parent):
        make_folder(root.parent)
    remove_leftovers(root)
    around = root.with_name(f".{root.name}.{UNPACKED}-{secrets.token_hex(4)}")
    with plain_errors(around):
        make_folder(around)
    try:
        with alone_with(around):
            with plain_errors(around):
                make_folder(around / "data")
            yield around / "data"
    finally:
        shutil.rmtree(around, ignore_errors=True)
