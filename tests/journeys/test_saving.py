"""What is written is saved as it is written, and no word goes that the service has not acknowledged."""

import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Arrive
from tests.journeys.service import Service
from tests.journeys.visitor import Visitor

ABOUT = "/reflection/section/about"
OUTCOME = "/reflection/section/outcome/pcmw-01"
SAVED = re.compile(r"(Saved|Cadwyd am) \d\d:\d\d")
CUT_OFF = "() => { window.fetch = () => Promise.reject(new Error('no connection')) }"
OTHERS_OPEN = "async () => (await navigator.locks.query()).held.filter((lock) => lock.name.includes('/about ')).length"
WORDS = "Practis newydd yn y dŵr-dref."


def kept(service: Service, page: str = "about") -> dict[str, Any]:
    record = service.kept()
    answers: dict[str, Any] = record["pages"].get(page, {}).get("answers", {}) if record else {}
    return answers


def becomes(look: Callable[[], Any], expected: Any) -> None:
    """Wait until what `look` sees is as expected."""
    for _ in range(100):
        if look() == expected:
            return
        time.sleep(0.1)
    assert look() == expected


def state(page: Page) -> Any:
    return page.locator("#saving-state")


def begin(arrive: Arrive, code: str, language: str = "en", width: int = 320, path: str = ABOUT) -> Visitor:
    person = arrive(language, width)
    person.sign_in(code)
    person.open(path)
    return person


@pytest.mark.parametrize("language", ["cy", "en"])
def test_what_is_written_is_saved_without_a_button(arrive: Arrive, service: Service, code: str, language: str) -> None:
    person = begin(arrive, code, language)
    person.fill({"q-change": WORDS})
    expect(state(person.page)).to_have_text(SAVED)
    assert kept(service) == {"change": WORDS}
    assert person.faults() == []


@pytest.mark.parametrize("language", ["cy", "en"])
def test_without_a_connection_the_page_stays_says_so_and_saves_later(
    arrive: Arrive, service: Service, code: str, language: str
) -> None:
    person = begin(arrive, code, language)
    person.fill({"q-change": WORDS})
    person.context.set_offline(True)
    person.page.locator('main button[name="then"][value="continue"]').click()
    expect(state(person.page)).to_contain_text({"cy": "dim cysylltiad", "en": "no connection"}[language])
    assert person.value("q-change") == WORDS
    assert person.faults() == []
    assert kept(service) == {}
    with person.page.expect_navigation():
        person.context.set_offline(False)
    assert person.path != ABOUT
    assert kept(service) == {"change": WORDS}


@pytest.mark.parametrize("end", ["the page is loaded again", "the page is closed", "the sign-in ends"])
def test_what_was_not_saved_comes_back(arrive: Arrive, service: Service, code: str, end: str) -> None:
    person = begin(arrive, code)
    person.fill({"q-population": "12000"})
    expect(state(person.page)).to_contain_text("Saved")
    person.context.set_offline(True)
    person.fill({"q-change": WORDS})
    person.choose("q-participants", "dental")
    expect(state(person.page)).to_contain_text("no connection")
    if end == "the page is closed":
        person.page.close()
        person.page = person.context.new_page()
    if end == "the sign-in ends":
        person.context.clear_cookies()
    person.context.set_offline(False)
    if end == "the sign-in ends":
        person.page.goto(f"{person.origin}/en/sign-in")
        person.fill({"access_code": code})
        person.press("main form button")
    person.page.goto(f"{person.origin}/en{ABOUT}")
    expect(person.control("q-change")).to_have_value(WORDS)
    becomes(lambda: kept(service), {"population": 12000, "change": WORDS, "participants": ["dental"]})


def test_what_was_saved_does_not_come_back_over_what_a_colleague_wrote_since(
    arrive: Arrive, service: Service, code: str
) -> None:
    first, second = begin(arrive, code), begin(arrive, code)
    first.fill({"q-change": "Mine"})
    first.save("list")
    second.open(ABOUT)
    second.fill({"q-change": "Theirs"})
    second.save("list")
    first.open(ABOUT)
    first.page.wait_for_timeout(1000)
    assert first.value("q-change") == "Theirs"
    assert kept(service) == {"change": "Theirs"}


