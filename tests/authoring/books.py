"""Spreadsheets for tests: one made of a questionnaire, changed as people change them; and what is found in it."""

from collections.abc import Callable
from io import BytesIO

from openpyxl import Workbook, load_workbook

from survey.authoring.book import book_of, draft_in
from survey.languages import language
from survey.questionnaire.builder import JsonObject
from tests.questionnaire.examples import source

Changing = Callable[[Workbook], object]


def changed(*changes: Changing, questionnaire: JsonObject | None = None) -> bytes:
    """The spreadsheet of a questionnaire, of the tiny whole one if none is given, after some changes."""
    book = load_workbook(BytesIO(book_of(questionnaire or source("whole"), lambda *_: "", language("en"))))
    for change in changes:
        change(book)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def found_in(content: bytes) -> list[tuple[str, str]]:
    """The code and the place of everything that is wrong with a spreadsheet."""
    return [(finding.code, finding.pointer) for finding in draft_in(content, "book.xlsx").checked()]


def put(cell: str, value: object) -> Changing:
    """Write into a cell, like `questions!F12`; headings are in row 1."""
    sheet, _, name = cell.partition("!")

    def change(book: Workbook) -> None:
        book[sheet][name] = value

    return change
