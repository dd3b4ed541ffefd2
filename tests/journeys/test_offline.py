"""Without a network a reflection goes on, and is handed in when there is one again."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.cable import Cable
from tests.journeys.conftest import Arrive
from tests.journeys.service import Service
from tests.journeys.test_saving import becomes, kept, state
from tests.journeys.visitor import Visitor

ABOUT = "/reflection/section/about"
WORDS = "Ysgrifennwyd heb rwydwaith."


IS_KEPT = """async () => {
    const files = (await caches.keys()).find((name) => name.startsWith('myfyrio files'))
    const pages = await (await caches.open('myfyrio pages')).keys()
    const paths = pages.map((request) => new URL(request.url).pathname)
    if (!files) return false
    const kept = await caches.open(files)
    const asked = document.getElementById('only-here').dataset.files.split(' ')
    const found = await Promise.all(asked.map((file) => kept.match(new URL(file, location.href).href)))
    const lists = (name) => paths.some((path) => path.endsWith('/' + name))
    return found.every(Boolean) && lists('about') && lists('sign_off')
}"""


@pytest.fixture
def cable(service: Service) -> Iterator[Cable]:
    with Cable(service.origin) as cable:
        yield cable


def visited(arrive: Arrive, code: str, cable: Cable, language: str = "en") -> Visitor:
    """Somebody who has seen the list of sections once."""
    person = arrive(language, 320)
    person.origin = cable.origin
    person.sign_in(code)
    person.open("/reflection")
    becomes(lambda: person.page.evaluate(IS_KEPT), True)
    return person


def goto(person: Visitor, path: str) -> Any:
    return person.page.goto(f"{person.origin}/{person.language}{path}")


@pytest.mark.parametrize("language", ["cy", "en"])
def test_after_one_visit_the_pages_open_and_take_answers(
    arrive: Arrive, service: Service, code: str, cable: Cable, language: str
) -> None:
    person = visited(arrive, code, cable, language)
    cable.pull()
    goto(person, ABOUT)
    person.fill({"q-change": WORDS})
    expect(state(person.page)).to_contain_text({"cy": "dim cysylltiad", "en": "no connection"}[language])
    goto(person, "/reflection")
    expect(person.page.locator("#only-here")).to_be_visible()
    goto(person, ABOUT)
    expect(person.control("q-change")).to_have_value(WORDS)
    person.language = {"cy": "en", "en": "cy"}[language]
    goto(person, ABOUT)
    expect(person.control("q-change")).to_have_value(WORDS)
    goto(person, "/reflection/print")
    assert person.page.locator("main a, a.nhsuk-link").count() == 2, "a page that is not here says so in both languages"
    person.language = language
    goto(person, "/reflection/section/sign_off")
    person.fill({"q-name": "Siân"})
    goto(person, "/reflection")
    assert kept(service) == {}
    cable.put_back()
    goto(person, "/reflection")
    becomes(lambda: (kept(service), kept(service, "sign_off")), ({"change": WORDS}, {"name": "Siân"}))
    expect(person.page.locator("#only-here")).to_be_hidden()


def test_three_people_on_one_section_one_without_a_network_end_in_one_response(
    arrive: Arrive, service: Service, code: str, cable: Cable
) -> None:
    people = [visited(arrive, code, cable) for _ in range(3)]
    for person in people:
        goto(person, ABOUT)
    people[2].context.set_offline(True)
    people[2].fill({"q-change": "Without a network", "q-population": "300"})
    people[0].fill({"q-change": "First"})
    becomes(lambda: kept(service), {"change": "First"})
    people[1].choose("q-how_done", "meeting")
    becomes(lambda: kept(service), {"change": "First", "how_done": "meeting"})
    people[2].context.set_offline(False)
    becomes(lambda: kept(service), {"change": "First", "how_done": "meeting", "population": 300})
    people[2].save(status=409)
    people[2].choose("keep-change", "both")
    people[2].press("main form button")
    assert kept(service) == {
        "change": "First\n\nWithout a network",
        "how_done": "meeting",
        "population": 300,
    }


def test_what_a_colleague_saves_appears_where_nothing_is_being_written(
    arrive: Arrive, service: Service, code: str
) -> None:
    first, second = arrive("en"), arrive("en")
    for person in (first, second):
        person.sign_in(code)
        person.open(ABOUT)
    second.fill({"q-change": "Being written"})
    first.fill({"q-population": "450"})
    expect(second.control("q-population")).to_have_value("450", timeout=40_000)
    assert second.page.locator(".app-colleague").count() == 1
    assert second.value("q-change") == "Being written"
    second.fill({"q-change": "Written"})
    becomes(lambda: kept(service), {"population": 450, "change": "Written"})


def test_nothing_of_a_cluster_stays_on_the_device_when_it_signs_out(arrive: Arrive, code: str, cable: Cable) -> None:
    person = visited(arrive, code, cable)
    person.press("header form button")
    becomes(lambda: person.page.evaluate("async () => (await caches.keys()).includes('myfyrio pages')"), False)
    cable.pull()
    with pytest.raises(Exception, match="ERR_"):
        goto(person, ABOUT)


@pytest.mark.parametrize("language", ["cy", "en"])
def test_the_list_says_from_when_it_is_where_it_is_a_copy(
    arrive: Arrive, code: str, cable: Cable, language: str
) -> None:
    person = visited(arrive, code, cable, language)
    expect(person.page.locator("#as-kept")).to_be_hidden()
    cable.pull()
    goto(person, "/reflection")
    expect(person.page.locator("#as-kept")).to_be_visible()
    expect(person.page.locator("#as-kept")).to_contain_text(re.compile(r"\d{2}:\d{2}"))
    assert person.faults() == []


def test_signing_out_without_a_network_says_so_and_takes_the_pages_off_the_device(
    arrive: Arrive, code: str, cable: Cable
) -> None:
    person = visited(arrive, code, cable)
    cable.pull()
    person.page.locator("header form button").click()
    expect(person.page.locator("body").first).to_contain_text("without a connection")
    expect(person.page.locator("body")).to_contain_text("heb gysylltiad")
    assert not person.page.evaluate("async () => (await caches.keys()).includes('myfyrio pages')")


@pytest.mark.parametrize("language", ["cy", "en"])
def test_what_was_written_on_a_page_that_takes_nothing_any_more_can_be_copied_and_let_go(
    arrive: Arrive, code: str, language: str
) -> None:
    person = arrive(language, 320)
    person.sign_in(code)
    person.open("/reflection")
    here = person.page.locator("#only-here")
    person.page.evaluate(
        """(words) => {
            const { whose } = document.getElementById('only-here').dataset
            const action = location.href.split('?')[0] + '/section/outcome/no-such'
            localStorage.setItem(`myfyrio ${whose}/outcome/no-such 1`, JSON.stringify({
                base: '', at: 1, action, title: 'An outcome', language: 'cy', questions: ['well'],
                fields: [['q-well', words]], labels: { 'q-well': 'A question' }
            }))
        }""",
        WORDS,
    )
    person.open("/reflection")
    expect(here.locator("dd")).to_have_text(WORDS)
    assert not person.faults()
    here.locator("button").click()
    expect(here).to_be_hidden()
