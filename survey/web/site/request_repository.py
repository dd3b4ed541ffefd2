"""The repository as a request uses it: no record is read twice, and of a database as little as possible is asked."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import current_app, g, request

from survey.collection.people.accounts import EVENTS, LOG
from survey.collection.rounds.round import ROUNDS
from survey.storage.repository import Name, Place, Record, Repository, Unreadable
from survey.web.site.short_cache import lately

ANSWERING = ("respond", "anonymous")
"""The blueprints of those who answer."""


@dataclass(frozen=True)
class RequestRepository:
    """A repository whose records are read once in a request. What the request itself writes is seen at once.

    Equal to every other of the same repository, so that what is cached by a repository is cached for all requests; the
    records are kept with the request and go with it.
    """

    repository: Repository

    def read(self, place: Place, key: str) -> Record | None:
        records = _records_of_request()
        if (place, key) not in records:
            records[place, key] = self.repository.read(place, key)
        record = records[place, key]
        if isinstance(record, Unreadable):
            raise record
        return record

    def read_ahead(self, names: Sequence[Name]) -> Mapping[Name, Record | Unreadable | None]:
        records = _records_of_request()
        records_read = self.repository.read_ahead([name for name in names if name not in records])
        records.update(records_read)
        return records_read

    def places(self, place: Place) -> list[str]:
        """Whoever answers comes to a round that was made a moment ago by another process a second later than the
        national team sees it: the database would have more to do for that than for what she writes. Of a folder it is
        asked once in a request."""
        if place != ROUNDS or request.blueprint not in ANSWERING:
            return self.repository.places(place)
        if current_app.config["DATABASE"] is not None:
            return lately(current_app, ROUNDS, partial(self.repository.places, place))
        if "round_ids" not in g:
            g.round_ids = self.repository.places(place)
        return list(g.round_ids)

    def write(self, place: Place, key: str, record: Record) -> None:
        _records_of_request().pop((place, key), None)
        self.repository.write(place, key, record)

    def create(self, place: Place, key: str, record: Record) -> bool:
        _records_of_request().pop((place, key), None)
        return self.repository.create(place, key, record)

    def update(self, place: Place, key: str, change: Callable[[Record | None], Record]) -> Record:
        # A change that is refused has seen the record as others have left it: it is read anew.
        _records_of_request().pop((place, key), None)
        record = self.repository.update(place, key, change)
        _records_of_request()[place, key] = record
        return record

    def delete(self, place: Place, key: str) -> bool:
        _records_of_request().pop((place, key), None)
        return self.repository.delete(place, key)

    def remove(self, place: Place) -> None:
        records = _records_of_request()
        for name in [name for name in records if name[0][: len(place)] == place]:
            del records[name]
        self.repository.remove(place)

    def append(self, place: Place, name: str, entry: Record) -> None:
        self.repository.append(place, name, entry)
        if (place, name) == (LOG, EVENTS):
            _noted().append(str(entry["what"]))

    def __getattr__(self, name: str) -> Any:
        """Lists, files and logs are read as they are now."""
        return getattr(self.repository, name)


def noted_in_request() -> tuple[str, ...]:
    """What the log has been told in this request."""
    return tuple(_noted())


def _noted() -> list[str]:
    noted: list[str] = g.setdefault("noted", [])
    return noted


def _records_of_request() -> dict[Name, Record | Unreadable | None]:
    records: dict[Name, Record | Unreadable | None] = g.setdefault("records", {})
    return records
