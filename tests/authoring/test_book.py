"""A questionnaire as a spreadsheet and back: the same bytes, its Welsh with it; what is wrong is found at its cell."""

import re
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import load_workbook

from survey.authoring.book import book_of, draft_in, welsh_in
from survey.authoring.book_file import LINE, ROOM
from survey.authoring.columns import HELP
from survey.authoring.text_places import context_at
from survey.languages import language
from survey.questionnaire.builder import questionnaire_from
from survey.questionnaire.json_reader import read_file
from survey.questionnaire.json_writer import json_of
from survey.questionnaire.library import definition_files
from survey.questionnaire.texts import messages
from survey.questionnaire.types import ANSWER_TYPES
from tests.authoring.books import Changing, changed, found_in, put
from tests.questionnaire.examples import DEFINITIONS, source

SHIPPED = [path for path in definition_files() if path.name.startswith("20")]
TINY = sorted(DEFINITIONS.glob("*.json"))


def as_context(context: str, _english: str) -> str:
    return f"Cymraeg {context}"


@pytest.mark.parametrize("path", SHIPPED, ids=str)
def test_what_is_shipped_is_in_the_layout_that_is_written(path: Path) -> None:
    assert json_of(read_file(path).value) == path.read_bytes()


@pytest.mark.parametrize("path", [*SHIPPED, *TINY], ids=str)
def test_a_questionnaire_comes_back_as_the_same_bytes_with_the_welsh_of_every_text(path: Path) -> None:
    definition = read_file(path).value
    if "sections" not in definition:
        return
    book = book_of(definition, as_context, language("en"))
    draft = draft_in(book, "book.xlsx")
    assert draft.checked() == []
    assert json_of(draft.source) == json_of(definition)
    welsh = {(entry.msgctxt, entry.msgid): entry.msgstr for entry in welsh_in(draft)}
    texts = {(one.context, one.text): as_context(one.context, "") for one in messages(questionnaire_from(definition))}
    assert welsh == texts
    assert book_of(draft.source, as_context, language("en")) == book


def test_a_spreadsheet_is_explained_in_welsh_and_read_alike() -> None:
    book = book_of(source("whole"), as_context, language("cy"))
    assert json_of(draft_in(book, "f").source) == json_of(source("whole"))
    note = load_workbook(BytesIO(book))["questions"]["E1"].comment
    assert note is not None
    assert "Pennawd" in note.text


def test_types_and_measures_are_offered_and_ids_are_kept_from_careless_hands() -> None:
    book = load_workbook(BytesIO(book_of(source("whole"), as_context, language("en"))))
    sheet = book["questions"]
    headings = {cell.value: cell.column_letter for cell in sheet[1]}
    offered = {str(rule.sqref): str(rule.formula1) for rule in sheet.data_validations.dataValidation}
    assert len(set(offered.values())) > 5
    types = offered[f"{headings['type']}2:{headings['type']}{sheet.max_row + ROOM}"]
    words = [cell.value for (cell,) in book[HELP][types.removeprefix(f"{HELP}!").replace("$", "")]]
    assert sorted(words) == sorted(ANSWER_TYPES)
    assert sheet.protection.sheet
    assert sheet[f"{headings['id']}2"].protection.locked
    assert not sheet[f"{headings['label']}2"].protection.locked


def test_a_row_is_as_high_as_its_longest_text_needs() -> None:
    whole = source("whole")
    whole["sections"][0]["questions"][0]["label"] = "A long text. " * 20 + "It ends."
    sheet = load_workbook(BytesIO(book_of(whole, as_context, language("en"))))["questions"]
    assert sheet.row_dimensions[2].height >= 6 * LINE


def test_a_row_more_is_a_question_more() -> None:
    row = {1: "start", 3: "extra", 4: "short_text", 7: "What else?"}
    draft = draft_in(changed(lambda book: book["questions"].append(row)), "f")
    assert draft.checked() == []
    assert draft.source["sections"][0]["questions"][-1] == {
        "id": "extra",
        "type": "short_text",
        "label": "What else?",
    }


def test_an_empty_sheet_more_is_nothing() -> None:
    assert found_in(changed(lambda book: book.create_sheet("Sheet1"))) == []


