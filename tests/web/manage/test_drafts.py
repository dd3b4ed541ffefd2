"""A round is created, assigned, opened or deleted on pages."""

import json
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from survey.catalogues.files import Places
from survey.collection.errors import DomainError
from survey.collection.people.accounts import EVENTS, LOG
from survey.collection.rounds.round import close_round, create_round, delete_draft, read_round, reschedule
from survey.web.manage import draft_outcomes, draft_sources, drafts
from tests.catalogues_in_use import use_catalogues
from tests.collection.catalogue import write_pseudo, write_welsh
from tests.collection.example import (
    CLUSTER_LIST,
    DEFINITION,
    FRAMEWORK,
    LATER,
    NORTH,
    NOW,
    ROUND,
    SOUTH,
    opened_round,
    small_round,
)
from tests.web.checking_client import CheckingClient
from tests.web.html import text_of

DRAFT = "/en/manage/drafts/next"


@pytest.fixture
def planned(site, tmp_path, catalogues, monkeypatch):
    """The site with a round in draft, made of the files of today."""
    root = tmp_path / "project"
    files = {"small/2026": DEFINITION, "frameworks/small-framework": FRAMEWORK, "clusters/clusters-small": CLUSTER_LIST}
    for name, source in files.items():
        path = root / "questionnaires" / f"{name}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(source), encoding="utf-8")
    site.app.config["PLACES"] = Places(root, root / "translations")
    write_pseudo(root / "translations")
    write_welsh(root / "translations")
    use_catalogues(root / "translations", catalogues)
    monkeypatch.setattr(draft_sources, "gate_of_readers", lambda *_: lambda _: [])
    close_round(site.kept, ROUND, NOW)
    create_round(site.kept, small_round("next", reporting_year="2027-28"))
    return site


@pytest.mark.parametrize("language", ["cy", "en", "en-XA"])
def test_the_pages_hold_in_every_language(planned, language):
    client = planned.client("eira", language)
    for path in ("new-round", "drafts/next", "drafts/next/outcomes", "drafts/next/open", "drafts/next/delete"):
        client.get(f"/{language}/manage/{path}")


def test_the_first_page_names_a_draft_by_its_questionnaire(planned):
    page = planned.client("eira").get("/en/manage/")
    assert text_of(page.all("h3")[0]).startswith("Small questionnaire, 2027-28")
    for path in ("", "/outcomes", "/open", "/delete"):
        assert "Small questionnaire, 2027-28" in planned.client("eira").get(f"{DRAFT}{path}").text


def test_next_years_round_is_proposed_from_a_round_with_the_newest_edition_of_its_year(planned):
    folder = planned.app.config["PLACES"].questionnaires / "small"
    for year in ("2027", "2028"):
        (folder / f"{year}.json").write_text(json.dumps(DEFINITION | {"edition": year}), encoding="utf-8")
    create_round(planned.kept, small_round("small-2027"))
    client = planned.client("eira")
    page = client.get(f"/en/manage/rounds/{ROUND}")
    assert f"/en/manage/new-round?after={ROUND}" in page.links.values()
    proposed = client.get(f"/en/manage/new-round?after={ROUND}")
    sent = proposed.values(proposed.form("new"))
    assert [sent[name] for name in ("edition", "year", "earlier")] == ["small 2027", "2027-28", ROUND]
    assert 0 < proposed.text.index("Small questionnaire, 2028") < proposed.text.index("Small questionnaire, 2027")
    client.submit(proposed, {"round_id": "after"})
    made = read_round(planned.kept, "after")
    assert (made.edition, made.reporting_year, made.assigned(NORTH)) == ("2027", "2027-28", ("m-01",))


