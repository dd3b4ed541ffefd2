"""An .xlsx file as it is, read without the library that wrote it: what the checker looks at.

Reads with the standard library only. Nothing in the file is trusted: parts must be UTF-8 without a document type
(so no entities can be declared), and a package that unpacks to more than `LARGEST` is refused.
"""

import re
import zipfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from io import BytesIO, StringIO
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import NamedTuple
from xml.etree import ElementTree as ET

LARGEST = 1_000_000_000  # bytes unpacked
TRUE = frozenset({"1", "true"})
"""What stands for yes in an attribute: Excel writes the first, LibreOffice the second."""
OF_LIBREOFFICE = "Excel Built-in "
"""What LibreOffice puts before the name of a style of Excel’s own, once it saves it."""
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")


class NotAWorkbook(ValueError):
    """The file cannot be read as an .xlsx workbook. The argument says why, in English, for logs."""


class CellSpot(NamedTuple):
    """Row and column of a cell, both from 1."""

    row: int
    column: int


@dataclass(frozen=True, slots=True)
class CellFormat:
    """A cell's format: its font, the colours of its text and fill, the name of its style, its alignment.

    Colours are `#RRGGBB`, or empty if they are not given so.
    """

    font: str
    size: float
    is_italic: bool
    colour: str
    fill: str
    style: str
    horizontal: str
    wraps: bool


class OpenedCell(NamedTuple):
    """A cell: its text or figure as written, its format, and whether it holds a formula."""

    value: str
    is_text: bool
    format: CellFormat
    is_formula: bool


@dataclass(frozen=True, slots=True)
class OpenedTable:
    """A native table: its name, its range (first and last spot), its columns’ names, its alternative text."""

    name: str
    first: CellSpot
    last: CellSpot
    columns: tuple[str, ...]
    alternative_text: str


@dataclass(frozen=True, slots=True)
class OpenedChart:
    """A chart: its alternative text, the language its text is marked with, and whether it draws hidden cells."""

    alternative_text: str
    language: str
    draws_hidden: bool


@dataclass(slots=True)
class OpenedSheet:
    """One sheet. `elements` are the sheet's XML elements other than its cells, by name."""

    name: str
    state: str
    cells: dict[CellSpot, OpenedCell] = field(default_factory=dict)
    hidden_rows: list[int] = field(default_factory=list)
    elements: dict[str, list[ET.Element]] = field(default_factory=dict)
    links: dict[CellSpot, str] = field(default_factory=dict)
    tables: list[OpenedTable] = field(default_factory=list)
    charts: list[OpenedChart] = field(default_factory=list)

    def attribute(self, element: str, name: str, default: str = "") -> str:
        """Return an attribute of the sheet's first element of that name."""
        elements = self.elements.get(element)
        return elements[0].get(name, default) if elements else default


@dataclass(frozen=True, slots=True)
class OpenedWorkbook:
    """A workbook. `properties` are the core properties by name, such as `title` and `language`."""

    properties: dict[str, str]
    active_sheet: int
    sheets: tuple[OpenedSheet, ...]


def opened_workbook(path: Path) -> OpenedWorkbook:
    """Return the workbook in a file. Raises NotAWorkbook, and OSError if the file cannot be read."""
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(part.file_size for part in archive.infolist()) > LARGEST:
                raise NotAWorkbook("too large")
            return _Package(archive).workbook()
    except (zipfile.BadZipFile, ET.ParseError, KeyError, IndexError, ValueError, NotImplementedError) as error:
        raise NotAWorkbook(str(error)) from error


def sheets_with_tables(file: BytesIO, names: Collection[str]) -> dict[str, OpenedSheet]:
    """The sheets of a workbook of ours that hold tables of these names, by table; no other sheet is read."""
    with zipfile.ZipFile(file) as archive:
        return {sheet.tables[0].name: sheet for sheet in _Package(archive).sheets_with_tables(names)}


def spot(reference: str) -> CellSpot:
    """Return the spot of a reference such as `B12`. Raises ValueError."""
    parts = _REFERENCE.fullmatch(reference)
    if parts is None:
        raise ValueError(reference)
    column = 0
    for letter in parts.group(1):
        column = column * 26 + ord(letter) - 64
    return CellSpot(int(parts.group(2)), column)


