"""Data as an OpenDocument spreadsheet (.ods), drawn row by row.

Written by hand: a zip of XML (OASIS OpenDocument 1.3, part 3), for which no library is kept up that takes thousands
of rows.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from io import BytesIO
from itertools import chain, repeat
from typing import Any
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from survey.languages import LANGUAGES
from survey.reporting.files.data_file import Cell, DataFile, unmistaken
from survey.reporting.files.sheets import CODEBOOK, CODEBOOK_COLUMNS, codebook_rows, fitted
from survey.reporting.files.zip_file import NO_TIME
from survey.reporting.records.table_schema import ColumnKind
from survey.reporting.typesetting import printable
from survey.reporting.xlsx.description import Shorthand

MEDIA_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_MANIFEST = (
    f'{_HEAD}<manifest:manifest xmlns:manifest="{_OASIS}:manifest:1.0" manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{MEDIA_TYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    '<manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)
_META = (
    f'{_HEAD}<office:document-meta xmlns:office="{_OASIS}:office:1.0" xmlns:meta="{_OASIS}:meta:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3"><office:meta><dc:title>{title}</dc:title>'
    "<meta:creation-date>{changed}</meta:creation-date></office:meta></office:document-meta>"
)
_DAY = (
    '<number:year number:style="long"/><number:text>-</number:text><number:month number:style="long"/>'
    '<number:text>-</number:text><number:day number:style="long"/>'
)
_TIME = (
    '<number:text> </number:text><number:hours number:style="long"/><number:text>:</number:text>'
    '<number:minutes number:style="long"/><number:text>:</number:text><number:seconds number:style="long"/>'
)
_START = (
    f'{_HEAD}<office:document-content xmlns:office="{_OASIS}:office:1.0" xmlns:table="{_OASIS}:table:1.0" '
    f'xmlns:text="{_OASIS}:text:1.0" xmlns:style="{_OASIS}:style:1.0" xmlns:number="{_OASIS}:datastyle:1.0" '
    f'office:version="1.3"><office:automatic-styles><number:date-style style:name="D">{_DAY}</number:date-style>'
    f'<number:date-style style:name="T">{_DAY}{_TIME}</number:date-style>'
    '<style:style style:name="day" style:family="table-cell" style:data-style-name="D"/>'
    '<style:style style:name="moment" style:family="table-cell" style:data-style-name="T"/>'
    "</office:automatic-styles><office:body><office:spreadsheet>"
)
_END = "</office:spreadsheet></office:body></office:document-content>"
_LOST_BLANKS = re.compile(r"^ +| +$| {2,}|\t")
"""Blanks that OpenDocument takes for one, or for none (6.1.2)."""


def spreadsheet_of(file: DataFile) -> bytes:
    """The file. The same data give the same bytes. Raises DomainError("too_large_for_sheet")."""
    fields, rows = fitted(file)
    names = [column.name for column in fields]
    kinds = [column.kind for column in fields]
    data = chain([_row(names, repeat("code"))], (_row(row, kinds) for row in rows))
    codebook = (_row(row, repeat("code")) for row in codebook_rows(fields))
    sheets = chain(_sheet(file.kind, len(names), data), _sheet(CODEBOOK, len(CODEBOOK_COLUMNS), codebook))
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr(ZipInfo("mimetype", NO_TIME), MEDIA_TYPE, ZIP_STORED)
        info = ZipInfo("content.xml", NO_TIME)
        info.compress_type = ZIP_DEFLATED
        with archive.open(info, "w", force_zip64=True) as content:
            for piece in chain([_START], sheets, [_END]):
                content.write(piece.encode())
        title = escape(printable(" / ".join(file.title[code] for code in LANGUAGES)))
        changed = file.changed.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")
        archive.writestr(ZipInfo("meta.xml", NO_TIME), _META.format(title=title, changed=changed), ZIP_DEFLATED)
        archive.writestr(ZipInfo("META-INF/manifest.xml", NO_TIME), _MANIFEST, ZIP_DEFLATED)
    return packed.getvalue()


def _sheet(name: str, columns: int, rows: Iterable[str]) -> Iterator[str]:
    yield f"<table:table table:name={quoteattr(name)}>"
    yield f'<table:table-column table:number-columns-repeated="{columns}"/>'
    yield from rows
    yield "</table:table>"


def _row(cells: Sequence[Cell], kinds: Iterable[ColumnKind]) -> str:
    drawn = "".join(_cell(cell, kind) for cell, kind in zip(cells, kinds, strict=False))
    return f"<table:table-row>{drawn}</table:table-row>"


def _cell(cell: Any, kind: ColumnKind) -> str:
    if cell is None:
        return "<table:table-cell/>"
    if isinstance(cell, Shorthand):
        return _text(cell.value)
    if kind == "text" and isinstance(cell, str):
        return _text(unmistaken(cell))
    if kind == "date":
        return _date(cell, "day")
    if kind == "time":
        moment = datetime.fromisoformat(cell).astimezone(UTC)
        return _date(moment.strftime("%Y-%m-%dT%H:%M:%S"), "moment")
    if isinstance(cell, str):
        return _text(cell)
    return f'<table:table-cell office:value-type="float" office:value="{cell!r}"/>'


def _date(value: str, style: str) -> str:
    return f'<table:table-cell table:style-name="{style}" office:value-type="date" office:date-value="{value}"/>'


def _text(text: str) -> str:
    """A cell of text, which nothing takes for a formula: a paragraph for each line."""
    paragraphs = "".join(
        f"<text:p>{_LOST_BLANKS.sub(_kept, escape(line))}</text:p>" for line in printable(text).split("\n")
    )
    return f'<table:table-cell office:value-type="string">{paragraphs}</table:table-cell>'


def _kept(blanks: re.Match[str]) -> str:
    return "<text:tab/>" if blanks[0] == "\t" else f'<text:s text:c="{len(blanks[0])}"/>'
