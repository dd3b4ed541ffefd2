"""`data upgrade`: what it would do is said in both languages before it is done."""

from contextlib import nullcontext

import pytest

from survey.commands.data import data_upgrade
from survey.storage.migrations import MIGRATIONS
from survey.storage.tinydb_files.data_format import read_format
from tests.commands.conftest import folder_state
from tests.storage.test_migrations import unpacked

DRY = ("data", "upgrade", "--dry-run", "--language")


@pytest.fixture
def old(desk):
    return unpacked(desk.data)


def test_every_step_has_words():
    assert set(data_upgrade.STEPS) == {migration.to for migration in MIGRATIONS}


def test_a_dry_run_says_every_step_with_its_copy_and_changes_nothing(desk, old):
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in old.rglob("*") if path.is_file()}
    assert desk.done(*DRY, "en").splitlines() == [
        f"Everything is copied to {old.parent}/data-before-format-2.zip.",
        "Format 2: 8 files of accounts, access codes and links become entries of tables.",
        f"Everything is copied to {old.parent}/data-before-format-3.zip.",
        "Format 3: 0 files that pages gave out are removed; they are made again when they are asked for.",
        "Nothing was changed.",
    ]
    assert "Ni newidiwyd dim." in desk.done(*DRY, "cy")
    after = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in old.rglob("*") if path.is_file()}
    assert after == before
    assert [path.name for path in old.parent.glob("data*")] == ["data"]


def test_a_dry_run_says_what_stands_in_the_way(desk, old, monkeypatch):
    monkeypatch.setattr("survey.commands.data_upgrade.shutil.disk_usage", lambda _: type("Disk", (), {"free": 0}))
    monkeypatch.setattr("survey.commands.data_upgrade.alone_with", lambda _: nullcontext(enter_result=False))
    lines = desk.done(*DRY, "en").splitlines()
    assert "0 MB of the disk are free." in lines[-3]
    assert lines[-2] == "A service is running on this data folder. Stop it before: until then nothing is upgraded."


def test_it_is_done_once_and_stands_in_the_log(desk, old):
    assert "the form of this release now" in desk.done("data", "upgrade")
    assert read_format(old) == 3
    assert '"what":"upgraded"' in (old / "log" / "events.log").read_text()
    done = folder_state(old)
    assert "nothing to upgrade" in desk.done("data", "upgrade")
    assert folder_state(old) == done


def test_a_folder_that_lost_its_format_is_said_to_be_of_any(desk, old):
    (old / "meta.json").unlink()
    assert len(desk.done(*DRY, "en").splitlines()) == 5
    assert not (old / "meta.json").exists()


def test_what_a_newer_release_wrote_is_refused(desk):
    desk.opened()
    (desk.data / "meta.json").write_bytes(b'{"format":99}')
    assert "a newer version of Myfyrio (format 99" in desk.refused("data", "upgrade", "--dry-run")
