"""What was submitted as a Word document: all of it, in its languages, in a shape that is read aloud well."""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from survey import languages
from survey.collection.responses.response import Response, read_response
from survey.collection.rounds.snapshot import RoundSnapshot, load_snapshot
from survey.reporting.documents.answers_docx import answers_document, answers_file_name
from survey.reporting.documents.word import W
from survey.storage.tinydb_files.repository import FileRepository
from tests.reporting.small_wales import ROUND

CLUSTER = "c-arfon"


@pytest.fixture(autouse=True)
def untranslated_is_english() -> Iterator[None]:
    languages.when_missing(lambda missing: missing.english)
    yield
    languages.when_missing(languages.mark_missing)


@pytest.fixture
def snapshot(wales: FileRepository) -> RoundSnapshot:
    return load_snapshot(wales, ROUND)


@pytest.fixture
def response(wales: FileRepository) -> Response:
    return read_response(wales, ROUND, CLUSTER)


def paragraphs(snapshot: RoundSnapshot, response: Response, code: str = "en") -> list[tuple[str, str, list[str]]]:
    """Every paragraph, those in tables too: style, text, languages of its runs."""
    found = []
    for element in ET.fromstring(parts(snapshot, response, code)["word/document.xml"]).iter(f"{{{W}}}p"):
        style = next(element.iter(f"{{{W}}}pStyle")).get(f"{{{W}}}val", "")
        tags = [lang.get(f"{{{W}}}val", "") for lang in element.iter(f"{{{W}}}lang")]
        pieces = [
            "\n" if piece.tag.endswith("}br") else piece.text or ""
            for piece in element.iter()
            if piece.tag in (f"{{{W}}}t", f"{{{W}}}br")
        ]
        found.append((style, "".join(pieces), tags))
    return found


def parts(snapshot: RoundSnapshot, response: Response, code: str) -> dict[str, bytes]:
    assert response.counted is not None
    with zipfile.ZipFile(io.BytesIO(answers_document(snapshot, response, response.counted, code))) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_every_page_and_question_that_was_asked_has_a_heading_and_none_is_skipped(
    snapshot: RoundSnapshot, response: Response
) -> None:
    told = paragraphs(snapshot, response)
    assert response.counted is not None
    path = snapshot.instrument(CLUSTER).walk(response.counted.answers)
    assert [style for style, _, _ in told].count("Heading1") == len(path.pages)
    headings = [text for style, text, _ in told if style == "Heading2" and text != "Attached files"]
    texts = snapshot.texts["en"]
    assert headings == [texts(question.label) for page in path.pages for question in path.asked[page.key]]
    levels = [int(style[-1]) for style, _, _ in told if style.startswith("Heading")]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_text_that_was_written_stands_in_it_marked_with_the_language_it_was_written_in(
    snapshot: RoundSnapshot, response: Response
) -> None:
    assert response.counted is not None
    written = [
        (text, f"{response.counted.written_in[page][name]}-GB")
        for page, answers in response.counted.answers.items()
        for name, text in answers.items()
        if name in response.counted.written_in[page]
    ]
    assert len(written) > 5
    for code in ("cy", "en"):
        told = Counter((text, *tags) for _, text, tags in paragraphs(snapshot, response, code))
        assert not Counter(written) - told


def test_several_choices_are_a_list_and_statements_a_table_with_a_header(
    snapshot: RoundSnapshot, response: Response
) -> None:
    told = paragraphs(snapshot, response)
    assert response.counted is not None
    chosen = response.counted.answers["about"]["participants"]
    assert len(chosen) > 1
    assert [style for style, _, _ in told].count("ListBullet") >= len(chosen)
    package = parts(snapshot, response, "en")
    assert b'w:numFmt w:val="bullet"' in package["word/numbering.xml"]
    tables = package["word/document.xml"].count(b"<w:tbl>")
    assert tables == sum("criteria" in answers for answers in response.counted.answers.values()) > 0
    assert package["word/document.xml"].count(b"<w:tblHeader/>") == tables


def test_it_can_be_changed_and_carries_no_seal(snapshot: RoundSnapshot, response: Response) -> None:
    package = parts(snapshot, response, "en")
    assert b"documentProtection" not in package["word/settings.xml"]
    assert not [name for name in package if name.startswith("customXml")]
    named = set(re.findall(r'PartName="/([^"]+)"', package["[Content_Types].xml"].decode()))
    assert named <= package.keys()


@pytest.mark.parametrize(
    ("code", "name"), [("en", "answers-sr-2026-c-arfon.en.docx"), ("cy", "atebion-sr-2026-c-arfon.cy.docx")]
)
def test_a_file_and_what_it_says_of_itself_are_in_its_language(
    snapshot: RoundSnapshot, response: Response, code: str, name: str
) -> None:
    assert response.counted is not None
    assert answers_file_name(response, response.counted, code) == name
    properties = parts(snapshot, response, code)["docProps/core.xml"].decode()
    assert f"<dc:language>{code}-GB</dc:language>" in properties
    assert snapshot.cluster(CLUSTER).name(code) in properties
