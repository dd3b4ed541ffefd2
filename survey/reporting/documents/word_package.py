"""The package of a Word document: its parts, with styles and lists, as a .docx file. The same content gives the same
bytes (ECMA-376, part 1, 17).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from survey.reporting.documents.word import Spoken, W, escaped, paragraph, run

W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
LANDSCAPE = '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
PORTRAIT = '<w:pgSz w:w="11906" w:h="16838"/>'
MARGINS = '<w:pgMar w:top="850" w:right="850" w:bottom="850" w:left="850" w:header="400" w:footer="400" w:gutter="0"/>'
PAGE_BREAK = "<w:pageBreakBefore/>"
NO_TIME = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class About:
    """What a document says of itself to programs: its title, who made it and when, the tag of its language."""

    title: str
    creator: str
    tag: str
    created: datetime


def form(body: Iterable[str], about: About, sealed: str) -> bytes:
    """The .docx file of a form, each first heading on a page of its own. `sealed` is carried along as data of its own,
    which programs keep and nobody reads.
    """
    seal = f'<pack xmlns="urn:myfyrio:meeting-pack">{escaped(sealed)}</pack>'
    return _package(
        _parts(
            body, about, f"{LANDSCAPE}{MARGINS}", PAGE_BREAK, '<w:documentProtection w:edit="forms" w:enforcement="1"/>'
        )
        | {
            "[Content_Types].xml": _CONTENT_TYPES.replace("</Types>", f"{_OF_PROPERTIES}</Types>"),
            "word/_rels/document.xml.rels": _relations(*_OF_DOCUMENT, ("customXml", "../customXml/item1.xml")),
            "customXml/item1.xml": seal,
            "customXml/_rels/item1.xml.rels": _relations(("customXmlProps", "itemProps1.xml")),
            "customXml/itemProps1.xml": '<ds:datastoreItem ds:itemID="{6D796679-7269-6F00-7061-636B00000001}" '
            f'xmlns:ds="{OFFICE}/customXml"/>',
        }
    )


def document(body: Iterable[str], about: About) -> bytes:
    """The .docx file of a document to read."""
    return _package(_parts(body, about, f"{PORTRAIT}{MARGINS}", "", ""))


def paged_document(body: Iterable[str], about: About, head: str) -> bytes:
    """The .docx file of a document to read that has several pages: a number at the foot of each, and a line (`head`)
    at the head of all but the first."""
    number = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    parts = _parts(body, about, f"{_HEAD_AND_FOOT}{PORTRAIT}{MARGINS}<w:titlePg/>", "", "")
    return _package(
        parts
        | {
            "[Content_Types].xml": _CONTENT_TYPES.replace("</Types>", f"{_OF_HEAD_AND_FOOT}</Types>"),
            "word/_rels/document.xml.rels": _relations(
                *_OF_DOCUMENT, ("footer", "footer1.xml"), ("header", "header1.xml")
            ),
            "word/footer1.xml": f'<w:ftr xmlns:w="{W}">{paragraph("PageNumber", number)}</w:ftr>',
            "word/header1.xml": f'<w:hdr xmlns:w="{W}">{paragraph("PageHead", run(Spoken(head, about.tag)))}</w:hdr>',
        }
    )


def packed(content: bytes) -> bytes:
    """A package that another program wrote, with no time in it: the same parts give the same bytes."""
    with ZipFile(BytesIO(content)) as package:
        return _zipped({name: package.read(name) for name in package.namelist()})


def _parts(body: Iterable[str], about: About, page: str, start: str, protection: str) -> dict[str, str]:
    """By name, what every document is made of. `page` says how its pages are, `start` how a first heading begins."""
    moment = about.created.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    core = (
        f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escaped(about.title)}</dc:title><dc:creator>{escaped(about.creator)}</dc:creator>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{moment}</dcterms:created><dc:language>{about.tag}</dc:language>'
        "</cp:coreProperties>"
    )
    return {
        "[Content_Types].xml": _CONTENT_TYPES,
        "_rels/.rels": _relations(("officeDocument", "word/document.xml"), ("core", "docProps/core.xml")),
        "docProps/core.xml": core,
        "word/document.xml": f'<w:document xmlns:w="{W}" xmlns:r="{OFFICE}/relationships" xmlns:w14="{W14}">'
        f"<w:body>{''.join(body)}<w:sectPr>{page}</w:sectPr></w:body></w:document>",
        "word/_rels/document.xml.rels": _relations(*_OF_DOCUMENT),
        "word/styles.xml": _STYLES.replace("{tag}", about.tag).replace("{start}", start),
        "word/numbering.xml": _BULLETS,
        "word/settings.xml": f'<w:settings xmlns:w="{W}">{protection}<w:themeFontLang w:val="{about.tag}"/>'
        "</w:settings>",
    }


def _package(parts: Mapping[str, str]) -> bytes:
    return _zipped({name: (HEAD + content).encode() for name, content in parts.items()})


def _zipped(parts: Mapping[str, bytes]) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as package:
        for name, content in parts.items():
            info = ZipInfo(name, NO_TIME)
            info.compress_type = ZIP_DEFLATED
            package.writestr(info, content)
    return file.getvalue()


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
    f'<Override PartName="/word/numbering.xml" ContentType="{_MAIN}.numbering+xml"/>'
    f'<Override PartName="/word/settings.xml" ContentType="{_MAIN}.settings+xml"/>'
    '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
    "</Types>"
)
_OF_PROPERTIES = (
    '<Override PartName="/customXml/itemProps1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.customXmlProperties+xml"/>'
)
_OF_HEAD_AND_FOOT = (
    f'<Override PartName="/word/footer1.xml" ContentType="{_MAIN}.footer+xml"/>'
    f'<Override PartName="/word/header1.xml" ContentType="{_MAIN}.header+xml"/>'
)
_HEAD_AND_FOOT = (
    '<w:headerReference w:type="default" r:id="rId5"/><w:footerReference w:type="default" r:id="rId4"/>'
    '<w:footerReference w:type="first" r:id="rId4"/>'
)
_BLUE = '<w:color w:val="1F3A5F"/>'
_SMALL = '<w:sz w:val="18"/>'
_RIGHT = '<w:jc w:val="right"/>'
_OF_DOCUMENT = (("styles", "styles.xml"), ("numbering", "numbering.xml"), ("settings", "settings.xml"))
_KEPT = '<w:keepNext/>{start}<w:spacing w:before="{before}" w:after="80"/><w:outlineLvl w:val="{level}"/>'
_STYLES = (
    f'<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr>'
    '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial" w:eastAsia="Arial"/><w:sz w:val="22"/>'
    '<w:lang w:val="{tag}"/></w:rPr></w:rPrDefault>'
    "<w:pPrDefault><w:pPr><w:widowControl/></w:pPr></w:pPrDefault></w:docDefaults>"
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
        for level, size, before, start in (
            (1, 34, 360, "{start}"),
            (2, 28, 240, ""),
            (3, 24, 200, ""),
            (4, 22, 160, ""),
        )
    )
    + _style("paragraph", "Aside", "Aside", '<w:color w:val="5F6B76"/><w:sz w:val="18"/>')
    + _style(
        "paragraph", "Quote", "Quote", "", '<w:keepNext/><w:keepLines/><w:spacing w:before="120"/><w:ind w:left="400"/>'
    )
    + _style("paragraph", "QuoteSource", "Quote Source", _SMALL, '<w:spacing w:after="160"/><w:ind w:left="400"/>')
    + _style("paragraph", "Asked", "Asked", "", '<w:keepNext/><w:spacing w:before="120" w:after="20"/>')
    + _style("paragraph", "Fact", "Fact", "", '<w:keepNext/><w:spacing w:before="40" w:after="20"/>')
    + "".join(
        _style(
            "paragraph",
            name,
            shown,
            "",
            f'{kept}<w:keepLines/><w:spacing w:before="0" w:after="120"/><w:ind w:left="400"/>',
        )
        for name, shown, kept in (("Reply", "Reply", ""), ("ReplyWithMore", "Reply With More", "<w:keepNext/>"))
    )
    + _style("paragraph", "Caption", "caption", "<w:b/>", '<w:keepNext/><w:spacing w:before="200" w:after="80"/>')
    + _style("paragraph", "TableHead", "Table Head", f"<w:b/>{_SMALL}", "<w:keepNext/>")
    + _style(
        "paragraph", "TableHeadNumber", "Table Head Number", f"<w:b/>{_SMALL}", '<w:keepNext/><w:jc w:val="right"/>'
    )
    + _style("paragraph", "TableText", "Table Text", _SMALL)
    + _style("paragraph", "TableTextNumber", "Table Text Number", _SMALL, _RIGHT)
    + _style("paragraph", "TableEnd", "Table End", '<w:sz w:val="8"/>')
    + _style("paragraph", "Prompted", "Prompted", '<w:color w:val="5F6B76"/>')
    + _style("paragraph", "PageNumber", "Page Number Line", _SMALL, '<w:jc w:val="center"/>')
    + _style(
        "paragraph",
        "PageHead",
        "Page Head",
        '<w:color w:val="5F6B76"/><w:sz w:val="16"/>',
        '<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="2" w:color="5F6B76"/></w:pBdr><w:spacing w:after="120"/>',
    )
    + _style("paragraph", "ContentsHeading", "Contents Heading", f'<w:b/><w:sz w:val="28"/>{_BLUE}', "<w:keepNext/>")
    + _style(
        "paragraph",
        "TOC1",
        "toc 1",
        "",
        '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="10200"/></w:tabs><w:spacing w:before="0" w:after="20"/>',
    )
    + _style("paragraph", "ListBullet", "List Bullet", "", '<w:numPr><w:numId w:val="1"/></w:numPr>')
    + _style("character", "Prompt", "Placeholder Text", '<w:color w:val="5F6B76"/>')
    + '<w:style w:type="table" w:styleId="Grid"><w:name w:val="Table Grid"/><w:tblPr><w:tblBorders>'
    + "".join(
        f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="5F6B76"/>'
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    + '</w:tblBorders><w:tblCellMar><w:left w:w="100" w:type="dxa"/><w:right w:w="100" w:type="dxa"/></w:tblCellMar>'
    + "</w:tblPr></w:style></w:styles>"
)
_BULLETS = (
    f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="singleLevel"/>'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/>'
    '<w:pPr><w:ind w:left="500" w:hanging="300"/></w:pPr></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)
