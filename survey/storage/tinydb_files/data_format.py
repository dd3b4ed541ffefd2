"""What every data folder has at its top, and which format it is in: no version reads what it does not understand."""

import re
import secrets
from pathlib import Path

import orjson

from survey.atomic_file import create_file, replace_file
from survey.storage.json_form import json_bytes
from survey.storage.places import LOCKS
from survey.storage.repository import StorageError
from survey.storage.tinydb_files.durable import plain_errors

OLDEST = 1
"""The format that the first step of an upgrade begins with."""
FORMAT = 3
META = "meta.json"
SECRET = "secret"  # noqa: S105 (the name of the file)
MOVING = ".moving"
"""In a folder: a move into it was begun and is not finished."""
_WITHOUT_IT = (
    "Put back the file of a backup. If there is none, “data new-secret” makes another: then every access code has to "
    "be issued anew."
)


def read_format(folder: Path) -> int | None:
    """The format number of a data folder, or None when it has none yet. Raises StorageError."""
    path = folder / META
    try:
        meta = orjson.loads(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, orjson.JSONDecodeError) as error:
        raise StorageError(f"{path} cannot be read: {error}. Restore it from a backup.") from error
    if isinstance(meta, dict) and meta.get("moved"):
        raise StorageError(
            f"What was in the data folder {folder} was moved to a database. Set SURVEY_DATABASE to that, or "
            "SURVEY_DATA to another folder."
        )
    if not isinstance(meta, dict) or type(meta.get("format")) is not int:
        raise StorageError(f"{path} does not say which format the data folder has. Restore it from a backup.")
    number: int = meta["format"]
    return number


def write_format(folder: Path, number: int) -> None:
    """Say which format a data folder has. Raises StorageError."""
    with plain_errors(folder / META):
        replace_file(folder / META, json_bytes({"format": number}))


def note_moved(folder: Path) -> None:
    """Say that what is in a data folder was moved elsewhere: nobody uses it any more. Raises StorageError."""
    with plain_errors(folder / META):
        replace_file(folder / META, json_bytes({"format": FORMAT, "moved": True}))


def secret_of(folder: Path) -> str:
    """The secret of a data folder: 64 hexadecimal digits. Raises StorageError when it is missing or damaged.

    None is made in its place: every access code would open nothing from then on, and nobody would know why.
    """
    path = folder / SECRET
    with plain_errors(path):
        try:
            text = path.read_bytes().decode("ascii", "replace")
        except FileNotFoundError:
            raise StorageError(f"{path} is missing. {_WITHOUT_IT}") from None
    if not re.fullmatch(r"[0-9a-f]{64}", text):
        raise StorageError(f"{path} is damaged: it does not hold 64 hexadecimal digits. {_WITHOUT_IT}")
    return text


def make_secret(folder: Path, secret: str = "") -> None:
    """Give a data folder a secret, this or a new one, unless it has one. Raises StorageError."""
    with plain_errors(folder / SECRET):
        if not (folder / SECRET).exists():
            create_file(folder / SECRET, (secret or secrets.token_hex(32)).encode())


def replace_secret(folder: Path) -> None:
    """Give a data folder another secret: sign-ins end, and no access code, resume code or meeting pack is known any
    more. Raises StorageError."""
    with plain_errors(folder / SECRET):
        replace_file(folder / SECRET, secrets.token_hex(32).encode())


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


def refuse_other(folder: Path) -> None:
    """Raises StorageError when a data folder is of another format than this version writes, or was moved: another
    version has upgraded it, or it was put there, while this one runs."""
    number = read_format(folder)
    if number is not None and number != FORMAT:
        raise StorageError(
            f"The data folder {folder} is of format {number}, and this version of Myfyrio writes format {FORMAT}. "
            "Nothing was changed. Stop this service, and start the version that belongs to the folder."
        )
