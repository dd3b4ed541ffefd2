"""The first page says where the rounds of the year stand and what there is to do today."""

from datetime import timedelta

import pytest

from survey.collection.people.access import issue_code
from survey.collection.people.contact_checks import Contact
from survey.collection.people.contacts import read_contacts, take_in
from survey.collection.people.dispatch import Addressed, send_due
from survey.collection.people.mail_server import DeliveryOutcome
from survey.collection.people.messages import INVITATION, queue
from survey.collection.rounds.extensions import give_grace
from survey.collection.rounds.publication import publish, withdraw
from survey.collection.rounds.retention import keep_until
from survey.collection.rounds.round import close_round, create_round, reschedule
from survey.collection.rounds.snapshot import load_snapshot
from survey.languages import language as spoken
from survey.reporting.releases.of_clusters import release_clusters
from survey.web.manage import year
from tests.collection.example import NOW, ROUND, opened_round, small_round
from tests.web.html import text_of

HOME = "/en/manage/"
STATUS = f"/en/manage/rounds/{ROUND}"


def stage(page):
    return [step.text for step in page.all("strong") if step.get("aria-current") == "step"]


def test_what_there_is_to_do_is_said_with_a_link(site):
    create_round(site.kept, small_round("next", reporting_year="2027-28"))
    reschedule(site.kept, ROUND, None, NOW + timedelta(days=3, hours=1), NOW)
    client = site.client("eira")
    page = client.get(HOME)
    assert stage(page) == ["Draft", "Closing soon"]
    assert "It closes within 4 days" in page.text
    assert "3 clusters have not begun" in page.text
    assert f"{STATUS}/clusters?status=not_started" in page.links.values()
    assert "/en/manage/drafts/next" in page.links.values()
    site.now = NOW + timedelta(days=4)
    page = site.client("eira").get(HOME)
    assert f"{STATUS}/close" in page.links.values()
    assert (stage(page), page.text.count("Closing soon")) == (["Draft", "Past its closing time"], 1), "of the draft"


def test_a_round_stays_until_it_is_finished_though_a_later_year_is_planned(site, monkeypatch):
    monkeypatch.setattr(year, "_tasks", lambda _: iter(()))
    create_round(site.kept, small_round("next", reporting_year="2027-28"))
    client = site.client("eira")
    assert stage(client.get(HOME)) == ["Draft", "Open"]
    close_round(site.kept, ROUND, NOW)
    assert stage(client.get(HOME)) == ["Draft", "Closed"]
    release_clusters(site.kept, ROUND, "eira", "", NOW)
    assert stage(client.get(HOME)) == ["Draft", "Figures released"]
    keep_until(site.kept, ROUND, NOW.date(), suggested=NOW.date(), by="eira", reason="", now=NOW)
    assert stage(client.get(HOME)) == ["Draft"]


def test_what_follows_the_close_is_said_one_after_the_other(site):
    close_round(site.kept, ROUND, NOW)
    client = site.client("eira")
    assert f"{STATUS}/releases" in client.get(HOME).links.values()
    assert stage(client.get(HOME)) == ["Closed"]
    release_clusters(site.kept, ROUND, "eira", "", NOW)
    page = client.get(HOME)
    assert (stage(page), f"{STATUS}/retention" in page.links.values()) == (["Figures released"], True)
    assert "Published" not in page.text
    today = NOW.date()
    keep_until(site.kept, ROUND, today, suggested=today, by="eira", reason="", now=NOW)
    page = client.get(HOME)
    assert (stage(page), "There is nothing to do today" in page.text) == (["Kept"], True)
    site.now = NOW + timedelta(days=1)
    assert f"{STATUS}/removal" in site.client("eira").get(HOME).links.values()


def test_a_round_is_kept_only_when_the_page_asks_for_no_figures_any_more(site):
    site.make_public()
    close_round(site.kept, ROUND, NOW)
    keep_until(site.kept, ROUND, NOW.date(), suggested=NOW.date(), by="eira", reason="", now=NOW)
    notes = {"cy": "Nodyn", "en": "A note"}

    def line(now=NOW):
        site.now = now
        page = site.client("eira").get(HOME)
        asked = "Publish the last release" in page.text or "release the final figures" in page.text
        return *stage(page), asked, "Published" in page.text

    late = {"by": "eira", "reason": "Flood", "now": NOW}
    give_grace(site.kept, load_snapshot(site.kept, ROUND), "arfon", NOW + timedelta(hours=1), **late)
    release_clusters(site.kept, ROUND, "eira", "", NOW)
    assert line() == ("Figures released", True, True)
    publish(site.kept, ROUND, 1, notes, "eira", NOW)
    assert line() == ("Published", False, True)
    assert line(NOW + timedelta(hours=2)) == ("Published", True, True)
    release_clusters(site.kept, ROUND, "eira", "Final", site.now)
    assert line(site.now) == ("Figures released", True, True)
    publish(site.kept, ROUND, 2, notes, "eira", site.now)
    assert line(site.now) == ("Kept", False, True)
    for number in (1, 2):
        withdraw(site.kept, ROUND, number, notes, "eira", site.now)
    assert line(site.now) == ("Kept", False, False)


