"""The workforce workbook as a whole: its rules, its state, what is never in it."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from survey.collection.errors import DomainError
from survey.collection.rounds.snapshot import load_snapshot
from survey.languages import language
from survey.reporting.disclosure.counts import CountCell
from survey.reporting.disclosure.protection import Issue
from survey.reporting.disclosure.rounding import NOT_ROUNDED
from survey.reporting.records.people import read_closed
from survey.reporting.workbooks.front import final_line
from survey.reporting.workbooks.registry import prepared
from survey.reporting.workbooks.workforce.question_charts import charts_of_answers
from survey.reporting.workbooks.workforce.release import WorkforceRelease, WorkforceReport, release_of
from survey.reporting.workbooks.workforce.workbook import SHEETS, workforce_workbook
from survey.reporting.xlsx.check.checker import check_workbook
from survey.reporting.xlsx.description import Plots
from survey.reporting.xlsx.drawing import workbook_bytes, write_workbook
from survey.storage.tinydb_files.repository import FileRepository
from tests.reporting.reading import ReadWorkbook
from tests.reporting.workforce.attacker import Attacker, C
from tests.reporting.workforce.survey_of_people import (
    CLOSES,
    ROUND,
    close,
    closed_round,
    cluster_list,
    opened,
    real_definition,
    short_definition,
)

DOCUMENTED = (Path(__file__).parents[3] / "docs" / "national-team.md").read_text("utf-8")


def test_it_keeps_every_rule(books: dict[str, ReadWorkbook], code: str) -> None:
    assert check_workbook(books[code].path, language("en")) == []


def test_names_of_files_and_sheets_are_of_the_language(books: dict[str, ReadWorkbook]) -> None:
    assert books["en"].path.name == f"workforce-workbook-{ROUND}-2026-27.en.xlsx"
    assert books["cy"].path.name.endswith(f"-{ROUND}-2026-27.cy.xlsx")
    assert len(books["en"].book.sheetnames) == len(books["cy"].book.sheetnames) == 3 + len(SHEETS)


def test_the_same_is_hidden_in_both_languages(books: dict[str, ReadWorkbook]) -> None:
    def cells(book: ReadWorkbook) -> list[list[object]]:
        return [
            sorted(
                repr(cell.value) for row in sheet[next(iter(sheet.tables.values())).ref] for cell in row[1:]
                 if isinstance(cell.value, int | float) or cell.value == C
            )
            for sheet in book.book.worksheets[3:]
            if sheet.tables
        ]  # fmt: skip

    assert cells(books["en"]) == cells(books["cy"])
    assert any(repr(C) in column for column in cells(books["en"]))


def test_nothing_that_a_person_wrote_and_no_single_response_is_in_it(
    books: dict[str, ReadWorkbook], answered: FileRepository
) -> None:
    ids = {path.stem for path in answered.root.rglob("skills/responses/*/*.json")}
    assert len(ids) > 400
    for sheet in books["en"].book.worksheets:
        cells = {str(cell.value) for row in sheet.iter_rows() for cell in row}
        assert not cells & ids
        assert not any("Something private" in cell for cell in cells)


def test_the_same_responses_make_the_same_bytes(answered: FileRepository, release: WorkforceRelease) -> None:
    made = workbook_bytes(workforce_workbook(answered, release, language("en")))
    assert workbook_bytes(workforce_workbook(answered, release, language("en"))) == made


def test_no_table_comes_out_before_the_round_is_closed(tmp_path: Path) -> None:
    repository, _ = opened(tmp_path / "data", short_definition(), cluster_list(2, 2))
    with pytest.raises(DomainError) as refused:
        prepared(repository, ROUND, 5, CLOSES)
    assert refused.value.code == "still_open"
    close(repository)
    prepared(repository, ROUND, 5, CLOSES)


def test_a_round_without_any_response_hides_everything(tmp_path: Path, folder: Path) -> None:
    repository, _ = opened(tmp_path / "data", real_definition(), cluster_list(2, 2))
    close(repository)
    path = prepared(repository, ROUND, 5, CLOSES).write(language("en"), folder)
    assert Attacker(path).known == {}
    assert check_workbook(path, language("en")) == []


@pytest.mark.parametrize("threshold", [3, 10])
def test_the_threshold_is_kept_and_printed(tmp_path: Path, folder: Path, threshold: int) -> None:
    repository = closed_round(tmp_path / "data", short_definition(), 90, "threshold")
    exact = replace(
        release_of(read_closed(repository, load_snapshot(repository, ROUND)), threshold), rounded_to=NOT_ROUNDED
    )
    path = folder / "exact.xlsx"
    write_workbook(workforce_workbook(repository, exact, language("en")), path)
    attacker = Attacker(path)
    assert threshold <= min(attacker.known.values()) < threshold + 3
    assert attacker.derived == {}
    notes = dict(ReadWorkbook(path, lambda _, english: english).rows("Notes"))
    assert notes["Smallest number of people that is shown"] == threshold


def test_a_person_without_a_profession_is_counted_as_that(tmp_path: Path) -> None:
    definition = short_definition()
    definition["sections"][0]["questions"][0]["required"] = False
    repository = closed_round(tmp_path / "data", definition, 200, "unsaid")
    release = release_of(read_closed(repository, load_snapshot(repository, ROUND)), 5)
    unsaid = release.count(("profession", ""))
    assert unsaid is not None
    assert unsaid > 5


def test_a_record_that_cannot_be_read_is_named_and_left_out(tmp_path: Path) -> None:
    repository = closed_round(tmp_path / "data", short_definition(), 40, "torn")
    torn, strange, *_ = sorted(repository.root.rglob("skills/responses/*/*.json"))
    torn.write_bytes(b"{")
    strange.write_text(strange.read_text("utf-8").replace('"profession":"', '"profession":"no-'), "utf-8")
    found = prepared(repository, ROUND, 5, CLOSES)
    assert {fault.key for fault in found.unreadable} == {torn.stem, strange.stem}
    assert (
        release_of(read_closed(repository, load_snapshot(repository, ROUND)), 5).counts.values[CountCell("", ())] == 38
    )
    notes = found.workbook(language("en")).sheet("Notes")
    assert notes is not None
    assert torn.stem in str(notes.body)


def test_the_notes_name_the_sensitive_questions_and_the_form(
    books: dict[str, ReadWorkbook], exact_books: dict[str, ReadWorkbook], code: str
) -> None:
    rounded, exact = (dict(each[code].rows("Notes")) for each in (books, exact_books))
    words = books[code].words
    assert rounded[words("provenance", "Sensitive questions")].count("; ") == 5
    assert "5" in rounded[words("provenance", "Form")]
    assert exact[words("provenance", "Form")] == words(
        "workbook", "Restricted: numbers of people are exact. Not for publication."
    )


def test_every_sheet_and_no_other_is_explained(books: dict[str, ReadWorkbook]) -> None:
    section = DOCUMENTED.split("## The workforce workbook, sheet by sheet")[1].split("\n## ")[0]
    assert set(re.findall(r"^### (.+)$", section, re.MULTILINE)) == set(books["en"].book.sheetnames)


def test_the_title_of_a_chart_names_those_whose_figures_it_shows(books: dict[str, ReadWorkbook]) -> None:
    """Not those of the table it is drawn from, who are more."""
    sheet = books["en"].drawn_book["Charts of answers"]
    titles = {chart.title.tx.rich.p[0].r[0].t for chart in sheet._charts}
    assert {"Training needed in the next year, Wales, 2026-27", "Well-being, Wales, 2026-27"} <= titles
    assert not [title for title in titles if title.endswith("and profession, 2026-27")]


def test_the_lines_above_charts_are_printed_with_the_first_of_them(books: dict[str, ReadWorkbook]) -> None:
    for code, name in (("en", "Charts of answers"), ("cy", "Siartiau’r atebion")):
        sheet = books[code].drawn_book[name]
        rows = sorted(chart.anchor._from.row for chart in sheet._charts)
        assert rows[0] < sheet.row_breaks.brk[0].id <= rows[1]


def test_where_bars_of_a_scale_with_two_sides_begin_stands_hidden_beside_the_charts(
    books: dict[str, ReadWorkbook],
) -> None:
    sheet = books["en"].drawn_book["Charts of answers"]
    (column,) = [at for at, dimension in sheet.column_dimensions.items() if dimension.hidden]
    bars = [chart for chart in sheet._charts if chart.series[0].val]
    drawn = [chart for chart in bars if f"${column}$" in chart.series[0].val.numRef.f]
    assert [chart.title.tx.rich.p[0].r[0].t for chart in drawn] == ["Well-being, Wales, 2026-27"]
    heading, *starts = [cell.value for cell in sheet[column] if cell.value is not None]
    assert heading == "Where the bar begins"
    rows = books["en"].book["Well-being"].iter_rows(values_only=True)
    shares = [row[-5:] for row in rows if row[1] == "Wales"]
    middles = [start + (sum(row[:2]) + row[2] / 2) / sum(row) for start, row in zip(starts, shares, strict=True)]
    assert middles == [pytest.approx(middles[0])] * len(shares)


def test_every_table_of_people_that_readers_add_up_says_that_numbers_are_rounded(
    books: dict[str, ReadWorkbook],
) -> None:
    rounded = "Numbers of people are rounded to the nearest 5, and percentages are worked out from rounded numbers"
    book = books["en"]
    tables = [sheet.title for sheet in book.drawn_book.worksheets[4:-1] if sheet.tables and not sheet._charts]
    said = {name for name in tables if any(line.startswith(rounded) for line in book.lines(name))}
    assert set(tables) - said == {"Response by cluster", "Skills", "Skills and professions", "Themes"}
    several = {name for name in tables if any(line.startswith("Where several answers") for line in book.lines(name))}
    assert several == {"Learning and obstacles", "Help to stay"}


def test_what_would_help_to_stay_has_a_note_of_its_own(books: dict[str, ReadWorkbook]) -> None:
    marks = re.findall(r"\[note \d+\]", books["en"].sheet("Help to stay")["A1"].value)
    notes = dict(books["en"].rows("Notes"))
    assert notes[marks[0]].startswith("Help to stay.")


def test_the_chart_of_gaps_has_no_profession_of_few_people_and_says_so(books: dict[str, ReadWorkbook]) -> None:
    """Fifteen people would stand there as firmly as two hundred; how many they are stands behind each name."""
    book = books["en"]
    headers, rows = book.table("Chart of gaps by profession")
    skills = [re.sub(r" \(importance minus confidence\)$", "", header) for header in headers[1:]]
    bases = {(row[1], row[3]): row[4] for row in book.rows("Skills")}
    gaps = {(row[1], row[3]): row[7] for row in book.rows("Skills")}
    assert rows
    for name, *shown in rows:
        profession, base = re.fullmatch(r"(.+) \((\d+)\)", name).groups()  # type: ignore[union-attr]
        assert int(base) == min(bases[profession, skill] for skill in skills) >= 30
        assert shown == [gaps[profession, skill] for skill in skills]
    assert any(line.startswith("Professions without all figures") for line in book.lines("Chart of gaps by profession"))


def test_a_chart_of_people_says_what_it_counts_how_it_is_rounded_and_whom_it_leaves_out(
    release: WorkforceRelease,
) -> None:
    report = WorkforceReport(release, language("en"))
    sheet = charts_of_answers(report)
    assert isinstance(sheet.body, Plots)
    charts = {plot.chart.title: plot.chart for plot in sheet.body.plots}
    professions = charts["Responses by profession, Wales, 2026-27"]
    assert professions.axis == "People who responded"
    assert None not in professions.series[0].figures
    (left_out,) = [fact for fact in professions.facts if fact.startswith("Not drawn: ")]
    named = {*professions.names, *left_out.removeprefix("Not drawn: ").partition(". The sheet")[0].split("; ")}
    assert named == {report.group_name(group) for group in release.professions}
    for chart in charts.values():
        assert any("rounded to the nearest 5" in fact for fact in chart.facts), chart.title
        assert chart.axis, chart.title
    assert "More than one answer could be given." in charts["How do you prefer to learn?"].facts


def test_the_cover_says_which_release_it_is_and_from_when(release: WorkforceRelease) -> None:
    issue = Issue(1, datetime(2026, 11, 20, 9, 0, tzinfo=UTC))
    line = "This is release 1 of 20 November 2026. The round is closed, and these figures are final."
    assert final_line(WorkforceReport(replace(release, issue=issue), language("en"))) == line
    assert "release" not in final_line(WorkforceReport(release, language("en")))
