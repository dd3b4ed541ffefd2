"""A good workbook passes; a workbook spoilt in one place is caught, by the rule of that place."""

import zipfile

import pytest

from survey.languages import language
from survey.reporting.xlsx.check import checker
from survey.reporting.xlsx.check.checker import check_workbook
from survey.reporting.xlsx.check.package_reader import CellSpot, NotAWorkbook, opened_workbook, spot
from survey.reporting.xlsx.check.sheet_rules import SHEET_RULES, TABLE_RULES, listed, reference
from tests.reporting.xlsx.package_parts import parts, spoil

ENGLISH = language("en")
CORE, BOOK, STYLES = "docProps/core.xml", "xl/workbook.xml", "xl/styles.xml"
COVER, CONTENTS, NOTES, TABLE = (f"xl/worksheets/sheet{number}.xml" for number in (1, 2, 3, 4))
TABLE_PART, CHART, DRAWING = "xl/tables/table3.xml", "xl/charts/chart1.xml", "xl/drawings/drawing1.xml"
SHARES = "xl/worksheets/sheet5.xml"
STRINGS = "xl/sharedStrings.xml"

# What is spoilt: code of the finding, sheet it is found in, part, what to change, into what.
SPOILT = [
    ("no-title", "", CORE, "<dc:title>.*?</dc:title>", ""),
    ("no-subject", "", CORE, "<dc:subject>.*?</dc:subject>", "<dc:subject> </dc:subject>"),
    ("no-creator", "", CORE, "<dc:creator>.*?</dc:creator>", ""),
    ("no-keywords", "", CORE, "<cp:keywords>.*?</cp:keywords>", ""),
    ("no-language", "", CORE, "<dc:language>.*?</dc:language>", ""),
    ("no-language", "", CORE, "en-GB", "en-US"),
    ("active-sheet", "", BOOK, "<workbookView ", '<workbookView activeTab="2" '),
    ("hidden-sheet", "Notes", BOOK, 'name="Notes"', 'name="Notes" state="veryHidden"'),
    ("hidden-rows", "Maturity by health board", TABLE, '<row r="10"', '<row r="10" hidden="1"'),
    ("hidden-columns", "Shares", SHARES, '<col min="2"', '<col hidden="1" min="2"'),
    ("hidden-columns", "Maturity by health board", TABLE, '<col min="2"', '<col hidden="1" min="2"'),
    ("no-title", "Cover", COVER, '<c r="A1".*?</c>', ""),
    ("title-style", "Cover", STYLES, 'name="Heading 1"', 'name="Title"'),
    ("gridlines", "Cover", COVER, 'showGridLines="0" ', ""),
    (
        "cursor",
        "Cover",
        COVER,
        'workbookViewId="0"/>',
        'workbookViewId="0"><selection activeCell="B2" sqref="B2"/></sheetView>',
    ),
    ("cursor", "Cover", COVER, "<sheetView ", '<sheetView topLeftCell="A5" '),
    (
        "frozen",
        "Maturity by health board",
        TABLE,
        'workbookViewId="0"/>',
        'workbookViewId="0"><pane ySplit="8" state="frozen"/></sheetView>',
    ),
    ("merged-cells", "Cover", COVER, "</sheetData>", '</sheetData><mergeCells><mergeCell ref="A1:B1"/></mergeCells>'),
    ("formulas", "Maturity by health board", TABLE, '<c r="C10" s="[0-9]+"><v>', '<c r="C10"><f>1+1</f><v>'),
    ("page-width", "Cover", COVER, '<pageSetUpPr fitToPage="1"/>', ""),
    ("page-width", "Cover", COVER, ' fitToHeight="0"', ""),
    ("page-width", "Shares", SHARES, "<sheetPr>.*</sheetPr>(.*)<cols>", r'\1<cols><col min="9" max="20" width="30"/>'),
    (
        "header-footer",
        "Cover",
        COVER,
        "</worksheet>",
        "<headerFooter><oddFooter>&amp;LConfidential&amp;R&amp;P</oddFooter></headerFooter></worksheet>",
    ),
    ("font", "Cover", STYLES, '<name val="Arial"/>', '<name val="Calibri"/>'),
    ("font", "Cover", STYLES, '<sz val="12"/>', '<sz val="11"/>'),
    ("italics", "Cover", STYLES, '<sz val="18"/>', '<i/><sz val="18"/>'),
    ("contrast", "Cover", STYLES, '<sz val="18"/><color rgb="[^"]*"/>', '<sz val="18"/><color rgb="FFBBBBBB"/>'),
    ("heat-contrast", "Maturity by health board", TABLE, '<color rgb="FF7FB2DD"/>', '<color rgb="FF000080"/>'),
    ("chart-alt-text", "Shares", DRAWING, 'descr="[^"]*"', ""),
    ("chart-language", "Shares", CHART, '<c:lang val="en-GB"/>', '<c:lang val="cy-GB"/>'),
    ("table-place", "Maturity by health board", TABLE_PART, 'ref="A8', 'ref="B8'),
    ("table-alt-text", "Maturity by health board", TABLE_PART, "<extLst>.*?</extLst>", ""),
    ("table-name", "Maturity by health board", TABLE_PART, 'displayName="[^"]*"', 'displayName="Table3"'),
    ("table-names", "", TABLE_PART, 'displayName="[^"]*"', 'displayName="Notes"'),
    ("below-table", "Maturity by health board", TABLE_PART, 'ref="A8:H14"', 'ref="A8:H13"'),
    ("beside-table", "Maturity by health board", TABLE_PART, 'ref="A8:H14"', 'ref="A8:G14"'),
    ("table-columns", "Maturity by health board", TABLE_PART, 'ref="A8:H14"', 'ref="A8:G14"'),
    ("blank-rows", "Maturity by health board", TABLE, '<c r="A3".*?</c>', ""),
    ("headers", "Maturity by health board", TABLE_PART, 'name="At mature level"', 'name="At Developing Level"'),
    ("headers", "Maturity by health board", TABLE_PART, 'name="At mature level"', 'name=" "'),
    ("table-columns", "Maturity by health board", TABLE_PART, 'name="At mature level"', 'name="Mature"'),
    (
        "header-wrap",
        "Maturity by health board",
        STYLES,
        '(?<=horizontal="left" vertical="top") wrapText="1"',
        "",
    ),
    ("empty-cells", "Maturity by health board", TABLE, '<c r="C10".*?</c>', ""),
    ("shorthand", "Maturity by health board", STRINGS, r"\[c\] means", "It means"),
    ("alignment", "Maturity by health board", STYLES, '(?<=<alignment )horizontal="right"(?= vertical="top"/>)', ""),
    ("no-contents", "", "xl/tables/table1.xml", 'displayName="contents"', 'displayName="sheets"'),
    ("contents", "Contents", CONTENTS, "location=\"'Notes'!A1\"", "location=\"'Cover'!A1\""),
    ("broken-link", "Contents", CONTENTS, "location=\"'Notes'!A1\"", "location=\"'Nots'!A1\""),
    ("broken-link", "Notes", NOTES, 'location="[^"]*"', 'location="#REF!"'),
    ("note-missing", "Notes", STRINGS, "responded, 2026 .note 1.", "responded, 2026 [note 7]"),
    ("note-unused", "Notes", STRINGS, "responded, 2026 .note 1.", "responded, 2026"),
]


