"""Letters with access codes: for whom they are, that each opens its cluster, and that none is lost or given twice."""

from dataclasses import replace
from datetime import timedelta

import pytest

from survey.collection.errors import DomainError
from survey.collection.people.access import code_of, issue_code, open_with
from survey.collection.people.contact_checks import Contact
from survey.collection.people.contacts import take_in
from survey.collection.rounds.retention import keep_until
from survey.collection.rounds.round import change_round, close_round
from survey.storage.tinydb_files.data_format import secret_of
from tests.collection.example import NOW, ROUND
from tests.web.html import text_of
from tests.web.manage.test_post import opens

LETTERS = f"/en/manage/rounds/{ROUND}/letters"


def codes(page):
    """By the cluster of each letter the codes in it."""
    return {
        text_of(next(letter.iter("h2"))): {
            text_of(code) for code in letter.iter("strong") if "app-code" in code.get("class", "")
        }
        for letter in page.by_class("app-letter")
    }


def ticks(page):
    """The boxes by the code of their cluster: whether each is ticked."""
    return {
        box.get("value").split()[0]: box.get("checked") is not None
        for box in page.all("input")
        if box.get("name") == "clusters"
    }


@pytest.mark.parametrize("language", ["cy", "en", "en-XA"])
def test_every_cluster_without_a_code_gets_a_letter_that_opens_its_reflection(site, language):
    client = site.client("eira", language)
    page = client.get(LETTERS.replace("/en/", f"/{language}/"))
    assert page.path in client.get(f"/{language}/manage/rounds/{ROUND}").links.values()
    assert set(ticks(page).values()) == {True}
    made = client.submit(page, form="letters")
    assert made.headers["Cache-Control"] == "no-store"
    assert len(codes(made)) == len(ticks(page))
    assert {opens(site, code) for (code,) in codes(made).values()} == set(ticks(page))
    assert set(ticks(client.get(page.path)).values()) == {False}


def test_the_language_that_its_contacts_read_comes_first(site):
    take_in(site.kept, [Contact("arfon", "Gwen", "Lead", "g@nhs.example", "en")], NOW.date())
    client = site.client("eira")
    halves = {
        text_of(next(letter.iter("h2"))): [half.get("lang") for half in letter.iter("section")]
        for letter in client.submit(client.get(LETTERS), form="letters").by_class("app-letter")
    }
    assert halves.pop("Arfon") == ["en", "cy"]
    assert set(map(tuple, halves.values())) == {("cy", "en")}


def test_sent_twice_it_shows_the_same_letters_and_what_was_issued_elsewhere_is_kept_and_named(site):
    client = site.client("eira")
    page, stale = client.get(LETTERS), client.get(LETTERS)
    secret = secret_of(site.kept.root).encode()
    issue_code(site.kept, secret, ROUND, "arfon", "K7QT-9WXM-3FBD", site.now)
    made, again = (client.submit(page, form="letters") for _ in range(2))
    assert codes(made) == codes(again)
    assert "Arfon" not in codes(made)
    assert "another way in since you opened the page" in made.text
    assert open_with(site.kept, secret, "K7QT-9WXM-3FBD", demonstration=False).cluster == "arfon"
    assert "another way in since" in client.submit(stale, form="letters", status=422).text
    assert site.log.count(("eira", "code_issued")) == len(codes(made))


@pytest.mark.parametrize("language", ["cy", "en", "en-XA"])
def test_ticks_that_came_back_with_the_browser_replace_no_code_before_that_is_said(site, language):
    client = site.client("eira", language)
    address = LETTERS.replace("/en/", f"/{language}/")
    names = {
        cluster.code: cluster.name("cy" if language == "cy" else "en") for cluster in site.snapshot.clusters.clusters
    }
    page = client.get(address)
    arfon = next(tick for tick in page.values(page.form("letters")).getlist("clusters") if tick.startswith("arfon "))
    (code,) = codes(client.submit(page, {"clusters": [arfon]}, form="letters")).popitem()[1]
    back = client.get(address)
    kept = [box.get("value") for box in back.all("input") if box.get("name") == "clusters"]
    asked = client.submit(back, {"clusters": kept}, form="letters")
    assert [text_of(item) for item in asked.by_class("nhsuk-list--bullet")[0].iter("li")] == [names["arfon"]]
    assert opens(site, code) == "arfon"
    others = client.submit(asked, form="decide", button=("decided", "spare"))
    assert len(codes(others)) == len(kept) - 1
    assert opens(site, code) == "arfon"
    assert codes(client.submit(asked, form="decide", button=("decided", "spare"))) == codes(others)
    only = client.submit(back, {"clusters": [each for each in kept if each.startswith("arfon ")]}, form="letters")
    replaced = client.submit(only, form="decide", button=("decided", "replace"))
    (new,) = codes(replaced).popitem()[1]
    assert opens(site, new) == "arfon"
    with pytest.raises(DomainError, match="wrong_code"):
        opens(site, code)


def test_one_that_was_killed_in_the_middle_comes_to_its_end_with_the_same_letters(site, monkeypatch):
    client, issued = site.client("eira"), []

    def killed(*given, **named):
        if issued:
            raise KeyboardInterrupt
        issued.append(given[3])
        return issue_code(*given, **named)

    page = client.get(LETTERS)
    monkeypatch.setattr("survey.web.manage.invitations.letters.issue_code", killed)
    with pytest.raises(KeyboardInterrupt):
        client.submit(page, form="letters")
    monkeypatch.setattr("survey.web.manage.invitations.letters.issue_code", issue_code)
    before = code_of(site.kept, ROUND, issued[0])
    made = client.submit(page, form="letters")
    assert len(codes(made)) == len(ticks(page))
    assert code_of(site.kept, ROUND, issued[0]) == before


def test_with_nothing_ticked_nothing_is_issued_and_after_the_close_a_code_is_for_whom_it_is_asked(site):
    client = site.client("eira")
    page = client.get(LETTERS)
    assert "Tick the clusters first" in client.submit(page, {"clusters": []}, form="letters", status=422).text
    close_round(site.kept, ROUND, site.now)
    assert ("eira", "code_issued") not in site.log
    later = client.get(LETTERS)
    assert set(ticks(later).values()) == {False}
    (made,) = client.submit(later, {"clusters": ["arfon 0"]}, form="letters").by_class("app-letter")
    assert "You can answer until" not in text_of(made)
    assert "can read that cluster’s answers" in text_of(made)
    assert "read and change" not in text_of(made)
    day = site.now.date()
    keep_until(site.kept, ROUND, day, suggested=day, by="eira", reason="", now=site.now)
    site.now += timedelta(days=2)
    assert "nobody to write to" in site.client("eira").get(LETTERS).text


def test_a_letter_that_is_printed_before_the_opening_says_when_it_is(site):
    change_round(site.kept, ROUND, lambda latest: replace(latest, opens=site.now + timedelta(days=2)))
    client = site.client("eira")
    letter = client.submit(client.get(LETTERS), form="letters").by_class("app-letter")[0]
    assert "You can answer from" in text_of(letter)
    assert "Gallwch ateb o" in text_of(letter)
