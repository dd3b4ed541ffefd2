"""HTML as trees of plain tuples, so that two pieces can be compared whatever their spaces and order of attributes."""

import re
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from lxml import etree

from tests.found_good import Found

Tree = tuple[Any, ...]
SVG = "http://www.w3.org/2000/svg"
NOT_PLAIN = r"\x00-\x08\x0b\x0e-\x1f\x7f-\x9f&<>"
TEXT = re.compile(f">[^{NOT_PLAIN}]*[^{NOT_PLAIN}\\s][^{NOT_PLAIN}]*<")
VALUE = re.compile(r'(\s[^\s"\'<>/=]+=)"([^"]*)"')

found_valid = Found()


def fragment(markup: str) -> list[Tree | str]:
    """Return the normalised content of a piece of HTML. Raises if it is not valid HTML."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return _content(parser.parseFragment(markup))


def document(markup: str) -> Element:
    """Return the root element of a page. Raises html5lib's ParseError if it is not valid HTML."""
    check_valid(markup)
    return tree(markup)


def check_valid(markup: str) -> None:
    """Raise html5lib's ParseError if a page is not valid HTML.

    Whether it is valid hangs on its tags, not on its words: pages that differ in those alone are asked once.
    """
    skeleton = VALUE.sub(_without_words, TEXT.sub(">x<", markup))
    if not found_valid.has(skeleton):
        html5lib.HTMLParser(strict=True).parse(skeleton)
        found_valid.note(skeleton)


def tree(markup: str) -> Element:
    """Return the root element of a page that is known to be valid, so that any parser reads it alike: this one takes a
    twentieth of the time.
    """
    parser = etree.HTMLParser(remove_comments=True, huge_tree=True)
    root: Element = etree.fromstring(markup.replace("\r\n", "\n"), parser)
    for part in [part for drawing in root.iter("svg") for part in drawing.iter()]:
        part.tag = f"{{{SVG}}}{part.tag}"
    for box in root.iter("textarea", "pre"):
        box.text = (box.text or "").removeprefix("\n")
    return root


def _without_words(attribute: re.Match[str]) -> str:
    return attribute[0] if re.search(f"[{NOT_PLAIN}]", attribute[2]) else f'{attribute[1]}""'


def texts_of_charts(page: Element) -> list[str]:
    """What stands on the drawings of a page, in order."""
    return [text_of(text) for text in page.iter(f"{{{SVG}}}text")]


def text_of(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _content(element: Element) -> list[Tree | str]:
    content: list[Tree | str] = []
    _add_text(content, element.text)
    for child in element:
        if isinstance(child.tag, str):
            content.append((child.tag, _attributes(child), _content(child)))
        _add_text(content, child.tail)
    return content


def _add_text(content: list[Tree | str], text: str | None) -> None:
    words = " ".join((text or "").split())
    if words:
        content.append(words)


def _attributes(element: Element) -> list[tuple[str, Any]]:
    return sorted((name, sorted(value.split()) if name == "class" else value) for name, value in element.attrib.items())
