"""Small collections that are looked up are tables of one TinyDB, and nobody above can tell."""

import os
import threading

import orjson
import pytest
from tinydb import TinyDB

from survey.storage.repository import SET_ASIDE_REASON as REASON
from survey.storage.repository import BadKey, BadRecord, StorageError, Unreadable
from survey.storage.tinydb_files.durable import DurableStorage
from survey.storage.tinydb_files.repository import FileRepository
from survey.storage.verification import all_places, quarantine, verify
from tests.storage.damage import spoil
from tests.verified import is_clean

ACCESS, LINKS = ("rounds", "sr-2026", "access"), ("rounds", "sr-2026", "links")
SIGN_IN_LINKS = ("rounds", "sr-2026", "sign_in_links")
OWN_FILES = ("rounds", "sr-2026", "reflection")


@pytest.fixture
def repository(tmp_path) -> FileRepository:
    repository = FileRepository(tmp_path / "data")
    repository.write(ACCESS, "arfon", {"cluster": "arfon", "hash": "one", "issued": 1})
    repository.write(ACCESS, "conwy", {"cluster": "conwy", "hash": "two", "issued": 1})
    repository.write(LINKS, "k7qt", {"cluster": "arfon", "revoked": False})
    return repository


@pytest.fixture
def database(repository):
    return repository.root / "rounds" / "sr-2026" / "people.tinydb"


def test_the_tables_of_a_round_are_one_file_that_tinydb_reads(repository, database):
    assert sorted(path.name for path in database.parent.iterdir()) == ["people.tinydb"]
    with TinyDB(database) as opened:
        assert opened.tables() == {"access", "links"}
    assert repository.places(()) == ["rounds"]
    assert repository.places(("rounds", "sr-2026")) == ["access", "links", "sign_in_links"]
    assert repository.keys(("rounds", "sr-2026")) == []
    assert set(all_places(repository)) == {("rounds",), ("rounds", "sr-2026"), ACCESS, LINKS, SIGN_IN_LINKS}


@pytest.mark.parametrize("place", [ACCESS, OWN_FILES])
def test_records_are_found_by_what_their_fields_say(repository, place):
    for key, fields in {"a": {"n": 1, "on": True}, "b": {"n": 2, "on": True}, "c": {"n": 2}, "d": {}}.items():
        repository.write(place, key, fields)
    assert dict(repository.find(place, n=2)) == {"b": {"n": 2, "on": True}, "c": {"n": 2}}
    assert dict(repository.find(place, n=2, on=True)) == {"b": {"n": 2, "on": True}}
    assert dict(repository.find(place, n=3)) == {}
    assert dict(repository.find(place)) == dict(repository.read_all(place))


def test_in_a_place_that_holds_nothing_nothing_is_found_or_made(tmp_path):
    repository = FileRepository(tmp_path / "data")
    assert list(repository.find(ACCESS, hash="one")) == []
    assert list(repository.read_all(ACCESS)) == []
    assert repository.read(ACCESS, "arfon") is None
    assert not repository.delete(ACCESS, "arfon")
    assert not repository.root.exists()


def test_a_malformed_document_is_named_and_harms_no_other(repository):
    spoil(repository, ACCESS, "arfon")
    assert repository.read(ACCESS, "conwy") == {"cluster": "conwy", "hash": "two", "issued": 1}
    assert repository.keys(ACCESS) == ["arfon", "conwy"]
    records = dict(repository.find(ACCESS, hash="two"))
    # It may have been what was looked for.
    assert isinstance(records["arfon"], Unreadable)
    assert records["conwy"]["hash"] == "two"
    for act in (
        lambda: repository.read(ACCESS, "arfon"),
        lambda: repository.write(ACCESS, "arfon", {}),
        lambda: repository.create(ACCESS, "arfon", {}),
        lambda: repository.update(ACCESS, "arfon", lambda _: {}),
    ):
        with pytest.raises(Unreadable) as raised:
            act()
        assert (raised.value.place, raised.value.key) == (ACCESS, "arfon")
    repository.write(ACCESS, "conwy", {"hash": "three"})
    assert isinstance(dict(repository.read_all(ACCESS))["arfon"], Unreadable)
    assert repository.delete(ACCESS, "arfon")
    assert repository.keys(ACCESS) == ["conwy"]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"access": []}', b"\xff"])
