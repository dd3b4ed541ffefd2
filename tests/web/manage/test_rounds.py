"""The rounds, how each stands, and what clusters submitted."""

from dataclasses import replace
from datetime import timedelta

import pytest

from survey.collection.people.accounts import add_account
from survey.collection.responses.lifecycle import reopen
from survey.collection.responses.response import read_response
from survey.collection.rounds.extensions import give_grace
from survey.collection.rounds.round import change_round, close_round, create_round
from survey.collection.rounds.snapshot import load_snapshot
from survey.languages import language
from tests.collection.example import LATER, NOW, ROUND, opened_round, save, small_round
from tests.web.html import text_of, texts_of_charts
from tests.web.manage.conftest import PASSWORD

STATUS = f"/en/manage/rounds/{ROUND}"
ARFON = f"{STATUS}/clusters/arfon"


def rows(page, number):
    """The cells of a table of the page, without the heads that narrow screens repeat."""
    table = page.all("table")[number]
    for row in table.iter("tr"):
        for cell in row:
            for part in list(cell):
                if "nhsuk-table__heading" in part.get("class", ""):
                    tail = part.tail or ""
                    cell.remove(part)
                    cell.text = (cell.text or "") + tail
    return [[text_of(cell) for cell in row] for row in table.iter("tr")]


@pytest.mark.parametrize("language", ["cy", "en", "en-XA"])
@pytest.mark.parametrize("name", ["eira", "gwyn", "mair"])
def test_every_page_holds_in_every_language_and_for_every_role(site, name, language):
    site.submitted()
    site.begun()
    reopen(site.kept, site.snapshot, "arfon", reason="Rhif anghywir", by="eira", now=LATER)
    create_round(site.kept, small_round("draft-2027", reporting_year="2027-28"))
    client = site.client(name, language)
    base = f"/{language}/manage/"
    for path in (
        "",
        f"rounds/{ROUND}",
        f"rounds/{ROUND}?sort=saved",
        f"rounds/{ROUND}/clusters/arfon",
        f"rounds/{ROUND}/clusters/conwy-west",
    ):
        client.get(base + path)
    client.get(f"{base}rounds/nothing", status=404)


@pytest.mark.parametrize(("name", "boards"), [("eira", 2), ("gwyn", 1)])
def test_a_chart_counts_the_clusters_of_each_board_that_the_reader_sees(site, name, boards):
    site.submitted()
    page = site.client(name).get(STATUS)
    texts = texts_of_charts(page.root)
    head, *counted = rows(page, 0)
    of_boards = [row for row in counted if row[0] != "Wales"]
    assert len(of_boards) == boards
    assert [text for text in texts if text in {row[0] for row in of_boards}] == [row[0] for row in of_boards]
    occurring = {name for place, name in enumerate(head) if place and any(row[place] != "0" for row in of_boards)}
    assert occurring == set(head) & set(texts), "the legend names what occurs"
    assert [text for text in texts if text.isdigit()] == [
        number for row in of_boards for number in row[1:] if number != "0"
    ]


def test_home_lists_the_rounds_newest_first(site):
    create_round(site.kept, small_round("draft-2027", reporting_year="2027-28", opens=LATER))
    page = site.client("eira").get("/en/manage/")
    assert [row[:3] for row in rows(page, 0)] == [
        ["Round", "Reporting year", "Status"],
        ["draft-2027", "2027-28", "Draft"],
        ["Small questionnaire", "2026-27", "Open"],
    ]
    assert page.links["draft-2027"] == "/en/manage/drafts/draft-2027"


@pytest.mark.parametrize("name", ["round.json", "frozen/definition.json"])
def test_one_damaged_round_does_not_hide_the_others(site, name):
    opened_round(site.kept, "old", reporting_year="2024-25")
    (site.kept.root / "rounds" / "old" / name).write_bytes(b"{}")
    page = site.client("eira").get("/en/manage/")
    assert "cannot be read" in page.text
    assert STATUS in page.links.values()


