"""The national team downloads a workbook that holds what a cluster has just submitted, in either language."""

import io
import shutil
import time
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Locator

from survey.collection.reading.decisions import released_texts
from survey.collection.responses.anonymous import responses_of, store_response
from survey.collection.responses.lifecycle import save_page, submit
from survey.collection.responses.merge import whole
from survey.collection.responses.response import Writer
from survey.collection.rounds.releases import read_releases, releases_of
from survey.collection.rounds.round import round_ids
from survey.collection.rounds.snapshot import load_snapshot
from survey.demonstration.load import ACCOUNT, PASSWORD
from survey.languages import language as spoken
from survey.reporting.reports.template import report_template
from tests.journeys.conftest import Arrive
from tests.journeys.service import CLUSTER, OPENING_DAY, ROUND, Service
from tests.journeys.visitor import Visitor
from tests.reporting.reports.reading import ReadDocument
from tests.reporting.reports.test_own_words import write
from tests.reporting.workforce.survey_of_people import ROUND as PEOPLE
from tests.reporting.workforce.survey_of_people import (
    close,
    closed_round,
    cluster_list,
    opened,
    real_definition,
    short_definition,
)

STORY = "Clinig newydd yn nhŷ’r ŵydd: =1+1"
LONGEST = 60  # seconds that making a workbook may take here
EVERY_ANSWER = {
    "about": {"participants": ["dental"], "how_done": "both"},
    "outcome": {
        "level": "foundation",
        "went_well": STORY,
        "went_less_well": "-2",
        "do_differently": "@x",
        "action": "=1",
    },
    "enablers": {
        f"enabler_{about}": "neither"
        for about in ("facilitating", "leading", "learning", "engaging", "funding", "evaluating")
    },
    "sign_off": {"name": "Siân", "role": "Arweinydd", "date": "2026-10-04", "agreed": "yes"},
}


def submit_everything(service: Service) -> None:
    """What the pages do when a cluster answers all that is needed and submits."""
    snapshot = load_snapshot(service.repository, ROUND)
    saving = {"writer": Writer("cy"), "now": OPENING_DAY}
    for page in snapshot.instrument(CLUSTER).pages:
        answers: dict[str, object] = dict(EVERY_ANSWER.get(page.section.id, {}))
        if page.outcome:
            answers["criteria"] = {criterion.id: "in_place" for criterion in page.outcome.criteria}
        if answers:
            save_page(service.repository, snapshot, CLUSTER, page, whole(answers), new_id=page.key, **saving)
    submit(service.repository, snapshot, CLUSTER, language="cy", now=OPENING_DAY)


def sign_in(person: Visitor) -> None:
    person.send("/manage/sign-in", {"account_name": ACCOUNT, "password": PASSWORD})


def come_in(person: Visitor) -> None:
    """From the start page to that of the national team, with a slip on the way."""
    person.open("/")
    person.press("main a[href*='/manage/']")
    person.page.locator("main input[type=text]").fill(ACCOUNT)
    person.page.locator("main input[type=password]").fill("not the password")
    person.press("main form button", status=422)
    person.page.locator("main input[type=password]").fill(PASSWORD)
    person.press("main form button")


def wait_for(person: Visitor, what: str) -> Locator:
    """Look again until the page has what a job makes."""
    found = person.page.locator(what)
    deadline = time.monotonic() + LONGEST
    while not found.count() and time.monotonic() < deadline:
        time.sleep(0.5)
        person.page.reload()
    return found


def made_cells(person: Visitor, button: str, link: str) -> set[object]:
    """Have a workbook made, wait until it is there, download it, and give what its cells hold."""
    person.press(button)
    file = wait_for(person, link)
    with person.page.expect_download() as download:
        file.click()
    book = openpyxl.load_workbook(io.BytesIO(Path(download.value.path()).read_bytes()))
    return {cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row}


@pytest.mark.parametrize(("language", "width"), [("cy", 1280), ("en", 320)])
def test_the_workbook_holds_what_was_just_submitted(
    arrive: Arrive, service: Service, code: str, language: str, width: int
) -> None:
    submit_everything(service)
    person = arrive(language, width)
    come_in(person)
    assert person.path == "/manage/"
    person.press(f"main table a[href$='/rounds/{ROUND}']")
    person.press(f"main a[href$='/clusters/{CLUSTER}']")
    assert person.page.get_by_text(STORY).count() == 3
    person.press(".nhsuk-back-link")
    person.press("main a[href$='/workbook']")

    cells = made_cells(person, f"#make-{language} button", f"main a[href$='/workbook/{language}.xlsx']")
    assert {"cy": "Gogledd Powys", "en": "North Powys"}[language] in cells
    person.open(f"/manage/rounds/{ROUND}/documents")
    person.page.locator("main input[value=own-words]").check()
    person.page.locator("main input[value=xlsx]").check()
    words = made_cells(person, "#make button", f"main a[href$='/documents/own-words.{language}.xlsx']")
    assert STORY in words
    person.press("header form button")
    person.page.goto(f"{person.origin}/{language}/manage/rounds/{ROUND}")
    assert person.path == "/manage/sign-in"


