"""Last year’s answers beside this year’s: taken over at one press, with a script or without, marked until touched."""

import pytest
from playwright.sync_api import Locator

from tests.journeys.conftest import Arrive
from tests.journeys.service import Service
from tests.journeys.visitor import Visitor

ABOUT = "/reflection/section/about"


def box_of(person: Visitor, takes: str) -> Locator:
    """What stands beside a question or criterion, by what its button takes over."""
    return person.page.locator(f'.app-earlier:has([name="take_over"][value="{takes}"])')


def take_over(person: Visitor, takes: str) -> None:
    box_of(person, takes).locator("button").click()


def open_outcome(person: Visitor) -> str:
    """Go to the first outcome that the cluster has reflected on before; return its path."""
    person.page.goto(f"{person.origin}/{person.language}/reflection")
    paths = person.page.locator(".nhsuk-task-list a").evaluate_all("all => all.map(one => one.pathname)")
    for path in paths:
        if "/outcome/" in path:
            person.go(path)
            if person.page.locator('[name="take_over"][value="went_well"]').count():
                return person.path
    raise AssertionError("the cluster of the journeys has reflected on no outcome before")


@pytest.mark.parametrize(("language", "width"), [("cy", 320), ("en", 1280)])
def test_with_a_script_the_press_fills_the_field_and_sends_nothing(
    arrive: Arrive, code: str, language: str, width: int
) -> None:
    person = arrive(language, width)
    person.sign_in(code)
    path = open_outcome(person)
    folded = box_of(person, "went_well").locator("details")
    assert folded.evaluate("all => all.open") == (width == 1280), "folded where there is no room beside"
    if width == 320:
        folded.locator("summary").click()
    earlier = folded.locator("[lang]").first.inner_text()
    take_over(person, "went_well")
    assert person.value("q-went_well") == earlier
    assert person.focused() == "q-went_well"
    assert box_of(person, "went_well").locator(".app-earlier__mark").is_visible()
    assert not box_of(person, "went_well").locator("button").is_visible()

    criterion = person.page.locator('[name="take_over"][value^="criteria."]').first.get_attribute("value")
    assert criterion is not None
    name = criterion.replace("criteria.", "q-criteria-", 1)
    take_over(person, criterion)
    assert person.page.locator(f'[name="{name}"]:checked').count() == 1
    assert person.page.locator(f'[name="{name}"]:checked').evaluate("one => one === document.activeElement")
    take_over(person, "level")
    assert person.page.locator('[name="q-level"]:checked').count() == 1
    assert person.path == path
    assert not person.faults()

    person.fill({"q-went_well": earlier + " A rhagor."})
    assert not box_of(person, "went_well").locator(".app-earlier__mark").is_visible(), "touched, it is not last year’s"
    take_over(person, "went_well")
    assert person.value("q-went_well") == earlier + " A rhagor.", "it is there already"
    person.fill({"q-went_less_well": "Newydd."})
    if width == 320:
        box_of(person, "went_less_well").locator("summary").click()
    take_over(person, "went_less_well")
    assert person.value("q-went_less_well").startswith("Newydd.\n\n"), "nothing that was typed is lost"

    person.save()
    person.open(path)
    assert not box_of(person, "went_well").locator(".app-earlier__mark").is_visible()
    assert box_of(person, criterion).locator(".app-earlier__mark").is_visible(), "the mark outlasts the save"


def test_checkboxes_a_number_and_a_choice_are_the_same_as_before(arrive: Arrive, service: Service, code: str) -> None:
    person = arrive("en")
    person.sign_in(code)
    person.open(ABOUT)
    person.choose("q-participants", "senior_manager", "mental_health")
    for button in person.page.locator('[name="take_over"]').all():
        button.click()
    assert person.page.locator(".app-earlier__mark:visible").count() == person.page.locator(".app-earlier").count() == 4
    person.save()
    person.open(ABOUT)
    assert person.page.locator(".app-earlier__mark:visible").count() == 4, "the form saves what a script puts in"
    kept = service.kept()
    assert kept is not None
    assert set(kept["pages"]["about"]["answers"]) >= {"participants", "how_done", "population", "change"}


@pytest.mark.parametrize(("language", "width"), [("cy", 320), ("en", 1280)])
def test_without_a_script_the_press_saves_the_page_with_it(
    arrive: Arrive, service: Service, code: str, language: str, width: int
) -> None:
    person = arrive(language, width, script=False)
    person.sign_in(code)
    path = open_outcome(person)
    person.fill({"q-action": "Teipiwyd hyn."})
    box = box_of(person, "went_well")
    if width == 320:
        box.locator("summary").click()
    assert box.locator("button").is_visible(), "on a wide screen it is in sight without a script as well"
    person.press(box.locator("button"))
    assert person.path == path
    assert person.page.evaluate("location.hash") == "#q-went_well"
    assert person.value("q-action") == "Teipiwyd hyn."
    kept = service.kept()
    assert kept is not None
    answers = kept["pages"][path.removeprefix("/reflection/section/")]["answers"]
    assert answers == {"action": "Teipiwyd hyn.", "went_well": person.value("q-went_well")}
    assert box_of(person, "went_well").locator(".app-earlier__mark").is_visible()


@pytest.mark.parametrize(("language", "width"), [("cy", 1280), ("en-XA", 320)])
def test_the_page_of_check_says_what_is_unchanged(arrive: Arrive, code: str, language: str, width: int) -> None:
    person = arrive(language, width)
    person.sign_in(code)
    open_outcome(person)
    if width == 320:
        box_of(person, "went_well").locator("summary").click()
    take_over(person, "went_well")
    mark = box_of(person, "went_well").locator(".app-earlier__mark").inner_text()
    person.save()
    person.open("/reflection/check")
    assert person.page.locator("dd", has_text=mark).count() == 1
