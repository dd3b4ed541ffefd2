"""The team’s own words in a report: read from an earlier one, and put into one that is made again.

Each place for them is a content control with a tag. Some programs lose the tag, keep the title, and draw the control
round its first paragraph only: then the place goes as far as the next heading or control.
"""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from io import BytesIO

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from survey.collection.errors import DomainError
from survey.languages import LANGUAGES, Language, Phrase, language
from survey.reporting.documents.word import Spoken, W, paragraph, run
from survey.reporting.reports import places

WITHOUT_PLACE = Phrase("report heading", "Own words that have no place in the template")
CONTROL, CONTENT, PARAGRAPH = qn("w:sdt"), qn("w:sdtContent"), qn("w:p")
LEFT_BEHIND = tuple(
    map(qn, ("w:bookmarkStart", "w:bookmarkEnd", "w:commentRangeStart", "w:commentRangeEnd", "w:commentReference"))
)
NOT_CARRIED = tuple(map(qn, ("w:footnoteReference", "w:endnoteReference")))
RELATED = qn("r:id"), qn("r:embed"), qn("r:link"), qn("r:pict"), qn("r:dm")


@dataclass(frozen=True, slots=True)
class ContentControl:
    """A place: its tag, or nothing where it was lost, its title, the control, and what stands in it."""

    tag: str
    title: str
    control: BaseOxmlElement
    content: tuple[BaseOxmlElement, ...]

    @property
    def is_within_paragraph(self) -> bool:
        """Whether the control stands round some words of its first paragraph only."""
        return bool(self.control.getparent().tag == PARAGRAPH)

    @property
    def is_empty(self) -> bool:
        """Whether nobody has written there: nothing, or what asks for it."""
        prompts = {"", *(language(code).say(places.WRITE_HERE) for code in LANGUAGES)}
        drawn = any(next(element.iter(qn("w:drawing")), None) is not None for element in self.content)
        return not drawn and "".join(map(_text, self.content)).strip() in prompts


def keep_own_words(report: Document, earlier: Document, reader: Language) -> None:
    """Put what was written in the places of an earlier report into those of this one.

    What has no place here any more comes at the end, in a place of its own. Raises DomainError("words_not_carried") for
    what cannot be taken along.
    """
    here = list(places_of(report))
    by_name = {control.title: control for control in here} | {control.tag: control for control in here if control.tag}
    homeless: list[tuple[ContentControl, list[BaseOxmlElement]]] = []
    for written in places_of(earlier):
        if written.is_empty:
            continue
        copied = [_carried(element, written, earlier, report) for element in written.content]
        target = by_name.get(written.tag) or by_name.get(written.title)
        if target is None:
            homeless.append((written, copied))
        else:
            _put(target, copied)
    if homeless:
        _append(report, homeless, reader)


def places_of(document: Document) -> Iterator[ContentControl]:
    """The places of a document, in their order: each outermost control that has a tag or a title."""
    for control in document.element.body.iter(CONTROL):
        properties = control.find(qn("w:sdtPr"))
        is_inside = any(above.tag == CONTROL for above in control.iterancestors())
        if properties is None or control.find(CONTENT) is None or is_inside:
            continue
        tag, title = (_value(properties, name) for name in ("w:tag", "w:alias"))
        if tag or title:
            yield ContentControl(tag, title, control, tuple(_content(control)))


def _content(control: BaseOxmlElement) -> Iterator[BaseOxmlElement]:
    above = control.getparent()
    if above.tag != PARAGRAPH:
        yield from control.find(CONTENT)
        return
    yield above
    for element in above.itersiblings():
        if element.tag == qn("w:sectPr") or _is_heading(element) or next(element.iter(CONTROL), None) is not None:
            return
        yield element


def _carried(element: BaseOxmlElement, written: ContentControl, earlier: Document, report: Document) -> BaseOxmlElement:
    """A copy of an element that stands by itself: out of its control, with its links and pictures."""
    copied: BaseOxmlElement = deepcopy(element)
    for control in list(copied.iter(CONTROL)):
        for child in list(control.find(CONTENT)):
            control.addprevious(child)
        control.getparent().remove(control)
    for left in list(copied.iter(*LEFT_BEHIND)):
        left.getparent().remove(left)
    if next(copied.iter(*NOT_CARRIED), None) is not None:
        raise DomainError("words_not_carried", place=written.title or written.tag)
    for numbering in list(copied.iter(qn("w:numPr"))):
        properties = numbering.getparent()
        properties.remove(numbering)
        properties.style = "ListBullet"
    for part in copied.iter():
        for attribute in set(RELATED) & set(part.attrib):
            part.set(attribute, _related(part.get(attribute), written, earlier, report))
    return copied


def _related(number: str, written: ContentControl, earlier: Document, report: Document) -> str:
    """What an element leads to, as the report has it: a link or a picture."""
    relation = earlier.part.rels.get(number)
    if relation is not None and relation.is_external and relation.reltype == RELATIONSHIP_TYPE.HYPERLINK:
        return report.part.relate_to(relation.target_ref, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    if relation is not None and not relation.is_external and relation.reltype == RELATIONSHIP_TYPE.IMAGE:
        taken, _ = report.part.get_or_add_image(BytesIO(relation.target_part.blob))
        return taken
    raise DomainError("words_not_carried", place=written.title or written.tag)


def _put(target: ContentControl, content: list[BaseOxmlElement]) -> None:
    """Write into a place, which has a whole control afterwards."""
    first = target.content[0] if target.is_within_paragraph else target.control
    first.addprevious(_control(target, content))
    for element in target.content if target.is_within_paragraph else (target.control,):
        element.getparent().remove(element)


def _append(report: Document, homeless: list[tuple[ContentControl, list[BaseOxmlElement]]], reader: Language) -> None:
    end = report.element.body.find(qn("w:sectPr"))
    end.addprevious(_heading(1, reader.say(WITHOUT_PLACE), reader))
    for written, content in homeless:
        end.addprevious(_heading(2, written.title or written.tag, reader))
        end.addprevious(_control(written, content))


def _control(of: ContentControl, content: list[BaseOxmlElement]) -> BaseOxmlElement:
    new = _parsed(places.control(of.tag or of.title, of.title or of.tag, ""))
    new.find(CONTENT).extend(content)
    return new


def _heading(level: int, text: str, reader: Language) -> BaseOxmlElement:
    return _parsed(paragraph(f"Heading{level}", run(Spoken(text, reader.tag))))


def _parsed(markup: str) -> BaseOxmlElement:
    """One element of a document."""
    body: BaseOxmlElement = parse_xml(f'<w:body xmlns:w="{W}">{markup}</w:body>')
    element: BaseOxmlElement = body[0]
    return element


def _is_heading(element: BaseOxmlElement) -> bool:
    style = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return style is not None and str(style.get(qn("w:val"))).startswith(("Heading", "Title"))


def _value(properties: BaseOxmlElement, name: str) -> str:
    element = properties.find(qn(name))
    return "" if element is None else str(element.get(qn("w:val"), ""))


def _text(element: BaseOxmlElement) -> str:
    return "".join(text.text or "" for text in element.iter(qn("w:t")))
