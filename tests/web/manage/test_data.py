"""Data of a round by pages: made by a job, once for each state; of people only for a reason; and the log of it all."""

import io
import zipfile
from pathlib import Path

import pytest

from survey.collection.people.accounts import EVENTS, LOG, add_account, note
from survey.collection.people.activity import EXPORTS
from survey.reporting.files.formats import FORMATS
from survey.reporting.jobs import run
from tests.collection.example import ROUND as REFLECTIONS
from tests.collection.example import save
from tests.reporting.workforce.survey_of_people import ROUND, closed_round, cluster_list, opened, short_definition
from tests.web.manage.conftest import PASSWORD

SURVEY = Path(__file__).parents[3] / "survey"
OF_CLUSTERS = f"/en/manage/rounds/{REFLECTIONS}/data"
OF_PEOPLE = f"/en/manage/rounds/{ROUND}/data"
CSV = {"kind": "responses", "format_name": "csv"}
WHY = {**CSV, "reason": "To check the figures"}


@pytest.fixture
def people(site):
    closed_round(site.kept.root, short_definition(), 40, "pages", boards=2, clusters=2)
    return site


def made(site, client, address, answers):
    """The page once what was asked for has been made."""
    waiting = client.submit(client.get(address), answers, form="data")
    assert waiting.headers["Refresh"] == "3"
    run(site.kept, site.jobs.pop(), site.now)
    return client.get(address)


def exported(site):
    return [(entry["who"], entry["what"], entry.get("reason", "")) for entry in site.kept.entries(LOG, EVENTS)
            if entry["what"] in EXPORTS]  # fmt: skip


@pytest.mark.parametrize("language", ["cy", "en", "en-XA"])
def test_data_of_clusters_are_made_and_given_out(site, language):
    site.submitted()
    client = site.client("mair", language)
    address = OF_CLUSTERS.replace("/en/", f"/{language}/")
    page = made(site, client, address, CSV)
    assert [banner.get("role") for banner in page.by_class("nhsuk-notification-banner--success")] == ["alert"]
    assert not client.get(address).by_class("nhsuk-notification-banner--success"), "it is said once"
    assert "Refresh" not in page.headers
    (link,) = [link for link in page.links.values() if link.endswith("/data/responses/csv")]
    answer = client.browser.get(link)
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == f"attachment; filename=data-{REFLECTIONS}-2026-27.csv"
    assert "arfon" in answer.data.decode("utf-8-sig")
    assert site.log[-1] == ("mair", "data_downloaded")


def test_it_is_made_once_for_each_state(site):
    site.submitted()
    client = site.client("mair")
    made(site, client, OF_CLUSTERS, CSV)
    client.submit(client.get(OF_CLUSTERS), CSV, form="data")
    assert site.jobs == []
    assert site.log.count(("mair", "data_asked_for")) == 1
    save(site.kept, site.snapshot, "about", {"how": "meeting"}, cluster="conwy-west")
    assert "Something has changed since." in client.get(OF_CLUSTERS).text
    client.submit(client.get(OF_CLUSTERS), CSV, form="data")
    assert len(site.jobs) == 1


@pytest.mark.parametrize("format_name", FORMATS)
def test_every_format_is_one_file(site, format_name):
    site.submitted()
    client = site.client("mair")
    made(site, client, OF_CLUSTERS, {"kind": "series", "format_name": format_name})
    answer = client.browser.get(f"{OF_CLUSTERS}/series/{format_name}")
    assert answer.status_code == 200
    if format_name == "sav":
        names = zipfile.ZipFile(io.BytesIO(answer.data)).namelist()
        assert [name.split(".")[-2] for name in names] == ["cy", "en"]


def test_what_has_not_been_made_leads_to_the_page(site):
    client = site.client("mair")
    assert client.redirected(f"{OF_CLUSTERS}/responses/csv") == OF_CLUSTERS
    for unknown in ("comments/csv", "responses/doc", "nothing/csv"):
        assert client.browser.get(f"{OF_CLUSTERS}/{unknown}").status_code == 404


def test_single_responses_need_a_reason_which_the_log_keeps(people):
    client = people.client("eira")
    page = client.submit(client.get(OF_PEOPLE), CSV, form="data", status=422)
    assert page.errors == [("Give the reason for exporting single responses. It is kept in the log.", "#reason")]
    assert people.jobs == []
    made(people, client, OF_PEOPLE, WHY)
    answer = client.browser.get(f"{OF_PEOPLE}/responses/csv")
    assert answer.headers["Content-Disposition"] == f"attachment; filename=personal-data-{ROUND}-2026-27.csv"
    assert exported(people) == [
        ("eira", "exported_single_responses", "To check the figures"),
        ("eira", "data_downloaded", ""),
    ]


