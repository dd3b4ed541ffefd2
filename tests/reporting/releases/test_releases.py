"""A release of a round of people: made once, given out as it was, held against by what comes after."""

import io
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from survey import languages
from survey.collection.errors import DomainError
from survey.collection.people.accounts import ACCOUNTS, EVENTS, LOG, Account
from survey.collection.progress import tell_no_more
from survey.collection.responses.anonymous import responses_of
from survey.collection.rounds.releases import CHARTS, KeptRelease, keep_file, read_releases, released_file, releases_of
from survey.collection.rounds.snapshot import load_snapshot
from survey.collection.soundness import sound
from survey.languages import LANGUAGES, language
from survey.reporting.disclosure.corrections import EVERYBODY
from survey.reporting.disclosure.counts import CountCell
from survey.reporting.disclosure.rounding_audit import RoundingAttack
from survey.reporting.releases import history, of_people
from survey.reporting.releases.exact_numbers import allow_exact, has_exact_form
from survey.reporting.releases.of_people import correct, draft_correction, released
from survey.reporting.releases.state import has_changed
from survey.storage.backup import backup
from survey.storage.repository import StorageFull, Unreadable
from survey.storage.tinydb_files.data_format import FORMAT, make_secret, write_format
from survey.storage.tinydb_files.repository import FileRepository
from survey.storage.verification import verify
from tests.reporting.workforce.survey_of_people import (
    CLOSES,
    ROUND,
    closed_round,
    cluster_list,
    opened,
    short_definition,
)
from tests.restoring import restore
from tests.verified import is_clean

WHERE = responses_of(ROUND)
RELEASES = releases_of(ROUND)
LATER = CLOSES + timedelta(days=30)


@pytest.fixture(scope="module", autouse=True)
def english_words() -> Iterator[None]:
    """English in place of Welsh that is not there yet."""
    languages.when_missing(lambda missing: missing.english)
    yield
    languages.when_missing(languages.mark_missing)


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> FileRepository:
    """A round of which a release was made. Nobody changes it."""
    root = tmp_path_factory.mktemp("releases") / "data"
    repository = closed_round(root, short_definition(), 90, "releases", boards=2, clusters=2)
    for name, role in (("eira", "national"), ("mair", "reader")):
        repository.write(ACCOUNTS, name, asdict(Account(name, role, None, "")))  # type: ignore[arg-type]
    released(repository, ROUND, 5, "eira", CLOSES)
    return repository


@pytest.fixture
def repository(first: FileRepository, tmp_path: Path) -> FileRepository:
    """The same, to be changed."""
    shutil.copytree(first.root, tmp_path / "data")
    return FileRepository(tmp_path / "data")


@pytest.fixture
def unreleased(repository: FileRepository) -> FileRepository:
    shutil.rmtree(repository.root.joinpath(*RELEASES))
    return repository


def files(repository: FileRepository, release: KeptRelease) -> dict[str, bytes]:
    return {code: released_file(repository, ROUND, release, code) for code in LANGUAGES}


def lose(repository: FileRepository, number: int) -> list[dict[str, object]]:
    keys = repository.keys(WHERE)[:number]
    lost = [repository.read(WHERE, key) or {} for key in keys]
    for key in keys:
        repository.delete(WHERE, key)
    return lost


def corrected(repository: FileRepository) -> KeptRelease:
    return correct(repository, draft_correction(repository, ROUND), "eira", "  Some were\nmissing ", LATER)


def refused(attempt: Callable[[], object]) -> str:
    with pytest.raises(DomainError) as error:
        attempt()
    assert error.value.say(language("en"))
    return error.value.code


