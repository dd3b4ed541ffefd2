"""`data backup`, `backups`, `restore` and `rehearse` with a folder of backups: what an operator does and is told."""

import json
import os
from datetime import timedelta

import pyrage
import pytest

from survey.collection.backups import HANDED_ON, NOT_HANDED_ON, REHEARSED, moment_of
from survey.collection.responses.lifecycle import submit
from survey.collection.responses.response import read_response
from survey.storage import rehearsal
from tests.collection.example import NOW, ROUND, load_snapshot, save, save_all
from tests.commands.conftest import folder_state

IDENTITY = pyrage.x25519.Identity.generate()
RECIPIENT = str(IDENTITY.to_public())


@pytest.fixture
def answered(desk):
    desk.opened()
    snapshot = load_snapshot(desk.kept, ROUND)
    save_all(desk.kept, snapshot)
    submit(desk.kept, snapshot, "arfon", language="en", now=NOW)
    return desk


@pytest.fixture
def key(desk):
    path = desk.root / "key.txt"
    path.write_text(str(IDENTITY))
    return path


@pytest.fixture
def encrypted(answered):
    answered.app.config["BACKUP_RECIPIENTS"] = (RECIPIENT,)
    return answered


def backups(desk):
    return desk.root / "data-backups"


def piece(desk):
    return min(path for path in (backups(desk) / "pieces").rglob("*") if path.is_file())


def hook(desk, text):
    path = desk.root / "copy-away"
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o700)
    desk.app.config["BACKUP_HOOK"] = (str(path), "to there")
    return path


def test_backups_lie_beside_the_data_folder_and_the_newest_comes_back(answered):
    said = answered.done("data", "backup")
    assert f"Backup 1 in {backups(answered)}: " in said
    assert "you know it again: " in said
    before = folder_state(answered.data)
    save(answered.kept, load_snapshot(answered.kept, ROUND), "about", {"how": "meeting"}, cluster="conwy-west")
    assert "holds data" in answered.refused("data", "restore", backups(answered))
    said = answered.done("data", "restore", backups(answered), "--overwrite")
    assert said.endswith("Restored. Start the site again now.\n")
    after = folder_state(answered.data)
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    assert changed == {"log/events.log", "backups/last.json"}


def test_an_older_backup_is_restored_by_its_number(answered):
    answered.done("data", "backup")
    answered.now += timedelta(days=1)
    answered.done("responses", "erase", ROUND, "arfon", "--reason", "asked", "--yes")
    answered.done("data", "backup")
    assert read_response(answered.kept, ROUND, "arfon").status == "not_started"
    answered.done("data", "restore", backups(answered), "--backup", "1", "--overwrite")
    assert read_response(answered.kept, ROUND, "arfon").status == "submitted"
    assert "no backup 7" in answered.refused("data", "restore", backups(answered), "--backup", "7", "--overwrite")


def test_backups_are_listed_and_what_is_wrong_with_them_is_named(encrypted):
    assert "There are no backups in" in encrypted.refused("data", "backups")
    encrypted.done("data", "backup")
    encrypted.now += timedelta(days=1)
    encrypted.done("data", "backup")
    said = encrypted.done("data", "backups")
    assert [line.split()[0] for line in said.splitlines()] == ["Backup", "1", "2", "Every"]
    assert said.count(RECIPIENT) == 2
    for path in (backups(encrypted) / "pieces").rglob("*"):
        if path.is_file():
            path.write_bytes(b"another")
    result = encrypted.run("data", "backups")
    assert result.exit_code == 1
    assert f"{piece(encrypted)} is damaged. It is needed by these backups: " in result.stderr
    refused = encrypted.refused("data", "restore", backups(encrypted), "--overwrite")
    assert refused.endswith("This backup is not whole. Nothing was changed.")


def test_what_is_encrypted_comes_back_with_its_key_alone(encrypted, key):
    assert f"Only these recipients can read it: {RECIPIENT}\n" in encrypted.done("data", "backup")
    assert "--identity FILE" in encrypted.refused("data", "restore", backups(encrypted), "--overwrite")
    encrypted.done("data", "restore", backups(encrypted), "--overwrite", "--identity", key)
    encrypted.app.config["BACKUP_IDENTITY"] = key
    encrypted.done("data", "restore", backups(encrypted), "--overwrite")


def test_older_ones_are_let_go_and_named(answered):
    answered.app.config["BACKUP_KEEP"] = {"days": 2, "weeks": 0, "months": 0}
    for _ in range(3):
        said = answered.done("data", "backup")
        answered.now += timedelta(days=1)
    assert "Let go, because newer ones are kept in their place: 1\n" in said


