"""A worksheet: begun from the one of two years ago at one press, filled in beside the outcome, kept as one goes."""

import pytest

from tests.journeys.conftest import Arrive
from tests.journeys.service import Service
from tests.journeys.visitor import Visitor

OUTCOME = "/reflection/section/outcome/pcmw-10"
SHEET = "worksheet/pcmw-10"
BOXES = ("inputs", "activities", "outputs", "outcomes", "impacts", "barriers", "assumptions")


def texts(person: Visitor) -> dict[str, str]:
    return {name: text for name in BOXES if (text := person.value(f"q-{name}"))}


@pytest.mark.parametrize(("language", "width"), [("cy", 320), ("en", 1280)])
def test_a_worksheet_starts_from_the_last_one(
    arrive: Arrive, service: Service, code: str, language: str, width: int
) -> None:
    person = arrive(language, width)
    person.sign_in(code)
    person.open(OUTCOME)
    about = person.page.locator("details").first
    about.locator("summary").click()
    assert not person.faults()
    person.page.locator(f'a[href$="{SHEET}"]').click()
    start = person.page.locator("[data-start]")
    assert not person.faults()
    start.locator("button").click()
    begun = texts(person)
    assert len(begun) > 2
    assert not start.is_visible(), "pressed twice, it would be there twice"
    marks = person.page.locator(".app-earlier__mark:visible")
    assert marks.count() == len(begun)
    assert not person.faults()
    first = next(iter(begun))
    person.fill({f"q-{first}": "Newydd."})
    assert marks.count() == len(begun) - 1, "touched, it is not the earlier one any more"
    person.page.locator('button[name="then"][value="continue"]').click()
    person.page.wait_for_url(f"**{OUTCOME}")
    kept = (service.kept() or {})["pages"][SHEET]["answers"]
    assert kept == {**{name: text.replace("\r\n", "\n") for name, text in begun.items()}, first: "Newydd."}


def test_a_worksheet_starts_from_the_last_one_without_a_script(arrive: Arrive, service: Service, code: str) -> None:
    person = arrive("en", script=False)
    person.sign_in(code)
    person.open(f"/reflection/section/{SHEET}")
    person.page.locator("[data-start] button").click()
    assert len(texts(person)) > 2
    assert person.page.locator("[data-start]").count() == 0
    assert (service.kept() or {})["pages"][SHEET]["answers"] == texts(person)
