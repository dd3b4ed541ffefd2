"""A Word document read back without the program’s own code: its headings, tables, quotations and controls."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import docx
from docx.oxml.ns import qn


class ReadDocument:
    """A document as it is read."""

    def __init__(self, content: bytes) -> None:
        self.document = docx.Document(BytesIO(content))
        self.body = self.document.element.body

    @property
    def headings(self) -> list[tuple[int, str]]:
        """Level and text of each heading, in order."""
        found = []
        for paragraph in self.body.iter(qn("w:p")):
            style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
            name = "" if style is None else style.get(qn("w:val"))
            if name.startswith("Heading"):
                found.append((int(name[-1]), text(paragraph)))
        return found

    @property
    def paragraphs(self) -> list[str]:
        return [text(paragraph) for paragraph in self.body.iter(qn("w:p"))]

    def table(self, title: str) -> tuple[list[str], list[list[str]]]:
        """The headers and rows of the first table with this title."""
        return next(self.tables(title))

    def tables(self, title: str) -> Iterator[tuple[list[str], list[list[str]]]]:
        """The headers and rows of each table with this title."""
        for table in self.body.iter(qn("w:tbl")):
            caption = table.find(f"{qn('w:tblPr')}/{qn('w:tblCaption')}")
            if caption is not None and caption.get(qn("w:val")) == title:
                headers, *rows = [[text(cell) for cell in row.iter(qn("w:tc"))] for row in table.iter(qn("w:tr"))]
                yield headers, rows

    def styled(self, style: str) -> list[Any]:
        """The paragraphs of a style."""
        return [
            paragraph
            for paragraph in self.body.iter(qn("w:p"))
            if (found := paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")) is not None
            and found.get(qn("w:val")) == style
        ]

    def control(self, tag: str) -> Any:
        """What a control holds."""
        for control in self.body.iter(qn("w:sdt")):
            named = control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}")
            if named is not None and named.get(qn("w:val")) == tag:
                return control.find(qn("w:sdtContent"))
        raise KeyError(tag)

    def saved(self) -> bytes:
        content = BytesIO()
        self.document.save(content)
        return content.getvalue()


def text(element: Any) -> str:
    """What is read of an element."""
    return "".join(piece.text or "" for piece in element.iter(qn("w:t")))


def languages_of(element: Any) -> set[str]:
    """The languages that the runs of an element are marked with."""
    return {lang.get(qn("w:val")) for lang in element.iter(qn("w:lang"))}
