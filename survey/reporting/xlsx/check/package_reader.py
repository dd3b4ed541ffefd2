"""An .xlsx file as it is, read without the library that wrote it: what the checker looks at.

Reads with the standard library only. Nothing in the file is trusted: parts must be UTF-8 without a document type
(so no entities can be declared), and a package that unpacks to more than `LARGEST` is refused.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import NamedTuple
from xml.etree import ElementTree as ET

LARGEST = 1_000_000_000  # bytes unpacked
_NAMESPACE = re.compile(r"\{[^}]*\}")
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")


class NotAWorkbook(ValueError):
    """The file cannot be read as an .xlsx workbook. The argument says why, in English, for logs."""


class Spot(NamedTuple):
    """Row and column of a cell, both from 1."""

    row: int
    column: int


class OpenedCell(NamedTuple):
    """A cell: its text or figure as written, the number of its format, and whether it holds a formula."""

    value: str
    is_text: bool
    style: int
    is_formula: bool


@dataclass(frozen=True, slots=True)
class OpenedTable:
    """A native table: its name, its range (first and last spot), its columns’ names, its alternative text."""

    name: str
    first: Spot
    last: Spot
    columns: tuple[str, ...]
    alternative_text: str


@dataclass(frozen=True, slots=True)
class OpenedChart:
    """A chart: its alternative text, the language its text is marked with, the formulas of its figures."""

    alternative_text: str
    language: str
    formulas: tuple[str, ...]


@dataclass(slots=True)
class OpenedSheet:
    """One sheet. `elements` are the sheet's XML elements other than its cells, by name."""

    name: str
    state: str
    cells: dict[Spot, OpenedCell] = field(default_factory=dict)
    hidden_rows: list[int] = field(default_factory=list)
    elements: dict[str, list[ET.Element]] = field(default_factory=dict)
    links: dict[Spot, str] = field(default_factory=dict)
    tables: list[OpenedTable] = field(default_factory=list)
    charts: list[OpenedChart] = field(default_factory=list)

    def attribute(self, element: str, name: str, default: str = "") -> str:
        """Return an attribute of the sheet's first element of that name."""
        found = self.elements.get(element)
        return found[0].get(name, default) if found else default


@dataclass(frozen=True, slots=True)
class Font:
    """A font as a cell's format names it. `colour` is `#RRGGBB`, or empty if it is not given so."""

    name: str
    size: float
    is_italic: bool
    colour: str


@dataclass(frozen=True, slots=True)
class Format:
    """A cell's format: its font, the colour of its fill, the name of its style, its alignment."""

    font: Font
    fill: str
    style: str
    horizontal: str
    wraps: bool


@dataclass(frozen=True, slots=True)
class OpenedWorkbook:
    """A workbook. `properties` are the core properties by name, such as `title` and `language`."""

    properties: dict[str, str]
    active_sheet: int
    formats: tuple[Format, ...]
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


def spot(reference: str) -> Spot:
    """Return the spot of a reference such as `B12`. Raises ValueError."""
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        raise ValueError(reference)
    column = 0
    for letter in found.group(1):
        column = column * 26 + ord(letter) - 64
    return Spot(int(found.group(2)), column)


