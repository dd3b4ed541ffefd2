"""Draws what stands in a report as WordprocessingML."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import zip_longest
from xml.sax.saxutils import quoteattr

from survey.languages import Language, Phrase, language
from survey.reporting.charts.description import Chart
from survey.reporting.charts.picture import ACROSS, picture
from survey.reporting.documents.word import Spoken, aside, kept, paragraph, run, table
from survey.reporting.reports.blocks import (
    Aside,
    Block,
    Bullets,
    EntryList,
    FigureTable,
    Lead,
    Line,
    Picture,
    Quotation,
    Room,
    Subheading,
    header,
    said,
)
from survey.reporting.reports.column_widths import column_widths, lines_of
from survey.reporting.reports.places import place
from survey.reporting.xlsx.description import NUMBER_KINDS, Cell, Column, Verbatim

AddPicture = Callable[[bytes], tuple[str, int, int]]
"""Takes a picture in, and gives the number of its relation, its width and its height in pixels."""
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
EMU_PER_CM = 360_000
WRITTEN_IN = {"cy": Phrase("quotation", "in Welsh"), "en": Phrase("quotation", "in English")}
WITHIN = 2
"""The level of the headings that stand for themselves."""
SHORT_TABLE = 30
"""The lines of a table that stands on one page: less than half of it."""


def drawn(blocks: Iterable[Block], reader: Language, add_picture: AddPicture) -> str:
    """Blocks one below the other, each on the page of what is about it below. `add_picture` puts a picture among the
    files of the document."""
    each = list(blocks)
    return "".join(
        _above_aside(block, reader, add_picture)
        if _goes_with_what_is_above(following)
        else _block(block, reader, add_picture) + _end(block)
        for block, following in zip_longest(each, each[1:])
    )


def _goes_with_what_is_above(block: Block | None) -> bool:
    """Whether it is about what is above it: an aside, or a heading within what a second heading names."""
    return isinstance(block, Aside) or (isinstance(block, Subheading) and block.level > WITHIN)


def _above_aside(block: Block, reader: Language, add_picture: AddPicture) -> str:
    """A block whose last lines stand on the page of what follows."""
    piece, end = _block(block, reader, add_picture), _end(block)
    return piece + kept(end) if end else kept(piece)


def _end(block: Block) -> str:
    """What parts a block from the next one: two tables without it would become one."""
    return paragraph("TableEnd") if isinstance(block, FigureTable) else ""


def _block(block: Block, reader: Language, add_picture: AddPicture) -> str:
    match block:
        case Picture(chart):
            return paragraph("Normal", _picture(chart, add_picture))
        case Line(text) | Lead(text):
            return paragraph("Fact" if isinstance(block, Lead) else "Normal", run(Spoken(text, reader.tag)))
        case EntryList(items):
            *first, last = items
            return "".join(_entry(*item, "ReplyWithMore", reader) for item in first) + _entry(*last, "Reply", reader)
        case Aside(text):
            return aside(Spoken(text, reader.tag))
        case Subheading(text, level):
            return paragraph(f"Heading{level}", run(Spoken(text, reader.tag)))
        case Bullets(items):
            listed = [[paragraph("ListBullet", _words(item, reader))] for item in items]
            return "".join(item for (item,) in _together(listed, len(listed)))
        case Quotation(words, source):
            return _quotation(words, source, reader)
        case Room(tag, title, prompt):
            return place(tag, title, prompt, reader)
        case FigureTable(title, columns, rows):
            return _table(title, columns, rows, reader)


def _entry(label: str, words: str | Verbatim, reply: str, reader: Language) -> str:
    """A word or a figure in the line of what it is called; somebody’s own words below it, in a style for replies."""
    called = run(Spoken(label if label.endswith("?") else f"{label}:", reader.tag), bold=True)
    if isinstance(words, Verbatim):
        return paragraph("Asked", called) + paragraph(reply, _quoted(words, reader))
    return paragraph("Fact", called, run(Spoken(f" {words}", reader.tag)))


def _quoted(words: Verbatim, reader: Language) -> str:
    """Somebody’s words between quotation marks; after them their language, where it is not the reader’s."""
    quoted = run(Spoken(f"“{words.text}”", language(words.language).tag))
    if words.language == reader.code:
        return quoted
    return quoted + run(Spoken(f" ({reader.say(WRITTEN_IN[words.language])})", reader.tag))


def _quotation(words: Verbatim, source: str, reader: Language) -> str:
    """Words with who wrote them below."""
    return paragraph("Quote", _quoted(words, reader)) + paragraph("QuoteSource", run(Spoken(f"– {source}", reader.tag)))


def _picture(chart: Chart, add_picture: AddPicture) -> str:
    """A chart as a picture in the line, with what it shows for those who do not see it."""
    number, across, down = add_picture(picture(chart))
    width_in, height_in = round(ACROSS * EMU_PER_CM), round(ACROSS * EMU_PER_CM * down / across)
    size = f'cx="{width_in}" cy="{height_in}"'
    named = f'id="1" name={quoteattr(chart.title)} descr={quoteattr(chart.alt_text)}'
    return (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{DRAWING}/wordprocessingDrawing"><wp:extent {size}/><wp:docPr {named}/>'
        f'<a:graphic xmlns:a="{DRAWING}/main"><a:graphicData uri="{DRAWING}/picture">'
        f'<pic:pic xmlns:pic="{DRAWING}/picture"><pic:nvPicPr><pic:cNvPr {named}/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip xmlns:r="{RELATIONSHIPS}" r:embed="{number}"/><a:stretch><a:fillRect/></a:stretch>'
        f'</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect">'
        "<a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def _table(title: str, columns: tuple[Column, ...], rows: tuple[tuple[Cell, ...], ...], reader: Language) -> str:
    caption = paragraph("Caption", run(Spoken(title, reader.tag)))
    head = [paragraph(_style(column, "TableHead"), run(Spoken(header(column), reader.tag))) for column in columns]
    shown = [
        [
            cell if isinstance(cell, Verbatim) else said(cell, column, reader)
            for cell, column in zip(row, columns, strict=True)
        ]
        for row in rows
    ]
    body = [
        [
            paragraph(_style(column, "TableText"), _words(cell, reader))
            for cell, column in zip(row, columns, strict=True)
        ]
        for row in shown
    ]
    texts = [[cell.text if isinstance(cell, Verbatim) else cell for cell in row] for row in shown]
    words = [
        () if column.kind in NUMBER_KINDS else of_column
        for column, of_column in zip(columns, zip(*texts, strict=True), strict=True)
    ]
    widths = column_widths([header(column) for column in columns], words)
    lines = sum(lines_of(row, widths) for row in texts)
    return caption + table(title, widths, head, ((row, 0) for row in _together(body, lines)))


def _together(rows: Sequence[Sequence[str]], lines: int) -> Iterator[Sequence[str]]:
    """The rows of a table of so many lines: on one page where it is short, else none alone at its beginning or end."""
    for number, row in enumerate(rows):
        is_kept = lines <= SHORT_TABLE or number == 0 or number >= len(rows) - 2
        yield list(map(kept, row)) if is_kept else row


def _style(column: Column, name: str) -> str:
    return f"{name}Number" if column.kind in NUMBER_KINDS else name


def _words(words: str | Verbatim, reader: Language) -> str:
    if isinstance(words, Verbatim):
        return run(Spoken(words.text, language(words.language).tag))
    return run(Spoken(words, reader.tag))
