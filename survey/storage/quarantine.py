"""Records that were set aside because they could not be read: kept, and spoken of until somebody settles them.

set-aside/rounds/sr-2026/reflection/arfon.json      still missing from its place
set-aside/rounds/sr-2026/reflection/arfon.json.2    its loss was accepted, or another was set aside later
"""

from contextlib import suppress
from pathlib import Path

from survey.storage.places import PASSING, RECORD, SET_ASIDE, is_name
from survey.storage.repository import Place, Unreadable

REASON = "it was set aside because it could not be read, and has been neither put back nor given up"


def folder_aside(root: Path, place: Place) -> Path:
    """Where the records of a place are set aside."""
    return root.joinpath(SET_ASIDE, *place)


def path_aside(root: Path, place: Place, key: str) -> Path:
    """Where a record lies that was set aside and is still missing from its place."""
    return folder_aside(root, place) / f"{key}{RECORD}"


def refuse_missing(root: Path, place: Place, key: str) -> None:
    """Raises Unreadable when a record that is not in its place was set aside."""
    if place not in PASSING and path_aside(root, place, key).exists():
        raise Unreadable(place, key, REASON)


def keys_aside(root: Path, place: Place) -> list[str]:
    """The keys of the records of a place that were set aside, sorted."""
    if not place or place in PASSING:
        return []
    with suppress(FileNotFoundError, NotADirectoryError):
        names = [path.name for path in folder_aside(root, place).iterdir()]
        keys = (name.removesuffix(RECORD) for name in names if name.endswith(RECORD))
        return sorted(key for key in keys if is_name(key))
    return []


def files_aside(root: Path, place: Place, key: str) -> list[Path]:
    """Every file in which a record was ever set aside, the latest numbers last."""
    first = path_aside(root, place, key)
    return sorted(path for path in (first, *first.parent.glob(f"{first.name}.*")) if path.is_file())


def free_path(root: Path, place: Place, key: str) -> Path:
    """A free name for a record whose loss is accepted, beside those before it."""
    first = path_aside(root, place, key)
    number = 2
    while (path := first.with_name(f"{first.name}.{number}")).exists():
        number += 1
    return path
