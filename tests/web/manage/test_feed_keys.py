"""Keys for the feed of indicators are made, shown once, listed and revoked by the national team."""

from datetime import timedelta

import pytest

from survey.collection.people.feed_keys import consumer_of, make_feed_key, read_feed_keys
from survey.collection.people.form_secrets import GIVEN_AGAIN
from tests.collection.example import NOW
from tests.web.html import text_of

PAGE = "/en/manage/feed"


def made_key(page):
    return text_of(page.by_class("app-notes__text")[0]).strip()


def test_a_key_is_shown_once_and_opens_the_feed_until_it_is_revoked(site):
    client = site.client("eira")
    page = client.get("/en/manage/").links["Feed of indicators"]
    made = client.submit(client.get(page), {"consumer": " Portal "}, form="make")
    key = made_key(made)
    assert made.headers["Cache-Control"] == "no-store"
    assert consumer_of(site.kept, key) == "portal"
    assert site.log[-1] == ("eira", "feed_key_made")
    listed = client.get(PAGE)
    assert "portal" in listed.text
    assert key not in listed.markup
    asked = client.get(f"{PAGE}/portal/revoke")
    assert consumer_of(site.kept, key) == "portal"
    assert client.submit(asked, form="revoke").path == PAGE
    assert consumer_of(site.kept, key) is None
    assert site.log[-2] == ("eira", "feed_key_revoked")


def test_two_tabs_that_revoke_the_same_key_do_it_once_and_a_second_key_is_not_made_unasked(site):
    make_feed_key(site.kept, "portal", "first", "eira", NOW)
    client = site.client("eira")
    two = [client.get(f"{PAGE}/portal/revoke") for _ in range(2)]
    refused = client.submit(client.get(PAGE), {"consumer": "portal"}, form="make", status=422)
    assert "There is a key for this consumer already: portal." in refused.text
    for page in two:
        client.submit(page, form="revoke")
    assert site.log.count(("eira", "feed_key_revoked")) == 1
    assert not client.get(f"{PAGE}/portal/revoke").by_id("revoke")
    client.submit(client.get(PAGE), {"consumer": "portal"}, form="make")
    assert [key.revoked_at for key in read_feed_keys(site.kept)] == [None]


def test_sent_twice_the_form_shows_one_key_and_for_a_while_only(site):
    client = site.client("eira")
    page = client.get(PAGE)
    made, again = (client.submit(page, {"consumer": "portal"}, form="make") for _ in range(2))
    assert made_key(made) == made_key(again)
    assert consumer_of(site.kept, made_key(made)) == "portal"
    assert site.log.count(("eira", "feed_key_made")) == 1
    other = client.submit(client.get(PAGE), {"consumer": "other"}, form="make")
    assert made_key(other) != made_key(made)
    site.now += GIVEN_AGAIN
    assert "There is a key" in client.submit(page, {"consumer": "portal"}, form="make", status=422).text


def test_a_stale_tab_revokes_no_key_that_was_made_since(site):
    make_feed_key(site.kept, "portal", "first", "eira", NOW)
    client = site.client("eira")
    stale = client.get(f"{PAGE}/portal/revoke")
    client.submit(client.get(stale.path), form="revoke")
    make_feed_key(site.kept, "portal", "second", "eira", NOW + timedelta(minutes=1))
    assert "another key since you opened the page" in client.submit(stale, form="revoke").text
    assert consumer_of(site.kept, "second") == "portal"


def test_a_form_that_is_sent_again_brings_no_revoked_key_back(site):
    client = site.client("eira")
    page = client.get(PAGE)
    key = made_key(client.submit(page, {"consumer": "portal"}, form="make"))
    site.now += timedelta(minutes=1)
    client.submit(client.get(f"{PAGE}/portal/revoke"), form="revoke")
    refused = client.submit(page, {"consumer": "portal"}, form="make", status=422)
    assert "has been revoked since you opened the page" in refused.text
    assert consumer_of(site.kept, key) is None
    new = made_key(client.submit(refused, {"consumer": "portal"}, form="make"))
    assert (new != key, consumer_of(site.kept, new)) == (True, "portal")


def test_a_form_that_is_none_of_ours_makes_no_key(site):
    client = site.client("eira")
    client.submit(client.get(PAGE), {"consumer": "portal", "form": "x"}, form="make", status=400)
    assert read_feed_keys(site.kept) == []


@pytest.mark.parametrize("name", ["", "two words", "-", "a" * 50, "../x", "Ŵ"])
def test_what_cannot_be_a_name_is_said_and_makes_no_key(site, name):
    client = site.client("eira", "cy" if name == "Ŵ" else "en")
    page = client.get(PAGE.replace("/en/", "/cy/") if name == "Ŵ" else PAGE)
    client.submit(page, {"consumer": name}, form="make", status=422)
    assert read_feed_keys(site.kept) == []


def test_nobody_revokes_what_there_is_not(site):
    site.client("eira").get(f"{PAGE}/nobody/revoke", status=404)
