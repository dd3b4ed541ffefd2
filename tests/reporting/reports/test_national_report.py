"""The national report, read back: every figure is the workbook’s, and it can be read aloud."""

import re
import zipfile
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO
from itertools import pairwise
from typing import Any

import pytest
from docx.oxml.ns import qn

from survey.languages import language
from survey.reporting.measures.declarations import MEASURES
from survey.reporting.records.series import read_series
from survey.reporting.workbooks.front import head_line
from survey.reporting.workbooks.report import Report
from survey.storage.tinydb_files.repository import FileRepository
from tests.reporting.conftest import words
from tests.reporting.reading import ReadWorkbook
from tests.reporting.reports.conftest import made
from tests.reporting.reports.reading import ReadDocument, languages_of, text
from tests.reporting.small_wales import ROUND

WHOLE_TABLES = ("Response by health board", "Maturity by outcome", "Judged and indicated", "Movement")
EXCERPTS = {"Maturity by health board": 4, "Help wanted from whom": 4}
OF_WALES = {
    "Trend of response": (3, "Response in Wales, by year", ""),
    "Enablers and barriers": (6, "Enablers and barriers in Wales", ", 2026-27"),
}
"""The sheets of which the report shows Wales alone: how many rows, and the title that says so."""


def shown(cell: Any) -> str:
    """A cell of the workbook as Excel shows it."""
    value, form = cell.value, cell.number_format
    if not isinstance(value, int | float):
        return str(value)
    if form.endswith("%"):
        return f"{Decimal(str(value)).scaleb(2).quantize(Decimal(1), ROUND_HALF_UP)}%"
    if "." in form:
        return str(Decimal(str(value)).quantize(Decimal("0.01"), ROUND_HALF_UP)).replace("-", "−")
    return f"{value:,}"


def bare(header: str) -> str:
    """A header without notes, and without a unit other than percent."""
    header = re.sub(r" \[\w+ \d+\]", "", header)
    return header if header.endswith("(%)") else re.sub(r" \([^)]*\)$", "", header)


def both(
    report: ReadDocument, book: ReadWorkbook, sheet: str, title: str = ""
) -> tuple[list[list[str]], list[list[str]]]:
    """The rows of a table in the report, and those columns of the workbook’s rows."""
    headers, rows = report.table(title or re.sub(r"( \[\w+ \d+\])+$", "", book.sheet(sheet)["A1"].value))
    (table,) = book.sheet(sheet).tables.values()
    first, *others = book.sheet(sheet)[table.ref]
    book_headers = [bare(cell.value) for cell in first]
    places = [book_headers.index(bare(header)) for header in headers]
    return rows, [[shown(row[place]) for place in places] for row in others]


@pytest.mark.parametrize("sheet", WHOLE_TABLES)
def test_tables_of_the_report_are_those_of_the_workbook(report: ReadDocument, book: ReadWorkbook, sheet: str) -> None:
    rows, expected = both(report, book, sheet)
    assert rows == expected
    assert rows


@pytest.mark.parametrize("sheet", EXCERPTS)
def test_excerpts_of_the_report_are_rows_of_the_workbook(report: ReadDocument, book: ReadWorkbook, sheet: str) -> None:
    rows, expected = both(report, book, sheet)
    assert rows == expected[: len(rows)]
    assert len(rows) == EXCERPTS[sheet]


@pytest.mark.parametrize("sheet", OF_WALES)
def test_a_table_of_wales_alone_says_so_in_its_title_and_below(
    report: ReadDocument, book: ReadWorkbook, code: str, sheet: str
) -> None:
    say = words(code)
    number, title, year = OF_WALES[sheet]
    rows, expected = both(report, book, sheet, say("report", title) + year)
    assert rows == expected[:number]
    source = say("report", "Sheet of the workbook: %(sheet)s.") % {"sheet": book.sheet(sheet).title}
    after = report.paragraphs[report.paragraphs.index(source) + 1]
    assert after == say("report", "Shown here: Wales. The other rows are in the sheet.")


