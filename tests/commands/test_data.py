"""`flask data …`"""

import hashlib
import shutil
import stat
import zipfile
from datetime import timedelta

import pytest

from survey.collection.editions.held_edition import HeldEdition, hold_edition
from survey.collection.people.accounts import note
from survey.collection.people.contact_checks import Contact
from survey.collection.people.contacts import KEEP_CONTACTS, read_contacts, take_in
from survey.collection.people.held_lists import HeldList, hold_list
from survey.collection.people.rate_limits import Tries
from survey.collection.people.sessions import ACCOUNT, begin_session
from survey.collection.reading.decisions import reading_of
from survey.collection.reading.texts import keys_ever
from survey.collection.responses.attachments import files_of
from survey.collection.responses.lifecycle import submit
from survey.collection.responses.response import read_response
from survey.collection.responses.unfinished_forms import Form, held, hold
from survey.collection.translation.uploads import UnchangedMessages, Upload, hold_upload
from survey.reporting.jobs import content_of, kept_file
from survey.reporting.tasks.job import Job
from survey.storage.repository import SET_ASIDE_REASON as REASON
from survey.storage.repository import Unreadable
from tests.collection.example import NOW, ROUND, load_snapshot, save, save_all
from tests.commands.conftest import folder_state


@pytest.fixture
def answered(desk):
    desk.opened()
    snapshot = load_snapshot(desk.kept, ROUND)
    save_all(desk.kept, snapshot)
    submit(desk.kept, snapshot, "arfon", language="en", now=NOW)
    save(desk.kept, snapshot, "about", {"how": "other"}, cluster="conwy-west")
    return desk


def damage(desk, **changes):
    place = ("rounds", ROUND, "reflection")
    desk.kept.write(place, "arfon", {**desk.kept.read(place, "arfon"), **changes})


def test_verify_reads_everything_and_finds_nothing_wrong(answered):
    before = folder_state(answered.data)
    said = answered.done("data", "verify")
    assert said == "Records read: 4. Log entries read: 4. Unreadable: 0. Wrong: 0.\n"
    assert folder_state(answered.data) == before


def test_verify_names_what_cannot_be_read_and_moves_it_only_when_told(answered):
    path = answered.data / "rounds" / ROUND / "reflection" / "arfon.json"
    path.write_bytes(b"{torn")
    refused = answered.refused("data", "verify")
    assert refused.splitlines()[0].startswith(f"rounds/{ROUND}/reflection/arfon: ")
    assert path.exists()
    result = answered.run("data", "verify", "--set-aside")
    assert result.exit_code == 1
    assert not path.exists()
    assert (answered.data / "set-aside" / "rounds" / ROUND / "reflection" / "arfon.json").read_bytes() == b"{torn"
    assert ("command line", "record_set_aside") in answered.log
    again = answered.refused("data", "verify").splitlines()
    assert again[0] == f"rounds/{ROUND}/reflection/arfon: {REASON}"
    assert "data put-back" in again[-1]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"status": "asleep"}, "the record does not have the shape of its kind: look at “status”"),
        ({"status": "in_progress"}, "The status does not fit what was submitted."),
        ({"pages": 7}, "the record does not have the shape of its kind: look at “pages”"),
        ({"cluster": "nowhere"}, "There is no cluster with this code in the round: nowhere."),
        ({"cluster": "conwy-west"}, "The record lies under another name than its own."),
        ({"submissions": []}, "The status does not fit what was submitted."),
    ],
)
def test_verify_holds_each_response_against_what_the_round_was_opened_with(answered, changes, reason):
    damage(answered, **changes)
    assert answered.refused("data", "verify").splitlines()[0] == f"rounds/{ROUND}/reflection/arfon: {reason}"


def test_verify_holds_every_answer_against_the_frozen_definition(answered):
    place = ("rounds", ROUND, "reflection")
    record = answered.kept.read(place, "arfon")
    record["submissions"][0]["pages"]["about"]["answers"]["how"] = "dancing"
    record["submissions"][0]["frozen"] = "0" * 64
    record["pages"]["practice"]["answers"] = {"stories": [{"id": "a", "title": " not trimmed "}]}
    record["pages"]["elsewhere"] = record["pages"]["about"]
    answered.kept.write(place, "arfon", record)
    reasons = [line.split(": ", 1)[1] for line in answered.refused("data", "verify").splitlines()[:-1]]
    assert sorted(reasons) == sorted(
        [
            "practice: the answers are not in their kept form.",
            "The page is not part of what the cluster is asked: elsewhere.",
            "about.how: Choose one of the answers shown",
            "A submission names another definition than that of its round.",
        ]
    )


