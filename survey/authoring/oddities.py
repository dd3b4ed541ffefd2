"""What a spreadsheet holds beside the words in its cells that can be seen: found, so that nothing is passed over."""

from collections.abc import Mapping
from zipfile import ZipFile

from survey.authoring.reading import Findings
from survey.collection.package_file import parse
from survey.collection.workbook_file import sheet_parts


def look_for_oddities(package: ZipFile, findings: Findings) -> None:
    """Add a finding for macros, links to other files, hidden sheets and rows, and merged cells."""
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
    def __init__(self, title: str, findings: Findings) -> None:
        self._title, self._findings = title, findings
        self._hidden = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "mergeCell":
            self._findings.add(f"{self._title}!{attributes['ref']}", "sheet_merged")
        elif name == "row" and attributes.get("hidden") in ("1", "true") and not self._hidden:
            self._hidden = True
            self._findings.add(f"{self._title}!{attributes['r']}", "sheet_hidden_row")
