"""A questionnaire as a spreadsheet and back: nothing of it is lost either way, and neither is its Welsh."""

from collections.abc import Iterable

import polib

from survey.authoring.book_file import workbook
from survey.authoring.cell_values import CellFindings
from survey.authoring.columns import CONTENTS, OPTIONS, PARTS, QUESTIONS, SECTIONS, TABLES
from survey.authoring.draft import Draft
from survey.authoring.from_sheets import draft_from
from survey.authoring.oddities import look_for_oddities
from survey.authoring.text_places import context_at
from survey.authoring.to_sheets import WelshOf, sheets_of
from survey.authoring.xlsform import draft_from_xlsform, is_xlsform
from survey.catalogues.files import key_of, new_catalogue
from survey.collection.errors import DomainError
from survey.collection.package_file import opened
from survey.collection.workbook_file import workbook_cells
from survey.languages import Language
from survey.questionnaire.builder import JsonObject
from survey.questionnaire.explanation import property_texts, schema_in, type_names, words_for

PARTS_OF_OPTIONS = ("listedOption", "optionToTick", "optionWithOther", "option")
PARTS_OF_TABLES = ("row", "column")
UNREADABLE = {
    "file_too_large": "sheet_too_large",
    "not_a_package": "sheet_no_spreadsheet",
    "package_damaged": "sheet_damaged",
}
YES_OR_NO = ("yes", "no")
MOST_CELLS = 100_000
LARGEST_UNPACKED = 24_000_000
"""What a sheet and a file may hold: several lists of 2,000 names in both languages, 500 questions beside them."""


def book_of(source: JsonObject, welsh: WelshOf, language: Language) -> bytes:
    """The spreadsheet of a questionnaire, explained in a language. `source` is sound."""
    schema = schema_in("questionnaire", language)
    types = type_names(schema)
    said = {
        SECTIONS: property_texts(schema, ["section"]),
        QUESTIONS: property_texts(schema, types),
        OPTIONS: property_texts(schema, PARTS_OF_OPTIONS),
        TABLES: property_texts(schema, PARTS_OF_TABLES),
    }
    choices = words_for(schema, ["section", *types])
    choices |= {column.name: YES_OR_NO for columns in CONTENTS.values() for column in columns if column.kind == "yes"}
    choices["part"] = PARTS
    return workbook(sheets_of(source, welsh), said, choices)


def draft_in(content: bytes, file: str, edition: str = "", respondent: str = "") -> Draft:
    """The questionnaire in a spreadsheet that somebody sent, with what is wrong with it. `file`: what findings call it.

    It is of our own form, or of XLSForm, which says neither its year nor who answers: those are given beside it.
    What is no spreadsheet, is damaged or far too large is a finding as well.
    """
    try:
        with opened(content, largest_unpacked=LARGEST_UNPACKED) as package:
            sheets = workbook_cells(package, MOST_CELLS)
            is_foreign = is_xlsform(sheets)
            draft = draft_from_xlsform(sheets, file, edition, respondent) if is_foreign else draft_from(sheets, file)
            look_for_oddities(package, draft.findings)
    except DomainError as refused:
        draft = Draft(CellFindings(file))
        draft.findings.add("", UNREADABLE[refused.code])
    return draft


def welsh_in(draft: Draft, ours: Iterable[polib.POEntry] = ()) -> polib.POFile:
    """The Welsh of a sound draft as a catalogue, which `translations pull` takes in.

    What of our own catalogue the draft does not ask stands in it too: the texts of other editions.
    """
    catalogue = new_catalogue("cy")
    for place, welsh in draft.welsh:
        english = draft.source
        for part in place:
            english = english[part]  # type: ignore[index]
        entry = polib.POEntry(msgctxt=context_at(draft.source, place), msgid=str(english), msgstr=welsh)
        catalogue.append(entry)
    said = {key_of(entry) for entry in catalogue}
    catalogue.extend(entry for entry in ours if not entry.obsolete and key_of(entry) not in said)
    return catalogue