def test_verify_notices_that_what_was_asked_has_been_changed(answered):
    path = answered.data / "rounds" / ROUND / "frozen" / "definition.json"
    path.write_bytes(path.read_bytes().replace(b"How many", b"How much"))
    lines = answered.refused("data", "verify").splitlines()
    assert any("has been changed since" in line for line in lines)


def test_verify_notices_damaged_accounts_and_codes(answered):
    answered.kept.write(("accounts",), "eira", {"name": "eira"})
    answered.kept.write(("rounds", ROUND, "access"), "arfon", {"cluster": "nowhere", "hash": None, "issued": 1})
    lines = answered.refused("data", "verify").splitlines()
    assert lines[:2] == [
        "accounts/eira: the record does not have the shape of its kind: look at “role”",
        f"rounds/{ROUND}/access/arfon: There is no cluster with this code in the round: nowhere.",
    ]


def test_backup_and_restore_bring_everything_back(answered):
    target = answered.root / "copy.zip"
    assert "backed up and read back" in answered.done("data", "backup", "--output", target)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    before = folder_state(answered.data)
    save(answered.kept, load_snapshot(answered.kept, ROUND), "about", {"how": "meeting"}, cluster="conwy-west")
    assert "holds data" in answered.refused("data", "restore", target)
    said = answered.done("data", "restore", target, "--overwrite")
    assert "What was there before is kept in" in said
    assert said.endswith("Restored. Start the site again now.\n")
    after = folder_state(answered.data)
    assert {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)} == {
        "log/events.log",
        "backups/last.json",
    }
    assert read_response(answered.kept, ROUND, "conwy-west").answers == {"about": {"how": "other"}}
    assert answered.log[-1] == ("command line", "restored")


def test_restore_into_an_empty_place_needs_no_leave(answered):
    target = answered.root / "copy.zip"
    answered.done("data", "backup", "--output", target)
    answered.data.rename(answered.root / "lost")
    answered.done("data", "restore", target)
    assert read_response(answered.kept, ROUND, "arfon").status == "submitted"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"not a zip"])
def test_restore_refuses_what_is_no_backup(answered, content):
    target = answered.root / "copy.zip"
    target.write_bytes(content)
    answered.refused("data", "restore", target, "--overwrite")
    answered.refused("data", "restore", answered.root / "none.zip", "--overwrite")