def test_a_round_of_which_something_cannot_be_read_is_on_the_first_page_with_what_that_is(site):
    (site.kept.root / "contacts.tinydb").write_bytes(b"torn")
    page = site.client("eira").get("/en/manage/")
    assert "Small questionnaire, 2026-27" in page.text
    assert "Something of this round cannot be read" in page.text
    assert "contacts" in page.text.split("name of the record:")[1]
    assert "There is nothing to do today" not in page.text


def test_the_status_counts_by_board_and_for_wales_and_shows_each_cluster(site):
    site.submitted()
    site.begun()
    page = site.client("eira").get(STATUS)
    assert rows(page, 0) == [
        ["Health board", "Not started", "In progress", "Submitted", "Reopened"],
        ["Board north (en)", "0", "1", "1", "0"],
        ["Board south (en)", "1", "0", "0", "0"],
        ["Wales", "1", "1", "1", "0"],
    ]
    time = "1 October 2026 at 10:00"
    assert rows(page, 1) == [
        ["Cluster", "Status", "Sections done", "Last saved", "Submitted"],
        ["Arfon", "Submitted", "3 of 3", time, time],
        ["Conwy-West", "In progress", "1 of 3", time, "–"],
    ]
    assert rows(page, 2)[1] == ["Bro-Morgannwg", "Not started", "0 of 4", "–", "–"]
    assert site.log[-1] == ("eira", "status_viewed")


def test_only_boards_with_clusters_that_can_submit_and_have_not_are_to_be_chased(site):
    def chased():
        links = site.client("eira").get(STATUS).links.values()
        return [href.partition("board=")[2].partition("&")[0] for href in links if "board=" in href]

    north, south = "W11000023", "W11000030"
    assert chased() == [north, south]
    for cluster in ("arfon", "conwy-west"):
        site.submitted(cluster)
    assert chased() == [south]
    close_round(site.kept, ROUND, NOW)
    assert chased() == []
    late = {"by": "eira", "reason": "Flood", "now": NOW}
    give_grace(site.kept, load_snapshot(site.kept, ROUND), "bro-morgannwg", NOW + timedelta(days=1), **late)
    assert chased() == [south]


def test_clusters_can_be_put_in_another_order(site):
    site.submitted()
    client = site.client("eira")
    names = {
        sort: [row[0] for row in rows(client.get(f"{STATUS}?sort={sort}"), 1)[1:]]
        for sort in ("name", "status", "saved")
    }
    assert names == {
        "name": ["Arfon", "Conwy-West"],
        "status": ["Conwy-West", "Arfon"],
        "saved": ["Conwy-West", "Arfon"],
    }
    client.get(f"{STATUS}?sort=price", status=404)


def test_a_health_board_team_sees_its_own_clusters_only(site):
    site.submitted()
    client = site.client("gwyn")
    page = client.get(STATUS)
    assert "Board north (en)" in page.text
    assert "south" not in page.text
    assert "Wales" not in [row[0] for row in rows(page, 0)]
    assert not [address for address in page.links.values() if "/workbook" in address]
    client.get(ARFON)
    client.get(f"{STATUS}/clusters/bro-morgannwg", status=403)


def test_a_response_is_read_as_it_was_submitted(site):
    site.submitted()
    client = site.client("mair")
    page = client.get(ARFON)
    for words in ("Dros ginio", "Tŷ newydd", "=1+1", "Walks", "First of 1", "Not yet"):
        assert words in page.text
    assert "Reopen this response" not in page.text
    assert site.log[-1] == ("mair", "response_viewed")


def test_a_draft_is_not_read_by_others(site):
    site.begun()
    page = site.client("eira").get(f"{STATUS}/clusters/conwy-west")
    assert "has not submitted yet" in page.text
    assert "At a meeting" not in page.text
    assert ("eira", "response_viewed") not in site.log


def test_what_counts_is_shown_while_a_reopened_response_is_being_changed(site):
    site.submitted()
    reopen(site.kept, site.snapshot, "arfon", reason="Rhif <b>anghywir</b>", by="eira", now=LATER)
    save(site.kept, site.snapshot, "about", {"how": "meeting"})
    page = site.client("mair").get(ARFON)
    assert "Dros ginio" in page.text
    assert "Rhif <b>anghywir</b>" in page.text


