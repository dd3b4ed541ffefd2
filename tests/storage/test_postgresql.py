"""What a database does to whoever uses it: it refuses, is slow, is a standby, breaks off; and processes are killed."""

import random
import threading
import time
from urllib.parse import quote

import psycopg
import pytest

from survey.storage.postgresql import connections as module
from survey.storage.postgresql.connections import Connections
from survey.storage.postgresql.repository import DatabaseRepository
from survey.storage.postgresql.schema import check, make_ready
from survey.storage.repository import StorageError
from tests.storage.writers import CHILDREN, KEY, PLACE, value


@pytest.fixture
def url(server):
    return server.url()


@pytest.fixture
def opened(connected, url):
    """Opens the database once more, with what the server is told besides."""

    def open_(told=""):
        made = connected(url + quote(f" {told}"))
        if not told:
            make_ready(made)
        return DatabaseRepository(made)

    open_().write(PLACE, KEY, {"count": 0})
    return open_


def count_up(repository, times):
    for _ in range(times):
        repository.update(PLACE, KEY, lambda record: {"count": record["count"] + 1})


def test_transactions_that_are_refused_for_others_are_begun_again_as_distributed_engines_want(opened, monkeypatch):
    monkeypatch.setattr(module, "BEGIN", "BEGIN ISOLATION LEVEL SERIALIZABLE")
    refused, pause = [], time.sleep
    monkeypatch.setattr(module.time, "sleep", lambda seconds: refused.append(seconds) or pause(seconds))
    threads = [threading.Thread(target=count_up, args=(opened(), 25)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert opened().read(PLACE, KEY) == {"count": 100}
    assert refused, "the engine refused none, and so this shows nothing"


def test_one_that_is_refused_for_ever_is_a_plain_error(opened, monkeypatch):
    monkeypatch.setattr(module.time, "sleep", lambda _: None)
    calls = []

    def change(record):
        calls.append(record)
        raise psycopg.errors.SerializationFailure

    with pytest.raises(StorageError, match="try again"):
        opened().update(PLACE, KEY, change)
    assert len(calls) == module.ATTEMPTS


def test_a_standby_takes_nothing_and_says_so(opened):
    standby = opened("-cdefault_transaction_read_only=on")
    with pytest.raises(StorageError, match="takes no changes"):
        standby.write(PLACE, KEY, {})
    assert standby.read(PLACE, KEY) == {"count": 0}
    assert [problem[:29] for problem in standby.problems()] == ["The database takes no changes"]
    assert opened().problems() == []


def test_a_database_that_is_slow_or_busy_is_a_plain_error_and_changes_nothing(opened, monkeypatch):
    monkeypatch.setattr(module, "_LIMITS", "SET LOCAL lock_timeout = 100; SET LOCAL statement_timeout = 300")
    hurried = opened()

    def sleep(cursor):
        cursor.execute("DELETE FROM records")
        cursor.execute("SELECT pg_sleep(5)")

    with pytest.raises(StorageError, match="too long"):
        hurried.connections.change([0], sleep)
    held, done = threading.Event(), threading.Event()

    def hold(record):
        held.set()
        done.wait(10)
        return record

    slow = threading.Thread(target=opened().update, args=(PLACE, KEY, hold))
    slow.start()
    held.wait(10)
    try:
        with pytest.raises(StorageError, match="Somebody else is writing"):
            hurried.write(PLACE, KEY, {})
    finally:
        done.set()
        slow.join()
    assert opened().read(PLACE, KEY) == {"count": 0}


def test_no_connection_left_is_a_plain_error(opened, monkeypatch):
    monkeypatch.setattr(module, "MOST_CONNECTIONS", 1)
    monkeypatch.setattr(module, "PATIENCE", 0.2)
    repository = opened()
    with repository.connections.statements(), pytest.raises(StorageError, match="no connection left"):
        repository.read(PLACE, KEY)
    assert repository.read(PLACE, KEY) == {"count": 0}


def test_a_connection_that_breaks_in_the_commit_says_that_nobody_knows(opened):
    repository = opened()

    def broken_off(cursor):
        cursor.execute("DELETE FROM records")
        number = cursor.execute("SELECT pg_backend_pid()").fetchone()[0]
        with opened().connections.statements() as other:
            other.execute("SELECT pg_terminate_backend(%s, 5000)", [number])

    with pytest.raises(StorageError, match="is not known"):
        repository.connections.change([0], broken_off)
    assert repository.read(PLACE, KEY) == {"count": 0}, "the next connection is another, and sound"


def test_what_the_database_refuses_at_the_end_is_known_not_to_be_kept(opened, monkeypatch):
    monkeypatch.setattr(module, "_LIMITS", "SET LOCAL statement_timeout = 300")
    repository = opened()

    def too_much(cursor):
        cursor.at_the_end("DELETE FROM records", [])
        cursor.at_the_end("SELECT pg_sleep(%s)", [5])

    with pytest.raises(StorageError, match="Nothing was changed"):
        repository.connections.change([0], too_much)
    assert repository.read(PLACE, KEY) == {"count": 0}


def test_a_connection_that_was_hung_up_on_a_moment_ago_is_lent_to_nobody(opened):
    repository = opened()
    with repository.connections.statements() as cursor:
        number = cursor.execute("SELECT pg_backend_pid()").fetchone()[0]
    with opened().connections.statements() as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [number])
    assert repository.read(PLACE, KEY) == {"count": 0}


@pytest.fixture
def messages(monkeypatch):
    """What is said to the database, each of which waits for an answer."""
    said, execute = [], psycopg.Cursor.execute

    def counted(cursor, query, *rest, **options):
        said.append(query)
        return execute(cursor, query, *rest, **options)

    monkeypatch.setattr(psycopg.Cursor, "execute", counted)
    return said


def test_a_change_is_two_messages_to_the_database_and_what_is_read_together_one(opened, messages):
    repository = opened()
    repository.read(PLACE, KEY)
    messages.clear()
    for act in (
        lambda: repository.update(PLACE, KEY, lambda record: {"count": record["count"] + 1}),
        lambda: repository.create(PLACE, "new", {}),
        lambda: repository.append(("log",), "events", {}),
        lambda: repository.delete(PLACE, "new"),
    ):
        act()
        assert len(messages) == 2, messages
        messages.clear()
    repository.read_ahead([(PLACE, KEY), (PLACE, "new"), (("sessions",), "s")])
    assert len(messages) == 1
    repository.places(PLACE[:1])
    assert len(messages) == 2


def test_a_connection_that_nobody_used_for_a_while_is_asked_whether_it_is_there(opened, messages, monkeypatch):
    repository = opened()
    repository.read(PLACE, KEY)
    messages.clear()
    monkeypatch.setattr(module, "TRUSTED", 0)
    repository.read(PLACE, KEY)
    assert len(messages) == 2
    assert messages[0] == ""


def test_a_database_that_does_not_wait_for_its_disk_is_refused(opened):
    with pytest.raises(StorageError, match="synchronous_commit is off"):
        check(opened("-csynchronous_commit=off").connections)


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("UPDATE about SET value = '99' WHERE name = 'format'", "a newer version of Myfyrio"),
        ("INSERT INTO about VALUES ('moving', '')", "is not finished"),
    ],
)
def test_a_database_that_this_version_cannot_use_is_refused_and_left_alone(opened, connected, url, damage, said):
    with opened().connections.statements() as cursor:
        cursor.execute(damage)
    with pytest.raises(StorageError, match=said):
        make_ready(connected(url))


