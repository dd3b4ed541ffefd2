"""`myfyrio`: the settings and the user of the service, from anywhere."""

import os
import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest

from survey.commands.cli_i18n import Refusal
from survey.config import ROOT
from survey.deployment import program
from survey.deployment.program import prepare, settings_in

MYFYRIO = ROOT / "docs" / "deployment" / "myfyrio"
FILE = Path("/etc/myfyrio.env")


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("SURVEY_", "MYFYRIO_", "LC_"))}
    mine = subprocess.run(("id", "-un"), capture_output=True, text=True, check=True).stdout.strip()
    return subprocess.run(
        (MYFYRIO, *arguments),
        cwd="/",
        env={**clean, "MYFYRIO_USER": mine, "LANG": "cy_GB.UTF-8", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_it_works_from_anywhere_on_the_data_folder_of_the_settings(tmp_path: Path) -> None:
    (tmp_path / "env").write_text(
        f"# of the service\nSURVEY_DATA={tmp_path / 'data'}\nSURVEY_HOSTS='a.example b.example'\n"
    )
    ran = run("data", "verify", "--language", "en", MYFYRIO_SETTINGS=str(tmp_path / "env"))
    assert (ran.returncode, ran.stderr) == (0, "")
    assert (tmp_path / "data" / "meta.json").exists()
    wrong = run("data", "nothing", MYFYRIO_SETTINGS=str(tmp_path / "env"))
    assert (wrong.returncode, "myfyrio data --help" in wrong.stderr) == (2, True)


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        (None, 1, "Nid oes gosodiadau: nid yw"),
        ("SURVEY_DATA\n", 1, "env, llinell 1"),
        ("SURVEY_DATA=/x\nSURVEY_DAAT=/y\n", 2, "SURVEY_DAAT: there is no such setting"),
    ],
)
def test_without_sound_settings_nothing_is_done(tmp_path: Path, text: str | None, code: int, said: str) -> None:
    if text:
        (tmp_path / "env").write_text(text)
    ran = run("rounds", "list", MYFYRIO_SETTINGS=str(tmp_path / "env"))
    assert (ran.returncode, ran.stdout) == (code, "")
    assert said in ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_file_is_read_as_systemd_reads_it() -> None:
    text = (
        "\n# note\n; note\nSURVEY_A=1\n SURVEY_B = x\n".replace(" = ", "=")
        + "SURVEY_C=\"a=b c=d\"  \nSURVEY_D='e f'\nSURVEY_E=\n"
    )
    assert settings_in(text, FILE) == {
        "SURVEY_A": "1",
        "SURVEY_B": "x",
        "SURVEY_C": "a=b c=d",
        "SURVEY_D": "e f",
        "SURVEY_E": "",
    }


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What root does to become somebody else, in order; this process stays who it is."""
    done: list[object] = []
    somebody = SimpleNamespace(pw_uid=990, pw_gid=991, pw_dir="/srv/myfyrio")
    monkeypatch.setattr(program.pwd, "getpwnam", {"myfyrio": somebody, "other": somebody}.__getitem__)
    monkeypatch.setattr(program.os, "geteuid", lambda: 0)
    for name in ("initgroups", "setgid", "setuid", "umask"):
        monkeypatch.setattr(program.os, name, lambda *given, name=name: done.append((name, *given)))
    return done


def test_root_becomes_the_user_of_the_service_groups_first(steps: list[object], tmp_path: Path) -> None:
    (tmp_path / "env").write_text("SURVEY_DATA=/srv/data\nSURVEY_CONTACT=a@b.example\n")
    environment = {"MYFYRIO_SETTINGS": str(tmp_path / "env"), "SURVEY_DATA": "/tmp/practice", "SUDO_USER": "eirlys"}
    prepare(environment)
    assert steps == [("initgroups", "myfyrio", 991), ("setgid", 991), ("setuid", 990), ("umask", 0o077)]
    assert environment["SURVEY_DATA"] == "/tmp/practice", "what is given comes before the file"
    assert (environment["SURVEY_CONTACT"], environment["SURVEY_OPERATOR"]) == ("a@b.example", "eirlys")


def test_a_user_that_is_not_there_is_named(steps: list[object]) -> None:
    with pytest.raises(Refusal, match="nobody-like-this"):
        prepare({"SURVEY_DATA": "/srv/data", "MYFYRIO_USER": "nobody-like-this"})
    assert steps == []
