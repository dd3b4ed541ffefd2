"""The meeting pack as a workbook to fill in: locked, without a password, but for the cells of the answers.

The last sheet is for the service: the lists to choose from, and the seal. It is not hidden, because programs differ in
whether a hidden sheet survives.
"""

from dataclasses import replace
from datetime import UTC, date
from io import BytesIO
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from survey.collection.meeting_packs.pack import PlacedBlank, sealed
from survey.languages import Phrase
from survey.reporting.documents.description import (
    ANSWER,
    AS_YOU_LIKE,
    COVER_TAB,
    FOR_SERVICE,
    LEAVE_ALONE,
    ORGANISATION,
    QUESTION,
    SERVICE_TAB,
    TICK,
    TITLE,
    TOO_LONG,
    Ask,
    Heading,
    PackContent,
    PackSheet,
    SaidInLanguages,
)
from survey.reporting.documents.sheet_look import (
    ANSWER_CELL,
    BOLD_CELL,
    COVER_WIDTHS,
    EARLIER_CELL,
    HIGHEST_ROW,
    LINE_HEIGHT,
    NUMBER_FORMATS,
    OPTIONS,
    PADDING,
    PROTECTED,
    QUESTION_CELL,
    QUESTION_WIDTHS,
    ROOM_FOR_LONG_TEXT,
    SMALL,
    TITLE_HEIGHT,
    fitting,
    height,
    numbers_of,
    style_of,
    tab_name,
)
from survey.reporting.documents.validation import validation
from survey.reporting.typesetting import BOLD, lines, printable
from survey.reporting.xlsx import appearance
from survey.reporting.xlsx.package import LanguageWorkbook
from survey.reporting.xlsx.text import fits_cell

FILLING = (
    Phrase("meeting pack", "There is a sheet for each section. Fill in the coloured cells; the others are locked."),
    Phrase("meeting pack", "Where a cell has a list, choose from the list."),
    Phrase("meeting pack", "To begin a new line in a cell, press Alt and Enter together."),
    AS_YOU_LIKE,
)
LONGEST_PIECE = 30_000
HEADER_ROW = 1
FIRST_LIST_ROW = 3


def workbook_of(content: PackContent, secret: bytes) -> bytes:
    """The pack as an .xlsx file, sealed with the secret. The same content gives the same bytes."""
    file = BytesIO()
    words = content.words
    tag = words.readers[0][0].tag
    organisation = words.joined(words.say(ORGANISATION))
    with LanguageWorkbook(file, tag, OPTIONS) as book:
        book.set_properties(
            {
                "title": printable(f"{words.joined(content.title)}: {words.joined(words.say(TITLE))}"),
                "author": organisation,
                "company": organisation,
                "created": content.pack.made_at.astimezone(UTC),
            }
        )
        _PackDrawing(book, content).draw(secret)
    return file.getvalue()


