"""Changing between Welsh and English in the middle of a form."""

import pytest

from tests.journeys.conftest import Arrive
from tests.journeys.service import Service

TYPED = 'Mae’r tŷ’n gynnes; "dyfynnod" <b> & ŵ\nail linell'


@pytest.mark.parametrize(
    ("language", "other", "width", "script"),
    [("cy", "en", 1280, True), ("en", "cy", 320, False), ("en-XA", "cy", 320, True)],
)
def test_what_was_typed_is_there_in_the_other_language(
    arrive: Arrive, service: Service, code: str, language: str, other: str, width: int, script: bool
) -> None:
    person = arrive(language, width, script=script)
    person.sign_in(code)
    person.open("/reflection/section/about")
    person.choose("q-participants", "dental", "others")
    person.choose("q-how_done", "circulation")
    person.fill({"q-participants_others": TYPED.split("\n")[0], "q-population": "llawer", "q-change": TYPED})

    person.switch_language()

    assert (person.language, person.path) == (other, "/reflection/section/about")
    assert person.value("q-change") == TYPED
    assert person.value("q-population") == "llawer"
    assert person.value("q-participants_others") == TYPED.split("\n")[0]
    assert person.page.locator("main :checked").evaluate_all("all => all.map(one => one.value)") == [
        "dental",
        "others",
        "circulation",
    ]
    assert person.page.locator(".nhsuk-error-summary").count() == 0, "to change the language is not to be corrected"
    kept = service.kept()
    assert kept is not None
    assert kept["pages"]["about"]["answers"] == {
        "participants": ["dental", "others"],
        "participants_others": TYPED.split("\n")[0],
        "how_done": "circulation",
        "change": TYPED,
    }
    assert kept["pages"]["about"]["saved_in"] == language, "it was written on the page before the switch"

    person.fill({"q-population": "10"})
    person.save()
    kept = service.kept()
    assert kept is not None
    assert kept["pages"]["about"]["answers"]["change"] == TYPED


@pytest.mark.parametrize("language", ["cy", "en"])
def test_a_code_typed_before_the_switch_is_not_lost(arrive: Arrive, code: str, language: str) -> None:
    person = arrive(language)
    person.open("/sign-in")
    person.fill({"access_code": code})
    person.switch_language()
    assert person.value("access_code") == code
    person.press("main form button")
    assert person.path == "/reflection"