def test_unsaved_words_that_a_colleague_wrote_over_are_not_lost(arrive: Arrive, service: Service, code: str) -> None:
    first, second = begin(arrive, code), begin(arrive, code)
    first.context.set_offline(True)
    first.fill({"q-change": "Mine", "q-population": "12000"})
    expect(state(first.page)).to_contain_text("no connection")
    second.fill({"q-change": "Theirs"})
    second.save("list")
    first.context.set_offline(False)
    expect(state(first.page)).to_contain_text("Somebody else has changed the same answer")
    assert kept(service) == {"change": "Theirs", "population": 12000}
    first.save(status=409)
    first.choose("keep-change", "both")
    first.press("main form button")
    assert kept(service) == {"change": "Theirs\n\nMine", "population": 12000}
    first.open(ABOUT)
    first.page.wait_for_timeout(1000)
    assert first.value("q-change") == "Theirs\n\nMine", "what is settled does not come back"


def test_what_was_just_written_is_saved_before_the_sign_out(arrive: Arrive, service: Service, code: str) -> None:
    person = begin(arrive, code)
    person.fill({"q-change": WORDS})
    person.press('header form button:has-text("Sign out")')
    assert person.path == "/"
    assert kept(service) == {"change": WORDS}


def test_without_a_connection_the_first_press_to_sign_out_only_warns(
    arrive: Arrive, service: Service, code: str
) -> None:
    person = begin(arrive, code)
    person.context.set_offline(True)
    person.fill({"q-change": WORDS})
    person.page.locator('header form button:has-text("Sign out")').click()
    expect(state(person.page)).to_contain_text("no connection")
    assert person.value("q-change") == WORDS
    person.context.set_offline(False)
    becomes(lambda: kept(service), {"change": WORDS})
    person.fill({"q-change": WORDS + " Wedyn."})
    person.page.locator('header form button:has-text("Sign out")').click()
    becomes(lambda: kept(service), {"change": WORDS + " Wedyn."})


def test_what_is_too_long_is_saved_and_not_said_to_be_on_this_device_only(
    arrive: Arrive, service: Service, code: str
) -> None:
    person = begin(arrive, code, path=OUTCOME)
    person.fill({"q-action": "x " * 400})
    person.save(status=422)
    person.open("/reflection/check")
    person.page.wait_for_timeout(1000)
    expect(person.page.locator("#only-here")).to_be_hidden()
    assert kept(service, "outcome/pcmw-01")["action"].startswith("x x")


def test_two_tabs_of_one_browser_keep_each_its_own(arrive: Arrive, service: Service, code: str) -> None:
    person = begin(arrive, code)
    other = person.context.new_page()
    other.goto(f"{person.origin}/en{ABOUT}")
    person.context.set_offline(True)
    person.fill({"q-change": "In one"})
    other.locator('[name="q-population"]').fill("500")
    for page in (person.page, other):
        expect(state(page)).to_contain_text("no connection")
    for page in (person.page, other):
        page.close()
    person.context.set_offline(False)
    page = person.context.new_page()
    page.goto(f"{person.origin}/en{ABOUT}")
    expect(page.locator('[name="q-change"]')).to_have_value("In one")
    expect(page.locator('[name="q-population"]')).to_have_value("500")
    becomes(lambda: kept(service), {"change": "In one", "population": 500})


@pytest.mark.parametrize("broken", ["localStorage", "full", "locks"])
def test_a_browser_that_keeps_nothing_saves_all_the_same(
    arrive: Arrive, service: Service, code: str, broken: str
) -> None:
    person = arrive("en", 320)
    forbidden = {
        "localStorage": "Object.defineProperty(window, 'localStorage', {get () { throw new Error('forbidden') }})",
        "full": "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }",
        "locks": "Object.defineProperty(navigator, 'locks', {get () { return undefined }})",
    }
    person.page.add_init_script(forbidden[broken])
    person.sign_in(code)
    person.open(ABOUT)
    person.fill({"q-change": WORDS})
    expect(state(person.page)).to_contain_text("Saved")
    assert kept(service) == {"change": WORDS}