def test_figures_in_sentences_are_the_workbooks(report: ReadDocument, book: ReadWorkbook, code: str) -> None:
    headers, (wales, *_) = book.table("Response by health board")
    numbers = [
        wales[[bare(header) for header in headers].index(words(code)("workbook", name))]
        for name in ("Responses that count", "Clusters expected")
    ]
    sentence = next(line for line in report.paragraphs if re.fullmatch(r"[^:]+: \d+\. [^:]+: \d+\.", line))
    assert [int(number) for number in re.findall(r"\d+", sentence)] == numbers


def test_quotations_stand_in_the_workbook_word_for_word_and_in_their_language(
    report: ReadDocument, own_words: dict[str, ReadWorkbook], code: str
) -> None:
    written = {
        cell.value
        for sheet in ("What went well", "What went less well", "What to do differently", "Actions")
        for row in own_words[code].sheet(sheet).iter_rows()
        for cell in row
        if isinstance(cell.value, str)
    }
    quotations = report.styled("Quote")
    assert len(quotations) > 10
    found = set()
    for quotation in quotations:
        words_of_cluster, *remark = quotation.iter(qn("w:r"))
        assert text(words_of_cluster)[1:-1] in {one.replace("\n", "") for one in written}
        assert text(words_of_cluster)[0] + text(words_of_cluster)[-1] == "“”"
        (tag,) = languages_of(words_of_cluster)
        assert bool(remark) == (tag != f"{code}-GB"), "the language is said where it is not the reader’s"
        found.add(tag)
    assert found == {"cy-GB", "en-GB"}


def test_headings_lead_through_the_report_without_a_gap(report: ReadDocument) -> None:
    levels = [level for level, _ in report.headings]
    assert levels[0] == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))
    assert levels.count(1) == 18


def test_the_report_says_its_title_and_language_and_its_tables_their_headers(
    reports: dict[str, bytes], code: str
) -> None:
    report = ReadDocument(reports[code])
    properties = report.document.core_properties
    assert properties.language == f"{code}-GB"
    title = "Primary care clusters in Wales: national implementation progress report"
    assert properties.title == f"{words(code)('report', title)}, 2026-27"
    with zipfile.ZipFile(BytesIO(reports[code])) as package:
        body = package.read("word/document.xml").decode()
    assert body.count("<w:tbl>") == body.count("<w:tblHeader/>") == body.count("<w:tblCaption ")
    assert "{{" not in body


def test_the_same_answers_make_the_same_bytes(wales: FileRepository, reports: dict[str, bytes], code: str) -> None:
    assert made(wales, code) == reports[code]


def test_nothing_of_people_is_in_the_report_before_a_release(report: ReadDocument, code: str) -> None:
    english = "No figures of the workforce survey have been released yet, so there are none in this report."
    assert words(code)("report", english) in report.paragraphs


def test_charts_stand_as_pictures_with_what_they_show_in_words(report: ReadDocument) -> None:
    drawings = list(report.body.iter(qn("wp:docPr")))
    titles = [drawing.get("name") for drawing in drawings]
    assert len(titles) == len(set(titles)) == 6
    assert all(drawing.get("descr").count(drawing.get("name")) == 1 for drawing in drawings)
    pictures = [report.document.part.related_parts[blip.get(qn("r:embed"))] for blip in report.body.iter(qn("a:blip"))]
    assert all(picture.blob.startswith(b"\x89PNG") for picture in pictures)
    assert len({picture.blob for picture in pictures}) == 6


def test_the_summary_says_the_key_findings_of_the_workbook(report: ReadDocument, book: ReadWorkbook) -> None:
    findings = [next(cell for cell in row if isinstance(cell, str)) for row in book.rows("Key findings")]
    assert len(findings) > 3
    assert [finding for finding in findings if finding not in report.paragraphs] == []


