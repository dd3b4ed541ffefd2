"""What stands in the cells of an .xlsx file. Only the list of sheets, the shared texts and the cells are read.

Formulas are told by their cells and never looked at: a library that translates those which cells share can be kept busy
for hours by a small file, and one that lays a sheet out as a table fills the memory for one cell in its last corner.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from posixpath import join, normpath
from zipfile import ZipFile

from survey.collection.errors import DomainError
from survey.collection.package_file import Heard, parse

MOST_CELLS = 20_000

WORKBOOK, RELATIONS, SHARED = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml"
# How a spreadsheet writes what XML cannot hold, or what looks as if it were written so.
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class NoValue(Enum):
    """What a cell holds that is not the value of an answer."""

    FORMULA = "formula"
    ERROR = "error"


CellValue = str | float | bool | NoValue
Cells = Mapping[str, CellValue]
Sheets = Mapping[str, Cells]


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet: its title, the name of its part in the package, whether it is hidden."""

    title: str
    name: str
    is_hidden: bool


def workbook_cells(package: ZipFile, most: int = MOST_CELLS) -> Sheets:
    """What is in the cells that are not empty, by the name of the sheet and of the cell: of a sheet at most so many.

    Raises DomainError("file_too_large") and, to be caught by `package_file.opened`, what a damaged part makes it raise.
    """
    names = package.namelist()
    parts = sheet_parts(package)
    shared = _SharedTexts(package.read(SHARED)).texts if SHARED in names else []
    return {
        part.title: _SheetCells(package.read(part.name), shared, most).cells for part in parts if part.name in names
    }


def sheet_parts(package: ZipFile) -> list[SheetPart]:
    """The sheets of a workbook in their order, and where in its package each is."""
    targets: dict[str, str] = {}
    parts: list[SheetPart] = []

    def relation(name: str, attributes: Mapping[str, str]) -> None:
        if name == "Relationship":
            targets[attributes["Id"]] = normpath(join("xl", attributes["Target"])).lstrip("/")

    def sheet(name: str, attributes: Mapping[str, str]) -> None:
        if name == "sheet":
            is_hidden = attributes.get("state", "visible") != "visible"
            parts.append(SheetPart(attributes["name"], targets[attributes["id"]], is_hidden))

    parse(package.read(RELATIONS), relation)
    parse(package.read(WORKBOOK), sheet)
    return parts


class _SharedTexts:
    """The texts that cells refer to by number."""

    def __init__(self, xml: bytes) -> None:
        self.texts: list[str] = []
        self._heard = Heard()
        self._is_reading_aid = False
        parse(xml, self._start, self._end, self._heard.hear)

    def _start(self, name: str, _attributes: Mapping[str, str]) -> None:
        if name == "si":
            self._heard.pieces.clear()
        elif name == "rPh":
            self._is_reading_aid = True
        self._heard.listening = name == "t" and not self._is_reading_aid

    def _end(self, name: str) -> None:
        self._heard.listening = False
        if name == "si":
            self.texts.append(_unescaped(self._heard.text))
        elif name == "rPh":
            self._is_reading_aid = False


class _SheetCells:
    """The cells of a sheet that are not empty."""

    def __init__(self, xml: bytes, shared: list[str], most: int) -> None:
        self.cells: dict[str, CellValue] = {}
        self._shared, self._most = shared, most
        self._place, self._kind = "", ""
        self._is_formula = False
        self._heard = Heard()
        parse(xml, self._start, self._end, self._heard.hear)

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "c":
            self._place, self._kind = attributes["r"], attributes.get("t", "n")
            self._is_formula = False
            self._heard.pieces.clear()
        elif name == "f":
            self._is_formula = True
        self._heard.listening = name in ("v", "t")

    def _end(self, name: str) -> None:
        self._heard.listening = False
        if name != "c":
            return
        value = NoValue.FORMULA if self._is_formula else self._value(self._heard.text)
        if value != "":
            self.cells[self._place] = value
        if len(self.cells) > self._most:
            raise DomainError("file_too_large")

    def _value(self, text: str) -> CellValue:
        match self._kind:
            case "e":
                return NoValue.ERROR
            case "s" if text:
                return self._shared[int(text)]
            case "b" if text:
                return text == "1"
            case "n" if text:
                return float(text)
        return _unescaped(text)


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda escaped: chr(int(escaped[1], 16)), text)