def test_codes_and_years_may_be_typed_as_numbers() -> None:
    draft = draft_in(changed(put("file!B4", 2027), put("options!B2", 7)), "f")
    assert draft.source["edition"] == "2027"
    assert draft.source["option_sets"]["states"][0]["code"] == "7"


def hidden(what: str) -> Changing:
    def change(book: Any) -> None:
        if what == "sheet":
            book["tables"].sheet_state = "hidden"
        elif what == "column":
            book["questions"].column_dimensions["H"].hidden = True
        else:
            book["questions"].row_dimensions[3].hidden = True

    return change


def renamed(before: str, after: str) -> Changing:
    """A section under another name, in every sheet that names it."""

    def change(book: Any) -> None:
        for sheet in book:
            for row in sheet.iter_rows():
                for cell in row:
                    if isinstance(cell.value, str) and sheet.title != "help":
                        cell.value = re.sub(rf"\b{before}\b", after, cell.value)

    return change


# What people do to a spreadsheet, what is said of it, and where.
WRONG: list[tuple[Changing, str, str]] = [
    (lambda book: book.create_sheet("notes").append(["A note"]), "sheet_unknown", "notes"),
    (lambda book: book.remove(book["sections"]), "sheet_missing", ""),
    (hidden("sheet"), "sheet_hidden", "tables"),
    (hidden("row"), "sheet_hidden_row", "questions!3"),
    (hidden("column"), "sheet_hidden_column", "questions!H"),
    (lambda book: book["questions"].merge_cells("G2:G3"), "sheet_merged", "questions!G2:G3"),
    (put("questions!G2", "=1+1"), "sheet_formula", "questions!G2"),
    (put("questions!G2", "#REF!"), "sheet_error", "questions!G2"),
    (put("questions!AZ2", "what?"), "sheet_no_heading", "questions!AZ2"),
    (put("questions!AZ1", "colour"), "sheet_unknown_column", "questions!AZ1"),
    (put("questions!AZ1", "label"), "sheet_repeated_column", "questions!AZ1"),
    (put("file!A30", "colour"), "sheet_unknown_row", "file!A30"),
    (lambda book: book["file"].append(["id", "other"]), "sheet_row_twice", "file!A13"),
    (put("questions!K3", "perhaps"), "not_allowed", "questions!K3"),
    (put("questions!P5", "ten"), "sheet_number", "questions!P5"),
    (put("questions!L6", "count is big"), "sheet_rule", "questions!L6"),
    (put("questions!A4", "nowhere"), "sheet_no_section", "questions!A4"),
    (put("questions!B3", "no_group"), "sheet_no_group", "questions!B3"),
    (put("tables!A2", "start.nothing"), "sheet_belongs_nowhere", "tables!A2"),
    (put("sections!G2", "Dechreuwn."), "sheet_welsh_alone", "sections!G2"),
    # What the checks of a definition find
    (put("questions!D3", "radio"), "not_allowed", "questions!D3"),
    (put("questions!G3", "Which  one?"), "two_blanks", "questions!G3"),
    (put("options!B3", "in_place"), "duplicate_code", "options!B3"),
    (put("questions!C5", "Upper"), "bad_id", "questions!C5"),
    (put("questions!C5", "1st"), "bad_id", "questions!C5"),
    (put("questions!C5", "one"), "duplicate_question", "questions!C5"),
    (renamed("start", "option_sets"), "reserved_id", "sections!A2"),
    (put("questions!L3", "many is answered"), "rule_later", "questions!L3"),
]
CODES = {code for _, code, _ in WRONG} | {"sheet_macros", "sheet_links", "sheet_not_same"}
CODES |= {"sheet_too_large", "sheet_no_spreadsheet", "sheet_damaged"}


@pytest.mark.parametrize(("change", "code", "place"), WRONG, ids=[f"{row[1]} {row[2]}" for row in WRONG])
def test_what_is_wrong_is_found_at_its_cell(change: Changing, code: str, place: str) -> None:
    found = found_in(changed(*([put("sections!F2", None)] if code == "sheet_welsh_alone" else []), change))
    assert (code, place) in found


@pytest.mark.parametrize("sheet", ["options", "tables"])
def test_a_sheet_that_is_needed_and_not_there_is_one_fault(sheet: str) -> None:
    assert found_in(changed(lambda book: book.remove(book[sheet]))) == [("sheet_missing", "")]


