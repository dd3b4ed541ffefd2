"""A list from a spreadsheet that somebody is about to keep: held until she has looked at what it changes and says so.

    (held_lists,), <account>    {id, at, kind, listed}

One record an account: the next list takes its place, and after a day it is worth nothing. `listed` is the list as CSV;
one of contacts goes as soon as a contact whom it names is erased. No backup holds it.
"""

import csv
from dataclasses import asdict, dataclass
from datetime import datetime
from io import StringIO
from typing import Literal

from survey.collection.held_record import held_record
from survey.storage.repository import Place, Repository, Unreadable

HELD_LISTS: Place = ("held_lists",)
ListKind = Literal["contacts", "clusters"]
LIST_KINDS: tuple[ListKind, ...] = ("contacts", "clusters")


@dataclass(frozen=True, slots=True)
class HeldList:
    """A list that was looked at and is sound."""

    id: str
    at: str
    kind: ListKind
    listed: str


def hold_list(repository: Repository, who: str, held: HeldList) -> None:
    """Hold it in the place of whatever list is held of the same account."""
    repository.write(HELD_LISTS, who, asdict(held))


def held_list(repository: Repository, who: str, kind: ListKind, list_id: str, now: datetime) -> HeldList | None:
    """What is held of an account under an id; None when it was kept, or another has its place, or a day is over.

    Raises Unreadable.
    """
    record = held_record(repository, HELD_LISTS, who, list_id, now)
    return HeldList(**record) if record and record["kind"] == kind else None


def let_list_go(repository: Repository, who: str) -> None:
    """Hold the list of an account no longer."""
    repository.delete(HELD_LISTS, who)


def let_lists_go_that_name(repository: Repository, email: str) -> None:
    """Hold no list that names an e-mail address; nor one that cannot be read, since it may."""
    for who, record in list(repository.read_all(HELD_LISTS)):
        if isinstance(record, Unreadable) or _names(record["listed"], email):
            let_list_go(repository, who)


def _names(listed: str, email: str) -> bool:
    rows = csv.reader(StringIO(listed, newline=""))
    return any(cell.lower() == email.lower() for row in rows for cell in row)
