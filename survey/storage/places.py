"""Where in the data folder a place lies, and which names are allowed there.

rounds/sr-2026/round.json                     the record "round" of the place ("rounds", "sr-2026")
rounds/ws-2026/skills/responses/3f/3f9….json  a place that is spread over 256 folders
rounds/sr-2026/frozen/definition.json         a file: its place keeps files and logs, no records
log/access.log                                a log, one JSON object a line
"""

import re
from pathlib import Path

from survey.storage.repository import BadKey, Place

RECORD = ".json"
LOG = ".log"

SPREAD: tuple[Place, ...] = (
    ("rounds", "*", "skills", "drafts"),
    ("rounds", "*", "skills", "resume"),
    ("rounds", "*", "skills", "responses"),
)
"""Anonymous places: many records under random hexadecimal keys, spread over folders by the first two
characters of the key; their files and folders tell the day of a change, never the hour."""

FILES: tuple[Place, ...] = (
    ("rounds", "*", "frozen"),
    ("rounds", "*", "releases", "*"),
    ("rounds", "*", "texts", "*"),
    ("translations",),
)
"""Places that keep files and logs and no records, with everything below them. Anywhere else a file may not
be called ".json", so that a record and a file never meet."""

PASSING: tuple[Place, ...] = (("limits",),)
"""Places whose records are worth nothing after a day: one that is set aside is not missed."""

SHARDS = tuple(f"{number:02x}" for number in range(256))
LOCKS = "locks"
SET_ASIDE = "set-aside"
RESERVED = (LOCKS, SET_ASIDE)

LONGEST = 200
_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*")


def is_name(text: str) -> bool:
    """Whether a text may be a key, a name or a part of a place."""
    return len(text) <= LONGEST and is_file_name(text)


def is_file_name(text: str) -> bool:
    """Whether a text may be the name of a file or folder: nothing hidden, nothing that leads elsewhere."""
    return ".." not in text and _NAME.fullmatch(text) is not None


def is_spread(place: Place) -> bool:
    return any(_begins(place, pattern) and len(place) == len(pattern) for pattern in SPREAD)


def keeps_files_only(place: Place) -> bool:
    return any(_begins(place, pattern) for pattern in FILES)


def folder_of(root: Path, place: Place) -> Path:
    """The folder of a place. The empty place is the data folder itself. Raises BadKey."""
    for part in place:
        _check(part, "part of a place")
    if place and place[0] in RESERVED:
        raise BadKey(f"“{place[0]}” is kept for the data folder’s own use.")
    return root.joinpath(*place)


def record_path(root: Path, place: Place, key: str) -> Path:
    """Raises BadKey."""
    folder = _inhabited(root, place)
    _check(key, "key")
    if keeps_files_only(place):
        raise BadKey(f"“{'/'.join(place)}” keeps files, not records.")
    if is_spread(place):
        if key[:2] not in SHARDS:
            raise BadKey(f"“{key}” does not begin with two hexadecimal digits, as keys in this place do.")
        folder /= key[:2]
    return folder / (key + RECORD)


def file_path(root: Path, place: Place, name: str) -> Path:
    """Raises BadKey."""
    folder = _inhabited(root, place)
    _check(name, "name")
    if name.endswith(LOG) or (name.endswith(RECORD) and not keeps_files_only(place)):
        raise BadKey(f"“{name}” cannot be the name of a file in “{'/'.join(place)}”.")
    return folder / name


def log_path(root: Path, place: Place, name: str) -> Path:
    """Raises BadKey."""
    folder = _inhabited(root, place)
    _check(name, "name")
    return folder / (name + LOG)


def _inhabited(root: Path, place: Place) -> Path:
    if not place:
        raise BadKey("Records, files and logs need a place.")
    return folder_of(root, place)


def _begins(place: Place, pattern: Place) -> bool:
    if len(place) < len(pattern):
        return False
    return all(wanted in ("*", part) for part, wanted in zip(place, pattern, strict=False))


def _check(text: object, what: str) -> None:
    if not isinstance(text, str) or not is_name(text):
        raise BadKey(f"{str(text)[:50]!r} cannot be a {what}.")