def test_each_outcome_has_its_years_and_room_for_what_the_team_makes_of_it(
    report: ReadDocument, book: ReadWorkbook, code: str
) -> None:
    (table,) = book.sheet("Trend").tables.values()
    _, *rows = book.sheet("Trend")[table.ref]
    years: dict[str, list[str]] = {}
    for row in rows:
        years.setdefault(row[0].value, []).append(row[2].value)
    title = words(code)("contribution", "Level of maturity judged, by year: %(outcome)s")
    names = {row[0].value: row[1].value.split(":")[0] for row in rows}
    warning = words(code)(
        "workbook",
        "Different clusters are assigned an outcome in different years: see the movement of the same clusters.",
    )
    assert report.paragraphs.count(warning) == len(years)
    for outcome in years:
        _, told = report.table(title % {"outcome": names[outcome]})
        assert [row[0] for row in told] == years[outcome]
        for part in ("else", "sure"):
            assert len(report.control(f"contribution.{outcome}.{part}")) == 1


def test_reflections_are_accounted_for_where_they_are_said_to_have_moved(
    report: ReadDocument, book: ReadWorkbook
) -> None:
    title = re.sub(r"( \[\w+ \d+\])+$", "", book.sheet("Movement")["A1"].value)
    _, rows = report.table(title)
    assert rows
    for _, submitted, compared, *ways in rows:
        *moved, not_known, first_time = map(int, ways)
        assert sum(moved) == int(compared)
        assert int(submitted) == int(compared) + not_known + first_time


def test_clusters_are_accounted_for_where_they_say_from_whom_they_want_help(
    report: ReadDocument, book: ReadWorkbook
) -> None:
    rows, _ = both(report, book, "Help wanted from whom")
    assert rows
    for _, responded, *parts in rows:
        assert sum(map(int, parts)) == int(responded)


def test_what_is_said_of_percentages_stands_below_tables_that_have_any(report: ReadDocument, code: str) -> None:
    say = words(code)
    of_percentages = {
        say("workbook", line)
        for line in (
            "Percentages are of those that were submitted with a level.",
            "Percentages are of those with both levels.",
            "Percentages are of those with a level now and when last asked.",
            "Percentages are of those that said from whom.",
            "Percentages and means are of those that rated the enabler.",
            "Percentages are rounded, so they may not add up to 100.",
        )
    }
    found = []
    for table in report.body.iter(qn("w:tbl")):
        head = [text(cell) for cell in next(table.iter(qn("w:tr"))).iter(qn("w:tc"))]
        has_shares = sum(header.endswith("(%)") for header in head) > 1
        said, after = set(), table.getnext().getnext()
        while after is not None and style_of(after) == "Aside":
            said.add(text(after))
            after = after.getnext()
        assert bool(of_percentages & said) == has_shares, head
        found.append(has_shares)
    assert {True, False} == set(found)


def test_outcomes_without_a_row_are_named_as_not_asked_about(
    report: ReadDocument, book: ReadWorkbook, code: str
) -> None:
    say, title = words(code), re.sub(r"( \[\w+ \d+\])+$", "", book.sheet("Maturity by outcome")["A1"].value)
    _, rows = report.table(title)
    asked = {row[0] for row in rows}
    named = say("report", "No cluster was asked about these outcomes this year: %(outcomes)s.").split("%")[0]
    line = next(line for line in report.paragraphs if line.startswith(named))
    not_asked = line.removeprefix(named).removesuffix(".").split("; ")
    assert not asked & set(not_asked)
    assert len(asked) + len(not_asked) == 20
    assert sum(other.startswith(named) for other in report.paragraphs) == 3


def test_levels_are_explained_from_the_lowest_before_they_are_counted_and_abbreviations_before_they_are_used(
    report: ReadDocument, book: ReadWorkbook, code: str
) -> None:
    said = report.paragraphs
    title = re.sub(r"( \[\w+ \d+\])+$", "", book.sheet("Maturity by outcome")["A1"].value)
    headers, _ = report.table(title)
    levels = [next(place for place, line in enumerate(said) if line.startswith(f"{level}: ")) for level in headers[2:6]]
    assert levels == sorted(levels)
    assert max(levels) < said.index(title)
    short = words(code)("report", "Abbreviations: %(names)s.").split("%")[0]
    spelt_out = next(place for place, line in enumerate(said) if line.startswith(short))
    assert spelt_out < next(place for place, line in enumerate(said) if re.search(r"\w+ \d+: ", line))


