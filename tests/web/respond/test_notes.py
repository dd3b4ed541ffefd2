"""Notes to colleagues: beside a page, on a page of their own, and nowhere else."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from survey.collection.responses.lifecycle import submit
from survey.collection.responses.notes import LONGEST_NOTE, read_notes
from survey.collection.responses.response import read_response
from survey.collection.rounds.snapshot import load_snapshot
from survey.storage.tinydb_files.repository import FileRepository
from tests.web.checking_client import CheckingClient, Page
from tests.web.html import text_of
from tests.web.respond.conftest import Clock, answer
from tests.web.respond.example import CLOSES, CLUSTER, CODE, NOW, OTHER_CODE, ROUND
from tests.web.respond.test_colleagues import called, present

ABOUT = "/en/reflection/section/about"
NOTES = "/en/reflection/notes/about"
ASK = "Gofynnwch i Siân am y ffigur <b>"
SignIn = Callable[..., CheckingClient]


def write(client: CheckingClient, text: str = ASK, path: str = NOTES, status: int = 200) -> Page:
    return client.submit(client.get(path), {"note": text}, form="write-note", status=status)


def press(client: CheckingClient, button: str) -> Page:
    """Press the first button of this name on the page of notes."""
    page = client.get(NOTES)
    found = next(one for one in page.all("button") if one.get("name") == button)
    return client.submit(page, form=f"change-note-{found.get('value')}", button=(button, found.get("value", "")))


def kept(repository: FileRepository) -> list[str]:
    return [note.text for note in read_notes(repository, ROUND, CLUSTER)]


@pytest.mark.parametrize("language", ["cy", "en", "en-XA"])
def test_a_note_is_read_by_the_colleagues_with_its_writer_and_its_time(sign_in: SignIn, language: str) -> None:
    eira, sion = called(sign_in(), "Eira"), sign_in()
    path = f"/{language}/reflection/notes/about"
    page = write(eira, path=path)
    assert page.path == path
    for read in (page, sion.get(path), sion.get(f"/{language}/reflection/section/about")):
        (note,) = read.by_class("app-notes__note")
        assert ASK in text_of(note)
        assert "Eira" in text_of(note)
        assert "2026" in text_of(note)
        assert next(one for one in note.iter("span") if one.get("class") == "app-verbatim").get("lang") == language
    assert sign_in(OTHER_CODE).get(path).by_class("app-notes__note") == []


def test_a_note_stands_beside_its_own_page_alone(someone: CheckingClient) -> None:
    write(someone)
    for page in ("notes/practice", "section/practice"):
        assert someone.get(f"/en/reflection/{page}").by_class("app-notes__note") == []


def test_who_writes_is_told_under_which_name_and_who_can_read_it(someone: CheckingClient) -> None:
    assert "Your note will have no name on it." in someone.get(NOTES).text
    page = called(someone, "Eira").get(NOTES)
    assert "Your note will be signed: Eira" in page.text
    assert "Everybody who signs in with your cluster’s access code can read these notes." in page.text


def test_the_button_of_a_page_saves_its_answers_and_leads_to_its_notes(
    someone: CheckingClient, repository: FileRepository
) -> None:
    page = someone.get(ABOUT)
    assert any(one.get("value") == "notes" and one.get("form") == "answers" for one in page.all("button"))
    assert page.form("write-note").get("hidden") is not None, "it would take nothing along of the answers"
    page = answer(someone, ABOUT, {"q-name": "Ann"}, button=("then", "notes"))
    assert page.path == NOTES
    assert read_response(repository, ROUND, CLUSTER).answers["about"] == {"name": "Ann"}


def test_the_list_of_sections_counts_the_open_notes(someone: CheckingClient) -> None:
    assert "Open notes" not in someone.get("/en/reflection").text
    write(someone)
    write(someone, "Another")
    page = someone.get("/en/reflection")
    assert "Open notes: 2" in text_of(page.by_class("nhsuk-task-list__hint")[0])
    assert NOTES in page.links.values()
    press(someone, "settle")
    assert "Open notes: 1" in someone.get("/en/reflection").text


def test_a_note_is_settled_opened_again_and_removed(someone: CheckingClient, repository: FileRepository) -> None:
    write(someone)
    assert "Settled notes: 1" in press(someone, "settle").text
    assert "Settled notes" not in press(someone, "open").text
    press(someone, "settle")
    assert ASK not in press(someone, "remove").text
    assert kept(repository) == []


@pytest.mark.parametrize(
    ("text", "fault"), [("", "Write the note before you send it"), ("x" * (LONGEST_NOTE + 1), "Shorten the note to")]
)
def test_a_note_that_cannot_be_kept_stays_in_its_box(
    someone: CheckingClient, repository: FileRepository, text: str, fault: str
) -> None:
    page = write(someone, text, status=422)
    ((words, where),) = page.errors
    assert words.startswith(fault)
    assert where == "#note"
    assert page.values(page.form("write-note"))["note"] == text
    assert kept(repository) == []


def test_the_switch_of_language_keeps_a_note_that_is_not_sent(
    someone: CheckingClient, repository: FileRepository
) -> None:
    page = someone.submit(someone.get(NOTES), {"note": ASK}, form="write-note", button=("switch_language", "cy"))
    assert page.path == "/cy/reflection/notes/about"
    assert page.values(page.form("write-note"))["note"] == ASK
    assert kept(repository) == []


def test_a_note_outlives_the_end_of_the_sign_in(someone: CheckingClient, repository: FileRepository) -> None:
    page = someone.get(NOTES)
    someone.browser.delete_cookie("session")
    asked = someone.submit(page, {"note": ASK}, form="write-note", status=400)
    assert "sign in" in asked.heading.lower()
    page = someone.submit(asked, {"access_code": CODE})
    assert page.path == NOTES
    assert kept(repository) == [ASK]


def test_after_submission_and_close_notes_are_read_and_removed_but_none_is_added(
    someone: CheckingClient, repository: FileRepository, clock: Clock
) -> None:
    write(someone)
    before = someone.get(NOTES)
    criteria = {"q-criteria-big-01.f1": "in_place", "q-criteria-big-01.m1": "in_place"}
    answer(someone, ABOUT, {"q-how": "meeting"})
    answer(someone, "/en/reflection/section/outcome/big-01", {**criteria, "q-level": "mature"})
    last = {"q-criteria-big-02.s1": "in_place", "q-level": "mature"}
    answer(someone, "/en/reflection/section/outcome/big-02", last)
    submit(repository, load_snapshot(repository, ROUND), CLUSTER, language="en", now=NOW)
    late = someone.submit(before, {"note": "Too late"}, form="write-note", status=422)
    assert late.values(late.form("write-note"))["note"] == "Too late"
    clock.now = CLOSES + timedelta(days=1)
    assert NOTES in someone.get("/en/reflection").links.values()
    page = someone.get(NOTES)
    assert ASK in page.text
    assert page.by_id("write-note") is None
    press(someone, "settle")
    press(someone, "remove")
    assert kept(repository) == []


def test_who_is_on_a_page_is_told_when_its_notes_change(sign_in: SignIn) -> None:
    eira, sion = sign_in(), sign_in()
    before = present(eira)["notes"]
    assert before == present(eira)["notes"]
    write(sion)
    after = present(eira)["notes"]
    assert after != before
    shown = eira.get(ABOUT).by_id("notes-list")
    assert shown is not None
    assert shown.get("data-state") == after


def test_no_page_or_file_of_a_reflection_shows_its_notes(someone: CheckingClient) -> None:
    write(someone, "Gairnaddylaifyndiunman")
    for path in ("/check", "/view", "/print", "/versions/about"):
        assert "unman" not in someone.get(f"/en/reflection{path}").markup


def test_a_section_that_is_not_asked_has_no_notes(someone: CheckingClient) -> None:
    someone.get("/en/reflection/notes/nowhere", status=404)