def test_purge_removes_only_counts_and_files_that_are_over(answered):
    Tries(answered.kept, b"", "old").note_failure(NOW - timedelta(days=2))
    Tries(answered.kept, b"", "new").note_failure(NOW)
    unnamed = {"cluster": "arfon", "digest": "00", "at": (NOW - timedelta(days=2)).isoformat(), "content": ""}
    answered.kept.write(files_of(ROUND), "arfon.00", unnamed)
    form = Form("a", "about", "respond.section", {"key": "about"}, [("q-change", "Geiriau")], NOW - timedelta(days=2))
    hold(answered.kept, ROUND, "arfon", form)
    begin_session(answered.kept, "old", (ACCOUNT, "eira"), NOW - timedelta(hours=13))
    begin_session(answered.kept, "new", (ACCOUNT, "eira"), NOW)
    keep_made(answered, "workbook", NOW - timedelta(days=8))
    keep_made(answered, "data", NOW)
    gone_long = Contact("arfon", "Ann", "", "ann@nhs.example", "en")
    take_in(answered.kept, [gone_long], NOW.date() - KEEP_CONTACTS - timedelta(days=1))
    two_days_ago = (NOW - timedelta(days=2)).isoformat()
    hold_list(answered.kept, "eira", HeldList("a", two_days_ago, "contacts", ""))
    hold_list(answered.kept, "nia", HeldList("b", NOW.isoformat(), "contacts", ""))
    hold_edition(answered.kept, "eira", HeldEdition("c", two_days_ago, "uploaded", {}))
    hold_upload(answered.kept, "eira", Upload("d", "interface", two_days_ago, (), UnchangedMessages()))
    before = folder_state(answered.data)
    files = "Files that no response names, older than a day: 1\n"
    sent = "Forms sent and not finished, older than a day: 1\n"
    texts = "Sent to look at and not kept, older than a day: 3\n"
    texts += "Decisions on texts that are there no more: 0\n"
    made = "Workbooks, documents and data made over a week ago: 1\n"
    people = "Contacts that no list has named for two years: 1\n"
    sessions = f"{people}Sign-ins that are over: 1\n"
    counted = f"{files}{sent}{texts}{made}Counts of failed tries: 1\n{sessions}Anonymous drafts older than 14 days: 0\n"
    would = "Would be removed; no submitted answer would be touched:\n"
    assert answered.done("data", "purge", "--dry-run") == would + counted
    assert folder_state(answered.data) == before
    assert answered.done("data", "purge") == "Removed; no submitted answer was touched:\n" + counted
    gone = before.keys() - folder_state(answered.data).keys()
    assert sorted(name.split("/")[0] for name in gone) == [
        "held_editions",
        "held_lists",
        "limits",
        "rounds",
        "sessions",
        "uploads",
    ]
    assert f"rounds/{ROUND}/files/arfon.00.json" in gone
    assert read_contacts(answered.kept) == {}
    assert held(answered.kept, ROUND, "arfon", "a", "about") is None
    kept = {job.task: kept_file(answered.kept, job, NOW) for job in (made_job("workbook"), made_job("data"))}
    assert {task: content_of(answered.kept, made_job(task), one) for task, one in kept.items()} == {
        "workbook": None,
        "data": b"data",
    }
    assert answered.kept.read_bytes(made_job("workbook").place, made_job("workbook").file) == b""


def made_job(task):
    return Job(ROUND, task, 5, language="en")


def keep_made(desk, task, at):
    job, content = made_job(task), task.encode()
    desk.kept.write_bytes(job.place, job.file, content)
    file = {"state": "s", "at": at.isoformat(), "name": "n", "sha256": hashlib.sha256(content).hexdigest()}
    desk.kept.write(job.place, job.key, {"job": None, "failed": False, "file": file})


def test_purge_removes_what_was_decided_of_a_text_that_is_gone(answered):
    """Of an earlier submission it stays, and while any response cannot be read, all does."""
    snapshot = load_snapshot(answered.kept, ROUND)
    (*texts,) = keys_ever(answered.kept, snapshot)
    assert texts
    for key in (*texts, "0" * 32):
        answered.kept.write(
            reading_of(ROUND), key, {"state": "waiting", "goes_out": "", "themes": [], "by": "", "at": ""}
        )
    path = answered.data / f"{RECORD}.json"
    whole = path.read_bytes()
    path.write_bytes(b"{")
    answered.done("data", "purge")
    assert len(answered.kept.keys(reading_of(ROUND))) == len(texts) + 1
    path.write_bytes(whole)
    record = answered.kept.read(("rounds", ROUND, "reflection"), "arfon")
    later = {**record["submissions"][0], "number": 2, "pages": {}}
    answered.kept.write(
        ("rounds", ROUND, "reflection"), "arfon", {**record, "submissions": [*record["submissions"], later]}
    )
    assert "Decisions on texts that are there no more: 1\n" in answered.done("data", "purge")
    assert set(answered.kept.keys(reading_of(ROUND))) == set(texts)
    answered.done("responses", "erase", ROUND, "arfon", "--reason", "asked", "--yes")
    answered.done("data", "purge")
    assert answered.kept.keys(reading_of(ROUND)) == []


RECORD = f"rounds/{ROUND}/reflection/arfon"


@pytest.fixture
def torn(answered):
    """A backup, and then a submitted response that was torn and set aside."""
    answered.done("data", "backup", "--output", answered.root / "before.zip")
    (answered.data / f"{RECORD}.json").write_bytes(b"{torn")
    assert answered.run("data", "verify", "--set-aside").exit_code == 1
    return answered


def test_what_was_set_aside_is_reported_everywhere(torn):
    row = next(line for line in torn.done("rounds", "status", ROUND).splitlines() if "(arfon)" in line)
    assert "Cannot be read" in row
    for arguments in (
        ("responses", "export", ROUND),
        ("responses", "show", ROUND, "arfon"),
        ("export", "data", ROUND, "--format", "jsonl", "--output", torn.root),
    ):
        result = torn.run(*arguments)
        assert result.exit_code == 1
        assert f"{RECORD}: {REASON}" in result.stderr


