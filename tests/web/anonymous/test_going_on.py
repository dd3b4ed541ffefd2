"""The survey goes on where somebody left it, in her own browser for half an hour, and nowhere without her code."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from survey.collection.responses.anonymous_drafts import drafts_of
from survey.storage.key_ring import SPREADS_IN
from survey.web.anonymous.draft_cookie import HELD, OFFERED
from tests.collection.anonymous_example import IN_GROUPS, NOW, ROUND
from tests.web.anonymous.conftest import CONTINUE, TOKEN, Site
from tests.web.checking_client import CheckingClient, Page

HOME = f"/en/survey/{TOKEN}/"
LATER = ("then", "later")
LONG_AGO = OFFERED + timedelta(minutes=1)


def offers(page: Page) -> bool:
    assert page.path.endswith(f"/survey/{TOKEN}/")
    return "Go on" in page.links


def answered_job(site: Site) -> tuple[CheckingClient, Page]:
    """A browser in which the first part has been answered, and the second part."""
    client, page = site.begun()
    return client, client.submit(page, {"q-job": "nurse"}, button=CONTINUE)


def code_for(client: CheckingClient) -> str:
    page = client.submit(client.get(f"{HOME}later"))
    return next(element.text or "" for element in page.all("strong"))


@pytest.mark.parametrize("language", ["cy", "en", "en-XA"])
def test_the_link_tapped_again_forgets_nothing_and_offers_to_go_on(site: Site, language: str) -> None:
    client, page = answered_job(site)
    start = client.get(f"/{language}/survey/{TOKEN}/")
    [onward] = [link.get("href") for link in start.all("a") if "nhsuk-button" in link.get("class", "")]
    assert onward == page.path.replace("/en/", f"/{language}/")
    client.get(onward)
    assert site.draft() == {"role": {"job": "nurse"}}
    assert client.get(f"{HOME}section/role").path == f"{HOME}section/role"


def test_a_browser_that_has_begun_nothing_is_offered_nothing(site: Site) -> None:
    answered_job(site)
    assert not offers(site.client().get(HOME))


def test_the_offer_ends_half_an_hour_after_the_last_save(site: Site) -> None:
    client, page = answered_job(site)
    site.now = NOW + timedelta(minutes=20)
    page = client.submit(page, {"q-needs-1": "tea"}, button=CONTINUE)
    site.now += OFFERED - timedelta(seconds=1)
    assert offers(client.get(HOME))
    site.now += timedelta(seconds=1)
    assert not offers(client.get(HOME))
    for address in ("check", "section/role", "later"):
        assert client.get(HOME + address).path == HOME
    assert client.submit(client.get(HOME)).path == f"{HOME}section/role"


def test_a_page_left_open_for_long_is_saved_all_the_same_and_goes_on(site: Site) -> None:
    client, page = answered_job(site)
    site.now = NOW + HELD - timedelta(minutes=1)
    page = client.submit(page, {"q-needs-1": "tea"}, button=CONTINUE)
    assert page.path == f"{HOME}section/rest"
    assert site.draft() == {"role": {"job": "nurse"}, "skills": {"needs": ["tea"]}}


def test_a_page_left_open_for_too_long_is_shown_and_not_saved(site: Site) -> None:
    client, page = answered_job(site)
    site.now = NOW + HELD
    page = client.submit(page, {"q-needs-1": "tea"}, button=CONTINUE, status=409)
    assert "Tea" in page.text
    assert site.draft() == {"role": {"job": "nurse"}}


def test_a_clock_of_the_device_that_keeps_the_cookie_does_not_keep_the_offer(site: Site) -> None:
    client, _ = answered_job(site)
    site.hold(client, site.drafts[0], saved=NOW - LONG_AGO)
    assert not offers(client.get(HOME))


@pytest.mark.parametrize("value", ["{id}", "{id}.x", "", "[]", "WyJhIiwxXQ.x", "ŵ"])
def test_a_cookie_that_is_not_ours_holds_nothing(site: Site, value: str) -> None:
    answered_job(site)
    stranger = site.client()
    stranger.browser.set_cookie("draft", value.format(id=site.drafts[0]), path=f"/en/survey/{TOKEN}")
    assert not offers(stranger.get(HOME))
    assert stranger.get(f"{HOME}check").path == HOME


def test_the_cookie_is_for_this_link_only_and_out_of_reach_of_scripts(site: Site) -> None:
    client, _ = site.begun()
    for language in ("cy", "en", "en-XA"):
        cookie = client.browser.get_cookie("draft", path=f"/{language}/survey/{TOKEN}")
        assert cookie is not None
        assert cookie.http_only
        assert cookie.same_site == "Lax"
        assert cookie.max_age == HELD.total_seconds()
    assert client.browser.get_cookie("draft") is None


def test_stopping_with_a_code_ends_the_offer(site: Site) -> None:
    client, _ = answered_job(site)
    client.submit(client.get(f"{HOME}section/rest"), button=LATER)
    assert offers(client.get(HOME))
    code_for(client)
    for language in ("en", "cy", "en-XA"):
        assert client.browser.get_cookie("draft", path=f"/{language}/survey/{TOKEN}") is None
    assert not offers(client.get(HOME))
    assert site.draft()["role"] == {"job": "nurse"}


def test_submitting_ends_the_offer(site: Site) -> None:
    client, page = site.answered()
    client.submit(page)
    assert not offers(client.get(HOME))


def test_starting_afresh_deletes_what_was_begun(site: Site) -> None:
    client, _ = answered_job(site)
    page = client.submit(client.get(HOME), form="begin")
    assert page.path == f"{HOME}section/role"
    assert "q-job" not in page.values(page.form("answers"))
    assert site.draft() == {}


def test_starting_afresh_leaves_what_somebody_has_a_code_for(site: Site) -> None:
    client, _ = answered_job(site)
    code = code_for(client)
    client.submit(client.get(f"{HOME}resume"), {"resume_code": code})
    client.submit(client.get(HOME), form="begin")
    assert len(site.drafts) == 2
    elsewhere = site.client()
    page = elsewhere.submit(elsewhere.get(f"{HOME}resume"), {"resume_code": code})
    assert page.path == f"{HOME}section/skills"


def test_a_start_page_opened_before_the_answers_does_not_replace_them(site: Site) -> None:
    client = site.client()
    tapped_twice = client.get(HOME)
    client.submit(client.submit(client.get(HOME)), {"q-job": "nurse"}, button=CONTINUE)
    page = client.submit(tapped_twice)
    assert offers(page)
    assert site.draft() == {"role": {"job": "nurse"}}


def test_starting_afresh_twice_leaves_the_answers_begun_since(site: Site) -> None:
    client, _ = answered_job(site)
    start = client.get(HOME)
    client.submit(client.submit(start, form="begin"), {"q-job": "other"}, button=CONTINUE)
    assert offers(client.submit(start, form="begin"))
    assert site.draft() == {"role": {"job": "other"}}


def test_a_code_asked_for_on_a_page_of_other_answers_is_not_shown(site: Site) -> None:
    client, _ = answered_job(site)
    left_open = client.get(f"{HOME}later")
    client.submit(client.get(HOME), form="begin")
    client.submit(left_open, status=410)
    [key] = site.drafts
    assert "resume" not in (site.kept.read(drafts_of(ROUND), key) or {})


def test_whoever_goes_on_with_a_code_comes_to_the_first_part_not_seen(site: Site) -> None:
    client, page = answered_job(site)
    client.submit(page, {"q-needs-1": "tea"}, button=LATER)
    code = code_for(client)
    elsewhere = site.client()
    page = elsewhere.submit(elsewhere.get(f"{HOME}resume"), {"resume_code": code})
    assert page.path == f"{HOME}section/skills"
    assert page.values(page.form("answers"))["q-needs-1"] == "tea"
    page = elsewhere.submit(page, button=CONTINUE)
    assert page.path == f"{HOME}section/rest"
    assert elsewhere.submit(page, button=CONTINUE).path == f"{HOME}check"


def test_what_is_saved_while_somebody_writes_is_kept_and_not_yet_been_through(site: Site) -> None:
    client, page = answered_job(site)
    sent = page.values(page.form("answers"))
    sent["q-needs-1"] = "tea"
    site.now = NOW + LONG_AGO
    answer = client.browser.post(page.path, data=sent, headers={"Accept": "application/json"})
    assert answer.status_code == 200
    assert site.draft()["skills"] == {"needs": ["tea"]}
    assert client.get(HOME).links["Go on"] == page.path


def test_a_change_of_language_is_not_going_on(site: Site) -> None:
    client, page = answered_job(site)
    client.submit(page, {"q-needs-1": "tea"}, button=("switch_language", "cy"))
    assert client.get(HOME).links["Go on"] == page.path


@pytest.mark.parametrize("sent", [{}, {"then": "continue"}])
def test_enter_and_the_button_go_on(site: Site, sent: dict[str, str]) -> None:
    client, page = answered_job(site)
    onward = client.submit(page, button=next(iter(sent.items()), None))
    assert onward.path == f"{HOME}section/rest"


def test_going_back_and_continuing_comes_to_where_one_was(site: Site) -> None:
    client, page = answered_job(site)
    page = client.submit(page, {"q-needs-1": "tea"}, button=CONTINUE)
    first = client.get(f"{HOME}section/role")
    assert client.submit(first, {"q-job": "other"}, button=CONTINUE).path == page.path


def test_what_is_changed_from_the_check_comes_back_to_it(site: Site) -> None:
    client, check = site.answered()
    change = next(link.get("href") or "" for link in check.all("a") if "section/role" in link.get("href", ""))
    page = client.submit(client.get(change), {"q-job": "other"}, button=CONTINUE)
    assert page.path == f"{HOME}check"


def test_the_check_names_the_parts_not_seen_and_submits_them_if_asked(site: Site) -> None:
    client, page = answered_job(site)
    page = client.get(f"{HOME}check")
    assert "You have not been through 2 parts yet" in page.text
    assert {
        link: address for link, address in page.links.items() if link in ("Your role", "Skills", "Anything else")
    } == {
        "Skills": f"{HOME}section/skills",
        "Anything else": f"{HOME}section/rest",
    }
    assert [element.tag for element in page.form("submit").iter() if element.tag == "button"]
    assert page.markup.index("Stop, and go on later") < page.markup.index(">Submit<")
    assert client.submit(page).path == f"{HOME}thanks"


def test_no_page_holds_the_id_of_a_draft(site: Site) -> None:
    client, page = site.begun()
    [draft] = site.drafts
    pages = [
        page,
        client.get(HOME),
        client.get(f"{HOME}later"),
        client.get(f"{HOME}resume"),
        client.get(f"{HOME}check"),
    ]
    pages.append(client.submit(client.get(f"{HOME}later")))
    assert all(draft not in page.markup for page in pages)


def test_nothing_that_is_kept_of_a_draft_tells_the_hour(site: Site) -> None:
    client, _ = answered_job(site)
    code_for(client)
    [key] = site.drafts
    record = site.kept.read(drafts_of(ROUND), key)
    assert record is not None
    assert record["day"] == "2026-10-01"
    assert "09:17" not in str(record)
    assert set(record) == {"cluster", "response", "day", "pages", "seen", "resume"}


@pytest.fixture
def in_groups(make_site: Callable[..., Site]) -> Site:
    return make_site(definition=IN_GROUPS)


def test_the_groups_of_a_matrix_are_answered_one_by_one_and_kept_together(in_groups: Site) -> None:
    client, page = answered_job(in_groups)
    assert page.path == f"{HOME}section/skills/1"
    assert page.heading == "Part 2 of 5 – Skills By hand"
    assert "Four skills, two by two." in page.text
    page = client.submit(page, {"q-skills-knit.importance": "much"}, button=CONTINUE)
    assert page.heading == "Part 3 of 5 – Skills By heart"
    assert "Four skills" not in page.text
    assert not any("sew" in control.get("name", "") for control in page.all("input"))
    page = client.submit(page, {"q-skills-read.confidence": "little"}, button=CONTINUE)
    assert page.path == f"{HOME}section/skills/3"
    client.submit(page, {"q-needs-1": "tea"}, button=CONTINUE)
    assert in_groups.draft()["skills"] == {
        "skills": {"read": {"confidence": "little"}, "knit": {"importance": "much"}},
        "needs": ["tea"],
    }
    page = client.get(f"{HOME}section/skills/1")
    assert page.values(page.form("answers"))["q-skills-knit.importance"] == "much"
    client.submit(page, button=CONTINUE)
    assert in_groups.draft()["skills"]["needs"] == ["tea"]


def test_an_answer_of_a_group_is_changed_on_its_own_screen(in_groups: Site) -> None:
    client, _ = answered_job(in_groups)
    addresses = [link.get("href", "") for link in client.get(f"{HOME}check").all("a")]
    assert f"{HOME}section/skills/1#q-skills-knit-importance" in addresses
    assert f"{HOME}section/skills/2#q-skills-count-importance" in addresses
    assert f"{HOME}section/skills/3#q-needs-1" in addresses


def test_a_form_of_the_whole_page_that_is_older_than_its_screens_is_taken(in_groups: Site) -> None:
    client, page = answered_job(in_groups)
    assert client.get(f"{HOME}section/skills").path == f"{HOME}section/skills/1"
    sent = page.values(page.form("answers"))
    sent.setlist("on_page", ["skills needs"])
    for name, value in (
        ("q-skills-sew.importance", "much"),
        ("q-skills-read.importance", "little"),
        ("q-needs-1", "tea"),
    ):
        sent.add(name, value)
    sent.add(*CONTINUE)
    assert client.post(f"{HOME}section/skills", sent).path == f"{HOME}section/rest"
    assert in_groups.draft()["skills"] == {
        "skills": {"sew": {"importance": "much"}, "read": {"importance": "little"}},
        "needs": ["tea"],
    }


def test_a_draft_of_before_there_were_screens_has_seen_the_pages_it_holds(in_groups: Site) -> None:
    client, _ = answered_job(in_groups)
    [key] = in_groups.drafts
    record = in_groups.kept.read(drafts_of(ROUND), key)
    assert record is not None
    older = {name: value for name, value in record.items() if name != "seen"}
    older["pages"]["skills"] = {"answers": {"needs": ["tea"]}, "written_in": {}}
    in_groups.kept.write(drafts_of(ROUND), key, older)
    assert client.get(HOME).links["Go on"] == f"{HOME}section/rest"


def test_a_secret_that_is_replaced_leaves_drafts_and_codes_as_they_are(site: Site) -> None:
    client, page = answered_job(site)
    code = code_for(site.begun()[0])
    for _ in range(2):
        site.kept.change_key_ring(lambda ring: ring.rotated(site.now))
        site.now += SPREADS_IN
    assert offers(client.get(HOME))
    client.submit(page, button=CONTINUE)
    elsewhere = site.client()
    elsewhere.submit(elsewhere.get(f"{HOME}resume"), {"resume_code": code})
    # The code is of the newest secret now, so that the ones before it can go.
    site.kept.change_key_ring(lambda ring: ring.without_earlier())
    elsewhere.submit(elsewhere.get(f"{HOME}resume"), {"resume_code": code})
