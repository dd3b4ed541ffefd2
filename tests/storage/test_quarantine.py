"""What is in quarantine: where it lies, what stands in its way, and what settling it tells."""

import os
from pathlib import Path

import pytest

from survey.storage.repository import SET_ASIDE_REASON as REASON
from survey.storage.repository import Place, StorageError, Unreadable
from survey.storage.tinydb_files.documents import NOT_AN_OBJECT
from survey.storage.tinydb_files.repository import FileRepository
from tests.storage.damage import spoil

PLACE = ("rounds", "sr-2026", "reflection")
ACCESS, LINKS = ("rounds", "sr-2026", "access"), ("rounds", "sr-2026", "links")
ANONYMOUS = ("rounds", "ws-2026", "skills", "responses")
DAY = 24 * 60 * 60


def tear(repository: FileRepository, place: Place, key: str = "0a") -> Path:
    """The file of a record, with what cannot be read in it."""
    repository.create(place, key, {"a": 1})
    [path] = repository.root.joinpath(place[0]).rglob(f"{key}.json")
    path.write_bytes(b"torn")
    return path


def tables_torn(repository: FileRepository) -> Path:
    repository.write(ACCESS, "arfon", {"a": 1})
    path = repository.root / "rounds" / "sr-2026" / "people.tinydb"
    path.write_bytes(b"{")
    return path


def tells_no_hour(*paths: Path) -> bool:
    return all(path.stat().st_mtime % DAY == 0 for path in paths)


@pytest.fixture
def broken_disk(monkeypatch: pytest.MonkeyPatch):
    """From when it is called nothing can be flushed."""

    def refuse(descriptor: int) -> None:
        raise OSError(5, "the disk is broken")

    return lambda: monkeypatch.setattr(os, "fsync", refuse)


def test_an_anonymous_record_tells_no_hour_on_its_way_to_the_quarantine_and_back(repository):
    path = tear(repository, ANONYMOUS)
    aside = repository.quarantine.add(ANONYMOUS, "0a")
    assert tells_no_hour(path.parent, aside.parent)
    aside.write_bytes(b'{"record": {"1": {"a": 1}}}')
    assert repository.quarantine.put_back(ANONYMOUS, "0a")
    assert tells_no_hour(path.parent, aside.parent)


def test_an_anonymous_record_that_is_given_up_tells_no_hour(repository):
    tear(repository, ANONYMOUS)
    repository.quarantine.add(ANONYMOUS, "0a")
    given_up = repository.quarantine.accept_loss(ANONYMOUS, "0a")
    assert tells_no_hour(given_up.parent)
    assert repository.delete(ANONYMOUS, "0a")
    assert tells_no_hour(given_up.parent)


@pytest.mark.parametrize("place", [PLACE, ACCESS])
def test_a_record_that_is_torn_again_is_kept_beside_those_before_it(repository, place):
    if place == PLACE:
        file = tear(repository, place)
    else:
        file = tables_torn(repository)
        file.write_bytes(b'{"access": {"0a": "torn"}}')
    torn = file.read_bytes()
    for _ in range(3):
        # As somebody does who copies it back by hand.
        file.write_bytes(torn)
        aside = repository.quarantine.add(place, "0a")
        assert aside == repository.root.joinpath("set-aside", *place, "0a.json")
    assert sorted(path.name for path in aside.parent.iterdir()) == ["0a.json", "0a.json.2", "0a.json.3"]
    assert repository.quarantine.accept_loss(place, "0a") == aside.with_name("0a.json.4")
    assert repository.quarantine.accept_loss(place, "0a") is None


def test_torn_databases_are_kept_beside_each_other(repository):
    for content in (b"{", b"{{"):
        tables_torn(repository).write_bytes(content)
        aside = repository.quarantine.add(LINKS, "people")
        assert aside.read_bytes() == content
        repository.quarantine.accept_loss(ACCESS, "people")
    folder = repository.root / "set-aside" / "rounds" / "sr-2026"
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {
        "people.tinydb.2": b"{",
        "people.tinydb.3": b"{{",
    }


def test_nothing_is_put_back_over_what_is_there_again(repository):
    path = tear(repository, PLACE)
    aside = repository.quarantine.add(PLACE, "0a")
    aside.write_bytes(b'{"record": {"1": {"a": "old"}}}')
    path.write_bytes(b'{"record": {"1": {"a": "new"}}}')
    assert not repository.quarantine.put_back(PLACE, "0a")
    assert repository.read(PLACE, "0a") == {"a": "new"}
    assert aside.exists()


def test_a_record_of_a_table_is_not_put_back_over_one_that_is_there_again(repository):
    repository.write(ACCESS, "arfon", {"a": 1})
    whole = (repository.root / "rounds" / "sr-2026" / "people.tinydb").read_bytes()
    spoil(repository, ACCESS, "arfon")
    aside = repository.quarantine.add(ACCESS, "arfon")
    aside.write_bytes(b'{"record": {"1": {"a": "old"}}}')
    (repository.root / "rounds" / "sr-2026" / "people.tinydb").write_bytes(whole)
    assert not repository.quarantine.put_back(ACCESS, "arfon")
    assert repository.read(ACCESS, "arfon") == {"a": 1}
    assert aside.exists()


