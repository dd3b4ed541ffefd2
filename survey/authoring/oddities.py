"""What a spreadsheet holds beside the words in its cells that can be seen: found, so that nothing is passed over."""

from collections.abc import Callable, Mapping
from zipfile import ZipFile

from xlsxwriter.utility import xl_col_to_name

from survey.authoring.cell_values import CellFindings
from survey.collection.package_file import parse
from survey.collection.workbook_file import sheet_parts

HIDDEN: Mapping[str, tuple[Callable[[Mapping[str, str]], str], str]] = {
    "row": (lambda row: row["r"], "sheet_hidden_row"),
    "col": (lambda column: xl_col_to_name(int(column["min"]) - 1), "sheet_hidden_column"),
}
"""The elements of a sheet that can be hidden: where one of them is, and what is said of it, once a sheet."""


def look_for_oddities(package: ZipFile, findings: CellFindings) -> None:
    """Add a finding for macros, links to other files, hidden sheets, rows and columns, and merged cells."""
    names = package.namelist()
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        findings.add("", "sheet_macros")
    if any(name.startswith("xl/externalLinks/") for name in names):
        findings.add("", "sheet_links")
    for part in sheet_parts(package):
        if part.is_hidden:
            findings.add(part.title, "sheet_hidden")
        if part.name in names:
            parse(package.read(part.name), _Listener(part.title, findings).start)


class _Listener:
    def __init__(self, title: str, findings: CellFindings) -> None:
        self._title, self._findings = title, findings
        self._told: set[str] = set()

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "mergeCell":
            self._findings.add(f"{self._title}!{attributes['ref']}", "sheet_merged")
        elif name in HIDDEN and attributes.get("hidden") in ("1", "true") and name not in self._told:
            self._told.add(name)
            where, code = HIDDEN[name]
            self._findings.add(f"{self._title}!{where(attributes)}", code)
