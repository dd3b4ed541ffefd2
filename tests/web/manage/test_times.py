"""A round is extended and closed on pages, and one cluster is let in late."""

from datetime import timedelta

import pytest

from survey.collection.rounds.extensions import read_graces
from survey.collection.rounds.round import close_round, read_round, reschedule
from survey.languages import language as spoken
from tests.collection.example import LATER, NOW, ROUND, opened_round

STATUS = f"/en/manage/rounds/{ROUND}"
TIMES = f"{STATUS}/times"
GRACE = f"{STATUS}/clusters/conwy-west/grace"
LONGER = {"until": "8 Ionawr 2027 am 17:00", "reason": "Snow"}


@pytest.mark.parametrize("language", ["cy", "en", "en-XA"])
def test_the_pages_hold_in_every_language(site, language):
    client = site.client("eira", language)
    for path in ("times", "times/change", "close", "clusters/conwy-west/grace"):
        client.get(f"/{language}/manage/rounds/{ROUND}/{path}")


def test_a_round_is_closed_after_a_page_that_says_what_that_means_and_extended_again(site):
    client = site.client("eira")
    assert TIMES in client.get(STATUS).links.values()
    page = client.get(f"{STATUS}/close")
    assert "No cluster can answer any more" in page.text
    assert read_round(site.kept, ROUND).status == "open"
    assert [client.submit(page, {}).path for _ in range(2)] == [TIMES, TIMES], "sent twice, it is done once"
    assert (read_round(site.kept, ROUND).status, site.log.count(("eira", "round_closed"))) == ("closed", 1)
    client.submit(client.get(TIMES), LONGER)
    assert read_round(site.kept, ROUND).takes_answers(LATER)
    assert site.log[-1] == ("eira", "round_extended")


@pytest.mark.parametrize(
    ("language", "submitted", "begun"),
    [("cy", "Mae 1 clwstwr wedi cyflwyno.", "ni fydd yr hyn a ysgrifennodd yn cyfrif"),
     ("en", "1 cluster has submitted.", "1 cluster has begun and not submitted: what it wrote will not count.")],
)  # fmt: skip
def test_a_close_says_how_many_count_and_how_many_do_not_each_with_its_list(site, language, submitted, begun):
    site.submitted()
    site.begun()
    page = site.client("eira", language).get(f"/{language}/manage/rounds/{ROUND}/close")
    assert submitted in page.text
    assert begun in page.text
    assert f"/{language}/manage/rounds/{ROUND}/clusters?status=in_progress" in page.links.values()


@pytest.mark.parametrize(
    ("language", "said", "nonsense"),
    [("cy", "o 4 Hydref 2026", "heb ddechrau"), ("en", "takes answers from 4 October 2026", "have not begun")],
)
def test_a_close_before_the_opening_time_says_that_nobody_could_have_begun(site, language, said, nonsense):
    reschedule(site.kept, ROUND, NOW + timedelta(days=3), None, NOW)
    client = site.client("eira", language)
    page = client.get(f"/{language}/manage/rounds/{ROUND}/close")
    assert (said in page.text, nonsense in page.text) == (True, False)
    assert not any("status=" in address for address in page.links.values())
    site.begun()
    page = client.get(page.path)
    assert f"/{language}/manage/rounds/{ROUND}/clusters?status=in_progress" in page.links.values(), "begun before"


@pytest.mark.parametrize("language", ["cy", "en"])
def test_times_of_an_open_round_are_mended_and_made_shorter_after_a_question_that_names_whom(site, language):
    site.submitted()
    client = site.client("eira", language)
    address = f"/{language}/manage/rounds/{ROUND}/times/change"
    client.submit(
        client.get(address), {"opens": "1 Medi 2026 am 09:00", "closes": "11 January 2099 at 17:00"}, form="change"
    )
    page = client.submit(client.get(address), {"closes": "12 Ionawr 2027 am 17:00"}, form="change")
    closes = read_round(site.kept, ROUND).closes
    name = site.snapshot.cluster("conwy-west").name(language)
    assert (name in page.text, site.snapshot.cluster("arfon").name(language) in page.text) == (True, False)
    assert client.submit(page, {"closes": "11 January 2027 at 17:00"}, form="change").path == address, "asked of others"
    assert read_round(site.kept, ROUND).closes == closes
    client.submit(page, {}, form="change")
    assert f"{read_round(site.kept, ROUND).closes:%Y-%m-%d}" == "2027-01-12"
    past = client.submit(client.get(address), {"closes": "1/9/2020 17:00", "opens": ""}, form="change", status=422)
    assert past.errors[0][1] == "#closes"


@pytest.mark.parametrize("said", ["can no longer be extended", "cannot be extended while another"])
def test_no_longer_time_is_offered_or_given_once_something_hinders_it(site, monkeypatch, said):
    client = site.client("eira")
    stale = client.get(TIMES)
    if "another" in said:
        close_round(site.kept, ROUND, NOW)
        opened_round(site.kept, "later", reporting_year="2027-28")
    else:
        monkeypatch.setattr("survey.collection.rounds.extensions.read_releases", lambda *_: ["a release"])
    before = read_round(site.kept, ROUND)
    shown = client.get(TIMES)
    assert said in shown.text
    assert "Extend the round" not in shown.text
    client.submit(stale, LONGER, status=422)
    assert read_round(site.kept, ROUND) == before


