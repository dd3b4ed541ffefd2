"""What stands in the content controls of a .docx file, and the seal that it carries.

A control is known by its tag, a number. Some programs lose it; the title begins with the same number, and so does the
row of the table.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from zipfile import ZipFile

from survey.collection.package_file import parse
from survey.collection.workbook_file import Sheets

DOCUMENT = "word/document.xml"
CUSTOM = re.compile(r"customXml/item[0-9]+\.xml")
PROMPT = "…" * 12
"""What stands in a control that is empty: a line to write on by hand."""
UNTICKED, TICKED = "☐", "☒"
_NUMBER = re.compile(r"([0-9]{1,5})\. ")


def document_cells(package: ZipFile) -> Sheets:
    """The texts of the content controls by their numbers, as a sheet without a name, and what data is carried along."""
    reader = _Controls()
    parse(package.read(DOCUMENT), reader.start, reader.end, reader.hear)
    carried = [_text(package.read(name)) for name in package.namelist() if CUSTOM.fullmatch(name)]
    return {"": reader.texts, **{f"data {number}": {"1": text} for number, text in enumerate(carried)}}


@dataclass(slots=True)
class _Control:
    """A control that is being read: its number once it is known, and the text in it."""

    number: str = ""
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        text = "".join(self.pieces).replace(PROMPT, "").strip()
        return "" if text == UNTICKED else text


class _Controls:
    """Reads controls, which may stand in each other: a text belongs to all that it stands in."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self._open: list[_Control] = []
        self._listening = False
        self._cell = 0
        self._row_number = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "sdt":
            self._open.append(_Control())
        elif name == "tag" and self._open:
            self._open[-1].number = attributes.get("val", "")
        elif name == "alias" and self._open and not self._open[-1].number:
            numbered = _NUMBER.match(attributes.get("val", ""))
            self._open[-1].number = numbered[1] if numbered else ""
        elif name in ("br", "cr"):
            self._add("\n")
        elif name == "tr":
            self._cell, self._row_number = 0, ""
        elif name == "tc":
            self._cell += 1
        self._listening = name == "t"

    def end(self, name: str) -> None:
        self._listening = False
        if name == "p":
            self._add("\n")
        elif name == "sdt":
            control = self._open.pop()
            number = control.number or self._row_number.strip()
            if number.isdecimal():
                self.texts.setdefault(number, control.text)

    def hear(self, text: str) -> None:
        if self._listening:
            self._add(text)
            self._row_number += text if self._cell == 1 else ""

    def _add(self, text: str) -> None:
        for control in self._open:
            control.pieces.append(text)


def _text(xml: bytes) -> str:
    pieces: list[str] = []
    parse(xml, lambda _name, _attributes: None, hear=pieces.append)
    return "".join(pieces)