def test_figures_are_asked_for_after_a_later_round_is_opened_until_somebody_settles_that_none_come(site):
    close_round(site.kept, ROUND, NOW)
    opened_round(site.kept, "later", reporting_year="2027-28", opens=NOW + timedelta(days=90))
    client = site.client("eira")
    page = client.get(HOME)
    assert stage(page) == ["Opens later", "Closed"]
    assert "Release the figures:" in page.text
    assert f"{STATUS}/retention" in page.links.values()
    keep_until(site.kept, ROUND, NOW.date(), suggested=NOW.date(), by="eira", reason="", now=NOW)
    assert stage(client.get(HOME)) == ["Opens later"]


def test_a_round_without_figures_is_history_once_a_later_one_is_opened_long_after_its_close(site):
    close_round(site.kept, ROUND, NOW)
    create_round(site.kept, small_round("next", reporting_year="2027-28"))
    client = site.client("eira")
    assert (stage(client.get(HOME)), "Release the figures:" in client.get(HOME).text) == (["Draft", "Closed"], True)
    opened_round(site.kept, "later", reporting_year="2027-28", opens=NOW + timedelta(days=200))
    page = client.get(HOME)
    assert stage(page) == ["Draft", "Opens later", "Closed, no figures released"]
    assert "Release the figures:" not in page.text
    assert f"{STATUS}/releases" in page.links.values()
    assert f"{STATUS}/retention" in page.links.values()


def test_inviting_and_contacts_are_tasks_with_their_counts_before_and_after_the_opening_time(site):
    reschedule(site.kept, ROUND, NOW + timedelta(days=3), None, NOW)
    client = site.client("eira")
    page = client.get(HOME)
    assert "3 clusters have not been invited" in page.text
    assert "3 clusters have no contact to write to" in page.text
    assert "/en/manage/contacts?contact=none#found" in page.links.values()
    assert "have not begun" not in page.text
    assert {f"{STATUS}/letters", "/en/manage/contacts"} <= set(page.links.values())
    for number, code in enumerate(("arfon", "bro-morgannwg")):
        issue_code(site.kept, b"s", ROUND, code, f"CODE{number}", NOW)
    assert "1 cluster has not been invited" in client.get(HOME).text
    site.now = NOW + timedelta(days=4)
    page = site.client("eira").get(HOME)
    assert "1 cluster has not been invited" in page.text
    assert "3 clusters have not begun" in page.text


def test_e_mails_that_did_not_arrive_are_a_task_as_long_as_they_are_of_use(site):
    take_in(site.kept, [Contact("arfon", "Siân", "", "sian@nhs.example", "cy")], NOW.date())
    queue(site.kept, ROUND, INVITATION, read_contacts(site.kept), NOW)
    every = Addressed(["arfon"], ["arfon"], ["arfon"])
    list(send_due(site.kept, ROUND, every, lambda *_: DeliveryOutcome("bounced", "550 No such user"), lambda: NOW))
    client = site.client("eira")
    said = "1 e-mail did not arrive, or may not have: see what became of it"
    (task,) = [address for words, address in client.get("/en/manage/").links.items() if words.startswith(said)]
    assert task == f"/en/manage/rounds/{ROUND}/post"
    site.submitted("arfon")
    assert said not in client.get("/en/manage/").text


def test_e_mails_that_nobody_sends_are_a_task_after_a_quarter_of_an_hour(site):
    take_in(site.kept, [Contact("arfon", "Siân", "", "sian@nhs.example", "cy")], NOW.date())
    queue(site.kept, ROUND, INVITATION, read_contacts(site.kept), NOW)
    client, said = site.client("eira"), "1 e-mail waits to be sent: have it sent"
    assert said not in client.get(HOME).text
    site.now = NOW + timedelta(minutes=16)
    (task,) = [address for words, address in client.get(HOME).links.items() if words.startswith(said)]
    assert task == f"/en/manage/rounds/{ROUND}/post"
    site.submitted("arfon")
    assert said not in client.get(HOME).text


def test_the_heading_of_a_round_leads_to_it(site):
    create_round(site.kept, small_round("next", reporting_year="2027-28"))
    headings = site.client("eira").get(HOME).all("h3")
    leads = [link.get("href") for heading in headings for link in heading.iter("a")]
    assert leads == ["/en/manage/drafts/next", f"/en/manage/rounds/{ROUND}"]


def test_provisional_figures_are_to_be_made_final_once_no_cluster_may_answer(site):
    close_round(site.kept, ROUND, NOW)
    late = {"by": "eira", "reason": "Flood", "now": NOW}
    give_grace(site.kept, load_snapshot(site.kept, ROUND), "arfon", NOW + timedelta(hours=1), **late)
    release_clusters(site.kept, ROUND, "eira", "", NOW)
    assert "release the final figures" not in site.client("eira").get(HOME).text
    site.now = NOW + timedelta(hours=1)
    assert "release the final figures" in site.client("eira").get(HOME).text


