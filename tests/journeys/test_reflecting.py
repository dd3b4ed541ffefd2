"""From the access code to the receipt: a cluster answers, sees what is missing, and submits."""

import pytest

from tests.journeys.conftest import Arrive
from tests.journeys.service import Service
from tests.journeys.visitor import Visitor

STORY = "Gweithiodd y tîm yn dda â’r meddygfeydd: dŵr, tŷ, ŵy. =1+1"


def answer_about(person: Visitor) -> None:
    person.choose("q-participants", "cluster_lead", "dental", "others")
    person.fill({"q-participants_others": "Fferyllfa’r pentref", "q-population": "31250", "q-change": STORY})
    person.choose("q-how_done", "both")


def answer_outcome(person: Visitor) -> None:
    """Every criterion but the first is in place; judged one level higher than that points to."""
    names = person.page.locator('[name^="q-criteria-"]').evaluate_all("all => [...new Set(all.map(one => one.name))]")
    person.choose(names[0], "partly")
    for name in names[1:]:
        person.choose(name, "in_place")
    points_to = person.page.locator('[data-calculated="indicated_level"]')
    if points_to.count():
        if not person.script:
            person.press(points_to.locator("button"))
        assert points_to.get_attribute("data-value") == "working_towards"
    person.choose("q-level", "foundation")
    if points_to.count():
        person.fill({"q-level_difference": "Mae mwy yn ei le nag a welir."})
    person.fill({"q-went_well": STORY, "q-went_less_well": "Dim."})
    person.fill({"q-do_differently": "@rhywbeth", "q-action": "-2", "q-action_lead": "Arweinydd y clwstwr"})
    person.fill({"q-action_due-day": "31", "q-action_due-month": "3", "q-action_due-year": "2027"})
    add_evidence(person)


def add_evidence(person: Visitor) -> None:
    """What is on the page is saved before it leads to that of the evidence, with a script or without."""
    outcome = person.path
    person.press("main button[value^='evidence/'].nhsuk-button")
    person.fill({"q-title": "=A1", "q-link": "https://example.org/", "q-shows": "Mae’n gweithio."})
    person.fill({"q-date-day": "1", "q-date-month": "5", "q-date-year": "2026"})
    person.save()
    assert person.path == outcome
    assert person.value("q-went_well") == STORY


def answer_enablers(person: Visitor) -> None:
    for about in ("facilitating", "leading", "learning", "engaging", "funding", "evaluating"):
        person.choose(f"q-enabler_{about}", "enabler")
    person.fill({"q-help_wanted": "Rhagor o amser"})
    person.choose("q-help_from", "national")


def answer_sign_off(person: Visitor) -> None:
    person.fill({"q-name": "Siân Ŵyn", "q-role": "Arweinydd"})
    person.fill({"q-date-day": "21", "q-date-month": "11", "q-date-year": "2026"})
    person.choose("q-agreed", "with_reservations")
    person.fill({"q-reservations": "Bron â bod."})


@pytest.mark.parametrize(
    ("language", "width", "script"),
    [("cy", 320, False), ("en", 1280, True), ("en-XA", 320, True)],
)
def test_a_cluster_reflects_and_submits(
    arrive: Arrive, service: Service, code: str, language: str, width: int, script: bool
) -> None:
    person = arrive(language, width, script=script)
    person.come_in(code)
    person.press(".nhsuk-task-list a[href$='/section/about']")
    answer_about(person)
    person.save()
    while person.path.startswith("/reflection/section/outcome/"):
        answer_outcome(person)
        person.save()
    answer_enablers(person)
    person.save()
    assert person.path == "/reflection/section/good_practice"
    person.press("main button[value$='/change']")
    person.fill({"q-title": "Fferyllfa symudol", "q-problem": STORY})
    person.choose("q-outcomes", "pcmw-04", "acd-01")
    person.choose("q-share", "beyond")
    person.save()
    person.save()
    assert person.path == "/reflection/section/sign_off"
    person.fill({"q-name": "Siân Ŵyn"})
    person.save()

    assert person.path == "/reflection/check"
    gaps = person.page.locator(".nhsuk-card--warning li a")
    assert gaps.count() == 3
    person.press("main form button", status=422)
    gaps = person.page.locator(".nhsuk-error-summary a")
    assert gaps.count() == 3
    person.press(gaps.nth(1))
    assert person.path == "/reflection/section/sign_off"
    assert person.page.evaluate("location.hash") == "#q-date-day"
    answer_sign_off(person)
    person.save()

    assert person.path == "/reflection/check"
    assert person.page.locator(".nhsuk-card--warning:visible").count() == 0
    person.press("main form button")
    assert person.path == "/reflection/submitted"
    kept = service.kept()
    assert kept is not None
    assert len(kept["submissions"]) == 1

    person.press('main a[href$="/reflection/view"]')
    assert person.page.get_by_text(STORY).count() >= 5
    person.press(".nhsuk-back-link")
    person.open("/reflection/check")
    assert person.path == "/reflection", "what has been submitted is not submitted a second time"
    person.press("header form button")
    assert person.path == "/"