def test_a_round_is_created_with_what_an_earlier_one_assigned(planned):
    client = planned.client("eira")
    fields = {"round_id": "third", "edition": "small 2026", "year": "2028-29", "earlier": "next"}
    page = client.submit(client.get("/en/manage/new-round"), fields | {"year": "2028"}, status=422)
    assert page.errors[0][1] == "#year"
    for _ in range(2):
        assert client.submit(page, fields).path == "/en/manage/drafts/third"
    assert read_round(planned.kept, "third").assignments == {NORTH: ("m-01",), SOUTH: ("m-01", "m-02")}
    assert planned.log.count(("eira", "round_created")) == 1, "sent twice, it is done once"


def test_everything_that_is_wrong_with_a_new_round_is_named_at_once_each_at_its_field(planned):
    wrong = {
        "round_id": "Next Year",
        "edition": "small 1999",
        "year": "2026",
        "earlier": "",
        "opens": "tomorrow",
        "closes": "never",
    }
    client = planned.client("eira")
    page = client.get("/en/manage/new-round")
    sent = {**page.values(page.form("new")), **wrong, "earlier": "nothing"}
    refused = client.post(page.path, sent, 422)
    assert [leads for _, leads in refused.errors] == ["#round_id", "#edition", "#year", "#opens", "#closes"]
    reversed_ = {"opens": "2 March 2028 at 10:00", "closes": "1 March 2028 at 10:00"}
    refused = client.post(page.path, sent | reversed_ | {"round_id": "next", "edition": "small 2026"}, 422)
    assert [leads for _, leads in refused.errors] == ["#round_id", "#year", "#earlier", "#closes"]
    assert read_round(planned.kept, "next").reporting_year == "2027-28"


def test_outcomes_are_ticked_and_a_second_tap_changes_nothing(planned):
    client = planned.client("eira")
    page = client.get(f"{DRAFT}/outcomes")
    for said in ("The outcomes of the health boards were kept", "Nothing was changed"):
        assert said in client.submit(page, {f"board-{NORTH}": ["m-02"]}, form="outcomes").text
        assert read_round(planned.kept, "next").assigned(NORTH) == ("m-02",)


@pytest.mark.parametrize(
    ("language", "error", "elsewhere", "taken_away", "added"),
    [
        ("cy", "Gwall:", "Mae rhywun arall wedi newid y canlyniadau", "Wedi’u tynnu i ffwrdd:", "Wedi’u hychwanegu:"),
        ("en", "Error:", "Somebody else has changed these outcomes", "Taken away:", "Added:"),
    ],
)
def test_what_two_people_change_at_once_is_put_together_and_shown_before_it_is_kept(
    planned, language, error, elsewhere, taken_away, added
):
    client = planned.client("eira", language)
    stale = client.get(f"/{language}/manage/drafts/next/outcomes")
    assert taken_away not in stale.text
    client.submit(stale, {f"board-{NORTH}": ["m-01", "m-02"]}, form="outcomes")
    refused = client.submit(stale, {f"board-{SOUTH}": ["m-01"]}, form="outcomes", status=422)
    assert refused.all("title")[0].text.startswith(error)
    assert elsewhere in refused.text
    assert refused.text.count(added) == 1, "of the north, by the other"
    assert refused.text.count(taken_away) == 1, "of the south, by whoever reads this"
    assert read_round(planned.kept, "next").assigned(SOUTH) == ("m-01", "m-02")
    client.submit(refused, {}, form="outcomes")
    both = read_round(planned.kept, "next")
    assert (both.assigned(NORTH), both.assigned(SOUTH)) == (("m-01", "m-02"), ("m-01",))


def test_the_log_says_what_a_health_board_has_lost(planned):
    client = planned.client("eira")
    ticks = {f"board-{NORTH}": ["m-02"], f"board-{SOUTH}": ["m-01", "m-02"]}
    client.submit(client.get(f"{DRAFT}/outcomes"), ticks, form="outcomes")
    (entry,) = [one for one in planned.kept.entries(LOG, EVENTS) if one["what"] == "outcomes_assigned"]
    assert (entry["health_board"], entry["outcomes"], entry["dropped"]) == (NORTH, "m-02", "m-01")