class _Package:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.names = set(archive.namelist())

    def workbook(self) -> OpenedWorkbook:
        book = self._tree("xl/workbook.xml")
        targets = self._targets("xl/workbook.xml")
        self.strings = self._shared_strings()
        views = _all(book, "workbookView")
        return OpenedWorkbook(
            properties={_local(child.tag): child.text or "" for child in self._optional("docProps/core.xml")},
            active_sheet=int(views[0].get("activeTab", "0")) if views else 0,
            formats=tuple(self._formats()),
            sheets=tuple(self._sheet(sheet, targets) for sheet in _all(book, "sheet")),
        )

    def _text(self, name: str) -> str:
        text = self.archive.read(name).decode("utf-8-sig")
        if "<!DOCTYPE" in text or "<!ENTITY" in text:
            raise NotAWorkbook(f"{name} declares a document type")
        return text

    def _tree(self, name: str) -> ET.Element:
        return ET.fromstring(self._text(name))  # noqa: S314 - no document type, see _text

    def _optional(self, name: str) -> ET.Element:
        return self._tree(name) if name in self.names else ET.Element("none")

    def _targets(self, name: str) -> dict[str, str]:
        """Return what a part's relationships lead to, by id."""
        folder, _, file = name.rpartition("/")
        found = {}
        for relation in self._optional(f"{folder}/_rels/{file}.rels"):
            target = relation.get("Target", "")
            if relation.get("TargetMode") != "External":
                target = target.lstrip("/") if target.startswith("/") else normpath(join(dirname(name), target))
            found[relation.get("Id", "")] = target
        return found

    def _shared_strings(self) -> list[str]:
        return [
            "".join(text.text or "" for text in item.iter() if _local(text.tag) == "t")
            for item in self._optional("xl/sharedStrings.xml")
        ]

    def _formats(self) -> Iterator[Format]:
        styles = self._tree("xl/styles.xml")
        fonts = [_font(font) for font in _children(styles, "fonts")]
        fills = [_fill(fill) for fill in _children(styles, "fills")]
        names = {style.get("xfId"): style.get("name", "") for style in _children(styles, "cellStyles")}
        for xf in _children(styles, "cellXfs"):
            alignment = next(iter(_all(xf, "alignment")), ET.Element("none"))
            yield Format(
                font=fonts[int(xf.get("fontId", "0"))],
                fill=fills[int(xf.get("fillId", "0"))],
                style=names.get(xf.get("xfId"), ""),
                horizontal=alignment.get("horizontal", ""),
                wraps=alignment.get("wrapText") == "1",
            )

    def _sheet(self, element: ET.Element, targets: dict[str, str]) -> OpenedSheet:
        sheet = OpenedSheet(element.get("name", ""), element.get("state", "visible"))
        part = targets[_any_namespace(element, "id")]
        for _, found in ET.iterparse(StringIO(self._text(part))):  # noqa: S314 - no document type, see _text
            name = _local(found.tag)
            if name == "row":
                self._read_row(found, sheet)
                found.clear()
            elif name not in ("c", "v", "f", "is", "t", "r", "sheetData"):
                sheet.elements.setdefault(name, []).append(found)
        self._read_related(sheet, self._targets(part))
        return sheet

    def _read_row(self, row: ET.Element, sheet: OpenedSheet) -> None:
        if row.get("hidden") in ("1", "true") or row.get("ht") == "0":
            sheet.hidden_rows.append(int(row.get("r", "0")))
        for cell in row:
            value, is_text, is_formula = self._value(cell)
            if value or is_formula:
                found = OpenedCell(value, is_text, int(cell.get("s", "0")), is_formula)
                sheet.cells[spot(cell.get("r", ""))] = found

    def _value(self, cell: ET.Element) -> tuple[str, bool, bool]:
        kind = cell.get("t", "n")
        texts = [part.text or "" for part in cell.iter() if _local(part.tag) in ("v", "t")]
        value = "".join(texts)
        if kind == "s" and value:
            value = self.strings[int(value)]
        return value, kind in ("s", "str", "inlineStr"), any(_local(part.tag) == "f" for part in cell)

    def _read_related(self, sheet: OpenedSheet, targets: dict[str, str]) -> None:
        for link in sheet.elements.get("hyperlink", []):
            target = targets.get(_any_namespace(link, "id"), "")
            sheet.links[spot(link.get("ref", "A1"))] = target or "#" + link.get("location", "")
        for table in sheet.elements.get("tablePart", []):
            sheet.tables.append(_table(self._tree(targets[_any_namespace(table, "id")])))
        for drawing in sheet.elements.get("drawing", []):
            sheet.charts.extend(self._charts(targets[_any_namespace(drawing, "id")]))

    def _charts(self, drawing: str) -> Iterator[OpenedChart]:
        targets = self._targets(drawing)
        for frame in _all(self._tree(drawing), "graphicFrame"):
            texts = [named.get("descr", "") for named in _all(frame, "cNvPr")]
            for link in _all(frame, "chart"):
                chart = self._tree(targets[_any_namespace(link, "id")])
                language = next((lang.get("val", "") for lang in _all(chart, "lang")), "")
                formulas = tuple(formula.text or "" for figures in _all(chart, "val") for formula in _all(figures, "f"))
                yield OpenedChart("".join(texts), language, formulas)


def _local(tag: str) -> str:
    return _NAMESPACE.sub("", tag)


def _all(element: ET.Element, name: str) -> list[ET.Element]:
    return [found for found in element.iter() if _local(found.tag) == name]


def _children(element: ET.Element, name: str) -> list[ET.Element]:
    return [child for found in _all(element, name)[:1] for child in found]


def _any_namespace(element: ET.Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if _local(key) == name), "")


def _font(font: ET.Element) -> Font:
    values = {_local(child.tag): child.get("val", "") for child in font}
    colour = next((child.get("rgb", "") for child in font if _local(child.tag) == "color"), "")
    return Font(
        name=values.get("name", ""),
        size=float(values.get("sz") or 0),
        is_italic="i" in values and values["i"] not in ("0", "false"),
        colour="#" + colour[-6:] if colour else "",
    )


def _fill(fill: ET.Element) -> str:
    colours = [colour.get("rgb", "") for colour in _all(fill, "fgColor")]
    return "#" + colours[0][-6:] if colours and colours[0] else ""


def _table(table: ET.Element) -> OpenedTable:
    first, _, last = table.get("ref", "").partition(":")
    texts = [
        value for part in table.iter() for key, value in part.attrib.items() if key in ("altText", "altTextSummary")
    ]
    return OpenedTable(
        name=table.get("displayName", ""),
        first=spot(first),
        last=spot(last or first),
        columns=tuple(column.get("name", "") for column in _all(table, "tableColumn")),
        alternative_text=" ".join(texts),
    )