@pytest.mark.parametrize(("language", "width"), [("cy", 320), ("en-XA", 1280)])
def test_every_page_of_the_national_team(
    arrive: Arrive, service: Service, code: str, language: str, width: int
) -> None:
    submit_everything(service)
    person = arrive(language, width)
    sign_in(person)
    round_address = f"/manage/rounds/{ROUND}"
    more = (
        f"{round_address}/data",
        f"{round_address}/reading?asked=outcome.went_well",
        "/manage/log",
        "/manage/accounts",
        "/manage/invite",
        f"/manage/accounts/{ACCOUNT}",
        "/manage/own",
        "/manage/own/password",
        "/manage/own/second-factor",
        f"{round_address}/documents",
        f"{round_address}/contributions",
        f"{round_address}/wording",
        f"{round_address}/times",
        f"{round_address}/times/change",
        f"{round_address}/close",
        f"{round_address}/releases",
        f"{round_address}/retention",
        f"{round_address}/removal",
        "/manage/retention",
        "/manage/data-protection",
        "/releases/",
        f"{round_address}/clusters/{CLUSTER}/held",
        f"{round_address}/clusters/{CLUSTER}/erase",
        f"{round_address}/clusters",
        f"{round_address}/clusters/{CLUSTER}/grace",
        f"{round_address}/post",
        f"{round_address}/post/log",
        f"{round_address}/clusters/{CLUSTER}/ways-in",
        f"{round_address}/letters",
        f"{round_address}/clusters/{CLUSTER}/queries",
        f"{round_address}/queries",
        f"{round_address}/answers?asked=outcome.went_well",
        "/manage/clusters",
        "/manage/contacts",
        f"/manage/new-round?after={ROUND}",
        "/manage/questionnaires/self-reflection/2026/owed",
    )
    for address in (*more, round_address, f"{round_address}/workbook", f"{round_address}/clusters/{CLUSTER}"):
        person.open(address)
    person.open(f"{round_address}/letters")
    person.page.locator(f"main input[value^='{CLUSTER} ']").check()
    person.press("form#letters button")  # it has a code, so she is asked
    person.open(f"{round_address}/clusters/{CLUSTER}")
    person.press("main a[href$='/reopen']")
    person.press("main form button", status=422)
    assert person.focused() == "" or person.page.locator(".nhsuk-error-summary a").count() == 1
    person.page.locator("main textarea").fill("Roedd ateb ar goll.")
    person.press("main form button")
    kept = service.kept()
    assert kept is not None
    assert kept["status"] == "reopened"


@pytest.mark.parametrize(("language", "width"), [("cy", 320)])
def test_a_round_is_planned_and_given_up_without_a_command(arrive: Arrive, language: str, width: int) -> None:
    person = arrive(language, width, script=False)
    sign_in(person)
    person.open("/manage/new-round")
    person.press("form#new button", status=422)
    person.fill({"round_id": "sr-2027", "year": "2027-28", "closes": "2027-12-01 17:00"})
    person.page.locator("[name=edition]").select_option("self-reflection 2026")
    person.page.locator("[name=earlier]").select_option(ROUND)
    person.press("form#new button")
    assert person.path == "/manage/drafts/sr-2027"
    person.open("/manage/drafts/sr-2027/outcomes")
    ticked = person.page.locator("main input[type=checkbox]:checked")
    assert ticked.count() > 7, "what the year before was assigned is copied"
    ticked.first.uncheck()
    person.press("form#outcomes button")
    person.open("/manage/drafts/sr-2027/open")
    person.open("/manage/drafts/sr-2027/delete")
    person.press("form#delete button")
    person.open("/manage/drafts/sr-2027", status=404)


