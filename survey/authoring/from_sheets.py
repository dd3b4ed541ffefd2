"""From the rows of a spreadsheet to the JSON of a questionnaire and the Welsh of its texts.

Nothing is passed over: a sheet, a column or a row that belongs to nothing is a finding, and so is everything that the
checks of a definition find, at the cell that it came from.
"""

from collections.abc import Iterable
from typing import Any

from survey.authoring.cell_values import CellFindings, SheetRow, rows_of, value_of
from survey.authoring.columns import (
    CONTENTS,
    FILE,
    FILE_PROPERTIES,
    HELP,
    OPTION,
    OPTIONS,
    OTHER,
    PART,
    PARTS,
    QUESTION,
    QUESTIONS,
    SAME,
    SECTION,
    SECTIONS,
    TABLES,
    WELSH,
    PropertyColumn,
    headings,
)
from survey.authoring.draft import Draft, ListsAt, Made
from survey.authoring.text_places import TextPlace
from survey.collection.workbook_file import Sheets
from survey.questionnaire.json_writer import ordered
from survey.questionnaire.types import ANSWER_TYPES

WHERE_LISTS_ARE = ListsAt(OPTIONS, "list", "sheet_missing")


def draft_from(sheets: Sheets, file: str) -> Draft:
    """The questionnaire of a spreadsheet that was made by `to_sheets`, whoever changed it since."""
    findings = CellFindings(file)
    for name, cells in sheets.items():
        if cells and name not in (*CONTENTS, HELP):
            findings.add(name, "sheet_unknown", name=name, names=", ".join(CONTENTS))
    for name in (FILE, SECTIONS, QUESTIONS):
        if name not in sheets:
            findings.add("", "sheet_missing", name=name)
    rows = {name: rows_of(name, sheets.get(name, {}), headings(name), findings) for name in CONTENTS}
    draft = Draft(findings, lists=WHERE_LISTS_ARE, absent=frozenset(CONTENTS) - sheets.keys())
    _Reader(draft, rows).read()
    draft.source = ordered(draft.source)
    return draft


