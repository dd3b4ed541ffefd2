"""Everything can be done without a mouse, and the focus can always be seen."""

from tests.journeys.conftest import Arrive
from tests.journeys.service import Service
from tests.journeys.visitor import Visitor

MOST_TABS = 60

# The design system draws the focus of radios and checkboxes around the label’s first part.
SHOWS_FOCUS = """
() => {
  const focused = document.activeElement
  const label = focused.matches('[type=radio], [type=checkbox]') ? focused.labels[0] : null
  const style = label ? getComputedStyle(label, '::before') : getComputedStyle(focused)
  return style.boxShadow !== 'none' || (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2)
}
"""


def go_to(person: Visitor, selector: str) -> None:
    """Press Tab until an element has the focus; at each step the focus shows."""
    for _ in range(MOST_TABS):
        person.page.keyboard.press("Tab")
        assert person.page.evaluate(SHOWS_FOCUS), person.page.evaluate("document.activeElement.outerHTML")
        if person.page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab does not lead to {selector}")


def press_there(person: Visitor, selector: str, status: int = 200) -> None:
    go_to(person, selector)
    person.press("*:focus", status, key="Enter")


def test_a_section_is_answered_with_the_keyboard_alone(arrive: Arrive, service: Service, code: str) -> None:
    person = arrive("cy")
    keyboard = person.page.keyboard
    person.open("/")
    press_there(person, "main a[href$='/sign-in']")
    go_to(person, "#access_code")
    keyboard.type(code)
    person.press("*:focus", key="Enter")
    assert person.path == "/reflection"
    press_there(person, "main a[href$='/section/about']")

    go_to(person, "[value=dental]")
    keyboard.press("Space")
    go_to(person, "[value=others]")
    keyboard.press("Space")
    go_to(person, "#q-participants_others")
    keyboard.type("Côr y dref")
    go_to(person, "[name=q-how_done]")
    keyboard.press("ArrowDown")
    keyboard.press("ArrowDown")
    go_to(person, "#q-population")
    keyboard.type("12000")
    go_to(person, "#q-change")
    keyboard.type("Dim byd.\nAil linell.")
    press_there(person, "[name=then][value=continue]")

    kept = service.kept()
    assert kept is not None
    assert kept["pages"]["about"]["answers"] == {
        "participants": ["dental", "others"],
        "participants_others": "Côr y dref",
        "how_done": "both",
        "population": 12000,
        "change": "Dim byd.\nAil linell.",
    }


def test_enter_in_a_box_saves_and_does_not_change_the_language(arrive: Arrive, service: Service, code: str) -> None:
    person = arrive("cy")
    person.sign_in(code)
    person.open("/reflection/section/about")
    person.fill({"q-population": "400"})
    person.press("#q-population", key="Enter")
    assert (person.language, person.path) == ("cy", "/reflection/section/about")
    kept = service.kept()
    assert kept is not None
    assert kept["pages"]["about"]["answers"] == {"population": 400}


def test_the_skip_link_leads_past_the_header(arrive: Arrive) -> None:
    person = arrive("en", 320)
    person.open("/")
    person.page.keyboard.press("Tab")
    person.page.keyboard.press("Enter")
    assert person.focused() == "maincontent"
