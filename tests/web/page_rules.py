"""What holds for every page. A rule yields one line for each fault it finds."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from http.client import OK
from itertools import pairwise
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from html5lib.html5parser import ParseError
from lxml.etree import XPath

from survey import languages
from survey.languages import LANGUAGES, MISSING_MARK, PSEUDO
from tests.web.html import check_valid, text_of

if TYPE_CHECKING:
    from tests.web.checking_client import Page

OPEN, CLOSE = "⟦", "⟧"
SERVICE = " – Myfyrio"

# A path finds what a rule asks about in a hundredth of the time that going through a page’s elements takes.
IDS = XPath("//@id", smart_strings=False)
REFERENCES = XPath(
    "//@for | //@form | //@aria-describedby | //@aria-labelledby | //@aria-controls | //@data-aria-controls"
)
LINKS_WITHIN = XPath("//@href[starts-with(., '#')]", smart_strings=False)
IN_LANGUAGE = XPath("//*[@lang=$language]")
HEADINGS = XPath("//h1 | //h2 | //h3 | //h4 | //h5 | //h6")
HEADINGS_IN_MAIN = XPath("//main//*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5 or self::h6]")
CONTROLS = XPath("(//input[not(@type='hidden')] | //select | //textarea)[@name!='']")
HAVE_WORDS = XPath("//button | //a | //legend | //th | //caption")
ENHANCED = XPath(
    "boolean(//*[@data-list or @data-ranking or @data-reads or @data-figure or @data-show-when or @data-draft])"
)
OWN_CODE = XPath("//style | //script[not(@src) or @src='']")
TURNING = XPath("//a[@rel='next' or @rel='prev']")
SOURCES = XPath("//@src[.!=''] | //link[not(@src) or @src='']/@href[.!='']")
PATTERNS = XPath("//*[@data-pattern]")
FOREIGN = "ancestor::*[not(self::html or self::body)][@lang!='' or @translate='no']"
TEXTS = XPath(
    "descendant::text()[not(parent::script or parent::style)][normalize-space()][not(ancestor::template)]",
    smart_strings=False,
)
OWN_TEXTS = XPath(f"({TEXTS.path})[not({FOREIGN})]", smart_strings=False)
SAID = XPath(
    "descendant-or-self::*[@aria-label or @alt or @placeholder]/@*"
    "[name()='aria-label' or name()='alt' or name()='placeholder']",
    smart_strings=False,
)
OWN_SAID = XPath(f"({SAID.path})[not({FOREIGN})]", smart_strings=False)

ESCAPED_TWICE = re.compile(r"&(amp|lt|gt|quot|#\d+);")
NOT_FILLED_IN = re.compile(r"%\(\w+\)[sd]|\{\w+\}|\bUndefined\b|(?<!-)\bNone\b")
WRONG_WORDS = re.compile("|".join([re.escape(MISSING_MARK), ESCAPED_TWICE.pattern, NOT_FILLED_IN.pattern]))


def is_control(element: Element) -> bool:
    """Whether an element is a field that is sent with its form."""
    return element.tag in ("input", "select", "textarea") and bool(element.get("name"))


def valid(page: "Page") -> Iterator[str]:
    """A page is valid HTML."""
    try:
        check_valid(page.markup)
    except ParseError as error:
        yield str(error)


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
        for element in IN_LANGUAGE(page.root, language=other)
        if text_of(element) == name and not element.get("translate")
        if element.get("hreflang") == other or element.get("name") == "switch_language"
    ]
    if len(switches) != 1:
        yield f"there are {len(switches)} switches"
    if any(element.tag == "button" and element.get("hreflang") for element in switches):
        yield "a button may not have hreflang"


def headings(page: "Page") -> Iterator[str]:
    """A page has one first heading and leaves out no level."""
    levels = [int(element.tag[1]) for element in HEADINGS(page.root)]
    if levels.count(1) != 1:
        yield f"levels: {levels}"
    in_main = [int(element.tag[1]) for element in HEADINGS_IN_MAIN(page.root)]
    # The error summary stands before the first heading.
    after = in_main[in_main.index(1) :] if 1 in in_main else []
    for above, below in pairwise(after):
        if below > above + 1:
            yield f"h{below} follows h{above}"


def ids(page: "Page") -> Iterator[str]:
    """Ids are unique, and what refers to one finds it."""
    counted = Counter(IDS(page.root))
    yield from (f"id {identity} is there {count} times" for identity, count in counted.items() if count > 1)
    for reference in REFERENCES(page.root):
        for identity in reference.split():
            if identity not in counted:
                yield f"<{reference.getparent().tag}> {reference.attrname}={identity}: no such id"
    for href in LINKS_WITHIN(page.root):
        if href[1:] not in counted:
            yield f"a link leads to {href}: no such id"


def summary(page: "Page") -> Iterator[str]:
    """An error summary lists what is wrong in the order in which its fields stand on the page."""
    order = {identity: number for number, identity in enumerate(IDS(page.root))}
    hrefs = [href for _, href in page.errors if href and href[1:] in order]
    if hrefs != sorted(hrefs, key=lambda href: order[href[1:]]):
        yield f"the errors are listed as {hrefs}"


def labels(page: "Page") -> Iterator[str]:
    """Every control has words that name it, and every button has words on it."""
    labelled = {label.get("for") for label in page.all("label") if text_of(label)}
    for element in CONTROLS(page.root):
        if element.get("id") not in labelled and not element.get("aria-label"):
            yield f"<{element.tag} name={element.get('name')}> has no label"
    for element in HAVE_WORDS(page.root):
        if not text_of(element):
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


def filters(page: "Page") -> Iterator[str]:
    """Whoever filters a list or turns its pages comes to where it begins, and the keyboard with her."""
    found = page.by_id("found")
    for form in page.all("form"):
        if form.get("method", "get") == "get" and not form.get("action", "").endswith("#found"):
            yield f"form {form.get('id')} does not lead to what is found"
        elif form.get("method", "get") == "get" and found is None and page.status == OK and not page.errors:
            yield f"form {form.get('id')} leads to what is found, and nothing has that id"
    if found is not None and found.get("tabindex") != "-1":
        yield "what is found cannot have the focus"
    for link in TURNING(page.root):
        if found is not None and not link.get("href", "").endswith("#found"):
            yield f"the link to {link.get('href')} does not lead to what is found"


def safety(page: "Page") -> Iterator[str]:
    """A page is sent with the security headers, and holds no script or style of its own."""
    policy = page.headers.get("Content-Security-Policy", "")
    # Only a page of the preview, which keeps nothing, may stand in a frame of this site.
    framed_by = "'self'" if page.address.endswith("framed=yes") and "/preview/" in page.path else "'none'"
    if "default-src 'none'" not in policy or "unsafe" in policy or f"frame-ancestors {framed_by}" not in policy:
        yield f"content security policy: {policy}"
    kept = page.headers["Cache-Control"]
    # Only what has been published may be kept by anybody.
    is_kept_well = "no-store" in kept or (kept.startswith("public") and page.path.split("/")[2] == "releases")
    if page.headers.get("X-Content-Type-Options") != "nosniff" or not is_kept_well:
        yield f"headers: {dict(page.headers)}"
    for element in OWN_CODE(page.root):
        yield f"<{element.tag}> in the page"
    for element in page.root.iter():
        for name, value in element.items():
            if name.startswith("on") or name == "style" or value[:11].lower().startswith(("javascript:", "data:")):
                yield f'<{element.tag} {name}="{value}">'
    for source in SOURCES(page.root):
        if not source.startswith("/"):
            yield f"<{source.getparent().tag}> comes from {source}"


def scripts(page: "Page") -> Iterator[str]:
    """A page with fields that scripts make more of has those scripts, all of them or those of the fields alone."""
    sources = [script.get("src", "") for script in page.all("script")]
    if ENHANCED(page.root) and not any(re.search(r"/build/(answers|controls)\.js", source) for source in sources):
        yield f"fields without their scripts: {sources}"


def words(page: "Page") -> Iterator[str]:
    """No message is untranslated, escaped twice, or left with a placeholder in it; of a pattern, translators see it."""
    said = texts(page.root)
    if not WRONG_WORDS.search("\n".join(said)):
        return
    patterns = {text for element in PATTERNS(page.root) for text in texts(element)}
    for text in said:
        if MISSING_MARK in text:
            yield f"not translated: {text}"
        if ESCAPED_TWICE.search(text):
            yield f"escaped twice: {text}"
        if NOT_FILLED_IN.search(text) and text not in patterns:
            yield f"not filled in: {text}"


def pseudo_language(page: "Page") -> Iterator[str]:
    """In the pseudo-language every word is bracketed, or said to be of another language or of none."""
    if page.language != PSEUDO:
        return
    if not page.title.startswith(OPEN):
        yield f"title: {page.title}"
    for body in page.all("body"):
        depth = 0
        for text in own_texts(body):
            bare = ""
            for letter in text:
                depth += (letter == OPEN) - (letter == CLOSE)
                bare += letter if letter.isalpha() and not depth else ""
            if bare:
                yield f"untranslated: {text}"


def texts(element: Element) -> list[str]:
    """Every text that a person reads or hears below an element."""
    return [*TEXTS(element), *SAID(element)]


def own_texts(element: Element) -> list[str]:
    """The same without those that are said to be of another language or of none, as texts of other people are."""
    return [*OWN_TEXTS(element), *OWN_SAID(element)]


RULES: tuple[Callable[["Page"], Iterator[str]], ...] = (
    valid,
    title,
    language,
    switch,
    headings,
    ids,
    summary,
    labels,
    forms,
    filters,
    safety,
    scripts,
    words,
    pseudo_language,
)
