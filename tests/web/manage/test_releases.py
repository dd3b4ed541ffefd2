"""The releases of a round of people on the page: asked for once, given out as they were made, corrected with a look."""

import pytest

from survey.collection.people.accounts import add_account
from survey.collection.responses.anonymous import responses_of
from survey.collection.rounds.releases import read_releases, released_file
from survey.reporting.jobs import run
from survey.reporting.releases import of_people
from survey.reporting.tasks import draft
from survey.reporting.workbooks.registry import Prepared
from tests.reporting.workforce.survey_of_people import ROUND, closed_round, short_definition
from tests.web.html import text_of
from tests.web.manage.conftest import PASSWORD

PAGE = f"/en/manage/rounds/{ROUND}/workbook"
CORRECTION = f"/en/manage/rounds/{ROUND}/correction"
WHERE = responses_of(ROUND)


@pytest.fixture(autouse=True)
def undrawn(monkeypatch):
    """Stands in for the drawing of the workbook, which has tests of its own."""

    def write(prepared, told, folder):
        said = "exact" if prepared.marked else "workbook"
        path = folder / f"{said}.{told.code}.xlsx"
        path.write_bytes(f"{told.code} {prepared.snapshot.round.id}{' exact' if prepared.marked else ''}".encode())
        return path

    monkeypatch.setattr(Prepared, "write", write)


@pytest.fixture
def people(site):
    closed_round(site.kept.root, short_definition(), 60, "pages", boards=2, clusters=2)
    return site


@pytest.fixture
def released(people):
    of_people.released(people.kept, ROUND, 5, "mair", people.now)
    return people


def lose(site, number):
    for key in site.kept.keys(WHERE)[:number]:
        site.kept.delete(WHERE, key)


@pytest.mark.parametrize("language", ["cy", "en", "en-XA"])
def test_the_first_release_is_asked_for_once_and_has_both_languages(people, language):
    client = people.client("eira", language)
    page = client.submit(client.get(PAGE.replace("/en/", f"/{language}/")), form="release")
    assert page.headers["Refresh"] == "3"
    (job,) = people.jobs
    run(people.kept, job, people.now)
    page = client.get(page.path)
    assert "Refresh" not in page.headers
    for code in ("cy", "en"):
        answer = client.browser.get(f"{page.path}/{code}.xlsx")
        assert (answer.status_code, answer.data) == (200, f"{code} {ROUND}".encode())
        assert answer.headers["Content-Disposition"] == f"attachment; filename=workbook.{code}.xlsx"
    assert people.log[-4:] == [
        ("eira", "release_asked_for"),
        ("eira", "released"),
        ("eira", "workbook_downloaded"),
        ("eira", "workbook_downloaded"),
    ]


def test_a_change_is_said_and_the_files_stay(released):
    client = released.client("eira")
    before = client.browser.get(f"{PAGE}/en.xlsx").data
    assert "have changed since" not in client.get(PAGE).text
    lose(released, 1)
    released.app.config["SMALLEST_GROUP"] = 3
    page = client.get(PAGE)
    assert "The responses have changed since the last release." in page.text
    assert not [button for main in page.all("main") for button in main.iter("button")]
    assert client.browser.get(f"{PAGE}/en.xlsx").data == before
    assert len(read_releases(released.kept, ROUND)) == 1


def step(site, client, page, answers=None):
    """Send a step of a correction and have its job done; while it runs, the page looks again by itself."""
    waiting = client.submit(page, answers, form="correction")
    assert waiting.headers["Refresh"] == "3"
    run(site.kept, site.jobs.pop(), site.now)
    return client.get(f"{page.path}?step={'draft' if answers else 'made'}")


@pytest.mark.parametrize("language", ["cy", "en", "en-XA"])
def test_a_correction_is_made_after_what_it_leaves_out_was_seen(released, language):
    lose(released, 25)
    client = released.client("eira", language)
    page = client.get(CORRECTION.replace("/en/", f"/{language}/"))
    step(released, client, page, {"reason": "A clinic was counted twice"})
    page = client.get(f"{CORRECTION}?step=draft")
    assert "This would be release 2." in page.text
    assert "By profession and health board: everything" in page.text
    assert len(read_releases(released.kept, ROUND)) == 1
    page = step(released, client, page)
    assert page.path == PAGE
    assert page.by_class("nhsuk-notification-banner--success")
    one, two = read_releases(released.kept, ROUND)
    assert (two.by, two.reason) == ("eira", "A clinic was counted twice")
    assert [text_of(heading) for heading in page.all("h2")][1:3] == ["Release 2", "Release 1"]
    assert "have changed since" not in page.text
    for release in (one, two):
        answer = client.browser.get(f"/en/manage/rounds/{ROUND}/releases/{release.number}/cy.xlsx")
        assert answer.data == released_file(released.kept, ROUND, release, "cy")
    assert [what for _, what in released.log if "correct" in what] == [
        "correction_drafted",
        "correction_asked_for",
        "release_corrected",
    ]


def test_a_correction_that_is_worked_out_already_is_not_worked_out_twice(released):
    lose(released, 25)
    client = released.client("eira")
    page = client.get(CORRECTION)
    for _ in range(2):
        client.submit(page, {"reason": "why"}, form="correction")
    assert len(released.jobs) == 1