def codes(path):
    return {(finding.code, finding.place) for finding in check_workbook(path, ENGLISH)}


@pytest.fixture
def file(tmp_path):
    return tmp_path / "a.xlsx"


def test_a_good_workbook_passes(content, file):
    file.write_bytes(content)
    assert check_workbook(file, ENGLISH) == []


@pytest.mark.parametrize(("code", "place", "part", "pattern", "replacement"), SPOILT)
def test_a_spoilt_workbook_is_caught(content, file, code, place, part, pattern, replacement):
    spoil(content, file, part, pattern, replacement)
    assert (code, place) in codes(file)


SAVED_BY_LIBREOFFICE = [
    (STYLES, 'name="Heading 1"', 'name="Excel Built-in Heading 1"'),
    (STYLES, '(?<=horizontal="left" vertical="top") wrapText="1"', ' wrapText="true"'),
    (COVER, "<sheetView ", '<sheetView topLeftCell="A1" '),
    (CHART, '<c:lang val="en-GB"/>', '<c:lang val="en-US"/>'),
]
"""What stands otherwise in the file, and is the same to whoever reads it."""


@pytest.mark.parametrize(("part", "pattern", "replacement"), SAVED_BY_LIBREOFFICE)
def test_what_libreoffice_only_says_otherwise_is_no_fault(content, file, part, pattern, replacement):
    spoil(content, file, part, pattern, replacement)
    assert check_workbook(file, ENGLISH) == []


