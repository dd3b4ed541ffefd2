"""The database is killed while everybody writes, and its standby takes over: nothing that was acknowledged is lost."""

import threading
import time
from itertools import count
from urllib.parse import quote

import psycopg
import pytest

from survey.storage.postgresql.repository import DatabaseRepository
from survey.storage.postgresql.schema import make_ready
from survey.storage.repository import StorageError
from tests.postgresql import running
from tests.storage.writers import PLACE

STANDBY_PORT = "5433"
PATIENCE = 30


@pytest.fixture
def pair():
    """A server with a standby that has each commit before it is acknowledged; the address of both."""
    with running() as primary:
        whole = f"postgresql:///postgres?host={quote(str(primary.folder))}&user=myfyrio"
        standby = primary.standby()
        standby.start(port=STANDBY_PORT)
        try:
            with psycopg.connect(whole, autocommit=True) as connection:
                connection.execute("ALTER SYSTEM SET synchronous_standby_names = '*'")
                connection.execute("SELECT pg_reload_conf()")
            both = quote(f"{primary.folder},{primary.folder}")
            address = f"postgresql:///postgres?host={both}&port=5432,{STANDBY_PORT}&user=myfyrio"
            yield primary, standby, f"{address}&target_session_attrs=read-write"
        finally:
            standby.stop()


class Writer(threading.Thread):
    """Writes one record after the other, and knows which were acknowledged."""

    def __init__(self, repository, name):
        super().__init__(name=name)
        self.repository, self.acknowledged, self.refused, self.stopped = repository, set(), 0, threading.Event()

    def run(self):
        for number in count():
            if self.stopped.is_set():
                return
            key = f"{self.name}-{number}"
            try:
                self.repository.write(PLACE, key, {"n": number})
            except StorageError:
                self.refused += 1
            else:
                self.acknowledged.add(key)


def test_nothing_acknowledged_is_lost_when_a_standby_takes_over_in_the_middle_of_a_change(pair, connected):
    primary, standby, url = pair
    connections = connected(url)
    make_ready(connections)
    repository = DatabaseRepository(connections)
    repository.write(PLACE, "in-the-middle", {"n": 0})
    writers = [Writer(repository, f"w{number}") for number in range(3)]
    for writer in writers:
        writer.start()
    wait_until(lambda: all(len(writer.acknowledged) > 20 for writer in writers))

    def taken_over(record):
        primary.stop("immediate")
        standby.run("pg_ctl", "promote", "-w", "-s")
        return {"n": record["n"] + 1}

    with pytest.raises(StorageError, match="broke"):
        repository.update(PLACE, "in-the-middle", taken_over)
    before = {writer: len(writer.acknowledged) for writer in writers}
    wait_until(lambda: all(len(writer.acknowledged) > before[writer] + 20 for writer in writers))
    for writer in writers:
        writer.stopped.set()
        writer.join()

    acknowledged = set().union(*(writer.acknowledged for writer in writers))
    assert sum(writer.refused for writer in writers), "nobody wrote while it was away, and so this shows nothing"
    assert acknowledged - set(repository.keys(PLACE)) == set()
    assert repository.read(PLACE, "in-the-middle") == {"n": 0}
    repository.update(PLACE, "in-the-middle", lambda record: {"n": record["n"] + 1})
    assert repository.problems() == []


def wait_until(so):
    end = time.monotonic() + PATIENCE
    while not so():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.01)