def test_what_somebody_else_is_looking_at_is_not_shown(released):
    lose(released, 25)
    client = released.client("eira")
    step(released, client, client.get(CORRECTION), {"reason": "Of Eira"})
    add_account(released.kept, "nia", "national", None, PASSWORD, released.now)
    page = released.client("nia").get(f"{CORRECTION}?step=draft")
    assert "Of Eira" not in page.markup
    assert page.form("correction") is not None


def test_a_correction_whose_process_fails_is_said(released, monkeypatch):
    def broken(*_given):
        raise ValueError

    lose(released, 25)
    client = released.client("eira")
    client.submit(client.get(CORRECTION), {"reason": "why"}, form="correction")
    monkeypatch.setattr(draft, "draft_correction", broken)
    with pytest.raises(ValueError):  # noqa: PT011
        run(released.kept, released.jobs.pop(), released.now)
    assert "could not be made" in client.get(f"{CORRECTION}?step=draft").text


@pytest.mark.parametrize("reason", ["", " ", "x" * 1001])
def test_a_correction_needs_a_reason(released, reason):
    lose(released, 25)
    client = released.client("eira")
    page = client.submit(client.get(CORRECTION), {"reason": reason}, form="correction", status=422)
    assert "reason" in page.text
    assert len(read_releases(released.kept, ROUND)) == 1


def test_what_changed_after_the_look_has_to_be_looked_at_again(released):
    lose(released, 25)
    client = released.client("eira")
    page = step(released, client, client.get(CORRECTION), {"reason": "why"})
    lose(released, 6)
    page = step(released, client, page)
    assert "The responses have changed since you looked." in page.text
    assert len(read_releases(released.kept, ROUND)) == 1


def test_one_that_cannot_be_made_safe_is_refused_in_plain_words(released):
    lose(released, 1)
    client = released.client("eira")
    page = step(released, client, client.get(CORRECTION), {"reason": "why"})
    assert "fewer than 5 people answered" in page.text


@pytest.mark.parametrize("language", ["cy", "en", "en-XA"])
def test_exact_figures_are_given_out_for_a_reason_that_is_in_the_log(released, language):
    client = released.client("eira", language)
    page = client.get(f"/{language}/manage/rounds/{ROUND}/releases/1/exact/cy")
    assert client.submit(page, {"reason": " "}, form="exact", status=422).errors
    assert ("eira", "exported_exact_figures") not in released.log
    sent = page.values(page.form("exact"))
    sent["reason"] = "A board asked for its own figures"
    answer = client.browser.post(page.path, data=sent)
    assert (answer.status_code, answer.data) == (200, f"cy {ROUND} exact".encode())
    assert answer.headers["Content-Disposition"] == "attachment; filename=exact.cy.xlsx"
    assert released.log[-1] == ("eira", "exported_exact_figures")


def test_a_reader_has_no_exact_figures(released):
    client = released.client("mair")
    assert "Exact figures" not in client.get(PAGE).text
    client.get(f"/en/manage/rounds/{ROUND}/releases/1/exact/en", status=403)


def test_a_reader_cannot_make_what_cannot_be_taken_back(people):
    client = people.client("mair")
    page = client.get(PAGE)
    assert "The national team has not released the figures yet." in page.text
    token = next(field.get("value") for field in page.all("input") if field.get("name") == "csrf_token")
    assert client.browser.post(PAGE, data={"csrf_token": token}).status_code == 403
    assert people.jobs == []
    of_people.released(people.kept, ROUND, 5, "eira", people.now)
    assert client.browser.get(f"{PAGE}/en.xlsx").status_code == 200


def test_a_reader_may_not_correct(released):
    client = released.client("mair")
    client.get(CORRECTION, status=403)
    lose(released, 25)
    assert "Make a correction" not in client.get(PAGE).text


def test_a_record_that_cannot_be_read_is_named_where_the_release_was_asked_for(people):
    key = people.kept.keys(WHERE)[0]
    people.kept.root.joinpath(*WHERE, key[:2], f"{key}.json").write_bytes(b"{")
    client = people.client("eira")
    client.submit(client.get(PAGE), form="release")
    run(people.kept, people.jobs.pop(), people.now)
    page = client.get(PAGE)
    assert f"rounds/{ROUND}/skills/responses/{key}" in page.text
    people.kept.delete(WHERE, key)
    client.submit(page, form="release")
    run(people.kept, people.jobs.pop(), people.now)
    assert "Release 1" in client.get(PAGE).text


def test_what_cannot_be_made_is_said(people, monkeypatch):
    def broken(*_given):
        raise ValueError

    monkeypatch.setattr(of_people, "_first", broken)
    client = people.client("eira")
    client.submit(client.get(PAGE), form="release")
    with pytest.raises(ValueError):  # noqa: PT011
        run(people.kept, people.jobs.pop(), people.now)
    assert "could not be made" in client.get(PAGE).text


def test_a_round_of_clusters_has_no_corrections_and_its_releases_are_on_a_page_of_their_own(site):
    client = site.client("eira")
    client.get(f"/en/manage/rounds/{site.snapshot.round.id}/correction", status=404)
    page = f"/en/manage/rounds/{site.snapshot.round.id}/releases"
    assert client.redirected(f"{page}/1/cy.xlsx") == page


def test_a_release_that_there_is_not_leads_to_the_page(released):
    client = released.client("eira")
    assert client.redirected(f"/en/manage/rounds/{ROUND}/releases/2/cy.xlsx") == PAGE
