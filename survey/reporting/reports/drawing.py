"""Draws what stands in a report as WordprocessingML."""

from collections.abc import Iterable
from math import ceil

from survey.languages import Language, language
from survey.reporting.documents.word import Spoken, aside, paragraph, run, table
from survey.reporting.reports.blocks import Aside, Block, Bullets, Figures, Line, Quotation, Subheading, header, said
from survey.reporting.typesetting import width
from survey.reporting.xlsx.description import NUMBER_KINDS, Cell, Column, Verbatim

ROOM = 10_200
"""The width of a page between its margins, in twentieths of a point."""
LEAST_NUMBER = 850
LEAST_TEXT = 2_000
PADDING = 240
DIGIT_WIDTH = 109
"""That of a digit in a header: bold, 9 points."""
WEIGHTS = {"long_text": 2, "verbatim": 3}


def drawn(blocks: Iterable[Block], reader: Language) -> str:
    """Blocks one below the other."""
    return "".join(_block(block, reader) for block in blocks)


def _block(block: Block, reader: Language) -> str:
    match block:
        case Line(text):
            return paragraph("Normal", run(Spoken(text, reader.tag)))
        case Aside(text):
            return aside(Spoken(text, reader.tag))
        case Subheading(text, level):
            return paragraph(f"Heading{level}", run(Spoken(text, reader.tag)))
        case Bullets(items):
            return "".join(paragraph("ListBullet", _words(item, reader)) for item in items)
        case Quotation(words, source):
            quoted = paragraph("Quote", _words(words, reader))
            return quoted + paragraph("QuoteSource", run(Spoken(f"– {source}", reader.tag)))
        case Figures(title, columns, rows):
            return _table(title, columns, rows, reader)


def _table(title: str, columns: tuple[Column, ...], rows: tuple[tuple[Cell, ...], ...], reader: Language) -> str:
    caption = paragraph("Caption", run(Spoken(title, reader.tag)))
    head = [paragraph(_style(column, "TableHead"), run(Spoken(header(column), reader.tag))) for column in columns]
    body = (
        (
            [
                paragraph(
                    _style(column, "TableText"),
                    _words(cell if isinstance(cell, Verbatim) else said(cell, column, reader), reader),
                )
                for cell, column in zip(row, columns, strict=True)
            ],
            0,
        )
        for row in rows
    )
    return caption + table(title, _widths(columns), head, body) + paragraph("TableEnd")


def _style(column: Column, name: str) -> str:
    return f"{name}Number" if column.kind in NUMBER_KINDS else name


def _words(words: str | Verbatim, reader: Language) -> str:
    if isinstance(words, Verbatim):
        return run(Spoken(words.text, language(words.language).tag))
    return run(Spoken(words, reader.tag))


def _widths(columns: tuple[Column, ...]) -> list[int]:
    """Numbers are as narrow as the longest word above them; what is left is shared by the columns of words."""
    weights = [0 if _style(column, "") else WEIGHTS.get(column.kind, 1) for column in columns]
    numbers = [0 if weight else _word_width(header(column)) for column, weight in zip(columns, weights, strict=True)]
    left = ROOM - sum(numbers)
    return [
        left * weight // sum(weights) if weight else number for weight, number in zip(weights, numbers, strict=True)
    ]


def _word_width(title: str) -> int:
    """The room that the longest word of a header takes."""
    return max(LEAST_NUMBER, ceil(max(map(width, title.split())) * DIGIT_WIDTH) + PADDING)
