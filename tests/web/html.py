"""HTML as trees of plain tuples, so that two pieces can be compared whatever their spaces and order of attributes."""

import re
from copy import deepcopy
from functools import lru_cache
from typing import Any
from xml.etree.ElementTree import Element

import html5lib

Tree = tuple[Any, ...]
SVG = "http://www.w3.org/2000/svg"
NO_TOKEN = "a token"
TOKEN = re.compile(r'(?<=<input type="hidden" name="csrf_token" value=")[\w.-]+(?=">)')


def fragment(markup: str) -> list[Tree | str]:
    """Return the normalised content of a piece of HTML. Raises if it is not valid HTML."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return _content(parser.parseFragment(markup))


def document(markup: str) -> Element:
    """Return the root element of a page. Raises html5lib's ParseError if it is not valid HTML.

    What a test sees again, or another has seen, is not parsed again while nothing but its tokens is new.
    """
    tokens = iter(TOKEN.findall(markup))
    root = deepcopy(_parsed(TOKEN.sub(NO_TOKEN, markup)))
    for field in root.iter("input"):
        if (field.get("name"), field.get("value")) == ("csrf_token", NO_TOKEN):
            field.set("value", next(tokens))
    return root


@lru_cache(maxsize=200)
def _parsed(markup: str) -> Element:
    root: Element = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(markup)
    return root


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
