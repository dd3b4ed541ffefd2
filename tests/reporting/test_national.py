"""The national workbook as a whole: its rules, its origin, its state, its charts."""

import hashlib
import json
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from survey.collection.errors import DomainError
from survey.collection.rounds.round import Round, change_round, create_round
from survey.collection.rounds.snapshot import digest_of_snapshot
from survey.languages import Language, Phrase, language
from survey.reporting.measures.declarations import MEASURES, Measure
from survey.reporting.records.series import read_series
from survey.reporting.workbooks.national.workbook import SHEETS, workbook_of
from survey.reporting.workbooks.registry import prepared
from survey.reporting.workbooks.report import Report
from survey.reporting.xlsx.check.checker import check_workbook
from survey.reporting.xlsx.check.description_rules import problems
from survey.reporting.xlsx.description import MEANINGS, MEANS, Paragraphs, Shorthand, Table, Workbook
from survey.storage.tinydb_files.repository import FileRepository
from tests.reporting.reading import ReadWorkbook
from tests.reporting.second_path import Stored
from tests.reporting.small_wales import NOW, ROUND, YEARS

DOCS = Path(__file__).parents[2] / "docs" / "national-team.md"


@pytest.fixture
def copied(wales: FileRepository, tmp_path: Path) -> FileRepository:
    """The small Wales, to be spoilt."""
    shutil.copytree(wales.root, tmp_path / "data")
    return FileRepository(tmp_path / "data")


def national_workbook(repository: FileRepository, round_id: str, language: Language, now: datetime) -> Workbook:
    return prepared(repository, round_id, 5, now).workbook(language)


def record_path(repository: FileRepository, cluster: str, round_id: str = ROUND) -> Path:
    return repository.root / "rounds" / round_id / "reflection" / f"{cluster}.json"


def provenance(book: ReadWorkbook) -> dict[str, Any]:
    return {row[0]: row[1] for row in book.rows("Notes")}


def test_the_checker_finds_nothing(book: ReadWorkbook) -> None:
    assert check_workbook(book.path, language("en")) == []


def explained(section: str) -> set[str]:
    """The sheets that a section for the national team explains."""
    text = DOCS.read_text("utf-8").split(f"\n## {section}\n")[1].split("\n## ")[0]
    return set(re.findall(r"^### (.+)$", text, re.MULTILINE))


def test_every_sheet_and_no_other_is_explained_to_the_national_team(workbooks: dict[str, ReadWorkbook]) -> None:
    assert explained("The workbook, sheet by sheet") == set(workbooks["en"].book.sheetnames)


def test_every_sheet_of_words_and_no_other_is_explained(own_words: dict[str, ReadWorkbook]) -> None:
    elsewhere = {"Cover", "Contents", "Notes", "Maturity by cluster"}
    assert explained("The workbook of what clusters wrote") | elsewhere == set(own_words["en"].book.sheetnames)


def test_sheets_come_in_the_order_of_the_registry(workbooks: dict[str, ReadWorkbook]) -> None:
    names = workbooks["en"].book.sheetnames
    assert names[:5] == ["Cover", "Contents", "Notes", "Key findings", "Response by health board"]
    assert names[-2:] == ["Chart of enablers over years", "Charts of answers"]
    assert len(names) == 3 + len(SHEETS)


def test_what_left_the_workbook_is_named_on_cover_and_contents(
    workbooks: dict[str, ReadWorkbook], own_words: dict[str, ReadWorkbook], code: str
) -> None:
    title = own_words[code].book.worksheets[0]["A1"].value
    for name in ("Cover", "Contents"):
        assert title in " ".join(workbooks[code].lines(name)), name


def test_the_checker_finds_nothing_in_the_workbook_of_words(own_words: dict[str, ReadWorkbook], code: str) -> None:
    assert check_workbook(own_words[code].path, language("en")) == []


@pytest.mark.parametrize("name", ["Response by cluster", "Maturity by cluster", "Movement by cluster", "Help wanted"])
def test_silent_clusters_are_always_there(name: str, book: ReadWorkbook, stored: Stored) -> None:
    assert {row[1] for row in book.rows(name)} == {stored.cluster(code) for code in stored.clusters}


