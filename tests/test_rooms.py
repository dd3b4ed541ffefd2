"""The inner rooms run without a server. What imports inside functions hides from import-linter does not hide here."""

import subprocess
import sys

import pytest

from survey.config import ROOT

ROOMS = (
    *("questionnaire", "storage", "catalogues", "collection", "authoring", "reporting", "demonstration"),
    *("languages", "config", "alphabet", "atomic_file", "file_lock", "log_lines"),
)
SERVER = ("flask", "flask_babel", "flask_wtf", "wtforms", "werkzeug")

LOAD_ROOM = """
import importlib, pkgutil, sys
room = importlib.import_module(sys.argv[1])
loaded = [room.__name__]
for found in pkgutil.walk_packages(getattr(room, "__path__", []), room.__name__ + "."):
    importlib.import_module(found.name)
    loaded.append(found.name)
print(len(loaded), *sorted(name for name in sys.modules if name.split(".")[0] in sys.argv[2:]))
"""


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_loads_no_server(room: str) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", LOAD_ROOM, f"survey.{room}", *SERVER],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    count, *loaded = ended.stdout.split()
    assert loaded == []
    assert int(count) == len(list((ROOT / "survey" / room).rglob("*.py"))) or (ROOT / "survey" / f"{room}.py").exists()


def test_the_way_in_loads_no_server_before_it_is_asked_to() -> None:
    code = "import survey, sys; print('flask' in sys.modules)"
    ended = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ended.stdout.split() == ["False"]


def test_every_room_is_looked_at() -> None:
    there = {
        path.stem for path in (ROOT / "survey").iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    assert there - {"__init__"} == {*ROOMS, "web", "commands", "deployment"}
