"""The national workbook from a page: made aside, looked for again, given out, noted."""

from datetime import timedelta

import pytest

from survey.reporting.jobs import PATIENCE, run
from survey.reporting.tasks import workbook as task
from survey.reporting.workbooks import registry
from survey.storage.tinydb_files.repository import FileRepository
from tests.collection.example import ROUND
from tests.reporting.workforce.survey_of_people import ROUND as PEOPLE
from tests.reporting.workforce.survey_of_people import closed_round, short_definition
from tests.web.html import text_of

PAGE = f"/en/manage/rounds/{ROUND}/workbook"


@pytest.fixture
def write(monkeypatch):
    """Stands in for the drawing of the workbook, which has tests of its own."""

    class Prepared:
        def __init__(self, repository, round_id, threshold, now):
            self.reflections = len(repository.keys(("rounds", round_id, "reflection")))
            self.name = f"workbook-{round_id}"

        def write(self, language, target):
            path = target / f"{self.name}.{language.code}.xlsx"
            path.write_bytes(f"{language.code} {self.reflections}".encode())
            return path

    monkeypatch.setattr(task, "prepared", Prepared)


def made(site):
    run(site.kept, site.jobs.pop(), site.now)


def ask(client, code="cy"):
    return client.submit(client.get(PAGE), form=f"make-{code}")


@pytest.mark.parametrize("language", ["cy", "en", "en-XA"])
def test_it_is_made_on_request_while_the_page_waits_without_a_script(site, write, language):
    client = site.client("eira", language)
    path = f"/{language}/manage/rounds/{ROUND}/workbook"
    page = client.get(path)
    assert "Refresh" not in page.headers
    page = client.submit(page, form="make-cy")
    assert page.headers["Refresh"] == "3"
    assert [(job.round, job.language) for job in site.jobs] == [(ROUND, "cy")]
    made(site)
    page = client.get(path)
    assert "Refresh" not in page.headers
    answer = client.browser.get(f"{path}/cy.xlsx")
    assert (answer.status_code, answer.data) == (200, b"cy 0")
    assert answer.headers["Content-Disposition"] == f"attachment; filename=workbook-{ROUND}.cy.xlsx"
    assert answer.mimetype.endswith("spreadsheetml.sheet")
    assert site.log[-2:] == [("eira", "workbook_asked_for"), ("eira", "workbook_downloaded")]


def test_asking_again_makes_it_once(site, write):
    client = site.client("eira")
    page = client.get(PAGE)
    client.submit(page, form="make-cy")
    client.submit(page, form="make-cy")
    assert len(site.jobs) == 1
    made(site)
    client.submit(page, form="make-cy")
    assert site.jobs == []


def test_each_language_is_made_by_itself(site, write):
    client = site.client("mair")
    ask(client, "cy")
    ask(client, "en")
    assert [job.language for job in site.jobs] == ["cy", "en"]


def test_a_workbook_of_earlier_answers_is_still_given_and_says_so(site, write):
    client = site.client("eira")
    ask(client)
    made(site)
    assert "Something has changed since." not in client.get(PAGE).text
    site.submitted()
    page = client.get(PAGE)
    assert "Something has changed since." in page.text
    assert client.browser.get(f"{PAGE}/cy.xlsx").data == b"cy 0"
    client.submit(page, form="make-cy")
    made(site)
    assert client.browser.get(f"{PAGE}/cy.xlsx").data == b"cy 1"


def test_a_failure_is_said_and_can_be_tried_again(site, monkeypatch):
    def broken(*_given):
        raise ValueError

    monkeypatch.setattr(task, "prepared", broken)
    client = site.client("eira")
    ask(client)
    with pytest.raises(ValueError):  # noqa: PT011
        made(site)
    page = client.get(PAGE)
    assert "could not be made" in page.text
    assert "Refresh" not in page.headers
    client.submit(page, form="make-cy")
    assert len(site.jobs) == 1


def test_a_maker_that_died_is_not_waited_for_for_ever(site):
    client = site.client("eira")
    ask(client)
    site.now += PATIENCE - timedelta(seconds=1)
    assert "Refresh" in client.get(PAGE).headers
    site.now += timedelta(seconds=1)
    page = client.get(PAGE)
    assert "could not be made" in page.text
    client.submit(page, form="make-cy")
    assert len(site.jobs) == 2


def test_a_damaged_file_is_not_given_out(site, write):
    client = site.client("eira")
    ask(client)
    made(site)
    site.kept.write_bytes(("rounds", ROUND, "made"), "workbook.cy.file", b"other")
    assert client.redirected(f"{PAGE}/cy.xlsx") == PAGE


def test_there_is_nothing_to_give_before_it_is_made(site):
    client = site.client("eira")
    assert client.redirected(f"{PAGE}/en.xlsx") == PAGE
    client.get(f"{PAGE}/fr.xlsx", status=404)
    client.get("/en/manage/rounds/nothing/workbook", status=404)


def test_an_unknown_language_is_refused(site):
    client = site.client("eira")
    page = client.get(PAGE)
    client.submit(page, {"workbook_language": "fr"}, form="make-cy", status=400)
    assert site.jobs == []


def test_the_buttons_name_their_language(site):
    page = site.client("eira").get(PAGE)
    buttons = [text_of(button) for main in page.all("main") for button in main.iter("button")]
    assert buttons == ["Make the workbook Cymraeg", "Make the workbook English"]


@pytest.fixture
def people(site):
    """The page of a closed round of people on the same site."""
    closed_round(site.kept.root, short_definition(), 20, "people")
    return f"/en/manage/rounds/{PEOPLE}/workbook"


def test_a_workbook_is_out_of_date_with_another_version(site, write, monkeypatch):
    client = site.client("eira")
    ask(client)
    made(site)
    assert "Something has changed since." not in client.get(PAGE).text
    monkeypatch.setattr(registry, "software_version", lambda: "Myfyrio 99")
    assert "Something has changed since." in client.get(PAGE).text


def test_looking_again_while_it_is_made_reads_no_response(site, write, people, monkeypatch):
    client = site.client("eira")
    client.submit(client.get(people), form="release")
    site.submitted()
    client.submit(client.get(PAGE), form="make-en")
    read = []

    def counted(method):
        def wrapper(repository, place, *key):
            read.append(place)
            return method(repository, place, *key)

        return wrapper

    for name in ("read", "read_all"):
        monkeypatch.setattr(FileRepository, name, counted(getattr(FileRepository, name)))
    for page in (people, PAGE) * 3:
        assert client.get(page).headers["Refresh"] == "3"
    assert read
    assert [place for place in read if place[2:] in (("reflection",), ("skills", "responses"))] == []