def test_what_is_wrong_is_said_quietly_and_the_rest_is_saved(arrive: Arrive, service: Service, code: str) -> None:
    person = begin(arrive, code)
    person.fill({"q-population": "lots", "q-change": WORDS})
    expect(state(person.page)).to_contain_text("Saved, except for this")
    assert kept(service) == {"change": WORDS}
    person.fill({"q-population": "12"})
    expect(state(person.page)).to_have_text(SAVED)
    assert kept(service) == {"change": WORDS, "population": 12}


def test_the_level_follows_the_answers_at_once(arrive: Arrive, code: str) -> None:
    person = begin(arrive, code, path=OUTCOME)
    shown = person.page.locator("[data-calculated]")
    before = shown.inner_text()
    scrolled = person.page.evaluate("window.scrollY")
    for radio in person.page.locator('.app-criteria input[value="in_place"]').all():
        radio.check()
    assert shown.get_attribute("data-value") not in ("", None)
    assert shown.inner_text() != before
    assert person.page.evaluate("window.scrollY") >= scrolled


@pytest.mark.parametrize("width", [320, 1280])
def test_the_switch_of_language_leads_to_where_one_was(arrive: Arrive, service: Service, code: str, width: int) -> None:
    person = begin(arrive, code, width=width, path=OUTCOME)
    person.fill({"q-went_well": WORDS})
    person.switch_language()
    assert person.language == "cy"
    assert person.value("q-went_well") == WORDS
    assert person.focused() == "q-went_well"
    assert person.page.locator("#q-went_well").evaluate(
        "box => { const {top, bottom} = box.getBoundingClientRect(); return top >= 0 && bottom <= innerHeight }"
    )
    assert kept(service, "outcome/pcmw-01") == {"went_well": WORDS}


def test_what_several_pages_left_of_one_answer_comes_back_one_after_the_other(
    arrive: Arrive, service: Service, code: str
) -> None:
    person = begin(arrive, code)
    pages = [person.page, person.context.new_page(), person.context.new_page()]
    texts = ["In one", "In two", "In three"]
    for page, text in zip(pages, texts, strict=True):
        page.goto(f"{person.origin}/en{ABOUT}")
        page.evaluate(CUT_OFF)
        page.locator('[name="q-change"]').fill(text)
    person.page = person.context.new_page()
    for page in pages:
        page.close()
    person.page.goto(f"{person.origin}/en/reflection/section/enablers")
    becomes(lambda: person.page.evaluate(OTHERS_OPEN), 0)
    person.page.goto(f"{person.origin}/en{ABOUT}")
    becomes(lambda: sorted(kept(service).get("change", "").split("\n\n")), sorted(texts))


def test_what_another_page_left_does_not_go_over_what_is_being_typed(
    arrive: Arrive, service: Service, code: str
) -> None:
    person = begin(arrive, code)
    other = person.context.new_page()
    other.goto(f"{person.origin}/en{ABOUT}")
    other.evaluate(CUT_OFF)
    other.locator('[name="q-change"]').fill("Left behind")
    person.page.add_init_script("const wait = setTimeout; window.setTimeout = (then, after) => wait(then, 2 * after)")
    person.page.goto(f"{person.origin}/en{ABOUT}")
    person.fill({"q-change": "Typed at once"})
    other.close()
    becomes(lambda: kept(service), {"change": "Typed at once\n\nLeft behind"})