def test_a_torn_database_is_one_fault_in_each_of_its_places_and_is_never_replaced(repository, database, content):
    repository.write(("accounts",), "eira", {"role": "national"})
    database.write_bytes(content)
    for place in (ACCESS, LINKS):
        [(key, fault)] = repository.read_all(place)
        assert isinstance(fault, Unreadable)
        assert (fault.place, fault.key) == (place, key) == (place, "people")
        assert repository.keys(place) == ["people"]
        assert [type(record) for _, record in repository.find(place, hash="one")] == [Unreadable]
        for act in (
            lambda place=place: repository.read(place, "arfon"),
            lambda place=place: repository.write(place, "arfon", {}),
            lambda place=place: repository.create(place, "arfon", {}),
            lambda place=place: repository.delete(place, "arfon"),
        ):
            with pytest.raises(Unreadable):
                act()
    assert database.read_bytes() == content
    assert repository.read(("accounts",), "eira") == {"role": "national"}
    assert [(fault.place, fault.key) for fault in verify(repository).unreadable] == [
        (ACCESS, "people"),
        (LINKS, "people"),
        (SIGN_IN_LINKS, "people"),
    ]


def test_a_malformed_document_goes_into_quarantine_alone_and_comes_back_mended(repository):
    spoil(repository, ACCESS, "arfon")
    [(fault, path)] = quarantine(repository, verify(repository).unreadable)
    assert (fault.place, fault.key) == (ACCESS, "arfon")
    assert path == repository.root.joinpath("set-aside", *ACCESS, "arfon.json")
    assert orjson.loads(path.read_bytes()) == {"record": {"1": "torn"}}
    missing = dict(repository.read_all(ACCESS))["arfon"]
    assert isinstance(missing, Unreadable)
    assert missing.reason == REASON
    with pytest.raises(Unreadable):
        repository.write(ACCESS, "arfon", {})
    with pytest.raises(Unreadable):
        repository.quarantine.put_back(ACCESS, "arfon")
    path.write_bytes(b'{"record": {"1": {"cluster": "arfon", "hash": "mended"}}}')
    assert repository.quarantine.put_back(ACCESS, "arfon")
    assert repository.read(ACCESS, "arfon") == {"cluster": "arfon", "hash": "mended"}
    assert not path.exists()
    assert not repository.quarantine.put_back(ACCESS, "arfon")
    assert is_clean(verify(repository))


def test_the_loss_of_a_malformed_document_is_accepted(repository):
    spoil(repository, ACCESS, "arfon")
    assert repository.quarantine.add(ACCESS, "conwy") is None
    repository.quarantine.add(ACCESS, "arfon")
    assert repository.quarantine.accept_loss(ACCESS, "arfon").name == "arfon.json.2"
    assert repository.keys(ACCESS) == ["conwy"]
    assert repository.create(ACCESS, "arfon", {"hash": "new"})
    assert repository.quarantine.accept_loss(ACCESS, "arfon") is None


def test_a_torn_database_goes_into_quarantine_whole_and_comes_back_mended(repository, database):
    whole = database.read_bytes()
    database.write_bytes(b"{")
    [(_, path)] = quarantine(repository, verify(repository).unreadable)
    assert path == repository.root / "set-aside" / "rounds" / "sr-2026" / "people.tinydb"
    assert not database.exists()
    assert {fault.reason for fault in verify(repository).unreadable} == {REASON}
    for act in (lambda: repository.read(LINKS, "k7qt"), lambda: repository.write(ACCESS, "new", {})):
        with pytest.raises(Unreadable):
            act()
    with pytest.raises(Unreadable):
        repository.quarantine.put_back(ACCESS, "people")
    path.write_bytes(whole)
    assert repository.quarantine.put_back(ACCESS, "people")
    assert database.read_bytes() == whole
    assert is_clean(verify(repository))


def test_a_database_that_somebody_copied_back_by_hand_counts(repository, database):
    whole = database.read_bytes()
    database.write_bytes(b"{")
    list(quarantine(repository, verify(repository).unreadable))
    database.write_bytes(whole)
    assert repository.read(LINKS, "k7qt") == {"cluster": "arfon", "revoked": False}
    assert not repository.quarantine.put_back(ACCESS, "people")
    assert is_clean(verify(repository))


def test_the_loss_of_a_database_is_accepted(repository, database):
    database.write_bytes(b"{")
    list(quarantine(repository, verify(repository).unreadable))
    assert repository.quarantine.accept_loss(LINKS, "people").name == "people.tinydb.2"
    assert is_clean(verify(repository))
    repository.write(ACCESS, "arfon", {"hash": "new"})
    assert repository.keys(ACCESS) == ["arfon"]
    assert repository.keys(LINKS) == []