def test_asked_again_it_is_the_same_whatever_happened_and_whatever_the_setting_says(
    repository: FileRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    (one,) = read_releases(repository, ROUND)
    before = files(repository, one)
    lose(repository, 12)
    monkeypatch.setattr(of_people, "software_version", lambda: "Myfyrio 99")
    for threshold in (1, 5, 20):
        assert released(repository, ROUND, threshold, "mair", LATER) == one
    assert files(repository, one) == before
    assert (one.number, one.threshold, one.by) == (1, 5, "eira")
    assert one.software != "Myfyrio 99"


def test_a_correction_is_attacked_by_the_rounded_numbers_of_all_releases(
    repository: FileRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told(attack: RoundingAttack, _unseen: frozenset[CountCell]) -> list[CountCell]:
        return [EVERYBODY]

    monkeypatch.setattr(of_people, "RoundingAttack", type("ToldAlways", (RoundingAttack,), {"told": told}))
    lose(repository, 12)
    assert refused(lambda: draft_correction(repository, ROUND)) == "too_few_changed"


def test_a_change_of_the_responses_is_noticed_and_putting_them_back_is_none(repository: FileRepository) -> None:
    snapshot, (one,) = load_snapshot(repository, ROUND), read_releases(repository, ROUND)
    assert not has_changed(repository, snapshot, one)
    key = repository.keys(WHERE)[0]
    record = repository.read(WHERE, key) or {}
    repository.delete(WHERE, key)
    assert has_changed(repository, snapshot, one)
    repository.create(WHERE, key, record)
    assert not has_changed(repository, snapshot, one)
    repository.write(WHERE, key, {**record, "pages": {}})
    assert has_changed(repository, snapshot, one)


def test_a_copy_of_the_data_folder_is_no_change_and_has_the_release(repository: FileRepository, tmp_path: Path) -> None:
    (one,) = read_releases(repository, ROUND)
    make_secret(repository.root)
    write_format(repository.root, FORMAT)
    backup(repository.root, tmp_path / "copy.zip")
    restore(tmp_path / "copy.zip", tmp_path / "elsewhere")
    other = FileRepository(tmp_path / "elsewhere")
    assert read_releases(other, ROUND) == [one]
    assert files(other, one) == files(repository, one)
    assert not has_changed(other, load_snapshot(other, ROUND), one)


def test_nothing_is_released_while_a_record_cannot_be_read(unreleased: FileRepository) -> None:
    key = unreleased.keys(WHERE)[3]
    path = unreleased.root.joinpath(*WHERE, key[:2], f"{key}.json")
    whole = path.read_bytes()
    path.write_bytes(b"{")
    with pytest.raises(DomainError) as error:
        released(unreleased, ROUND, 5, "eira", CLOSES)
    assert key in error.value.say(language("en"))
    assert "data put-back" in error.value.say(language("en"))
    assert read_releases(unreleased, ROUND) == []
    path.write_bytes(whole)
    assert released(unreleased, ROUND, 5, "eira", CLOSES).number == 1


def test_no_correction_is_made_while_a_record_cannot_be_read(repository: FileRepository) -> None:
    key = repository.keys(WHERE)[3]
    repository.root.joinpath(*WHERE, key[:2], f"{key}.json").write_bytes(b"{")
    assert has_changed(repository, load_snapshot(repository, ROUND), read_releases(repository, ROUND)[0])
    assert refused(lambda: draft_correction(repository, ROUND)) == "unreadable_responses"


def test_nothing_is_released_before_the_close(tmp_path: Path) -> None:
    repository, _ = opened(tmp_path / "data", short_definition(), cluster_list(2, 2))
    assert refused(lambda: released(repository, ROUND, 5, "eira", CLOSES)) == "still_open"


def test_two_who_release_at_once_get_the_same(unreleased: FileRepository, monkeypatch: pytest.MonkeyPatch) -> None:
    """While one is being made by somebody who found none, somebody else makes it."""
    earlier = iter([[]])
    monkeypatch.setattr(of_people, "read_releases", lambda *asked: next(earlier, None) or read_releases(*asked))
    drafted = of_people._first

    def slowly(*asked: object) -> of_people.ReleaseDraft:
        draft = drafted(*asked)  # type: ignore[arg-type]
        monkeypatch.setattr(of_people, "_first", drafted)
        made.append(released(unreleased, ROUND, 5, "mair", LATER))
        return draft

    made: list[KeptRelease] = []
    monkeypatch.setattr(of_people, "_first", slowly)
    made.append(released(unreleased, ROUND, 5, "eira", CLOSES))
    assert made[0] == made[1]
    assert made[0].by == "mair"
    assert read_releases(unreleased, ROUND) == [made[0]]
    assert files(unreleased, made[0])


@pytest.mark.parametrize("writes", range(6))
def test_a_disk_that_fills_leaves_no_release_and_the_next_try_makes_it(
    unreleased: FileRepository, monkeypatch: pytest.MonkeyPatch, writes: int
) -> None:
    left = [writes]
    whole = FileRepository.write_bytes

    def filling(repository: FileRepository, *given: object) -> None:
        if not left[0]:
            raise StorageFull("no room")
        left[0] -= 1
        whole(repository, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(FileRepository, "write_bytes", filling)
    monkeypatch.setattr(of_people.Prepared, "write", lambda _, told, folder: small_file(folder, told.code))
    with pytest.raises(StorageFull):
        released(unreleased, ROUND, 5, "eira", CLOSES)
    assert read_releases(unreleased, ROUND) == []
    left[0] = 99
    release = released(unreleased, ROUND, 5, "eira", CLOSES)
    assert read_releases(unreleased, ROUND) == [release]
    assert is_clean(verify(unreleased, sound(unreleased, language("en"))))


def small_file(folder: Path, code: str) -> Path:
    path = folder / f"workbook.{code}.xlsx"
    path.write_bytes(code.encode())
    return path


def test_a_correction_is_numbered_named_and_in_the_notes(repository: FileRepository) -> None:
    lose(repository, 40)
    two = corrected(repository)
    assert (two.number, two.by, two.reason, two.threshold) == (2, "eira", "Some were missing", 5)
    assert released(repository, ROUND, 1, "mair", LATER) == two
    path = repository.root / "book.xlsx"
    path.write_bytes(released_file(repository, ROUND, two, "en"))
    notes = {row[0].value: row[1].value for row in openpyxl.load_workbook(path)["Notes"].iter_rows() if len(row) > 1}
    assert (notes["Release"], notes["Corrected by"], notes["Reason for the correction"]) == (
        2,
        "National team",
        two.reason,
    )
    assert notes["Released on"] == language("en").date(LATER)
    assert notes["Audit with earlier releases"].startswith("Passed")
    assert any("In this correction a number is" in str(note) for note in notes.values())
    (entry,) = [entry for entry in repository.entries(LOG, EVENTS) if entry["what"] == "release_corrected"]
    assert (entry["who"], entry["release"], entry["reason"]) == ("eira", "2", "Some were missing")


def test_a_single_person_cannot_be_corrected_away(repository: FileRepository) -> None:
    lose(repository, 1)
    assert refused(lambda: draft_correction(repository, ROUND)) == "too_few_changed"
    assert len(read_releases(repository, ROUND)) == 1


@pytest.mark.parametrize(
    ("by", "reason", "code"),
    [
        ("eira", " ", "correction_reason_needed"),
        ("mair", "why", "correction_account_needed"),
        ("nobody", "why", "correction_account_needed"),
    ],
)
def test_a_correction_needs_a_reason_and_somebody_who_answers_for_it(
    repository: FileRepository, by: str, reason: str, code: str
) -> None:
    lose(repository, 40)
    draft = draft_correction(repository, ROUND)
    assert refused(lambda: correct(repository, draft, by, reason, LATER)) == code
    assert len(read_releases(repository, ROUND)) == 1


def test_nothing_is_corrected_where_nothing_changed_or_was_released(repository: FileRepository) -> None:
    assert refused(lambda: draft_correction(repository, ROUND)) == "nothing_to_correct"
    shutil.rmtree(repository.root.joinpath(*RELEASES))
    assert refused(lambda: draft_correction(repository, ROUND)) == "not_released"


def test_of_two_corrections_at_once_the_second_is_refused(repository: FileRepository) -> None:
    lose(repository, 40)
    draft = draft_correction(repository, ROUND)
    made = correct(repository, draft, "eira", "why", LATER)
    assert refused(lambda: correct(repository, draft, "eira", "another", LATER)) == "released_meanwhile"
    assert read_releases(repository, ROUND)[-1] == made


def test_a_version_that_counts_otherwise_is_not_compared(
    repository: FileRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    lose(repository, 40)
    honest = of_people._figures(load_snapshot(repository, ROUND))
    twice = replace(honest, count=lambda people: {cell: 2 * number for cell, number in honest.count(people).items()})
    monkeypatch.setattr(of_people, "_figures", lambda _: twice)
    assert refused(lambda: draft_correction(repository, ROUND)) == "counted_otherwise"


def test_a_release_of_which_not_all_numbers_were_kept_is_not_corrected(repository: FileRepository) -> None:
    """Of an older version: its rounded numbers would tell too much beside new ones."""
    (one,) = read_releases(repository, ROUND)
    counts = json.loads(released_file(repository, ROUND, one, history.COUNTS))
    del counts["ordinary"]
    kept = keep_file(repository, ROUND, 1, history.COUNTS, "counts.json", json.dumps(counts).encode())
    record = repository.read(RELEASES, "1") or {}
    repository.write(RELEASES, "1", {**record, "files": {**record["files"], history.COUNTS: asdict(kept)}})
    lose(repository, 40)
    assert refused(lambda: draft_correction(repository, ROUND)) == "counted_otherwise"


def test_a_file_of_a_release_that_was_changed_is_not_given_out_and_is_found(repository: FileRepository) -> None:
    (one,) = read_releases(repository, ROUND)
    repository.write_bytes((*RELEASES, "1"), one.files["cy"].kept_as, b"other")
    with pytest.raises(Unreadable):
        files(repository, one)
    report = verify(repository, sound(repository, language("en")))
    assert [(wrong.place, wrong.key) for wrong in report.wrong] == [(RELEASES, "1")]


def test_a_damaged_release_does_not_make_room_for_another_first_one(repository: FileRepository) -> None:
    repository.root.joinpath(*RELEASES, "1.json").write_bytes(b"{")
    with pytest.raises(Unreadable):
        released(repository, ROUND, 5, "eira", CLOSES)


def test_a_release_that_is_missing_before_another_is_named(repository: FileRepository) -> None:
    lose(repository, 40)
    corrected(repository)
    repository.delete(RELEASES, "1")
    with pytest.raises(Unreadable, match="releases/1"):
        released(repository, ROUND, 5, "eira", CLOSES)


def test_what_was_told_at_the_close_pins_the_threshold(unreleased: FileRepository) -> None:
    tell_no_more(unreleased, load_snapshot(unreleased, ROUND), 7)
    assert released(unreleased, ROUND, 3, "eira", CLOSES).threshold == 7


def test_a_cluster_that_fell_below_the_threshold_since_the_close_is_not_told_apart(unreleased: FileRepository) -> None:
    snapshot = load_snapshot(unreleased, ROUND)
    of_cluster: dict[str, list[str]] = {}
    for key, record in unreleased.read_all(WHERE):
        assert isinstance(record, dict)
        of_cluster.setdefault(record["cluster"], []).append(key)
    cluster, keys = min(of_cluster.items(), key=lambda item: len(item[1]))
    tell_no_more(unreleased, snapshot, len(keys))
    unreleased.delete(WHERE, keys[0])
    release = released(unreleased, ROUND, 5, "eira", CLOSES)
    assert release.enough is None
    hidden = history.PastRelease(unreleased, ROUND, release).hidden
    assert ("", ("board", snapshot.cluster(cluster).health_board)) in hidden
    path = unreleased.root / "book.xlsx"
    path.write_bytes(released_file(unreleased, ROUND, release, "en"))
    sheet = openpyxl.load_workbook(path)["Response by cluster"]
    (table,) = sheet.tables.values()
    assert {row[-1].value for row in sheet[table.ref][1:]} == {"[c]"}


def test_exact_numbers_of_a_correction_are_not_given_out_though_an_earlier_version_made_them(
    first: FileRepository,
) -> None:
    release = read_releases(first, ROUND)[0]
    asked = ("en", "eira", "A check", LATER)
    assert allow_exact(first, ROUND, release, *asked)
    assert has_exact_form(release)
    assert not has_exact_form(replace(release, number=2))
    with pytest.raises(DomainError) as refused:
        allow_exact(first, ROUND, replace(release, number=2), *asked)
    assert refused.value.code == "exact_of_correction"


def test_its_charts_are_drawn_from_the_cells_that_it_shows_and_nothing_else(repository: FileRepository) -> None:
    (one,) = read_releases(repository, ROUND)
    book = openpyxl.load_workbook(io.BytesIO(files(repository, one)["en"]))
    tables = {str(sheet["A1"].value).split(" [")[0]: list(sheet.iter_rows()) for sheet in book}
    charts = json.loads(released_file(repository, ROUND, one, f"{CHARTS}en"))
    assert len(charts) == 3
    for chart in charts:
        rows = {tuple(map(shown, row)) for row in tables[chart["title"]]}
        for row in chart["table"]["rows"]:
            drawn = tuple(cell["text"] for cell in row)
            assert any(other[: len(drawn)] == drawn for other in rows), drawn
        assert any(meaning.startswith("[c]") for meaning in chart["meanings"]) == ("[c]" in str(chart["table"]))
    assert sum("without all figures are not drawn" in chart["svg"] for chart in charts) == 1, (
        "what is hidden is left out"
    )


def shown(cell: Any) -> str:
    """A cell as the table of a page says it."""
    if isinstance(cell.value, int | float) and "%" in cell.number_format:
        return f"{cell.value:.0%}"
    if isinstance(cell.value, float):
        return f"{cell.value:.2f}".replace("-", "−")
    return str(cell.value)
