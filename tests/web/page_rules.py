"""What holds for every page. A rule yields one line for each fault it finds."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from survey import languages
from survey.languages import LANGUAGES, MISSING_MARK, PSEUDO
from tests.web.html import text_of

if TYPE_CHECKING:
    from tests.web.checking_client import Page

OPEN, CLOSE = "⟦", "⟧"
SERVICE = " – Myfyrio"
UNSEEN = ("script", "style", "template")


def is_control(element: Element) -> bool:
    """Whether an element is a field that is sent with its form."""
    return element.tag in ("input", "select", "textarea") and bool(element.get("name"))


def title(page: "Page") -> Iterator[str]:
    """A page has one title, which names the service and says so when there is an error."""
    titles = page.all("title")
    if len(titles) != 1 or not page.title.removesuffix(SERVICE).strip() or not page.title.endswith(SERVICE):
        yield f"titles: {[text_of(element) for element in titles]}"
    if page.language in (*LANGUAGES, PSEUDO):
        says_so = page.title.startswith(languages.language(page.language).pgettext("page title", "Error:"))
        if says_so != bool(page.by_class("nhsuk-error-summary")):
            yield f"title: {page.title}; error summary: {not says_so}"


def language(page: "Page") -> Iterator[str]:
    """A page says which language it is in."""
    if page.language in (*LANGUAGES, PSEUDO) and page.root.get("lang") != page.language:
        yield f"lang is {page.root.get('lang')}"


def switch(page: "Page") -> Iterator[str]:
    """A page has a switch to the other language, which names that language in its own words."""
    if page.language not in (*LANGUAGES, PSEUDO):
        return
    other = "en" if page.language == "cy" else "cy"
    name = {"cy": "Cymraeg", "en": "English"}[other]
    switches = [
        element
        for element in page.root.iter()
        if element.get("lang") == other and text_of(element) == name and not element.get("translate")
        if element.get("hreflang") == other or element.get("name") == "switch_language"
    ]
    if len(switches) != 1:
        yield f"there are {len(switches)} switches"
    if any(element.tag == "button" and element.get("hreflang") for element in switches):
        yield "a button may not have hreflang"


def headings(page: "Page") -> Iterator[str]:
    """A page has one first heading and leaves out no level."""
    levels = [int(element.tag[1]) for element in page.root.iter() if re.fullmatch("h[1-6]", str(element.tag))]
    if levels.count(1) != 1:
        yield f"levels: {levels}"
    in_main = [int(e.tag[1]) for main in page.all("main") for e in main.iter() if re.fullmatch("h[1-6]", str(e.tag))]
    # The error summary stands before the first heading.
    after = in_main[in_main.index(1) :] if 1 in in_main else []
    for above, below in pairwise(after):
        if below > above + 1:
            yield f"h{below} follows h{above}"


def ids(page: "Page") -> Iterator[str]:
    """Ids are unique, and what refers to one finds it."""
    counted = Counter(element.get("id") for element in page.root.iter() if element.get("id") is not None)
    yield from (f"id {identity} is there {count} times" for identity, count in counted.items() if count > 1)
    for element in page.root.iter():
        for attribute in ("for", "form", "aria-describedby", "aria-labelledby", "aria-controls", "data-aria-controls"):
            for identity in element.get(attribute, "").split():
                if identity not in counted:
                    yield f"<{element.tag}> {attribute}={identity}: no such id"
        href = element.get("href", "")
        if href.startswith("#") and href[1:] not in counted:
            yield f"a link leads to {href}: no such id"


def labels(page: "Page") -> Iterator[str]:
    """Every control has words that name it, and every button has words on it."""
    labelled = {label.get("for") for label in page.all("label") if text_of(label)}
    for element in page.root.iter():
        hidden = element.get("type") == "hidden"
        if is_control(element) and not hidden and element.get("id") not in labelled and not element.get("aria-label"):
            yield f"<{element.tag} name={element.get('name')}> has no label"
        if element.tag in ("button", "a", "legend", "th", "caption") and not text_of(element):
            yield f"<{element.tag}> has no words"


def forms(page: "Page") -> Iterator[str]:
    """A form says where it goes, leaves checking to us, and carries a token when it changes anything."""
    for form in page.all("form"):
        name = form.get("id") or form.get("action")
        if not form.get("action", "").startswith("/"):
            yield f"form {name} has the action {form.get('action')}"
        if "novalidate" not in form.attrib:
            yield f"form {name} is checked by the browser, in the browser’s language"
        tokens = [field.get("value") for field in form.iter("input") if field.get("name") == "csrf_token"]
        if form.get("method", "get") == "post" and (len(tokens) != 1 or not tokens[0]):
            yield f"form {name} has {len(tokens)} tokens"


def safety(page: "Page") -> Iterator[str]:
    """A page is sent with the security headers, and holds no script or style of its own."""
    policy = page.headers.get("Content-Security-Policy", "")
    if "default-src 'none'" not in policy or "unsafe" in policy or "frame-ancestors 'none'" not in policy:
        yield f"content security policy: {policy}"
    kept = page.headers["Cache-Control"]
    # Only what has been published may be kept by anybody.
    is_kept_well = "no-store" in kept or (kept.startswith("public") and page.path.split("/")[2] == "releases")
    if page.headers.get("X-Content-Type-Options") != "nosniff" or not is_kept_well:
        yield f"headers: {dict(page.headers)}"
    for element in page.root.iter():
        if element.tag == "style" or (element.tag == "script" and not element.get("src")):
            yield f"<{element.tag}> in the page"
        for name, value in element.attrib.items():
            if name.startswith("on") or name == "style" or value.lower().startswith(("javascript:", "data:")):
                yield f'<{element.tag} {name}="{value}">'
        source = element.get("src") or (element.get("href") if element.tag == "link" else None)
        if source and not source.startswith("/"):
            yield f"<{element.tag}> comes from {source}"


def words(page: "Page") -> Iterator[str]:
    """No message is untranslated, escaped twice, or left with a placeholder in it; of a pattern, translators see it."""
    patterns = {text for element in page.root.iter() if "data-pattern" in element.attrib for text in texts(element)}
    for text in texts(page.root):
        if MISSING_MARK in text:
            yield f"not translated: {text}"
        if re.search(r"&(amp|lt|gt|quot|#\d+);", text):
            yield f"escaped twice: {text}"
        if re.search(r"%\(\w+\)[sd]|\{\w+\}|\bUndefined\b|(?<!-)\bNone\b", text) and text not in patterns:
            yield f"not filled in: {text}"


def pseudo_language(page: "Page") -> Iterator[str]:
    """In the pseudo-language every word is bracketed, or said to be of another language or of none."""
    if page.language != PSEUDO:
        return
    if not page.title.startswith(OPEN):
        yield f"title: {page.title}"
    for body in page.all("body"):
        depth = 0
        for text in texts(body, foreign=False):
            bare = ""
            for letter in text:
                depth += (letter == OPEN) - (letter == CLOSE)
                bare += letter if letter.isalpha() and not depth else ""
            if bare:
                yield f"untranslated: {text}"


def texts(element: Element, *, foreign: bool = True) -> Iterator[str]:
    """Yield every text a person reads or hears below an element, in order; without `foreign`, only the page’s own."""
    if element.tag in UNSEEN or not isinstance(element.tag, str):
        return
    own = foreign or element.tag in ("html", "body") or not (element.get("lang") or element.get("translate") == "no")
    if own:
        yield from (element.attrib[name] for name in ("aria-label", "alt", "placeholder") if name in element.attrib)
        if element.text and element.text.strip():
            yield element.text
        for child in element:
            yield from texts(child, foreign=foreign)
            if child.tail and child.tail.strip():
                yield child.tail


RULES: tuple[Callable[["Page"], Iterator[str]], ...] = (
    title,
    language,
    switch,
    headings,
    ids,
    labels,
    forms,
    safety,
    words,
    pseudo_language,
)
