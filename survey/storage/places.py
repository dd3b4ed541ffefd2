"""Where in the data folder a place lies, how it is kept, and which names are allowed there.

rounds/sr-2026/round.json                     the record "round" of the place ("rounds", "sr-2026")
rounds/sr-2026/people.tinydb                  a database: the places ("rounds", "sr-2026", "access") and (… "links")
                                              are tables of it
rounds/ws-2026/skills/responses/3f/3f9….json  a place that is spread over 256 folders
rounds/sr-2026/frozen/definition.json         a file: its place keeps files and logs, no records
log/access.log                                a log, one JSON object a line
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from survey.storage.repository import BadKey, Place

RECORD = ".json"
DATABASE = ".tinydb"
LOG = ".log"


@dataclass(frozen=True, slots=True)
class Keeping:
    """How a place is kept. By default each record has a file of its own, so that writers do not wait for each other.

    `database`: its records are a table of this TinyDB, which lies in the place above: small collections that are
    looked up. `spread`: random hexadecimal keys, over folders by the first two characters; files and folders tell
    the day of a change, never the hour; so do those of `by_day`. `files_only`: no records, here and in everything
    below. `passing`: its records are worth nothing after a day, so one in quarantine is not missed.
    """

    database: str = ""
    spread: bool = False
    files_only: bool = False
    passing: bool = False
    by_day: bool = False


KEPT: tuple[tuple[Place, Keeping], ...] = (
    (("accounts",), Keeping(database="accounts")),
    (("account_links",), Keeping(database="accounts")),
    (("provider_accounts",), Keeping(database="accounts")),
    (("second_factors",), Keeping(database="accounts")),
    (("feed_keys",), Keeping(database="accounts")),
    (("account_emails",), Keeping(database="accounts")),
    (("account_resets",), Keeping(database="accounts")),
    (("contacts",), Keeping(database="contacts")),
    (("rounds", "*", "access"), Keeping(database="people")),
    (("rounds", "*", "links"), Keeping(database="people")),
    (("rounds", "*", "sign_in_links"), Keeping(database="people")),
    (("rounds", "*", "reading"), Keeping(database="reading")),
    (("rounds", "*", "themes"), Keeping(database="reading")),
    (("rounds", "*", "skills", "drafts"), Keeping(spread=True)),
    (("rounds", "*", "skills", "resume"), Keeping(spread=True)),
    (("rounds", "*", "skills", "responses"), Keeping(spread=True)),
    (("rounds", "*", "skills", "endings"), Keeping(by_day=True)),
    (("rounds", "*", "frozen"), Keeping(files_only=True)),
    (("rounds", "*", "releases", "*"), Keeping(files_only=True)),
    (("rounds", "*", "texts", "*"), Keeping(files_only=True)),
    (("translations",), Keeping(files_only=True)),
    (("editions", "contents"), Keeping(files_only=True)),
    (("rounds", "*", "presence"), Keeping(passing=True)),
    (("rounds", "*", "unfinished"), Keeping(passing=True)),
    (("limits",), Keeping(passing=True)),
    (("feed_limits",), Keeping(passing=True)),
    (("uploads",), Keeping(passing=True)),
    (("held_editions",), Keeping(passing=True)),
    (("held_lists",), Keeping(passing=True)),
    (("sessions",), Keeping(passing=True)),
    (("clock",), Keeping(passing=True, by_day=True)),
)
"""Every place that is not kept in the default way. Only where files alone are kept may a file be called ".json" or
".tinydb", so that a file never meets a record."""

SHARDS = tuple(f"{number:02x}" for number in range(256))
LOCKS = "locks"
SET_ASIDE = "set-aside"
BROUGHT = ".from-database"
RESERVED = (LOCKS, SET_ASIDE)
MOMENTARY = ("limits", "sessions", "held_lists")
"""Folders at the top that no backup holds: who failed to sign in, who is signed in just now, and whom a list names that
nobody has kept yet."""

LONGEST = 200
_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*")


def is_name(text: str) -> bool:
    """Whether a text may be a key, a name or a part of a place."""
    return len(text) <= LONGEST and is_file_name(text)


def is_file_name(text: str) -> bool:
    """Whether a text may be the name of a file or folder: nothing hidden, nothing that leads elsewhere."""
    return ".." not in text and _NAME.fullmatch(text) is not None


@lru_cache(maxsize=1024)
def keeping(place: Place) -> Keeping:
    for pattern, how in KEPT:
        same_length = how.files_only or len(place) == len(pattern)
        if same_length and len(place) >= len(pattern) and _fits(place, pattern):
            return how
    return Keeping()


def tables_below(place: Place) -> list[tuple[str, str]]:
    """The names of the places right below that are tables, each with the name of the database's file."""
    return [
        (pattern[-1], how.database + DATABASE)
        for pattern, how in KEPT
        if how.database and len(pattern) == len(place) + 1 and _fits(place, pattern[:-1])
    ]


