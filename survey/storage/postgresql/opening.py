"""A database as the repository of this process: its connections are shared by all that the process does."""

from functools import lru_cache

from survey.storage.postgresql.connections import Connections
from survey.storage.postgresql.migrations import upgrade
from survey.storage.postgresql.repository import DatabaseRepository
from survey.storage.postgresql.schema import make_ready
from survey.storage.repository import Misfit, anything_fits


@lru_cache(maxsize=4)
def connections_to(url: str) -> Connections:
    """The connections of this process to a database."""
    return Connections(url)


def open_database(url: str, misfit: Misfit = anything_fits) -> DatabaseRepository:
    """What is kept in a database, made ready if this is the first to use it, and upgraded when its format is old.

    Raises StorageError.
    """
    make_ready(connections_to(url))
    upgrade(connections_to(url))
    return database_as_it_is(url, misfit)


def database_as_it_is(url: str, misfit: Misfit = anything_fits) -> DatabaseRepository:
    """The same without looking at it."""
    return DatabaseRepository(connections_to(url), misfit)
