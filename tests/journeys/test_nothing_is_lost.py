"""What was typed outlives a colleague's save and the end of a sign-in."""

import pytest

from tests.journeys.conftest import Arrive
from tests.journeys.service import Service
from tests.journeys.visitor import Visitor

WELSH, ENGLISH = "Practis newydd yn y dŵr-dref.", "A new practice joined us."


def answers(service: Service, page: str) -> dict[str, object]:
    kept = service.kept()
    assert kept is not None
    found: dict[str, object] = kept["pages"][page]["answers"]
    return found


@pytest.mark.parametrize(
    ("language", "width", "script"), [("cy", 320, True), ("en", 1280, False), ("en-XA", 320, True)]
)
def test_two_people_save_the_same_section(
    arrive: Arrive, service: Service, code: str, language: str, width: int, script: bool
) -> None:
    first, second = arrive("cy"), arrive(language, width, script=script)
    # Where she has not typed yet, her page would show what her colleague saves, and there were nothing to ask.
    second.context.route("**/presence/**", lambda route: route.abort())
    for person in (first, second):
        person.sign_in(code)
        person.open("/reflection/section/about")
    first.fill({"q-population": "12000", "q-change": WELSH})
    first.choose("q-how_done", "meeting")
    first.save()
    second.fill({"q-population": "13000", "q-change": ENGLISH})
    second.choose("q-participants", "dental")

    second.save(status=409)

    assert WELSH in second.page.locator("#keep-change-theirs").inner_text()
    assert ENGLISH in second.page.locator("#keep-change-mine").inner_text()
    assert not second.page.locator('[name="keep-how_done"]').count(), "only what both have changed is asked about"
    second.choose("keep-population", "theirs")
    second.press("main form button", status=422)
    assert second.page.locator('[name="keep-population"]:checked').get_attribute("value") == "theirs"
    assert_summary_leads_to(second, "keep-change")
    second.choose("keep-change", "mine")
    second.press("main form button")

    assert answers(service, "about") == {
        "how_done": "meeting",
        "participants": ["dental"],
        "population": 12000,
        "change": ENGLISH,
    }


@pytest.mark.parametrize(
    ("language", "width", "script"), [("cy", 1280, False), ("en", 320, True), ("en-XA", 320, True)]
)
def test_a_sign_in_that_has_ended(
    arrive: Arrive, service: Service, code: str, language: str, width: int, script: bool
) -> None:
    person = arrive(language, width, script=script)
    person.sign_in(code)
    person.open("/reflection/section/about")
    person.fill({"q-change": WELSH})
    person.choose("q-participants", "dental", "third_sector")
    person.context.clear_cookies()

    person.save(status=400)

    assert service.kept() is None
    person.fill({"access_code": "KKKK-KKKK-KKKK"})
    person.press("main form button", status=422)
    assert_summary_leads_to(person, "access_code")
    person.switch_language(403)
    person.fill({"access_code": code})
    person.press("main form button")
    assert person.path.startswith("/reflection/section/outcome/")
    assert answers(service, "about") == {"participants": ["dental", "third_sector"], "change": WELSH}


def test_what_the_browser_puts_back_without_scripts_replaces_nothing_newer_unasked(
    arrive: Arrive, service: Service, code: str
) -> None:
    person = arrive("cy", 320, script=False)
    person.sign_in(code)
    for words in (ENGLISH, WELSH):
        person.open("/reflection/section/about")
        person.fill({"q-change": words})
        person.save("list")
    for _ in range(3):
        person.page.go_back()
    assert person.value("q-change") == ENGLISH, "the browser remembers what was typed then"

    person.save("list", status=409)

    assert answers(service, "about") == {"change": WELSH}
    person.choose("keep-change", "both")
    person.press("main form button")
    assert answers(service, "about") == {"change": f"{WELSH}\n\n{ENGLISH}"}


def assert_summary_leads_to(person: Visitor, control: str) -> None:
    assert person.page.locator(".nhsuk-error-summary a").get_attribute("href") == f"#{control}"
