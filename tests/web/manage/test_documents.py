"""The report and the peer review packs on the pages of a round: made on request, and each health board has its own."""

import pytest

from survey.collection.people.accounts import add_account
from survey.reporting.jobs import run
from survey.reporting.tasks import document
from tests.collection.example import NOW, ROUND
from tests.web.manage.conftest import PASSWORD

PAGE = f"/en/manage/rounds/{ROUND}/documents"
CHOSEN = {"document": "report", "document_language": "cy", "document_format": "docx"}


@pytest.fixture
def write(monkeypatch):
    """Stands in for the drawing of documents, which has tests of its own."""

    def made(repository, snapshot, kind, reader, ending, now):
        return (
            f"{kind}.{reader.code}.{ending}",
            f"{kind} {len(repository.keys(('rounds', ROUND, 'reflection')))}".encode(),
        )

    monkeypatch.setattr(document, "made_document", made)


def offered(page):
    return [field.get("value") for field in page.all("input") if field.get("name") == "document"]


@pytest.mark.parametrize("language", ["cy", "en", "en-XA"])
def test_a_document_is_made_on_request_while_the_page_waits_without_a_script(site, write, language):
    client = site.client("eira", language)
    path = f"/{language}/manage/rounds/{ROUND}/documents"
    assert "Refresh" not in client.get(path).headers
    page = client.submit(client.get(path), CHOSEN, form="make")
    assert page.headers["Refresh"] == "3"
    assert [job.key for job in site.jobs] == ["document.report.cy.docx"]
    run(site.kept, site.jobs.pop(), site.now)
    assert "Refresh" not in client.get(path).headers
    answer = client.browser.get(f"{path}/report.cy.docx")
    assert (answer.status_code, answer.data) == (200, b"report 0")
    assert answer.headers["Content-Disposition"] == "attachment; filename=report.cy.docx"
    assert answer.mimetype.endswith("wordprocessingml.document")
    assert site.log[-2:] == [("eira", "document_asked_for"), ("eira", "document_downloaded")]


def test_asking_again_makes_it_once_until_answers_change(site, write):
    client = site.client("eira")
    for _ in range(2):
        client.submit(client.get(PAGE), CHOSEN, form="make")
    assert len(site.jobs) == 1
    run(site.kept, site.jobs.pop(), site.now)
    client.submit(client.get(PAGE), CHOSEN, form="make")
    assert site.jobs == []
    assert "Something has changed since" not in client.get(PAGE).text
    site.submitted()
    assert "Something has changed since" in client.get(PAGE).text
    client.submit(client.get(PAGE), CHOSEN, form="make")
    assert len(site.jobs) == 1


def test_a_pack_comes_in_both_formats_side_by_side(site, write):
    client = site.client("eira")
    pack = next(kind for kind in offered(client.get(PAGE)) if kind.startswith("peer-review-"))
    for ending in ("docx", "xlsx"):
        client.submit(client.get(PAGE), CHOSEN | {"document": pack, "document_format": ending}, form="make")
        run(site.kept, site.jobs.pop(), site.now)
    for ending in ("docx", "xlsx"):
        answer = client.browser.get(f"{PAGE}/{pack}.cy.{ending}")
        assert answer.headers["Content-Disposition"] == f"attachment; filename={pack}.cy.{ending}"


def test_a_health_board_has_its_own_pack_and_no_other_document(site, write):
    everything = offered(site.client("eira").get(PAGE))
    board = site.client("gwyn")
    workbook, own = offered(board.get(PAGE))
    assert {workbook, own} < set(everything)
    others = [kind for kind in everything if kind not in (workbook, own)]
    assert len(others) == 4
    for kind in others:
        board.submit(board.get(PAGE), CHOSEN | {"document": kind}, form="make", status=400)
        assert board.browser.get(f"{PAGE}/{kind}.cy.docx").status_code == 403
    assert site.jobs == []
    board.submit(board.get(PAGE), CHOSEN | {"document": own}, form="make")
    assert [job.key for job in site.jobs] == [f"document.{own}.cy.docx"]
    assert "has been made" not in board.get(PAGE).text
    site.made()
    assert "The document has been made." in board.get(PAGE).text
    assert "has been made" not in board.get(PAGE).text
    page = board.submit(board.get(PAGE), CHOSEN | {"document": own}, form="make")
    assert "Nothing was changed" in page.text


def test_a_board_without_clusters_in_the_round_is_told_so(site):
    add_account(site.kept, "wyn", "health_board", "W11000099", PASSWORD, NOW)
    page = site.client("wyn").get(PAGE)
    assert "Your health board has no clusters in this round" in page.text
    assert offered(page) == []
    assert "what there is to do" not in site.client("wyn").get("/en/manage/").text


def test_what_clusters_wrote_is_a_workbook_whatever_format_is_asked_for(site, write):
    client = site.client("eira")
    client.submit(client.get(PAGE), CHOSEN | {"document": "own-words"}, form="make")
    assert [(job.what, job.language, job.ending) for job in site.jobs] == [("own-words", "cy", "xlsx")]


def test_what_there_is_not_leads_nowhere(site):
    client = site.client("eira")
    assert client.browser.get(f"{PAGE}/nothing.cy.docx").status_code == 404
    assert client.browser.get(f"{PAGE}/report.cy.docx").headers["Location"].endswith("/documents")


def test_a_questionnaire_that_asks_little_has_its_documents_all_the_same(site):
    site.submitted()
    client = site.client("eira")
    kinds = offered(client.get(PAGE))[:3]
    assert len(kinds) == 3
    for kind in kinds:
        client.submit(client.get(PAGE), CHOSEN | {"document": kind}, form="make")
        ending = site.jobs[-1].ending
        run(site.kept, site.jobs.pop(), site.now)
        assert client.browser.get(f"{PAGE}/{kind}.cy.{ending}").data.startswith(b"PK")


@pytest.mark.parametrize("code", ["cy", "en"])
def test_what_was_asked_for_in_two_tabs_is_said_once(site, write, code):
    client = site.client("eira")
    pages = [client.get(PAGE.replace("/en/", f"/{language}/")) for language in ("cy", "en")]
    for page in pages:
        client.submit(page, CHOSEN, form="make")
    with client.browser.session_transaction() as session:
        assert len(session["notices"]) == 1, "or others would be pushed out"
    site.made()
    pages = [client.get(PAGE.replace("/en/", f"/{code}/")) for _ in range(2)]
    assert [len(page.by_class("nhsuk-notification-banner--success")) for page in pages] == [1, 0]


def test_two_documents_that_are_there_at_once_are_said_in_one_sentence(site, write):
    client = site.client("eira")
    for code in ("cy", "en"):
        client.submit(client.get(PAGE), {**CHOSEN, "document_language": code}, form="make")
    site.made()
    site.made()
    assert len(client.get(PAGE).by_class("nhsuk-notification-banner--success")) == 1
