"""Files that are attached to a response: none is lost, none is named that is not there, none outlives its response."""

import errno
import multiprocessing
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from survey import atomic_file
from survey.collection.errors import DomainError
from survey.collection.responses.attachments import (
    FileLimits,
    attach,
    content_of,
    detach,
    drop_unnamed,
    erase_files,
    files_of,
    unnamed_files,
)
from survey.collection.responses.lifecycle import reopen, submit
from survey.collection.responses.response import REFLECTION, AttachedFile, Writer, read_response, response_from
from survey.collection.rounds.round import place
from survey.collection.rounds.snapshot import RoundSnapshot, load_snapshot
from survey.collection.soundness import sound
from survey.languages import language
from survey.storage.backup import backup
from survey.storage.data_folder import open_data_folder
from survey.storage.repository import Place, Record, StorageFull, Unreadable
from survey.storage.tinydb_files.repository import FileRepository
from survey.storage.verification import verify
from tests.collection.evidence import DOCX, PDF, PNG
from tests.collection.example import LATER, NOW, ROUND, opened_round, save, save_all
from tests.restoring import restore

LIMITS = FileLimits(3, 100_000)
DAY = timedelta(days=1)


def attached(
    repository: FileRepository,
    snapshot: RoundSnapshot,
    content: bytes = PDF,
    name: str = "a.pdf",
    *,
    key: str = "practice",
    cluster: str = "arfon",
    limits: FileLimits = LIMITS,
    by: str = "",
) -> AttachedFile:
    page = snapshot.instrument(cluster).page(key)
    assert page is not None
    identity = os.urandom(8).hex()
    return attach(
        repository, snapshot, cluster, page, name, content, limits, writer=Writer("en", by), now=NOW, new_id=identity
    )


def names(repository: FileRepository) -> list[str]:
    return [file.name for file in read_response(repository, ROUND, "arfon").files]


def contents(repository: FileRepository) -> list[str]:
    return repository.keys(files_of(ROUND))


def wrong(repository: FileRepository) -> list[str]:
    return [reason for one in verify(repository, sound(repository, language("en"))).wrong for reason in one.reasons]


def test_a_file_is_kept_whole_and_named_in_the_draft(repository: FileRepository, snapshot: RoundSnapshot) -> None:
    file = attached(repository, snapshot, name="C:\\plan tŷ.pdf", by="Siân")
    response = read_response(repository, ROUND, "arfon")
    assert response.files == (file,)
    assert (file.name, file.kind, file.size, file.page, file.by) == ("plan tŷ.pdf", "pdf", len(PDF), "practice", "Siân")
    assert content_of(repository, ROUND, "arfon", file) == PDF
    assert response.status == "in_progress"
    assert wrong(repository) == []


@pytest.mark.parametrize(
    ("content", "limits", "code"),
    [
        (b"", LIMITS, "file_empty"),
        (PDF + b" " * 100_000, LIMITS, "evidence_too_large"),
        (b"MZ", LIMITS, "wrong_kind"),
        (PDF, FileLimits(0, 100_000), "files_off"),
    ],
)
def test_what_is_refused_changes_nothing(
    repository: FileRepository, snapshot: RoundSnapshot, content: bytes, limits: FileLimits, code: str
) -> None:
    with pytest.raises(DomainError) as refused:
        attached(repository, snapshot, content, limits=limits)
    assert refused.value.code == code
    assert refused.value.say(language("cy"))
    assert (names(repository), contents(repository)) == ([], [])


def test_a_page_that_asks_for_no_files_takes_none(repository: FileRepository, snapshot: RoundSnapshot) -> None:
    with pytest.raises(DomainError) as refused:
        attached(repository, snapshot, key="about")
    assert refused.value.code == "files_off"


def test_there_are_never_more_than_the_most_and_none_twice(repository: FileRepository, snapshot: RoundSnapshot) -> None:
    attached(repository, snapshot, PDF)
    for content, code in ((PDF, "file_twice"), (PNG, "evidence_full")):
        with pytest.raises(DomainError) as refused:
            attached(repository, snapshot, content, limits=FileLimits(1, 100_000))
        assert refused.value.code == code
    assert len(contents(repository)) == 1, "what was refused is not kept"


