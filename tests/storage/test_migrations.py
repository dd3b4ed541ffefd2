"""A data folder that an earlier version wrote is taken over whole, also when the upgrade is cut short anywhere."""

import multiprocessing
import os
import signal
import tarfile
from pathlib import Path

import pytest

from survey.collection.errors import DomainError
from survey.collection.people.access import AccessGrant, follow, links_of, open_with
from survey.collection.people.accounts import readable_accounts, sign_in
from survey.collection.responses.anonymous import read_responses
from survey.collection.responses.anonymous_drafts import read_draft, resume
from survey.collection.responses.response import read_response
from survey.collection.rounds.snapshot import load_snapshot
from survey.collection.soundness import sound
from survey.languages import language
from survey.storage import migrations
from survey.storage.archive import opened
from survey.storage.data_folder import open_data_folder
from survey.storage.repository import StorageError, Unreadable
from survey.storage.tinydb_files.data_format import FORMAT, read_format, secret_of
from survey.storage.verification import verify
from tests.collection.anonymous_example import ROUND as CREW
from tests.collection.example import COMPLETE, NOW, ROUND
from tests.restoring import restore
from tests.verified import is_clean

FORMATS = Path(__file__).parent / "formats"
OLD_FOLDERS = ("accounts", f"rounds/{ROUND}/access", f"rounds/{CREW}/links")
STEPS = ("backup", "write_format", "replace_file", "remove_file", "quarantine_file")


@pytest.fixture(autouse=True)
def promised_of_the_disk() -> None:
    """Nobody waits for the disk here: who is killed has written what he wrote."""


@pytest.fixture
def old(tmp_path) -> Path:
    return unpacked(tmp_path / "data")


def unpacked(root: Path, number: int = 1) -> Path:
    with tarfile.open(FORMATS / f"format-{number}.tar.xz") as archive:
        archive.extraction_filter = getattr(tarfile, "data_filter", None)  # Python has it since 3.11.4
        archive.extractall(root)
    assert read_format(root) == number
    return root


def contents(root: Path) -> dict[str, bytes]:
    files = (path for path in root.rglob("*") if path.is_file() and path.suffix != ".lock")
    return {str(path.relative_to(root)): path.read_bytes() for path in files}


def opens(repository, code: str) -> AccessGrant | None:
    try:
        return open_with(repository, secret_of(repository.root).encode(), code, demonstration=False)
    except DomainError as refused:
        if refused.code != "wrong_code":
            raise
        return None


def test_people_sign_in_and_go_on_as_before(old):
    repository = open_data_folder(old)
    assert opens(repository, "K7QT-9WXM-3FBD") == AccessGrant(ROUND, "arfon", 2)
    assert opens(repository, "3333-3333-3333") == AccessGrant(ROUND, "conwy-west", 1)
    assert opens(repository, "2222-2222-2222") is None
    assert opens(repository, "4444-4444-4444") is None
    assert [(account.name, account.disabled) for account in readable_accounts(repository)[0]] == [
        ("eira", False),
        ("gwyn", True),
    ]
    assert sign_in(repository, "eira", "made up for tests", demonstration=False).role == "national"
    assert follow(repository, "k7qt-9wxm-3fbd", demonstration=False).cluster == "arfon"
    assert links_of(repository, CREW) == {"arfon": "k7qt-9wxm-3fbd", "conwy-west": "2222-3333-4444"}
    with pytest.raises(DomainError):
        follow(repository, "aaaa-aaaa-aaaa", demonstration=False)


def test_responses_and_drafts_are_as_they_were(old):
    repository = open_data_folder(old)
    assert read_response(repository, ROUND, "arfon").counted.answers["about"] == COMPLETE["about"]
    assert read_response(repository, ROUND, "conwy-west").status == "in_progress"
    crew = load_snapshot(repository, CREW)
    [response] = read_responses(repository, crew)
    assert response.answers["role"]["job"] == "nurse"
    secret = secret_of(old).encode()
    draft_id = resume(repository, crew, secret, "arfon", "5555-5555-5555", NOW)
    assert read_draft(repository, CREW, draft_id, NOW).pages["rest"].answers == {"comment": "Diolch am ofyn ŵ"}


