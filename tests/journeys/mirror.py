"""A page that stays open and shows what a visitor's page shows, for axe, whose code is warm there.

A browser compiles the code of every page anew, so that axe takes longest where it has just come. What the mirror shows
is held against the visitor's page before axe looks at it: shape, colours, places. Where they are not the same (a dialog
that is open, styles that a script set, another medium) there is no mirror of the page.
"""

from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser
from playwright.sync_api import Page as BrowserPage

from tests.journeys.sight import READ_SIGHT

STYLES = "link[rel=stylesheet]"
CONTROLS = "input:not([type=file]), textarea, option"
EMPTY = '<!doctype html><html lang="en"><head><title>Mirror</title>{}</head><body></body></html>'

# All that is not in the markup: what is typed, chosen and ticked, where the focus is, how far it is scrolled.
READ_LIVE = f"""
() => ({{
  styles: [...document.querySelectorAll('{STYLES}')].map(({{ href }}) => href),
  controls: [...document.querySelectorAll('{CONTROLS}')].map((control) =>
    [control.value, control.checked, control.selected]),
  focused: [...document.querySelectorAll('*')].indexOf(document.activeElement),
  scrolled: [scrollX, scrollY]
}})
"""

SHOW = f"""
([markup, address, {{ controls, focused, scrolled }}]) => {{
  const root = document.documentElement
  for (const {{ name }} of [...root.attributes]) root.removeAttribute(name)
  const given = new DOMParser().parseFromString(markup, 'text/html').documentElement
  for (const {{ name, value }} of given.attributes) root.setAttribute(name, value)
  const parsed = document.createElement('html')
  parsed.innerHTML = markup
  const isStyle = (element) => element.matches('{STYLES}')
  for (const old of [...document.head.children]) if (!isStyle(old)) old.remove()
  let style = document.head.firstElementChild // stays where it is: moved it would be loaded anew
  for (const element of [...parsed.querySelector('head').children]) {{
    if (isStyle(element)) style = style.nextElementSibling
    else document.head.insertBefore(element, style)
  }}
  document.body.replaceWith(parsed.querySelector('body'))
  history.replaceState(null, '', address)
  const shown = document.querySelectorAll('{CONTROLS}')
  if (shown.length !== controls.length) return {{}}
  controls.forEach(([value, checked, selected], place) => {{
    if (shown[place].localName === 'option') shown[place].selected = selected
    else Object.assign(shown[place], {{ value, checked }})
  }})
  document.querySelectorAll('*')[focused]?.focus({{ preventScroll: true }})
  scrollTo(...scrolled)
  return ({READ_SIGHT})()
}}
"""

Live = dict[str, Any]
Sight = dict[str, Any]


class Mirror:
    """A page for each set of style sheets, beside all visitors' pages."""

    def __init__(self, browser: Browser) -> None:
        self._context = browser.new_context(bypass_csp=True)
        self._pages: dict[tuple[str, ...], BrowserPage] = {}

    def showing(self, page: BrowserPage, markup: str, live: Live, sight: Sight) -> BrowserPage | None:
        """Return a page on which the same is to be seen as on this one, or None where there is none.

        `live` is what READ_LIVE says of the page, `sight` what READ_SIGHT says.
        """
        mirror = self._page(page.url, live["styles"])
        if page.viewport_size and mirror.viewport_size != page.viewport_size:
            mirror.set_viewport_size(page.viewport_size)
        address = urlsplit(page.url)._replace(scheme="", netloc="").geturl()
        return mirror if mirror.evaluate(SHOW, [markup, address, live]) == sight else None

    def _page(self, address: str, styles: list[str]) -> BrowserPage:
        """The page that has these style sheets; an empty one at first."""
        key = tuple(urlsplit(style).path for style in styles)
        if key not in self._pages:
            links = "".join(f'<link rel="stylesheet" href="{style}">' for style in styles)
            page = self._context.new_page()
            page.route("**/mirror", lambda route: route.fulfill(body=EMPTY.format(links), content_type="text/html"))
            page.goto(urlsplit(address)._replace(path="/mirror", query="", fragment="").geturl())
            self._pages[key] = page
        return self._pages[key]
