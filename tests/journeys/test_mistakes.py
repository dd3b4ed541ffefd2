"""What cannot be taken is said plainly, at the top of the page and at the field, and the keyboard is led there."""

import pytest

from survey.languages import language as language_of
from tests.journeys.conftest import Arrive
from tests.journeys.service import Service
from tests.journeys.visitor import Visitor

PLACES = pytest.mark.parametrize(("language", "width"), [("cy", 320), ("en", 1280), ("en-XA", 320)])


def assert_told_of(person: Visitor, *fields: str) -> None:
    """The summary has the focus and lists these fields; each link moves the focus into its field."""
    page = person.page
    assert page.title().startswith(language_of(person.language).pgettext("page title", "Error:"))
    assert page.evaluate("document.activeElement.classList.contains('nhsuk-error-summary')")
    links = page.locator(".nhsuk-error-summary a")
    assert links.evaluate_all("all => all.map(one => one.getAttribute('href'))") == [f"#{field}" for field in fields]
    for number, field in enumerate(fields):
        links.nth(number).click()
        assert person.focused() == field
        described = page.locator(f"#{field}").evaluate(
            "one => (one.closest('fieldset[aria-describedby]') ?? one).getAttribute('aria-describedby')"
            " + ' ' + one.getAttribute('aria-describedby')"
        )
        errors = page.locator(".nhsuk-error-message").evaluate_all("all => all.map(one => one.id)")
        assert set(described.split()) & set(errors), f"{field} is not described by what is wrong with it"


@PLACES
def test_a_wrong_access_code(arrive: Arrive, language: str, width: int) -> None:
    person = arrive(language, width)
    person.open("/sign-in")
    person.fill({"access_code": "XXXX-2222-XXXX"})
    person.press("main form button", status=422)
    assert_told_of(person, "access_code")
    assert person.value("access_code") == "XXXX-2222-XXXX"


@PLACES
def test_answers_that_cannot_be_taken(arrive: Arrive, service: Service, code: str, language: str, width: int) -> None:
    person = arrive(language, width)
    person.sign_in(code)
    person.open("/reflection/section/about")
    person.choose("q-participants", "others")
    person.choose("q-how_done", "both")
    person.fill({"q-participants_others": "ŵ" * 201, "q-population": "deg ar hugain", "q-change": "x" * 1001})

    person.save(status=422)

    assert_told_of(person, "q-participants_others", "q-population", "q-change")
    assert person.value("q-population") == "deg ar hugain"
    kept = service.kept()
    assert kept is not None
    answers = kept["pages"]["about"]["answers"]
    too_long = {"participants_others": "ŵ" * 201, "change": "x" * 1001}
    assert answers == {"participants": ["others"], "how_done": "both", **too_long}, "a draft keeps what is too long"


@PLACES
def test_a_day_that_there_is_not(arrive: Arrive, code: str, language: str, width: int) -> None:
    person = arrive(language, width)
    person.sign_in(code)
    person.open("/reflection/section/sign_off")
    person.fill({"q-date-day": "31", "q-date-month": "2", "q-date-year": "2026"})
    person.save("list", status=422)
    assert_told_of(person, "q-date-day")
    person.fill({"q-date-day": "28"})
    person.save("list")
    person.open("/reflection/section/sign_off")
    assert [person.value(f"q-date-{part}") for part in ("day", "month", "year")] == ["28", "2", "2026"]


def test_going_back_to_a_page_that_told_of_a_mistake_sends_nothing_again(
    arrive: Arrive, service: Service, code: str
) -> None:
    person = arrive("en", 320, script=False)
    person.sign_in(code)
    person.open("/reflection/section/about")
    person.fill({"q-change": "Practis newydd", "q-population": "lots"})
    person.save(status=422)
    person.page.reload()
    assert person.value("q-population") == "lots"
    person.fill({"q-population": "12000"})
    person.save("list")
    back = person.page.go_back()
    assert back
    person.look(back)
    assert person.value("q-population") == "12000"
    person.open("/reflection/check")
    person.press("main form button", status=422)
    person.press(".nhsuk-error-summary a >> nth=0")
    back = person.page.go_back()
    assert back
    person.look(back, status=422)


def test_going_back_from_a_second_choice_asks_for_nothing_to_be_sent_again(
    arrive: Arrive, service: Service, code: str
) -> None:
    first, second = (arrive("en", 320, script=False) for _ in range(2))
    for person in (first, second):
        person.sign_in(code)
        person.open("/reflection/section/about")
    first.fill({"q-change": "Cyntaf"})
    first.save("list")
    second.fill({"q-change": "Ail"})
    second.save(status=409)
    first.open("/reflection/section/about")
    first.fill({"q-change": "Cyntaf eto"})
    first.save("list")
    second.choose("keep-change", "mine")
    second.press("main form button", status=409)
    back = second.page.go_back()
    assert back, "the browser asks whether to send the form again"
    second.look(back, back.status)
    second.open("/reflection")
    second.go(back.url.removeprefix(second.origin), back.status)
    record = service.kept()
    assert record
    assert record["pages"]["about"]["answers"] == {"change": "Cyntaf eto"}
