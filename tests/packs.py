"""Filling in a meeting pack as a person does in a spreadsheet."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import openpyxl
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

ANSWER_HEADS = ("Answer", "Ateb", "Ateb · Answer")
HEADER_ROW = 2


def opened(content: bytes) -> Workbook:
    return openpyxl.load_workbook(BytesIO(content))


def saved(workbook: Workbook) -> bytes:
    file = BytesIO()
    workbook.save(file)
    return file.getvalue()


def edited(content: bytes, change: Callable[[Workbook], object]) -> bytes:
    """The pack after somebody has changed it."""
    workbook = opened(content)
    change(workbook)
    return saved(workbook)


def filled_in(content: bytes, answers: dict[str, Any]) -> bytes:
    """The pack with values beside the questions that begin with these words."""

    def fill(workbook: Workbook) -> None:
        for question, value in answers.items():
            sheet, cell = blank(workbook, question)
            sheet[cell] = value

    return edited(content, fill)


def blank(workbook: Workbook, question: str) -> tuple[Worksheet, str]:
    """The sheet and the cell in which a question is answered; it must be the only one that begins so."""
    found = [
        (sheet, sheet.cell(cell.row, answer_column(sheet)).coordinate)
        for sheet in workbook.worksheets
        if sheet.protection.sheet and answer_column(sheet)
        for row in sheet.iter_rows(min_row=HEADER_ROW + 1, max_col=answer_column(sheet) - 1)
        for cell in row
        if isinstance(cell.value, str)
        and cell.value.split("\n")[0].removesuffix(" (optional)").removesuffix(" (dewisol)") == question
        if not sheet.cell(cell.row, answer_column(sheet)).protection.locked
    ]
    assert len(found) == 1, f"{question} is asked in {[(sheet.title, cell) for sheet, cell in found]}"
    return found[0]


def answer_column(sheet: Worksheet) -> int:
    """The number of the column of answers; 0 on a sheet that asks nothing."""
    return next((cell.column for cell in sheet[HEADER_ROW] if cell.value in ANSWER_HEADS), 0)
