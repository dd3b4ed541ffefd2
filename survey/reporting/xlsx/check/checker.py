"""Does a workbook keep the rules? Reads the written file, whoever wrote it.

The rules are those of the Government Analysis Function’s “Releasing statistics in spreadsheets” that a machine
can check, and our own: the file says its language, nothing in it is a formula, charts speak its language.
"""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from survey.languages import Language
from survey.reporting.xlsx.check.description_rules import CONTENTS_TABLE, NOTES_TABLE
from survey.reporting.xlsx.check.fault import WorkbookFault, reference
from survey.reporting.xlsx.check.package_reader import NotAWorkbook, OpenedSheet, OpenedWorkbook, Spot, opened_workbook
from survey.reporting.xlsx.check.sheet_rules import SHEET_RULES
from survey.reporting.xlsx.check.table_rules import TABLE_RULES

LANGUAGE_TAGS = ("cy-GB", "en-GB")
_NOTE = re.compile(r"\[[^\W\d]+ (\d+)\]")  # “[note 1]” in either language
_PLACE_IN_WORKBOOK = re.compile(r"#'?(.*?)'?!\$?[A-Z]{1,3}\$?\d+")


def check_workbook(path: Path, language: Language) -> list[WorkbookFault]:
    """Return where the file falls short of the rules, worded in `language`; nothing if it keeps them all.

    A file that is no workbook is one finding, `unreadable`. Raises OSError if the file cannot be opened.
    """
    try:
        book = opened_workbook(path)
    except NotAWorkbook:
        return [
            WorkbookFault(
                "unreadable", "", language.pgettext("workbook check", "The file is not a readable .xlsx workbook.")
            )
        ]
    found = [*_properties(book, language), *_first_sheet(book, language)]
    found += [*_contents(book, language), *_links(book, language)]
    found += [*_notes(book, language), *_table_names(book, language)]
    for sheet in book.sheets:
        for rule in (*SHEET_RULES, *TABLE_RULES):
            found.extend(rule(sheet, book, language))
    return found


def _properties(book: OpenedWorkbook, language: Language) -> Iterator[WorkbookFault]:
    names = {
        "title": language.pgettext("workbook check", "The file has no title among its properties."),
        "creator": language.pgettext("workbook check", "The file has no author among its properties."),
        "subject": language.pgettext("workbook check", "The file has no subject among its properties."),
        "keywords": language.pgettext("workbook check", "The file has no keywords among its properties."),
    }
    for name, text in names.items():
        if not book.properties.get(name, "").strip():
            yield WorkbookFault(f"no-{name}", "", text)
    if book.properties.get("language") not in LANGUAGE_TAGS:
        text = language.pgettext("workbook check", "The file does not say its language: cy-GB or en-GB.")
        yield WorkbookFault("no-language", "", text)


def _first_sheet(book: OpenedWorkbook, language: Language) -> Iterator[WorkbookFault]:
    if book.active_sheet != 0:
        text = language.pgettext("workbook check", "The file does not open on its first sheet.")
        yield WorkbookFault("active-sheet", "", text)


def _contents(book: OpenedWorkbook, language: Language) -> Iterator[WorkbookFault]:
    contents = _sheet_with_table(book, CONTENTS_TABLE)
    if contents is None:
        yield WorkbookFault("no-contents", "", language.pgettext("workbook check", "There is no sheet of contents."))
        return
    linked = {_sheet_linked(target) for target in contents.links.values()}
    for sheet in book.sheets:
        if sheet is not contents and sheet.name not in linked:
            text = language.pgettext(
                "workbook check", "The contents do not lead to the sheet: %(sheet)s", sheet=sheet.name
            )
            yield WorkbookFault("contents", contents.name, text)


def _links(book: OpenedWorkbook, language: Language) -> Iterator[WorkbookFault]:
    names = {sheet.name for sheet in book.sheets}
    for sheet in book.sheets:
        for where, target in sheet.links.items():
            if target.startswith("#") and _sheet_linked(target) not in names:
                text = language.pgettext("workbook check", "The link in %(cell)s leads nowhere.", cell=reference(where))
                yield WorkbookFault("broken-link", sheet.name, text)


def _notes(book: OpenedWorkbook, language: Language) -> Iterator[WorkbookFault]:
    sheet_of_notes = _sheet_with_table(book, NOTES_TABLE)
    referred: set[str] = set()
    given: set[str] = set()
    for sheet in book.sheets:
        for where, cell in sheet.cells.items():
            if not cell.is_text:
                continue
            if sheet is sheet_of_notes:
                found = _NOTE.fullmatch(cell.value) if where.column == 1 else None
                given.update(found.groups() if found else ())
            elif _may_carry_marks(where, sheet):
                referred.update(_NOTE.findall(cell.value))
    place = sheet_of_notes.name if sheet_of_notes else ""
    for number in sorted(referred - given, key=int):
        text = language.pgettext("workbook check", "Note referred to but not given: %(number)s", number=number)
        yield WorkbookFault("note-missing", place, text)
    for number in sorted(given - referred, key=int):
        text = language.pgettext("workbook check", "Note given but not referred to: %(number)s", number=number)
        yield WorkbookFault("note-unused", place, text)


def _may_carry_marks(where: Spot, sheet: OpenedSheet) -> bool:
    """Return whether the cell is the sheet's own words; what respondents typed in brackets is no mark."""
    return not sheet.tables or where.row <= sheet.tables[0].first.row


def _table_names(book: OpenedWorkbook, language: Language) -> Iterator[WorkbookFault]:
    names = Counter(table.name.casefold() for sheet in book.sheets for table in sheet.tables)
    for name, times in names.items():
        if times > 1:
            text = language.pgettext("workbook check", "Two tables have the same name: %(name)s", name=name)
            yield WorkbookFault("table-names", "", text)


def _sheet_with_table(book: OpenedWorkbook, name: str) -> OpenedSheet | None:
    return next((sheet for sheet in book.sheets for table in sheet.tables if table.name == name), None)


def _sheet_linked(target: str) -> str:
    """Return the name of the sheet that a link inside the workbook leads to, or nothing."""
    found = _PLACE_IN_WORKBOOK.fullmatch(target)
    return found.group(1).replace("''", "'") if found else ""
