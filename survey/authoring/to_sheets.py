"""From the JSON of a questionnaire to the rows of its spreadsheet, with the Welsh of every text beside it."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from survey.authoring.columns import (
    ANSWER_OF,
    FILE,
    FILE_PROPERTIES,
    OPTION,
    OPTIONS,
    OTHER,
    PART,
    PARTS,
    PLACES,
    QUESTION,
    QUESTIONS,
    SAME,
    SECTION,
    SECTIONS,
    TABLES,
    WELSH,
    CellContent,
    PropertyColumn,
)
from survey.authoring.text_places import TextPlace, context_at
from survey.questionnaire.builder import JsonObject
from survey.questionnaire.rule_text import rule_text

SheetCells = dict[str, CellContent]
Rows = Mapping[str, list[SheetCells]]
WelshOf = Callable[[str, str], str]
"""The Welsh of a text, by its context in the catalogue and its English; nothing where there is none."""


def sheets_of(source: JsonObject, welsh: WelshOf) -> Rows:
    """The rows of each sheet, by its name. `source` has the shape that its schema asks for."""
    made = _Sheets(source, welsh)
    made.file()
    for name, options in source.get("option_sets", {}).items():
        made.options(name, options, ("option_sets", name))
    for number, section in enumerate(source["sections"]):
        made.section(section, ("sections", number))
    return made.rows


class _Sheets:
    def __init__(self, source: JsonObject, welsh: WelshOf) -> None:
        self.rows: dict[str, list[SheetCells]] = {name: [] for name in (FILE, SECTIONS, QUESTIONS, OPTIONS, TABLES)}
        self._source = source
        self._welsh = welsh

    def file(self) -> None:
        for column in FILE_PROPERTIES:
            head, _, part = column.name.partition(".")
            value = self._source.get(head, {}).get(part) if part else self._source.get(head)
            if head == "prepare":
                for number, line in enumerate(value or ()):
                    self._property(column, line, (head, number))
            elif value is not None:
                self._property(column, value, (head,))

    def _property(self, column: PropertyColumn, value: Any, place: TextPlace) -> None:
        row: SheetCells = {"property": column.name}
        if column.kind == "text":
            row |= self._text("value", value, place)
        else:
            row["value"] = ", ".join(value) if column.kind == "words" else value
        self.rows[FILE].append(row)

    def section(self, section: JsonObject, place: TextPlace) -> None:
        self.rows[SECTIONS].append(self._cells(section, SECTION, place))
        self._questions(section, (section["id"],), place)

    def _questions(self, owner: JsonObject, names: tuple[str, ...], above: TextPlace) -> None:
        for number, question in enumerate(owner.get("questions", ())):
            place = (*above, "questions", number)
            row: SheetCells = dict(zip(PLACES[QUESTIONS], names, strict=False))
            self.rows[QUESTIONS].append(row | self._cells(question, QUESTION, place))
            here = (*names, question["id"])
            self.options(".".join(here), question.get("options", ()), (*place, "options"))
            self._parts(question, ".".join(here), place)
            self._questions(question, here, place)

    def options(self, name: str, options: Iterable[JsonObject], above: TextPlace) -> None:
        for number, option in enumerate(options):
            place = (*above, number)
            row: SheetCells = {"list": name}
            row |= self._cells(option, OPTION, place)
            if option.get(SAME):
                row.pop(f"label{WELSH}", None)
            row |= self._cells(option.get("other", {}), OTHER, (*place, "other"))
            self.rows[OPTIONS].append(row)

    def _parts(self, question: JsonObject, name: str, above: TextPlace) -> None:
        for part in PARTS:
            for number, entry in enumerate(question.get(part, ())):
                place = (*above, part, number)
                row: SheetCells = {"question": name, "part": part}
                self.rows[TABLES].append(row | self._cells(entry, PART, place))
                self.options(f"{name}.{entry['id']}", entry.get("options", ()), (*place, "options"))

    def _cells(self, source: JsonObject, columns: Iterable[PropertyColumn], place: TextPlace) -> SheetCells:
        row: SheetCells = {}
        for column in columns:
            if column.property in source:
                row |= self._cell(column, source[column.property], (*place, column.property))
        return row

    def _cell(self, column: PropertyColumn, value: Any, place: TextPlace) -> SheetCells:
        match column.kind:
            case "text":
                return self._text(column.name, value, place)
            case "yes":
                return {column.name: "yes" if value else "no"}
            case "rule":
                return {column.name: rule_text(value)}
            case "words":
                return {column.name: ", ".join(value)}
            case "figure":
                ((operation, names),) = value.items()
                return {column.name: f"{operation} of {', '.join(names)}"}
            case "limit" | "day" if isinstance(value, Mapping):
                return {column.name: f"{ANSWER_OF} {value['answer_of']}"}
        return {column.name: value}

    def _text(self, name: str, english: str, place: TextPlace) -> SheetCells:
        row: SheetCells = {name: english}
        welsh = self._welsh(context_at(self._source, place), english)
        return row | ({name + WELSH: welsh} if welsh else {})
