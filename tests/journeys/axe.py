"""What axe finds wrong on a page, by the rules of WCAG 2.2 AA and by what its authors hold for good practice."""

from collections.abc import Sequence
from pathlib import Path

from flask import Flask
from playwright.sync_api import Page as BrowserPage
from werkzeug.middleware.shared_data import SharedDataMiddleware

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
ADDRESS_OF_AXE = "/axe.js"
ALL_RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
OF_COLOURS = ["color-contrast", "link-in-text-block"]
OF_ROOM = ["scrollable-region-focusable", "target-size"]
"""Rules that measure what is shown; all others look at the elements, their attributes and whether they are shown."""

# Says whether axe is there: not on a page of no site, nor of a service that does not answer.
LOAD_AXE = """
(address) => 'axe' in window || location.protocol === 'http:' && new Promise((answer) => {
  const script = document.createElement('script')
  const end = (loaded) => { script.remove(); answer(loaded) }
  script.addEventListener('load', () => end('axe' in window))
  script.addEventListener('error', () => end(false))
  script.src = address
  document.head.append(script)
})
"""

RUN_AXE = """
async ([runOnly, left]) => {
  const rules = Object.fromEntries(left.map((rule) => [rule, { enabled: false }]))
  const asked = { runOnly, rules, resultTypes: ['violations'], preload: false, iframes: false }
  const { violations: some } = await axe.run(document, { ...asked, selectors: false })
  if (!some.length) return []
  const { violations } = await axe.run(document, asked) // again, to say where
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target, failureSummary }) =>
    `axe ${id}: ${help}: ${target.join(' ')}: ${failureSummary.replace(/\\s+/g, ' ')}`))
}
"""


def serve_axe(app: Flask) -> None:
    """Have axe at an address of the site, so that a browser keeps it, compiled, as it keeps scripts of the site."""
    app.wsgi_app = SharedDataMiddleware(app.wsgi_app, {ADDRESS_OF_AXE: str(AXE)}, cache_timeout=86_400)  # type: ignore[method-assign]


def axe_faults(page: BrowserPage, *, of_shape: bool = True, without: Sequence[str] = ()) -> list[str]:
    """A line for each fault of each element, with where it stands.

    Those of the page's shape are left out unless `of_shape`, and rules that measure if they are named in `without`.
    """
    if not page.evaluate(LOAD_AXE, ADDRESS_OF_AXE):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    measuring = [rule for rule in (*OF_ROOM, *OF_COLOURS) if rule not in without]
    rules = ALL_RULES if of_shape else {"type": "rule", "values": measuring}
    found: list[str] = page.evaluate(RUN_AXE, [rules, list(without) if of_shape else []])
    return found
