"""The one door to everything that is kept: what a repository promises, and how it says that it cannot.

The promises are few, so that a database could keep them as well as files do. Every write is durable when the
method returns. Every error leaves what was kept before. Reading never changes anything.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import Any, Protocol

from survey.storage.key_ring import KeyRing

Record = dict[str, Any]
"""A JSON object: text keys, JSON values (lists, not tuples), whole numbers within 64 bits, no NaN.
What is read equals what was written; the order of its keys means nothing and is not kept."""

Place = tuple[str, ...]
"""Where a record lives, outermost first: ("rounds", "sr-2026", "reflection")."""

Name = tuple[Place, str]
"""The place of a record, and its key there."""


class StorageError(Exception):
    """Something could not be kept or read. The message is plain English for the operator."""


class StorageFull(StorageError):
    """There is no room left on the disk. What was kept before is untouched."""


class BadKey(StorageError):
    """A place, key or name that cannot be one. Nothing was looked up."""


class BadRecord(StorageError):
    """A value that would not come back from JSON as it went in. Nothing was written."""


class Unreadable(StorageError):
    """A record or log line that is there and cannot be read.

    Attributes: place, key (for a log line its name and number, "access.log line 3"), reason (plain English).
    """

    def __init__(self, place: Place, key: str, reason: str) -> None:
        super().__init__(place, key, reason)
        self.place = place
        self.key = key
        self.reason = reason

    def __str__(self) -> str:
        return f"{'/'.join((*self.place, self.key))}: {self.reason}"


SET_ASIDE_REASON = "it was set aside because it could not be read, and has been neither put back nor given up"

Misfit = Callable[[Place, str, Record], str]
"""What a record that can be read has not of the shape of its kind; empty when it has it all."""


def anything_fits(_place: Place, _key: str, _record: Record) -> str:
    """For whoever does not know what is kept: any JSON object will do."""
    return ""


class Quarantine(Protocol):
    """Unreadable records that were moved out of their places, until somebody settles them."""

    def add(self, place: Place, key: str) -> PurePath | None:
        """Move a record that is unreadable out of its place, and say where to.

        None, and no change, when it is readable after all, or gone.
        """

    def put_back(self, place: Place, key: str) -> bool:
        """Move a record that has been mended to its place again.

        Whether there was one and its place was free. Raises Unreadable when it has not been mended.
        """

    def accept_loss(self, place: Place, key: str) -> PurePath | None:
        """Speak no more of what is in quarantine: its place is free. It stays, and this says where.

        None when nothing was in quarantine.
        """

    def held(self, place: Place) -> Iterator[tuple[str, int, Any]]:
        """What was moved here out of a place: key, number, and the JSON that it is. Number 0 is missing from its place;
        under the others its loss was accepted. Raises Unreadable for what is missing and is no JSON; of what is not
        missing, such a thing is left out."""

    def hold(self, place: Place, key: str, number: int, document: Any) -> None:
        """Have in quarantine, under the same key and number, what another quarantine holds."""


class Repository(Protocol):
    """Records by place and key, files by place and name, and logs that only grow.

    Parts of a place, keys and names are made of the letters A–Z a–z, digits, "_", "-" and ".", with at most 200
    characters, no "." at the beginning and no ".."; anything else raises BadKey. Any method may raise StorageError
    when the disk refuses, StorageFull when it is full.
    """

    @property
    def quarantine(self) -> Quarantine:
        """What was moved out of the way, because it could not be read."""

    def __hash__(self) -> int:
        """So that what is made from a repository can be cached by it."""

    def read(self, place: Place, key: str) -> Record | None:
        """The record, or None when there is none. Raises Unreadable."""

    def read_ahead(self, names: Sequence[Name]) -> Mapping[Name, Record | Unreadable | None]:
        """Records that are about to be read, by place and key, each as `read` would give it or what that would raise.

        Empty where one after the other costs no more. A repository that remembers what was read remembers these.
        """

    def read_all(self, place: Place) -> Iterator[tuple[str, Record | Unreadable]]:
        """Every record of a place with its key, in the order of keys; an unreadable one as the reason why.

        A place that cannot be read as a whole gives one such reason.
        """

    def find(self, place: Place, /, **fields: Any) -> Iterator[tuple[str, Record | Unreadable]]:
        """Those of `read_all` that have these values in these fields, and those that cannot be read: they may too."""

    def keys(self, place: Place) -> list[str]:
        """The keys of a place, sorted. Empty for a place that holds nothing."""

    def revision(self, place: Place) -> str:
        """What tells the state of a place from every other: it changes with each record that is kept, set aside or
        deleted there. No record is read for it."""

    def places(self, place: Place) -> list[str]:
        """The next parts of the places below this one, sorted; some may hold nothing any more."""

    def write(self, place: Place, key: str, record: Record) -> None:
        """Create or replace. Raises Unreadable rather than replace what cannot be read."""

    def write_all(self, place: Place, records: Sequence[tuple[str, Record]]) -> None:
        """Create or replace these, by their keys, each as `write` does. Whoever is stopped in between may have kept
        some."""

    def create(self, place: Place, key: str, record: Record) -> bool:
        """Keep a record under a key that is free; never replace.

        True: the record is kept, exactly as given, by this call or an earlier one. So repeating a submission
        with the same random key and the same content is a success each time, and makes one record.
        False: a different record has the key, and stays.
        """

    def update(self, place: Place, key: str, change: Callable[[Record | None], Record]) -> Record:
        """Replace a record by what `change` makes of it (of None when there is none), and return the new one.

        Nobody else writes the record in between. When `change` raises, nothing is written. `change` may read
        from the repository but not write to it: that raises RuntimeError.
        """

    def delete(self, place: Place, key: str) -> bool:
        """Whether there was such a record. It is gone now, readable or not, and with it what is in quarantine of it.

        Raises Unreadable when it is in a database of many that cannot be read.
        """

    def read_bytes(self, place: Place, name: str) -> bytes:
        """The content of a file. Raises Unreadable, also when there is none."""

    def write_bytes(self, place: Place, name: str, data: bytes) -> None:
        """Create or replace a file: a frozen definition, part of a release."""

    def files(self, place: Place) -> list[str]:
        """The names of the files of a place, sorted."""

    def append(self, place: Place, name: str, entry: Record) -> None:
        """Add an entry at the end of a log."""

    def append_all(self, place: Place, name: str, entries: Sequence[Record]) -> None:
        """Add these at the end of a log, in this order. Whoever is stopped in between may have added the first."""

    def entries(self, place: Place, name: str) -> Iterator[Record]:
        """The entries of a log, oldest first. A line cut short by a crash is reported as a warning, and left out."""

    def log_lines(self, place: Place, name: str) -> Iterator[Record | Unreadable]:
        """The entries of a log, oldest first, with the lines that are none as the reason why."""

    def logs(self, place: Place) -> list[str]:
        """The names of the logs of a place, sorted."""

    def remove(self, place: Place) -> None:
        """Remove everything that is kept in a place and below it, what is in quarantine of it too. It comes to the same
        if it is done again."""

    def key_ring(self) -> KeyRing:
        """The secrets that are kept with the data. Raises StorageError when they are missing or damaged."""

    def change_key_ring(self, change: Callable[[KeyRing], KeyRing]) -> KeyRing:
        """Keep what `change` makes of them in their place, in one step, and return it. Nobody else changes them in
        between; when `change` raises, nothing is changed."""

    def problems(self) -> list[str]:
        """Why nothing could be kept or read just now, in plain English; empty when all is well. Tries it, and leaves
        nothing."""
