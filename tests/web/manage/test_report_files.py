"""The Word documents that the report is made from, on their page: looked at before they are kept, or refused."""

import io
import zipfile

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE

from survey.collection.reports.report_files import EARLIER, TEMPLATE, read_report_file, report_files_of
from survey.collection.soundness import sound
from survey.languages import language
from survey.reporting.reports.template import report_template
from survey.storage.verification import verify
from survey.web.site import security
from tests.collection.example import ROUND
from tests.reporting.reports.reading import ReadDocument, text
from tests.reporting.reports.test_own_words import write
from tests.reporting.reports.test_template import changed, saved
from tests.verified import is_clean

PAGE = f"/en/manage/rounds/{ROUND}/report"
DOCUMENTS = f"/en/manage/rounds/{ROUND}/documents"
OURS = "We found that clusters work together."


def give(client, content, kind=TEMPLATE, status=200, address=PAGE):
    page = client.get(address)
    sent = {**page.values(page.form("give")), "kind": kind, "file_language": "en"}
    return client.post(address, {**sent, "file": (io.BytesIO(content), "Ein dogfen.docx")}, status)


def edited():
    document = ReadDocument(report_template(language("en")))
    write(document, "summary", OURS)
    return document.saved()


def rezipped(content, added):
    """The document with more parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            after.writestr(name, before.read(name))
        for name, part in added.items():
            after.writestr(name, part)
    return target.getvalue()


def bomb():
    return rezipped(report_template(language("en")), {"word/media/a.png": b"\0" * 101_000_000})


def from_elsewhere():
    document = ReadDocument(report_template(language("en"))).document
    document.part.relate_to("https://example.test/a.png", RELATIONSHIP_TYPE.IMAGE, is_external=True)
    return saved(document)


def test_the_next_report_has_the_words_of_the_earlier_one_and_the_look_of_the_template(site):
    site.submitted()
    client = site.client("eira")
    give(client, edited(), EARLIER)
    give(client, changed("In {{ year }} all went well."))
    asked = {"document": "report", "document_language": "en", "document_format": "docx"}
    client.submit(client.get(DOCUMENTS), asked, form="make")
    site.made()
    report = ReadDocument(client.browser.get(f"{DOCUMENTS}/report.en.docx").data)
    assert [text(paragraph) for paragraph in report.control("summary")] == [OURS]
    assert report.paragraphs[-1] == "In 2026-27 all went well."
    assert is_clean(verify(site.kept, sound(site.kept, language("en"))))
    client.submit(client.get(PAGE), form="template-en")
    assert "Something has changed since." in client.get(DOCUMENTS).text


@pytest.mark.parametrize("spoken", ["cy", "en", "en-XA"])
def test_what_was_given_is_shown_and_can_be_taken_back(site, spoken):
    client = site.client("eira", spoken)
    address = PAGE.replace("/en/", f"/{spoken}/")
    document = edited()
    page = give(client, document, EARLIER, address=address)
    assert "Ein dogfen.docx" in page.text
    assert client.browser.get(f"{address}/earlier.en.docx").data == document
    for _ in range(2):
        client.submit(page, form="earlier-en")
    assert read_report_file(site.kept, ROUND, EARLIER, "en") is None
    assert "Ein dogfen.docx" not in client.get(address).text
    assert site.log.count(("eira", "report_file_taken_back")) == 1


@pytest.mark.parametrize(
    ("document", "kind", "said"),
    [
        (lambda: b"", TEMPLATE, "Choose a Word document"),
        (lambda: b"not a document", TEMPLATE, "This is not a Word document"),
        (lambda: rezipped(report_template(language("en")), {"word/vbaProject.bin": b"x"}), TEMPLATE, "holds macros"),
        (
            lambda: rezipped(report_template(language("en")), {"word/media/a.png": b"\0" * 101_000_000}),
            EARLIER,
            "too large",
        ),
        (from_elsewhere, EARLIER, "takes something from elsewhere: https://example.test/a.png"),
        (lambda: changed("{{ yaer }}"), TEMPLATE, "does not know: yaer."),
        (lambda: changed("{{ year"), TEMPLATE, "cannot be read: {{ year."),
        (lambda: changed("{% for letter in year %}"), TEMPLATE, "cannot be read"),
        (lambda: saved(docx.Document()), EARLIER, "none of the marked places"),
    ],
    ids=["nothing", "text", "macro", "bomb", "elsewhere", "unknown", "broken", "loop", "no places"],
)
def test_what_no_report_can_be_made_with_is_named_and_not_kept(site, document, kind, said):
    page = give(site.client("eira"), document(), kind, 422)
    assert said in page.text
    assert page.errors
    assert site.kept.keys(report_files_of(ROUND)) == []


def test_a_file_of_any_size_is_refused_where_it_was_chosen(site, monkeypatch):
    site.app.config["MAX_CONTENT_LENGTH"] = 20_000
    monkeypatch.setattr(security, "LARGEST_DOCUMENT", 20_000)
    client = site.client("eira")
    page = give(client, b"x" * 30_000, EARLIER, 422)
    assert "This is not a Word document" in page.text
    page = give(client, b"x" * 50_000, EARLIER, 413)
    assert "too large" in page.text
    assert page.errors


def test_the_template_of_the_service_can_be_had(site):
    client = site.client("eira")
    answer = client.browser.get(f"{PAGE}/service.cy.docx")
    assert answer.data == report_template(language("cy"))
    assert client.redirected(f"{PAGE}/template.cy.docx") == PAGE