@pytest.mark.parametrize(
    "path", ["rounds/nothing", "rounds/..%2Fx", f"rounds/{ROUND}/clusters/nowhere", f"rounds/{ROUND}/clusters/merged"]
)
def test_what_is_not_there_is_not_found(site, path):
    site.client("eira").get(f"/en/manage/{path}", status=404)


def test_a_round_in_draft_has_no_status_page(site):
    create_round(site.kept, small_round("draft-2027", reporting_year="2027-28"))
    site.client("eira").get("/en/manage/rounds/draft-2027", status=404)


# Reopening


@pytest.mark.parametrize("language", ["cy", "en", "en-XA"])
def test_reopening_asks_why(site, language):
    site.submitted()
    client = site.client("eira", language)
    path = f"/{language}/manage/rounds/{ROUND}/clusters/arfon/reopen"
    page = client.submit(client.get(path), {"reason": "  "}, status=422)
    assert page.errors[0][1] == "#reason"
    client.submit(page, {"reason": "A wrong number"})
    done = client.submit(page, {"reason": "A wrong number"})
    assert done.path == path.removesuffix("/reopen")
    assert "A wrong number" in done.text
    assert site.log.count(("eira", "response_reopened")) == 1, "sent twice, it is done once"
    assert site.log[-1] == ("eira", "response_viewed")


def test_the_reason_is_kept_across_the_language_switch(site):
    site.submitted()
    client = site.client("eira")
    page = client.get(f"{ARFON}/reopen")
    page = client.submit(page, {"reason": "Rhif anghywir"}, button=("switch_language", "cy"))
    assert page.path.startswith("/cy/")
    assert page.values(page.form("reopen"))["reason"].strip() == "Rhif anghywir"
    assert not page.errors


@pytest.mark.parametrize("language", ["cy", "en", "en-XA"])
def test_the_reason_outlives_the_sign_in(site, language):
    site.submitted()
    client = site.client("eira", language)
    page = client.get(f"/{language}/manage/rounds/{ROUND}/clusters/arfon/reopen")
    with client.browser.session_transaction() as session:
        del session["account"]
    page = client.submit(page, {"reason": "Rhif anghywir"}, status=403)
    page = client.submit(page, {"account_name": "eira", "password": "wrong"}, status=422)
    other = "en" if language == "cy" else "cy"
    page = client.submit(page, {"password": "secret words"}, button=("switch_language", other), status=403)
    assert page.path.startswith(f"/{other}/")
    assert "secret words" not in page.markup
    page = client.submit(page, {"account_name": "eira", "password": PASSWORD})
    assert "Rhif anghywir" in page.text
    assert read_response(site.kept, ROUND, "arfon").status == "reopened"


def test_signing_in_on_the_way_gives_nobody_more_than_they_may(site):
    site.submitted()
    client = site.client("eira")
    page = client.get(f"{ARFON}/reopen")
    with client.browser.session_transaction() as session:
        del session["account"]
    page = client.submit(page, {"reason": "Rhif anghywir"}, status=403)
    client.submit(page, {"account_name": "mair", "password": PASSWORD}, status=403)
    assert read_response(site.kept, ROUND, "arfon").status == "submitted"


def test_a_reason_that_is_too_long_is_not_cut(site):
    site.submitted()
    client = site.client("eira")
    page = client.submit(client.get(f"{ARFON}/reopen"), {"reason": "ŵ" * 1001}, status=422)
    assert "1,000 characters" in page.errors[0][0]
    assert "ŵ" * 1001 in page.markup
    client.submit(page, {"reason": "ŵ" * 1000})
    assert read_response(site.kept, ROUND, "arfon").history[-1]["reason"] == "ŵ" * 1000


def test_a_missing_reason_is_asked_for_before_anything_else_is_said(site):
    site.submitted()
    client = site.client("eira")
    page = client.get(f"{ARFON}/reopen")
    sent = page.values(page.form("reopen"))
    sent["submission"] = "9"
    assert "reason" in client.post(f"{ARFON}/reopen", sent, 422).errors[0][0].lower()
    sent["reason"] = "A wrong year"
    assert "submitted again" in client.post(f"{ARFON}/reopen", sent, 422).errors[0][0]


