"""The peer review pack of a health board: the workbook’s own rows, of nobody else, with questions from rules."""

from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from survey.collection.errors import DomainError
from survey.collection.rounds.snapshot import load_snapshot
from survey.languages import language
from survey.reporting.reports import peer_review_docx
from survey.reporting.reports.blocks import table_of
from survey.reporting.reports.peer_review import of_clusters_of
from survey.reporting.reports.peer_review_files import peer_review_pack
from survey.reporting.reports.questions import RULES, Seen
from survey.reporting.workbooks.report import Report
from survey.reporting.xlsx.check.checker import check_workbook
from survey.reporting.xlsx.description import Sheet
from survey.storage.tinydb_files.repository import FileRepository
from tests.reporting.conftest import words
from tests.reporting.reading import ReadWorkbook
from tests.reporting.reports.reading import ReadDocument
from tests.reporting.small_wales import ASSIGNMENTS, BOARD_NAMES, CLUSTER_NAMES, NOW, ROUND, SIX, THREE

NOTHING = Seen(is_counted=True, calibration="", movement="", went="")


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


def test_every_row_is_one_of_the_workbooks(
    packs: dict, book: ReadWorkbook, own_words: dict[str, ReadWorkbook], code: str
) -> None:
    pack = tables(openpyxl.load_workbook(BytesIO(packs[code, "xlsx"])))
    workbook, say = tables(book.book) | tables(own_words[code].book), words(code)
    moved = say("sheet name", "Movement by cluster")
    pack[moved] = [(*row[:3], *row[4:]) for row in pack[moved]]  # the workbook has the outcome by its code
    own, everywhere = BOARD_NAMES[SIX][code], say("workbook", "Wales")
    by_outcome = {
        (everywhere, *row)
        for name in ("Maturity by outcome", "Judged and indicated", "Movement")
        for row in workbook[say("sheet name", name)]
    }
    ours = set(pack) - {say("sheet name", name) for name in ("Contents", "Notes", "Suggested questions")}
    assert len(ours) == 13
    for name in ours:
        assert set(pack[name]) <= set(workbook[name]) | by_outcome
        assert {row[0] for row in pack[name]} <= {own, everywhere}
        assert {row for row in workbook[name] if row[0] == own} <= set(pack[name])


def test_each_figure_of_the_health_board_stands_below_that_of_the_same_outcome_in_wales(packs: dict) -> None:
    pack = tables(openpyxl.load_workbook(BytesIO(packs["en", "xlsx"])))
    for name in ("Maturity by health board", "Judged and indicated by board", "Movement by health board"):
        rows = pack[name]
        assert len(rows) >= 2 * 3, name
        for wales, own in zip(rows[::2], rows[1::2], strict=True):
            assert (wales[0], own[0]) == ("Wales", BOARD_NAMES[SIX]["en"])
            assert wales[1:3] == own[1:3]


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
    asked, replies = document.styled("Asked"), document.styled("Reply")
    assert [paragraph.getnext() for paragraph in asked] == replies
    assert len(replies) > 10
    assert document.document.styles["Asked"].paragraph_format.keep_with_next


def test_the_document_says_where_clusters_share_and_want_nothing(
    wales: FileRepository, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    def empty(report: Report, board: str) -> list[Sheet]:
        return [replace(sheet, body=replace(table_of(sheet), rows=())) for sheet in of_clusters_of(report, board)]

    monkeypatch.setattr(peer_review_docx, "of_clusters_of", empty)
    pack = peer_review_pack(wales, load_snapshot(wales, ROUND), SIX, language(code), "docx", NOW)
    nothing = words(code)("report", "There is nothing to list here.")
    lines = ReadDocument(pack.content).paragraphs
    assert lines[-3::2] == [nothing, nothing]
    assert lines[-2].endswith(BOARD_NAMES[SIX][code])


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
        (Seen(is_counted=False, calibration="", movement="no_response", went=""), [0]),
        (Seen(is_counted=True, calibration="higher", movement="first_time", went="done"), [1]),
        (Seen(is_counted=True, calibration="lower", movement="not_known", went="under_way"), [2]),
        (Seen(is_counted=True, calibration="same", movement="lower", went=""), [3]),
        (Seen(is_counted=True, calibration="same", movement="higher", went="not_begun"), [4, 6]),
        (Seen(is_counted=True, calibration="same", movement="same", went="no_longer_right"), [5]),
    ],
)
def test_a_question_follows_from_its_rule(seen: Seen, asked: list[int]) -> None:
    assert [number for number, rule in enumerate(RULES) if rule.holds(seen)] == asked


def test_questions_agree_with_the_levels_on_the_other_sheets(packs: dict) -> None:
    pack = tables(openpyxl.load_workbook(BytesIO(packs["en", "xlsx"])))
    asked = {(row[1], row[2], row[4]) for row in pack["Suggested questions"]}
    order = ["Working towards foundation", "Foundation", "Developing", "Mature"]
    expected = set()
    for _, cluster, outcome, _, judged, indicated, *_ in pack["Maturity by cluster"]:
        if judged in order and indicated in order and judged != indicated:
            way = "above" if order.index(judged) > order.index(indicated) else "below"
            expected.add((cluster, outcome, f"It judges itself {way} the level that its answers point to."))
    moved = {"Moved up": "higher than", "Moved down": "lower than", "Stayed the same": "the same as"}
    for _, cluster, outcome, *_, movement in pack["Movement by cluster"]:
        if movement in moved:
            expected.add((cluster, outcome, f"Its level is {moved[movement]} when it was last asked."))
        if movement == "Has not submitted":
            expected.add((cluster, outcome, "It has not submitted."))
    for _, cluster, outcome, _, _, _, went, *_ in pack["Last year’s actions in words"]:
        if went == "Not begun":
            expected.add((cluster, outcome, "Its action of last year has not begun."))
    assert asked == expected
    assert len(asked) > 10


def test_a_health_board_without_clusters_has_no_pack(wales: FileRepository) -> None:
    with pytest.raises(DomainError) as refused:
        peer_review_pack(wales, load_snapshot(wales, ROUND), "nowhere", language("en"), "docx", NOW)
    assert refused.value.code == "unknown_health_board"
    assert peer_review_pack(wales, load_snapshot(wales, ROUND), THREE, language("en"), "docx", NOW).content