def test_everything_is_sound_and_what_was_not_concerned_is_byte_for_byte_the_same(old):
    before = contents(old)
    repository = open_data_folder(old)
    report = verify(repository, sound(repository, language("en")))
    assert is_clean(report)
    assert (report.records, report.log_entries) == (16, 1)
    after = contents(old)
    gone = {name for name in before if name.startswith(OLD_FOLDERS)}
    assert len(gone) == 8
    assert before.keys() - after.keys() == gone
    assert after.keys() - before.keys() == {
        "accounts.tinydb",
        f"rounds/{ROUND}/people.tinydb",
        f"rounds/{CREW}/people.tinydb",
    }
    assert {name for name in before.keys() & after.keys() if before[name] != after[name]} == {"meta.json"}
    assert not any((old / folder).exists() for folder in OLD_FOLDERS)


def test_what_was_before_is_in_a_backup_and_comes_up_again(old, tmp_path):
    before = contents(old)
    open_data_folder(old)
    saved = tmp_path / "data-before-format-2.zip"
    with opened(saved) as (_, manifest):
        assert manifest.format == 1
    elsewhere = tmp_path / "elsewhere"
    restore(saved, elsewhere)
    assert contents(elsewhere) == {name: kept for name, kept in before.items() if not name.startswith("limits/")}
    assert opens(open_data_folder(elsewhere), "K7QT-9WXM-3FBD") == AccessGrant(ROUND, "arfon", 2)


def test_a_folder_that_lost_its_format_is_upgraded_all_the_same(old, tmp_path):
    expected = contents(open_data_folder(unpacked(tmp_path / "whole")).root)
    (old / "meta.json").unlink()
    repository = open_data_folder(old)
    assert contents(old) == expected
    assert opens(repository, "K7QT-9WXM-3FBD") == AccessGrant(ROUND, "arfon", 2)
    assert (tmp_path / "data-before-format-2.zip").exists()


def test_a_new_folder_that_lost_its_format_gets_it_back_and_stays_as_it_was(old):
    open_data_folder(old)
    before = contents(old)
    (old / "meta.json").unlink()
    assert is_clean(verify(open_data_folder(old)))
    assert contents(old) == before


def test_an_upgrade_that_the_disk_refuses_is_told_and_goes_on_later(old, monkeypatch):
    def refuse(*_: object) -> None:
        raise OSError(5, "the disk is broken")

    with monkeypatch.context() as broken:
        broken.setattr(migrations, "replace_file", refuse)
        with pytest.raises(StorageError) as raised:
            open_data_folder(old)
    assert str(raised.value) == f"{old} could not be kept: the disk is broken."
    assert read_format(old) == 1
    assert opens(open_data_folder(old), "K7QT-9WXM-3FBD") == AccessGrant(ROUND, "arfon", 2)


def counted(monkeypatch, killed_at: int = 0) -> list[str]:
    """The steps as they are done; this process is killed before the one with this number."""
    steps: list[str] = []

    def counting(name, act):
        def stand_in(*arguments):
            steps.append(name)
            if len(steps) == killed_at:
                os.kill(os.getpid(), signal.SIGKILL)
            return act(*arguments)

        return stand_in

    for name in STEPS:
        monkeypatch.setattr(migrations, name, counting(name, getattr(migrations, name)))
    return steps


def killed_while_opening(root: Path, step: int) -> None:
    """A process of its own opens the folder and is killed with SIGKILL before a step."""

    def work() -> None:
        with pytest.MonkeyPatch.context() as patched:
            counted(patched, step)
            open_data_folder(root)

    process = multiprocessing.get_context("fork").Process(target=work)
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL


def test_what_pages_gave_out_is_made_anew_and_nothing_else_is_touched(tmp_path):
    root = unpacked(tmp_path / "data", 2)
    before = contents(root)
    repository = open_data_folder(root)
    assert is_clean(verify(repository, sound(repository, language("en"))))
    after = contents(root)
    given_out = {name for name in before if "/workbooks/" in name}
    assert len(given_out) == 3
    assert before.keys() - after.keys() == given_out
    assert after.keys() <= before.keys()
    assert {name for name in after if before[name] != after[name]} == {"meta.json"}
    assert not list(root.glob("rounds/*/workbooks"))


COPIED = ("backup", "replace_file")
OF_2 = ("replace_file", *["remove_file"] * 2, *("replace_file", *["remove_file"] * 3) * 2)
DONE = ("write_format", "remove_file")


@pytest.mark.parametrize(
    ("oldest", "expected"),
    [(1, [*COPIED, *OF_2, *DONE, *COPIED, *DONE]), (2, [*COPIED, *["remove_file"] * 3, *DONE])],
)
def test_an_upgrade_killed_anywhere_is_finished_by_the_next_start(tmp_path, monkeypatch, oldest, expected):
    with monkeypatch.context() as counting:
        steps = counted(counting)
        whole = contents(open_data_folder(unpacked(tmp_path / "whole", oldest)).root)
    assert steps == expected
    for number in range(1, len(steps) + 1):
        root = unpacked(tmp_path / f"killed-{number}", oldest)
        killed_while_opening(root, number)
        assert read_format(root) == oldest + steps[: number - 1].count("write_format")
        assert contents(open_data_folder(root).root) == whole, number
        assert read_format(root) == FORMAT
        with opened(root.with_name(f"{root.name}-before-format-{oldest + 1}.zip")) as (_, manifest):
            assert manifest.format == oldest, "the copy from before the first try, not of what it left"


def test_what_an_old_version_changed_after_a_crash_counts(old):
    killed_while_opening(old, 11)
    assert (old / "rounds" / ROUND / "people.tinydb").exists(), "what the database has by then counts no more"
    path = old / "rounds" / ROUND / "access" / "conwy-west.json"
    path.write_bytes(path.read_bytes().replace(b'"issued":1', b'"issued":7'))
    assert opens(open_data_folder(old), "3333-3333-3333") == AccessGrant(ROUND, "conwy-west", 7)


def test_a_file_that_cannot_be_read_goes_into_quarantine_and_stops_nothing(old):
    (old / "rounds" / ROUND / "access" / "arfon.json").write_bytes(b"{")
    (old / "accounts" / "gwyn.json").write_bytes(b'{"record": {"1": 7}}')
    repository = open_data_folder(old)
    assert opens(repository, "3333-3333-3333") == AccessGrant(ROUND, "conwy-west", 1)
    assert sign_in(repository, "eira", "made up for tests", demonstration=False).name == "eira"
    with pytest.raises(Unreadable):
        opens(repository, "K7QT-9WXM-3FBD")
    assert [(fault.place, fault.key) for fault in verify(repository).unreadable] == [
        (("accounts",), "gwyn"),
        (("rounds", ROUND, "access"), "arfon"),
    ]
    quarantined = old / "set-aside" / "accounts" / "gwyn.json"
    quarantined.write_bytes(b'{"record": {"1": {"name": "gwyn"}}}')
    assert repository.quarantine.put_back(("accounts",), "gwyn")
    assert repository.read(("accounts",), "gwyn") == {"name": "gwyn"}


def test_the_copy_of_a_step_that_was_cut_short_is_kept_for_that_step_alone(tmp_path: Path) -> None:
    root = tmp_path / "data"
    root.mkdir()
    of_three = tmp_path / "data-before-format-3-2.zip"
    (root / migrations.BEGUN).write_text(of_three.name, "utf-8")
    assert migrations.copy_before(root, 3) == tmp_path / "data-before-format-3.zip", "the copy that is named is gone"
    of_three.touch()
    assert migrations.copy_before(root, 3) == of_three
    assert migrations.copy_before(root, 4) == tmp_path / "data-before-format-4.zip"