class _Package:
    """The parts of an open package. Names of elements and attributes are read without their namespaces."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.names = set(archive.namelist())
        self.strings = [
            "".join(text.text or "" for text in item.iter("t")) for item in self._optional("xl/sharedStrings.xml")
        ]

    def workbook(self) -> OpenedWorkbook:
        book = self._tree("xl/workbook.xml")
        targets = self._targets("xl/workbook.xml")
        self.formats = list(self._formats())
        view = next(book.iter("workbookView"), _NOTHING)
        return OpenedWorkbook(
            properties={child.tag: child.text or "" for child in self._optional("docProps/core.xml")},
            active_sheet=int(view.get("activeTab", "0")),
            sheets=tuple(self._sheet(sheet, targets) for sheet in book.iter("sheet")),
        )

    def sheets_with_tables(self, names: Collection[str]) -> Iterator[OpenedSheet]:
        """The sheets of which a table has one of these names."""
        self.formats = list(self._formats())
        targets = self._targets("xl/workbook.xml")
        for sheet in self._tree("xl/workbook.xml").iter("sheet"):
            related = self._targets(targets[sheet.get("id", "")]).values()
            tables = (target for target in related if target.startswith("xl/tables/"))
            if any(_table(self._tree(table)).name in names for table in tables):
                yield self._sheet(sheet, targets)

    def _elements(self, name: str) -> Iterator[ET.Element]:
        """The elements of a part as each ends, the outermost last."""
        text = self.archive.read(name).decode("utf-8-sig")
        if "<!DOCTYPE" in text or "<!ENTITY" in text:
            raise NotAWorkbook(f"{name} declares a document type")
        for _, element in ET.iterparse(StringIO(text)):  # noqa: S314 - no document type
            element.tag = _local(element.tag)
            element.attrib = {_local(key): value for key, value in element.attrib.items()}
            yield element

    def _tree(self, name: str) -> ET.Element:
        *_, root = self._elements(name)
        return root

    def _optional(self, name: str) -> ET.Element:
        return self._tree(name) if name in self.names else _NOTHING

    def _targets(self, name: str) -> dict[str, str]:
        """Return what a part's relationships lead to, by id."""
        folder, _, file = name.rpartition("/")
        targets = {}
        for relation in self._optional(f"{folder}/_rels/{file}.rels"):
            target = relation.get("Target", "")
            if relation.get("TargetMode") != "External":
                target = target.lstrip("/") if target.startswith("/") else normpath(join(dirname(name), target))
            targets[relation.get("Id", "")] = target
        return targets

    def _formats(self) -> Iterator[CellFormat]:
        styles = self._tree("xl/styles.xml")
        fonts = list(styles.iterfind("fonts/*"))
        fills = [_colour(next(fill.iter("fgColor"), _NOTHING)) for fill in styles.iterfind("fills/*")]
        names = {style.get("xfId"): _style(style.get("name", "")) for style in styles.iterfind("cellStyles/*")}
        for xf in styles.iterfind("cellXfs/*"):
            alignment = next(xf.iter("alignment"), _NOTHING)
            font = fonts[int(xf.get("fontId", "0"))]
            values = {child.tag: child.get("val", "") for child in font}
            yield CellFormat(
                font=values.get("name", ""),
                size=float(values.get("sz") or 0),
                is_italic=values.get("i", "0") not in ("0", "false"),
                colour=_colour(next(font.iter("color"), _NOTHING)),
                fill=fills[int(xf.get("fillId", "0"))],
                style=names.get(xf.get("xfId"), ""),
                horizontal=alignment.get("horizontal", ""),
                wraps=alignment.get("wrapText") in TRUE,
            )

    def _sheet(self, listed: ET.Element, targets: dict[str, str]) -> OpenedSheet:
        sheet = OpenedSheet(listed.get("name", ""), listed.get("state", "visible"))
        part = targets[listed.get("id", "")]
        for element in self._elements(part):
            if element.tag == "row":
                self._read_row(element, sheet)
                element.clear()
            elif element.tag not in ("c", "v", "f", "is", "t", "r", "sheetData"):
                sheet.elements.setdefault(element.tag, []).append(element)
        self._read_related(sheet, self._targets(part))
        return sheet

    def _read_row(self, row: ET.Element, sheet: OpenedSheet) -> None:
        if row.get("hidden") in TRUE or row.get("ht") == "0":
            sheet.hidden_rows.append(int(row.get("r", "0")))
        for cell in row:
            kind = cell.get("t", "n")
            value = "".join(part.text or "" for part in cell.iter() if part.tag in ("v", "t"))
            if kind == "s" and value:
                value = self.strings[int(value)]
            is_formula = cell.find("f") is not None
            if value or is_formula:
                is_text = kind in ("s", "str", "inlineStr")
                form = self.formats[int(cell.get("s", "0"))]
                sheet.cells[spot(cell.get("r", ""))] = OpenedCell(value, is_text, form, is_formula)

    def _read_related(self, sheet: OpenedSheet, targets: dict[str, str]) -> None:
        for link in sheet.elements.get("hyperlink", []):
            target = targets.get(link.get("id", ""), "")
            sheet.links[spot(link.get("ref", "A1"))] = target or "#" + link.get("location", "")
        for table in sheet.elements.get("tablePart", []):
            sheet.tables.append(_table(self._tree(targets[table.get("id", "")])))
        for drawing in sheet.elements.get("drawing", []):
            sheet.charts.extend(self._charts(targets[drawing.get("id", "")]))

    def _charts(self, drawing: str) -> Iterator[OpenedChart]:
        targets = self._targets(drawing)
        for frame in self._tree(drawing).iter("graphicFrame"):
            text = "".join(named.get("descr", "") for named in frame.iter("cNvPr"))
            for link in frame.iter("chart"):
                chart = self._tree(targets[link.get("id", "")])
                draws_hidden = next(chart.iter("plotVisOnly"), _NOTHING).get("val") in ("0", "false")
                yield OpenedChart(text, next(chart.iter("lang"), _NOTHING).get("val", ""), draws_hidden)


_NOTHING = ET.Element("none")


def _style(name: str) -> str:
    """The name of a style as Excel has it, of whatever program saved the file."""
    return name.removeprefix(OF_LIBREOFFICE)


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _colour(element: ET.Element) -> str:
    colour = element.get("rgb", "")
    return f"#{colour[-6:]}" if colour else ""


def _table(table: ET.Element) -> OpenedTable:
    first, _, last = table.get("ref", "").partition(":")
    return OpenedTable(
        name=table.get("displayName", ""),
        first=spot(first),
        last=spot(last or first),
        columns=tuple(column.get("name", "") for column in table.iter("tableColumn")),
        alternative_text=" ".join(
            part.attrib[name] for part in table.iter() for name in ("altText", "altTextSummary") if name in part.attrib
        ),
    )