def test_of_people_who_attach_at_once_every_file_is_kept(repository: FileRepository, snapshot: RoundSnapshot) -> None:
    with ThreadPoolExecutor(4) as people:
        made = list(people.map(lambda number: attached(repository, snapshot, PDF + b"%" * number), range(3)))
        saved = people.submit(save, repository, snapshot, "practice", {"stories": [{"id": "a1", "title": "Walks"}]})
    saved.result()
    response = read_response(repository, ROUND, "arfon")
    assert {file.id for file in response.files} == {file.id for file in made}
    assert response.answers["practice"]["stories"][0]["title"] == "Walks"
    assert {len(content_of(repository, ROUND, "arfon", file)) for file in made} == {len(PDF) + n for n in range(3)}


def test_a_submission_keeps_its_files_whatever_becomes_of_the_draft(
    repository: FileRepository, snapshot: RoundSnapshot
) -> None:
    save_all(repository, snapshot)
    file = attached(repository, snapshot)
    submit(repository, snapshot, "arfon", language="en", now=NOW)
    for action in (lambda: attached(repository, snapshot, PNG), lambda: removed(repository, snapshot, file)):
        with pytest.raises(DomainError) as refused:
            action()
        assert refused.value.code == "already_submitted"
    reopen(repository, snapshot, "arfon", reason="More", by="eira", now=NOW)
    removed(repository, snapshot, file)
    response = read_response(repository, ROUND, "arfon")
    assert response.files == ()
    assert response.counted is not None
    assert response.counted.files == (file,)
    assert content_of(repository, ROUND, "arfon", file) == PDF
    assert wrong(repository) == []


def removed(repository: FileRepository, snapshot: RoundSnapshot, file: AttachedFile) -> None:
    detach(repository, snapshot, "arfon", file.id, now=LATER)


def test_a_file_that_is_taken_out_is_gone_and_taking_it_out_twice_changes_nothing(
    repository: FileRepository, snapshot: RoundSnapshot
) -> None:
    file, other = attached(repository, snapshot), attached(repository, snapshot, DOCX, "b.docx")
    for _ in range(2):
        removed(repository, snapshot, file)
    assert names(repository) == ["b.docx"]
    assert contents(repository) == [f"arfon.{other.digest}"]


