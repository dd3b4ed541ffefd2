"""Notes to colleagues are sent beside what is being answered, and neither takes a word of the other."""

import pytest
from playwright.sync_api import expect

from survey.collection.responses.notes import read_notes
from tests.journeys.conftest import Arrive
from tests.journeys.service import CLUSTER, ROUND, Service
from tests.journeys.test_saving import ABOUT, WORDS, becomes, begin, kept

ASK = "Gofynnwch i Siân am y ffigur."
NOTES = "/reflection/notes/about"
LOOK = "document.dispatchEvent(new Event('visibilitychange'))"
SEND = "#write-note button"


@pytest.mark.parametrize("language", ["cy", "en"])
def test_a_note_is_sent_settled_and_removed_without_leaving_the_page(
    arrive: Arrive, service: Service, code: str, language: str
) -> None:
    person = begin(arrive, code, language)
    person.fill({"q-change": WORDS, "note": ASK})
    person.page.locator(SEND).click()
    expect(person.page.locator("#notes-list")).to_contain_text(ASK)
    expect(person.control("note")).to_have_value("")
    assert person.focused() == "note"
    assert person.value("q-change") == WORDS
    assert person.faults() == []
    person.page.locator(SEND).click()
    said = person.page.locator("#notes-said")
    expect(said).to_contain_text({"cy": "Ysgrifennwch y nodyn", "en": "Write the note"}[language])
    person.page.locator("button[name=settle]").click()
    expect(person.page.locator("#notes-list summary")).to_contain_text("1")
    assert person.focused() == "notes-said"
    person.page.locator("#notes-list summary").click()
    assert person.faults() == []
    person.page.locator("button[name=remove]").click()
    expect(person.page.locator("#notes-list")).not_to_contain_text(ASK)
    assert person.value("q-change") == WORDS
    becomes(lambda: kept(service), {"change": WORDS})


def test_a_colleague_on_the_page_is_told_of_a_new_note_and_goes_on_with_hers(arrive: Arrive, code: str) -> None:
    reader, writer = begin(arrive, code), begin(arrive, code)
    reader.fill({"note": "Hanner nodyn"})
    writer.fill({"note": ASK})
    writer.page.locator(SEND).click()
    expect(writer.page.locator("#notes-list")).to_contain_text(ASK)
    reader.page.evaluate(LOOK)
    expect(reader.page.locator("#notes-said[role=status]")).to_have_text(f"New note: {ASK}")
    expect(reader.page.locator("#notes-list")).to_contain_text(ASK)
    assert reader.value("note") == "Hanner nodyn"
    assert reader.focused() == "note"


def test_a_note_waits_for_a_connection_and_outlives_a_reload(arrive: Arrive, code: str) -> None:
    person = begin(arrive, code)
    person.context.set_offline(True)
    person.fill({"note": ASK})
    person.page.locator(SEND).click()
    expect(person.page.locator("#notes-said")).to_contain_text("no connection")
    person.context.set_offline(False)
    expect(person.page.locator("#notes-list")).to_contain_text(ASK)
    person.fill({"note": "Heb ei anfon"})
    person.page.reload()
    expect(person.control("note")).to_have_value("Heb ei anfon")
    expect(person.page.locator("#notes-list")).to_contain_text(ASK)


def test_when_the_sign_in_has_ended_neither_note_nor_answers_are_lost(
    arrive: Arrive, service: Service, code: str
) -> None:
    person = begin(arrive, code)
    person.context.clear_cookies()
    person.fill({"q-change": WORDS, "note": ASK})
    with person.page.expect_navigation():
        person.page.locator(SEND).click()
    person.fill({"access_code": code})
    person.press("main form button")
    assert person.path == NOTES
    assert [note.text for note in read_notes(service.repository, ROUND, CLUSTER)] == [ASK]
    person.press(".nhsuk-back-link")
    expect(person.control("q-change")).to_have_value(WORDS)
    becomes(lambda: kept(service), {"change": WORDS})


def test_without_scripts_the_answers_are_saved_on_the_way_to_the_notes(
    arrive: Arrive, service: Service, code: str
) -> None:
    person = arrive("en", 320, script=False)
    person.sign_in(code)
    person.open(ABOUT)
    assert not person.page.locator("#note").is_visible()
    person.fill({"q-change": WORDS})
    person.save("notes")
    assert person.path == NOTES
    assert kept(service) == {"change": WORDS}
    person.fill({"note": ASK})
    person.press(SEND)
    person.press("button[name=settle]")
    person.open("/reflection")
    assert person.page.get_by_text("Open notes: 0").is_visible()
