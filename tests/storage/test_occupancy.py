"""No two versions work with a data folder side by side, nor anybody while it is upgraded."""

import fcntl
import multiprocessing
import os
import signal
import stat
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from survey.storage.backup import InUse
from survey.storage.data_folder import open_data_folder
from survey.storage.occupancy import alone_with, hold
from survey.storage.repository import StorageError
from survey.storage.tinydb_files.data_format import read_format, write_format

FORK = multiprocessing.get_context("fork")


def serve(root, version, said):
    try:
        hold(root, version)
        said.send("holds it")
        signal.pause()
    except StorageError as error:
        said.send(str(error))


@pytest.fixture
def service(tmp_path):
    """Starts a service in a process of its own, and gives what it says; all are killed in the end."""
    root = open_data_folder(tmp_path / "data").root
    started = []

    def start(version):
        hear, say = FORK.Pipe(duplex=False)
        process = FORK.Process(target=serve, args=(root, version, say))
        process.start()
        started.append(process)
        return hear.recv()

    start.root, start.started = root, started
    yield start
    for process in started:
        process.kill()
        process.join()


def descriptors():
    """Those that are open: what the listing itself opened is closed when they are looked at."""
    found = list(Path("/proc/self/fd").iterdir())
    return {int(path.name) for path in found if path.is_symlink()}


@contextmanager
def held(folder, version):
    """Hold a folder as a service in this process would; let go of it afterwards."""
    before = descriptors()
    hold(folder, version)
    kept = descriptors() - before
    try:
        yield
    finally:
        for descriptor in kept:
            with suppress(OSError):
                os.close(descriptor)


def is_alone(folder):
    with alone_with(folder) as alone:
        return alone


@pytest.fixture
def folder(tmp_path):
    return open_data_folder(tmp_path / "data").root


def test_whoever_is_refused_holds_nothing(folder):
    assert is_alone(folder)
    with held(folder, "1.0.0"):
        assert not is_alone(folder)
        before = descriptors()
        with pytest.raises(StorageError) as refused:
            hold(folder, "1.1.0")
        assert descriptors() == before
        with held(folder, "1.0.0"):
            assert not is_alone(folder)
    assert str(refused.value) == (
        f"Another version of Myfyrio (1.0.0) is running on the data folder {folder}, and this is 1.1.0. Nothing was "
        "changed. Stop it and start this one again, or set SURVEY_DATA to another folder."
    )
    assert is_alone(folder)
    with held(folder, "1.1.0"):
        assert not is_alone(folder)


def test_what_versions_leave_behind_is_private_and_holds_nobody_up(folder):
    with held(folder, "1.0.0"):
        assert stat.S_IMODE((folder / "locks" / "1.0.0.running").stat().st_mode) == 0o600
    (folder / "locks" / "0.9.0.running").touch()
    with held(folder, "1.1.0"):
        assert not is_alone(folder)
    (folder / "locks" / "2.0.0.running").symlink_to(folder / "meta.json")
    with pytest.raises(OSError, match="symbolic links"):
        hold(folder, "2.0.0")


def test_the_folder_is_held_that_a_restore_has_put_in_its_place_meanwhile(folder, monkeypatch):
    old, lock, locked = folder.with_name("old"), fcntl.flock, []

    def swap(descriptor, operation):
        locked.append(operation)
        if len(locked) == 1:
            folder.rename(old)
            open_data_folder(folder)
        lock(descriptor, operation)

    monkeypatch.setattr(fcntl, "flock", swap)
    before = descriptors()
    with held(folder, "1.0.0"):
        assert len(descriptors() - before) == 2
        assert [is_alone(old), is_alone(folder)] == [True, False]


def test_any_number_of_services_of_one_version_hold_a_folder_and_none_of_another(service):
    assert [service("1.0.0"), service("1.0.0")] == ["holds it", "holds it"]
    assert service("1.1.0") == (
        f"Another version of Myfyrio (1.0.0) is running on the data folder {service.root}, and this is 1.1.0. Nothing "
        "was changed. Stop it and start this one again, or set SURVEY_DATA to another folder."
    )
    os.kill(service.started[0].pid, signal.SIGKILL)
    service.started[0].join()
    assert "Another version" in service("1.1.0")
    os.kill(service.started[1].pid, signal.SIGKILL)
    service.started[1].join()
    assert service("1.1.0") == "holds it"
    assert "(1.1.0)" in service("1.0.0")


def test_a_folder_is_not_upgraded_under_a_service_that_runs(service, tmp_path):
    write_format(service.root, 1)
    assert service("1.0.0") == "holds it"
    with pytest.raises(InUse) as raised:
        open_data_folder(service.root)
    assert str(raised.value) == (
        f"A service is running on {service.root}, which is of an earlier format. Nothing was changed. Stop the "
        "service; then this version upgrades the folder at its start, or by “data upgrade”."
    )
    assert read_format(service.root) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["data"]
    os.kill(service.started[0].pid, signal.SIGKILL)
    service.started[0].join()
    open_data_folder(service.root)


@pytest.mark.parametrize("number", [2, 9])
def test_who_has_opened_a_folder_that_another_version_changed_writes_nothing_more(tmp_path, number):
    repository = open_data_folder(tmp_path / "data")
    repository.write(("notes",), "mine", {"n": 1})
    write_format(repository.root, number)
    for write in (
        lambda: repository.write(("notes",), "mine", {"n": 2}),
        lambda: repository.create(("notes",), "other", {}),
        lambda: repository.delete(("notes",), "mine"),
        lambda: repository.write_bytes(("texts", "one"), "a.txt", b""),
        lambda: repository.append(("log",), "events", {}),
        lambda: repository.remove(("notes",)),
    ):
        with pytest.raises(StorageError, match=f"is of format {number}, and this version of Myfyrio writes format 3"):
            write()
    assert repository.read(("notes",), "mine") == {"n": 1}
    assert repository.problems() == ["data folder is of the format of another version"]
