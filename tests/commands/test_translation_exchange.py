"""Catalogues go out to translators and come back by `flask translations push`, `pull` and `diff`."""

import json
import subprocess
from pathlib import Path

import pytest

from survey.catalogues.files import Places
from tests.commands.test_translations import places, run  # noqa: F401 (a fixture)

PAGE = 'language.pgettext("button", "Save")\nlanguage.pgettext("button", "Stop")\n'


def put(path: Path, english: str, before: str, welsh: str) -> None:
    text = path.read_text("utf-8")
    old, new = (f'msgid "{english}"\nmsgstr "{said}"' for said in (before, welsh))
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def made(places: Places) -> Places:  # noqa: F811
    (places.source / "page.py").write_text(PAGE, encoding="utf-8")
    assert run(places, "extract", "update").exit_code == 0
    put(places.welsh("interface"), "Save", "", "Cadw")
    return places


def test_a_folder_goes_out_and_comes_back_with_what_changed_there_in_words(made: Places, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run(made, "push", "--to", str(out)).exit_code == 0
    assert (out / "interface.po").read_bytes() == made.welsh("interface").read_bytes()
    put(out / "interface.po", "Stop", "", "Stopio")

    again = run(made, "push", "--to", str(out))
    assert (again.exit_code, "was not taken in" in again.stderr) == (1, True)
    back = run(made, "pull", "--from", str(out), "--language", "en")
    assert (back.exit_code, back.stderr) == (0, "")
    assert "interface: button: The Welsh has changed" in back.stdout
    assert "Welsh: “Stopio”" in back.stdout
    assert 'msgstr "Stopio"' in made.welsh("interface").read_text("utf-8")
    assert "There is no difference" in run(made, "pull", "--from", str(out), "--language", "en").stdout
    assert run(made, "push", "--to", str(out)).exit_code == 0


def test_what_both_changed_is_named_and_ours_stays(made: Places, tmp_path: Path) -> None:
    run(made, "push", "--to", str(tmp_path / "out"))
    put(tmp_path / "out" / "interface.po", "Save", "Cadw", "Arbed")
    put(made.welsh("interface"), "Save", "Cadw", "Storio")
    back = run(made, "pull", "--from", str(tmp_path / "out"))
    assert back.exit_code == 1
    assert "“Storio”" in back.stderr
    assert "“Arbed”" in back.stderr
    assert "Storio" in made.welsh("interface").read_text("utf-8")


def test_a_revision_of_git_is_compared_and_taken_in(made: Places) -> None:
    def git(*arguments: str) -> None:
        setting = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"]
        subprocess.run(["git", "-C", made.root, *setting, *arguments], check=True, capture_output=True)

    git("init")
    git("add", "-A")
    git("commit", "-m", "Before")
    git("checkout", "-b", "weblate")
    put(made.welsh("interface"), "Stop", "", "Stopio")
    git("commit", "-a", "-m", "Translated")
    git("checkout", "main")
    (made.source / "page.py").write_text(PAGE.replace('"Save"', '"Save it"'), encoding="utf-8")

    found = json.loads(run(made, "diff", "--since", "HEAD", "--format", "json").stdout)
    assert [(one["kind"], one["after"]["english"], one["after"]["is_fuzzy"]) for one in found["interface"]] == [
        ("english", "Save it", True)
    ]
    assert run(made, "pull", "--from", "weblate").exit_code == 0
    assert 'msgstr "Stopio"' in made.welsh("interface").read_text("utf-8")
    # What only the code changed is brought up to date, and not taken back.
    assert 'msgid "Save it"' in made.welsh("interface").read_text("utf-8")


@pytest.mark.parametrize(
    ("source", "said"),
    [("no-such", "There is no file, no folder"), ("other.po", "No catalogue has the name"), ("--x", "")],
)
def test_what_is_no_source_is_refused_and_changes_nothing(made: Places, tmp_path: Path, source: str, said: str) -> None:
    (tmp_path / "other.po").write_bytes(made.welsh("interface").read_bytes())
    before = made.welsh("interface").read_bytes()
    given = str(tmp_path / source) if source.endswith(".po") else source
    back = run(made, "pull", f"--from={given}", "--language", "en")
    assert (back.exit_code, said in back.stderr) == (1, True)
    assert made.welsh("interface").read_bytes() == before
