"""What `make` says when set-up or serving cannot go on: what is wrong and what to do, and not only “Error 1”."""

import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from survey.config import ROOT


def test_packages_that_cannot_be_fetched_are_said_in_words_beneath_those_of_npm(tmp_path: Path) -> None:
    for name in ("Makefile", "package.json", "package-lock.json", ".npmrc"):
        shutil.copy(ROOT / name, tmp_path)
    npm = tmp_path / "npm"
    npm.write_text("#!/bin/sh\necho 'getaddrinfo ENOTFOUND' >&2\nexit 1\n")
    npm.chmod(0o755)
    program = ("make", "--old-file", ".venv/.node-ready", "node_modules/.package-lock.json")
    path = f"{tmp_path}:{os.environ['PATH']}"
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / ".node-ready").touch()
    done = subprocess.run(
        program, cwd=tmp_path, env={**os.environ, "PATH": path}, capture_output=True, text=True, check=False
    )
    assert done.returncode != 0
    assert "getaddrinfo ENOTFOUND" in done.stderr
    assert "packages of the design system could not be installed: npm says why above" in done.stderr


@pytest.mark.parametrize(("uv", "asked_of_pip"), [("exit 0", ["installer"]), ("exit 2", ["installer", "dev"])])
def test_packages_are_fetched_by_uv_from_the_index_of_pip_or_else_by_pip(
    tmp_path: Path, uv: str, asked_of_pip: list[str]
) -> None:
    programs, requirements = tmp_path / ".venv" / "bin", tmp_path / "requirements"
    programs.mkdir(parents=True)
    shutil.copy(ROOT / "Makefile", tmp_path)
    shutil.copytree(ROOT / "requirements", requirements)
    pip = 'echo "$@" >> asked; [ "$4" != get ] || echo https://index.example/simple'
    for name, script in (("python", pip), ("uv", f'echo "$UV_DEFAULT_INDEX" > index; {uv}')):
        (programs / name).write_text(f"#!/bin/sh\n{script}\n")
        (programs / name).chmod(0o755)
    settings = {key: value for key, value in os.environ.items() if key not in ("UV_DEFAULT_INDEX", "PIP_INDEX_URL")}
    subprocess.run(["make", ".venv/.ready"], cwd=tmp_path, env=settings, check=True, capture_output=True)
    assert re.findall(r"-r requirements/(\w+)\.txt", (tmp_path / "asked").read_text()) == asked_of_pip
    assert (tmp_path / "index").read_text() == "https://index.example/simple\n"


@pytest.mark.parametrize("port", ["taken", "0x50", "eighty", "99999"])
def test_a_port_that_cannot_be_had_is_named_before_anything_is_made(port: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        given = str(other.getsockname()[1]) if port == "taken" else port
        done = subprocess.run(
            (sys.executable, ".ci/free-port", given), cwd=ROOT, capture_output=True, text=True, check=False
        )
    assert done.returncode == 1
    assert given in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_port_that_is_free_is_nothing_to_speak_of() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        free = str(other.getsockname()[1])
    done = subprocess.run((sys.executable, ".ci/free-port", free), cwd=ROOT, capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def at_once(*commands: str, **options: Any) -> "subprocess.CompletedProcess[str]":
    program = (sys.executable, ROOT / ".ci" / "at-once", *commands)
    return subprocess.run(program, capture_output=True, text=True, check=False, timeout=30, **options)


def test_checks_run_beside_each_other_and_speak_one_after_the_other(tmp_path: Path) -> None:
    """The first ends only once the second has begun."""
    os.mkfifo(tmp_path / "pipe")
    done = at_once("read line < pipe && echo $line", "echo begun > pipe && echo second >&2", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "begun\nsecond\n", "")


def test_the_first_of_them_is_heard_while_it_works(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "heard")
    program = (sys.executable, ROOT / ".ci" / "at-once", "echo begun && read line < heard", "true")
    with subprocess.Popen(program, stdout=subprocess.PIPE, text=True, cwd=tmp_path) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == "begun\n"
        (tmp_path / "heard").write_text("heard\n")
        assert running.wait(timeout=30) == 0


@pytest.mark.parametrize("commands", [("exit 3", "echo well"), ("echo well", "exit 3")])
def test_a_check_that_fails_stops_what_comes_after_once_all_have_spoken(commands: tuple[str, ...]) -> None:
    done = at_once(*commands)
    assert (done.returncode, done.stdout) == (1, "well\n")


@pytest.mark.parametrize(
    ("python", "said"),
    [
        (
            '[ "$1" = --version ] && echo Python 3.9.1; exit 1',
            r"needs Python 3\.11 or newer, and here is Python 3\.9\.1",
        ),
        ('[ "$1" = -c ] && exit 3', "cannot make virtual environments.*apt-get install python3-venv"),
    ],
)
def test_a_python_that_will_not_do_is_asked_once_and_told_with_what_to_do(
    tmp_path: Path, python: str, said: str
) -> None:
    fake = tmp_path / "python3"
    fake.write_text(f'#!/bin/sh\n[ "$1" = -c ] && echo >> {tmp_path}/asked\n{python}\n', encoding="utf-8")
    fake.chmod(0o755)
    made = subprocess.run(["make", "install", f"PYTHON={fake}"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert made.returncode
    assert re.search(said, made.stderr), made.stderr
    assert (tmp_path / "asked").read_text() == "\n"


def test_the_first_python_that_will_do_is_taken(tmp_path: Path) -> None:
    pythons = []
    for name, answer in (("old", "exit 1"), ("new", '[ "$1" = -c ] || echo "$0 $@"')):
        pythons.append(tmp_path / name)
        pythons[-1].write_text(f"#!/bin/sh\n{answer}\n", encoding="utf-8")
        pythons[-1].chmod(0o755)
    asked = ["make", "--no-print-directory", "install", f"PYTHON={pythons[0]} {pythons[1]}"]
    made = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True)
    assert made.stdout.strip() == f"{pythons[1]} -m survey.deployment install"
