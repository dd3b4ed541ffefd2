"""The workbook of a health board: its own rows of the national one beside Wales, and of no other board."""

import pytest

from survey.collection.rounds.snapshot import load_snapshot
from survey.languages import language
from survey.reporting.reports.board_workbook import board_file
from survey.reporting.xlsx.check.checker import check_workbook
from tests.reporting.conftest import words
from tests.reporting.reading import ReadWorkbook
from tests.reporting.small_wales import BOARD_NAMES, CLUSTER_NAMES, NOW, ROUND, THREE


@pytest.fixture(scope="module")
def files(wales, tmp_path_factory):
    folder, snapshot = tmp_path_factory.mktemp("board"), load_snapshot(wales, ROUND)
    written = {}
    for code in ("cy", "en"):
        made = board_file(wales, snapshot, THREE, language(code), NOW)
        written[code] = folder / made.name
        written[code].write_bytes(made.content)
    return written


def test_it_keeps_the_rules_for_publishing_and_names_nobody_else(files, code):
    assert check_workbook(files[code], language(code)) == []
    cells = [str(cell.value) for sheet in ReadWorkbook(files[code], words(code)).book for row in sheet for cell in row]
    others = [names[code] for board, names in BOARD_NAMES.items() if board != THREE]
    others += [name[1 if code == "en" else 2] for name in CLUSTER_NAMES.values() if name[0] != THREE]
    assert not [cell for cell in cells if any(other in cell.split(", ") or other == cell for other in others)]


def test_each_row_is_one_of_the_national_workbook(files, workbooks, code):
    own, national = ReadWorkbook(files[code], words(code)).book, workbooks[code].book
    compared = 0
    for sheet in own:
        for table in sheet.tables.values():
            of_wales = national[sheet.title]
            if table.name in ("contents", "notes"):
                continue
            (whole,) = of_wales.tables.values()
            rows = {tuple(cell.value for cell in row) for row in of_wales[whole.ref]}
            found = [tuple(cell.value for cell in row) for row in sheet[table.ref]]
            # The national workbook has codes in the places of these two’s names.
            if table.name not in ("maturity_by_cluster", "movement_by_cluster"):
                assert set(found) <= rows, sheet.title
                compared += len(found)
    assert compared > 30
