"""Everything is moved into a database and back: the same, to the last byte, however often the move is cut short."""

from contextlib import contextmanager

import pytest

from survey.storage import relocation, replication
from survey.storage.backup import InUse
from survey.storage.data_folder import open_data_folder
from survey.storage.occupancy import hold
from survey.storage.postgresql import opening
from survey.storage.postgresql.repository import DatabaseRepository
from survey.storage.replication import digest_of
from survey.storage.repository import StorageError, Unreadable
from survey.storage.tinydb_files.repository import FileRepository
from tests.storage.writers import CHILDREN

PLACE = ("rounds", "sr-2026", "reflection")
ACCESS = ("rounds", "sr-2026", "access")
ANONYMOUS = ("rounds", "ws-2026", "skills", "responses")
SNAPSHOT = ("rounds", "sr-2026", "frozen")


class Cut(BaseException):
    """Whoever moves is killed."""


CHANGES = {
    FileRepository: ("write", "write_bytes", "append"),
    DatabaseRepository: ("write_all", "write_bytes", "append_all"),
}
"""What each kind does at one go, whole or not at all."""


@contextmanager
def cut_short(monkeypatch, kind, step):
    """Let a repository of a kind write so often, and no more."""
    done = []

    def cutting(act):
        def cut(repository, *rest):
            if len(done) == step:
                raise Cut
            done.append(rest)
            act(repository, *rest)

        return cut

    with monkeypatch.context() as patch:
        for name in CHANGES[kind]:
            patch.setattr(kind, name, cutting(getattr(kind, name)))
        yield


@pytest.fixture
def url(server, connected, monkeypatch):
    kept = {}
    monkeypatch.setattr(opening, "connections_to", lambda url: kept.get(url) or kept.setdefault(url, connected(url)))
    monkeypatch.setattr(relocation, "connections_to", opening.connections_to)
    monkeypatch.setattr(replication, "AT_ONCE", 2)
    return server.url()


@pytest.fixture
def folder(tmp_path):
    """A data folder with something of each kind in it."""
    repository = open_data_folder(tmp_path / "data")
    for number in range(6):
        repository.write(PLACE, f"c-{number}", {"n": number, "big": 5.5e17, "z": None, "a": ["ŵ\0\uffff\\u0000"]})
        repository.create(ANONYMOUS, f"{number:02x}", {"n": number})
        repository.append(("log",), "events", {"n": number})
    repository.write(ACCESS, "arfon", {"hash": "one"})
    repository.write(("limits",), "a", {"failures": []})
    repository.write_bytes(SNAPSHOT, "definition.json", b"{}")
    repository.write_bytes(PLACE, "notes.txt", b"x" * 700_000)
    return tmp_path / "data"


def test_it_is_the_same_there_and_when_it_has_come_back(folder, url, tmp_path):
    before, secret = digest_of(FileRepository(folder)), FileRepository(folder).key_ring()
    assert relocation.move_into_database(folder, url) == before
    kept = opening.open_database(url)
    assert (digest_of(kept), kept.key_ring()) == (before, secret)
    with pytest.raises(StorageError, match="moved to a database"):
        open_data_folder(folder)
    kept.write(PLACE, "c-1", {"n": 17})
    kept.append(("log",), "events", {"n": 6})
    after = digest_of(kept)
    assert after != before
    assert relocation.move_into_folder(url, tmp_path / "home") == after
    home = open_data_folder(tmp_path / "home")
    assert (digest_of(home), home.key_ring(), home.read(PLACE, "c-1")) == (after, secret, {"n": 17})
    with pytest.raises(StorageError, match="is closed: it was moved to"):
        kept.write(PLACE, "c-1", {"n": 18})
    assert kept.read(PLACE, "c-1") == {"n": 17}


