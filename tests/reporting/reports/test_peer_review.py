"""The peer review pack of a health board: the workbook’s own rows, of nobody else, with questions from rules."""

from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx.oxml.ns import qn

from survey.collection.errors import DomainError
from survey.collection.rounds.snapshot import load_snapshot
from survey.languages import language
from survey.reporting.records.series import read_series
from survey.reporting.reports.column_widths import DIGIT_WIDTH
from survey.reporting.reports.peer_review import pack_workbook
from survey.reporting.reports.peer_review_docx import pack_document
from survey.reporting.reports.peer_review_files import peer_review_pack
from survey.reporting.reports.questions import RULES, OutcomeFindings
from survey.reporting.typesetting import width
from survey.reporting.workbooks.report import Report
from survey.reporting.xlsx.check.checker import check_workbook
from survey.reporting.xlsx.description import Paragraphs
from survey.reporting.xlsx.drawing import workbook_bytes
from survey.storage.tinydb_files.repository import FileRepository
from tests.reporting.conftest import words
from tests.reporting.reading import ReadWorkbook
from tests.reporting.reports.reading import ReadDocument, languages_of, text
from tests.reporting.second_path import Stored
from tests.reporting.small_wales import ASSIGNMENTS, BOARD_NAMES, CLUSTER_NAMES, NOW, ROUND, SIX, THREE

NOTHING = OutcomeFindings(calibration="", is_highest=False, movement="", went="")
FRONT = ("Contents", "Notes", "Suggested questions")
BESIDE = {
    "Maturity by health board": "Maturity by outcome",
    "Judged and indicated by board": "Judged and indicated",
    "Movement by health board": "Movement",
}
"""The sheets of health boards, and those of the same figures of Wales."""


@pytest.fixture(scope="session")
def packs(wales: FileRepository) -> dict[tuple[str, str], bytes]:
    snapshot = load_snapshot(wales, ROUND)
    return {
        (code, ending): peer_review_pack(wales, snapshot, SIX, language(code), ending, NOW).content
        for code in ("en", "cy")
        for ending in ("docx", "xlsx")
    }


