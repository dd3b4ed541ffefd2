"""Queries on answers, from the national team’s question on a page to the cluster’s answer on another."""

import secrets
from dataclasses import astuple
from urllib.parse import parse_qs, urlsplit

import pytest

from survey.collection.people.access import issue_code, new_code
from survey.collection.people.contact_checks import Contact
from survey.collection.people.contacts import take_in
from survey.collection.people.messages import read_messages
from survey.collection.responses.lifecycle import erase
from survey.collection.responses.queries import read_queries
from survey.collection.responses.query_subjects import subjects_of
from survey.collection.responses.response import read_response
from survey.collection.rounds.snapshot import load_snapshot
from survey.storage.tinydb_files.data_format import secret_of
from tests.collection.example import NOW, ROUND
from tests.collection.test_messages import GOOD
from tests.web.checking_client import CheckingClient

CLUSTER = f"/manage/rounds/{ROUND}/clusters/arfon"


@pytest.fixture
def arfon(site):
    """A browser of a cluster that has submitted, and whose contact can be written to."""
    site.submitted()
    take_in(site.kept, [Contact(*GOOD)], NOW.date())
    site.app.config.update(SMTP_HOST="127.0.0.1", SMTP_SENDER="survey@wales.example")
    code = new_code(secrets.choice)
    issue_code(site.kept, secret_of(site.kept.root).encode(), ROUND, "arfon", code, site.now)
    client = CheckingClient(site.app)
    client.sign_in("/en/sign-in", {"access_code": code})
    return client


def ask(client, language="en", text="Which meeting?"):
    page = client.get(f"/{language}{CLUSTER}")
    address = next(href for href in page.links.values() if "/queries/new?" in href)
    return client.submit(client.get(address), {"text": text}, form="ask")


@pytest.mark.parametrize("language", ["cy", "en", "en-XA"])
def test_a_cluster_is_asked_answers_and_the_team_closes_it(site, arfon, language):
    team = site.client("eira", language)
    assert "Which meeting?" in ask(team, language).text
    assert [(message.kind, message.cluster) for message in read_messages(site.kept, ROUND, site.now)] == [
        ("query", "arfon")
    ]
    query_id = read_queries(site.kept, ROUND, "arfon")[0].id
    assert f"/{language}/reflection/queries" in arfon.get(f"/{language}/reflection").links.values()
    page = arfon.get(f"/{language}/reflection/queries")
    assert "Which meeting?" in page.text
    waiting = {"cy": ("Yn aros amdanoch chi", "Yn aros am y clwstwr"), "en": ("Waiting for you", "Waiting for the")}
    for to_cluster, to_team in filter(None, [waiting.get(language)]):
        assert (to_cluster in page.text, to_team in page.text) == (True, False)
        assert to_team in team.get(f"/{language}{CLUSTER}/queries/{query_id}").text
    page = arfon.get(f"/{language}/reflection/queries/{query_id}")
    arfon.submit(page, {"text": "Yn yr <b>Wyddfa</b>", "asks_reopening": "y"}, form="answer")
    page = arfon.submit(page, {"text": "Yn yr <b>Wyddfa</b>", "asks_reopening": "y"}, form="answer")
    assert page.by_class("nhsuk-notification-banner--success")
    page = team.get(f"/{language}{CLUSTER}/queries/{query_id}")
    assert page.text.count("Yn yr <b>Wyddfa</b>") == 1
    assert f"/{language}{CLUSTER}/reopen" in page.links.values()
    team.submit(page, {}, form="close", button=("close", "1"))
    assert read_queries(site.kept, ROUND, "arfon")[0].state == "closed"
    assert "Wyddfa" in team.get(f"/{language}{CLUSTER}/print").text
    assert "Wyddfa" in arfon.get(f"/{language}/reflection/print").text
    assert team.get(f"/{language}/manage/rounds/{ROUND}/queries?state=closed").all("tbody")
    assert {("eira", "query_asked"), ("cluster arfon", "query_answered"), ("eira", "query_closed")} <= set(site.log)


def test_what_waits_for_the_cluster_stands_first(site, arfon):
    team = site.client("eira")
    ask(team, text="Which meeting?")
    query_id = read_queries(site.kept, ROUND, "arfon")[0].id
    arfon.submit(arfon.get(f"/en/reflection/queries/{query_id}"), {"text": "That of May"}, form="answer")
    ask(team, text="Which year?")
    said = arfon.get("/en/reflection/queries").text
    assert 0 < said.index("Which year?") < said.index("Which meeting?")


def test_an_answer_that_comes_after_the_close_is_kept_in_its_box_and_said_so(site, arfon):
    team = site.client("eira")
    ask(team)
    query_id = read_queries(site.kept, ROUND, "arfon")[0].id
    mine = arfon.get(f"/en/reflection/queries/{query_id}")
    theirs = team.get(f"/en{CLUSTER}/queries/{query_id}")
    team.submit(theirs, {}, form="close", button=("close", "1"))
    late = arfon.submit(mine, {"text": "The one in May"}, form="answer", status=422)
    assert "has closed this question meanwhile" in late.errors[0][0]
    assert "The one in May" in late.markup


