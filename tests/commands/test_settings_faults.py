"""`data check` names every setting that can be read and still cannot work."""

import shutil
from pathlib import Path

import pytest

from tests.collection.example import NORTH
from tests.commands.conftest import folder_state

AGE = "age1" + "q" * 58


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("DATA", Path("/proc/nope"), "in /proc/nope nothing can be written"),
        ("DATA", Path("{root}/file/data"), "in {root}/file/data nothing can be written"),
        ("BACKUPS", Path("/proc/nope"), "in /proc/nope nothing can be written"),
        ("BACKUPS", Path("{root}/data/backups"), "{root}/data/backups lies in the data folder"),
        ("BACKUPS", Path("{root}/link/backups"), "{root}/link/backups lies in the data folder"),
        ("EXPORTS", Path("/proc/nope"), "in /proc/nope nothing can be written"),
        ("BACKUP_RECIPIENTS", (AGE,), f"“{AGE}” is no recipient of age"),
        ("BACKUP_IDENTITY", Path("{root}/none"), "The key {root}/none cannot be read: No such file"),
        ("BACKUP_IDENTITY", Path("{root}/file"), "{root}/file is not a key of age"),
        ("BACKUP_HOOK", ("{root}/none", "there"), "{root}/none cannot be run"),
        ("BACKUP_HOOK", ("{root}/file",), "{root}/file cannot be run"),
        ("OIDC_SECRET_FILE", Path("{root}/none"), "the file {root}/none cannot be read (No such file or directory)"),
        ("SMTP_PASSWORD_FILE", Path("{root}/data"), "the file {root}/data cannot be read (Is a directory)"),
        ("SMTP_PASSWORD_FILE", Path("{root}/empty"), "the file {root}/empty is empty"),
        ("OIDC_GROUPS", {"g": ("health_board", "nonsuch"), "h": ("national", "")}, "no health board “nonsuch”"),
    ],
)
def test_check_names_a_setting_that_cannot_work_and_writes_nothing(desk, name, value, said):
    desk.opened()
    (desk.root / "file").write_text("something typed")
    (desk.root / "empty").write_text("\n")
    (desk.root / "link").symlink_to(desk.data)
    before = sorted(desk.root.rglob("*"))
    state = folder_state(desk.data)

    def placed(part):
        return type(part)(str(part).format(root=desk.root))

    if isinstance(value, tuple):
        value = tuple(placed(part) for part in value)
    desk.app.config[name] = placed(value) if isinstance(value, Path) else value
    [line] = desk.refused("data", "check").splitlines()[:1]
    assert line.startswith(f"SURVEY_{name}: ")
    assert said.format(root=desk.root) in line
    assert "something typed" not in line
    assert (sorted(desk.root.rglob("*")), folder_state(desk.data)) == (before, state)


def test_check_names_all_settings_that_cannot_work_and_what_is_wrong_with_the_data_folder_in_one_go(desk):
    desk.opened()
    (desk.data / "meta.json").write_bytes(b'{"format":99}')
    desk.app.config["BACKUP_HOOK"] = (str(desk.root / "none"),)
    desk.app.config["SMTP_PASSWORD_FILE"] = desk.root / "none"
    lines = desk.refused("data", "check").splitlines()
    assert [line.partition(":")[0] for line in lines[:2]] == ["SURVEY_SMTP_PASSWORD_FILE", "SURVEY_BACKUP_HOOK"]
    assert "made by a newer version" in lines[2]


def test_check_refuses_a_folder_that_the_service_would_not_take_for_its_own(desk):
    shutil.rmtree(desk.data)
    desk.data.mkdir()
    (desk.data / "letter.odt").write_bytes(b"of somebody else")
    assert "is not a data folder: it holds “letter.odt”" in desk.refused("data", "check")


def test_check_takes_settings_that_work_and_a_board_by_its_short_name_or_code(desk):
    desk.opened()
    secret = desk.root / "secret-of-provider"
    secret.write_text("geheim")
    desk.app.config.update(
        OIDC_SECRET_FILE=secret,
        OIDC_GROUPS={"g": ("health_board", "south"), "h": ("health_board", NORTH)},
        BACKUPS=desk.root / "to" / "be" / "made",
        BACKUP_HOOK=("/bin/true", "there"),
    )
    assert "can run with these settings" in desk.done("data", "check")
    assert not (desk.root / "to").exists()
