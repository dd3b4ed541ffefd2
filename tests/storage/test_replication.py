"""Everything is copied from one repository into another, to the last byte, and nothing else stays there."""

from pathlib import Path

import pytest

from survey.storage import replication
from survey.storage.replication import copy_all, digest_of
from survey.storage.repository import SET_ASIDE_REASON, StorageError, Unreadable
from survey.storage.tinydb_files.repository import FileRepository
from survey.storage.verification import all_places

PLACE = ("rounds", "sr-2026", "reflection")
ACCESS = ("rounds", "sr-2026", "access")
FROZEN = ("rounds", "sr-2026", "frozen")
LOGS = ("log",)


@pytest.fixture(autouse=True)
def two_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Records and entries are more than are kept together."""
    monkeypatch.setattr(replication, "AT_ONCE", 2)


@pytest.fixture
def source(tmp_path: Path) -> FileRepository:
    source = FileRepository(tmp_path / "source")
    for number in range(5):
        source.write(PLACE, f"c-{number}", {"n": number, "text": "ŵ"})
        source.append(LOGS, "events", {"n": number})
    source.write(ACCESS, "arfon", {"hash": "one"})
    source.write_bytes(FROZEN, "definition.json", b"{}")
    source.write_bytes(FROZEN, "clusters.json", b"[]")
    return source


@pytest.fixture
def target(tmp_path: Path) -> FileRepository:
    return FileRepository(tmp_path / "target")


def set_aside(repository: FileRepository, key: str) -> None:
    strict = FileRepository(repository.root, lambda _, name, __: "no" if name == key else "")
    assert strict.quarantine.add(PLACE, key)


def test_everything_is_there_afterwards_and_both_have_one_digest(source, target) -> None:
    digest = copy_all(source, target)
    assert digest == digest_of(source) == digest_of(target)
    assert [*target.read_all(PLACE)] == [*source.read_all(PLACE)]
    assert target.read(ACCESS, "arfon") == {"hash": "one"}
    assert [entry["n"] for entry in target.entries(LOGS, "events")] == [0, 1, 2, 3, 4]
    assert [target.read_bytes(FROZEN, name) for name in target.files(FROZEN)] == [b"[]", b"{}"]


def test_how_far_it_is_is_told_after_each_place(source, target) -> None:
    told = []
    copy_all(source, target, lambda done, of: told.append((done, of)))
    number = len([*all_places(source)])
    assert told == [(done, number) for done in range(1, number + 1)]


CHANGES = {
    "a record is another": lambda kept: kept.write(PLACE, "c-0", {"n": 17}),
    "a record is another number": lambda kept: kept.write(PLACE, "c-1", {"n": 1.5, "text": "ŵ"}),
    "a record more": lambda kept: kept.write(PLACE, "c-9", {}),
    "a record fewer": lambda kept: kept.delete(PLACE, "c-4"),
    "a record of a table": lambda kept: kept.write(ACCESS, "arfon", {"hash": "two"}),
    "a record has another name": lambda kept: (
        kept.delete(PLACE, "c-4"),
        kept.write(PLACE, "c-5", {"n": 4, "text": "ŵ"}),
    ),
    "an entry more": lambda kept: kept.append(LOGS, "events", {"n": 5}),
    "a file is another": lambda kept: kept.write_bytes(FROZEN, "definition.json", b"{ }"),
    "a file more": lambda kept: kept.write_bytes(FROZEN, "texts.po", b""),
    "a record is set aside": lambda kept: set_aside(kept, "c-2"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_changes_gives_another_digest_and_is_copied_as_it_is_now(source, target, change) -> None:
    before = copy_all(source, target)
    change(source)
    after = digest_of(source)
    assert after != before
    assert copy_all(source, target) == after == digest_of(target)
    assert digest_of(source) == after


def test_in_which_order_a_record_was_written_does_not_matter(source) -> None:
    before = digest_of(source)
    path = source.root.joinpath(*PLACE, "c-0.json")
    written = path.read_bytes()
    turned = written.replace('"n":0,"text":"ŵ"'.encode(), '"text":"ŵ","n":0'.encode())
    assert turned != written
    path.write_bytes(turned)
    assert digest_of(source) == before


def test_what_is_in_quarantine_is_told_apart_by_what_it_is(source) -> None:
    set_aside(source, "c-1")
    before = digest_of(source)
    path = source.root.joinpath("set-aside", *PLACE, "c-1.json")
    path.write_bytes(path.read_bytes().replace(b'"n":1', b'"n":17'))
    assert digest_of(source) != before


def test_what_is_there_already_is_not_written_again(source, target, monkeypatch) -> None:
    copy_all(source, target)

    def refuse(*_: object) -> None:
        raise AssertionError

    for name in ("write", "write_all", "write_bytes", "append", "append_all", "delete"):
        monkeypatch.setattr(target, name, refuse)
    assert copy_all(source, target) == digest_of(source)


def test_what_the_source_has_not_goes_and_a_file_or_place_more_is_refused(source, target) -> None:
    target.write(PLACE, "north", {"n": 1})
    copy_all(source, target)
    assert "north" not in target.keys(PLACE)
    target.write_bytes(FROZEN, "other.json", b"")
    with pytest.raises(StorageError, match=r"^What was copied is not all that is there now: .* begin again\.$"):
        copy_all(source, target)


def test_another_log_is_refused_and_named(source, target) -> None:
    target.append(LOGS, "events", {"n": 17})
    with pytest.raises(StorageError, match=r"^log/events\.log is another there\. .* begin again\.$"):
        copy_all(source, target)
    longer = [{"n": number} for number in range(6)]
    target.remove(LOGS)
    target.append_all(LOGS, "events", longer)
    with pytest.raises(StorageError, match="is another there"):
        copy_all(source, target)
    assert [*target.entries(LOGS, "events")] == longer


def test_what_cannot_be_read_is_not_copied_without_a_word(source, target, tmp_path) -> None:
    source.root.joinpath(*PLACE, "c-3.json").write_bytes(b"torn")
    with pytest.raises(Unreadable, match="c-3"):
        copy_all(source, target)
    source.delete(PLACE, "c-3")
    source.root.joinpath(*LOGS, "events.log").write_bytes(b"torn\n")
    for act in (lambda: copy_all(source, FileRepository(tmp_path / "other")), lambda: digest_of(source)):
        with pytest.raises(Unreadable, match=r"events\.log line 1"):
            act()


def test_what_is_in_quarantine_is_there_too_missing_or_given_up(source, target) -> None:
    for key in ("c-1", "c-2"):
        set_aside(source, key)
    source.quarantine.accept_loss(PLACE, "c-2")
    source.write(PLACE, "c-2", {"n": 22})
    assert copy_all(source, target) == digest_of(source)
    assert [*target.quarantine.held(PLACE)] == [*source.quarantine.held(PLACE)]
    with pytest.raises(Unreadable, match=SET_ASIDE_REASON):
        target.read(PLACE, "c-1")
    assert target.read(PLACE, "c-2") == {"n": 22}
    assert source.quarantine.put_back(PLACE, "c-1")
    assert copy_all(source, target) == digest_of(source)
    assert target.read(PLACE, "c-1") == {"n": 1, "text": "ŵ"}
    assert [key for key, *_ in target.quarantine.held(PLACE)] == ["c-2"]


def test_a_place_that_lies_in_quarantine_as_a_whole_cannot_be_copied(source, target) -> None:
    [path] = source.root.joinpath(*ACCESS[:-1]).glob("*.tinydb")
    path.write_bytes(b"torn")
    assert source.quarantine.add(ACCESS, "arfon")
    with pytest.raises(Unreadable, match=SET_ASIDE_REASON):
        copy_all(source, target)