@pytest.mark.parametrize("sign_in", ["goes on", "has ended"])
def test_a_button_whose_page_never_came_takes_no_word_away(
    arrive: Arrive, service: Service, code: str, sign_in: str
) -> None:
    person = begin(arrive, code)
    person.fill({"q-change": WORDS})
    if sign_in == "has ended":
        person.context.clear_cookies()
        person.save(status=400)
        person.fill({"access_code": code})
    person.page.route(
        f"**{ABOUT}*", lambda route: route.abort() if route.request.method == "POST" else route.continue_()
    )
    button = '[name="switch_language"]' if sign_in == "goes on" else "main form button"
    with person.page.expect_event("requestfailed", lambda request: request.method == "POST"):
        person.page.locator(button).click()
    person.page.unroute_all()
    person.page.goto(f"{person.origin}/en/sign-in")
    person.fill({"access_code": code})
    person.press("main form button")
    person.page.goto(f"{person.origin}/en{ABOUT}")
    becomes(lambda: kept(service), {"change": WORDS})


def test_a_service_that_is_busy_is_left_alone_as_long_as_it_asks_and_then_has_what_was_written(
    arrive: Arrive, service: Service, code: str
) -> None:
    person = begin(arrive, code)
    refusals = [{"status": 503, "headers": {"Retry-After": "40"}, "json": {"said": "Very busy"}}] * 2
    person.page.route(
        f"**{ABOUT}*",
        lambda route: (
            route.fulfill(**refusals.pop()) if refusals and route.request.method == "POST" else route.continue_()
        ),
    )
    person.page.add_init_script(
        "window.waits = []; const wait = setTimeout;"
        "window.setTimeout = (then, after) => { waits.push(after); return wait(then, after < 40000 ? after : 100) }"
    )
    person.page.goto(f"{person.origin}/en{ABOUT}")
    person.fill({"q-change": WORDS})
    expect(state(person.page)).to_have_text(SAVED, timeout=15_000)
    assert kept(service) == {"change": WORDS}
    first, second = person.page.evaluate("waits.filter((one) => one >= 40000)")
    assert first != second, "all who were refused together would come again together"
    assert max(first, second) <= 60_000


def test_what_was_typed_before_the_scripts_came_is_saved(arrive: Arrive, service: Service, code: str) -> None:
    person = begin(arrive, code)
    person.page.route("**/answers.js*", lambda route: (time.sleep(1.5), route.continue_()))
    person.page.goto(f"{person.origin}/en{ABOUT}", wait_until="commit")
    person.fill({"q-change": WORDS})
    becomes(lambda: kept(service), {"change": WORDS})


def test_what_the_browser_remembers_after_back_goes_over_nobody(arrive: Arrive, service: Service, code: str) -> None:
    first, second = begin(arrive, code), begin(arrive, code)
    first.fill({"q-change": "First"})
    first.save("list")
    second.open(ABOUT)
    second.fill({"q-change": "First and second"})
    second.save("list")
    first.page.go_back()
    first.page.wait_for_timeout(1000)
    first.control("q-change").press("Control+End")
    first.control("q-change").press_sequentially(" and third")
    becomes(lambda: kept(service), {"change": "First and second and third"})


@pytest.mark.parametrize("language", ["cy", "en"])
def test_whoever_pressed_continue_without_a_connection_is_taken_on_when_there_is_one(
    arrive: Arrive, service: Service, code: str, language: str
) -> None:
    person = begin(arrive, code, language)
    onward = person.page.locator('main button[name="then"][value="continue"]')
    person.context.set_offline(True)
    onward.click()
    expect(state(person.page)).to_contain_text({"cy": "bydd y dudalen nesaf yn agor", "en": "the next page"}[language])
    person.fill({"q-change": WORDS})
    person.context.set_offline(False)
    expect(state(person.page)).to_have_text(SAVED)
    assert person.path == ABOUT, "whoever writes on is not taken away from it"
    person.context.set_offline(True)
    onward.click()
    expect(state(person.page)).to_contain_text({"cy": "dim cysylltiad", "en": "no connection"}[language])
    with person.page.expect_navigation():
        person.context.set_offline(False)
    assert person.path != ABOUT
    assert kept(service) == {"change": WORDS}


