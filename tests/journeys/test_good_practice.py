"""Examples of good practice: added, changed, and taken out only when that is confirmed."""

import pytest

from tests.journeys.conftest import Arrive
from tests.journeys.service import Service
from tests.journeys.visitor import Visitor


def titles(service: Service) -> list[str]:
    kept = service.kept()
    assert kept is not None
    return [item["title"] for item in kept["pages"]["good_practice"]["answers"].get("examples", [])]


def add(person: Visitor, title: str) -> None:
    person.press("main button.nhsuk-button[value$='/change']")
    person.fill({"q-title": title})
    person.choose("q-outcomes", "pcmw-01")
    person.save()
    assert person.path == "/reflection/section/good_practice"


@pytest.mark.parametrize(("language", "width", "script"), [("cy", 320, True), ("en-XA", 1280, False)])
def test_examples_come_and_go(
    arrive: Arrive, service: Service, code: str, language: str, width: int, script: bool
) -> None:
    person = arrive(language, width, script=script)
    person.sign_in(code)
    person.open("/reflection/section/good_practice")
    add(person, "Fferyllfa symudol")
    add(person, "Clinig yn y tŷ")
    assert titles(service) == ["Fferyllfa symudol", "Clinig yn y tŷ"]

    person.press(person.page.locator(".nhsuk-summary-list button[value$='/change']").nth(1))
    person.fill({"q-title": "Clinig yn y pentref"})
    person.save()
    assert titles(service) == ["Fferyllfa symudol", "Clinig yn y pentref"]

    person.press(person.page.locator(".nhsuk-summary-list button[value$='/remove']").first)
    person.press("main form a.nhsuk-button")
    assert titles(service) == ["Fferyllfa symudol", "Clinig yn y pentref"]
    person.press(person.page.locator(".nhsuk-summary-list button[value$='/remove']").first)
    person.press("main form button")
    assert titles(service) == ["Clinig yn y pentref"]