def test_a_second_table_is_caught(content, file):
    spoil(content, file, TABLE, '(?<=<tableParts count="1">)', '<tablePart r:id="rId99"/>')
    relations = "xl/worksheets/_rels/sheet4.xml.rels"
    second = '<Relationship Id="rId99" Type="x" Target="../tables/table4.xml"/>'
    spoil(file.read_bytes(), file, relations, "(?=</Relationships>)", second)
    assert ("many-tables", "Maturity by health board") in codes(file)


def test_every_rule_is_tested(content, file):
    """Each rule yields at least one of the findings that the spoilt workbooks are expected to give."""
    caught = {code for code, *_ in SPOILT} | {"many-tables"}
    for rule in (*SHEET_RULES, *TABLE_RULES):
        named = {constant for constant in _constants(rule) if constant in caught}
        assert named, f"{rule.__name__} is not tested"


def _constants(rule):
    return {
        word
        for constant in rule.__code__.co_consts
        for word in (constant if isinstance(constant, tuple) else (constant,))
    }


def test_findings_are_sentences_with_a_place(content, file):
    spoil(content, file, TABLE, '<c r="C10".*?</c>', "")
    (finding,) = check_workbook(file, ENGLISH)
    assert finding.text == "Empty cells without a shorthand: C10"


def test_what_respondents_typed_in_brackets_is_no_note(content, file):
    spoil(content, file, STRINGS, "One line.", "See [note 99]")
    assert check_workbook(file, ENGLISH) == []


@pytest.mark.parametrize(
    "spoiling",
    [
        (BOOK, r"<\?xml.*?\?>", '<!DOCTYPE a [<!ENTITY a "aaaa">]>'),
        (STYLES, "</styleSheet>", ""),
        (TABLE, '<c r="A1"', '<c r="nowhere"'),
        (TABLE, "<v>[0-9]+</v>", "<v>9999999</v>"),
    ],
)
def test_a_broken_or_hostile_package_is_unreadable(content, file, spoiling):
    spoil(content, file, *spoiling)
    assert codes(file) == {("unreadable", "")}


def test_an_entity_bomb_in_another_encoding_is_unreadable(content, file):
    changed = parts(content)
    bomb = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a [<!ENTITY a "aaaa">]><a>&a;</a>'
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in changed.items():
            archive.writestr(name, bomb.encode("utf-16") if name == BOOK else text)
    assert codes(file) == {("unreadable", "")}


@pytest.mark.parametrize("raw", [b"", b"PK\x03\x04 nothing", b"name,value\n1,2\n"])
def test_another_kind_of_file_is_unreadable(file, raw):
    file.write_bytes(raw)
    assert codes(file) == {("unreadable", "")}


def test_another_kind_of_package_is_unreadable(file):
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
    assert codes(file) == {("unreadable", "")}


def test_a_package_that_unpacks_to_too_much_is_unreadable(content, file, monkeypatch):
    monkeypatch.setattr("survey.reporting.xlsx.check.package_reader.LARGEST", 1000)
    file.write_bytes(content)
    with pytest.raises(NotAWorkbook, match="too large"):
        opened_workbook(file)


def test_a_file_that_is_not_there(file):
    with pytest.raises(FileNotFoundError):
        check_workbook(file, ENGLISH)


def test_spots_and_references_are_each_others_inverse():
    for name in ("A1", "Z9", "AA10", "XFD1048576"):
        assert reference(spot(name)) == name
    assert spot("$B$2") == CellSpot(2, 2)
    with pytest.raises(ValueError, match="B0x"):
        spot("B0x")


def test_many_cells_are_named_by_the_first_few():
    assert listed(CellSpot(row, 1) for row in range(9, 0, -1)) == "A1, A2, A3, A4, A5, …"


def test_tags_the_checker_accepts_are_those_the_languages_give():
    assert {language(code).tag for code in ("cy", "en")} == set(checker.LANGUAGE_TAGS)