def test_the_notes_say_where_the_figures_come_from(book: ReadWorkbook, stored: Stored) -> None:
    found = provenance(book)
    snapshot = stored.root / "rounds" / ROUND / "frozen"
    for subject, name in (
        ("Welsh texts", "texts.cy.json"),
        ("English texts", "texts.en.json"),
        ("Definition", "definition.json"),
    ):
        label = book.words("provenance", "SHA-256: %(subject)s") % {"subject": book.words("provenance", subject)}
        assert found[label] == hashlib.sha256((snapshot / name).read_bytes()).hexdigest()
    assert found[book.words("provenance", "Round")] == ROUND
    counted = sum(bool(stored.counted(code)) for code in stored.clusters)
    assert found[book.words("provenance", "Responses that count")] == counted
    assert re.fullmatch(r"Myfyrio \d+\.\d+\.\d+", found[book.words("provenance", "Software")])


def test_every_measure_on_the_sheets_is_explained_in_the_notes(book: ReadWorkbook) -> None:
    notes = [row[1] for row in book.rows("Notes") if row[0].startswith("[")]
    assert len(notes) == 15
    assert all(len(note) > 80 for note in notes)
    for measure, note in zip(MEASURES, notes, strict=False):
        said = {part: book.words(phrase.context, phrase.english) for part, phrase in phrases_of(measure).items()}
        assert note.startswith(f"{said.pop('name')}. ")
        assert all(words in note for words in said.values()), measure.id
    (small,) = notes[len(MEASURES) :]
    assert small == book.words("workbook", SMALL_BASE_NOTE)


def test_the_notes_list_what_every_shorthand_means(book: ReadWorkbook) -> None:
    label = book.words("workbook", "Shorthand %(code)s")
    listed = [row[1] for row in book.rows("Notes") if row[0] in {label % {"code": each.value} for each in Shorthand}]
    sentence = book.words(MEANS.context, MEANS.english)
    assert listed == [
        sentence % {"shorthand": each.value, "meaning": book.words(meaning.context, meaning.english)}
        for each, meaning in MEANINGS.items()
    ]
    assert MEANINGS.keys() == {*Shorthand}


def test_what_is_counted_stands_in_the_headers(workbooks: dict[str, ReadWorkbook]) -> None:
    units = {
        "Maturity by health board": "Reflections asked for, Reflections submitted, Mature (reflections)",
        "Movement": "Reflections asked for, Reflections submitted, Moved up (reflections)",
        "Criteria": "Assigned clusters, Assigned clusters that responded, In place (clusters)",
        "Enablers and barriers": "Clusters expected, Clusters that responded",
        "Actions of last year": "Done (actions)",
        "Response by health board": "Clusters expected, Submitted (clusters)",
    }
    for name, headers in units.items():
        sheet = workbooks["en"].book[name]
        (table,) = sheet.tables.values()
        assert set(headers.split(", ")) <= {column.name for column in table.tableColumns}, name


SMALL_BASE_NOTE = (
    "A percentage or mean of fewer than five clusters is not given, because one cluster would move it too far. "
    "The counts are given: clusters are organisations, and their counts are not confidential."
)


def phrases_of(measure: Measure) -> dict[str, Phrase]:
    parts = ("name", "numerator", "denominator", "exclusions", "missing", "continuity")
    return {part: getattr(measure, part) for part in parts} | {"unit": measure.unit.meaning}


def test_answers_made_up_for_a_demonstration_are_in_no_real_trend(copied: FileRepository) -> None:
    change_round(copied, "sr-2025", lambda real: replace(real, demonstration=True))
    assert [data.snapshot.round.id for data in read_series(copied, ROUND).earlier] == ["sr-2024"]
    trend = national_workbook(copied, ROUND, language("en"), NOW).sheet("Trend")
    assert trend is not None
    assert isinstance(trend.body, Table)
    assert YEARS["sr-2025"][1] not in {row[2] for row in trend.body.rows}