class _PackDrawing:
    """A workbook being drawn. It keeps which text came to stand where, for the seal."""

    def __init__(self, book: LanguageWorkbook, content: PackContent) -> None:
        self._book = book
        self._content = content
        self._words = content.words
        self._service = tab_name(content.words.say(SERVICE_TAB))
        self._fixed: dict[str, dict[str, str]] = {}
        self._blanks: list[PlacedBlank] = []
        self._lists: dict[tuple[tuple[str, str], ...], int] = {}

    def draw(self, secret: bytes) -> None:
        self._draw_cover()
        for described, number in zip(self._content.sheets, numbers_of(self._content.sheets), strict=True):
            self._draw_sheet(described, tab_name(described.name, f"{number} "))
        pack = replace(
            self._content.pack,
            blanks=tuple(self._blanks),
            fixed=self._fixed,
            choices=tuple(dict(choices) for choices in self._lists),
        )
        self._draw_service(sealed(pack, secret))

    def _draw_cover(self) -> None:
        sheet = self._begin(tab_name(self._words.say(COVER_TAB)), self._words.joined(self._content.title))
        width = COVER_WIDTHS[len(self._words.readers)]
        sheet.set_column(0, len(self._words.readers) - 1, width)
        for number, row in enumerate(self._content.opening(FILLING), start=1):
            style = appearance.HEADING_2 | {"text_wrap": True} if isinstance(row, Heading) else appearance.PARAGRAPH
            self._said(sheet, number, row.words, style, width)

    def _draw_sheet(self, described: PackSheet, name: str) -> None:
        languages = len(self._words.readers)
        width = QUESTION_WIDTHS[languages]
        sheet = self._begin(name, self._words.joined(described.title))
        sheet.set_landscape()
        sheet.repeat_rows(HEADER_ROW)
        sheet.set_column(0, languages - 1, width)
        asks = [row for row in described.rows if isinstance(row, Ask)]
        widths = [fitting(str(self._shown(ask)) for ask in asks), fitting(ask.earlier for ask in asks)]
        sheet.set_column(languages, languages, widths[0])
        heads = [*self._words.say(QUESTION), self._words.joined(self._words.say(ANSWER))]
        if described.earlier:
            heads.append(self._words.joined(described.earlier))
            sheet.set_column(languages + 1, languages + 1, widths[1])
        for column, head in enumerate(heads):
            self._fix(sheet, HEADER_ROW, column, head, appearance.header("text", is_first=column < languages))
        sheet.set_row(HEADER_ROW, height(max(lines(head, widths[-1] - PADDING) for head in heads)))
        placed: dict[int, tuple[str, ...]] = {}
        for number, row in enumerate(described.rows, start=HEADER_ROW + 1):
            if isinstance(row, Ask):
                labels = tuple(cell for heading in row.under for cell in placed[id(heading)])
                self._draw_ask(sheet, number, row, labels, widths)
            else:
                style = style_of(row)
                placed[id(row)] = self._said(sheet, number, row.words, style, width)

    def _draw_ask(self, sheet: Any, number: int, ask: Ask, above: tuple[str, ...], widths: list[float]) -> None:
        languages = len(self._words.readers)
        width = QUESTION_WIDTHS[languages]
        is_whole = not ask.blank.field.suffix
        style = BOLD_CELL if is_whole else QUESTION_CELL
        labels = [self._text(sheet, number, column, text, style) for column, text in enumerate(ask.words)]
        shown = self._shown(ask)
        if isinstance(shown, str) and not fits_cell(shown):
            told = self._words.joined(self._words.say(TOO_LONG))
            self._fix(sheet, number, languages, told, QUESTION_CELL)
            shown = told
        else:
            self._answer(sheet, number, languages, ask, shown)
            place = xl_rowcol_to_cell(number, languages)
            choices = self._list(ask.choices) if ask.choices else None
            self._blanks.append(PlacedBlank(ask.blank.key, sheet.name, place, (*above, *labels), choices))
        if ask.earlier:
            self._fix(sheet, number, languages + 1, ask.earlier, EARLIER_CELL)
        bold = BOLD if is_whole else 1
        needed = [lines(text, (width - PADDING) / bold) for text in ask.words]
        needed += [lines(text, width - PADDING) for text, width in zip((str(shown), ask.earlier), widths, strict=True)]
        needed.append(ROOM_FOR_LONG_TEXT if ask.is_long else 1)
        sheet.set_row(number, height(max(needed)))

    def _answer(self, sheet: Any, number: int, column: int, ask: Ask, shown: Any) -> None:
        kind = ask.blank.field.kind
        style = self._book.format(ANSWER_CELL | {"num_format": NUMBER_FORMATS.get(kind, "@")})
        match shown:
            case None:
                sheet.write_blank(number, column, None, style)
            case date():
                sheet.write_datetime(number, column, shown, style)
            case str():
                sheet.write_string(number, column, printable(shown), style)
            case _:
                sheet.write_number(number, column, shown, style)
        source = self._range(self._list(ask.choices)) if ask.choices else ""
        rule = validation(ask.blank, source, self._words)
        if rule:
            sheet.data_validation(number, column, number, column, rule)

    def _shown(self, ask: Ask) -> Any:
        """What stands in the cell of an answer: what can be chosen by its label, a date as a date."""
        value, kind = ask.value, ask.blank.field.kind
        if value is None or (kind == "flag" and not value):
            return None
        if kind == "flag":
            return TICK
        if ask.choices:
            return next(label for label, code in ask.choices if code == value)
        return date.fromisoformat(str(value)) if kind == "date" else value

    def _draw_service(self, seal: str) -> None:
        words = self._words
        sheet = self._begin(self._service, words.joined(words.say(FOR_SERVICE)), is_ours=True)
        style = self._book.format(SMALL)
        sheet.set_column(0, max(len(self._lists), 1), 30)
        sheet.write_string(1, 0, words.joined(words.say(LEAVE_ALONE)))
        for choices, column in self._lists.items():
            for row, (label, _) in enumerate(choices, start=FIRST_LIST_ROW):
                sheet.write_string(row, column, label, style)
        row = FIRST_LIST_ROW + max(map(len, self._lists), default=0) + 1
        for start in range(0, len(seal), LONGEST_PIECE):
            sheet.write_string(row, 0, seal[start : start + LONGEST_PIECE], style)
            row += 1

    def _begin(self, name: str, title: str, *, is_ours: bool = False) -> Any:
        sheet = self._book.add_worksheet(name)
        sheet.hide_gridlines(2)
        sheet.set_paper(9)
        sheet.set_margins(left=0.5, right=0.5, top=0.5, bottom=0.5)
        sheet.fit_to_pages(1, 0)
        sheet.protect("", PROTECTED)
        sheet.set_row(0, TITLE_HEIGHT)
        if is_ours:
            sheet.write_string(0, 0, title, self._book.format(appearance.HEADING_1))
        else:
            self._fix(sheet, 0, 0, title, appearance.HEADING_1)
        return sheet

    def _said(
        self, sheet: Any, number: int, said: SaidInLanguages, style: appearance.Format, width: float
    ) -> tuple[str, ...]:
        """Write a text in each language beside each other, and make room for it. Returns its cells."""
        bold = BOLD if style.get("bold") else 1
        larger = style.get("font_size", appearance.BODY_SIZE) / appearance.BODY_SIZE
        needed = max(lines(text, (width - PADDING) / bold / larger) for text in said)
        above = LINE_HEIGHT if style.get("bold") else 0
        sheet.set_row(number, min(height(needed * larger) + above, HIGHEST_ROW))
        return tuple(self._text(sheet, number, column, text, style) for column, text in enumerate(said))

    def _text(self, sheet: Any, number: int, column: int, text: str, style: appearance.Format) -> str:
        """Write a text; where it is bold, its first line only. Returns its cell."""
        first, _, rest = printable(text).partition("\n")
        if not (style.get("bold") and rest):
            return self._fix(sheet, number, column, text, style)
        size = {"font_size": style.get("font_size", appearance.BODY_SIZE)}
        bold, plain = self._book.format(size | {"bold": True}), self._book.format({"bold": False})
        sheet.write_rich_string(
            number, column, bold, first, plain, f"\n{rest}", self._book.format(style | {"bold": False})
        )
        return self._keep(sheet, number, column, text)

    def _fix(self, sheet: Any, number: int, column: int, text: str, style: appearance.Format) -> str:
        """Write a text that nobody is to change. Returns its cell."""
        sheet.write_string(number, column, printable(text), self._book.format(style))
        return self._keep(sheet, number, column, text)

    def _keep(self, sheet: Any, number: int, column: int, text: str) -> str:
        cell: str = xl_rowcol_to_cell(number, column)
        self._fixed.setdefault(sheet.name, {})[cell] = printable(text)
        return cell

    def _list(self, choices: tuple[tuple[str, str], ...]) -> int:
        return self._lists.setdefault(choices, len(self._lists))

    def _range(self, number: int) -> str:
        length = len(list(self._lists)[number])
        first = xl_rowcol_to_cell(FIRST_LIST_ROW, number, row_abs=True, col_abs=True)
        last = xl_rowcol_to_cell(FIRST_LIST_ROW + length - 1, number, row_abs=True, col_abs=True)
        return f"='{self._service}'!{first}:{last}"