def test_what_has_not_been_mended_is_named_with_the_reason(repository):
    tear(repository, PLACE)
    aside = repository.quarantine.add(PLACE, "0a")
    for content, reason in (
        (b"", "the file is empty"),
        (b'{"record": {}}', "the file holds no record"),
        (b'{"record": {"1": 7}}', NOT_AN_OBJECT),
    ):
        aside.write_bytes(content)
        with pytest.raises(Unreadable) as raised:
            repository.quarantine.put_back(PLACE, "0a")
        assert (raised.value.place, raised.value.key, raised.value.reason) == (PLACE, "0a", reason)
        assert str(raised.value) == f"rounds/sr-2026/reflection/0a: {reason}"
        assert aside.read_bytes() == content


def test_a_record_in_quarantine_is_refused_by_its_own_name(repository):
    tear(repository, PLACE)
    repository.quarantine.add(PLACE, "0a")
    tables_torn(repository)
    repository.quarantine.add(ACCESS, "people")
    for place, key in ((PLACE, "0a"), (ACCESS, "arfon"), (LINKS, "k7qt")):
        with pytest.raises(Unreadable) as raised:
            repository.read(place, key)
        assert (raised.value.place, raised.value.key, raised.value.reason) == (place, key, REASON)
    with pytest.raises(Unreadable) as raised:
        repository.delete(ACCESS, "arfon")
    assert (raised.value.place, raised.value.key, raised.value.reason) == (ACCESS, "arfon", REASON)


def test_a_record_whose_database_is_in_quarantine_comes_back_with_it(repository):
    path = tables_torn(repository)
    aside = repository.quarantine.add(ACCESS, "arfon")
    assert aside.name == "people.tinydb"
    aside.write_bytes(b'{"access": {"arfon": {"a": 1}}}')
    assert repository.quarantine.put_back(ACCESS, "arfon")
    assert path.exists()
    assert repository.read(ACCESS, "arfon") == {"a": 1}


def test_only_records_count_as_in_quarantine(repository):
    tear(repository, PLACE)
    folder = repository.quarantine.add(PLACE, "0a").parent
    for name in ("notes.txt", ".json", "a b.json", "..json", "gone.json.2"):
        (folder / name).write_bytes(b"")
    assert repository.quarantine.keys(PLACE) == ["0a"]
    assert repository.keys(PLACE) == ["0a"]
    assert repository.quarantine.keys(()) == []
    assert repository.quarantine.keys((*PLACE, "0a.json")) == []
    assert repository.quarantine.keys(("rounds", "sr-2026", "frozen")) == []


def test_in_places_of_passing_records_and_of_files_nothing_is_missed(repository):
    for place in (("limits",), ("rounds", "sr-2026", "frozen")):
        folder = repository.quarantine.folder(place)
        folder.mkdir(parents=True)
        (folder / "a.json").write_bytes(b"torn")
        assert repository.quarantine.keys(place) == []
        assert repository.keys(place) == []


def test_deleting_takes_all_that_was_ever_in_quarantine_of_a_record(repository):
    tear(repository, PLACE)
    repository.quarantine.add(PLACE, "0a")
    repository.quarantine.accept_loss(PLACE, "0a")
    tear(repository, PLACE)
    repository.quarantine.add(PLACE, "0a")
    tear(repository, PLACE, "0ab")
    other = repository.quarantine.add(PLACE, "0ab")
    (other.parent / "0a.json.folder").mkdir()
    assert [path.name for path in repository.quarantine.files_ever(PLACE, "0a")] == ["0a.json", "0a.json.2"]
    assert repository.delete(PLACE, "0a")
    assert sorted(path.name for path in other.parent.iterdir()) == ["0a.json.folder", "0ab.json"]
    assert not repository.delete(PLACE, "0a")


def test_a_disk_that_refuses_is_named_with_the_file(repository, broken_disk):
    mended = repository.root.joinpath("set-aside", *PLACE, "b.json")
    tear(repository, PLACE, "a")
    tear(repository, PLACE, "b")
    tear(repository, PLACE, "c")
    repository.quarantine.add(PLACE, "b").write_bytes(b'{"record": {"1": {"a": 1}}}')
    given_up = repository.quarantine.add(PLACE, "c")
    broken_disk()
    for act, file in (
        (lambda: repository.quarantine.add(PLACE, "a"), repository.root.joinpath(*PLACE, "a.json")),
        (lambda: repository.quarantine.put_back(PLACE, "b"), repository.root.joinpath(*PLACE, "b.json")),
        (lambda: repository.quarantine.accept_loss(PLACE, "c"), given_up),
    ):
        with pytest.raises(StorageError) as raised:
            act()
        assert str(raised.value) == f"{file} could not be kept: the disk is broken."
    assert not mended.exists()


def test_what_was_never_in_quarantine_cannot_be_settled(repository):
    repository.write(PLACE, "a", {"a": 1})
    assert repository.quarantine.put_back(PLACE, "a") is False
    assert repository.quarantine.accept_loss(PLACE, "a") is None
    assert repository.read(PLACE, "a") == {"a": 1}


def test_a_name_that_is_taken_by_a_folder_is_not_read(repository):
    repository.root.joinpath(*PLACE, "a.json").mkdir(parents=True)
    aside = repository.quarantine.add(PLACE, "a")
    assert aside.is_dir()
    assert repository.keys(PLACE) == ["a"]
