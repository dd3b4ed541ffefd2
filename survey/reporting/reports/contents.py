"""The table of contents of a document: its chapters, with the page that each begins on.

It is made of the chapters that are there in the end, whatever a template adds. Each entry is a link and asks for its
page itself: nothing has to be looked up before the document is opened, and nobody is asked whether it may be.
"""

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from survey.languages import Language
from survey.reporting.documents.word import Spoken, W, paragraph, run

CHAPTER = "Heading1"
PLACE = "contents_place"
FIRST_NUMBER = 9_000
"""Of the bookmarks, so that they are not those of whoever wrote the template."""


def contents_place() -> str:
    """What stands where the contents will."""
    return paragraph("TOC1", _bookmark(FIRST_NUMBER, PLACE))


def add_contents(document: Document, reader: Language) -> None:
    """Put an entry for each chapter wherever `contents_place` stands, if it does."""
    body = document.element.body
    places = [mark.getparent() for mark in body.iter(qn("w:bookmarkStart")) if mark.get(qn("w:name")) == PLACE]
    if not places:
        return
    chapters = [chapter for chapter in body.iter(qn("w:p")) if _style(chapter) == CHAPTER and _text(chapter).strip()]
    entries = []
    for number, chapter in enumerate(chapters, FIRST_NUMBER + 1):
        name = f"contents_{number}"
        chapter.extend(_parsed(_bookmark(number, name)))
        entries.append(_entry(Spoken(_text(chapter), reader.tag), name))
    for place in places:
        for entry in _parsed("".join(entries)):
            place.addprevious(entry)
        place.getparent().remove(place)


def _entry(title: Spoken, name: str) -> str:
    page = "".join(
        f"<w:r>{part}</w:r>"
        for part in (
            "<w:tab/>",
            '<w:fldChar w:fldCharType="begin"/>',
            f'<w:instrText xml:space="preserve"> PAGEREF {name} \\h </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t/>",
            '<w:fldChar w:fldCharType="end"/>',
        )
    )
    return paragraph("TOC1", f'<w:hyperlink w:anchor="{name}" w:history="1">{run(title)}{page}</w:hyperlink>')


def _bookmark(number: int, name: str) -> str:
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/><w:bookmarkEnd w:id="{number}"/>'


def _parsed(markup: str) -> list[BaseOxmlElement]:
    return list(parse_xml(f'<w:body xmlns:w="{W}">{markup}</w:body>'))


def _style(element: BaseOxmlElement) -> str:
    style = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return "" if style is None else str(style.get(qn("w:val")))


def _text(element: BaseOxmlElement) -> str:
    return "".join(text.text or "" for text in element.iter(qn("w:t")))