def test_what_somebody_else_has_changed_in_the_same_way_is_kept_already(planned):
    client = planned.client("eira")
    stale = client.get(f"{DRAFT}/outcomes")
    client.submit(stale, {f"board-{NORTH}": ["m-02"], f"board-{SOUTH}": ["m-01"]}, form="outcomes")
    refused = client.submit(stale, {f"board-{NORTH}": ["m-02"]}, form="outcomes", status=422)
    assert "What you changed is kept already." in refused.text


def test_what_somebody_else_has_changed_elsewhere_in_a_draft_makes_no_ticks_stale(planned):
    client = planned.client("eira")
    of_north, of_south = (client.get(f"{DRAFT}/outcomes?board={board}") for board in (NORTH, SOUTH))
    reschedule(planned.kept, "next", LATER, None, NOW)
    client.submit(of_north, {f"board-{NORTH}": ["m-02"]}, form="outcomes")
    client.submit(of_south, {f"board-{SOUTH}": ["m-02"]}, form="outcomes")
    current = read_round(planned.kept, "next")
    assert (current.assigned(NORTH), current.assigned(SOUTH), current.opens) == (("m-02",), ("m-02",), LATER)


def test_the_outcomes_of_one_health_board_are_kept_and_those_of_others_stay(planned):
    client = planned.client("eira")
    both = {f"board-{NORTH}": ["m-02"], f"board-{SOUTH}": ["m-01"]}
    client.submit(client.get(f"{DRAFT}/outcomes"), both, form="outcomes")
    of_south = client.get(DRAFT).links
    assert f"{DRAFT}/outcomes?board={SOUTH}" in of_south.values()
    page = client.get(f"{DRAFT}/outcomes?board={SOUTH}")
    assert {one.get("name") for one in page.all("input") if one.get("type") == "checkbox"} == {f"board-{SOUTH}"}
    assert not page.all("table"), "a list, which a telephone has room for"
    assert "Health boards: 1. Clusters:" in page.text
    kept = client.submit(page, {f"board-{SOUTH}": ["m-01", "m-02"]}, form="outcomes")
    assert kept.by_id("notice-1-title") is not None
    current = read_round(planned.kept, "next")
    assert (current.assigned(NORTH), current.assigned(SOUTH)) == (("m-02",), ("m-01", "m-02"))
    every = client.get(f"{DRAFT}/outcomes?board=nowhere")
    assert "Not in this list: nowhere" in every.text
    client.submit(every, {}, form="outcomes")
    assert read_round(planned.kept, "next") == current


@pytest.mark.parametrize(("opens", "clusters"), [("2025-03-31T22:59+00:00", 2), ("2025-03-31T23:00+00:00", 1)])
def test_clusters_are_counted_as_they_are_on_the_day_of_the_opening_by_the_clocks_of_wales(planned, opens, clusters):
    reschedule(planned.kept, "next", datetime.fromisoformat(opens), None, NOW)
    page = planned.client("eira").get(f"{DRAFT}/outcomes?board={SOUTH}")
    assert f"Number of clusters: {clusters}" in page.text


def test_where_a_questionnaire_asks_about_no_outcomes_nothing_is_said_of_them(planned):
    folder = planned.app.config["PLACES"].questionnaires / "small"
    sections = [one for one in DEFINITION["sections"] if one["id"] != "outcome"]
    plain = {name: value for name, value in DEFINITION.items() if name != "framework"} | {"sections": sections}
    (folder / "2027.json").write_text(json.dumps(plain | {"edition": "2027"}), encoding="utf-8")
    create_round(planned.kept, replace(small_round("plain", reporting_year="2027-28"), edition="2027"))
    client = planned.client("eira")
    for path in ("", "/open", "/delete"):
        said = client.get(f"/en/manage/drafts/plain{path}").text
        assert "No outcome" not in said
        assert "Outcomes of each health board" not in said