class _Reader:
    def __init__(self, draft: Draft, rows: dict[str, list[SheetRow]]) -> None:
        self._draft, self._rows, self._findings = draft, rows, draft.findings
        self._lists: dict[str, list[SheetRow]] = {}
        for row in rows[OPTIONS]:
            self._lists.setdefault(row.text("list"), []).append(row)
        self._parts: dict[tuple[str, str], list[SheetRow]] = {}
        for row in rows[TABLES]:
            self._parts.setdefault((row.text("question"), row.text("part")), []).append(row)

    def read(self) -> None:
        source = self._draft.source
        self._file(source)
        names = [name for name in self._lists if name and "." not in name]
        if names:
            self._draft.rows |= {("option_sets", name): self._lists[name][0] for name in names}
            source["option_sets"] = {name: self._options(name, ("option_sets", name)) for name in names}
        source["sections"] = []
        for number, row in enumerate(self._rows[SECTIONS]):
            source["sections"].append(self._object(row, SECTION, ("sections", number)) | {"questions": []})
        self._questions(source["sections"])
        for left in [*self._lists.values(), *self._parts.values()]:
            for row in left:
                column = "list" if row.sheet == OPTIONS else "question"
                self._stray(row, column, "sheet_belongs_nowhere")

    def _stray(self, row: SheetRow, column: str, code: str) -> None:
        """A row that belongs to nothing, unless that may be what stands in a cell that cannot be read."""
        if not self._findings.unread:
            self._findings.add(row.place(column), code, name=row.text(column))

    def _file(self, source: Made) -> None:
        columns = {column.name: column for column in FILE_PROPERTIES}
        for row in self._rows[FILE]:
            name = row.text("property")
            if name not in columns:
                self._findings.add(row.place("property"), "sheet_unknown_row", name=name, names=", ".join(columns))
                continue
            value = value_of(row, PropertyColumn("value", columns[name].kind), self._findings)
            value = [] if value is None and columns[name].kind == "words" else value
            head, _, part = name.partition(".")
            if name == "prepare":
                lines = source.setdefault(name, [])
                place: TextPlace = (name, len(lines))
                lines.append(value)
            elif value is None:
                continue
            elif part:
                source.setdefault(head, {})[part] = value
                place = (head, part)
            else:
                if name in source:
                    self._findings.add(row.place("property"), "sheet_row_twice", name=name)
                source[name] = value
                place = (name,)
            self._keep(row, place, "value")

    def _questions(self, sections: list[Made]) -> None:
        known = {section.get("id"): number for number, section in enumerate(sections)}
        groups: dict[tuple[str, str], TextPlace] = {}
        for row in self._rows[QUESTIONS]:
            section, group = row.text("section"), row.text("group")
            if section not in known:
                self._stray(row, "section", "sheet_no_section")
                continue
            if group and (section, group) not in groups:
                self._stray(row, "group", "sheet_no_group")
                continue
            above = groups[section, group] if group else ("sections", known[section])
            owner = self._at(above)
            questions = owner.setdefault("questions", [])
            place = (*above, "questions", len(questions))
            question = self._object(row, QUESTION, place)
            questions.append(question)
            name = ".".join(filter(None, (section, group, question.get("id", ""))))
            kind = ANSWER_TYPES.get(str(question.get("type")))
            if kind and kind.repeats:
                groups[section, str(question.get("id"))] = place
            self._own(question, name, place)

    def _own(self, question: Made, name: str, place: TextPlace) -> None:
        if name in self._lists:
            question["options"] = self._options(name, (*place, "options"))
        for part in PARTS:
            for row in self._parts.pop((name, part), ()):
                here = (*place, part, len(question.setdefault(part, [])))
                entry = self._object(row, PART, here)
                question[part].append(entry)
                if f"{name}.{entry.get('id')}" in self._lists:
                    entry["options"] = self._options(f"{name}.{entry['id']}", (*here, "options"))

    def _options(self, name: str, place: TextPlace) -> list[Made]:
        made = []
        for number, row in enumerate(self._lists.pop(name)):
            option = self._object(row, OPTION, (*place, number))
            other = self._object(row, OTHER, (*place, number, "other"), keep=False)
            made.append(option | ({"other": other} if other else {}))
        return made

    def _object(self, row: SheetRow, columns: Iterable[PropertyColumn], place: TextPlace, *, keep: bool = True) -> Made:
        made: Made = {}
        if keep:
            self._draft.rows[place] = row
        for column in columns:
            value = value_of(row, column, self._findings)
            if value is not None:
                made[column.property] = value
            if column.kind == "text":
                self._welsh(row, column.name, (*place, column.property))
        if made.get(SAME):
            self._name(row, (*place, "label"))
        return made

    def _name(self, row: SheetRow, place: TextPlace) -> None:
        """A label that is the same in both languages: with other Welsh beside it one of the two is wrong."""
        said = row.text(f"label{WELSH}")
        if said and said != row.text("label"):
            self._findings.add(row.place(f"label{WELSH}"), "sheet_not_same", name=row.text("label"))
        elif said:
            self._draft.welsh.remove((place, said))

    def _keep(self, row: SheetRow, place: TextPlace, column: str) -> None:
        self._draft.rows[place] = row
        self._welsh(row, column, place)

    def _welsh(self, row: SheetRow, column: str, place: TextPlace) -> None:
        said = row.text(column + WELSH)
        if said and not row.text(column):
            self._findings.add(row.place(column + WELSH), "sheet_welsh_alone")
        elif said:
            self._draft.welsh.append((place, said))

    def _at(self, place: TextPlace) -> Made:
        value: Any = self._draft.source
        for part in place:
            value = value[part]
        made: Made = value
        return made
