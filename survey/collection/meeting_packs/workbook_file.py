"""What stands in the cells of an .xlsx file that somebody sent. Nothing in it is run, worked out or followed.

Of the package only the list of sheets, the shared texts and the cells are read, by a parser that takes no document type
and so no entities. Formulas are told by their cells and never looked at: a library that translates those which cells
share can be kept busy for hours by a small file, and one that lays a sheet out as a table fills the memory for one cell
in its last corner.
"""

import re
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from io import BytesIO
from posixpath import join, normpath
from typing import NoReturn
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

from survey.collection.errors import DomainError

LARGEST_FILE = 5_000_000
LARGEST_UNPACKED = 8_000_000
MOST_PARTS = 400
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
Start = Callable[[str, Mapping[str, str]], None]


def read_workbook(content: bytes) -> Sheets:
    """What is in the cells that are not empty, by the name of the sheet and of the cell.

    Raises DomainError: file_too_large (unpacked, too), not_a_workbook, workbook_damaged.
    """
    if len(content) > LARGEST_FILE:
        raise DomainError("file_too_large")
    try:
        with ZipFile(BytesIO(content)) as package:
            return _sheets(package)
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error) as fault:
        raise DomainError("not_a_workbook") from fault
    except (expat.ExpatError, IndexError, KeyError, ValueError) as fault:
        raise DomainError("workbook_damaged") from fault


def _sheets(package: ZipFile) -> dict[str, Cells]:
    parts = package.infolist()
    # Unpacking stops at the size that a part says it has.
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise DomainError("file_too_large")
    names = [part.filename for part in parts]
    if WORKBOOK not in names or RELATIONS not in names:
        raise DomainError("not_a_workbook")
    if len(set(names)) < len(names):
        raise DomainError("workbook_damaged")
    targets: dict[str, str] = {}
    sheets: dict[str, str] = {}

    def relation(name: str, attributes: Mapping[str, str]) -> None:
        if name == "Relationship":
            targets[attributes["Id"]] = normpath(join("xl", attributes["Target"])).lstrip("/")

    def sheet(name: str, attributes: Mapping[str, str]) -> None:
        if name == "sheet":
            sheets[attributes["name"]] = targets[attributes["id"]]

    _parse(package.read(RELATIONS), relation)
    _parse(package.read(WORKBOOK), sheet)
    shared = _SharedTexts(package.read(SHARED)).texts if SHARED in names else []
    return {title: _SheetCells(package.read(part), shared).cells for title, part in sheets.items() if part in names}


@dataclass(slots=True)
class _Heard:
    """The text of the elements that are listened to, as it comes, since it was last forgotten."""

    pieces: list[str] = field(default_factory=list)
    listening: bool = False

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    def hear(self, text: str) -> None:
        if self.listening:
            self.pieces.append(text)


class _SharedTexts:
    """The texts that cells refer to by number."""

    def __init__(self, xml: bytes) -> None:
        self.texts: list[str] = []
        self._heard = _Heard()
        self._is_reading_aid = False
        _parse(xml, self._start, self._end, self._heard.hear)

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

    def __init__(self, xml: bytes, shared: list[str]) -> None:
        self.cells: dict[str, CellValue] = {}
        self._shared = shared
        self._place, self._kind = "", ""
        self._is_formula = False
        self._heard = _Heard()
        _parse(xml, self._start, self._end, self._heard.hear)

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
        if len(self.cells) > MOST_CELLS:
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


def _parse(
    xml: bytes,
    start: Start,
    end: Callable[[str], None] = lambda _name: None,
    hear: Callable[[str], None] = lambda _text: None,
) -> None:
    """Tell of elements by their names without namespaces. Raises DomainError("workbook_damaged"), ExpatError."""

    def refuse(*_declaration: object) -> NoReturn:
        raise DomainError("workbook_damaged")

    def local(name: str) -> str:
        return name.rpartition(" ")[2]

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda name, given: start(
        local(name), {local(key): value for key, value in given.items()}
    )
    parser.EndElementHandler = lambda name: end(local(name))
    parser.CharacterDataHandler = hear
    parser.Parse(xml, True)


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda escaped: chr(int(escaped[1], 16)), text)