def test_the_same_data_make_the_same_file(wales: FileRepository, tmp_path: Path) -> None:
    (tmp_path / "later").mkdir()
    one = prepared(wales, ROUND, 5, NOW).write(language("en"), tmp_path / "one.xlsx")
    later = prepared(FileRepository(wales.root), ROUND, 5, NOW + timedelta(days=9))
    two = later.write(language("en"), tmp_path / "later")
    assert two.name == "national-workbook-sr-2026-2026-27.en.xlsx"
    assert one.read_bytes() == two.read_bytes()


def test_making_it_writes_nothing_to_the_data(copied: FileRepository) -> None:
    before = {path: path.read_bytes() for path in copied.root.rglob("*") if path.is_file()}
    national_workbook(copied, ROUND, language("en"), NOW)
    assert {path: path.read_bytes() for path in copied.root.rglob("*") if path.is_file()} == before


def test_a_changed_answer_is_in_the_next_workbook(copied: FileRepository) -> None:
    def level_of_arfon() -> object:
        sheet = national_workbook(copied, ROUND, language("en"), NOW).sheet("Maturity by cluster")
        assert sheet is not None
        assert isinstance(sheet.body, Table)
        return next(row[3] for row in sheet.body.rows if row[1] == "Arfon" and row[2] == "pcmw-01")

    path = record_path(copied, "c-arfon")
    before = level_of_arfon()
    wanted = "mature" if before != "Mature" else "foundation"
    kept = json.loads(path.read_text("utf-8"))
    kept["record"]["1"]["submissions"][-1]["pages"]["outcome/pcmw-01"]["answers"]["level"] = wanted
    path.write_text(json.dumps(kept), "utf-8")
    assert level_of_arfon() == wanted.capitalize()


def _torn(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:200])


def _not_a_response(path: Path) -> None:
    path.write_text('{"record": {"1": {"status": "submitted"}}}', "utf-8")


def _wrong_answers(path: Path) -> None:
    kept = json.loads(path.read_text("utf-8"))
    kept["record"]["1"]["submissions"][-1]["pages"]["outcome/pcmw-01"]["answers"]["criteria"] = [1, 2]
    path.write_text(json.dumps(kept), "utf-8")


@pytest.mark.parametrize("spoil", [_torn, _not_a_response, _wrong_answers])
def test_an_unreadable_response_is_named_and_counted_as_such(
    copied: FileRepository, spoil: Callable[[Path], None]
) -> None:
    spoil(record_path(copied, "c-arfon"))
    book = national_workbook(copied, ROUND, language("en"), NOW)
    assert problems(book) == []
    notes, response, clusters = (
        book.sheet(name) for name in ("Notes", "Response by health board", "Response by cluster")
    )
    assert notes is not None
    assert response is not None
    assert clusters is not None
    assert isinstance(response.body, Table)
    assert isinstance(clusters.body, Table)
    assert any("c-arfon" in text for subject, text in notes.body.provenance if "cannot be read" in subject)  # type: ignore[union-attr]
    assert any("1 response could not be read" in line for line in response.preamble)
    assert [column.key for column in response.body.columns][2:7] == [
        "not_started",
        "in_progress",
        "submitted",
        "reopened",
        "unreadable",
    ]
    assert response.body.rows[0][1:8] == (11, 1, 1, 7, 1, 1, 8)
    assert next(row for row in clusters.body.rows if row[1] == "Arfon")[3:5] == ("Cannot be read", "No")


def test_an_earlier_round_that_cannot_be_read_is_named(copied: FileRepository) -> None:
    _torn(copied.root / "rounds" / "sr-2025" / "frozen" / "definition.json")
    _torn(record_path(copied, "c-arfon", "sr-2024"))
    notes = national_workbook(copied, ROUND, language("en"), NOW).sheet("Notes")
    assert notes is not None
    named = [text for subject, text in notes.body.provenance if "cannot be read" in subject]  # type: ignore[union-attr]
    assert len(named) == 2
    assert any("sr-2025" in text for text in named)


def test_a_round_without_any_response_makes_a_whole_workbook(copied: FileRepository) -> None:
    for path in (copied.root / "rounds").rglob("reflection/*.json"):
        path.unlink()
    book = national_workbook(copied, ROUND, language("en"), NOW)
    assert problems(book) == []
    response = book.sheet("Response by health board")
    assert response is not None
    assert isinstance(response.body, Table)
    assert response.body.rows[0][1:] == (11, 11, 0, 0, 0, 0, 0.0)


