"""Does a workbook keep the rules? Reads the written file, whoever wrote it.

The rules are those of the Government Analysis Function’s “Releasing statistics in spreadsheets” that a machine
can check, and our own: the file says its language, nothing in it is a formula, charts speak its language.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from survey.languages import Language, Phrase
from survey.reporting.xlsx.check.breach import Breach
from survey.reporting.xlsx.check.description_rules import CONTENTS_TABLE, NOTES_TABLE
from survey.reporting.xlsx.check.package_reader import NotAWorkbook, OpenedSheet, OpenedWorkbook, opened_workbook
from survey.reporting.xlsx.check.page_rules import heads_and_feet
from survey.reporting.xlsx.check.sheet_rules import breaches_of, reference

LANGUAGE_TAGS = ("cy-GB", "en-GB")
PROPERTIES = {
    "title": Phrase("workbook check", "The file has no title among its properties."),
    "creator": Phrase("workbook check", "The file has no author among its properties."),
    "subject": Phrase("workbook check", "The file has no subject among its properties."),
    "keywords": Phrase("workbook check", "The file has no keywords among its properties."),
}
WHOLE_FILE = ""
_NOTE = re.compile(r"\[[^\W\d]+ (\d+)\]")  # “[note 1]” in either language
_PLACE_IN_WORKBOOK = re.compile(r"#'?(.*?)'?!\$?[A-Z]{1,3}\$?\d+")

Placed = Iterator[tuple[str, Breach]]
"""Breaches with the name of the sheet that each is in."""


@dataclass(frozen=True, slots=True)
class WorkbookFault:
    """One way in which a file falls short: a stable code, the sheet (empty for the whole file), the sentence."""

    code: str
    place: str
    text: str


def check_workbook(path: Path, language: Language) -> list[WorkbookFault]:
    """Return where the file falls short of the rules, worded in `language`; nothing if it keeps them all.

    A file that is no workbook is one finding, `unreadable`. Raises OSError if the file cannot be opened.
    """
    return [
        WorkbookFault(breach.code, place, language.say(breach.sentence, **breach.values))
        for place, breach in _breaches(path)
    ]


def _breaches(path: Path) -> Placed:
    try:
        book = opened_workbook(path)
    except NotAWorkbook:
        sentence = Phrase("workbook check", "The file is not a readable .xlsx workbook.")
        yield WHOLE_FILE, Breach("unreadable", sentence)
        return
    for book_rule in (_file, _contents, _links, _notes, _table_names, _chart_languages, _pages):
        yield from book_rule(book)
    for sheet in book.sheets:
        yield from ((sheet.name, breach) for breach in breaches_of(sheet))


def _file(book: OpenedWorkbook) -> Placed:
    for name, sentence in PROPERTIES.items():
        if not book.properties.get(name, "").strip():
            yield WHOLE_FILE, Breach(f"no-{name}", sentence)
    if book.properties.get("language") not in LANGUAGE_TAGS:
        sentence = Phrase("workbook check", "The file does not say its language: cy-GB or en-GB.")
        yield WHOLE_FILE, Breach("no-language", sentence)
    if book.active_sheet != 0:
        sentence = Phrase("workbook check", "The file does not open on its first sheet.")
        yield WHOLE_FILE, Breach("active-sheet", sentence)


def _contents(book: OpenedWorkbook) -> Placed:
    contents = _sheet_with_table(book, CONTENTS_TABLE)
    if contents is None:
        yield WHOLE_FILE, Breach("no-contents", Phrase("workbook check", "There is no sheet of contents."))
        return
    linked = {_sheet_linked(target) for target in contents.links.values()}
    sentence = Phrase("workbook check", "The contents do not lead to the sheet: %(sheet)s")
    for sheet in book.sheets:
        if sheet is not contents and sheet.name not in linked:
            yield contents.name, Breach("contents", sentence, sheet=sheet.name)


def _links(book: OpenedWorkbook) -> Placed:
    names = {sheet.name for sheet in book.sheets}
    sentence = Phrase("workbook check", "The link in %(cell)s leads nowhere.")
    for sheet in book.sheets:
        for where, target in sheet.links.items():
            if target.startswith("#") and _sheet_linked(target) not in names:
                yield sheet.name, Breach("broken-link", sentence, cell=reference(where))


def _notes(book: OpenedWorkbook) -> Placed:
    sheet_of_notes = _sheet_with_table(book, NOTES_TABLE)
    referred: set[str] = set()
    given: set[str] = set()
    for sheet in book.sheets:
        for where, cell in sheet.cells.items():
            if not cell.is_text:
                continue
            if sheet is sheet_of_notes:
                mark = _NOTE.fullmatch(cell.value) if where.column == 1 else None
                given.update(mark.groups() if mark else ())
            elif not sheet.tables or where.row <= sheet.tables[0].first.row:
                # Further down stands what respondents typed: in brackets it is no mark.
                referred.update(_NOTE.findall(cell.value))
    place = sheet_of_notes.name if sheet_of_notes else WHOLE_FILE
    missing = Phrase("workbook check", "Note referred to but not given: %(number)s")
    unused = Phrase("workbook check", "Note given but not referred to: %(number)s")
    for number in sorted(referred - given, key=int):
        yield place, Breach("note-missing", missing, number=number)
    for number in sorted(given - referred, key=int):
        yield place, Breach("note-unused", unused, number=number)


def _table_names(book: OpenedWorkbook) -> Placed:
    names = Counter(table.name.casefold() for sheet in book.sheets for table in sheet.tables)
    sentence = Phrase("workbook check", "Two tables have the same name: %(name)s")
    for name, times in names.items():
        if times > 1:
            yield WHOLE_FILE, Breach("table-names", sentence, name=name)


def _chart_languages(book: OpenedWorkbook) -> Placed:
    sentence = Phrase("workbook check", "A chart is marked with another language than the workbook.")
    for sheet in book.sheets:
        if any(_spoken(chart.language) != _spoken(book.properties.get("language", "")) for chart in sheet.charts):
            yield sheet.name, Breach("chart-language", sentence)


def _pages(book: OpenedWorkbook) -> Placed:
    for sheet in book.sheets:
        yield from ((sheet.name, breach) for breach in heads_and_feet(sheet, book.sheets[0]))


def _spoken(tag: str) -> str:
    """The language of a tag, wherever it is spoken: en-US is no other than en-GB."""
    return tag.partition("-")[0].casefold()


def _sheet_with_table(book: OpenedWorkbook, name: str) -> OpenedSheet | None:
    return next((sheet for sheet in book.sheets for table in sheet.tables if table.name == name), None)


def _sheet_linked(target: str) -> str:
    """Return the name of the sheet that a link inside the workbook leads to, or nothing."""
    place = _PLACE_IN_WORKBOOK.fullmatch(target)
    return place.group(1).replace("''", "'") if place else ""
