"""What a person may expect of any page as the browser shows it, after scripts have run."""

import re
from functools import cached_property
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from playwright.sync_api import Browser
from playwright.sync_api import Page as BrowserPage

from tests.found_good import Found
from tests.journeys.axe import OF_COLOURS, OF_ROOM, axe_faults
from tests.journeys.mirror import READ_LIVE, Mirror
from tests.journeys.sight import READ_SIGHT
from tests.web import page_rules
from tests.web.checking_client import Page
from tests.web.html import tree

# What the client of the page tests asks of the markup as it was sent holds for the page as it is shown, too.
MARKUP_RULES = (
    page_rules.title,
    page_rules.language,
    page_rules.switch,
    page_rules.headings,
    page_rules.ids,
    page_rules.labels,
    page_rules.forms,
    page_rules.words,
    page_rules.pseudo_language,
)

# What a page shows beside its markup.
READ_STATE = """
() => {
  const state = ({ checked, value, open, disabled, type }) => [checked, type === 'hidden' ? '' : value, open, disabled]
  const controls = [...document.querySelectorAll('input, select, textarea, details, dialog')]
  return JSON.stringify([innerWidth, document.activeElement?.id, controls.map(state)])
}
"""

# What is new in every sending of a page, and nobody sees.
TOKEN = re.compile(r'(<input[^>]*type="hidden"[^>]*value=")[^"]*')

# Elements that reach out of the window to the right, or a page that scrolls sideways.
FIND_OVERFLOW = """
() => {
  const page = document.scrollingElement
  if (page.scrollWidth <= window.innerWidth) return []
  const wide = [...document.body.querySelectorAll('*')].filter((element) =>
    element.getBoundingClientRect().right > window.innerWidth + 1 && !element.querySelector('*'))
  return [`the page is ${page.scrollWidth} wide in a window of ${window.innerWidth}: ` +
    wide.slice(0, 3).map((element) => element.outerHTML.slice(0, 120)).join(' ')]
}
"""

# WCAG 2.2, 2.5.8: 24 pixels each way, links in running text apart.
FIND_SMALL_TARGETS = """
() => [...document.querySelectorAll('button, input:not([type=hidden]), select, textarea, summary, [role=button]')]
  .filter((element) => element.checkVisibility() && !element.closest('.nhsuk-u-visually-hidden'))
  .map((element) => [element, element.getBoundingClientRect()])
  .filter(([, { width, height }]) => width < 24 || height < 24)
  .map(([element, { width, height }]) => `a target of ${width} by ${height}: ${element.outerHTML.slice(0, 120)}`)
"""

# Whether a rule of axe about the room that there is has anything to decide: targets that meet, small ones within twelve
# pixels of their middle, or a part that scrolls by itself. For axe to measure every page takes much longer.
IS_CROWDED = """
() => {
  const TARGETS = 'a[href], button, input:not([type=hidden]), select, textarea, summary'
  const WIDGET = /^(button|checkbox|combobox|link|listbox|menuitem.*|option|radio|searchbox|slider|switch|tab|textbox)$/
  const scrolls = (element) =>
    (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1) &&
    /auto|scroll/.test(getComputedStyle(element).overflow)
  const isTarget = (element) => (element.matches(TARGETS) || WIDGET.test(element.role)) && element.checkVisibility()
  const isSeen = ({ width, height }) => width > 1 && height > 1 // what readers of screens alone have is smaller
  const elements = [...document.body.querySelectorAll('*')]
  const boxes = elements.filter(isTarget).flatMap((target) => [...target.getClientRects()].filter(isSeen).map((box) => {
    const { left, right, top, bottom, width, height } = box
    const [x, y] = [(left + right) / 2, (top + bottom) / 2]
    const isSmall = width < 24 || height < 24
    return { target, room: isSmall ? [x - 12, x + 12, y - 12, y + 12] : [left, right, top, bottom] }
  }))
  const meet = ([left, right, top, bottom], other) =>
    left < other[1] && other[0] < right && top < other[3] && other[2] < bottom
  return boxes.some(({ target, room }, place) => boxes.slice(place + 1).some((other) =>
    other.target !== target && meet(room, other.room))) || elements.some(scrolls)
}
"""


READ_PAGE = f"() => ({{markup: document.documentElement.outerHTML, state: ({READ_STATE})()}})"

# All that is to be known of a page that shows something new, by one question: each takes its time.
LOOK_CLOSER = f"""
() => ({{
  sight: ({READ_SIGHT})(),
  live: ({READ_LIVE})(),
  isCrowded: ({IS_CROWDED})(),
  faults: [...({FIND_OVERFLOW})(), ...({FIND_SMALL_TARGETS})()]
}})
"""


class Seen(Page):
    """A page as the browser has it, for the rules that look at markup."""

    def __init__(self, address: str, markup: str) -> None:
        self.path = urlsplit(address).path
        self.language = self.path.split("/")[1]
        self.markup = markup

    @cached_property
    def root(self) -> Element:
        """The browser wrote the markup itself, so it is valid."""
        return tree(self.markup)

    def __repr__(self) -> str:
        return f"<Seen {self.path}>"


class Inspector:
    """Looks at pages of a browser; what it found good before it does not look at again."""

    def __init__(self, browser: Browser, found_good: Found) -> None:
        self.mirror = Mirror(browser)
        self._found_good = found_good

    def faults(self, page: BrowserPage) -> list[str]:
        """A line for everything that is wrong with the page that the browser shows.

        What was found good is not looked at again, for that takes most of the time of a journey: a page while it shows
        the same; by axe a page of the same shape, contrast where every text has colours that were good on another, and
        targets where all have room.
        """
        given = page.evaluate(READ_PAGE)
        shown = TOKEN.sub(r"\1", given["markup"]) + given["state"]
        if self._found_good.has(shown):
            return []
        closer = page.evaluate(LOOK_CLOSER)
        seen, sight = Seen(page.url, given["markup"]), closer["sight"]
        found = [fault for rule in MARKUP_RULES for fault in rule(seen)] + closer["faults"]
        shape, colours = sight["shape"], sight["colours"]
        measured = f"{sight['width']} {shape}"
        has_shape, has_colours = self._found_good.has(shape), self._found_good.has(*colours)
        has_room = not closer["isCrowded"] or self._found_good.has(measured)
        if not (has_shape and has_colours and has_room):
            warm = self.mirror.showing(page, given["markup"], closer["live"], sight)
            left = [*(OF_COLOURS if has_colours else ()), *(OF_ROOM if has_room else ())]
            found += axe_faults(warm or page, of_shape=not has_shape, without=left)
        if not found:
            # Where targets had room nothing was measured: with longer words they may not have it.
            self._found_good.note(shown, shape, *colours, *([measured] if closer["isCrowded"] else ()))
        return found
