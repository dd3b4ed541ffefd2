"""What every data folder has at its top, and which format it is in: no version reads what it does not understand."""

from pathlib import Path

import orjson

from survey.atomic_file import replace_file
from survey.storage.places import LOCKS
from survey.storage.repository import StorageError
from survey.storage.tinydb_files.durable import json_bytes, plain_errors

OLDEST = 1
"""The format that the first step of an upgrade begins with."""
FORMAT = 2
META = "meta.json"
SECRET = "secret"  # noqa: S105 (the name of the file)


def read_format(folder: Path) -> int | None:
    """The format number of a data folder, or None when it has none yet. Raises StorageError."""
    path = folder / META
    try:
        meta = orjson.loads(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, orjson.JSONDecodeError) as error:
        raise StorageError(f"{path} cannot be read: {error}. Restore it from a backup.") from error
    if not isinstance(meta, dict) or type(meta.get("format")) is not int:
        raise StorageError(f"{path} does not say which format the data folder has. Restore it from a backup.")
    number: int = meta["format"]
    return number


def write_format(folder: Path, number: int) -> None:
    """Say which format a data folder has. Raises StorageError."""
    with plain_errors(folder / META):
        replace_file(folder / META, json_bytes({"format": number}))


def is_data_folder(folder: Path) -> bool:
    """Whether a folder is a data folder in its own right, wherever it lies; nothing in it belongs to one around it."""
    # A record may be called “meta” too, but nothing else has locks.
    return (folder / META).is_file() and (folder / LOCKS).is_dir()


def refuse_newer(number: int, what: str) -> None:
    """Raises StorageError when a format is newer than this version of Myfyrio reads."""
    if number > FORMAT:
        raise StorageError(
            f"{what} was made by a newer version of Myfyrio (format {number}; this version reads up to {FORMAT}). "
            "Nothing was changed. Install the newer version, or use a backup from before."
        )
