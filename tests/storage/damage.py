"""Damage as a person with an editor does it: one document of a database, and the file still whole."""

import orjson

from survey.storage.places import database_path
from survey.storage.repository import Place
from survey.storage.tinydb_files.repository import FileRepository


def spoil(repository: FileRepository, place: Place, key: str) -> None:
    """Put a text in the place of a record that is in a table."""
    path = database_path(repository.root, place)
    tables = orjson.loads(path.read_bytes())
    assert key in tables[place[-1]]
    tables[place[-1]][key] = "torn"
    path.write_bytes(orjson.dumps(tables))
