"""Blocks of a report as plain values, for a page that is drawn where no library of figures is loaded."""

from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from survey.languages import Language
from survey.reporting.charts.svg import NARROW, svg
from survey.reporting.reports.blocks import (
    Aside,
    Block,
    Bullets,
    FigureTable,
    Line,
    Picture,
    Quotation,
    Subheading,
    header,
    said,
)
from survey.reporting.xlsx.description import NUMBER_KINDS, Cell, Column, Verbatim


def plain(blocks: Iterable[Block], reader: Language) -> list[dict[str, Any]]:
    """Each block by its `kind`, with words as {text, lang}; `lang` is empty where they are the reader’s."""
    return [_plain(block, reader) for block in blocks]


def _plain(block: Block, reader: Language) -> dict[str, Any]:
    match block:
        case Line(text):
            return {"kind": "line", "text": text}
        case Aside(text):
            return {"kind": "aside", "text": text}
        case Subheading(text):
            return {"kind": "heading", "text": text}
        case Bullets(items):
            return {"kind": "bullets", "items": [_words(item) for item in items]}
        case Quotation(words, source):
            return {"kind": "quotation", "words": _words(words), "source": source}
        case FigureTable(title, columns, rows):
            head = [{"text": header(column), "numeric": column.kind in NUMBER_KINDS} for column in columns]
            body = [[_cell(cell, column, reader) for cell, column in zip(row, columns, strict=True)] for row in rows]
            return {"kind": "figures", "title": title, "head": head, "rows": body}
        case Picture(chart):
            name = f"chart-{sha256(chart.title.encode()).hexdigest()[:8]}"
            return {"kind": "picture", "svg": svg(chart, NARROW, name)}
        case _:
            raise TypeError(block)


def _cell(cell: Cell, column: Column, reader: Language) -> dict[str, str]:
    return _words(cell if isinstance(cell, Verbatim) else said(cell, column, reader))


def _words(words: str | Verbatim) -> dict[str, str]:
    if isinstance(words, Verbatim):
        return {"text": words.text, "lang": words.language}
    return {"text": words, "lang": ""}