def test_a_reason_that_is_too_long_is_not_cut(people):
    client = people.client("eira")
    page = client.submit(client.get(OF_PEOPLE), {**CSV, "reason": "ŵ" * 1001}, form="data", status=422)
    assert "1,000 characters" in page.errors[0][0]
    assert "ŵ" * 1001 in page.markup
    assert exported(people) == []
    client.submit(page, {**CSV, "reason": "ŵ" * 1000}, form="data")
    assert exported(people) == [("eira", "exported_single_responses", "ŵ" * 1000)]


def test_whoever_gave_no_reason_has_not_what_somebody_else_had_made(people):
    made(people, people.client("eira"), OF_PEOPLE, WHY)
    add_account(people.kept, "nia", "national", None, PASSWORD, people.now)
    client = people.client("nia")
    page = client.get(OF_PEOPLE)
    assert not any(link.endswith("/responses/csv") for link in page.links.values())
    assert client.redirected(f"{OF_PEOPLE}/responses/csv") == OF_PEOPLE
    page = client.submit(page, {**CSV, "reason": "Another reason"}, form="data")
    assert "The file was there already. You can download it now" in page.text
    assert people.jobs == []
    assert client.browser.get(f"{OF_PEOPLE}/responses/csv").status_code == 200


def test_a_reason_is_for_the_responses_as_they_were(people):
    client = people.client("eira")
    made(people, client, OF_PEOPLE, WHY)
    responses = ("rounds", ROUND, "skills", "responses")
    people.kept.delete(responses, people.kept.keys(responses)[0])
    add_account(people.kept, "nia", "national", None, PASSWORD, people.now)
    made(people, people.client("nia"), OF_PEOPLE, WHY)
    assert client.redirected(f"{OF_PEOPLE}/responses/csv") == OF_PEOPLE


def test_a_reader_has_nothing_of_people(people):
    client = people.client("mair")
    client.get(OF_PEOPLE, status=403)
    assert client.browser.get(f"{OF_PEOPLE}/responses/csv").status_code == 403
    assert OF_PEOPLE not in client.get(f"/en/manage/rounds/{ROUND}").links.values()


def test_nothing_of_people_is_made_before_the_close(site):
    opened(site.kept.root, short_definition(), cluster_list(2, 2))
    client = site.client("eira")
    page = client.submit(client.get(OF_PEOPLE), WHY, form="data", status=422)
    assert "until the round closes" in page.text
    assert site.jobs == []


def test_what_cannot_be_made_is_said(site, monkeypatch):
    site.submitted()
    client = site.client("mair")
    client.submit(client.get(OF_CLUSTERS), {"kind": "responses", "format_name": "xlsx"}, form="data")
    monkeypatch.setattr("survey.reporting.files.sheets.MOST_ROWS", 1)
    run(site.kept, site.jobs.pop(), site.now)
    assert "more than a spreadsheet can hold" in client.get(OF_CLUSTERS).text


@pytest.mark.parametrize("language", ["cy", "en", "en-XA"])
def test_the_log_of_exports_shows_who_took_out_what_and_why(people, language):
    note(people.kept, people.now, "command line", "exported", round=REFLECTIONS, export="csv")
    note(people.kept, people.now, "eira", "exported_single_responses", round=ROUND, reason="To check the figures")
    note(people.kept, people.now, "eira", "status_viewed", round=ROUND)
    client = people.client("eira", language)
    page = client.get(f"/{language}/manage/log?what=taken-out")
    assert len(page.all("tr")) == 3
    assert "To check the figures" in page.text
    assert ("Command line" in page.text) == (language == "en")
    assert len(client.get(f"/{language}/manage/log?what=taken-out&round={ROUND}").all("tr")) == 2


def test_the_log_says_names_and_not_codes(people):
    logged = (
        {"what": "exported", "round": REFLECTIONS, "export": "series csv"},
        {"what": "document_downloaded", "round": REFLECTIONS, "document": "peer-review-north", "language": "cy"},
        {"what": "meeting_pack_downloaded", "round": REFLECTIONS, "cluster": "arfon", "language": "both"},
        {"what": "workbook_downloaded", "round": ROUND, "language": "en", "release": "2"},
        {"what": "exported", "round": "gone", "export": "workbook", "as_at": "2026-10-09T12:00:00+00:00"},
    )
    for entry in logged:
        note(people.kept, people.now, "eira", **entry)
    told = people.client("eira").get("/en/manage/log?what=taken-out").text
    for words in (
        "The answers of all editions up to this round, one a row, Plain text, for any program (.csv)",
        "Peer review pack: Board north (en); Cymraeg",
        "Arfon; Both languages",
        "English; Release: 2",
        "Workbook; As of: 9 October 2026",
        "Small questionnaire, 2026-27",
    ):
        assert words in told
    assert "peer-review-north" not in told


def test_the_log_is_read_page_by_page_newest_first(site):
    for number in range(60):
        note(site.kept, site.now, "command line", "exported", round=REFLECTIONS, export=f"no-{number:02}")
    client = site.client("eira")
    first, second = client.get("/en/manage/log?what=taken-out"), client.get("/en/manage/log?what=taken-out&page=2")
    assert "no-59" in first.text
    assert "no-09" not in first.text
    assert "no-00" in second.text
