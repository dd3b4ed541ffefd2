"""The template of the report is the team’s: what it changes comes out, what it gets wrong is named."""

from io import BytesIO
from typing import Any

import docx
import pytest

from survey.collection.errors import DomainError
from survey.languages import language
from survey.reporting.reports.filled_template import fill_in, word_document
from survey.reporting.reports.template import NAMES, report_template
from survey.storage.tinydb_files.repository import FileRepository
from tests.reporting.reading import ReadWorkbook
from tests.reporting.reports.conftest import made
from tests.reporting.reports.reading import ReadDocument


def changed(*paragraphs: str) -> bytes:
    """Our template with more paragraphs at its end."""
    template = ReadDocument(report_template(language("en")))
    for paragraph in paragraphs:
        template.document.add_paragraph(paragraph)
    return template.saved()


def test_a_template_may_be_written_from_scratch(wales: FileRepository) -> None:
    document = docx.Document()
    document.add_heading("Our own heading", 1)
    document.add_paragraph("In {{ year }} all went well & better.")
    document.add_paragraph("{{p enablers }}")
    template = ReadDocument(saved(document))
    report = ReadDocument(made(wales, "en", template.saved()))
    assert report.headings == [(1, "Our own heading")]
    assert "In 2026-27 all went well & better." in report.paragraphs
    _, rows = report.table("Enablers and barriers in Wales, 2026-27")
    assert len(rows) == 6


def test_contents_of_a_template_from_scratch_name_its_own_chapters_wherever_they_are_asked_for(
    wales: FileRepository,
) -> None:
    document = docx.Document()
    for text in ("{{p contents }}", "{{p contents }}"):
        document.add_paragraph(text)
    document.add_heading("Our own heading", 1)
    document.add_heading("A second one", 1)
    report = ReadDocument(made(wales, "en", ReadDocument(saved(document)).saved()))
    assert report.paragraphs == ["Our own heading", "A second one"] * 3


def test_a_part_may_depend_on_a_name() -> None:
    template = word_document(changed("{%p if state %}", "There is a state.", "{%p endif %}"))
    fill_in(template, dict.fromkeys(NAMES, "here") | {"state": ""})
    assert "There is a state." not in ReadDocument(saved(template)).paragraphs
    template = word_document(changed("{%p if state %}", "There is a state.", "{%p endif %}"))
    fill_in(template, dict.fromkeys(NAMES, "here"))
    assert ReadDocument(saved(template)).paragraphs[-1] == "There is a state."


@pytest.mark.parametrize(
    ("paragraph", "code", "named"),
    [
        ("{{ yaer }} and {{ year }} and {{ chapter_of_mine }}", "unknown_placeholder", "yaer, chapter_of_mine"),
        ("{{ year", "broken_placeholder", "{{ year"),
        ("{{ year + }}", "broken_placeholder", "{{ year + }}"),
        ("{{ year.upper() }}", "broken_placeholder", "{{ year.upper() }}"),
        ("{{ 1 / 0 }}", "broken_placeholder", "{{ 1 / 0 }}"),
        ("{% for letter in year %}{{ letter }}{% endfor %}", "broken_placeholder", "{% for letter in year %}"),
        ("{% if year %} without an end", "broken_placeholder", "{% … %}"),
        (f"{{{{ {'(' * 3000}year{')' * 3000} }}}}", "broken_placeholder", "{{ " + "(" * 97),
        ("{{ " * 3000, "broken_placeholder", ("{{ " * 34)[:100]),
        ("{{ response }}", "chapter_among_words", "{{ response }}"),
        ("So it is: {{p response }}", "chapter_among_words", "{{p response }}"),
        ("{{p maturity }}{{p response }}", "chapter_among_words", "{{p maturity }}"),
        ("{{r response }}", "chapter_among_words", "{{r response }}"),
        ("{{p year }}", "words_as_chapter", "{{p year }}"),
        ("{% if year %}" * 120 + "{% endif %}" * 120, "broken_placeholder", "{% … %}"),
    ],
)
def test_what_cannot_be_filled_in_is_named(paragraph: str, code: str, named: str) -> None:
    with pytest.raises(DomainError) as refused:
        fill_in(word_document(changed(paragraph)), dict.fromkeys(NAMES, "here"))
    assert refused.value.code == code
    assert next(iter(refused.value.values.values())) == named


def test_a_chapter_in_a_footer_is_named() -> None:
    template = ReadDocument(report_template(language("en")))
    template.document.sections[0].footer.add_paragraph("{{p response }}")
    with pytest.raises(DomainError) as refused:
        fill_in(word_document(template.saved()), dict.fromkeys(NAMES, "here"))
    assert refused.value.code == "chapter_among_words"


def test_what_is_no_word_document_is_refused(workbooks: dict[str, ReadWorkbook]) -> None:
    for content in (b"not a document", b"PK\x03\x04", workbooks["en"].path.read_bytes()):
        with pytest.raises(DomainError) as refused:
            word_document(content)
        assert refused.value.code == "not_a_word_document"


def saved(document: Any) -> bytes:
    content = BytesIO()
    document.save(content)
    return content.getvalue()