def test_a_database_that_has_lost_its_secret_or_its_locks_is_named_and_none_is_made(opened, connected, url):
    repository = opened()
    with repository.connections.statements() as cursor:
        cursor.execute("DELETE FROM about WHERE name = 'secret'")
        cursor.execute("DELETE FROM locks WHERE stripe > 3")
    make_ready(connected(url))
    with pytest.raises(StorageError, match="lost its secret"):
        repository.key_ring()
    with pytest.raises(StorageError, match="lost its locks"):
        repository.remove(PLACE)
    assert repository.read(PLACE, KEY) == {"count": 0}


def save_for_ever(url, start, acknowledged):
    repository = DatabaseRepository(Connections(url))
    number = start
    while True:
        number += 1
        following = value(number)
        repository.update(PLACE, KEY, lambda _, following=following: following)
        repository.append(("log",), "events", {"number": number})
        acknowledged.send_bytes(str(number).encode())


def test_killed_writers_lose_nothing_that_was_acknowledged(opened, url):
    chance = random.Random(2026)
    repository = opened()
    last = 0
    for _ in range(6):
        receiving, sending = CHILDREN.Pipe(duplex=False)
        child = CHILDREN.Process(target=save_for_ever, args=(url, last, sending))
        child.start()
        sending.close()
        acknowledged = int(receiving.recv_bytes())
        threading.Event().wait(chance.uniform(0, 0.05))
        child.kill()
        child.join()
        while True:
            try:
                acknowledged = int(receiving.recv_bytes())
            except EOFError:
                break
        record = repository.read(PLACE, KEY)
        assert record in (value(acknowledged), value(acknowledged + 1))
        last = record["number"]
    logged = [entry["number"] for entry in repository.entries(("log",), "events")]
    assert logged == sorted(set(logged))
    assert last > 12
