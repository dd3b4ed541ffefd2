"""What could not all be kept is held for a day, for the page it was sent from and nothing else."""

from datetime import timedelta

from survey.collection.responses.unfinished_forms import (
    LASTS,
    MOST_UNFINISHED,
    UNFINISHED,
    Form,
    held,
    hold,
    let_go,
    stale_unfinished,
    waiting,
)
from survey.collection.rounds.round import place
from tests.collection.example import NOW, ROUND

FIELDS = [("q-name", "Siân"), ("q-who", "lead"), ("q-who", "others"), ("q-people", "llawer")]


def put(repository, key, fields=FIELDS, page="about", now=NOW):
    hold(repository, ROUND, "arfon", Form(key, page, "respond.section", {"key": page}, fields, now))


def what(repository, key, page="about", cluster="arfon"):
    return held(repository, ROUND, cluster, key, page)


def test_it_is_there_for_its_page_until_it_is_let_go(repository):
    put(repository, "a")
    put(repository, "b", [("q-name", "B")])
    assert what(repository, "a") == FIELDS
    assert what(repository, "a", page="practice") is None
    assert what(repository, "a", cluster="conwy-west") is None
    let_go(repository, ROUND, "arfon", "a")
    let_go(repository, ROUND, "arfon", "a")
    assert what(repository, "a") is None
    assert what(repository, "b") == [("q-name", "B")]


def test_what_is_sent_again_takes_its_place(repository):
    put(repository, "a")
    put(repository, "a", [("q-name", "Wedyn")])
    assert what(repository, "a") == [("q-name", "Wedyn")]


def test_what_is_older_than_a_day_goes_and_so_does_the_oldest_of_too_many(repository):
    put(repository, "old")
    put(repository, "new", now=NOW + LASTS - timedelta(seconds=1))
    assert what(repository, "old") == FIELDS
    put(repository, "newer", now=NOW + LASTS)
    assert what(repository, "old") is None
    for number in range(MOST_UNFINISHED - 1):
        put(repository, str(number), now=NOW + LASTS)
    assert what(repository, "new") is None
    assert what(repository, "newer") == FIELDS


def test_what_is_older_than_a_day_is_known_to_be_over(repository):
    put(repository, "old")
    put(repository, "new", now=NOW + timedelta(seconds=1))
    assert stale_unfinished(repository, [ROUND, "none"], NOW + LASTS) == [(ROUND, "arfon", "old")]


def test_what_waits_is_known_with_the_place_of_its_form_for_a_day(repository):
    put(repository, "a")
    put(repository, "b", [("q-name", "B")], page="practice", now=NOW + timedelta(hours=1))
    assert waiting(repository, ROUND, "arfon", NOW + LASTS) == [
        Form("b", "practice", "respond.section", {"key": "practice"}, [("q-name", "B")], NOW + timedelta(hours=1))
    ]
    assert waiting(repository, ROUND, "conwy-west", NOW) == []


def test_what_an_older_version_held_waits_for_nobody_and_does_no_harm(repository):
    entry = {"page": "about", "fields": [["q-name", "A"]], "at": NOW.isoformat()}
    repository.update(place(ROUND, UNFINISHED), "arfon", lambda _: {"a": entry})
    assert waiting(repository, ROUND, "arfon", NOW) == []
    assert what(repository, "a") == [("q-name", "A")]
