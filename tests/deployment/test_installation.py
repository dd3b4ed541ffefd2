"""A release is installed beside the one that runs, and takes its place in one step or not at all."""

import hashlib
import venv
import zipfile
from dataclasses import replace
from pathlib import Path

import pip
import pytest

from survey.deployment import __main__ as steps
from survey.deployment import installation
from survey.deployment.installation import NotInstalled, Server, UnpackedRelease
from survey.deployment.release import SUMS

WHEEL = "tiny-1.0-py3-none-any.whl"


def write_wheel(folder: Path) -> str:
    """A package with nothing but a program; its digest."""
    folder.mkdir()
    parts = {
        "tiny.py": "def main(): pass\n",
        "tiny-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: tiny\nVersion: 1.0\n",
        "tiny-1.0.dist-info/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        "tiny-1.0.dist-info/entry_points.txt": "[console_scripts]\ntiny = tiny:main\n",
        "tests/test_tiny.py": "",
    }
    with zipfile.ZipFile(folder / WHEEL, "w") as wheel:
        for name, text in parts.items():
            wheel.writestr(name, text)
        wheel.writestr("tiny-1.0.dist-info/RECORD", "".join(f"{name},,\n" for name in parts))
    return hashlib.sha256((folder / WHEEL).read_bytes()).hexdigest()


def unpacked(server: Path, name: str) -> UnpackedRelease:
    """A release as the archive has it, with its one package in it."""
    folder = server / "releases" / name
    (folder / "requirements").mkdir(parents=True)
    (folder / "survey").mkdir()
    (folder / "survey" / "__init__.py").write_text("")
    (folder / "wsgi.py").write_text("")
    digest = write_wheel(folder / "wheels")
    (folder / "requirements" / "runtime.txt").write_text(f"tiny==1.0 --hash=sha256:{digest}\n")
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    sums = (f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder)}\n" for path in files)
    (folder / SUMS).write_text("".join(sums))
    return UnpackedRelease(folder)


def installed(server: Path, name: str) -> UnpackedRelease:
    """A release that counts as installed, for tests of what comes after."""
    release = unpacked(server, name)
    (release.folder / ".venv").mkdir()
    (release.folder / ".venv" / ".ready").write_text(hashlib.sha256(release.requirements.read_bytes()).hexdigest())
    return release


class Service:
    """What would run: the release that was current at the last restart, unless it is one that does not come up."""

    def __init__(self, folder: Path, *broken: str) -> None:
        self.folder, self.broken, self.runs, self.copied = folder, broken, "", list[str]()
        self.cannot_read: set[str] = set()

    def server(self) -> Server:
        return Server(self.folder, self.restart, lambda: self.runs not in self.broken, self.check)

    def check(self, release: UnpackedRelease) -> None:
        if release.folder.name in self.cannot_read:
            raise NotInstalled("made by a newer version")

    def restart(self) -> None:
        self.runs = (self.folder / "current").resolve().name

    def copy(self, before: UnpackedRelease) -> None:
        self.copied.append(before.folder.name)


@pytest.fixture
def borrowed_pip(monkeypatch: pytest.MonkeyPatch) -> None:
    """A new environment has the pip of these tests: making one of its own takes ten times as long as all the rest."""

    def create(folder: Path, *, clear: bool, with_pip: bool, symlinks: bool) -> None:
        venv.EnvBuilder(clear=clear, symlinks=symlinks).create(folder)
        [packages] = folder.glob("lib/*/site-packages")
        (packages / "borrowed.pth").write_text(str(Path(pip.__file__).parent.parent))

    monkeypatch.setattr(installation.venv, "create", create)


@pytest.mark.usefixtures("borrowed_pip")
def test_packages_come_from_the_release_itself_and_without_an_index_nothing_that_runs_is_touched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    monkeypatch.setenv("PIP_RETRIES", "0")
    service = Service(tmp_path)
    running = unpacked(tmp_path, "one")
    running.install()
    service.server().activate(running, service.copy)
    program = tmp_path / "current" / ".venv" / "bin" / "tiny"
    assert program.read_text().startswith(f"#!{running.folder}/.venv/bin/python"), "it goes on in its own folder"
    assert list(running.folder.glob(".venv/lib/*/site-packages/tests")) == []

    failing = unpacked(tmp_path, "two")
    (failing.folder / "wheels" / WHEEL).unlink()
    (failing.folder / "wheels").rmdir()
    sums = (failing.folder / SUMS).read_text().splitlines(keepends=True)
    (failing.folder / SUMS).write_text("".join(line for line in sums if "wheels" not in line))
    before = sorted((path, path.lstat().st_mtime_ns) for path in running.folder.rglob("*"))
    with pytest.raises(NotInstalled, match="What runs was not touched"):
        failing.install()
    with pytest.raises(NotInstalled, match="make install"):
        service.server().activate(failing, service.copy)
    assert sorted((path, path.lstat().st_mtime_ns) for path in running.folder.rglob("*")) == before
    assert (service.runs, running.is_ready, failing.is_ready) == ("one", True, False)
    assert "tiny" in capfd.readouterr().err