def test_writers_of_one_database_lose_nothing_of_each_other(repository):
    def write(writer: int) -> None:
        for number in range(20):
            repository.create(ACCESS if writer % 2 else LINKS, f"{writer}-{number}", {"n": number})

    threads = [threading.Thread(target=write, args=(writer,)) for writer in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(repository.keys(ACCESS)) == 42
    assert len(repository.keys(LINKS)) == 41


def test_what_cannot_be_kept_changes_nothing(repository, database, monkeypatch):
    before = database.read_bytes()
    with pytest.raises(BadRecord):
        repository.write(ACCESS, "arfon", {"n": float("nan")})

    def refuse(descriptor: int) -> None:
        raise OSError(5, "the disk is broken")

    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", refuse)
        for act in (
            lambda: repository.write(ACCESS, "arfon", {}),
            lambda: repository.create(LINKS, "new", {}),
            lambda: repository.delete(ACCESS, "conwy"),
        ):
            with pytest.raises(StorageError, match="the disk is broken"):
                act()
    assert database.read_bytes() == before


def test_a_file_never_has_the_name_of_a_database(repository):
    with pytest.raises(BadKey):
        repository.write_bytes(("rounds", "sr-2026"), "people.tinydb", b"")


def test_each_change_of_a_table_gives_it_another_revision(repository):
    seen = {repository.revision(ACCESS)}
    for change in (
        lambda: repository.write(ACCESS, "arfon", {"issued": 2}),
        lambda: repository.create(ACCESS, "dwyfor", {}),
        lambda: repository.delete(ACCESS, "dwyfor"),
        lambda: spoil(repository, ACCESS, "arfon"),
        lambda: repository.quarantine.add(ACCESS, "arfon"),
    ):
        change()
        assert repository.revision(ACCESS) not in seen
        assert repository.revision(ACCESS) == FileRepository(repository.root).revision(ACCESS)
        seen.add(repository.revision(ACCESS))
    repository.write(OWN_FILES, "arfon", {})
    repository.write(("accounts",), "eira", {})
    assert repository.revision(ACCESS) in seen
    assert len({repository.revision(place) for place in (ACCESS, LINKS, ("accounts",))}) == 3


def test_a_table_that_is_not_there_has_a_revision_and_is_not_made(tmp_path):
    repository = FileRepository(tmp_path / "data")
    empty = repository.revision(ACCESS)
    assert not repository.root.exists()
    repository.write(ACCESS, "arfon", {})
    assert repository.revision(ACCESS) != empty


def test_of_what_is_not_in_a_table_nothing_is_deleted(repository, database):
    before = database.read_bytes()
    assert repository.delete(ACCESS, "dwyfor") is False
    assert repository.delete(ACCESS, "k7qt") is False
    assert database.read_bytes() == before
    assert repository.delete(ACCESS, "arfon") is True
    assert repository.keys(ACCESS) == ["conwy"]
    assert repository.keys(LINKS) == ["k7qt"]


def test_what_cannot_be_read_is_named_by_place_key_and_reason(repository, database):
    spoil(repository, ACCESS, "arfon")
    for fault in (dict(repository.read_all(ACCESS))["arfon"], dict(repository.find(ACCESS, hash="two"))["arfon"]):
        assert (fault.place, fault.key, fault.reason) == (ACCESS, "arfon", "this is JSON but not an object")
    repository.quarantine.add(ACCESS, "arfon")
    fault = dict(repository.read_all(ACCESS))["arfon"]
    assert (fault.place, fault.key, fault.reason) == (ACCESS, "arfon", REASON)
    database.write_bytes(b"")
    fault = dict(repository.read_all(LINKS))["people"]
    assert str(fault) == "rounds/sr-2026/links/people: the file is empty"
    repository.quarantine.add(LINKS, "people")
    fault = dict(repository.read_all(LINKS))["people"]
    assert str(fault) == f"rounds/sr-2026/links/people: {REASON}"


def test_what_cannot_be_deleted_is_named_by_place_and_key(repository, database):
    database.write_bytes(b"{")
    with pytest.raises(Unreadable) as raised:
        repository.delete(ACCESS, "arfon")
    assert (raised.value.place, raised.value.key) == (ACCESS, "arfon")
    assert raised.value.reason.startswith("this is not whole JSON")


def test_a_look_up_reads_the_database_once(repository, monkeypatch):
    read, reads = DurableStorage.read, []
    monkeypatch.setattr(DurableStorage, "read", lambda storage: reads.append(storage) or read(storage))
    assert [key for key, _ in repository.find(ACCESS, hash="two", issued=1)] == ["conwy"]
    assert len(reads) == 1


def test_a_search_may_name_fields_as_the_search_itself_does(repository):
    for place in (ACCESS, OWN_FILES):
        repository.write(place, "odd", {"key": 1, "table": 2, "path": 3})
        assert list(repository.find(place, key=1, table=2, path=3)) == [("odd", {"key": 1, "table": 2, "path": 3})]