def tables(book: Any) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of each sheet that has a table, below its header."""
    return {
        sheet.title: [tuple(cell.value for cell in row) for row in sheet[table.ref]][1:]
        for sheet in book
        for table in sheet.tables.values()
    }


def rows_of(book: Any, name: str) -> list[dict[str, Any]]:
    """The rows of a sheet’s table by their headers, with the shares apart from the numbers of the same name."""
    sheet = book[name]
    (table,) = sheet.tables.values()
    headers, *rows = [[cell.value for cell in row] for row in sheet[table.ref]]
    return [dict(zip(headers, row, strict=True)) for row in rows]


def test_every_row_is_one_of_the_workbooks(
    packs: dict, book: ReadWorkbook, own_words: dict[str, ReadWorkbook], code: str
) -> None:
    pack, say = openpyxl.load_workbook(BytesIO(packs[code, "xlsx"])), words(code)
    own, everywhere = BOARD_NAMES[SIX][code], say("workbook", "Wales")
    here = say("peer review", "This health board")
    board, outcome, outcome_code = (say("workbook", name) for name in ("Health board", "Outcome", "Outcome code"))
    names = {row[outcome_code]: row[outcome] for row in rows_of(book.book, say("sheet name", "Maturity by outcome"))}
    ours = set(tables(pack)) - {say("sheet name", name) for name in FRONT}
    assert len(ours) == 13
    beside = {say("sheet name", name): say("sheet name", of_wales) for name, of_wales in BESIDE.items()}
    for name in ours:
        source = own_words[code].book if name in own_words[code].book.sheetnames else book.book
        national = [{outcome: names.get(row.get(outcome_code)), **row} for row in rows_of(source, name)]
        shown = rows_of(pack, name)
        assert not [row for row in shown if outcome_code in row]
        if name in beside:
            of_wales = [{board: everywhere, **row} for row in rows_of(book.book, beside[name])]
            everything = [*of_wales, *national, *({**row, board: here} for row in national if row[board] == own)]
            assert all(any(row.items() <= whole.items() for whole in everything) for row in shown)
            shown = [row | {board: own} for row in shown if row[board] == here]
        else:
            assert not [row for row in shown if board in row]
        expected = [row for row in national if row[board] == own]
        assert len(shown) == len(expected), name
        assert all(row.items() <= whole.items() for row, whole in zip(shown, expected, strict=True)), name


def test_each_figure_of_the_health_board_stands_below_that_of_the_same_outcome_in_wales(packs: dict) -> None:
    pack = tables(openpyxl.load_workbook(BytesIO(packs["en", "xlsx"])))
    for name in BESIDE:
        rows = pack[name]
        assert len(rows) >= 2 * 3, name
        for wales, own in zip(rows[::2], rows[1::2], strict=True):
            assert (wales[0], own[0]) == ("Wales", "This health board")
            assert wales[1] == own[1]


def test_nothing_is_in_it_of_other_health_boards(packs: dict, code: str) -> None:
    book = openpyxl.load_workbook(BytesIO(packs[code, "xlsx"]))
    read = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    read += ReadDocument(packs[code, "docx"]).paragraphs
    others = [names[(code == "cy" and 2) or 1] for names in CLUSTER_NAMES.values() if names[0] != SIX]
    others += [names[code] for board, names in BOARD_NAMES.items() if board != SIX]
    assert not [text for text in read for name in others if text == name or text.endswith(f": {name}")]


def test_the_workbook_keeps_the_rules(packs: dict, code: str, tmp_path: Path) -> None:
    path = tmp_path / "pack.xlsx"
    path.write_bytes(packs[code, "xlsx"])
    assert check_workbook(path, language(code)) == []


def test_the_document_goes_from_outcome_to_cluster_with_room_for_notes(packs: dict, code: str) -> None:
    document = ReadDocument(packs[code, "docx"])
    levels = [level for level, _ in document.headings]
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))
    clusters = [name for name, (board, *_) in CLUSTER_NAMES.items() if board == SIX]
    for outcome in ASSIGNMENTS[ROUND][SIX]:
        for cluster in clusters:
            assert len(document.control(f"{cluster}.{outcome}")) == 1
    assert document.document.core_properties.language == f"{code}-GB"


def test_every_sheet_is_explained_to_the_national_team(packs: dict) -> None:
    text = (Path(__file__).parents[3] / "docs" / "national-team.md").read_text("utf-8")
    book = openpyxl.load_workbook(BytesIO(packs["en", "xlsx"]), read_only=True)
    assert [name for name in book.sheetnames if f"\n### {name}\n" not in text] == []


def test_words_stand_on_the_page_of_what_they_answer(packs: dict, code: str) -> None:
    document = ReadDocument(packs[code, "docx"])
    replies = [*document.styled("Reply"), *document.styled("ReplyWithMore")]
    assert {paragraph.getprevious() for paragraph in replies} == set(document.styled("Asked"))
    assert len(replies) > 10
    for style in ("Asked", "Fact", "Reply With More"):
        assert document.document.styles[style].paragraph_format.keep_with_next


def test_words_are_quoted_and_those_in_the_other_language_say_so(packs: dict, code: str) -> None:
    document = ReadDocument(packs[code, "docx"])
    said = {"en": " (in Welsh)", "cy": " (yn Saesneg)"}[code]
    other = {"en": "cy-GB", "cy": "en-GB"}[code]
    replies = [*document.styled("Reply"), *document.styled("ReplyWithMore")]
    marked = {text(paragraph).endswith(f"”{said}") for paragraph in replies if other in languages_of(paragraph)}
    unmarked = {text(paragraph).endswith("”") for paragraph in replies if other not in languages_of(paragraph)}
    assert marked == unmarked == {True}
    assert {text(paragraph)[0] for paragraph in replies} == {"“"}


def test_figures_of_wales_that_are_the_boards_own_are_said_to_be_no_comparison(
    packs: dict, stored: Stored, code: str
) -> None:
    begins = words(code)(
        "peer review",
        "Some outcomes are asked of clusters of this health board only, so the row of "
        "Wales repeats theirs and is no comparison: %(outcomes)s.",
    ).partition("%")[0]
    (line,) = {line for line in ReadDocument(packs[code, "docx"]).paragraphs if line.startswith(begins)}
    short = [stored.outcome(outcome).partition(":")[0] for outcome in ("pcmw-05", "acd-01")]
    assert line == f"{begins}{', '.join(short)}."


def test_examples_are_counted_of_the_health_board_alone(packs: dict, stored: Stored, code: str) -> None:
    own = [each for cluster in stored.clusters if CLUSTER_NAMES[cluster][0] == SIX for each in stored.examples(cluster)]
    everybody = [each for cluster in stored.clusters for each in stored.examples(cluster)]
    assert len(own) < len(everybody)
    line = words(code)(
        "workbook",
        "Examples that clusters of this health board gave: %(given)s. Examples that may be shared, and are listed "
        "here: %(shared)s.",
    ) % {"given": len(own), "shared": sum(each.get("share") == "beyond" for each in own)}
    sheet = openpyxl.load_workbook(BytesIO(packs[code, "xlsx"]))[words(code)("sheet name", "Good practice")]
    assert line in [row[0].value for row in sheet.iter_rows(max_row=8)]
    assert line in ReadDocument(packs[code, "docx"]).paragraphs


def test_the_document_tells_a_cluster_that_has_not_submitted_from_one_that_wrote_nothing(
    wales: FileRepository, code: str
) -> None:
    pack = peer_review_pack(wales, load_snapshot(wales, ROUND), THREE, language(code), "docx", NOW)
    document, say = ReadDocument(pack.content), words(code)
    lines = document.paragraphs
    silent, not_submitted = (
        CLUSTER_NAMES["c-south-powys"][1 + (code == "cy")],
        say("peer review", "It has not submitted."),
    )
    below = [lines[place + 1] for place, line in enumerate(lines) if line == silent]
    assert below == [say("peer review", "Suggested questions"), *[not_submitted] * (len(below) - 1)]
    assert len(below) > 3
    question = say("peer review", "What would help the team to reflect together?")
    assert sum(question in line for line in lines) == 2, "once for each of the two that have not submitted"
    assert len(document.control("c-south-powys.response")) == 1
    assert not [line for line in lines if line.endswith(f": {say('workbook movement', 'Has not submitted')}")]


def test_an_outcome_of_last_year_says_that_nobody_was_asked_about_it_this_year(
    packs: dict, stored: Stored, code: str
) -> None:
    lines = ReadDocument(packs[code, "docx"]).paragraphs
    said = words(code)("peer review", "Not asked about this year: only last year’s actions stand here.")
    above = [lines[place - 1] for place, line in enumerate(lines) if line == said]
    assert above == [stored.outcome("pcmw-06"), stored.outcome("acd-02")]


def test_the_document_says_who_has_submitted(packs: dict, code: str) -> None:
    counted = sum(names[0] == SIX for names in CLUSTER_NAMES.values())
    line = words(code)("peer review", "Of this health board’s clusters, %(submitted)s of %(clusters)s have submitted.")
    assert line % {"submitted": counted, "clusters": counted} in ReadDocument(packs[code, "docx"]).paragraphs
    cover = openpyxl.load_workbook(BytesIO(packs[code, "xlsx"])).worksheets[0]
    assert line % {"submitted": counted, "clusters": counted} in [row[0].value for row in cover.iter_rows()]


def test_a_sheet_with_nothing_to_list_says_so_in_words(wales: FileRepository, stored: Stored, code: str) -> None:
    without = {
        board
        for board in BOARD_NAMES
        if not [
            each
            for cluster in stored.clusters
            if CLUSTER_NAMES[cluster][0] == board
            for each in stored.examples(cluster)
            if each.get("share") == "beyond"
        ]
    }
    report = Report(read_series(wales, ROUND), language(code), True)
    for board in without:
        book = pack_workbook(wales, report, board)
        sheet = book.sheet(words(code)("sheet name", "Good practice"))
        assert sheet is not None
        assert isinstance(sheet.body, Paragraphs)
        assert words(code)("report", "There is nothing to list here.") in sheet.body.lines
        assert workbook_bytes(book), "it keeps the rules of descriptions"
    assert without


def test_notes_of_the_review_have_room_in_print(packs: dict, code: str) -> None:
    sheet = openpyxl.load_workbook(BytesIO(packs[code, "xlsx"]))[words(code)("sheet name", "Suggested questions")]
    assert sheet.column_dimensions["E"].width >= 40
    assert sheet["A1"].value.endswith(BOARD_NAMES[SIX][code])


def test_actions_name_the_year_that_they_are_for(packs: dict, code: str) -> None:
    sheet = openpyxl.load_workbook(BytesIO(packs[code, "xlsx"]))[words(code)("sheet name", "Actions")]
    assert "2027-28" in sheet["A1"].value
    assert "2026-27" not in sheet["A1"].value


def test_the_document_has_contents_and_says_what_letters_of_outcomes_stand_for(
    packs: dict, stored: Stored, code: str
) -> None:
    document = ReadDocument(packs[code, "docx"])
    assert [text(entry) for entry in document.styled("TOC1")] == [
        name for level, name in document.headings if level == 1
    ]
    short = [stored.outcome(outcome).partition(" 1:")[0] for outcome in ("pcmw-01", "acd-01")]
    (line,) = [line for line in document.paragraphs if f"{short[0]}, " in line and f"; {short[1]}, " in line]
    cover = openpyxl.load_workbook(BytesIO(packs[code, "xlsx"])).worksheets[0]
    assert line in [row[0].value for row in cover.iter_rows()]


def test_the_documents_figures_are_those_of_the_workbook(packs: dict, code: str) -> None:
    document, book = ReadDocument(packs[code, "docx"]), openpyxl.load_workbook(BytesIO(packs[code, "xlsx"]))
    for name in BESIDE:
        sheet = book[words(code)("sheet name", name)]
        title = sheet["A1"].value.partition(" [")[0]
        _, rows = document.table(title)
        of_workbook = tables(book)[sheet.title]
        assert [row[0].rpartition(": ")[2] for row in rows] == [row[0] for row in of_workbook]
        for row, whole in zip(rows, of_workbook, strict=True):
            cells = ["[z]" if cell == "[z]" else int(cell) for cell in row[1:]]
            shown = list(whole[2 : 2 + len(cells)])
            assert sorted(map(str, cells)) == sorted(map(str, shown)), (title, row)


def test_no_word_of_a_table_of_the_document_has_to_be_broken(packs: dict, code: str) -> None:
    tables = list(ReadDocument(packs[code, "docx"]).body.iter(qn("w:tbl")))
    assert len(tables) > 2
    for table in tables:
        widths = [int(column.get(qn("w:w"))) for column in table.iter(qn("w:gridCol"))]
        for row in table.iter(qn("w:tr")):
            for cell, room in zip(row.iter(qn("w:tc")), widths, strict=True):
                longest = max(map(width, text(cell).split()))
                assert longest * DIGIT_WIDTH <= room - 200, text(cell)


def test_notes_stand_on_the_page_of_what_they_are_about(packs: dict, code: str) -> None:
    document = ReadDocument(packs[code, "docx"])
    above = {heading.getprevious() for heading in document.styled("Heading3")} - set(document.styled("Heading2"))
    kept = {*document.styled("Fact"), *document.styled("ReplyWithMore")}
    assert len(above) > 10
    for paragraph in above:
        assert paragraph in kept or paragraph.find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None, text(paragraph)


def test_made_up_answers_say_so_at_the_front(wales: FileRepository, code: str) -> None:
    snapshot = load_snapshot(wales, ROUND)
    made_up = Report(read_series(wales, ROUND), language(code), True)
    made_up.snapshot = replace(snapshot, round=replace(snapshot.round, demonstration=True))
    said = words(code)("provenance", "These data are made up.")
    assert said in ReadDocument(pack_document(made_up, SIX)).paragraphs[:6]
    cover = pack_workbook(wales, made_up, SIX).sheets[0].body
    assert isinstance(cover, Paragraphs)
    assert said in cover.lines[:3]


def test_the_pack_says_from_when_its_data_are(packs: dict, book: ReadWorkbook, code: str) -> None:
    begins = words(code)("workbook", "The data are as they stood at: %(time)s.").partition("%")[0]
    (line,) = [line for line in ReadDocument(packs[code, "docx"]).paragraphs if line.startswith(begins)]
    cover = openpyxl.load_workbook(BytesIO(packs[code, "xlsx"])).worksheets[0]
    assert line in [cell.value for row in cover.iter_rows() for cell in row]
    assert line in [cell.value for row in book.book.worksheets[0].iter_rows() for cell in row]


@pytest.mark.parametrize(
    ("seen", "asked"),
    [
        (NOTHING, []),
        (OutcomeFindings("higher", is_highest=False, movement="first_time", went="done"), [0]),
        (OutcomeFindings("lower", is_highest=False, movement="not_known", went="under_way"), [1]),
        (OutcomeFindings("same", is_highest=False, movement="lower", went=""), [2]),
        (OutcomeFindings("same", is_highest=True, movement="higher", went="not_begun"), [3, 6]),
        (OutcomeFindings("same", is_highest=False, movement="same", went="no_longer_right"), [4]),
        (OutcomeFindings("same", is_highest=True, movement="same", went=""), [5]),
    ],
)
def test_a_question_follows_from_its_rule(seen: OutcomeFindings, asked: list[int]) -> None:
    assert [number for number, rule in enumerate(RULES) if rule.holds(seen)] == asked


def test_questions_agree_with_the_levels_on_the_other_sheets(packs: dict) -> None:
    pack = openpyxl.load_workbook(BytesIO(packs["en", "xlsx"]))
    asked = {(row["Cluster"], row["Outcome"], row["Why it is asked"]) for row in rows_of(pack, "Suggested questions")}
    order = ["Working towards foundation", "Foundation", "Developing", "Mature"]
    expected, now = set(), {}
    for row in rows_of(pack, "Maturity by cluster"):
        place, judged, indicated = (row["Cluster"], row["Outcome"]), row["Level judged"], row["Level indicated"]
        now[place] = judged
        if judged in order and indicated in order and judged != indicated:
            way = "above" if order.index(judged) > order.index(indicated) else "below"
            expected.add((*place, f"It judges itself {way} the level that its answers point to."))
    moved = {"Moved up": "higher than", "Moved down": "lower than", "Stayed the same": "the same as"}
    for row in rows_of(pack, "Movement by cluster"):
        place, movement = (row["Cluster"], row["Outcome"]), row["Movement"]
        if movement == "Stayed the same" and now[place] == "Mature":
            expected.add((*place, "Its level is the highest, as it was when it was last asked."))
        elif movement in moved:
            expected.add((*place, f"Its level is {moved[movement]} when it was last asked."))
        if movement == "Has not submitted":
            expected.add((row["Cluster"], "[z]", "It has not submitted."))
    for row in rows_of(pack, "Last year’s actions in words"):
        if row["How it went"] == "Not begun":
            expected.add((row["Cluster"], row["Outcome"], "Its action of last year has not begun."))
    assert asked == expected
    assert len(asked) > 10


def test_a_health_board_without_clusters_has_no_pack(wales: FileRepository) -> None:
    with pytest.raises(DomainError) as refused:
        peer_review_pack(wales, load_snapshot(wales, ROUND), "nowhere", language("en"), "docx", NOW)
    assert refused.value.code == "unknown_health_board"
    assert peer_review_pack(wales, load_snapshot(wales, ROUND), THREE, language("en"), "docx", NOW).content
