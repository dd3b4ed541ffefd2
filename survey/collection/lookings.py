"""What somebody sent, to look at what it changes before she keeps it: over after a day, of whatever kind it is."""

from datetime import datetime

from survey.collection.editions.held_edition import HELD_EDITIONS
from survey.collection.held_record import is_over
from survey.collection.people.held_lists import HELD_LISTS
from survey.collection.translation.uploads import UPLOADS
from survey.storage.repository import Place, Repository, Unreadable

PLACES = (HELD_EDITIONS, HELD_LISTS, UPLOADS)


def stale_lookings(repository: Repository, now: datetime) -> list[tuple[Place, str]]:
    """The place and key of all that is worth nothing any more. What cannot be read is for `data verify`."""
    return [
        (place, who)
        for place in PLACES
        for who, record in repository.read_all(place)
        if not isinstance(record, Unreadable) and is_over(record, now)
    ]


def drop_lookings(repository: Repository, stale: list[tuple[Place, str]]) -> None:
    """Hold these no longer."""
    for place, who in stale:
        repository.delete(place, who)
