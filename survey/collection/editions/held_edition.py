"""An edition that somebody is about to keep: held until she has looked at what it changes and says so.

    (held_editions), <account>    {id, at, how, source, welsh}

One record an account: the next takes its place, and after a day it is worth nothing. `source` is the JSON as text.
"""

from dataclasses import dataclass
from datetime import datetime

import orjson

from survey.collection.editions.changes import HowEditionChanged
from survey.collection.held_record import held_record
from survey.questionnaire.builder import JsonObject
from survey.storage.repository import Place, Repository

HELD_EDITIONS: Place = ("held_editions",)


@dataclass(frozen=True, slots=True)
class HeldEdition:
    """An edition that was looked at and is sound, with the Welsh that came with it: context, English, Welsh."""

    id: str
    at: str
    how: HowEditionChanged
    source: JsonObject
    welsh: tuple[tuple[str, str, str], ...] = ()


def hold_edition(repository: Repository, who: str, held: HeldEdition) -> None:
    """Hold it in the place of whatever is held of the same account."""
    record = {"id": held.id, "at": held.at, "how": held.how, "welsh": [list(translation) for translation in held.welsh]}
    repository.write(HELD_EDITIONS, who, record | {"source": orjson.dumps(held.source).decode()})


def held_edition(repository: Repository, who: str, held_id: str, now: datetime) -> HeldEdition | None:
    """What is held under an id; None when it was kept, or another has its place, or a day is over."""
    record = held_record(repository, HELD_EDITIONS, who, held_id, now)
    if record is None:
        return None
    welsh = tuple((context, english, text) for context, english, text in record["welsh"])
    return HeldEdition(record["id"], record["at"], record["how"], orjson.loads(record["source"]), welsh)


def let_edition_go(repository: Repository, who: str) -> None:
    """Hold it no longer."""
    repository.delete(HELD_EDITIONS, who)