def test_a_release_that_is_not_as_it_was_packed_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    release = unpacked(tmp_path, "one")
    (release.folder / "wsgi.py").write_text("another")
    with pytest.raises(NotInstalled, match=r"wsgi\.py"):
        release.install()
    (release.folder / SUMS).unlink()
    with pytest.raises(NotInstalled, match="is no release"):
        release.install()
    assert not (release.folder / ".venv").exists()


def test_the_next_release_takes_the_place_after_a_copy_and_gives_it_back(tmp_path: Path) -> None:
    service = Service(tmp_path)
    server = service.server()
    server.activate(installed(tmp_path, "one"), service.copy)
    server.activate(installed(tmp_path, "two"), service.copy)
    assert (service.runs, service.copied) == ("two", ["one"])
    assert server.roll_back().name == "one"
    assert service.runs == "one"
    assert server.roll_back().name == "two", "and forward again"


def test_a_release_that_does_not_come_up_gives_its_place_back_at_once(tmp_path: Path) -> None:
    service = Service(tmp_path, "two")
    server = service.server()
    server.activate(installed(tmp_path, "one"), service.copy)
    with pytest.raises(NotInstalled, match="two did not come up; one runs again"):
        server.activate(installed(tmp_path, "two"), service.copy)
    assert service.runs == "one"
    with pytest.raises(NotInstalled, match="none to go back to"):
        server.roll_back()


def test_a_release_that_cannot_read_the_data_is_not_gone_back_to(tmp_path: Path) -> None:
    service = Service(tmp_path)
    server = service.server()
    server.activate(installed(tmp_path, "one"), service.copy)
    server.activate(installed(tmp_path, "two"), service.copy)
    service.cannot_read.add("one")
    with pytest.raises(NotInstalled, match=r"one cannot run on the data .* What runs was not touched"):
        server.roll_back()
    assert service.runs == "two"
    service.cannot_read.add("three")
    with pytest.raises(NotInstalled, match="newer version"):
        server.activate(installed(tmp_path, "three"), service.copy)
    assert (service.runs, service.copied) == ("two", ["one"]), "nothing is copied for one that cannot run"


def test_one_that_fails_after_it_upgraded_the_data_says_the_way_back(tmp_path: Path) -> None:
    service = Service(tmp_path, "two")
    server = service.server()
    server.activate(installed(tmp_path, "one"), service.copy)
    server.activate(installed(tmp_path, "other"), service.copy)
    two = installed(tmp_path, "two")
    upgrading = service.restart
    object.__setattr__(server, "restart", lambda: (service.cannot_read.add("other"), upgrading())[0])
    with pytest.raises(NotInstalled, match="made just now by the myfyrio of other, and then: make roll-back"):
        server.activate(two, service.copy)
    assert (tmp_path / "current").resolve().name == "two"
    service.cannot_read.clear()
    assert server.roll_back().name == "other", "once the backup is back, that is the one before"


def test_what_cannot_be_copied_first_is_not_replaced(tmp_path: Path) -> None:
    service = Service(tmp_path)
    server = service.server()
    server.activate(installed(tmp_path, "one"), service.copy)

    def fail(_before: UnpackedRelease) -> None:
        raise NotInstalled("no room")

    with pytest.raises(NotInstalled, match="no room"):
        server.activate(installed(tmp_path, "two"), fail)
    assert (tmp_path / "current").resolve().name == "one"


def test_what_was_cut_short_before_the_restart_is_brought_to_its_end_the_second_time(tmp_path: Path) -> None:
    service = Service(tmp_path)
    service.server().activate(installed(tmp_path, "one"), service.copy)
    release = installed(tmp_path, "two")

    def end() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        replace(service.server(), restart=end).activate(release, service.copy)
    assert (service.runs, (tmp_path / "current").resolve().name) == ("one", "two")
    service.server().activate(release, service.copy)
    assert (service.runs, service.copied) == ("two", ["one"])
    assert service.server().roll_back().name == "one"


def test_one_that_is_current_and_does_not_come_up_is_not_said_to_run(tmp_path: Path) -> None:
    service, release = Service(tmp_path, "one"), installed(tmp_path, "one")
    for _ in range(2):
        with pytest.raises(NotInstalled, match="one does not come up"):
            service.server().activate(release, service.copy)


def test_the_release_that_runs_is_not_installed_anew(tmp_path: Path) -> None:
    """Its packages would go first, and without an index stay away."""
    service = Service(tmp_path)
    release = installed(tmp_path, "one")
    service.server().activate(release, service.copy)
    before = sorted(release.folder.rglob("*"))
    with pytest.raises(NotInstalled, match="is the one that runs"):
        service.server().install(release)
    assert release.is_ready
    assert sorted(release.folder.rglob("*")) == before


def test_everything_is_copied_by_the_release_that_runs_before_another_takes_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[tuple[object, ...]] = []
    monkeypatch.setattr(steps, "run", lambda *command: ran.append(command))
    steps.back_up(UnpackedRelease(tmp_path / "one"))
    assert ran == [(tmp_path / "one" / steps.PROGRAM, "data", "backup")]
