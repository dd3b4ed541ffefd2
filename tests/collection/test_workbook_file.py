"""A workbook that a stranger sends is read as data, whatever is in it, or refused in a moment."""

import contextlib
import io
import time
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.collection.errors import DomainError
from survey.collection.meeting_packs.carried_cells import carried, uncarried
from survey.collection.meeting_packs.files import read_file
from survey.collection.package_file import LARGEST_FILE, LARGEST_UNPACKED, MOST_PARTS
from survey.collection.workbook_file import MOST_CELLS, NoValue

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REFERENCE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
A_MOMENT = 10  # seconds, on a machine that has other work


def package(cells: str, target: str = "worksheets/sheet1.xml", **more: str | bytes) -> bytes:
    """A workbook of one sheet called “S” with these cells. `more` are parts by name."""
    parts: dict[str, str | bytes] = {
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{REFERENCE}"><sheets>'
        '<sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELATIONS}">'
        f'<Relationship Id="rId1" Type="t" Target="{target}"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{cells}</sheetData></worksheet>',
    }
    return zipped(parts | more)


def zipped(parts: dict[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def refused(content: bytes) -> str:
    """The reason for which a file is refused, in no more than a moment."""
    start = time.monotonic()
    with pytest.raises(DomainError) as refusal:
        read_file(content)
    assert time.monotonic() - start < A_MOMENT
    return refusal.value.code


def test_every_kind_of_cell_is_read_as_it_was_written() -> None:
    cells = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>in line</t></is></c>'
        '<c r="C1"><v>1.5</v></c><c r="D1" t="b"><v>1</v></c><c r="E1" t="str"><v>plain</v></c><c r="F1"/>'
        '<c r="G1" t="e"><v>#REF!</v></c></row>'
    )
    texts = '<r><t>rich </t></r><r><t>text_x000D_</t></r><rPh sb="0" eb="1"><t>aid</t></rPh>'
    shared = f'<sst xmlns="{MAIN}"><si>{texts}</si></sst>'
    assert read_file(package(cells, **{"xl/sharedStrings.xml": shared})) == {
        "S": {"A1": "rich text\r", "B1": "in line", "C1": 1.5, "D1": True, "E1": "plain", "G1": NoValue.ERROR}
    }


@pytest.mark.parametrize(
    "target", ["/xl/worksheets/sheet1.xml", "worksheets/sheet1.xml", "../xl/worksheets/sheet1.xml"]
)
def test_a_sheet_is_found_however_a_program_writes_where_it_is(target: str) -> None:
    assert read_file(package('<row><c r="A1"><v>1</v></c></row>', target)) == {"S": {"A1": 1.0}}


def test_names_with_prefixes_are_the_same_names() -> None:
    sheet = f'<x:worksheet xmlns:x="{MAIN}"><x:row><x:c r="A1"><x:v>1</x:v></x:c></x:row></x:worksheet>'
    assert read_file(package("", **{"xl/worksheets/sheet1.xml": sheet})) == {"S": {"A1": 1.0}}


@pytest.mark.parametrize(
    "formula",
    [
        "<f>1+1</f><v>2</v>",
        '<f t="shared" ref="A1:A9" si="0">SUM(B1:B9)</f><v>2</v>',
        '<f t="array" ref="A1">WEBSERVICE("https://example.org")</f><v>0</v>',
        "<f>[1]Sheet1!$A$1</f><v>secret</v>",
        '<f>HYPERLINK("https://example.org")</f>',
    ],
)
def test_a_formula_is_told_and_never_worked_out(formula: str) -> None:
    assert read_file(package(f'<row><c r="A1" t="str">{formula}</c></row>')) == {"S": {"A1": NoValue.FORMULA}}


def test_formulas_that_would_keep_a_library_busy_for_hours_take_a_moment() -> None:
    first = f'<c r="A1"><f t="shared" si="0" ref="A1:A9000">{"+".join(["A1"] * 2500)}</f></c>'
    others = "".join(f'<c r="A{row}"><f t="shared" si="0"/></c>' for row in range(2, 9000))
    start = time.monotonic()
    assert len(read_file(package(f"<row>{first}{others}</row>"))["S"]) == 8999
    assert time.monotonic() - start < A_MOMENT


def test_a_cell_in_the_last_corner_takes_no_memory() -> None:
    assert read_file(package('<row><c r="XFD1048576"><v>1</v></c></row>')) == {"S": {"XFD1048576": 1.0}}


def test_macros_links_and_pictures_are_not_looked_at() -> None:
    more: dict[str, str | bytes] = {
        "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0 Sub Auto_Open()",
        "xl/externalLinks/externalLink1.xml": "<!DOCTYPE x SYSTEM 'http://example.org/'><x/>",
        "xl/media/image1.png": b"\x89PNG",
        "xl/drawings/drawing1.xml": "not xml",
    }
    assert read_file(package('<row><c r="A1"><v>1</v></c></row>', **more)) == {"S": {"A1": 1.0}}


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = package("", **{"xl/sharedStrings.xml": b"0" * (LARGEST_UNPACKED + 1)})
    assert len(bomb) < 20_000
    assert refused(bomb) == "file_too_large"


def test_a_part_that_says_that_it_is_smaller_than_it_is_is_refused() -> None:
    content = bytearray(package("", **{"xl/sharedStrings.xml": b"0" * 1_000_000}))
    for place in range(len(content) - 4):
        if content[place : place + 4] == (1_000_000).to_bytes(4, "little"):
            content[place : place + 4] = (10).to_bytes(4, "little")
    assert refused(bytes(content)) == "not_a_package"


def test_too_many_parts_cells_or_bytes_are_refused() -> None:
    assert refused(package("", **{f"x/{number}": "" for number in range(MOST_PARTS)})) == "file_too_large"
    cells = "".join(f'<c r="A{row}"><v>1</v></c>' for row in range(MOST_CELLS + 1))
    assert refused(package(f"<row>{cells}</row>")) == "file_too_large"
    assert refused(b"P" * (LARGEST_FILE + 1)) == "file_too_large"


def test_entities_are_refused_in_any_encoding() -> None:
    bomb = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><w>&b;</w>'
    assert refused(package("", **{"xl/worksheets/sheet1.xml": bomb})) == "package_damaged"
    utf16 = ('<?xml version="1.0" encoding="UTF-16"?>' + bomb).encode("utf-16")
    assert refused(package("", **{"xl/worksheets/sheet1.xml": utf16})) == "package_damaged"
    outside = '<!DOCTYPE w SYSTEM "file:///etc/passwd"><w/>'
    assert refused(package("", **{"xl/workbook.xml": outside})) == "package_damaged"


@pytest.mark.parametrize(
    "parts",
    [
        {"xl/worksheets/sheet1.xml": "<worksheet><c"},
        {"xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><c r="A1" t="s"><v>7</v></c></worksheet>'},
        {"xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><c r="A1"><v>one</v></c></worksheet>'},
        {"xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><c><v>1</v></c></worksheet>'},
        {"xl/worksheets/sheet1.xml": b"\xff\xfe\x00"},
        {"xl/workbook.xml": f'<workbook xmlns="{MAIN}"><sheets><sheet name="S"/></sheets></workbook>'},
    ],
)
def test_a_damaged_part_is_refused_in_words(parts: dict[str, str | bytes]) -> None:
    assert refused(package("", **parts)) == "package_damaged"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK",
        b"PK\x05\x06" + b"\0" * 18,
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 100,
        zipped({"content.xml": "<w/>"}),
    ],
)
def test_what_is_no_workbook_is_refused(content: bytes) -> None:
    assert refused(content) == "not_a_package"


def test_a_workbook_with_a_password_is_refused() -> None:
    content = bytearray(package("<row/>"))
    for header, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(header)
        while place >= 0:
            content[place + flags] |= 1
            place = content.find(header, place + 1)
    assert refused(bytes(content)) == "not_a_package"


@given(st.binary(max_size=200), st.integers(0, 10_000))
def test_a_workbook_with_any_bytes_changed_is_read_or_refused_and_never_fails_otherwise(
    garbage: bytes, place: int
) -> None:
    content = package('<row><c r="A1" t="inlineStr"><is><t>text</t></is></c></row>')
    place %= len(content)
    with contextlib.suppress(DomainError):
        read_file(content[:place] + garbage + content[place + len(garbage) :])


def test_what_a_page_carries_is_what_was_read() -> None:
    cells = (
        '<row><c r="A1"><v>1.5</v></c><c r="B1" t="b"><v>0</v></c><c r="C1"><f>1</f></c>'
        '<c r="D1" t="str"><v>ŵ</v></c></row>'
    )
    sheets = read_file(package(cells))
    assert uncarried(carried(sheets)) == sheets


@given(st.one_of(st.text(max_size=60), st.binary(max_size=60).map(lambda data: data.hex())))
def test_what_comes_back_with_a_page_is_read_or_refused(text: str) -> None:
    with pytest.raises(DomainError):
        uncarried(text)