def test_nothing_begins_in_the_place_of_what_was_set_aside(torn):
    with pytest.raises(Unreadable):
        save(torn.kept, load_snapshot(torn.kept, ROUND), "about", {"how": "other"})
    assert f"{RECORD}: " in torn.run("data", "verify").stderr


def test_the_record_of_a_backup_is_put_back_with_its_draft(torn):
    with zipfile.ZipFile(torn.root / "before.zip") as archive:
        (torn.data / "set-aside" / f"{RECORD}.json").write_bytes(archive.read(f"{RECORD}.json"))
    torn.done("data", "put-back", RECORD)
    torn.done("data", "verify")
    assert read_response(torn.kept, ROUND, "arfon").status == "submitted"
    assert torn.log[-1] == ("command line", "record_put_back")
    assert torn.refused("data", "put-back", RECORD) == f"There is no such record in the folder set-aside: {RECORD}."


def test_what_is_still_torn_is_not_put_back(torn):
    assert "not whole JSON" in torn.refused("data", "put-back", RECORD)


def test_a_loss_is_accepted_on_record_and_what_counted_comes_back_from_a_backup(torn, monkeypatch):
    elsewhere = torn.root / "drill"
    with monkeypatch.context() as practice:
        practice.setitem(torn.app.config, "DATA", elsewhere)
        torn.done("data", "restore", torn.root / "before.zip")
        torn.done("responses", "export", ROUND, "--output", torn.root / "all.jsonl")
    lines = (torn.root / "all.jsonl").read_text().splitlines()
    one = torn.root / "one.jsonl"
    one.write_text(next(line for line in lines if '"cluster":"arfon"' in line) + "\n")

    assert RECORD in torn.refused("responses", "import", ROUND, one)
    torn.refused("data", "accept-loss", RECORD, "--reason", " ")
    torn.done("data", "accept-loss", RECORD, "--reason", "The disk failed")
    assert read_response(torn.kept, ROUND, "arfon").status == "not_started"
    torn.done("data", "verify")
    torn.done("responses", "import", ROUND, one)
    assert read_response(torn.kept, ROUND, "arfon").status == "submitted"


@pytest.mark.parametrize("record", ["arfon", "rounds/x/reflection/arfon", "", "/", "../arfon", "limits/a"])
def test_a_record_that_was_not_set_aside_cannot_be_settled(answered, record):
    answered.refused("data", "put-back", record)
    answered.refused("data", "accept-loss", record, "--reason", "none")


@pytest.mark.parametrize("left", [None, b"\0" * 64, b"0123"])
def test_a_lost_secret_stops_everything_until_it_is_replaced_for_a_reason(answered, left):
    secret = answered.data / "secret"
    secret.unlink()
    if left is not None:
        secret.write_bytes(left)
    before = folder_state(answered.data)
    assert "data new-secret" in answered.refused("data", "verify")
    assert "reason" in answered.refused("data", "new-secret", "--reason", " ")
    assert folder_state(answered.data) == before
    answered.done("data", "new-secret", "--reason", "The disk lost it")
    assert len(bytes.fromhex(secret.read_text())) == 32
    assert ("command line", "secret_replaced") in answered.log
    replaced = folder_state(answered.data)
    assert "Nothing was changed" in answered.refused("data", "new-secret", "--reason", "again")
    assert folder_state(answered.data) == replaced


def test_verify_names_what_the_log_knows_and_is_gone_until_its_loss_is_accepted(answered):
    note(answered.kept, NOW, "cluster arfon", "submitted", round=ROUND, submission="1")
    note(answered.kept, NOW, "cluster conwy-west", "submitted", round=ROUND, submission="1")
    assert answered.run("data", "verify").exit_code == 0
    answered.kept.delete(("rounds", ROUND, "reflection"), "arfon")
    assert answered.refused("data", "verify").splitlines()[0].startswith(f"{RECORD}: the log says")
    assert "looked for no more" in answered.done("data", "accept-loss", RECORD, "--reason", "Agreed")
    assert answered.run("data", "verify").exit_code == 0
    answered.done("responses", "erase", ROUND, "conwy-west", "--reason", "Asked for", "--yes")
    assert answered.run("data", "verify").exit_code == 0