def test_contents_lead_to_every_chapter_and_ask_for_its_page(report: ReadDocument) -> None:
    marks = {mark.get(qn("w:name")): mark.getparent() for mark in report.body.iter(qn("w:bookmarkStart"))}
    entries = report.styled("TOC1")
    led_to = [text(marks[link.get(qn("w:anchor"))]) for entry in entries for link in entry.iter(qn("w:hyperlink"))]
    assert [text(entry) for entry in entries] == led_to
    assert led_to == [heading for level, heading in report.headings if level == 1]
    asked = ["".join(field.text for field in entry.iter(qn("w:instrText"))).split() for entry in entries]
    assert [field for field, *_ in asked] == ["PAGEREF"] * len(entries)
    assert [text(marks[name]) for _, name, _ in asked] == led_to


def test_a_short_table_stands_on_one_page_and_every_table_on_that_of_its_notes(report: ReadDocument) -> None:
    tables = list(report.body.iter(qn("w:tbl")))
    assert len(tables) > 10
    for table in tables:
        rows = [row for row in table.iter(qn("w:tr")) if row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is None]
        kept = [all(is_kept(paragraph) for paragraph in row.iter(qn("w:p"))) for row in rows]
        assert all(kept[-2:])
        assert all(kept) or len(rows) > 5
        following = [table.getnext()]
        while (after := following[-1].getnext()) is not None and style_of(after) == "Aside":
            following.append(after)
        assert all(map(is_kept, following[:-1]))


def test_every_page_but_the_first_says_what_the_report_is_and_that_it_is_provisional(
    report: ReadDocument, code: str
) -> None:
    say = words(code)
    (section,) = report.document.sections
    assert section.different_first_page_header_footer
    head = section.header.paragraphs[0].text
    assert head.startswith(f"{say('report', 'National progress report')}, 2026-27. ")
    assert say("workbook", "Provisional: answers may still come, and figures will change.") in head
    assert say("provenance", "These data are made up.") not in head
    assert section.first_page_header.paragraphs[0].text == ""


def test_made_up_data_are_said_to_be_so_at_the_head_of_pages(wales: FileRepository) -> None:
    series = read_series(wales, ROUND)
    opened = series.current.snapshot
    demonstration = replace(opened, round=replace(opened.round, demonstration=True))
    shown = Report(replace(series, current=replace(series.current, snapshot=demonstration)), language("en"), True)
    assert head_line(shown, "Report").endswith(" These data are made up.")


def is_kept(paragraph: Any) -> bool:
    """Whether a paragraph stands on the page on which the next one begins."""
    return paragraph.find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None


def style_of(element: Any) -> str:
    style = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return "" if style is None else str(style.get(qn("w:val")))


def test_the_method_has_a_row_for_each_measure_in_sentences_and_says_that_figures_are_rounded(
    report: ReadDocument, code: str
) -> None:
    say = words(code)
    _, rows = report.table(say("report", "How each measure of clusters is counted"))
    assert len(rows) == len({name for name, *_ in rows}) == len(MEASURES)
    for _, _, *sentences in rows:
        assert all(cell.endswith(".") and not cell.endswith("..") and not cell[0].islower() for cell in sentences)
    annex = report.paragraphs[report.paragraphs.index(say("report heading", "Method and notes")) :]
    assert say("workbook", "Percentages are rounded, so they may not add up to 100.") in annex
    short = say("report", "Abbreviations: %(names)s.").split("%")[0]
    assert any(line.startswith(short) for line in annex)


def test_sums_of_what_figures_were_made_from_stand_apart_from_what_is_read(report: ReadDocument, code: str) -> None:
    say = words(code)
    _, facts = report.table(say("report", "The round, its data and the software"))
    title = "SHA-256 sums: by them it can be checked that nothing was changed since"
    _, sums = report.table(say("report", title))
    assert all(re.fullmatch("[0-9a-f]{64}", text) for _, text in sums)
    assert not any(re.fullmatch("[0-9a-f]{64}", text) for _, text in facts)
    assert [say("provenance", "Round"), ROUND] in facts
    assert len(sums) == 7