@pytest.mark.parametrize(("language", "width"), [("cy", 320)])
def test_the_report_has_what_the_team_wrote_of_an_outcome_and_in_its_edited_version(
    arrive: Arrive, service: Service, code: str, tmp_path: Path, language: str, width: int
) -> None:
    submit_everything(service)
    outcome = next(page.outcome.id for page in load_snapshot(service.repository, ROUND).instrument(CLUSTER).pages
                   if page.outcome)  # fmt: skip
    round_address = f"/manage/rounds/{ROUND}"
    person = arrive(language, width)
    sign_in(person)
    person.open(f"{round_address}/contributions/{outcome}")
    person.press("#gather button")
    wait_for(person, "main blockquote")
    person.page.locator("#else_cy").fill("Arian newydd.")
    person.press("#contribution button:not([hidden])")
    person.open(f"{round_address}/report")
    person.press("#give button", status=422)
    edited = ReadDocument(report_template(spoken(language)))
    write(edited, "summary", "Fe welsom ni gydweithio.")
    path = tmp_path / "adroddiad.docx"
    path.write_bytes(edited.saved())
    person.page.locator("main input[type=file]").set_input_files(path)
    person.press("#give button")
    person.open(f"{round_address}/documents")
    person.press("#make button")
    with person.page.expect_download() as download:
        wait_for(person, f"main a[href$='/documents/report.{language}.docx']").click()
    report = ReadDocument(Path(download.value.path()).read_bytes())
    assert {"Arian newydd.", "Fe welsom ni gydweithio."} <= set(report.paragraphs)


@pytest.mark.parametrize(("language", "width"), [("cy", 320), ("en", 1280)])
def test_figures_of_people_are_released_once_and_corrected(
    arrive: Arrive, service: Service, language: str, width: int
) -> None:
    page = f"/manage/rounds/{PEOPLE}/workbook"
    if PEOPLE not in round_ids(service.repository):
        closed_round(service.data, short_definition(), 60, "journey", boards=2, clusters=2)
    shutil.rmtree(service.data.joinpath(*releases_of(PEOPLE)), ignore_errors=True)
    shutil.rmtree(service.data / "rounds" / PEOPLE / "made", ignore_errors=True)
    person = arrive(language, width)
    sign_in(person)
    person.open(page)
    person.press("#release button")
    wait_for(person, f"main a[href$='/releases/1/{language}.xlsx']")
    person.open(f"/manage/rounds/{PEOPLE}/releases/1/exact/{language}")
    person.press("main form button:not([hidden])", status=422)
    answers = responses_of(PEOPLE)
    for key in service.repository.keys(answers)[:25]:
        service.repository.delete(answers, key)
    person.open(page)
    person.press("main a[href$='/correction']")
    person.press("#correction button", status=422)
    person.page.locator("main textarea").fill("Roedd clinig yno ddwywaith.")
    person.press("#correction button")
    wait_for(person, "main li")
    person.press("#correction button")
    wait_for(person, "main a[href$='/releases/2/cy.xlsx']")
    assert person.page.locator("main h2:not(.nhsuk-notification-banner__title)").count() == 2
    assert read_releases(service.repository, PEOPLE)[1].reason == "Roedd clinig yno ddwywaith."
    shutil.rmtree(service.data / "rounds" / PEOPLE)


@pytest.mark.parametrize(("language", "width"), [("cy", 320), ("en", 1280)])
def test_what_people_wrote_is_read_released_and_put_under_a_theme(
    arrive: Arrive, service: Service, language: str, width: int
) -> None:
    shutil.rmtree(service.data / "rounds" / PEOPLE, ignore_errors=True)
    _, snapshot = opened(service.data, real_definition(), cluster_list(1, 1))
    for number in range(3):
        comment = {"answers": {"anything_else": f"Dr Jones {number}"}, "written_in": {"anything_else": "en"}}
        pages = {"role": {"answers": {"profession": "nurse"}, "written_in": {}}, "anything_else": comment}
        response_id = f"{number:032x}"
        store_response(service.repository, snapshot, "c-1-1", pages, response_id=response_id, language="en")
    snapshot = close(service.repository)
    person = arrive(language, width)
    sign_in(person)
    person.open(f"/manage/rounds/{PEOPLE}")
    person.press("main a[href$='/reading']")
    person.press("main a[href*='/themes/']")
    person.page.locator("#cy-1").fill("Arian")
    person.press("#themes button:not([hidden])", status=422)
    person.page.locator("#en-1").fill("Money")
    person.press("#themes button:not([hidden])")
    person.press(".nhsuk-back-link")
    first = person.page.locator("main textarea").first
    person.page.locator("main input[type=radio][value=released]").first.check()
    person.page.locator("main input[type=checkbox]").first.check()
    first.fill(" ")
    person.press("#reading button:not([hidden])", status=422)
    person.page.locator("main textarea").first.fill("Somebody")
    person.press("#reading button:not([hidden])")
    assert person.page.locator("main textarea").count() == 2
    assert released_texts(service.repository, snapshot) == ("Somebody",)
    shutil.rmtree(service.data / "rounds" / PEOPLE)
