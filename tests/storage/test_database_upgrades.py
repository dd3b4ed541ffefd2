"""A database of an earlier format is taken over whole, by one host, while services of the earlier version still run."""

import threading

import pytest

from survey.storage.postgresql import connections as module
from survey.storage.postgresql.formats import AS_FOLDER, FORMAT
from survey.storage.postgresql.migrations import MIGRATIONS, SchemaMigration, due, upgrade
from survey.storage.postgresql.repository import DatabaseRepository
from survey.storage.postgresql.schema import check, close, make_ready
from survey.storage.repository import StorageError
from survey.storage.tinydb_files.data_format import FORMAT as OF_FOLDER
from tests.storage.writers import KEY, PLACE


@pytest.fixture
def old(connected, server):
    """A service of the version that made the database, and what leads to it."""
    url = server.url()
    made = connected(url)
    make_ready(made)
    repository = DatabaseRepository(made)
    repository.write(PLACE, KEY, {"name": "old"})
    return url, repository


def renamed(cursor):
    cursor.execute("UPDATE records SET record = jsonb_build_object('title', record->'name') WHERE record ? 'name'")
    cursor.execute("ALTER TABLE files ADD COLUMN IF NOT EXISTS kind text NOT NULL DEFAULT ''")


def upgraded(monkeypatch, connections, *steps):
    """What a version does whose format is one higher for each step."""
    migrations = [SchemaMigration(to, step) for to, step in enumerate(steps, FORMAT + 1)]
    with monkeypatch.context() as newer:
        newer.setattr(module, "FORMAT", FORMAT + len(steps))
        upgrade(connections, migrations)
        return len(due(connections, migrations))


def test_the_steps_lead_to_the_format_one_by_one():
    assert [migration.to for migration in MIGRATIONS] == list(range(2, FORMAT + 1))


def test_each_format_has_one_of_the_folder_as_which_it_is_backed_up():
    assert list(AS_FOLDER) == list(range(1, FORMAT + 1))
    assert AS_FOLDER[FORMAT] == OF_FOLDER


def test_hosts_that_start_at_once_take_a_step_once_and_the_older_version_changes_nothing_more(
    old, connected, monkeypatch
):
    url, repository = old
    taken = []

    def step(cursor):
        taken.append(1)
        renamed(cursor)

    monkeypatch.setattr(module, "FORMAT", FORMAT + 1)
    hosts = [threading.Thread(target=upgrade, args=(connected(url), [SchemaMigration(2, step)])) for _ in range(4)]
    for host in hosts:
        host.start()
    for host in hosts:
        host.join()
    assert len(taken) == 1
    DatabaseRepository(connected(url)).write(PLACE, "new", {})
    monkeypatch.undo()
    with pytest.raises(StorageError) as refused:
        repository.update(PLACE, KEY, lambda record: {**record, "late": True})
    assert str(refused.value) == (
        "The database is closed: it was upgraded to format 2, by a newer version of Myfyrio. Nothing was changed."
    )
    assert repository.problems() == [str(refused.value)]
    assert repository.read(PLACE, KEY) == {"title": "old"}
    with pytest.raises(StorageError, match="a newer version of Myfyrio"):
        check(connected(url))


def test_a_step_that_breaks_off_leaves_the_database_as_it_was_and_is_taken_by_the_next_start(
    old, connected, monkeypatch
):
    url, repository = old

    def killed(cursor):
        renamed(cursor)
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    with pytest.raises(StorageError):
        upgraded(monkeypatch, connected(url), killed)
    repository.update(PLACE, KEY, lambda record: {**record, "since": True})
    assert upgraded(monkeypatch, connected(url), renamed, lambda cursor: None) == 0
    assert repository.read(PLACE, KEY) == {"title": "old"}


def test_a_database_that_was_moved_away_is_not_upgraded(old, connected, monkeypatch):
    url, repository = old
    close(connected(url), "it was moved to a folder")
    with pytest.raises(StorageError, match="it was moved to a folder"):
        upgraded(monkeypatch, connected(url), renamed)
    assert repository.read(PLACE, KEY) == {"name": "old"}
