"""The meeting pack as it is drawn: what can be changed in it, what stands in it, in which language."""

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import openpyxl
import polib
import pytest

from survey import languages
from survey.collection.meeting_packs.files import read_file
from survey.collection.meeting_packs.pack import MeetingPack
from survey.collection.meeting_packs.reader import pack_in, read_pack
from survey.collection.responses.response import read_response
from survey.collection.rounds.snapshot import RoundSnapshot, load_snapshot
from survey.config import ROOT
from survey.languages import MissingText
from survey.reporting.documents.formats import PACK_FORMATS, drawn
from survey.reporting.documents.meeting_pack import meeting_pack
from survey.reporting.documents.sheet_look import LONGEST_TAB, tab_name
from survey.storage.tinydb_files.repository import FileRepository
from tests import libreoffice
from tests.reporting.small_wales import NOW, ROUND
from tests.shipped import LIBRARY

SECRET = b"s" * 32
CLUSTER = "c-llyn"
WELSH = ROOT / "translations" / "cy" / "LC_MESSAGES" / "self-reflection.po"
EVERY_LANGUAGE = ("cy", "en", "both")


@pytest.fixture(autouse=True)
def untranslated_is_english() -> Iterator[None]:
    languages.when_missing(english)
    yield
    languages.when_missing(languages.mark_missing)


def english(missing: MissingText) -> str:
    return missing.english


@pytest.fixture
def snapshot(wales: FileRepository) -> RoundSnapshot:
    return load_snapshot(wales, ROUND)


def made(wales: FileRepository, snapshot: RoundSnapshot, language: Any, ending: str) -> bytes:
    answers, pages = read_response(wales, ROUND, CLUSTER).answers, snapshot.instrument(CLUSTER).pages
    content = meeting_pack(wales, snapshot, snapshot.cluster(CLUSTER), language, pages, answers, NOW)
    return drawn(content, ending, SECRET)


def pack_of(content: bytes) -> MeetingPack:
    return pack_in(read_file(content), SECRET)


@pytest.mark.parametrize("ending", PACK_FORMATS)
@pytest.mark.parametrize("language", EVERY_LANGUAGE)
def test_a_pack_that_comes_back_as_it_went_holds_the_answers_it_went_with(
    wales: FileRepository, snapshot: RoundSnapshot, language: str, ending: str
) -> None:
    content = made(wales, snapshot, language, ending)
    filled = read_pack(read_file(content), snapshot, CLUSTER, SECRET, NOW.date())
    before = read_response(wales, ROUND, CLUSTER).answers
    assert filled.faults == ()
    assert {key: page for key, page in filled.answers.items() if page} == {k: dict(p) for k, p in before.items() if p}
    assert made(wales, snapshot, language, ending) == content


@pytest.mark.parametrize("language", EVERY_LANGUAGE)
def test_only_the_cells_of_answers_can_be_changed(
    wales: FileRepository, snapshot: RoundSnapshot, language: str
) -> None:
    content = made(wales, snapshot, language, "xlsx")
    workbook = openpyxl.load_workbook(io.BytesIO(content))
    unlocked = {
        (sheet.title, cell.coordinate)
        for sheet in workbook.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if not cell.protection.locked
    }
    assert unlocked == {(blank.sheet, blank.cell) for blank in pack_of(content).blanks}
    for sheet in workbook.worksheets:
        assert sheet.protection.sheet, sheet.title
        assert sheet.protection.password is None
        assert sheet.sheet_state == "visible"


def test_what_can_be_chosen_is_a_list_of_labels_and_no_code_is_shown(
    wales: FileRepository, snapshot: RoundSnapshot
) -> None:
    content = made(wales, snapshot, "en", "xlsx")
    workbook = openpyxl.load_workbook(io.BytesIO(content))
    lists = {
        (sheet.title, str(cells))
        for sheet in workbook.worksheets
        for rule in sheet.data_validations.dataValidation
        if rule.type == "list"
        for cells in str(rule.sqref).split()
    }
    pack = pack_of(content)
    assert lists == {(blank.sheet, blank.cell) for blank in pack.blanks if blank.choices is not None}
    shown = {str(cell.value) for sheet in workbook.worksheets for row in sheet.iter_rows() for cell in row}
    codes = {code for choices in pack.choices for code in choices.values()} - {"1"}
    assert codes
    assert not codes & shown


def test_a_sheet_has_the_statements_by_level_and_last_times_answers_beside(
    wales: FileRepository, snapshot: RoundSnapshot
) -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(made(wales, snapshot, "en", "xlsx")))
    sheet = workbook["3 PCMW 1"]
    words = [str(row[0].value) for row in sheet.iter_rows(max_col=1)]
    levels = [
        next(n for n, text in enumerate(words) if text.startswith(f"{name}\n"))
        for name in ("Foundation", "Developing", "Mature")
    ]
    assert levels == sorted(levels)
    assert sheet["C2"].value == "Your answer in 2024-25"
    before = read_response(wales, "sr-2024", CLUSTER).counted
    assert before is not None
    level = before.answers["outcome/pcmw-01"]["level"].capitalize()
    (row,) = [row for row in sheet.iter_rows() if str(row[0].value).startswith("Which level do you judge")]
    assert row[2].value.casefold().startswith(level.casefold()[:7])
    assert "\n• Mature: The new ways of working" in row[0].value, "what each level is about is at hand"


def test_who_signed_last_time_is_not_shown_again(wales: FileRepository, snapshot: RoundSnapshot) -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(made(wales, snapshot, "en", "xlsx")))
    sheet = workbook["8 Sign-off"]
    (row,) = [row for row in sheet.iter_rows() if str(row[0].value).startswith("Your name\n")]
    assert [cell.value for cell in row[2:]] == [None] * len(row[2:])


