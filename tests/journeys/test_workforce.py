"""The workforce skills survey in a browser: from the link to the thanks, on a phone and on a wide screen."""

from collections.abc import Iterator

import pytest

from survey.collection.people.access import store_link
from survey.collection.responses.anonymous import AnonymousResponse, read_responses
from survey.collection.rounds.opening import open_round, read_sources
from survey.collection.rounds.round import Round, create_round, round_ids
from survey.collection.rounds.snapshot import load_snapshot
from survey.demonstration.workforce import EDITION, QUESTIONNAIRE
from tests.journeys.conftest import Arrive
from tests.journeys.service import OPENING_DAY, ROOT, Service
from tests.journeys.visitor import Visitor

ROUND = "workforce-journey"
CLUSTER = "north-powys"
TOKEN = "k7qt-9wxm-3fbd"
HOME = f"/survey/{TOKEN}/"
SEGMENT = 44
STORY = "Mae’r tŷ’n llawn ŵyl.\n=1+1"


@pytest.fixture
def survey(service: Service) -> Iterator[Service]:
    """The service with an open round of the survey, in the Welsh there is."""
    if ROUND not in round_ids(service.repository):
        sources = read_sources(ROOT / "questionnaires", QUESTIONNAIRE, EDITION, "clusters-2026")
        create_round(service.repository, Round(ROUND, QUESTIONNAIRE, EDITION, "2026-27", "clusters-2026"))
        open_round(service.repository, ROUND, sources, lambda _catalogues: [], OPENING_DAY)
        store_link(service.repository, ROUND, CLUSTER, TOKEN)
    yield service
    for one in responses(service):
        service.repository.delete(("rounds", ROUND, "skills", "responses"), one.id)


def responses(service: Service) -> list[AnonymousResponse]:
    found = read_responses(service.repository, load_snapshot(service.repository, ROUND))
    return [one for one in found if isinstance(one, AnonymousResponse)]


@pytest.mark.parametrize(
    ("language", "width", "script"), [("cy", 320, False), ("en", 1280, True), ("en-XA", 320, True)]
)
def test_a_person_completes_it(arrive: Arrive, survey: Service, language: str, width: int, script: bool) -> None:
    person = arrive(language, width, script=script)
    person.open(HOME)
    person.press("main form button")
    assert person.path == f"{HOME}section/role"
    person.choose("q-profession", "practice_nurse")
    person.choose("q-hours", "from_30_to_38")
    person.save()
    person.choose("q-skills-finance.importance", "important")
    person.choose("q-skills-finance.confidence", "not_confident")
    for _ in range(3):
        person.save()
    person.choose("q-skills-chairing.confidence", "not_applicable")
    person.save()
    rank(person)
    person.choose("q-obstacles", "workload", "cover")
    person.save()
    person.switch_language()
    person.switch_language()
    if person.language != language:  # the pseudo-language is not one that a switch leads to
        person.go(f"/{language}{person.path}")
    person.choose("q-welsh_understanding", "level_3")
    person.save()
    person.save()
    person.fill({"q-anything_else": STORY})
    person.save()
    assert person.path == f"{HOME}check"
    person.press("main form button")
    assert person.path == f"{HOME}thanks"
    [response] = responses(survey)
    assert response.submitted_in == language
    assert response.answers["role"] == {"profession": "practice_nurse", "hours": "from_30_to_38"}
    assert response.answers["skills"]["skills"] == {
        "finance": {"importance": "important", "confidence": "not_confident"},
        "chairing": {"confidence": "not_applicable"},
    }
    assert response.answers["training"] == {
        "training_needs": ["finance", "digital"],
        "obstacles": ["workload", "cover"],
    }
    assert response.answers["anything_else"] == {"anything_else": STORY}


def rank(person: Visitor) -> None:
    """Finance first, digital skills second, in whichever way the page offers."""
    lists, boxes = ([person.control(f"q-training_needs-{place}") for place in (1, 2)], ".app-ranking [value=%s]")
    if person.page.locator(".app-ranking").count():
        assert not lists[0].is_visible()
        for code in ("chairing", "finance", "digital", "chairing"):  # the first is taken back
            person.page.locator(boxes % code).click()
        assert [one.input_value() for one in lists] == ["finance", "digital"]
        return
    lists[0].select_option("finance")
    if person.script:
        assert lists[1].locator("[value=finance]").is_disabled()
        lists[0].select_option("planning")
        assert lists[1].locator("[value=finance]").is_enabled()
        lists[0].select_option("finance")
    else:
        lists[1].select_option("finance")
        person.save(status=422)
    lists[1].select_option("digital")


@pytest.mark.parametrize("language", ["cy", "en", "en-XA"])
def test_the_matrix_is_a_table_where_there_is_room_and_lines_of_segments_where_there_is_not(
    arrive: Arrive, survey: Service, language: str
) -> None:
    for width, is_table in ((1280, True), (320, False)):
        person = arrive(language, width)
        person.open(HOME)
        person.press("main form button")
        person.choose("q-profession", "gp")
        person.save()
        options = person.page.locator('[name="q-skills-finance.importance"]')
        places = [options.nth(number).bounding_box() for number in range(4)]
        assert all(places)
        tops = {round(place["y"]) for place in places if place}
        assert len(tops) == 1
        assert is_table or all(place["height"] >= SEGMENT for place in places if place)
        heads = person.page.locator(".app-matrix__head").first
        assert heads.is_visible() == is_table
        legend = person.page.locator("fieldset:has([name='q-skills-finance.importance']) legend")
        assert legend.count() == 1
        if is_table:
            # Each option stands under its word.
            words = person.page.locator(".app-matrix__head").first.locator(".app-matrix__word")
            for number, place in enumerate(places):
                above = words.nth(number).bounding_box()
                assert place
                assert above
                assert abs(above["x"] + above["width"] / 2 - place["x"] - place["width"] / 2) < 8


def test_the_matrix_is_answered_with_the_keyboard_alone(arrive: Arrive, survey: Service) -> None:
    person = arrive("en", 1280)
    person.open(HOME)
    person.press("main form button")
    person.choose("q-profession", "gp")
    person.save()
    person.control("q-skills-cluster_governance.importance").first.focus()
    for key in ("Space", "ArrowRight", "Tab", "Space", "Tab", "Space"):
        person.page.keyboard.press(key)
    chosen = person.page.evaluate(
        "[...document.querySelectorAll(':checked')].map(({ name, value }) => [name.slice('q-skills-'.length), value])"
    )
    assert chosen == [
        ["cluster_governance.importance", "slightly_important"],
        ["cluster_governance.confidence", "not_confident"],
        ["needs_assessment.importance", "not_important"],
    ]