@pytest.mark.parametrize("address", [TIMES, GRACE])
def test_a_reason_that_is_missing_is_asked_for_where_it_belongs(site, address):
    client = site.client("eira")
    page = client.submit(client.get(address), {**LONGER, "reason": " "}, status=422)
    assert [href for _, href in page.errors] == ["#reason"]
    page = client.submit(page, {"until": "1 January 2020 at 10:00", "reason": ""}, status=422)
    assert [href for _, href in page.errors] == ["#until", "#reason"], "both at once"


def test_a_stale_form_changes_nothing_and_shows_the_round_as_it_is(site):
    client = site.client("eira")
    closing, times = client.get(f"{STATUS}/close"), client.get(TIMES)
    reschedule(site.kept, ROUND, None, LATER, NOW)
    assert "Somebody else has changed this round" in client.submit(closing, {}, status=422).text
    page = client.submit(times, LONGER, status=422)
    assert "Somebody else has changed this round" in page.errors[0][0]
    assert (read_round(site.kept, ROUND).status, read_round(site.kept, ROUND).closes) == ("open", LATER)
    client.submit(page, LONGER)
    assert read_round(site.kept, ROUND).closes > LATER


def test_times_that_somebody_else_has_changed_are_shown_beside_those_that_were_typed(site):
    client = site.client("eira")
    page = client.get(f"{TIMES}/change")
    reschedule(site.kept, ROUND, None, NOW + timedelta(days=99), NOW)
    typed = "11 January 2099 at 17:00"
    refused = client.submit(page, {"closes": typed}, form="change", status=422)
    assert f"Closes: {spoken('en').datetime(NOW + timedelta(days=99))}" in refused.text
    assert refused.values(refused.form("change"))["closes"] == typed


@pytest.mark.parametrize(
    ("until", "said"),
    [
        ("soon", "Write day and time like"),
        ("28 Mawrth 2027 am 01:30", "clocks go forward"),
        ("2027-03-28 01:30", "clocks go forward"),
        ("2026-10-25 01:30", "clocks go back"),
        ("2020-01-01 10:00", "has passed"),
    ],
)
def test_a_time_that_cannot_be_is_refused_where_it_was_written(site, until, said):
    client = site.client("eira")
    page = client.submit(client.get(TIMES), {"until": until, "reason": "Snow"}, status=422)
    assert said in page.errors[0][0]


def test_a_silent_cluster_is_let_in_late_and_that_is_taken_back(site):
    client = site.client("eira")
    close_round(site.kept, ROUND, NOW)
    assert GRACE in client.get(f"{STATUS}/clusters/conwy-west").links.values()
    client.submit(client.get(GRACE), LONGER)
    page = client.get(GRACE)
    assert page.values(page.form("grace"))["until"] == "8 January 2027 at 17:00"
    (kept,) = read_graces(site.kept, ROUND).values()
    assert (kept.by, kept.reason, site.log[-1]) == ("eira", "Snow", ("eira", "grace_given"))
    assert "Snow" in client.get(TIMES).text
    page = client.submit(client.get(GRACE), {}, form="end")
    assert (page.path, "was taken back" in page.text) == (GRACE.removesuffix("/grace"), True)
    assert site.log[-1] == ("eira", "grace_ended")
    assert read_graces(site.kept, ROUND) == {}


def test_a_time_is_to_come_and_not_this_very_moment(site):
    client = site.client("eira")
    site.now = NOW.replace(second=0, microsecond=0)
    refused = client.submit(client.get(TIMES), {**LONGER, "until": "1 October 2026 at 10:00"}, status=422)
    assert refused.errors[0][1] == "#until"


def test_a_time_that_is_given_twice_is_given_once_and_a_stale_page_changes_none_of_a_colleague(site):
    client, colleague = site.client("eira"), site.client("eira")
    close_round(site.kept, ROUND, NOW)
    stale, page = client.get(GRACE), colleague.get(GRACE)
    for _ in range(2):
        colleague.submit(page, LONGER, form="grace")
    assert site.log.count(("eira", "grace_given")) == 1
    (kept,) = read_graces(site.kept, ROUND).values()
    told = client.submit(stale, {**LONGER, "until": "2026-12-20 17:00"}, form="grace", status=422)
    assert "another time meanwhile" in told.errors[0][0]
    assert "Snow" in told.text
    page = client.get(GRACE)
    client.submit(told, {"until": "2026-12-20 17:00", "reason": "Flood"}, form="grace")
    assert "another time meanwhile" in client.submit(page, {}, form="end", status=422).text
    assert [one.reason for one in read_graces(site.kept, ROUND).values()] == ["Flood"]
    assert kept.reason == "Snow"
    client.submit(client.get(TIMES), {**LONGER, "until": "2027-01-20 17:00"})
    closes = read_round(site.kept, ROUND).closes
    client.submit(client.get(TIMES), {**LONGER, "until": "2027-01-20 17:00"})
    assert read_round(site.kept, ROUND).closes == closes
    assert site.log.count(("eira", "round_extended")) == 1