def test_who_has_begun_and_not_submitted_is_a_task_once_the_round_is_closing(site):
    site.begun("conwy-west")
    begun = f"{STATUS}/clusters?status=in_progress"
    assert begun not in site.client("eira").get(HOME).links.values()
    reschedule(site.kept, ROUND, None, NOW + timedelta(days=3), NOW)
    page = site.client("eira").get(HOME)
    assert "1 cluster has begun and not submitted" in page.text
    assert begun in page.links.values()


@pytest.mark.parametrize("name", ["gwyn", "mair"])
def test_who_runs_no_rounds_is_told_of_its_own_clusters_and_of_no_stage(site, name):
    site.begun("conwy-west")
    page = site.client(name).get(HOME)
    assert stage(page) == []
    silent = "1 cluster has not begun" if name == "gwyn" else "2 clusters have not begun"
    of_all = "2" if name == "gwyn" else "3"
    assert silent in page.text
    assert "1 cluster has begun and not submitted" in page.text
    assert f"Clusters that have submitted: 0 of {of_all}" in page.text
    assert f"{STATUS}/clusters?status=not_started" in page.links.values()
    assert f"{STATUS}/documents" not in page.links.values()
    assert not [address for address in page.links.values() if "/post" in address]


@pytest.mark.parametrize("code", ["cy", "en", "en-XA"])
def test_a_board_finds_what_is_ready_to_download_and_what_its_clusters_were_asked(site, code):
    site.submitted("arfon")
    client, home = site.client("gwyn", code), f"/{code}/manage/"
    page = client.get(home)
    documents = f"{home}rounds/{ROUND}/documents"
    assert documents in page.links.values()
    kind = next(form for form in client.get(documents).all("input") if form.get("name") == "document").get("value")
    fields = {"document": kind, "document_language": "cy", "document_format": "xlsx"}
    client.submit(client.get(documents), fields, form="make")
    site.made()
    assert f"{documents}/{kind}.cy.xlsx" in client.get(home).links.values()
    assert f"{documents}/{kind}.cy.xlsx" not in site.client("mair", code).get(home).links.values()


def test_a_board_is_told_of_its_late_clusters_after_the_close_and_of_nobody_elses(site):
    close_round(site.kept, ROUND, NOW)
    late = {"by": "eira", "reason": "Flood", "now": NOW}
    for cluster in ("arfon", "bro-morgannwg"):
        give_grace(site.kept, load_snapshot(site.kept, ROUND), cluster, NOW + timedelta(hours=1), **late)
    page = site.client("gwyn").get(HOME)
    assert "1 cluster that was let in late has not submitted" in page.text
    assert "has not begun" not in page.text


@pytest.mark.parametrize("name", ["gwyn", "mair"])
def test_last_year_stays_with_who_follows_clusters_until_the_next_one_has_closed(site, name):
    site.submitted("arfon")
    close_round(site.kept, ROUND, NOW)
    times = {"opens": NOW + timedelta(days=90), "closes": NOW + timedelta(days=120)}
    opened_round(site.kept, "later", reporting_year="2027-28", **times)
    read, later = f"{STATUS}/answers", "/en/manage/rounds/later"

    def followed():
        return [text_of(title).rpartition(", ")[2] for title in site.client(name).get(HOME).all("h3")]

    assert followed() == ["2027-28", "2026-27"]
    assert read in site.client(name).get(HOME).links.values()
    site.now = NOW + timedelta(days=100)
    assert followed() == ["2027-28", "2026-27"]
    site.now = NOW + timedelta(days=121)
    assert followed() == ["2027-28"]
    late = {"by": "eira", "reason": "Flood", "now": site.now}
    give_grace(site.kept, load_snapshot(site.kept, ROUND), "conwy-west", NOW + timedelta(days=130), **late)
    assert followed() == ["2027-28", "2026-27"]
    keep_until(site.kept, ROUND, site.now.date(), suggested=site.now.date(), by="eira", reason="", now=site.now)
    site.now += timedelta(days=1)
    assert followed() == ["2027-28"]
    assert later in site.client(name).get(HOME).links.values()


@pytest.mark.parametrize(
    ("language", "words", "opening", "opened"),
    [("en", "Opens later", "Opens: ", "Open"), ("cy", "Yn agor yn nes ymlaen", "Yn agor: ", "Ar agor")],
)
def test_a_round_that_waits_for_its_opening_time_is_not_called_open_and_says_when_it_opens(
    site, language, words, opening, opened
):
    opens = NOW + timedelta(days=10)
    reschedule(site.kept, ROUND, opens, opens + timedelta(days=30), NOW)
    page = site.client("eira", language).get(f"/{language}/manage/")
    assert stage(page) == [words]
    assert opening + spoken(language).datetime(opens) in page.text
    site.now = opens
    page = site.client("eira", language).get(f"/{language}/manage/")
    assert (stage(page), words in page.text, opening in page.text) == ([opened], False, False)
