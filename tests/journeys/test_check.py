"""Checking the answers: short enough to be read, and one comes back to where one was; and the list that leads there."""

import pytest

from survey.collection.responses.response import REFLECTION, new_record
from survey.collection.rounds.round import place
from survey.collection.rounds.snapshot import load_snapshot
from tests.journeys.conftest import Arrive
from tests.journeys.service import CLUSTER, ROUND, Service

# Pixels down; what a full one was before: 13,547 and 7,974 in English, 14,312 and 8,450 in Welsh.
MOST_OF_A_FULL_CHECK = {320: 9_800, 1280: 7_400}
# What an empty one was: 17,254 and 9,931, 18,883 and 10,799.
MOST_OF_AN_EMPTY_CHECK = {320: 7_000, 1280: 5_400}


def write_everything(service: Service) -> None:
    """A draft with answers to all sections, those of other clusters of the demonstration, every criterion in place."""
    submitted = [
        record["pages"]
        for _, record in service.repository.read_all(place(ROUND, REFLECTION))
        if isinstance(record, dict) and record["submissions"]
    ]
    draft = new_record("journey", ROUND, CLUSTER)
    for page in load_snapshot(service.repository, ROUND).instrument(CLUSTER).pages:
        kind = page.key.split("/")[0]
        like_it = next(pages[key] for pages in submitted for key in pages if key.split("/")[0] == kind)
        answers = dict(like_it["answers"])
        if page.outcome:
            answers["criteria"] = {criterion.id: "in_place" for criterion in page.outcome.criteria}
        draft["pages"][page.key] = {**like_it, "answers": answers}
    service.repository.write(place(ROUND, REFLECTION), CLUSTER, draft)


@pytest.mark.parametrize("width", [320, 1280])
def test_the_check_is_short_and_its_parts_open(arrive: Arrive, service: Service, code: str, width: int) -> None:
    """In Welsh, which is longer than English."""
    person = arrive("cy", width)
    person.sign_in(code)

    def height() -> int:
        return int(person.page.evaluate("document.documentElement.scrollHeight"))

    person.open("/reflection/check")
    assert 2_000 < height() <= MOST_OF_AN_EMPTY_CHECK[width]
    person.press("main form button", status=422)
    write_everything(service)
    person.open("/reflection/check")
    assert 2_000 < height() <= MOST_OF_A_FULL_CHECK[width]
    folded = person.page.locator(".app-fold").first
    change = folded.locator("a").first
    assert not change.is_visible()
    folded.locator("summary").click()
    assert change.is_visible()


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("en-XA", 320)])
def test_a_change_comes_back_to_its_section_of_the_check(
    arrive: Arrive, service: Service, code: str, language: str, width: int
) -> None:
    person = arrive(language, width)
    person.sign_in(code)
    write_everything(service)
    person.open("/reflection/check")
    person.press(person.page.locator(".app-check a[href*='enablers'][href*='back=check']").first)
    assert person.path == "/reflection/section/enablers"
    person.fill({"q-help_wanted": "Mwy o amser gyda’n gilydd"})
    person.save()
    assert person.path == "/reflection/check"
    assert person.page.evaluate("location.hash") == "#enablers"
    assert person.page.locator("#enablers").bounding_box()["y"] < 800  # type: ignore[index]
    assert person.page.get_by_text("Mwy o amser gyda’n gilydd").is_visible()


@pytest.mark.parametrize(("language", "script"), [("cy", False), ("en", True)])
def test_a_link_to_a_section_leads_there_once_signed_in_and_the_list_says_where_to_go_on(
    arrive: Arrive, code: str, language: str, script: bool
) -> None:
    person = arrive(language, 320, script=script)
    person.open("/reflection/section/enablers")
    assert person.path == "/sign-in"
    person.switch_language()
    person.fill({"access_code": code})
    person.press("main form button")
    assert person.path == "/reflection/section/enablers"
    assert person.language != language
    person.save("list")
    person.press("main .nhsuk-button:not(.nhsuk-button--secondary)")
    assert person.path == "/reflection/section/about"
    person.switch_language()
    person.choose("q-participants", "cluster_lead")
    person.choose("q-how_done", "meeting")
    person.save("list")
    person.press("main .nhsuk-button:not(.nhsuk-button--secondary)")
    assert person.path.startswith("/reflection/section/outcome/")
