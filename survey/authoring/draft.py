"""What a spreadsheet comes to, before and after it is held against the checks: each fault at the cell it came from."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from survey.authoring.cell_values import CellFindings, SheetRow
from survey.authoring.columns import FILE, OPTIONS, PARTS, TABLES
from survey.authoring.text_places import TextPlace
from survey.questionnaire.checks import meaning_findings
from survey.questionnaire.findings import Finding, parts
from survey.questionnaire.json_places import label_at
from survey.questionnaire.shape import shape_findings

Made = dict[str, Any]
NO_LIST = "unknown_option_set"
NEEDED = {OPTIONS: frozenset({"options", "option_set"}), TABLES: frozenset(PARTS)}
"""Of our own sheets that may be left out: the properties whose lack tells that one was needed after all."""


@dataclass(frozen=True, slots=True)
class ListsAt:
    """The sheet that holds lists of options, the column with their names, and what is said where it is not there."""

    sheet: str
    column: str
    missing: str


@dataclass
class Draft:
    """What a spreadsheet comes to: the JSON, the Welsh by the place of its English, and where each thing came from."""

    findings: CellFindings
    source: Made = field(default_factory=dict)
    welsh: list[tuple[TextPlace, str]] = field(default_factory=list)
    rows: dict[TextPlace, SheetRow] = field(default_factory=dict)
    called: Mapping[str, str] = field(default_factory=dict)
    """The column in which a property stands, where it is not called like it."""
    lists: ListsAt | None = None
    absent: frozenset[str] = frozenset()
    """The sheets that there may be and are not."""

    def checked(self) -> list[Finding]:
        """What is wrong with it: as a spreadsheet; if nothing is, as a questionnaire, each at its cell."""
        if self.findings.all:
            return self.findings.all
        file = self.findings.file
        findings = shape_findings("questionnaire", self.source, file)
        findings = findings or meaning_findings("questionnaire", self.source, file)
        return self.at_their_cells(findings)

    def at_their_cells(self, findings: Iterable[Finding]) -> list[Finding]:
        """Findings of the JSON, each at the cell that its place came from, and in the words of a spreadsheet.

        What is wrong because a sheet is not there is one finding.
        """
        all_findings = list(findings)
        lacking = {
            sheet: [finding for finding in all_findings if self._is_for_want_of(sheet, finding)]
            for sheet in sorted(self.absent)
        }
        explained = [finding for of_sheet in lacking.values() for finding in of_sheet]
        return [
            *(
                Finding(self.findings.file, "", self._missing(sheet), {"name": sheet})
                for sheet in lacking
                if lacking[sheet]
            ),
            *self._placed(finding for finding in all_findings if finding not in explained),
        ]

    def _missing(self, sheet: str) -> str:
        return self.lists.missing if self.lists and sheet == self.lists.sheet else "sheet_missing"

    def _is_for_want_of(self, sheet: str, finding: Finding) -> bool:
        if self.lists and sheet == self.lists.sheet and finding.code == NO_LIST:
            return True
        named = {*str(finding.values.get("names", "")).split(", "), finding.values.get("name")}
        return finding.code in ("missing", "exactly_one") and bool(named & NEEDED.get(sheet, frozenset()))

    def _placed(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        for finding in findings:
            place = parts(finding.pointer, self.source)
            about = label_at(place, self.source) or (
                str(place[1]) if place[:1] == ("option_sets",) and place[1:] else ""
            )
            yield replace(self._worded(finding), pointer=self._cell(place), spot=None, about=about)

    def _worded(self, finding: Finding) -> Finding:
        """What is said of a list that is not there names the sheet, and the lists that are."""
        if finding.code != NO_LIST or not self.lists:
            return finding
        names = ", ".join(self.source.get("option_sets", {}))
        said = {"name": finding.values["name"], "sheet": self.lists.sheet, "column": self.lists.column}
        return replace(finding, code="sheet_no_list" if names else "sheet_no_lists", values=said | {"names": names})

    def _cell(self, place: TextPlace) -> str:
        """The cell that a place of the JSON came from: of the nearest row above it, the column of its property.

        Where none is above, the first row of what is below.
        """
        for length in range(len(place), -1, -1):
            if row := self.rows.get(place[:length]):
                below = [str(part) for part in place[length:]]
                first = below[0] if below else ""
                names = ("_".join(below[:2]), first, self.called.get(first, ""), "value" if row.sheet == FILE else "")
                return next((row.place(name) for name in names if name in row.letters), row.place(""))
        below_it = (row for known, row in self.rows.items() if known[: len(place)] == place)
        first_row = next(below_it, None) if place else None
        return first_row.place("") if first_row else ""