def files_at_hand(folder: Path, database: str | None, place: Place) -> Path:
    """Where a process finds files of a place that it reads without the repository: catalogues. Where there is a
    database, they are brought there from it. Raises BadKey."""
    return folder_of(folder if database is None else folder / BROUGHT, place)


@lru_cache(maxsize=1024)
def folder_of(root: Path, place: Place) -> Path:
    """The folder of a place. The empty place is the data folder itself. Raises BadKey."""
    refuse_place(place)
    return root.joinpath(*place)


@lru_cache(maxsize=1024)
def refuse_place(place: Place) -> None:
    """Raises BadKey when there can be no such place."""
    for part in place:
        _check(part, "part of a place")
    if place and place[0] in RESERVED:
        raise BadKey(f"“{place[0]}” is kept for the data folder’s own use.")


def refuse_record(place: Place, key: str) -> None:
    """Raises BadKey when no record can be kept there."""
    _refuse_uninhabited(place)
    _check(key, "key")
    how = keeping(place)
    if how.files_only:
        raise BadKey(f"“{'/'.join(place)}” keeps files, not records.")
    if how.spread and key[:2] not in SHARDS:
        raise BadKey(f"“{key}” does not begin with two hexadecimal digits, as keys in this place do.")


def record_path(root: Path, place: Place, key: str) -> Path:
    """The file that a record is in, of its own or with all of its place. Raises BadKey."""
    refuse_record(place, key)
    how = keeping(place)
    if how.database:
        return database_path(root, place)
    name = f"{key[:2]}/{key}{RECORD}" if how.spread else key + RECORD
    return folder_of(root, place) / name


@lru_cache(maxsize=1024)
def database_path(root: Path, place: Place) -> Path:
    """The file of the database that a place is a table of. Raises BadKey."""
    return folder_of(root, place).with_name(keeping(place).database + DATABASE)


def file_path(root: Path, place: Place, name: str) -> Path:
    """Raises BadKey."""
    _refuse_uninhabited(place)
    _check(name, "name")
    if name.endswith(LOG) or (name.endswith((RECORD, DATABASE)) and not keeping(place).files_only):
        raise BadKey(f"“{name}” cannot be the name of a file in “{'/'.join(place)}”.")
    return folder_of(root, place) / name


def log_path(root: Path, place: Place, name: str) -> Path:
    """Raises BadKey."""
    _refuse_uninhabited(place)
    _check(name, "name")
    return folder_of(root, place) / (name + LOG)


def _refuse_uninhabited(place: Place) -> None:
    if not place:
        raise BadKey("Records, files and logs need a place.")
    refuse_place(place)


def _fits(place: Place, pattern: Place) -> bool:
    return all(wanted in ("*", part) for part, wanted in zip(place, pattern, strict=False))


def _check(text: object, what: str) -> None:
    if not isinstance(text, str) or not is_name(text):
        raise BadKey(f"{str(text)[:50]!r} cannot be a {what}.")
