"""Names in double braces that stand where what they stand for cannot: Word would call the report damaged, or words of
the template would be lost."""

import re
from collections.abc import Iterator
from itertools import chain
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docxtpl import DocxTemplate

from survey.collection.errors import DomainError
from survey.reporting.reports.template import TEXTS

_NAME = re.compile(r"\{\{(?:(p|r|tr|tc)\s)?\s*(\w+)\s*\}\}")


def check_places(template: DocxTemplate) -> None:
    """Raises DomainError: chapter_among_words (one without a paragraph of its own, or in a header or footer),
    words_as_chapter (a name of a few words that is marked as a whole paragraph)."""
    body = template.docx.element.body
    in_margins = chain.from_iterable(_paragraphs(root) for root in _headers_and_footers(template))
    for place, text in chain((("body", text) for text in _paragraphs(body)), (("margin", text) for text in in_margins)):
        for match in _NAME.finditer(text):
            mark, name = match.groups()
            if name in TEXTS and mark:
                raise DomainError("words_as_chapter", found=match[0], right=f"{{{{ {name} }}}}")
            alone = place == "body" and mark == "p" and text.strip() == match[0]
            if name not in TEXTS and not alone:
                raise DomainError("chapter_among_words", found=match[0], right=f"{{{{p {name} }}}}")


def _headers_and_footers(template: DocxTemplate) -> Iterator[Any]:
    for kind in (RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER):
        for _, part in template.get_headers_footers(kind):
            yield parse_xml(part.blob)


def _paragraphs(root: Any) -> Iterator[str]:
    """The text of each paragraph, without that of paragraphs in it (text boxes)."""
    for paragraph in root.iter(qn("w:p")):
        own = (piece for piece in paragraph.iter(qn("w:t")) if next(piece.iterancestors(qn("w:p"))) is paragraph)
        yield "".join(piece.text or "" for piece in own)
