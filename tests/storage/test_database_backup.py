"""What is in a database is backed up as a data folder is, and either comes back as the other."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from unittest.mock import Mock

import pytest

from survey import create_app
from survey.storage import database_backup, relocation
from survey.storage.archive import opened_archive
from survey.storage.backup import restore_from
from survey.storage.backup_folder.reader import backup_of, opened_backup
from survey.storage.backup_folder.rotation import Keep
from survey.storage.backup_folder.seal import Opener
from survey.storage.backup_folder.writer import back_up
from survey.storage.data_folder import open_data_folder
from survey.storage.database_backup import database_as_folder, restore_into_database
from survey.storage.opening import formats_due, open_storage
from survey.storage.postgresql import connections, migrations, opening, schema
from survey.storage.postgresql.formats import FORMAT
from survey.storage.postgresql.migrations import SchemaMigration
from survey.storage.postgresql.repository import DatabaseRepository
from survey.storage.replication import digest_of
from survey.storage.repository import StorageError, Unreadable

PLACE = ("rounds", "sr-2026", "reflection")
NIGHT = datetime(2026, 11, 27, 3, 30, tzinfo=UTC)


@pytest.fixture
def connecting(connected, monkeypatch):
    made = {}
    for module in (opening, relocation, database_backup):
        monkeypatch.setattr(module, "connections_to", lambda url: made.get(url) or made.setdefault(url, connected(url)))


@pytest.fixture
def url(server, connecting):
    url = server.url()
    kept = opening.open_database(url)
    for number in range(4):
        kept.write(PLACE, f"c-{number}", {"n": number, "text": "ŵ"})
        kept.append(("log",), "events", {"n": number})
    kept.write(("rounds", "sr-2026", "access"), "arfon", {"hash": "one"})
    kept.write_bytes(("rounds", "sr-2026", "frozen"), "definition.json", b"{}")
    return url


def backed_up(url, tmp_path):
    with database_as_folder(url, tmp_path / "data") as (folder, unreadable):
        made = back_up(folder, tmp_path / "backups", recipients=(), keep=Keep(9), now=NIGHT, whose="the database")
    return made, unreadable


def opened(tmp_path):
    return opened_backup(tmp_path / "backups", backup_of(tmp_path / "backups"), Opener(None))


def test_a_backup_of_a_database_comes_back_in_an_empty_one_and_in_a_folder(url, server, tmp_path):
    kept = opening.database_as_it_is(url)
    digest, secret = digest_of(kept), kept.key_ring()
    made, unreadable = backed_up(url, tmp_path)
    assert (list(unreadable), [path.name for path in tmp_path.iterdir()]) == ([], ["backups"])
    again, _ = backed_up(url, tmp_path)
    assert set(made.backup.pieces.values()) == set(again.backup.pieces.values()), "nothing has changed"

    other = server.url()
    assert restore_into_database(opened(tmp_path), other, tmp_path / "data") == digest
    assert opening.open_database(other).key_ring() == secret
    restore_from(opened(tmp_path), tmp_path / "folder")
    folder = open_data_folder(tmp_path / "folder")
    assert (digest_of(folder), folder.key_ring()) == (digest, secret)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["backups", "folder"]


def test_the_commands_do_it(server, connecting, tmp_path):
    def run(url, *arguments):
        app = create_app({"TESTING": True, "DATA": tmp_path / "host", "DATABASE": url, "DEMO": True})
        ran = app.test_cli_runner().invoke(args=["data", *arguments, "--language", "en"])
        assert (ran.exit_code, ran.stderr) == (0, ""), ran.output
        return ran.stdout

    one, other = server.url(), server.url()
    assert "Backup 1 in " in run(one, "backup")
    assert "Backup 2 in " in run(one, "backup")
    assert "was restored for practice" in run(one, "rehearse")
    assert "Restored." in run(other, "restore", str(tmp_path / "host-backups"))
    events = [entry["what"] for entry in opening.database_as_it_is(other).entries(("log",), "events")]
    assert events == ["backed_up", "backed_up", "restored"]
    assert "Backup 3 in " in run(one, "backup"), "the next is of the same"


def test_nothing_is_restored_onto_other_data(url, tmp_path):
    before = digest_of(opening.database_as_it_is(url))
    backed_up(url, tmp_path)
    with pytest.raises(StorageError, match="database holds data"):
        restore_into_database(opened(tmp_path), url, tmp_path / "data")
    assert digest_of(opening.database_as_it_is(url)) == before


def test_a_restore_that_was_cut_short_goes_on_with_the_same_backup_and_nobody_uses_the_database_meanwhile(
    url, server, tmp_path, monkeypatch
):
    digest = digest_of(opening.database_as_it_is(url))
    backed_up(url, tmp_path)
    other = server.url()
    with monkeypatch.context() as killed:
        killed.setattr(DatabaseRepository, "append_all", Mock(side_effect=KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            restore_into_database(opened(tmp_path), other, tmp_path / "data")
    with pytest.raises(StorageError, match="“data restore” with the same backup"):
        opening.open_database(other)
    assert restore_into_database(opened(tmp_path), other, tmp_path / "data") == digest
    assert digest_of(opening.open_database(other)) == digest


def test_a_backup_of_a_folder_with_a_torn_record_is_not_taken_by_a_database_which_stays_empty(server, url, tmp_path):
    folder = open_data_folder(tmp_path / "data")
    folder.write(PLACE, "north", {"n": 1})
    folder.root.joinpath(*PLACE, "north.json").write_bytes(b"{")
    back_up(folder.root, tmp_path / "backups", recipients=(), keep=Keep(9), now=NIGHT)
    other = server.url()
    with pytest.raises(StorageError, match=r"cannot be read \(rounds/sr-2026/reflection/north.* settle there"):
        restore_into_database(opened(tmp_path), other, tmp_path / "data")
    opening.open_database(other).write(PLACE, "south", {"n": 1})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["backups", "data"]


def test_before_a_database_is_upgraded_a_copy_lies_beside_the_folder_that_the_version_before_restores(
    url, server, tmp_path, monkeypatch
):
    kept = opening.database_as_it_is(url)
    before = digest_of(kept)
    left = tmp_path / ".host.restore-dead"
    left.mkdir()
    with monkeypatch.context() as newer:
        for module in (connections, schema):
            newer.setattr(module, "FORMAT", FORMAT + 1)
        for function in (migrations.due, migrations.upgrade):
            newer.setattr(function, "__defaults__", ((SchemaMigration(FORMAT + 1, _titled),),))
        assert formats_due(url) == [FORMAT + 1]
        open_storage(tmp_path / "host", url)
        assert formats_due(url) == []
        open_storage(tmp_path / "host", url)
    assert kept.read(PLACE, "c-1") == {"title": 1}
    copy = tmp_path / f"host-before-database-format-{FORMAT + 1}.zip"
    assert list(tmp_path.iterdir()) == [copy]
    other = server.url()
    assert restore_into_database(opened_archive(copy), other, tmp_path / "host") == before


def _titled(cursor):
    cursor.execute("UPDATE records SET record = jsonb_build_object('title', record->'n') WHERE record ? 'n'")


def test_it_is_of_one_moment_while_services_write(url, connecting):
    kept, connections = opening.database_as_it_is(url), opening.connections_to(url)
    with connections.at_one_moment(), ThreadPoolExecutor(1) as other:
        assert len(kept.keys(PLACE)) == 4
        other.submit(kept.write, PLACE, "later", {}).result()
        other.submit(kept.delete, PLACE, "c-0").result()
        assert kept.keys(PLACE) == ["c-0", "c-1", "c-2", "c-3"]
        with pytest.raises(RuntimeError):
            kept.write(PLACE, "c-1", {})
    assert kept.keys(PLACE) == ["c-1", "c-2", "c-3", "later"]
    kept.write(PLACE, "c-1", {"n": 17})


def test_who_is_signed_in_is_in_no_backup(url, tmp_path):
    opening.database_as_it_is(url).write(("sessions",), "00", {"n": 1})
    backed_up(url, tmp_path)
    restore_from(opened(tmp_path), tmp_path / "folder")
    assert open_data_folder(tmp_path / "folder").keys(("sessions",)) == []


def test_what_cannot_be_read_is_named_and_stops_no_backup(url, tmp_path):
    with opening.connections_to(url).statements() as cursor:
        cursor.execute("UPDATE records SET record = '[1]' WHERE key = 'c-2'")
    _, unreadable = backed_up(url, tmp_path)
    assert [(fault.place, fault.key) for fault in unreadable] == [(PLACE, "c-2")]
    restore_from(opened(tmp_path), tmp_path / "folder")
    assert open_data_folder(tmp_path / "folder").keys(PLACE) == ["c-0", "c-1", "c-3"]


def test_what_was_set_aside_is_in_a_backup_without_a_word_and_comes_back_to_be_settled(url, server, tmp_path):
    place = ("rounds", "sr-2026", "access")
    strict = opening.database_as_it_is(url, lambda _, key, __: "no" if key in ("c-1", "c-2", "arfon") else "")
    for where, key in ((PLACE, "c-1"), (PLACE, "c-2"), (place, "arfon")):
        assert strict.quarantine.add(where, key)
    strict.quarantine.accept_loss(PLACE, "c-1")
    strict.write(PLACE, "c-1", {"n": 17})
    before = digest_of(opening.database_as_it_is(url))
    _, unreadable = backed_up(url, tmp_path)
    assert list(unreadable) == []

    other = server.url()
    assert restore_into_database(opened(tmp_path), other, tmp_path / "data") == before
    restore_from(opened(tmp_path), tmp_path / "folder")
    for back in (opening.open_database(other), open_data_folder(tmp_path / "folder")):
        assert digest_of(back) == before
        with pytest.raises(Unreadable, match="set aside"):
            back.read(PLACE, "c-2")
        assert (back.quarantine.put_back(PLACE, "c-2"), back.quarantine.put_back(place, "arfon")) == (True, True)
        assert [back.read(PLACE, key)["n"] for key in ("c-1", "c-2")] == [17, 2]
        assert back.read(place, "arfon") == {"hash": "one"}