@pytest.mark.parametrize(("step", "batch"), [(0, 0), (5, 3), (11, 6), (16, 9), (20, 12)])
def test_a_move_that_is_cut_short_is_not_used_and_goes_on(folder, url, tmp_path, monkeypatch, step, batch):
    before = digest_of(FileRepository(folder))

    with cut_short(monkeypatch, DatabaseRepository, batch), pytest.raises(Cut):
        relocation.move_into_database(folder, url)
    with pytest.raises(StorageError, match="is not finished"):
        opening.open_database(url)
    assert digest_of(open_data_folder(folder)) == before, "the folder is still in use"
    assert relocation.move_into_database(folder, url) == before

    with cut_short(monkeypatch, FileRepository, step), pytest.raises(Cut):
        relocation.move_into_folder(url, tmp_path / "home")
    with pytest.raises(StorageError, match="is not finished"):
        open_data_folder(tmp_path / "home")
    assert relocation.move_into_folder(url, tmp_path / "home") == before
    assert digest_of(open_data_folder(tmp_path / "home")) == before


def test_what_was_changed_after_a_move_was_cut_short_is_moved_as_it_is_now(folder, url, monkeypatch):
    with cut_short(monkeypatch, DatabaseRepository, 8), pytest.raises(Cut):
        relocation.move_into_database(folder, url)
    kept = open_data_folder(folder)
    kept.delete(PLACE, "c-0")
    kept.write(ACCESS, "arfon", {"hash": "two"})
    digest = relocation.move_into_database(folder, url)
    assert digest == digest_of(FileRepository(folder))


def test_what_is_noted_of_a_move_is_moved_too_so_that_both_ways_have_one_digest(folder, url, tmp_path):
    noted = {"what": "moved"}
    digest = relocation.move_into_database(folder, url, lambda kept: kept.append(("log",), "events", noted))
    assert relocation.move_into_folder(url, tmp_path / "home") == digest
    assert noted in FileRepository(tmp_path / "home").entries(("log",), "events")


def test_nothing_is_moved_onto_other_data(folder, url, tmp_path):
    opening.open_database(url).write(PLACE, "other", {})
    with pytest.raises(StorageError, match="database holds data"):
        relocation.move_into_database(folder, url)
    with pytest.raises(StorageError, match="holds data"):
        relocation.move_into_folder(url, folder)
    opening.open_database(url).write(PLACE, "other", {"still": "open"})
    open_data_folder(folder)


def test_nothing_unreadable_is_left_behind_without_a_word(folder, url):
    folder.joinpath(*PLACE, "c-3.json").write_bytes(b"torn")
    with pytest.raises(Unreadable, match="c-3"):
        relocation.move_into_database(folder, url)


def test_what_was_set_aside_is_moved_as_it_is_now_and_no_json_stops_the_move(folder, url, tmp_path, monkeypatch):
    kept = open_data_folder(folder)
    strict = FileRepository(folder, lambda _, key, __: "no" if key in ("c-1", "c-2") else "")
    for key in ("c-1", "c-2"):
        assert strict.quarantine.add(PLACE, key)
    with cut_short(monkeypatch, DatabaseRepository, 6), pytest.raises(Cut):
        relocation.move_into_database(folder, url)
    kept.quarantine.put_back(PLACE, "c-1")
    kept.quarantine.accept_loss(PLACE, "c-2")
    aside = folder.joinpath("set-aside", *PLACE)
    [lost] = aside.iterdir()
    lost.with_name("c-4.json.2").write_bytes(b"torn")
    (aside / "c-9.json").write_bytes(b"torn")
    with pytest.raises(Unreadable, match="c-9"):
        relocation.move_into_database(folder, url)
    (aside / "c-9.json").unlink()
    before = relocation.move_into_database(folder, url)
    database = opening.open_database(url)
    assert [key for key, number, _ in database.quarantine.held(PLACE) if number] == ["c-2"]
    assert database.read(PLACE, "c-1")["n"] == 1
    assert relocation.move_into_folder(url, tmp_path / "home") == before


def test_a_folder_on_which_a_service_runs_is_not_moved(folder, url):
    service = CHILDREN.Process(target=_serve, args=(folder, ready := CHILDREN.Event()))
    service.start()
    ready.wait(10)
    try:
        with pytest.raises(InUse):
            relocation.move_into_database(folder, url)
    finally:
        service.kill()
        service.join()


def _serve(folder, ready):
    hold(folder, "1.0.0")
    ready.set()
    CHILDREN.Event().wait()
