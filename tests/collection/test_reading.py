"""What people wrote waits to be read: nothing goes out before somebody who is named has released it."""

from dataclasses import asdict, replace

import pytest

from survey.collection.errors import DomainError
from survey.collection.people.accounts import ACCOUNTS, EVENTS, LOG, Account, disable
from survey.collection.reading.decisions import (
    LONGEST_WORDS,
    NOT_READ,
    TextReading,
    read_readings,
    reading_of,
    released_texts,
    settle,
)
from survey.collection.reading.texts import asked_for_words, written_texts
from survey.collection.responses.anonymous import responses_of
from survey.collection.responses.lifecycle import submit
from survey.collection.rounds.round import close_round
from survey.collection.rounds.snapshot import load_snapshot
from survey.storage.repository import Unreadable
from tests.collection import example
from tests.collection.anonymous_example import NOW, ROUND, opened_round, submitted


def account(repository, name, role):
    """An account that nobody signs in with."""
    repository.create(ACCOUNTS, name, asdict(Account(name, role, None, "")))


@pytest.fixture
def closed(repository):
    snapshot = opened_round(repository)
    for number, comment in enumerate(("One.", "Dr Jones shouts.", "Three.")):
        submitted(repository, snapshot, number, answers={"role": {"job": "nurse"}, "rest": {"comment": comment}})
    submitted(repository, snapshot, 9, answers={"role": {"job": "lead", "why_lead": "A team."}}, language="cy")
    close_round(repository, ROUND, NOW)
    for name in ("ann", "bob"):
        account(repository, name, "national")
    return load_snapshot(repository, ROUND)


@pytest.fixture
def jones(repository, closed):
    return next(text for text in written_texts(repository, closed) if "Jones" in text.text)


def reading(repository, text):
    return read_readings(repository, ROUND).get(text.key, NOT_READ)


def decisions(repository):
    return [(entry["who"], entry["what"]) for entry in repository.entries(LOG, EVENTS) if "comment" in entry["what"]]


def test_a_text_of_a_person_comes_with_nothing_that_tells_whose_it_is(repository, closed):
    texts = written_texts(repository, closed)
    assert sorted((text.asked, text.text, text.written_in) for text in texts) == [
        ("rest.comment", "Dr Jones shouts.", "cy"),
        ("rest.comment", "One.", "cy"),
        ("rest.comment", "Three.", "cy"),
        ("role.why_lead", "A team.", "cy"),
    ]
    assert {(text.cluster, text.board, text.outcome) for text in texts} == {("", "", "")}
    ids = repository.keys(responses_of(ROUND))
    assert not any(key in text.key or text.key in key for key in ids for text in texts)


def test_texts_stand_in_the_order_of_hashes(repository, closed):
    keys = [text.key for text in written_texts(repository, closed)]
    assert keys == sorted(keys)


def test_nothing_is_read_while_people_answer(repository):
    snapshot = opened_round(repository)
    with pytest.raises(DomainError) as caught:
        written_texts(repository, snapshot)
    assert caught.value.code == "still_open"


def test_what_came_later_is_read_too(repository, closed):
    before = written_texts(repository, closed)
    repository.delete(responses_of(ROUND), repository.keys(responses_of(ROUND))[0])
    assert len(written_texts(repository, closed)) == len(before) - 1


def test_every_text_waits_until_it_is_released(repository, closed, jones):
    assert released_texts(repository, closed) == ()
    settle(repository, ROUND, jones, NOT_READ.seen, TextReading("released", by="ann"), NOW)
    assert released_texts(repository, closed) == ("Dr Jones shouts.",)


def test_what_goes_out_are_the_words_that_were_left_and_the_original_is_in_the_response_only(repository, closed, jones):
    settle(repository, ROUND, jones, NOT_READ.seen, TextReading("released", "[…] shouts.", by="ann"), NOW)
    assert released_texts(repository, closed) == ("[…] shouts.",)
    assert b"Jones" not in (repository.root / "rounds" / ROUND / "reading.tinydb").read_bytes()
    assert not any("Jones" in str(entry) for entry in repository.entries(LOG, EVENTS))