def test_verify_says_that_the_log_is_gone_also_after_it_was_begun_anew_until_its_loss_is_accepted(answered):
    answered.done("accounts", "add", "--role", "national", "--password-stdin", "eira", stdin="llyfr gwyrdd ar y bwrdd")
    assert answered.run("data", "verify").exit_code == 0
    answered.now += timedelta(hours=1)
    log = answered.data / "log" / "events.log"
    log.unlink()
    assert "log/events: there are accounts" in answered.refused("data", "verify")
    log.write_bytes(b"")
    assert "log/events: there are accounts" in answered.refused("data", "verify")
    answered.done("data", "purge")
    assert "log/events: there are accounts" in answered.refused("data", "verify")
    answered.done("data", "accept-loss", "log/events", "--reason", "No backup")
    assert answered.run("data", "verify").exit_code == 0


def test_a_new_folder_misses_no_log(desk):
    assert desk.run("data", "verify").exit_code == 0


def test_what_is_known_of_a_round_that_was_removed_is_given_up_with_it(answered):
    shutil.rmtree(answered.data / "rounds" / ROUND)
    assert f"rounds/{ROUND}/round: the log says" in answered.refused("data", "verify")
    answered.done("data", "accept-loss", f"rounds/{ROUND}/round", "--reason", "Its time is over")
    assert answered.run("data", "verify").exit_code == 0


def test_one_malformed_account_is_named_and_the_others_are_listed_and_reset(answered):
    add = ("accounts", "add", "--role", "national", "--password-stdin")
    for name in ("eira", "gwyn"):
        answered.done(*add, name, stdin="llyfr gwyrdd ar y bwrdd")
    account = answered.kept.read(("accounts",), "eira")
    answered.kept.write(("accounts",), "eira", {**account, "generation": "one"})
    listed = answered.run("accounts", "list")
    assert (listed.exit_code, "gwyn" in listed.stdout, "generation" in listed.stderr) == (1, True, True)
    answered.done("accounts", "reset", "gwyn", "--password-stdin", stdin="llyfr gwyrdd ar y bwrdd")
    assert "look at “generation”" in answered.refused("accounts", "disable", "eira")
    assert answered.run("data", "verify", "--set-aside").exit_code == 1
    answered.done("data", "accept-loss", "accounts/eira", "--reason", "It is made anew")
    answered.done(*add, "eira", stdin="llyfr gwyrdd ar y bwrdd")
    assert answered.run("data", "verify").exit_code == 0


def test_check_says_that_a_release_can_run_and_changes_nothing(desk):
    desk.opened()
    before = folder_state(desk.data)
    assert "can run with these settings" in desk.done("data", "check")
    (desk.data / "meta.json").write_bytes(b'{"format":2}')
    assert "from format 2 to format 3" in desk.done("data", "check")
    (desk.data / "meta.json").write_bytes(b'{"format":3}')
    assert folder_state(desk.data) == before


@pytest.mark.parametrize(("name", "content"), [("meta.json", b'{"format":99}'), ("secret", b"\0" * 64)])
def test_check_refuses_a_data_folder_that_this_release_could_not_run_on(desk, name, content):
    desk.opened()
    (desk.data / name).write_bytes(content)
    assert len(desk.refused("data", "check").splitlines()) == 1


def test_check_refuses_a_data_folder_on_a_network_share(desk, monkeypatch):
    desk.opened()
    monkeypatch.setattr("survey.storage.tinydb_files.network_share.network_share", lambda _folder: "nfs4")
    before = folder_state(desk.data)
    assert "network share (nfs4)" in desk.refused("data", "check")
    assert folder_state(desk.data) == before


def test_check_names_what_this_release_cannot_read_as_after_a_newer_one(desk):
    desk.opened()
    path = desk.data / "rounds" / "small-2026" / "round.json"
    path.write_bytes(path.read_bytes().replace(b'"status":', b'"of_a_newer_release":1,"status":'))
    before = folder_state(desk.data)
    lines = desk.refused("data", "check").splitlines()
    assert lines[0].startswith("rounds/small-2026/round")
    assert "a newer one wrote it" in lines[1]
    assert folder_state(desk.data) == before