def test_what_stands_in_the_way_leads_to_where_it_is_mended(planned):
    client = planned.client("eira")
    client.submit(client.get(f"{DRAFT}/outcomes"), {f"board-{NORTH}": []}, form="outcomes")
    page = client.get(f"{DRAFT}/open")
    assert f"{DRAFT}/outcomes" in page.links.values()
    assert "Open it now" not in page.text


def test_an_open_round_of_an_earlier_year_stands_in_the_way_until_it_is_closed(planned):
    opened_round(planned.kept, "before", reporting_year="2025-26")
    client = planned.client("eira")
    for page in (client.get(DRAFT), client.get(f"{DRAFT}/open")):
        assert "Another round of this questionnaire is open: before" in page.text
        assert "/en/manage/rounds/before/close" in page.links.values()
        assert "Open it now" not in page.text
    close_round(planned.kept, "before", NOW)
    assert "Open it now" in client.get(f"{DRAFT}/open").text


def test_whoever_opens_a_round_is_told_of_a_newer_edition_and_of_a_later_year_that_is_open(planned):
    client = planned.client("eira")
    assert "Before you open it" not in client.get(DRAFT).text
    newer = planned.app.config["PLACES"].questionnaires / "small" / "2027.json"
    newer.write_text(json.dumps(DEFINITION | {"edition": "2027"}), encoding="utf-8")
    opened_round(planned.kept, "later", reporting_year="2028-29")
    for page in (client.get(DRAFT), client.get(f"{DRAFT}/open")):
        assert "This round is to ask the edition of 2026, and there is a newer one for its year: 2027" in page.text
        assert "The round of 2028-29 is open with the same questionnaire: later" in page.text
    client.submit(client.get(f"{DRAFT}/open"), {})
    assert read_round(planned.kept, "next").status == "open"


def test_a_text_that_is_not_ready_leads_to_its_catalogue(planned, monkeypatch):
    found = ["translations/cy/LC_MESSAGES/small.po:12: The Welsh is missing"]
    monkeypatch.setattr(draft_sources, "gate_of_readers", lambda *_: lambda _: found)
    assert "/en/manage/translations/small?show=needs-you" in planned.client("eira").get(DRAFT).links.values()


def test_a_round_is_opened_after_a_page_that_says_what_that_means(planned):
    client = planned.client("eira")
    stale = client.get(f"{DRAFT}/open")
    reschedule(planned.kept, "next", NOW, None, NOW)
    assert "Somebody else has changed this round" in client.submit(stale, {}, status=422).text
    client.submit(client.get(f"{DRAFT}/open"), {})
    assert (read_round(planned.kept, "next").status, planned.log[-1]) == ("open", ("eira", "round_opened"))
    assert client.get(DRAFT).path == "/en/manage/rounds/next"


@pytest.mark.parametrize(
    ("language", "said"),
    [("cy", "bydd y rownd yn derbyn atebion o 1 Tachwedd 2026"), ("en", "takes answers from 1 November 2026")],
)
def test_who_opens_a_round_before_its_opening_time_is_told_from_when_it_takes_answers(planned, language, said):
    client = planned.client("eira", language)
    address = f"/{language}/manage/drafts/next/open"
    assert said not in client.get(address).text
    reschedule(planned.kept, "next", NOW + timedelta(days=31), None, NOW)
    assert said in client.get(address).text


@pytest.mark.parametrize(
    ("language", "words"), [("cy", "Mynd i ddrafft y rownd hon"), ("en", "Go to the draft of this round")]
)
def test_the_page_of_a_round_in_draft_leads_whoever_may_see_it_to_the_draft(planned, language, words):
    page = planned.client("eira", language).get(f"/{language}/manage/rounds/next", status=404)
    assert page.links[words] == f"/{language}/manage/drafts/next"
    assert words not in planned.client("gwyn", language).get(f"/{language}/manage/rounds/next", status=404).links


