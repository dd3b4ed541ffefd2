"""Cells of a spreadsheet, as people fill them in, to values of the JSON; what cannot be read becomes a finding.

A finding names sheet and cell in place of a pointer: `questions!F12`.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from survey.authoring.columns import ANSWER_OF, CellContent, PropertyColumn
from survey.collection.workbook_file import Cells, CellValue, NoValue
from survey.questionnaire.findings import Finding
from survey.questionnaire.rule_text import NotARule, rule_from

YES = frozenset({"yes", "true", "ie", "1", "y"})
NO = frozenset({"no", "false", "na", "nage", "0", "n"})
EXAMPLE_OF_A_RULE = "agreed = yes and people > 5"
_CELL = re.compile(r"([A-Z]+)([0-9]+)")


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row with something in it: its cells by the name of their column, and where each stands."""

    sheet: str
    number: int
    cells: Mapping[str, CellContent]
    letters: Mapping[str, str]

    def place(self, column: str) -> str:
        """Where a cell of the row stands, like `questions!F12`; of a column that there is not, the row."""
        return f"{self.sheet}!{self.letters.get(column, 'A')}{self.number}"

    def text(self, column: str) -> str:
        """What a cell says, in words, without blanks at its ends."""
        value = self.cells.get(column, "")
        return str(int(value) if isinstance(value, float) and value.is_integer() else value).strip()


@dataclass
class CellFindings:
    """What is wrong with a spreadsheet, gathered."""

    file: str
    all: list[Finding] = field(default_factory=list)
    unread: set[tuple[str, str]] = field(default_factory=set)
    """Sheet and number of the rows with a cell that could not be read."""

    def add(self, place: str, code: str, /, **values: str | int | float) -> None:
        """One more, at a place like `questions!F12`.

        Of a row with a cell that cannot be read nothing more is said: what its cells mean together is not known.
        """
        sheet, _, cell = place.rpartition("!")
        match = _CELL.fullmatch(cell)
        if match is None or (sheet, match[2]) not in self.unread:
            self.all.append(Finding(self.file, place, code, values))


def rows_of(sheet: str, cells: Cells, known: Iterable[str], findings: CellFindings) -> list[SheetRow]:
    """The rows under the headings of the first row. A column that is not known, and what is no value, is a finding."""
    grid: dict[int, dict[str, CellValue]] = {}
    for name, value in cells.items():
        match = _CELL.fullmatch(name)
        if match and (not isinstance(value, str) or value.strip()):
            grid.setdefault(int(match[2]), {})[match[1]] = value
    first = min(grid, default=0)
    columns = _columns(sheet, first, grid.pop(first, {}), frozenset(known), findings)
    letters = {name: letter for letter, name in columns.items()}
    rows = []
    for number in sorted(grid):
        kept: dict[str, CellContent] = {}
        for letter, value in grid[number].items():
            place = f"{sheet}!{letter}{number}"
            if isinstance(value, NoValue):
                findings.add(place, "sheet_formula" if value is NoValue.FORMULA else "sheet_error")
            elif letter not in columns:
                findings.add(place, "sheet_no_heading")
            else:
                kept[columns[letter]] = value
        rows.append(SheetRow(sheet, number, kept, letters))
        if any(isinstance(value, NoValue) for value in grid[number].values()):
            findings.unread.add((sheet, str(number)))
    return rows


def _columns(
    sheet: str, number: int, headings: Mapping[str, CellValue], known: frozenset[str], findings: CellFindings
) -> dict[str, str]:
    columns: dict[str, str] = {}
    for letter, heading in headings.items():
        name = " ".join(str(heading).split())
        place = f"{sheet}!{letter}{number}"
        if name not in known:
            findings.add(place, "sheet_unknown_column", name=name, names=", ".join(sorted(known)))
        elif name in columns.values():
            findings.add(place, "sheet_repeated_column", name=name)
        columns[letter] = name
    return columns


def value_of(row: SheetRow, column: PropertyColumn, findings: CellFindings) -> Any:
    """What a cell says, as the JSON has it; None where it is empty, or cannot be read, which is a finding."""
    said = row.text(column.name)
    if not said:
        return None
    place = row.place(column.name)
    match column.kind:
        case "limit" | "day" if said.startswith(f"{ANSWER_OF} "):
            return {ANSWER_OF: said.removeprefix(ANSWER_OF).strip()}
        case "number" | "limit":
            return _number(row.cells[column.name], said, place, findings)
        case "yes":
            if said.lower() in YES | NO:
                return said.lower() in YES
            findings.add(place, "not_allowed", value=said, names="yes, no")
            return None
        case "rule":
            try:
                return rule_from(said)
            except NotARule as fault:
                findings.add(place, "sheet_rule", found=str(fault.args[0]) or said, example=EXAMPLE_OF_A_RULE)
                return None
        case "figure":
            operation, _, names = said.partition(" of ")
            return {operation.strip(): [name.strip() for name in names.split(",") if name.strip()]}
        case "words":
            return [word.strip() for word in said.split(",") if word.strip()]
    return said


def _number(value: CellContent, said: str, place: str, findings: CellFindings) -> int | float | None:
    try:
        number = float(said) if isinstance(value, str) else float(value)
    except ValueError:
        findings.add(place, "sheet_number", value=said)
        return None
    return int(number) if number.is_integer() else number
