"""Contribution analysis on pages: figures and words gathered on request, and two people’s words that lose nothing."""

import pytest

from survey.collection.people.accounts import add_account
from survey.collection.reports.contributions import contributions_of, read_contributions
from tests.collection.example import ROUND
from tests.web.html import text_of
from tests.web.manage.conftest import PASSWORD

PAGE = f"/en/manage/rounds/{ROUND}/contributions"
OUTCOME = f"{PAGE}/m-01"
WRITTEN = {"else_cy": "Arian newydd.", "else_en": "New money.", "sureness": "some", "sure_cy": "", "sure_en": ""}


def words(site, outcome="m-01"):
    return dict(read_contributions(site.kept, ROUND)[outcome].words)


def fields(page):
    return {field.get("name"): "".join(field.itertext()).strip() for field in page.all("textarea") if field.get("name")}


@pytest.mark.parametrize("language", ["cy", "en", "en-XA"])
def test_what_there_is_is_gathered_on_request_while_the_page_waits_without_a_script(site, language):
    site.submitted()
    client = site.client("eira", language)
    page = client.get(OUTCOME.replace("/en/", f"/{language}/"))
    assert "Refresh" not in page.headers
    page = client.submit(page, form="gather")
    assert page.path.endswith("/contributions/m-01")
    assert page.headers["Refresh"] == "3"
    site.made()
    page = client.get(page.path)
    assert [banner.get("role") for banner in page.by_class("nhsuk-notification-banner--success")] == ["alert"]
    assert not client.get(page.path).by_class("nhsuk-notification-banner--success"), "it is said once"
    assert "Refresh" not in page.headers
    assert "Purpose 1" in page.text
    assert "First of 1" in page.text
    assert not [form for form in page.all("form") if form.get("id") == "gather"]
    assert [text_of(cell) for cell in page.all("td")]


def test_what_the_team_writes_is_kept_with_who_wrote_it_and_stands_in_the_list(site):
    client = site.client("eira")
    page = client.submit(client.get(OUTCOME), WRITTEN, form="contribution")
    assert fields(page) == {"else_cy": "Arian newydd.", "else_en": "New money.", "sure_cy": "", "sure_en": ""}
    assert words(site) == {"else_cy": "Arian newydd.", "else_en": "New money.", "sureness": "some"}
    assert site.log[-1] == ("eira", "contribution_changed")
    client.submit(page, form="contribution")
    assert site.log.count(("eira", "contribution_changed")) == 1
    assert "eira" in client.get(PAGE).text
    client.submit(page, dict.fromkeys(WRITTEN, ""), form="contribution")
    assert words(site) == {}


def test_two_people_who_write_different_parts_lose_nothing(site):
    add_account(site.kept, "nia", "national", None, PASSWORD, site.now)
    first, second = site.client("eira"), site.client("nia")
    of_first, of_second = first.get(OUTCOME), second.get(OUTCOME)
    first.submit(of_first, {"else_cy": "Arian newydd."}, form="contribution")
    second.submit(of_second, {"sure_en": "Because of the reviews."}, form="contribution")
    assert words(site) == {"else_cy": "Arian newydd.", "sure_en": "Because of the reviews."}


def test_two_people_who_write_the_same_part_see_each_other_and_choose(site):
    add_account(site.kept, "nia", "national", None, PASSWORD, site.now)
    first, second = site.client("eira"), site.client("nia")
    of_first, of_second = first.get(OUTCOME), second.get(OUTCOME)
    first.submit(of_first, {"else_en": "New money."}, form="contribution")
    page = second.submit(of_second, {"else_en": "A new law.", "sure_en": "A guess."}, form="contribution", status=409)
    assert words(site) == {"else_en": "New money.", "sure_en": "A guess."}
    assert "New money." in page.text
    assert fields(page)["else_en"] == "A new law."
    second.submit(page, {"else_en": "New money, and a new law."}, form="contribution")
    assert words(site) == {"else_en": "New money, and a new law.", "sure_en": "A guess."}


def test_whoever_chooses_sees_what_else_the_other_has_written_as_it_is_now(site):
    add_account(site.kept, "nia", "national", None, PASSWORD, site.now)
    first, second = site.client("eira"), site.client("nia")
    of_second = second.get(OUTCOME)
    first.submit(first.get(OUTCOME), {"else_en": "New money.", "else_cy": "Arian newydd."}, form="contribution")
    page = second.submit(of_second, {"else_en": "A new law."}, form="contribution", status=409)
    assert (fields(page)["else_en"], fields(page)["else_cy"]) == ("A new law.", "Arian newydd.")


def test_what_cannot_be_kept_is_said_and_stays_in_its_box(site):
    client = site.client("eira")
    page = client.submit(client.get(OUTCOME), {"else_en": "x" * 10_001}, form="contribution", status=422)
    assert "longer than 10,000 characters" in page.text
    assert fields(page)["else_en"] == "x" * 10_001
    assert not site.kept.keys(contributions_of(ROUND))


def test_the_language_switch_takes_along_what_was_typed_and_keeps_nothing(site):
    client = site.client("eira")
    typed = {"else_cy": "Arian"}
    page = client.submit(client.get(OUTCOME), typed, button=("switch_language", "cy"), form="contribution")
    assert page.path.startswith("/cy/")
    assert fields(page)["else_cy"] == "Arian"
    assert not site.kept.keys(contributions_of(ROUND))


def test_an_outcome_that_is_not_asked_about_leads_nowhere(site):
    client = site.client("eira")
    client.get(f"{PAGE}/m-99", status=404)
    client.get("/en/manage/rounds/nothing/contributions", status=404)
