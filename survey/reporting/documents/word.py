"""What stands in a Word document, to fill in or to read, as WordprocessingML (ECMA-376, part 1, 17).

Only what is needed: headings, paragraphs, lists, tables with a header, and content controls, which are all that the
protection of a form, without a password, lets anybody change. Written by hand, because no library draws content
controls.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from survey.collection.meeting_packs.document_file import PROMPT, TICKED, UNTICKED
from survey.reporting.typesetting import printable

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LONG_ROW = 1200
"""The height of a row for a text of several lines, in twentieths of a point: room to write by hand."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A text in a language, given by its tag."""

    text: str
    tag: str


def paragraph(style: str, *runs: str) -> str:
    """A paragraph of runs, which `run` and `control` give, in a style of `STYLES`."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{"".join(runs)}</w:p>'


def run(spoken: Spoken, *, bold: bool = False) -> str:
    """A text in a paragraph; line ends become breaks."""
    weight = "<w:b/>" if bold else ""
    return f'<w:r><w:rPr>{weight}<w:lang w:val="{spoken.tag}"/></w:rPr>{_broken(spoken.text)}</w:r>'


def kept(paragraphs: str) -> str:
    """Paragraphs that `paragraph` gave, each on the page on which the next one begins."""
    return paragraphs.replace('"/></w:pPr>', '"/><w:keepNext/></w:pPr>')


def aside(spoken: Spoken) -> str:
    """A paragraph that stands back."""
    return paragraph("Aside", run(spoken))


def text_control(tag: str, title: str, text: str) -> str:
    """A content control to type into."""
    return _control(tag, title, '<w:text w:multiLine="1"/>', text)


def date_control(tag: str, title: str, text: str, language: str) -> str:
    """A content control for a date, typed or chosen from a calendar."""
    kind = f'<w:date><w:dateFormat w:val="dd/MM/yyyy"/><w:lid w:val="{language}"/></w:date>'
    return _control(tag, title, kind, text)


def list_control(tag: str, title: str, labels: Iterable[str], chosen: str) -> str:
    """A content control to choose from a list."""
    items = "".join(f"<w:listItem w:displayText={_quoted(label)} w:value={_quoted(label)}/>" for label in labels)
    return _control(tag, title, f"<w:dropDownList>{items}</w:dropDownList>", chosen)


def tick_control(tag: str, title: str, *, is_ticked: bool) -> str:
    """A content control to tick."""
    states = "".join(
        f'<w14:{name} w14:val="{ord(sign):04X}" w14:font="MS Gothic"/>'
        for name, sign in (("checkedState", TICKED), ("uncheckedState", UNTICKED))
    )
    kind = f'<w14:checkbox><w14:checked w14:val="{int(is_ticked)}"/>{states}</w14:checkbox>'
    return _control(tag, title, kind, TICKED if is_ticked else UNTICKED)


def table(title: str, widths: Sequence[int], head: Sequence[str], rows: Iterable[tuple[Sequence[str], int]]) -> str:
    """A table whose header is repeated on every page. Cells are paragraphs; a row has a least height, or 0."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    header = _row(widths, head, "<w:tblHeader/>")
    body = "".join(
        _row(widths, cells, f'<w:trHeight w:val="{height}" w:hRule="atLeast"/>' if height else "")
        for cells, height in rows
    )
    look = f'<w:tblStyle w:val="Grid"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
    named = f'<w:tblLook w:firstRow="1"/><w:tblCaption w:val={_quoted(title)}/>'
    return f"<w:tbl><w:tblPr>{look}{named}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{header}{body}</w:tbl>"


def _control(tag: str, title: str, kind: str, text: str) -> str:
    style = "" if text else '<w:rPr><w:rStyle w:val="Prompt"/></w:rPr>'
    placeholder = "" if text else "<w:showingPlcHdr/>"
    properties = (
        f'<w:alias w:val={_quoted(title[:64])}/><w:tag w:val="{tag}"/><w:id w:val="{tag}"/>'
        f'<w:lock w:val="sdtLocked"/>{placeholder}{kind}'
    )
    content = f"<w:r>{style}{_broken(text or PROMPT)}</w:r>"
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def _row(widths: Sequence[int], cells: Sequence[str], properties: str) -> str:
    drawn = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{cell}</w:tc>'
        for width, cell in zip(widths, cells, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{properties}</w:trPr>{drawn}</w:tr>"


def _broken(text: str) -> str:
    lines = (f'<w:t xml:space="preserve">{escaped(line)}</w:t>' for line in printable(text).split("\n"))
    return "<w:br/>".join(lines)


def escaped(text: str) -> str:
    """A text as XML has it, without what it cannot hold."""
    return escape(printable(text))


def _quoted(text: str) -> str:
    return quoteattr(printable(text).replace("\n", " "))
