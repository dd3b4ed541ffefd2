"""The workforce survey on the smallest phone: how long it is, how it goes on, and how its code is kept."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import Arrive
from tests.journeys.service import Service
from tests.journeys.test_workforce import HOME, responses, survey  # noqa: F401 (a fixture)

PHONE = 320
HEADER = 60
SEGMENT = 44

# Measured in the same way before the survey was made for phones, with every question answered, by language.
PIXELS_BEFORE = {"cy": 36_529, "en": 35_433}
MOST_OF_THEM = 0.6
TAPS_BEFORE = 73  # with two for each list of the ranking, to open it and to choose

HEIGHT = "document.scrollingElement.scrollHeight"
NAMES = "[...new Set([...document.querySelectorAll('main [type=radio], main [type=checkbox]')].map((one) => one.name))]"
# Each takes a tap, and a browser long to find that a finger would reach it: the nurse below taps each of them.
CHOOSE_EACH = f"""
() => {{
  const names = {NAMES}
  for (const name of names) document.querySelector(`main [name="${{name}}"]`).click()
  return names.length
}}
"""


def tap_each(page: Page) -> None:
    """Give an answer to each question of a page."""
    for name in page.evaluate(NAMES):
        page.locator(f'[name="{name}"]').first.check()
    rank_and_write(page)


def rank_and_write(page: Page) -> int:
    """Put all lists of a page into an order, and write into all boxes; the taps that it takes."""
    ranked = page.locator(".app-ranking button").all()[: page.locator("main select").count()]
    for option in ranked:
        option.click()
    boxes = page.locator("main textarea").all()
    for box in boxes:
        box.fill("Diolch")
    return len(ranked) + len(boxes)


@pytest.mark.parametrize("language", ["cy", "en"])
def test_the_whole_survey_is_short(arrive: Arrive, survey: Service, language: str) -> None:  # noqa: F811
    person = arrive(language, PHONE)
    person.open(HOME)
    heights, taps = [person.page.evaluate(HEIGHT)], 1
    person.press("main form button")
    while not person.path.endswith("/thanks"):
        heights.append(person.page.evaluate(HEIGHT))
        assert person.page.locator("header").bounding_box()["height"] <= HEADER  # type: ignore[index]
        if not person.path.endswith("/check"):
            taps += person.page.evaluate(CHOOSE_EACH) + rank_and_write(person.page)
        taps += 1
        person.press(person.page.locator("main form [type=submit]").first)
    heights.append(person.page.evaluate(HEIGHT))
    assert sum(heights) <= MOST_OF_THEM * PIXELS_BEFORE[language], heights
    assert taps <= TAPS_BEFORE
    [response] = responses(survey)
    assert len(response.answers["skills"]["skills"]) == 18
    assert len(response.answers["training"]["training_needs"]) == 5


@pytest.mark.parametrize("language", ["cy", "en", "en-XA"])
def test_a_group_of_skills_is_answered_in_lines_of_segments(arrive: Arrive, survey: Service, language: str) -> None:  # noqa: F811
    person = arrive(language, PHONE)
    person.open(HOME)
    person.press("main form button")
    person.open(f"{HOME}section/skills/1")
    cells = person.page.locator("fieldset.app-matrix__cell").all()
    assert len(cells) == 10
    for cell in cells:
        places = [option.bounding_box() for option in cell.locator("label").all()]
        assert all(place and place["height"] >= SEGMENT for place in places)
        if language != "en-XA":  # whose words are longer than any in Welsh or English
            assert len({round(place["y"]) for place in places if place}) == 1
    first = person.page.get_by_role("radio").first
    assert first.evaluate("radio => radio.closest('fieldset').querySelector('legend').textContent.includes(':')")
    first.check()
    assert first.is_checked()


def test_a_nurse_completes_it_in_welsh_with_interruptions_and_nothing_is_asked_twice(
    arrive: Arrive,
    survey: Service,  # noqa: F811
) -> None:
    person = arrive("cy", PHONE)
    person.open(HOME)
    person.press("main form button")
    asked: list[str] = []

    def answer_and_continue() -> None:
        asked.append(person.path)
        tap_each(person.page)
        person.save()

    for _ in range(3):
        answer_and_continue()
    # Back, twice, and on: what was answered is there, and she comes to where she was.
    onward = person.path
    for _ in range(2):
        person.press(".nhsuk-back-link")
        assert person.page.locator("main :checked[type=radio]").count() > 0
    person.save()
    assert person.path == onward
    answer_and_continue()
    # Back to the start with the browser’s own button, and on.
    onward = person.path
    for _ in range(9):
        if person.path != HOME:
            person.page.go_back()
    assert person.path == HOME
    person.press("main a.nhsuk-button")
    assert person.path == onward
    answer_and_continue()
    # The link in a message is tapped once more.
    onward = person.path
    person.page.goto("about:blank")
    person.page.set_content(f'<a href="{person.origin}/cy{HOME}">Arolwg</a>')
    person.press("a")
    person.press("main a.nhsuk-button")
    assert person.path == onward
    while not person.path.endswith("/check"):
        answer_and_continue()
    assert len(asked) == len(set(asked)) == 9
    assert person.page.locator(".nhsuk-warning-callout").count() == 0
    person.page.locator("summary").nth(1).click()
    assert person.page.get_by_text("Ddim yn hyderus").first.is_visible()
    person.press("main form button")
    assert person.path == f"{HOME}thanks"
    [response] = responses(survey)
    assert response.submitted_in == "cy"
    assert set(response.answers) == {"role", "skills", "training", "welsh", "staying", "anything_else"}
    person.open(HOME)
    assert person.page.locator("main a.nhsuk-button").count() == 0


@pytest.mark.parametrize("language", ["cy", "en"])
def test_the_code_is_copied_and_shared_where_the_browser_can(arrive: Arrive, survey: Service, language: str) -> None:  # noqa: F811
    person = arrive(language, PHONE)
    person.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=person.origin)
    person.page.add_init_script("navigator.share = (what) => { window.shared = what.text; return Promise.resolve() }")
    person.open(HOME)
    person.press("main form button")
    person.save(then="later")
    person.press("main form button")
    code = person.page.locator("main strong").inner_text()
    person.page.locator("[data-copy] button").click()
    person.page.locator("[role=status]:not(:empty)").wait_for()
    copied = person.page.evaluate("navigator.clipboard.readText()")
    assert code in copied
    assert f"{HOME}resume" in copied
    person.page.locator("[data-share] button").click()
    assert person.page.evaluate("window.shared") == copied
    assert person.page.locator("[data-print] button").is_visible()
    spoken = person.page.locator("strong + .nhsuk-u-visually-hidden").inner_text()
    assert spoken.replace(" ", "").strip(".").split(",") == code.split("-")


def test_without_scripts_the_code_is_read(arrive: Arrive, survey: Service) -> None:  # noqa: F811
    person = arrive("cy", PHONE, script=False)
    person.open(HOME)
    person.press("main form button")
    person.save(then="later")
    person.press("main form button")
    assert person.page.locator("main strong").is_visible()
    assert not [button for button in person.page.locator("main button").all() if button.is_visible()]


def test_what_the_tab_keeps_goes_with_stopping_submitting_and_starting_afresh(
    arrive: Arrive,
    survey: Service,  # noqa: F811
) -> None:
    person = arrive("en", PHONE)

    def kept_after(press: Callable[[], None]) -> int:
        person.page.evaluate("sessionStorage.setItem('myfyrio a/role/0 1', '{}')")
        press()
        return int(person.page.evaluate("sessionStorage.length"))

    person.open(HOME)
    person.press("main form button")
    assert kept_after(lambda: person.open(HOME)) == 1, "while she may go on it stays"
    person.page.locator("summary").click()
    assert kept_after(lambda: person.press("form#begin button")) == 0
    person.choose("q-profession", "gp")
    person.save(then="later")
    assert kept_after(lambda: person.press("main form button")) == 0
    code = person.page.locator("main strong").inner_text()
    person.press("main a[href$=resume]")
    person.fill({"resume_code": code})
    person.press("main form button")
    person.open(f"{HOME}check")
    assert kept_after(lambda: person.press("main form button")) == 0
    assert person.path == f"{HOME}thanks"


@pytest.mark.parametrize("language", ["cy", "en"])
def test_the_header_is_one_line_for_who_has_signed_in_too(arrive: Arrive, code: str, language: str) -> None:
    person = arrive(language, PHONE)
    person.sign_in(code)
    person.open("/reflection")
    header = person.page.locator("header").bounding_box()
    assert header
    assert header["height"] <= HEADER