def test_a_stale_page_closes_nothing_that_was_not_read(site, arfon):
    team = site.client("eira")
    ask(team)
    query_id = read_queries(site.kept, ROUND, "arfon")[0].id
    stale = team.get(f"/en{CLUSTER}/queries/{query_id}")
    arfon.submit(arfon.get(f"/en/reflection/queries/{query_id}"), {"text": "In May"}, form="answer")
    told = team.submit(stale, {}, form="close", button=("close", "1"), status=422)
    assert "Read it first" in told.text
    assert "In May" in told.text


@pytest.mark.parametrize("seen", ["9" * 5_000, "-1", "²", ""])
def test_a_page_that_no_page_of_ours_was_closes_nothing(site, arfon, seen):
    team = site.client("eira")
    ask(team)
    page = team.get(f"/en{CLUSTER}/queries/{read_queries(site.kept, ROUND, 'arfon')[0].id}")
    team.submit(page, {"seen": seen}, form="close", button=("close", "1"), status=422)
    assert read_queries(site.kept, ROUND, "arfon")[0].state != "closed"


@pytest.mark.parametrize("entry", ["../../elsewhere?", "x" * 100_000])
def test_a_query_has_an_id_of_ours_whatever_its_form_says(site, arfon, entry):
    team = site.client("eira")
    address = next(href for href in team.get(f"/en{CLUSTER}").links.values() if "/queries/new?" in href)
    team.submit(team.get(address), {"text": "Which meeting?", "entry": entry}, form="ask")
    asked = read_queries(site.kept, ROUND, "arfon")[0]
    page = arfon.get(f"/en/reflection/queries/{asked.id}")
    arfon.submit(page, {"text": "In May", "entry": entry}, form="answer")
    (asked,) = read_queries(site.kept, ROUND, "arfon")
    assert {len(id) for id in (asked.id, *(one.id for one in asked.entries))} == {16}


@pytest.mark.parametrize("name", ["eira", "gwyn"])
def test_the_list_says_what_each_question_is_about_and_how_it_begins_with_a_link_to_it(site, arfon, name):
    for text in ("Which meeting?", "Where was it held? " + "And when? " * 20):
        ask(site.client("eira"), "en", text)
    first, second = (query.id for query in read_queries(site.kept, ROUND, "arfon"))
    client = site.client(name)
    page = client.get(f"/en/manage/rounds/{ROUND}/queries")
    assert "Which meeting?" in page.text
    assert "Where was it held? And when?" in page.text
    assert "And when? " * 20 not in page.text
    of_each = [f"/en{CLUSTER}/queries" + (f"/{one}" if name == "eira" else f"#query-{one}") for one in (first, second)]
    assert set(of_each) <= set(page.links.values())
    for address in of_each:
        client.get(address)


def test_a_board_sees_what_its_own_clusters_were_asked_and_asks_nothing_itself(site, arfon):
    ask(site.client("eira"))
    board, other = site.client("gwyn"), f"/en/manage/rounds/{ROUND}/clusters/bro-morgannwg/queries"
    assert "Which meeting?" in board.get(f"/en{CLUSTER}/queries").text
    assert not any("/queries/new" in href for href in board.get(f"/en{CLUSTER}").links.values())
    board.get(other, status=403)
    board.get(f"/en{CLUSTER}/queries/new?page=about&question=how&submission=1", status=403)


def test_what_a_command_can_ask_about_is_what_the_page_can(site, arfon):
    hrefs = [href for href in site.client("eira").get(f"/en{CLUSTER}").links.values() if "/queries/new?" in href]
    snapshot = load_snapshot(site.kept, ROUND)
    submission = read_response(site.kept, ROUND, "arfon").submissions[0]
    asked = [parse_qs(urlsplit(href).query) for href in hrefs]
    on_page = {tuple(one.get(name, [""])[0] for name in ("page", "question", "item", "part")) for one in asked}
    assert on_page == {astuple(subject) for subject in subjects_of(snapshot, "arfon", submission)}


def test_nothing_but_an_answer_of_a_submission_can_be_asked_about(site, arfon):
    team = site.client("eira")
    for what in ("page=about&question=nothing&submission=1", "page=about&question=how&submission=7", ""):
        team.get(f"/en{CLUSTER}/queries/new?{what}", status=404)


def test_what_is_sent_about_a_response_that_was_erased_is_shown_to_be_copied(site, arfon):
    team, words = site.client("eira"), "A <b>question</b>"
    ask(team)
    address = next(href for href in team.get(f"/en{CLUSTER}").links.values() if "/queries/new?" in href)
    query_id = read_queries(site.kept, ROUND, "arfon")[0].id
    asking, answering = team.get(address), arfon.get(f"/en/reflection/queries/{query_id}")
    erase(site.kept, ROUND, "arfon")
    for client, page, form in ((team, asking, "ask"), (arfon, answering, "answer")):
        gone = client.submit(page, {"text": words}, form=form, status=410)
        assert (gone.heading, words in gone.text) == ("Nothing was sent", True)
    team.get(address, status=404)


def test_another_cluster_cannot_read_a_query_by_its_address(site, arfon):
    ask(site.client("eira"))
    arfon.get("/en/reflection/queries/0123456789abcdef", status=404)
