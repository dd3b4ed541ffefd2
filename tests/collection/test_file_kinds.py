"""What a file is, its content says; what it is called is made harmless."""

import pytest

from survey.collection.errors import DomainError
from survey.collection.responses.file_kinds import BY_ENDING, LARGEST_UNPACKED, kind_of, safe_name
from tests.collection.evidence import DOCX, JPEG, PDF, PNG, XLSX, package


@pytest.mark.parametrize(
    ("ending", "content"), [("pdf", PDF), ("png", PNG), ("jpg", JPEG), ("xlsx", XLSX), ("docx", DOCX)]
)
def test_a_kind_is_told_by_content(ending: str, content: bytes) -> None:
    assert kind_of(content) is BY_ENDING[ending]


MACRO_TYPES = b'<Types><Override ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>'


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"MZ\x90\x00" + b"\x00" * 60, "wrong_kind"),
        (b"<html><script>alert(1)</script>", "wrong_kind"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "wrong_kind"),
        (b"GIF89a", "wrong_kind"),
        (b"\n%PDF-1.7", "wrong_kind"),
        (package("a.txt"), "wrong_kind"),
        (package("ppt/presentation.xml"), "wrong_kind"),
        (package("word/document.xml", types=b""), "wrong_kind"),
        (DOCX[: len(DOCX) // 2], "wrong_kind"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "wrong_kind"),
        (package("xl/workbook.xml", "xl/vbaProject.bin"), "file_with_macros"),
        (package("word/document.xml", "word/VBAProject.bin"), "file_with_macros"),
        (package("xl/workbook.xml", types=MACRO_TYPES), "file_with_macros"),
    ],
)
def test_what_is_of_no_kind_or_holds_programs_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(DomainError) as refused:
        kind_of(content)
    assert refused.value.code == code


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = package("word/document.xml", **{"word/media/a.png": b"\x00" * (LARGEST_UNPACKED + 1)})
    assert len(bomb) < 200_000
    with pytest.raises(DomainError) as refused:
        kind_of(bomb)
    assert refused.value.code == "file_unpacks_too_large"


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("Arolwg tŷ.pdf", "Arolwg tŷ.pdf"),
        ("survey.PDF", "survey.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\ann\\plan.pdf", "plan.pdf"),
        ("/srv/data/rounds/x.json", "x.json.pdf"),
        ("malware.exe", "malware.exe.pdf"),
        ("invoice\u202efdp.exe", "invoice fdp.exe.pdf"),
        ('a<b>"c":d|e?f*g\r\nh.pdf', "a b c d e f g h.pdf"),
        ("...", "PDF.pdf"),
        ("", "PDF.pdf"),
        (".pdf", "PDF.pdf"),
        ("x" * 500 + ".pdf", "x" * 100 + ".pdf"),
    ],
)
def test_a_name_leads_nowhere_and_ends_as_its_kind_does(sent: str, kept: str) -> None:
    assert safe_name(sent, BY_ENDING["pdf"]) == kept
