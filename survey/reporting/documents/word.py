"""A Word document that can be filled in: its parts as WordprocessingML, and the package that they make.

Only what a form needs: headings, paragraphs, tables with a header, and content controls, which are all that the
document's protection, without a password, lets anybody change. Written by hand, because no library draws content
controls; the same content gives the same bytes (ECMA-376, part 1, 17).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from survey.collection.meeting_packs.document_file import PROMPT, TICKED, UNTICKED
from survey.reporting.xlsx.text import printable

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
LONG_ROW = 1200
"""The height of a row for a text of several lines, in twentieths of a point: room to write by hand."""
NO_TIME = (1980, 1, 1, 0, 0, 0)


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


def document(body: Iterable[str], *, title: str, creator: str, tag: str, created: datetime, sealed: str) -> bytes:
    """The .docx file. `sealed` is carried along as data of its own, which programs keep and nobody reads."""
    page = (
        '<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
        '<w:pgMar w:top="850" w:right="850" w:bottom="850" w:left="850" w:header="400" w:footer="400" w:gutter="0"/>'
        "</w:sectPr>"
    )
    whole = f'<w:document xmlns:w="{W}" xmlns:w14="{W14}"><w:body>{"".join(body)}{page}</w:body></w:document>'
    moment = created.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    core = (
        f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{_escaped(title)}</dc:title><dc:creator>{_escaped(creator)}</dc:creator>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{moment}</dcterms:created><dc:language>{tag}</dc:language>'
        "</cp:coreProperties>"
    )
    seal = f'<pack xmlns="urn:myfyrio:meeting-pack">{_escaped(sealed)}</pack>'
    parts = {
        "[Content_Types].xml": _CONTENT_TYPES,
        "_rels/.rels": _relations(("officeDocument", "word/document.xml"), ("core", "docProps/core.xml")),
        "docProps/core.xml": core,
        "word/document.xml": whole,
        "word/_rels/document.xml.rels": _relations(
            ("styles", "styles.xml"), ("settings", "settings.xml"), ("customXml", "../customXml/item1.xml")
        ),
        "word/styles.xml": _STYLES.replace("{tag}", tag),
        "word/settings.xml": f'<w:settings xmlns:w="{W}"><w:documentProtection w:edit="forms" w:enforcement="1"/>'
        f'<w:themeFontLang w:val="{tag}"/></w:settings>',
        "customXml/item1.xml": seal,
        "customXml/_rels/item1.xml.rels": _relations(("customXmlProps", "itemProps1.xml")),
        "customXml/itemProps1.xml": '<ds:datastoreItem ds:itemID="{6D796679-7269-6F00-7061-636B00000001}" '
        f'xmlns:ds="{OFFICE}/customXml"/>',
    }
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as package:
        for name, content in parts.items():
            info = ZipInfo(name, NO_TIME)
            info.compress_type = ZIP_DEFLATED
            package.writestr(info, HEAD + content)
    return file.getvalue()


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
    lines = (f'<w:t xml:space="preserve">{_escaped(line)}</w:t>' for line in printable(text).split("\n"))
    return "<w:br/>".join(lines)


def _escaped(text: str) -> str:
    return escape(printable(text))


def _quoted(text: str) -> str:
    return quoteattr(printable(text).replace("\n", " "))


def _relations(*targets: tuple[str, str]) -> str:
    kinds = {"core": f"{PACKAGE}/relationships/metadata/core-properties"}
    each = "".join(
        f'<Relationship Id="rId{number}" Type="{kinds.get(kind, f"{OFFICE}/relationships/{kind}")}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{each}</Relationships>'


def _style(kind: str, name: str, shown: str, text: str, paragraph_look: str = "", more: str = "") -> str:
    layout = f"<w:pPr>{paragraph_look}</w:pPr>" if paragraph_look else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{name}"{more}><w:name w:val="{shown}"/><w:qFormat/>'
        f"{layout}<w:rPr>{text}</w:rPr></w:style>"
    )


_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_CONTENT_TYPES = (
    f'<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_MAIN}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_MAIN}.styles+xml"/>'
    f'<Override PartName="/word/settings.xml" ContentType="{_MAIN}.settings+xml"/>'
    '<Override PartName="/customXml/itemProps1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.customXmlProperties+xml"/>'
    '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
    "</Types>"
)
_BLUE = '<w:color w:val="1F3A5F"/>'
_KEPT = '<w:keepNext/>{start}<w:spacing w:before="{before}" w:after="80"/><w:outlineLvl w:val="{level}"/>'
_STYLES = (
    f'<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr>'
    '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial" w:eastAsia="Arial"/><w:sz w:val="22"/>'
    '<w:lang w:val="{tag}"/></w:rPr></w:rPrDefault></w:docDefaults>'
    + _style("paragraph", "Normal", "Normal", "", '<w:spacing w:before="40" w:after="80"/>', ' w:default="1"')
    + _style("paragraph", "Title", "Title", f'<w:b/><w:sz w:val="44"/>{_BLUE}', '<w:spacing w:after="160"/>')
    + "".join(
        _style(
            "paragraph",
            f"Heading{level}",
            f"heading {level}",
            f'<w:b/><w:sz w:val="{size}"/>{_BLUE}',
            _KEPT.format(start=start, before=before, level=level - 1),
        )
        for level, size, before, start in ((1, 34, 0, "<w:pageBreakBefore/>"), (2, 28, 240, ""), (3, 24, 200, ""))
    )
    + _style("paragraph", "Aside", "Aside", '<w:color w:val="5F6B76"/><w:sz w:val="18"/>')
    + _style("character", "Prompt", "Placeholder Text", '<w:color w:val="5F6B76"/>')
    + '<w:style w:type="table" w:styleId="Grid"><w:name w:val="Table Grid"/><w:tblPr><w:tblBorders>'
    + "".join(
        f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="5F6B76"/>'
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    + '</w:tblBorders><w:tblCellMar><w:left w:w="100" w:type="dxa"/><w:right w:w="100" w:type="dxa"/></w:tblCellMar>'
    + "</w:tblPr></w:style></w:styles>"
)
