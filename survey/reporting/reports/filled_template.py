"""Fills in a template, which somebody may have changed in Word: names in double braces, and conditions on them.

Nothing else is taken from a template, so that it can neither fail half way nor reach anything but the names.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from io import BytesIO
from zipfile import BadZipFile

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import OpcError
from docxtpl import DocxTemplate
from jinja2 import Environment, StrictUndefined, nodes
from jinja2.exceptions import TemplateSyntaxError

from survey.collection.errors import DomainError
from survey.collection.package_file import LARGEST_DOCUMENT, opened
from survey.reporting.reports.misplaced_names import check_places

ALLOWED = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.If, nodes.Not)
ENVIRONMENT = Environment(autoescape=True, undefined=StrictUndefined)
LARGEST_UNPACKED = 100_000_000
UNREADABLE = (TemplateSyntaxError, SyntaxError, RecursionError)
MACROS = ("vbaproject.bin", "vbadata.xml")
_BRACES = re.compile(r"\{[{%#].*?[}%#]\}|\{[{%#].*", re.DOTALL)
_OF_PARAGRAPHS = re.compile(r"([{%]\{?)(?:p|r|tr|tc) ")


def word_document(content: bytes) -> DocxTemplate:
    """A Word document that somebody sent. Raises DomainError: word_document_too_large, not_a_word_document,
    word_document_with_macros, word_document_with_links (what it would fetch from elsewhere).
    """
    try:
        with opened(content, LARGEST_DOCUMENT, LARGEST_UNPACKED) as package:
            has_macros = any(name.lower().endswith(MACROS) for name in package.namelist())
    except DomainError as fault:
        too_large = fault.code == "file_too_large"
        raise DomainError("word_document_too_large" if too_large else "not_a_word_document") from fault
    try:
        document = DocxTemplate(BytesIO(content))
        document.init_docx()
    except (OpcError, BadZipFile, KeyError, ValueError, SyntaxError, AttributeError) as fault:
        raise DomainError("not_a_word_document") from fault
    if has_macros or "macroEnabled" in document.docx.part.content_type:
        raise DomainError("word_document_with_macros")
    elsewhere = next(_from_elsewhere(document), None)
    if elsewhere:
        raise DomainError("word_document_with_links", found=elsewhere[:100])
    return document


def fill_in(template: DocxTemplate, values: Mapping[str, str]) -> None:
    """Put a value in each place of a template. Values that are markup stay markup.

    Raises what `check_names` raises. Nothing is filled in then.
    """
    check_names(template, values)
    template.render(dict(values), ENVIRONMENT, autoescape=True)


def check_names(template: DocxTemplate, names: Collection[str]) -> None:
    """Raises DomainError: broken_placeholder (what cannot be read), unknown_placeholder (those that are not among the
    names), and what `check_places` raises."""
    unknown: dict[str, None] = {}
    for source in _sources(template):
        try:
            for node in _all(ENVIRONMENT.parse(source)):
                if not isinstance(node, ALLOWED):
                    raise DomainError("broken_placeholder", found=_line(source, node.lineno))
                if isinstance(node, nodes.Name) and node.name not in names:
                    unknown[node.name] = None
            ENVIRONMENT.compile(source)  # conditions may stand in one another too deep
        except UNREADABLE as fault:
            raise DomainError("broken_placeholder", found=_broken(source)) from fault
    if unknown:
        raise DomainError("unknown_placeholder", names=", ".join(unknown))
    check_places(template)


def _from_elsewhere(document: DocxTemplate) -> Iterator[str]:
    """What the document would fetch when it is opened, as a picture or a template that lies elsewhere. Links that a
    reader may follow are no such thing."""
    package = document.docx.part.package
    for relations in (package.rels, *(part.rels for part in package.iter_parts())):
        for relation in relations.values():
            if relation.is_external and relation.reltype != RELATIONSHIP_TYPE.HYPERLINK:
                yield relation.target_ref


def _sources(template: DocxTemplate) -> Iterator[str]:
    """Whatever is rendered: the body, headers and footers, footnotes, properties."""
    yield template.patch_xml(template.get_xml())
    for kind in (RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER):
        for _, part in template.get_headers_footers(kind):
            yield template.patch_xml(template.get_part_xml(part))
    for part in template.docx.part.package.iter_parts():
        if part.content_type.endswith("wordprocessingml.footnotes+xml"):
            yield template.patch_xml(part.blob.decode())
    properties = template.docx.core_properties
    for name in ("author", "comments", "identifier", "language", "subject", "title"):
        yield getattr(properties, name)


def _all(tree: nodes.Node) -> Iterator[nodes.Node]:
    yield tree
    for child in tree.iter_child_nodes():
        yield from _all(child)


def _broken(source: str) -> str:
    """The first thing in braces that cannot be read, as it stands in the template."""
    for match in _BRACES.finditer(source):
        piece = _plain(match[0])
        if piece.startswith("{%"):
            continue
        try:
            ENVIRONMENT.parse(_OF_PARAGRAPHS.sub(r"\1 ", piece))
        except UNREADABLE:
            return piece[:100]
    return "{% … %}"


def _line(source: str, number: int) -> str:
    lines = source.splitlines()
    pieces = [_plain(piece[0]) for piece in _BRACES.finditer(lines[min(number, len(lines)) - 1])]
    strange = (piece for piece in pieces if not re.fullmatch(r"\{\{\s*\w+\s*\}\}", piece))
    return next(strange, "{{ … }}")[:100]


def _plain(piece: str) -> str:
    return re.sub(r"<[^>]*>", "", piece)