def test_a_set_of_options_is_at_fault_in_the_row_where_it_begins() -> None:
    def lone(book: Any) -> None:
        book["options"].append(["alone", "one", "One"])

    content = changed(lone)
    last = load_workbook(BytesIO(content))["options"].max_row
    assert found_in(content) == [("too_few", f"options!A{last}")]


@pytest.mark.parametrize("cell", ["sections!A2", "sections!F2", "questions!A3", "questions!G3"])
def test_of_a_row_that_cannot_be_read_nothing_else_is_said(cell: str) -> None:
    """A formula beside Welsh is not Welsh without English, and in the place of a section no other section."""
    sheet, row = cell.partition("!")[0], cell[-1]
    welsh = {"sections": f"sections!G{row}", "questions": f"questions!H{row}"}[sheet]
    assert found_in(changed(put(cell, "=1+1"), put(welsh, "Yn Gymraeg"))) == [("sheet_formula", cell)]


@pytest.mark.parametrize(
    ("part", "code"), [("xl/vbaProject.bin", "sheet_macros"), ("xl/externalLinks/externalLink1.xml", "sheet_links")]
)
def test_macros_and_links_are_found(part: str, code: str) -> None:
    content = BytesIO(changed())
    with ZipFile(content, "a") as package:
        package.writestr(part, b"<x/>")
    assert (code, "") in found_in(content.getvalue())


def test_a_name_that_is_the_same_in_both_languages_has_no_other_welsh() -> None:
    book = load_workbook(BytesIO(book_of(source("list_choice"), as_context, language("en"))))
    sheet = book["options"]
    headings = {cell.value: cell.column_letter for cell in sheet[1]}
    welsh = f"{headings['label (cy)']}2"
    assert (sheet[f"{headings['same_in_both']}2"].value, sheet[welsh].value) == ("yes", None)
    found = {}
    for said in ("Llan Surgery", "Meddygfa Llan"):
        sheet[welsh] = said
        content = BytesIO()
        book.save(content)
        found[said] = found_in(content.getvalue())
    assert found == {"Llan Surgery": [], "Meddygfa Llan": [("sheet_not_same", f"options!{welsh}")]}


def test_far_too_many_rows_are_refused() -> None:
    rows = "".join(f'<row><c r="A{number}"><v>1</v></c></row>' for number in range(1, 100_002))
    sheet = f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{rows}</worksheet>'
    content = BytesIO()
    with ZipFile(BytesIO(changed())) as before, ZipFile(content, "w", ZIP_DEFLATED) as package:
        for name in before.namelist():
            package.writestr(name, sheet if name == "xl/worksheets/sheet4.xml" else before.read(name))
    assert found_in(content.getvalue()) == [("sheet_too_large", "")]


def test_several_lists_of_as_many_options_as_there_may_be_come_back() -> None:
    whole = source("list_choice")
    part, asked = whole["sections"][0]["questions"]
    names = [f"list{number}" for number in range(3)]
    options = [{"code": f"c{number}", "label": f"Practice {number}", "same_in_both": True} for number in range(2_000)]
    whole["option_sets"] = dict.fromkeys(names, options)
    plain = {name: value for name, value in asked.items() if name != "filtered_by"}
    whole["sections"][0]["questions"] = [part, *(plain | {"id": name, "option_set": name} for name in names)]
    draft = draft_in(book_of(whole, as_context, language("en")), "book.xlsx")
    assert draft.findings.all == []
    assert json_of(draft.source) == json_of(whole)


def a_package_of_something_else() -> bytes:
    content = BytesIO()
    with ZipFile(content, "w") as package:
        package.writestr("word/document.xml", "<document/>")
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "sheet_no_spreadsheet"),
        (b"id,label\n", "sheet_no_spreadsheet"),
        (b"PK\x03\x04", "sheet_no_spreadsheet"),
        (a_package_of_something_else(), "sheet_damaged"),
    ],
)
def test_what_is_no_spreadsheet_is_refused(content: bytes, code: str) -> None:
    assert found_in(content) == [(code, "")]


def test_a_place_that_is_not_there_has_no_context() -> None:
    with pytest.raises(KeyError):
        context_at(source("whole"), ("nowhere", 0, "label"))
