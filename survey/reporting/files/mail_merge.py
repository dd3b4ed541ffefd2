"""A list for mail merge: one sheet, the names of the fields in its first row, a row for each letter below.

A word processor takes exactly that and nothing else, so the list has no title, no table of contents and no second
sheet as the workbooks for reading have. It is a working file, not a publication.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path

import xlsxwriter

from survey.atomic_file import replace_file
from survey.languages import Phrase, language
from survey.reporting.xlsx.text import cell_pieces

EACH = ("cy", "en")
COLUMN_WIDTH = 28


def write_list(
    path: Path, name: str, heads: Sequence[str], rows: Iterable[Sequence[str]], created: datetime, remark: str = ""
) -> None:
    """Write the list to a file that its owner only can read. Every cell is text, whatever it looks like.

    `name` is that of the sheet, `remark` goes into the properties of the file. Raises OSError.
    """
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        book.set_properties({"title": name, "comments": remark, "created": created.replace(tzinfo=None)})
        sheet = book.add_worksheet(name)
        for number, row in enumerate((heads, *rows)):
            for column, text in enumerate(row):
                sheet.write_string(number, column, cell_pieces(text)[0])
        sheet.set_column(0, len(heads) - 1, COLUMN_WIDTH)
        sheet.freeze_panes(1, 0)
    replace_file(path, content.getvalue())


def in_both(phrase: Phrase) -> str:
    """“Clwstwr / Cluster”."""
    return " / ".join(language(code).say(phrase) for code in EACH)


def named_in(code: str, phrase: Phrase) -> str:
    """“Clwstwr (Cymraeg)”, “Cluster (English)”."""
    return f"{language(code).say(phrase)} ({language(code).name})"