def test_a_text_can_be_withheld_after_it_was_released(repository, closed, jones):
    settle(repository, ROUND, jones, NOT_READ.seen, TextReading("released", by="ann"), NOW)
    settle(repository, ROUND, jones, reading(repository, jones).seen, TextReading("withheld", by="bob"), NOW)
    assert released_texts(repository, closed) == ()
    assert decisions(repository) == [("ann", "comment_released"), ("bob", "comment_withheld")]


def test_twice_is_the_same_as_once(repository, closed, jones):
    for _ in range(2):
        settle(repository, ROUND, jones, NOT_READ.seen, TextReading("released", "She shouts.", by="ann"), NOW)
    assert decisions(repository) == [("ann", "comment_released")]


def test_two_who_decide_otherwise_do_not_write_over_each_other(repository, closed, jones):
    settle(repository, ROUND, jones, NOT_READ.seen, TextReading("withheld", by="ann"), NOW)
    with pytest.raises(DomainError) as caught:
        settle(repository, ROUND, jones, NOT_READ.seen, TextReading("released", by="bob"), NOW)
    assert caught.value.code == "decided_meanwhile"
    assert reading(repository, jones) == TextReading("withheld", by="ann", at=NOW)


def test_themes_of_two_are_joined_and_decide_nothing(repository, closed, jones):
    settle(repository, ROUND, jones, NOT_READ.seen, TextReading("withheld", themes=frozenset("ab"), by="ann"), NOW)
    settle(repository, ROUND, jones, NOT_READ.seen, TextReading(themes=frozenset("bc"), by="bob"), NOW)
    assert reading(repository, jones) == TextReading("withheld", "", frozenset("abc"), "ann", NOW)
    seen = TextReading("withheld", themes=frozenset("abc"))
    settle(repository, ROUND, jones, seen.seen, TextReading("withheld", themes=frozenset("c"), by="bob"), NOW)
    assert reading(repository, jones).themes == frozenset("c")
    assert decisions(repository) == [("ann", "comment_withheld")]


def test_what_is_as_it_was_is_not_written(repository, closed, jones):
    settle(repository, ROUND, jones, NOT_READ.seen, TextReading(by="ann"), NOW)
    assert repository.keys(reading_of(ROUND)) == []


def test_nobody_decides_who_is_not_of_the_national_team(repository, closed, jones):
    disable(repository, "bob")
    account(repository, "cat", "reader")
    for who in ("", "bob", "cat", "nobody"):
        with pytest.raises(DomainError) as caught:
            settle(repository, ROUND, jones, NOT_READ.seen, TextReading("released", by=who), NOW)
        assert caught.value.code == "reading_account_needed"
    assert released_texts(repository, closed) == ()


def test_nothing_is_released_that_would_be_empty(repository, closed, jones):
    with pytest.raises(DomainError) as caught:
        settle(repository, ROUND, jones, NOT_READ.seen, TextReading("released", " \n", by="ann"), NOW)
    assert caught.value.code == "nothing_goes_out"


def test_words_are_no_longer_than_any_text_may_be(repository, closed, jones):
    decided = TextReading("released", "x" * LONGEST_WORDS, by="ann")
    with pytest.raises(DomainError) as caught:
        settle(repository, ROUND, jones, NOT_READ.seen, replace(decided, goes_out=decided.goes_out + "x"), NOW)
    assert caught.value.code == "long_words"
    settle(repository, ROUND, jones, NOT_READ.seen, decided, NOW)
    assert released_texts(repository, closed) == (decided.goes_out,)


def test_nothing_goes_out_while_a_decision_cannot_be_read(repository, closed, jones):
    settle(repository, ROUND, jones, NOT_READ.seen, TextReading("released", by="ann"), NOW)
    repository.write(
        reading_of(ROUND), "0" * 32, {"state": "perhaps", "goes_out": "", "themes": [], "by": "", "at": ""}
    )
    with pytest.raises(Unreadable):
        released_texts(repository, closed)


def test_texts_of_clusters_are_those_that_count_with_where_they_come_from(repository):
    snapshot = example.opened_round(repository)
    example.save_all(repository, snapshot, "arfon")
    assert written_texts(repository, snapshot) == ()
    submit(repository, snapshot, "arfon", language="en", now=example.NOW)
    texts = written_texts(repository, snapshot)
    assert texts
    assert {text.cluster for text in texts} == {"arfon"}
    assert {text.board for text in texts} == {example.NORTH}
    assert {text.asked for text in texts} <= set(asked_for_words(snapshot))