def test_what_is_attached_again_while_it_is_taken_out_stays(
    repository: FileRepository, snapshot: RoundSnapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = attached(repository, snapshot)
    delete = FileRepository.delete

    def attach_meanwhile(self: FileRepository, where: tuple[str, ...], key: str) -> bool:
        monkeypatch.setattr(FileRepository, "delete", delete)
        attached(repository, snapshot, name="again.pdf")
        return delete(self, where, key)

    monkeypatch.setattr(FileRepository, "delete", attach_meanwhile)
    removed(repository, snapshot, file)
    assert names(repository) == ["again.pdf"]
    assert wrong(repository) == []


def test_what_is_taken_out_elsewhere_while_it_is_attached_is_kept_again(
    repository: FileRepository, snapshot: RoundSnapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    update = FileRepository.update

    def taken_out_meanwhile(
        self: FileRepository, where: Place, key: str, change: Callable[[Record | None], Record]
    ) -> Record:
        if where == place(ROUND, REFLECTION):
            for name in contents(repository):
                repository.delete(files_of(ROUND), name)
        return update(self, where, key, change)

    monkeypatch.setattr(FileRepository, "update", taken_out_meanwhile)
    file = attached(repository, snapshot)
    assert content_of(repository, ROUND, "arfon", file) == PDF


def attach_and_die(root: Path) -> None:
    """Dies once the content is on the disk, before anything names it."""
    repository = FileRepository(root)
    update = FileRepository.update

    def die(self: FileRepository, where: Place, key: str, change: Callable[[Record | None], Record]) -> Record:
        return os._exit(9) if where == place(ROUND, REFLECTION) else update(self, where, key, change)

    FileRepository.update = die  # type: ignore[method-assign]
    attached(repository, load_snapshot(repository, ROUND))


def test_a_crash_between_content_and_name_names_nothing_that_is_not_there(
    repository: FileRepository, snapshot: RoundSnapshot
) -> None:
    child = multiprocessing.get_context("fork").Process(target=attach_and_die, args=(repository.root,))
    child.start()
    child.join()
    assert child.exitcode == 9
    assert names(repository) == []
    assert len(contents(repository)) == 1
    assert wrong(repository) == ["No response names this file. “data purge” removes it once it is a day old."]
    assert unnamed_files(repository, [ROUND], NOW) == [], "somebody may be about to name it"
    ((round_id, key),) = unnamed_files(repository, [ROUND], NOW + DAY)
    drop_unnamed(repository, round_id, key)
    assert contents(repository) == []
    assert attached(repository, snapshot).name == "a.pdf", "and it can be attached again"


def test_a_full_disk_changes_nothing(
    repository: FileRepository, snapshot: RoundSnapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(atomic_file, "write_all", full)
    with pytest.raises(StorageFull):
        attached(repository, snapshot)
    monkeypatch.undo()
    assert (names(repository), contents(repository)) == ([], [])


def test_a_file_that_is_missing_damaged_or_under_another_name_is_reported_and_never_handed_out(
    repository: FileRepository, snapshot: RoundSnapshot
) -> None:
    missing, damaged = attached(repository, snapshot), attached(repository, snapshot, DOCX, "b.docx")
    repository.delete(files_of(ROUND), f"arfon.{missing.digest}")
    key = f"arfon.{damaged.digest}"
    record = repository.read(files_of(ROUND), key)
    assert record is not None
    repository.write(files_of(ROUND), key, {**record, "content": "AAAA"})
    assert wrong(repository) == [
        "The file is damaged: its content is not what was attached.",
        "A file that the response names is missing: a.pdf",
    ]
    for file in (missing, damaged):
        with pytest.raises(Unreadable):
            content_of(repository, ROUND, "arfon", file)


def test_what_is_erased_is_gone_with_its_files_and_nobody_elses(
    repository: FileRepository, snapshot: RoundSnapshot
) -> None:
    attached(repository, snapshot)
    other = attached(repository, snapshot, cluster="conwy-west")
    erase_files(repository, ROUND, "arfon")
    assert contents(repository) == [f"conwy-west.{other.digest}"]


def test_a_backup_holds_the_files(tmp_path: Path) -> None:
    repository = open_data_folder(tmp_path / "data")
    file = attached(repository, opened_round(repository))
    backup(repository.root, tmp_path / "copy.zip")
    restore(tmp_path / "copy.zip", tmp_path / "again")
    back = FileRepository(tmp_path / "again")
    assert content_of(back, ROUND, "arfon", file) == PDF
    assert wrong(back) == []


def test_a_record_of_before_there_were_files_is_read_as_it_was(
    repository: FileRepository, snapshot: RoundSnapshot
) -> None:
    save_all(repository, snapshot)
    submit(repository, snapshot, "arfon", language="en", now=NOW)
    record = repository.read(place(ROUND, REFLECTION), "arfon")
    assert record is not None
    assert "files" not in record
    assert "files" not in record["submissions"][0]
    assert response_from(record).every_file == {}


def test_a_digest_says_nothing_of_another_clusters_file(repository: FileRepository, snapshot: RoundSnapshot) -> None:
    """Two clusters with the same file have each their own, so that one cannot learn of or keep the other's."""
    mine, theirs = attached(repository, snapshot), attached(repository, snapshot, cluster="conwy-west")
    assert mine.digest == theirs.digest
    removed(repository, snapshot, mine)
    assert content_of(repository, ROUND, "conwy-west", theirs) == PDF