def test_times_of_a_draft_are_set_and_refused_where_they_were_written(planned):
    client = planned.client("eira")
    page = client.submit(client.get(DRAFT), {"opens": "2027-03-28 01:30", "closes": ""}, status=422)
    assert page.errors[0][1] == "#opens"
    for _ in range(2):
        client.submit(page, {"opens": "1 November 2026 at 09:00", "closes": "1/12/2026 5pm"})
    assert planned.log.count(("eira", "round_rescheduled")) == 1, "sent twice, it is done once"
    assert read_round(planned.kept, "next").closes > LATER


def test_a_draft_is_deleted_after_a_question(planned):
    client = planned.client("eira")
    client.submit(client.get(f"{DRAFT}/delete"), {})
    with pytest.raises(DomainError):
        read_round(planned.kept, "next")
    assert planned.log[-1] == ("eira", "round_deleted")
    client.get(DRAFT, status=404)


@pytest.mark.parametrize(
    ("page", "module", "act"),
    [
        ("", drafts, "reschedule"),
        ("/outcomes", draft_outcomes, "assign_table"),
        ("/open", drafts, "open_round"),
        ("/delete", drafts, "delete_draft"),
    ],
)
def test_whoever_is_outrun_by_an_opening_is_led_to_the_open_round(planned, page, module, act, monkeypatch):
    """The other opens it after the form was let in and before anything is done."""
    client = planned.client("eira")
    shown = client.get(f"{DRAFT}{page}")
    itself = getattr(module, act)

    def outrun(*given: object, **named: object) -> object:
        delete_draft(planned.kept, "next")
        opened_round(planned.kept, "next", reporting_year="2027-28")
        return itself(*given, **named)

    monkeypatch.setattr(module, act, outrun)
    sent = {"": {"opens": "1 May 2027 at 09:00"}, "/outcomes": {f"board-{NORTH}": ["m-02"]}}.get(page, {})
    after = client.submit(shown, sent, form="outcomes" if page == "/outcomes" else None)
    assert after.path == "/en/manage/rounds/next"
    assert "Nothing was changed: this round has been opened already." in after.text


@pytest.mark.parametrize("page", ["", "/outcomes", "/open", "/delete"])
def test_whoever_sends_a_form_of_a_deleted_draft_is_told_that_there_is_none(planned, page):
    client = planned.client("eira")
    old = client.get(f"{DRAFT}{page}")
    delete_draft(planned.kept, "next")
    token = old.values(next(one for one in old.all("form") if one.get("method") == "post" and one.get("id")))
    sent = client.post(f"{DRAFT}{page}", token)
    assert (sent.path, "There is no such draft any more" in sent.text) == ("/en/manage/", True)
    assert ("eira", "round_deleted") not in planned.log


def test_the_id_of_a_deleted_draft_is_free_for_a_new_one(planned):
    client = planned.client("eira")
    client.submit(client.get(f"{DRAFT}/delete"), {})
    asked = {"round_id": "next", "edition": "small 2026", "year": "2027-28"}
    made = client.submit(client.get("/en/manage/new-round"), asked)
    assert "was created as a draft" in made.text
    assert planned.log[-1] == ("eira", "round_created")


def test_outcomes_are_suggested_from_earlier_years_and_nothing_is_kept_by_looking(planned):
    client = planned.client("eira")
    page = client.get(f"{DRAFT}/outcomes?suggested=1")
    ticked = page.values(page.form("outcomes"))
    assert (ticked.getlist(f"board-{NORTH}"), ticked.getlist(f"board-{SOUTH}")) == (["m-02"], ["m-01", "m-02"])
    assert "This is a suggestion" in page.text
    assert read_round(planned.kept, "next").assigned(NORTH) == ("m-01",)
    assert page.text.count("Kept now: ticked") == page.text.count("Kept now: not ticked") == 1
    client.submit(page, {}, form="outcomes")
    assert read_round(planned.kept, "next").assigned(NORTH) == ("m-02",)


def suggested_to_north(client, language="en", query=""):
    page = client.get(f"/{language}/manage/drafts/next/outcomes?suggested=1{query}")
    return page.values(page.form("outcomes")).getlist(f"board-{NORTH}")


