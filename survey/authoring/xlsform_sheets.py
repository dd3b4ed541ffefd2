"""The sheets of a form in XLSForm: their rows, with columns called as ours are."""

import re
from collections.abc import Collection

from survey.authoring.cell_values import CellFindings, SheetRow, rows_of
from survey.authoring.columns import WELSH
from survey.collection.workbook_file import Cells

_LANGUAGES = {"english": "", "en": "", "saesneg": "", "welsh": WELSH, "cy": WELSH, "cymraeg": WELSH}
_TRANSLATED = re.compile(r"(label|hint)\s*::?\s*(?P<name>[^()]*?)\s*(?:\((?P<code>[^()]*)\))?")


def rows_in(title: str, cells: Cells, read: Collection[str], findings: CellFindings) -> list[SheetRow]:
    """The rows of a sheet, with columns called as ours are. What says something and is not `read` is a finding."""
    headings = {name: value for name, value in cells.items() if re.fullmatch("[A-Z]+1", name)}
    renamed = {name: _column(str(value)) for name, value in headings.items()}
    rows = rows_of(title, {**cells, **renamed}, renamed.values(), findings)
    for row in rows:
        for column in row.cells:
            plain = column.removesuffix(WELSH)
            if plain not in read or (column != plain and plain not in ("label", "hint")):
                code = "sheet_other_language" if plain.startswith(("label:", "hint:")) else "sheet_not_carried"
                findings.add(row.place(column), code, name=column)
    return rows


def _column(heading: str) -> str:
    plain = " ".join(heading.split()).lower()
    plain = {"list name": "list_name", "relevance": "relevant", "caption": "label"}.get(plain, plain)
    match = _TRANSLATED.fullmatch(plain)
    for said in (match["code"], match["name"]) if match else ():
        if said in _LANGUAGES and match:
            return match[1] + _LANGUAGES[said]
    return plain
