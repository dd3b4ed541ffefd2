"""What a person may expect of any page as the browser shows it, after scripts have run."""

import re
from functools import cached_property
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from playwright.sync_api import Page as BrowserPage

from tests.found_good import Found
from tests.journeys.axe import axe_faults
from tests.journeys.shape import READ_SHAPE
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

# In what colours, sizes and weights the texts of a page stand, on which grounds: all that contrast depends on.
READ_COLOURS = """
() => {
  const grounds = new Map()
  const ground = (element) => {
    if (!element) return ''
    if (!grounds.has(element)) {
      const { backgroundColor, backgroundImage, opacity } = getComputedStyle(element)
      const own = /, 0\\)$/.test(backgroundColor) && backgroundImage === 'none' && opacity === '1'
        ? '' : `/${backgroundColor} ${backgroundImage} ${opacity}`
      grounds.set(element, ground(element.parentElement) + own)
    }
    return grounds.get(element)
  }
  // Of a link among words also what tells it from them.
  const among = (element) => element.matches('a') && element.parentElement.innerText.trim() !== element.innerText.trim()
    ? [getComputedStyle(element).textDecorationLine, getComputedStyle(element.parentElement).color] : []
  const hasText = (element) => element.matches('input, select, textarea') ||
    [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim())
  return [...new Set([...document.body.querySelectorAll('*')].filter(hasText).map((element) => {
    const { color, fontSize, fontWeight, position } = getComputedStyle(element)
    return [color, fontSize, fontWeight, position, ground(element), ...among(element)].join(' ')
  }))]
}
"""

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


READ_PAGE = f"() => ({{markup: document.documentElement.outerHTML, state: ({READ_STATE})()}})"

# All that is to be known of a page that shows something new, by one question: each takes its time.
LOOK_CLOSER = f"""
() => ({{
  width: innerWidth,
  shape: ({READ_SHAPE})(),
  colours: ({READ_COLOURS})(),
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


def faults(page: BrowserPage, found_good: Found) -> list[str]:
    """A line for everything that is wrong with the page that the browser shows.

    What was found good is not looked at again, for that takes most of the time of a journey: a page while it shows the
    same; by axe a page of the same shape, nor contrast where every text has colours that were good on another page.
    """
    given = page.evaluate(READ_PAGE)
    shown = TOKEN.sub(r"\1", given["markup"]) + given["state"]
    if found_good.has(shown):
        return []
    seen = Seen(page.url, given["markup"])
    closer = page.evaluate(LOOK_CLOSER)
    found = [fault for rule in MARKUP_RULES for fault in rule(seen)] + closer["faults"]
    shape, colours = closer["shape"], closer["colours"]
    measured = f"{closer['width']} {shape}"
    has_shape, has_colours = found_good.has(shape), found_good.has(*colours)
    if not (has_shape and has_colours and found_good.has(measured)):
        found += axe_faults(page, of_shape=not has_shape, of_colours=not has_colours)
    if not found:
        found_good.note(shown, shape, measured, *colours)
    return found
