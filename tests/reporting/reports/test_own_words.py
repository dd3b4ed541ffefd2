"""What the team wrote in the places of a report is there when it is made again, saved by Word or LibreOffice."""

import struct
import zlib
from io import BytesIO

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm

from survey.collection.errors import DomainError
from survey.languages import language
from survey.reporting.reports.own_words import keep_own_words
from survey.reporting.reports.template import report_template
from survey.storage.tinydb_files.repository import FileRepository
from tests.reporting.reports.conftest import made
from tests.reporting.reports.reading import ReadDocument, text

OURS = ("First of ours: {{ year }} & <b>", "Second of ours.")


@pytest.fixture
def earlier() -> ReadDocument:
    return ReadDocument(report_template(language("en")))


def again(earlier: ReadDocument, template: bytes = b"") -> ReadDocument:
    """A template with the own words of an earlier one."""
    report = ReadDocument(template or report_template(language("en")))
    keep_own_words(report.document, ReadDocument(earlier.saved()).document, language("en"))
    return ReadDocument(report.saved())


def write(report: ReadDocument, tag: str, *paragraphs: str) -> None:
    """Type paragraphs into a place, as Word does."""
    place = report.control(tag)
    for child in list(place):
        place.remove(child)
    for paragraph in paragraphs:
        written = report.document.add_paragraph(paragraph)
        place.append(written._element)


def as_libreoffice_saves(report: ReadDocument) -> None:
    """Tags are lost, and a control stands within its first paragraph."""
    for control in list(report.body.iter(qn("w:sdt"))):
        properties, content = control.find(qn("w:sdtPr")), control.find(qn("w:sdtContent"))
        properties.remove(properties.find(qn("w:tag")))
        first, *others = list(content)
        runs = list(first.iter(qn("w:r")))
        for element in reversed(others):
            control.addnext(element)
        control.addprevious(first)
        for element in runs:
            content.append(element)
        content.remove(first) if first in list(content) else None
        first.append(control)


def test_own_words_stay_when_the_report_is_made_again(earlier: ReadDocument) -> None:
    write(earlier, "maturity", *OURS)
    made_again = again(earlier)
    assert [text(paragraph) for paragraph in made_again.control("maturity")] == list(OURS)
    once_more = again(made_again)
    assert [text(paragraph) for paragraph in once_more.control("maturity")] == list(OURS)
    assert made_again.paragraphs.count(OURS[0]) == 1


def test_own_words_come_back_from_libreoffice(earlier: ReadDocument) -> None:
    write(earlier, "maturity", *OURS)
    write(earlier, "workforce", "One paragraph.")
    as_libreoffice_saves(earlier)
    made_again = again(earlier)
    assert [text(paragraph) for paragraph in made_again.control("maturity")] == list(OURS)
    assert [text(paragraph) for paragraph in made_again.control("workforce")] == ["One paragraph."]
    assert len(made_again.control("response")) == 1


def test_a_place_that_nobody_wrote_in_asks_again_in_the_language_of_now(earlier: ReadDocument) -> None:
    made_again = again(earlier, report_template(language("cy")))
    assert "Ysgrifennwch" in text(made_again.control("maturity"))


def test_the_figures_are_those_of_now_and_the_words_those_of_before(
    wales: FileRepository, reports: dict[str, bytes]
) -> None:
    before = ReadDocument(reports["en"])
    write(before, "response", *OURS)
    for cell in before.body.iter(qn("w:t")):
        cell.text = (cell.text or "").replace("9", "7")
    after = ReadDocument(made(wales, "en", earlier=before.saved()))
    title = "Response by health board, 2026-27"
    assert after.table(title) == ReadDocument(reports["en"]).table(title) != before.table(title)
    assert [text(paragraph) for paragraph in after.control("response")] == list(OURS)


def test_words_without_a_place_any_more_come_at_the_end_and_stay(earlier: ReadDocument) -> None:
    write(earlier, "maturity", *OURS)
    template = ReadDocument(report_template(language("en")))
    holder = template.control("maturity").getparent()
    holder.getparent().remove(holder)
    made_again = again(earlier, template.saved())
    for read in (made_again, again(made_again, template.saved())):
        assert read.headings[-2:] == [
            (1, "Own words that have no place in the template"),
            (2, "Own words: Maturity"),
        ]
        assert read.paragraphs[-2:] == list(OURS)


def test_links_pictures_and_lists_are_taken_along(earlier: ReadDocument) -> None:
    write(earlier, "response", "With a picture", "In a list", "With a link")
    picture, listed, linked = earlier.control("response")
    run = earlier.document.add_paragraph().add_run()
    run.add_picture(BytesIO(_png()), Cm(1))
    picture.append(run._element)
    listed.get_or_add_pPr().append(parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="77"/></w:numPr>'))
    number = earlier.document.part.relate_to(
        "https://example.org/",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
        is_external=True,
    )
    linked.append(
        parse_xml(f'<w:hyperlink {nsdecls("w", "r")} r:id="{number}"><w:r><w:t> here</w:t></w:r></w:hyperlink>')
    )
    made_again = again(earlier)
    picture, listed, linked = made_again.control("response")
    relations = made_again.document.part.rels
    assert relations[next(picture.iter(qn("a:blip"))).get(qn("r:embed"))].target_part.blob == _png()
    assert listed.style == "ListBullet"
    assert relations[next(linked.iter(qn("w:hyperlink"))).get(qn("r:id"))].target_ref == "https://example.org/"


def test_what_cannot_be_taken_along_is_named_and_nothing_made(earlier: ReadDocument) -> None:
    write(earlier, "response", "With a footnote")
    (paragraph,) = earlier.control("response")
    paragraph.append(parse_xml(f'<w:r {nsdecls("w")}><w:footnoteReference w:id="2"/></w:r>'))
    with pytest.raises(DomainError) as refused:
        again(earlier)
    assert (refused.value.code, refused.value.values["place"]) == ("words_not_carried", "Own words: Response")


def _png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    pixel = zlib.compress(b"\x00\x00\x00\x00")
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
        + chunk(b"IDAT", pixel)
        + chunk(b"IEND", b"")
    )