@pytest.mark.parametrize("width", [320, 1280])
def test_the_bar_never_covers_what_has_the_focus(arrive: Arrive, code: str, width: int) -> None:
    person = begin(arrive, code, width=width, path=OUTCOME)
    person.fill({"q-action": "x " * 400})
    bar = state(person.page)
    expect(bar).to_contain_text("corrected")
    place = bar.bounding_box()
    assert place
    assert (place["x"], place["width"]) == (0, width), "it is as wide as the window"
    assert person.faults() == []
    person.page.evaluate("scrollTo(0, 0); document.querySelector('main a').focus()")
    for _ in range(60):
        person.page.keyboard.press("Tab")
        covered = person.page.evaluate(
            """() => {
            const focused = document.activeElement.getBoundingClientRect()
            const bar = document.getElementById('saving-state').getBoundingClientRect()
            return focused.height < bar.top && focused.bottom > bar.top + 1 && document.activeElement.outerHTML
        }"""
        )
        assert not covered


def test_the_buttons_say_that_they_save_only_where_nothing_else_does(arrive: Arrive, code: str) -> None:
    with_script, without = begin(arrive, code), arrive("en", 320, script=False)
    without.sign_in(code)
    without.open(ABOUT)
    buttons = "#answers .nhsuk-button-group button"
    assert with_script.page.locator(buttons).all_inner_texts() == ["Continue", "Back to the list"]
    assert without.page.locator(buttons).all_inner_texts() == ["Save and continue", "Save and return to the list"]


def test_two_windows_of_one_browser_are_not_somebody_else(arrive: Arrive, code: str) -> None:
    person = begin(arrive, code)
    other = person.context.new_page()
    other.goto(f"{person.origin}/en{ABOUT}")
    person.fill({"q-change": WORDS})
    expect(state(person.page)).to_have_text(SAVED)
    other.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(other.locator('[name="q-change"]')).to_have_value(WORDS)
    expect(other.locator(".app-colleague")).to_have_text("You have just changed this answer in another window.")


@pytest.mark.parametrize("language", ["cy", "en"])
def test_words_for_a_question_that_is_not_on_the_page_any_more_are_shown_until_they_are_let_go(
    arrive: Arrive, service: Service, code: str, language: str
) -> None:
    person = begin(arrive, code, language)
    box = person.page.locator("#left-over")
    expect(box).to_be_hidden()
    person.page.evaluate(
        """(words) => {
            const form = document.querySelector('form#answers')
            localStorage.setItem(`myfyrio ${form.dataset.draft} 1`, JSON.stringify({
                base: '', at: 1, action: form.action, title: 'About', language: 'cy', questions: ['gone', 'change'],
                fields: [['q-gone', words], ['q-change', words]],
                labels: { 'q-gone': 'A question', 'q-change': 'Another' }
            }))
        }""",
        WORDS,
    )
    for _ in range(2):
        person.open(ABOUT)
        expect(box.locator("dd")).to_have_text([WORDS])
        expect(box.locator("dt")).to_have_text(["A question"])
    becomes(lambda: kept(service), {"change": WORDS})
    box.locator("button").click()
    person.open(ABOUT)
    expect(box).to_be_hidden()


@pytest.mark.parametrize(
    ("path", "box", "button"),
    [
        (ABOUT, "q-change", '[name="switch_language"]'),
        ("/reflection/name", "name", "main form button"),
    ],
)
def test_a_form_that_is_sent_without_a_connection_stays_says_so_and_goes_when_there_is_one(
    arrive: Arrive, code: str, path: str, box: str, button: str
) -> None:
    person = begin(arrive, code, "cy", path=path)
    person.context.set_offline(True)
    person.fill({box: WORDS})
    person.page.locator(button).click()
    said = person.page.locator(".app-saving-state--held")
    expect(said).to_contain_text("dim cysylltiad")
    assert person.value(box) == WORDS
    assert not person.faults()
    person.context.set_offline(False)
    with person.page.expect_navigation():
        person.page.locator(button).click()
    person.page.goto(f"{person.origin}/cy{path}")
    assert person.value(box) == WORDS, "it was sent"