def test_the_same_outcomes_are_suggested_whatever_the_alphabet_of_the_page(planned, monkeypatch):
    opened_round(planned.kept, "beside", assignments={NORTH: ("m-02",)})
    client = planned.client("eira")
    found = suggested_to_north(client)
    for order in (1, -1):
        monkeypatch.setattr(draft_sources, "name_key", lambda board, order=order: order * int(board.code[1:]))
        assert (suggested_to_north(client, "cy"), suggested_to_north(client)) == (found, found)


@pytest.mark.parametrize("demonstration", [True, False])
def test_when_a_health_board_had_an_outcome_last_is_told_of_real_rounds_alone(planned, demonstration):
    before = {"reporting_year": "2025-26", "assignments": {NORTH: ("m-02",)}, "demonstration": demonstration}
    create_round(planned.kept, small_round("before", **before))
    page = planned.client("eira").get(f"{DRAFT}/outcomes?board={NORTH}")
    assert "Last time: 2026-27" in page.text
    assert ("Last time: 2025-26" in page.text) != demonstration


def test_what_is_suggested_to_one_health_board_heeds_what_the_others_keep(planned):
    opened_round(planned.kept, "beside", assignments={NORTH: ("m-02",)})
    client = planned.client("eira")
    for kept, found in (("m-01", ["m-02"]), ("m-02", ["m-01"])):
        client.submit(client.get(f"{DRAFT}/outcomes"), {f"board-{SOUTH}": [kept]}, form="outcomes")
        assert suggested_to_north(client, query=f"&board={NORTH}") == found
    assert "The other health boards count" in client.get(f"{DRAFT}/outcomes?suggested=1&board={NORTH}").text
    assert "The other health boards count" not in client.get(f"{DRAFT}/outcomes?suggested=1").text


def test_outcomes_that_no_board_has_are_named(planned):
    client = planned.client("eira")
    assert "No health board has:" not in client.get(f"{DRAFT}/outcomes").text
    client.submit(client.get(f"{DRAFT}/outcomes"), {f"board-{NORTH}": [], f"board-{SOUTH}": ["m-01"]}, form="outcomes")
    assert "No health board has:" in client.get(f"{DRAFT}/outcomes").text


def test_a_draft_is_looked_at_page_by_page_by_who_has_an_account_and_by_nobody_else(planned):
    planned.app.config["QUESTIONNAIRES"] = planned.app.config["PLACES"].questionnaires
    client = planned.client("eira")
    links = client.get(DRAFT).links.values()
    assert {"/cy/preview/small/2026/", "/en/preview/small/2026/"} <= set(links)
    client.get("/en/preview/small/2026/section/about")
    CheckingClient(planned.app).get("/en/preview/small/2026/section/about", status=404)


def test_words_are_looked_through_once_as_long_as_they_stay_as_they_are(planned, monkeypatch):
    looked = []
    monkeypatch.setattr(draft_sources, "gate_of_readers", lambda *_: lambda names: looked.append(names) or [])
    client = planned.client("eira")
    client.get(DRAFT)
    client.get(f"{DRAFT}/open")
    assert len(looked) == 1
    path = planned.app.config["PLACES"].questionnaires / "small" / "2026.json"
    path.write_text(json.dumps({**DEFINITION, "title": "Another title"}), encoding="utf-8")
    client.get(DRAFT)
    assert len(looked) == 2


@pytest.mark.parametrize(("language", "nothing"), [("en", "(nothing)"), ("cy", "(dim byd)")])
def test_an_empty_form_is_told_what_to_write_and_no_sentence_is_about_nothing(site, language, nothing):
    client = site.client("eira", language)
    page = client.get(f"/{language}/manage/new-round")
    shown = client.submit(page, {"round_id": "", "year": "", "edition": ""}, status=422)
    assert {"#round_id", "#year"} <= {href for _, href in shown.errors}
    assert nothing not in shown.text