def test_a_stale_form_reopens_nothing(site):
    site.submitted()
    client = site.client("eira")
    stale = client.get(f"{ARFON}/reopen")
    reopen(site.kept, site.snapshot, "arfon", reason="r", by="mair", now=NOW)
    page = client.submit(stale, {"reason": "again"}, status=422)
    assert "cannot be reopened now" in page.text
    site.submitted()
    page = client.submit(stale, {"reason": "again"}, status=422)
    assert "submitted again since you opened this page" in page.errors[0][0]


def test_a_closed_round_is_not_reopened(site):
    site.submitted()
    close_round(site.kept, ROUND, NOW)
    client = site.client("eira")
    assert "Reopen this response" not in client.get(ARFON).text
    assert "cannot be reopened now" in client.get(f"{ARFON}/reopen").text


def test_a_round_that_was_closed_early_says_when(site):
    close_round(site.kept, ROUND, NOW)
    page = site.client("eira").get(f"/en/manage/rounds/{ROUND}")
    assert f"Closed: {language('en').datetime(NOW)}" in page.text
    assert "Closes:" not in page.text


def test_times_that_are_over_are_told_as_over(site):
    opens, closes = NOW - timedelta(days=2), NOW + timedelta(days=2)
    change_round(site.kept, ROUND, lambda current: replace(current, opens=opens, closes=closes))
    said = {}
    for moment in (opens - timedelta(days=1), NOW, closes):
        site.now = moment
        text = site.client("eira").get(f"/en/manage/rounds/{ROUND}/times").text
        said[moment] = [word for word in ("Opens:", "Opened:", "Closes:", "Answers were taken until:") if word in text]
    assert list(said.values()) == [
        ["Opens:", "Closes:"],
        ["Opened:", "Closes:"],
        ["Opened:", "Answers were taken until:"],
    ]


@pytest.mark.parametrize("language", ["cy", "en", "en-XA"])
def test_a_team_without_clusters_in_a_round_is_told_so_and_led_nowhere(site, language):
    add_account(site.kept, "nia", "health_board", "W11000099", PASSWORD, NOW)
    page = site.client("nia", language).get(f"/{language}/manage/rounds/{ROUND}")
    assert not [address for address in page.links.values() if f"/rounds/{ROUND}/" in address]
    assert page.text


@pytest.mark.parametrize("account", ["eira", "mair", "gwyn"])
def test_what_was_submitted_can_be_kept_on_paper_and_as_a_document(site, account):
    site.submitted()
    client = site.client(account)
    page = client.get(ARFON)
    paper = client.get(f"{ARFON}/print")
    assert f"{ARFON}/print" in page.links.values()
    for words in ("Arfon", "Dros ginio", "Tŷ newydd", "=1+1", "Walks"):
        assert words in paper.text
    assert "blank form" not in paper.text, "that is for the cluster"
    assert site.log[-1] == (account, "response_printed")
    assert f"{ARFON}/cy.docx" in page.links.values()
    assert client.browser.get(f"{ARFON}/cy.docx").headers["Content-Disposition"].endswith("arfon.cy.docx")
    assert site.log[-1] == (account, "response_downloaded")


@pytest.mark.parametrize("way", ["print", "en.docx"])
def test_a_draft_and_anothers_cluster_can_be_kept_by_nobody_else(site, way):
    site.begun()
    national, board = site.client("eira"), site.client("gwyn")
    assert national.browser.get(f"{STATUS}/clusters/conwy-west/{way}").status_code == 404
    assert board.browser.get(f"{STATUS}/clusters/bro-morgannwg/{way}").status_code == 403


def test_a_clusters_story_is_for_its_board_and_the_national_team(site):
    site.submitted()
    for account in ("eira", "mair", "gwyn"):
        client = site.client(account)
        assert f"{ARFON}/story" in client.get(ARFON).links.values()
        assert "Only this year is kept here" in client.get(f"{ARFON}/story").text
        assert site.log[-1] == (account, "story_viewed")
    site.client("gwyn").get(f"{STATUS}/clusters/bro-morgannwg/story", status=403)