def test_the_first_year_has_no_movement(wales: FileRepository) -> None:
    book = national_workbook(wales, "sr-2024", language("en"), NOW)
    assert problems(book) == []
    help_wanted = book.sheet("Chart of help wanted")
    assert help_wanted is not None
    assert help_wanted.chart is None, "its edition did not ask from whom"
    movement = book.sheet("Movement")
    assert movement is not None
    assert isinstance(movement.body, Table)
    assert {row[4] for row in movement.body.rows} == {0}


def test_an_earlier_round_does_not_look_ahead(wales: FileRepository) -> None:
    trend = national_workbook(wales, "sr-2025", language("en"), NOW).sheet("Trend")
    assert trend is not None
    assert isinstance(trend.body, Table)
    assert {row[2] for row in trend.body.rows} == {YEARS["sr-2024"][1], YEARS["sr-2025"][1]}


def test_whether_the_round_is_over_is_on_the_cover(wales: FileRepository) -> None:
    for round_id, said in ((ROUND, "Provisional"), ("sr-2025", "takes no more answers")):
        cover = national_workbook(wales, round_id, language("en"), NOW).sheets[0]
        assert any(said in line for line in cover.body.lines if isinstance(line, str)), round_id  # type: ignore[union-attr]


def test_a_draft_and_an_unknown_round_have_no_workbook(copied: FileRepository) -> None:
    create_round(copied, Round("sr-2027", "self-reflection", "2026", "2027-28", "small-wales"))
    for round_id, refusal in (("sr-2027", "not_open"), ("nowhere", "unknown_round")):
        with pytest.raises(DomainError) as refused:
            national_workbook(copied, round_id, language("en"), NOW)
        assert refused.value.code == refusal


def test_a_survey_of_people_has_no_national_workbook(copied: FileRepository) -> None:
    """Its answers are of people, and come out by rules of their own."""
    snapshot = copied.root / "rounds" / ROUND / "frozen" / "definition.json"
    definition = json.loads(snapshot.read_text("utf-8")) | {"respondent": "anonymous"}
    snapshot.write_text(json.dumps(definition), "utf-8")
    change_round(copied, ROUND, lambda kept: replace(kept, snapshot_digest=digest_of_snapshot(copied, ROUND)))
    with pytest.raises(DomainError) as refused:
        read_series(copied, ROUND)
    assert refused.value.code == "not_reflection"


def test_what_is_of_every_year_says_so_and_names_no_single_year(workbooks: dict[str, ReadWorkbook]) -> None:
    of_years = {
        name: book["A1"].value
        for name in workbooks["en"].book.sheetnames
        for book in [workbooks["en"].book[name]]
        if name.startswith("Trend") or name.endswith("over years")
    }
    assert len(of_years) == 6
    assert {re.sub(r" \[.*", "", title)[-18:] for title in of_years.values()} == {"2024-25 to 2026-27"}
    for name in ("Chart of response over years", "Chart of enablers over years"):
        assert "Source: Annual cluster self-reflection, 2024-25 to 2026-27." in workbooks["en"].lines(name)
    assert "Base: all clusters on the list of each year’s round." in workbooks["en"].lines(
        "Chart of response over years"
    )


def test_a_sheet_without_some_columns_explains_only_what_is_left(workbooks: dict[str, ReadWorkbook]) -> None:
    (line,) = (line for line in workbooks["en"].lines("Maturity by cluster") if line.startswith("[z] means"))
    assert line == "[z] means the criteria of the outcome have no levels to point to."


def test_made_up_data_are_called_so_on_the_cover(wales: FileRepository) -> None:
    series = read_series(wales, ROUND)
    snapshot = series.current.snapshot
    made_up = "These data are made up."
    for is_made_up in (False, True):
        told = replace(snapshot, round=replace(snapshot.round, demonstration=is_made_up))
        report = Report(replace(series, current=replace(series.current, snapshot=told)), language("en"), is_open=True)
        cover = workbook_of(wales, report).sheets[0].body
        assert isinstance(cover, Paragraphs)
        assert (made_up in cover.lines) is is_made_up
