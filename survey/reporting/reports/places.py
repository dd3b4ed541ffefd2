"""The places for the team’s own words in a document: content controls with a tag, of any number of paragraphs."""

from xml.sax.saxutils import quoteattr
from zlib import crc32

from survey.languages import Language, Phrase
from survey.reporting.documents.word import Spoken, paragraph, run

WRITE_HERE = Phrase("report", "Write your own words here. They stay when the report is made again.")


def place(tag: str, title: str, prompt: Phrase, reader: Language) -> str:
    """A place that asks for words in a language."""
    return control(tag, title, paragraph("Prompted", run(Spoken(reader.say(prompt), reader.tag))))


def control(tag: str, title: str, content: str) -> str:
    """A content control round some paragraphs."""
    number = crc32(tag.encode()) // 2
    named = f'<w:alias w:val={quoteattr(title)}/><w:tag w:val={quoteattr(tag)}/><w:id w:val="{number}"/>'
    return f"<w:sdt><w:sdtPr>{named}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"