def test_both_languages_stand_side_by_side(wales: FileRepository, snapshot: RoundSnapshot) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(made(wales, snapshot, "both", "xlsx")))["3 cy PCMW 1 · PCMW 1"]
    assert [cell.value for cell in sheet[2]][:3] == ["Cwestiwn", "Question", "Ateb · Answer"]


@pytest.mark.parametrize(("language", "tag"), [("cy", "cy-GB"), ("en", "en-GB"), ("both", "cy-GB")])
@pytest.mark.parametrize("ending", PACK_FORMATS)
def test_a_file_says_its_language_and_its_title(
    wales: FileRepository, snapshot: RoundSnapshot, language: str, tag: str, ending: str
) -> None:
    with zipfile.ZipFile(io.BytesIO(made(wales, snapshot, language, ending))) as package:
        properties = package.read("docProps/core.xml").decode()
    assert f"<dc:language>{tag}</dc:language>" in properties
    assert re.search("<dc:title>.+</dc:title>", properties)


@pytest.mark.parametrize("language", EVERY_LANGUAGE)
def test_a_document_is_sound_locked_and_has_a_control_for_every_answer(
    wales: FileRepository, snapshot: RoundSnapshot, language: str
) -> None:
    content = made(wales, snapshot, language, "docx")
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    for name, part in parts.items():
        assert ET.fromstring(part) is not None, name
    main = parts["word/document.xml"].decode()
    numbers = re.findall('<w:tag w:val="([0-9]+)"/>', main)
    assert numbers == [blank.cell for blank in pack_of(content).blanks]
    assert main.count("<w:tblHeader/>") == main.count("<w:tbl>") > 5
    assert b'<w:documentProtection w:edit="forms" w:enforcement="1"/>' in parts["word/settings.xml"]
    assert main.count('w:val="Heading1"') == len(snapshot.instrument(CLUSTER).pages)
    spoken = set(re.findall('<w:lang w:val="([^"]+)"/>', main))
    assert spoken == ({"cy-GB", "en-GB"} if language == "both" else {f"{language}-GB"})


@pytest.mark.parametrize(
    ("names", "number", "expected"),
    [
        (("Cefndir", "Background"), "1 ", "1 Cefndir · Background"),
        (("Taflen waith", "Worksheet"), "13b ", "13b Taflen waith · Worksheet"),
        (("Enablers and barriers",), "5 ", "5 Enablers and barriers"),
        (("Galluogwyr a rhwystrau", "Enablers and barriers"), "5 ", "5 Galluogwyr a… · Enablers and…"),
        (("Same", "Same"), "2 ", "2 Same"),
        (("x" * 40,), "2 ", f"2 {'x' * 28}…"),
    ],
)
def test_a_tab_has_whole_words_in_both_languages(names: tuple[str, ...], number: str, expected: str) -> None:
    assert tab_name(names, number) == expected
    assert len(expected) <= LONGEST_TAB


@pytest.mark.parametrize("language", EVERY_LANGUAGE)
def test_the_tabs_of_this_year_are_not_cut(language: str) -> None:
    """In the words of the files; a sheet that reflects on an outcome is called by its number."""
    questionnaire = LIBRARY.questionnaires["self-reflection", "2026"]
    codes = ("cy", "en") if language == "both" else (language,)
    catalogue = {entry.msgctxt: entry.msgstr for entry in polib.pofile(str(WELSH))}
    called = [section for section in questionnaire.sections if section.worksheet or not section.for_each]
    for number, section in enumerate(called, start=7):
        text = section.short_title or section.title
        words = {"en": text.english, "cy": catalogue[text.key]}
        name = tab_name([words[code] for code in codes], f"{number}b ")
        assert "…" not in name


@pytest.mark.slow
def test_evidence_that_libreoffice_wrote_into_the_pack_of_2026_comes_back_as_it_was_typed(
    wales: FileRepository, snapshot: RoundSnapshot, tmp_path: Path
) -> None:
    page = "outcome/pcmw-01"
    content = made(wales, snapshot, "both", "xlsx")
    before = [dict(item) for item in read_response(wales, ROUND, CLUSTER).answers[page].get("evidence", ())]
    items = dict.fromkeys(blank.key[2] for blank in pack_of(content).blanks if blank.key[:2] == (page, "evidence"))
    item_id = next(one for one in items if one not in {item["id"] for item in before})
    typed = {
        "title": "Arolwg o bobl leol ŵ “2026”",
        "link": "https://clwstwr.example/arolwg?blwyddyn=2026&iaith=cy",
        "date": "28/9/2026",
        "shows": "=1+1 mae mwy o bobl yn gwybod ble i fynd.",
    }
    places = {
        (blank.sheet, blank.cell): typed[blank.key[3]]
        for blank in pack_of(content).blanks
        if blank.key[:3] == (page, "evidence", item_id)
    }
    assert len(places) == len(typed)
    sheets = read_file(libreoffice.filled_in(content, places, tmp_path))
    filled = read_pack(sheets, snapshot, CLUSTER, SECRET, NOW.date())
    assert filled.faults == ()
    assert filled.answers[page]["evidence"] == [*before, {"id": item_id, **typed, "date": "2026-09-28"}]
    kept = read_response(wales, ROUND, CLUSTER).answers
    others = {key: answers for key, answers in filled.answers.items() if key != page and answers}
    assert others == {key: dict(answers) for key, answers in kept.items() if key != page and answers}
