"""The whole reflection on paper: as the browser would print it."""

from collections.abc import Callable

import pytest

from tests.journeys.conftest import Arrive
from tests.journeys.visitor import Visitor

A4 = {"width": 794, "height": 1123}
FURNITURE = ".nhsuk-header, .nhsuk-footer, .nhsuk-back-link, .nhsuk-button, .app-paper__tools, .nhsuk-skip-link"

# Boxes to write in, rows and headings that a sheet would cut or leave alone cannot be asked for; their rules can.
KEPT_TOGETHER = """
() => [...document.querySelectorAll('.app-paper__room, .app-paper__row, .app-paper__about')]
  .filter((element) => getComputedStyle(element).breakInside !== 'avoid').length
"""
HEADINGS_LEFT_ALONE = """
() => [...document.querySelectorAll('.app-paper h2, .app-paper h3, .app-paper__about')]
  .map((element) => element.closest('.app-paper__level, .app-paper__item') ?? element)
  .filter((element) => getComputedStyle(element).breakAfter !== 'avoid').length
"""


def visible(person: Visitor, what: str) -> int:
    return person.page.locator(f":is({what}):visible").count()


@pytest.mark.parametrize(("language", "width"), [("cy", 320), ("en", 1280), ("en-XA", 320)])
@pytest.mark.parametrize("query", ["", "?blank=1"])
def test_the_paper_on_the_screen(arrive: Arrive, code: str, language: str, width: int, query: str) -> None:
    person = arrive(language, width)
    person.sign_in(code)
    person.open(f"/reflection/print{query}")
    assert person.page.locator("[data-print] button").is_visible()


@pytest.mark.parametrize("language", ["cy", "en"])
def test_the_paper_has_no_furniture_and_keeps_together_what_belongs_together(
    arrive: Arrive, code: str, language: str
) -> None:
    person = arrive(language)
    person.sign_in(code)
    person.open("/reflection/print?blank=1")
    assert visible(person, FURNITURE)
    person.page.set_viewport_size(A4)
    person.page.emulate_media(media="print")
    assert visible(person, FURNITURE) == 0
    assert visible(person, ".app-paper__head") == 1
    assert person.page.evaluate(KEPT_TOGETHER) == 0
    assert person.page.evaluate(HEADINGS_LEFT_ALONE) == 0
    assert person.page.evaluate("document.scrollingElement.scrollWidth") <= A4["width"]
    rooms = person.page.locator(".app-paper__room").evaluate_all("all => all.map(one => one.clientHeight)")
    assert min(rooms) >= 25, "a pen has room in each"
    assert max(rooms) < A4["height"] / 2, "and none is so high that a sheet would have to cut it"


@pytest.mark.parametrize("path", ["/reflection/section/about", "/reflection/check", "/reflection/view", "/reflection"])
def test_other_pages_are_printed_without_what_only_a_screen_can_do(arrive: Arrive, code: str, path: str) -> None:
    person = arrive("en")
    person.sign_in(code)
    person.open(path)
    person.page.emulate_media(media="print")
    assert visible(person, ".nhsuk-footer, .nhsuk-back-link, .nhsuk-button, .nhsuk-header__account") == 0


def test_a_table_is_one_on_a_sheet_that_is_narrower_than_a_screen(arrive: Arrive) -> None:
    person = arrive("cy")
    person.open("/cookies")
    person.page.set_viewport_size({"width": 700, "height": 1000})
    assert visible(person, "tbody .nhsuk-table__heading"), "cards on such a screen"
    person.page.emulate_media(media="print")
    assert visible(person, "tbody .nhsuk-table__heading") == 0
    rows = (
        person.page.locator("table").first.locator("tr").evaluate_all("all => all.map(one => one.cells[1].offsetLeft)")
    )
    assert len(set(rows)) == 1, "the cells of a column stand below its head"
    assert rows[0] > 0


def test_the_button_prints(arrive: Arrive, code: str) -> None:
    person = arrive("en")
    person.page.add_init_script("window.print = () => { window.printed = true }")
    person.sign_in(code)
    person.open("/reflection/print")
    person.page.locator("[data-print] button").click()
    assert person.page.evaluate("window.printed") is True


def test_a_pdf_has_its_sheets_numbered(arrive: Arrive, code: str) -> None:
    person = arrive("en")
    person.sign_in(code)
    person.open("/reflection/print?blank=1")
    pdf: Callable[..., bytes] = person.page.pdf
    sheets = pdf(prefer_css_page_size=True).count(b"/Type /Page\n")
    assert 10 < sheets < 40