def test_the_operator_s_own_program_is_told_the_folder_and_no_setting(answered, monkeypatch):
    monkeypatch.setenv("SURVEY_SMTP_PASSWORD_FILE", "/etc/secret")
    monkeypatch.setenv("OTHER", "kept")
    hook(answered, f'(echo "$@"; env) > {answered.root}/told')
    answered.done("data", "backup")
    told = (answered.root / "told").read_text()
    assert told.startswith(f"to there {backups(answered)}\n")
    assert "OTHER=kept" in told
    assert "SURVEY_" not in told
    assert moment_of(answered.kept, HANDED_ON) == NOW


def test_when_it_fails_the_backup_is_good_and_everybody_is_told_until_it_succeeds(answered):
    path = hook(answered, "exit 3")
    result = answered.run("data", "backup")
    assert result.exit_code == 1
    assert f"SURVEY_BACKUP_HOOK failed ({path}: 3)" in result.stderr
    assert answered.log[-1] == ("command line", "backup_not_copied")
    readiness = answered.app.test_client().get("/readyz").json
    assert "the last backup was not copied to another place" in readiness["warnings"]
    assert readiness["last_copy"] is None
    path.unlink()
    assert f"({path}: No such file" in answered.run("data", "backup").stderr
    answered.done("data", "restore", backups(answered), "--overwrite")
    hook(answered, "exit 0")
    answered.done("data", "backup")
    assert moment_of(answered.kept, NOT_HANDED_ON) is None
    assert not any("copied" in said for said in answered.app.test_client().get("/readyz").json["warnings"])


def test_a_rehearsal_says_how_old_and_how_quick_and_leaves_nothing(encrypted, key):
    encrypted.done("data", "backup")
    encrypted.now += timedelta(hours=7, minutes=30)
    before = sorted(path.name for path in encrypted.root.iterdir())
    said = encrypted.done("data", "rehearse", "--identity", key)
    assert "Records read: " in said
    assert "data-backups/1 was restored for practice in " in said
    assert "7.5 hours ago: what came since would be lost." in said
    assert sorted(path.name for path in encrypted.root.iterdir()) == before
    assert encrypted.log[-1] == ("command line", "backup_rehearsed")
    assert moment_of(encrypted.kept, REHEARSED) == encrypted.now
    assert encrypted.app.test_client().get("/readyz").json["last_rehearsal"] == encrypted.now.isoformat()


def test_a_rehearsal_needs_no_data_folder_and_makes_none(encrypted, key):
    encrypted.done("data", "backup")
    encrypted.app.config["DATA"] = encrypted.root / "elsewhere" / "data"
    encrypted.done("data", "rehearse", backups(encrypted), "--identity", key)
    assert list((encrypted.root / "elsewhere").iterdir()) == []


def test_a_rehearsal_fails_for_a_record_that_was_damaged_before_it_was_backed_up(answered):
    (answered.data / f"rounds/{ROUND}/reflection/arfon.json").write_bytes(b"{torn")
    answered.done("data", "backup")
    refused = answered.refused("data", "rehearse").splitlines()
    assert refused[0].startswith("data-backups/1 was restored for practice and removed again.")
    assert refused[1].startswith(f"rounds/{ROUND}/reflection/arfon: ")
    assert moment_of(answered.kept, REHEARSED) is None


def test_a_rehearsal_of_one_file_is_a_rehearsal_too(answered):
    answered.done("data", "backup", "--output", answered.root / "copy.zip")
    assert "copy.zip was restored for practice" in answered.done("data", "rehearse", answered.root / "copy.zip")


def test_what_a_killed_rehearsal_leaves_is_gone_with_the_next_command(answered, monkeypatch):
    answered.done("data", "backup")
    process = os.fork()
    if not process:
        monkeypatch.setattr(rehearsal, "open_data_folder", lambda *_, **__: os._exit(9))
        answered.run("data", "rehearse")
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == 9
    left = list(answered.root.glob(".data.restore-*"))
    assert len(left) == 1
    answered.done("rounds", "list")
    assert not left[0].exists()


def test_whoever_erases_is_told_until_when_the_backups_hold_it(answered):
    answered.done("data", "backup")
    said = answered.done("responses", "erase", ROUND, "arfon", "--reason", "asked", "--yes")
    assert f"It may be in the backups in {backups(answered)} until 29 October 2026, if one is made every day." in said


def test_a_list_that_cannot_be_read_is_told_of_by_every_backup(answered):
    answered.done("data", "backup")
    path = backups(answered) / "000001.json"
    path.write_text(json.dumps({"kind": "another"}))
    result = answered.run("data", "backup")
    assert result.exit_code == 1
    assert f"{path} cannot be read" in result.stderr
    assert "Backup 2 in" in result.stdout
