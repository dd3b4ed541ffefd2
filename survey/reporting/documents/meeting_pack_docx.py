"""The meeting pack as a Word document: to print and fill in by hand, or to type into and send back.

Every answer stands in a content control, which has the number that stands before its question.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import groupby

from survey.collection.meeting_packs.pack import PlacedBlank, sealed
from survey.languages import Phrase
from survey.reporting.documents.description import (
    ANSWER,
    AS_YOU_LIKE,
    BETWEEN_LANGUAGES,
    ORGANISATION,
    QUESTION,
    TITLE,
    Ask,
    DocumentRow,
    Heading,
    PackContent,
    PackSheet,
    SaidInLanguages,
)
from survey.reporting.documents.word import (
    LONG_ROW,
    Spoken,
    aside,
    date_control,
    list_control,
    paragraph,
    run,
    table,
    text_control,
    tick_control,
)
from survey.reporting.documents.word_package import About, form

NUMBER = Phrase("meeting pack", "No.")
FILLING = (
    Phrase("meeting pack", "Fill in the column of answers, on the screen or on paper; the rest is locked."),
    Phrase("meeting pack", "Where there is a list, choose from the list. Press a box to tick it."),
    Phrase("meeting pack", "What is written on paper has to be typed in: only a file can be sent back."),
    AS_YOU_LIKE,
)
WIDTHS = (750, 5600, 5100, 3650)
WIDTHS_WITHOUT_EARLIER = (750, 6200, 8150)
DOCUMENT = ""
"""The name of what holds the answers, where a workbook has sheets."""


def document_of(content: PackContent, secret: bytes) -> bytes:
    """The pack as a .docx file, sealed with the secret. The same content gives the same bytes."""
    drawing = _WordPackDrawing(content)
    body = [*drawing.cover(), *(part for sheet in content.sheets for part in drawing.sheet(sheet))]
    words = content.words
    pack = replace(
        content.pack,
        blanks=tuple(drawing.blanks),
        fixed={DOCUMENT: {}},
        choices=tuple(dict(choices) for choices in drawing.lists),
    )
    about = About(
        f"{words.joined(content.title)}: {words.joined(words.say(TITLE))}",
        words.joined(words.say(ORGANISATION)),
        words.readers[0][0].tag,
        content.pack.made_at,
    )
    return form(body, about, sealed(pack, secret))


class _WordPackDrawing:
    """A document being drawn. It keeps which blank got which number, for the seal."""

    def __init__(self, content: PackContent) -> None:
        self.blanks: list[PlacedBlank] = []
        self.lists: dict[tuple[tuple[str, str], ...], int] = {}
        self._content = content
        self._words = content.words
        self._tags = [reader.tag for reader, _ in content.words.readers]

    def cover(self) -> Iterator[str]:
        yield self._paragraphs("Title", self._content.title)
        for row in self._content.opening(FILLING):
            yield self._text(row)

    def sheet(self, described: PackSheet) -> Iterator[str]:
        """A page of the questionnaire: texts, and a table for the questions that follow each other."""
        title = self._words.joined(described.title)
        # One paragraph for all languages, because it begins a page.
        names = [run(Spoken(text, tag)) for text, tag in zip(described.title, self._tags, strict=True)]
        yield paragraph("Heading1", run(Spoken(BETWEEN_LANGUAGES, self._tags[0])).join(names))
        for is_ask, rows in groupby(described.rows, key=lambda row: isinstance(row, Ask)):
            if not is_ask:
                yield from map(self._text, rows)
                continue
            has_earlier = bool(described.earlier)
            heads = [NUMBER, QUESTION, ANSWER]
            head = [self._paragraphs("Normal", self._words.say(phrase), bold=True) for phrase in heads]
            if has_earlier:
                head.append(self._paragraphs("Normal", described.earlier, bold=True))
            asks = [self._ask(row, has_earlier=has_earlier) for row in rows if isinstance(row, Ask)]
            yield table(title, WIDTHS if has_earlier else WIDTHS_WITHOUT_EARLIER, head, asks)
            yield paragraph("Normal")

    def _ask(self, ask: Ask, *, has_earlier: bool) -> tuple[list[str], int]:
        number = str(len(self.blanks) + 1)
        choices = self.lists.setdefault(ask.choices, len(self.lists)) if ask.choices else None
        self.blanks.append(PlacedBlank(ask.blank.key, DOCUMENT, number, (), choices))
        cells = [
            paragraph("Normal", run(Spoken(number, self._tags[0]))),
            self._paragraphs("Normal", ask.words, bold=not ask.blank.field.suffix),
            paragraph("Normal", self._control(ask, number)) + self._choices_on_paper(ask),
        ]
        if has_earlier:
            cells.append(paragraph("Normal", run(Spoken(ask.earlier, self._tags[0]))))
        return cells, LONG_ROW if ask.is_long else 0

    def _choices_on_paper(self, ask: Ask) -> str:
        """What there is to choose from, for whoever has no list to open: printed, where nothing has been chosen yet."""
        if ask.value is not None or ask.is_searched or len(ask.choices) < 2:
            return ""
        return aside(Spoken(" / ".join(label for label, _ in ask.choices), self._tags[0]))

    def _control(self, ask: Ask, number: str) -> str:
        words, value, kind = self._words, ask.value, ask.blank.field.kind
        title = f"{number}. {words.joined(tuple(text.partition(chr(10))[0] for text in ask.words))}"
        if kind == "flag":
            return tick_control(number, title, is_ticked=bool(value))
        if ask.choices:
            chosen = next((label for label, code in ask.choices if code == value), "")
            if ask.is_searched:
                return text_control(number, title, chosen)
            labels = [label for label, _ in ask.choices]
            return list_control(number, title, labels, chosen)
        if kind == "date":
            typed = date.fromisoformat(str(value)).strftime("%d/%m/%Y") if value else ""
            return date_control(number, title, typed, self._tags[0])
        return text_control(number, title, "" if value is None else str(value))

    def _text(self, row: DocumentRow) -> str:
        return self._paragraphs(f"Heading{row.level}" if isinstance(row, Heading) else "Normal", row.words)

    def _paragraphs(self, style: str, said: SaidInLanguages, *, bold: bool = False) -> str:
        """A paragraph in each language; of a heading or a question, the first line stands out."""
        drawn: list[str] = []
        for text, tag in zip(said, self._tags, strict=True):
            first, _, rest = text.partition("\n")
            drawn.append(paragraph(style, run(Spoken(first, tag), bold=bold)))
            if rest:
                drawn.append(paragraph("Normal", run(Spoken(rest, tag))))
        return "".join(drawn)
