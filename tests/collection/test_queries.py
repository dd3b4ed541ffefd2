"""Queries on answers: asked, answered, closed, once each, whatever is sent twice or comes too late."""

from dataclasses import replace
from datetime import timedelta

import pytest

from survey.collection.errors import DomainError
from survey.collection.responses.lifecycle import erase, submit
from survey.collection.responses.queries import (
    LONGEST_ENTRY,
    QueryEntry,
    Subject,
    ask,
    close_query,
    queries_of_round,
    read_queries,
    write,
)
from tests.collection.example import NOW, ROUND, save_all

SUBJECT = Subject("about", "how")
QUESTION = QueryEntry("q1", "team", "Which meeting?", "en", "eira", NOW)
ANSWER = QueryEntry(
    "a1", "cluster", "Y cyfarfod ym mis Mai.", "cy", "Gwen", NOW + timedelta(hours=1), asks_reopening=True
)


@pytest.fixture
def asked(repository, snapshot):
    """A round in which one cluster has submitted and been asked about an answer."""
    save_all(repository, snapshot, "arfon")
    submit(repository, snapshot, "arfon", language="en", now=NOW)
    assert ask(repository, snapshot, "arfon", SUBJECT, 1, QUESTION)
    return snapshot


def states(repository):
    return [query.state for _, query in queries_of_round(repository, ROUND)]


def close(repository, seen):
    close_query(repository, ROUND, "arfon", "q1", seen=seen, by="eira", now=NOW)


def test_a_query_is_open_then_answered_then_open_again_then_closed_and_all_of_it_stays(repository, asked):
    assert states(repository) == ["open"]
    write(repository, ROUND, "arfon", "q1", ANSWER)
    (query,) = read_queries(repository, ROUND, "arfon")
    assert (query.state, query.asks_reopening) == ("answered", True)
    write(repository, ROUND, "arfon", "q1", replace(QUESTION, id="q2", text="Thank you. And who came?"))
    assert states(repository) == ["open"]
    close(repository, 3)
    (query,) = read_queries(repository, ROUND, "arfon")
    assert (query.state, query.closed_by, len(query.entries)) == ("closed", "eira", 3)
    assert query.entries[:2] == (QUESTION, ANSWER)


def test_what_is_sent_twice_is_kept_once(repository, asked):
    assert not ask(repository, asked, "arfon", SUBJECT, 1, QUESTION)
    for _ in range(2):
        write(repository, ROUND, "arfon", "q1", ANSWER)
    for _ in range(2):
        close(repository, 2)
    (query,) = read_queries(repository, ROUND, "arfon")
    assert len(query.entries) == 2
    write(repository, ROUND, "arfon", "q1", ANSWER)


def test_the_same_words_from_a_form_that_was_come_back_to_are_asked_once_until_the_cluster_has_said_something(
    repository, asked
):
    again = replace(QUESTION, id="q2", by="mair")
    assert not ask(repository, asked, "arfon", SUBJECT, 1, again)
    assert ask(repository, asked, "arfon", Subject("about", "who"), 1, replace(QUESTION, id="q3"))
    write(repository, ROUND, "arfon", "q1", ANSWER)
    assert ask(repository, asked, "arfon", SUBJECT, 1, again)


@pytest.mark.parametrize(
    ("entry", "query_id", "code"),
    [
        (replace(ANSWER, text=" \n "), "q1", "no_entry"),
        (replace(ANSWER, text="x" * (LONGEST_ENTRY + 1)), "q1", "long_entry"),
        (ANSWER, "guessed", "unknown_query"),
    ],
)
def test_what_cannot_be_kept_changes_nothing(repository, asked, entry, query_id, code):
    with pytest.raises(DomainError, match=code):
        write(repository, ROUND, "arfon", query_id, entry)
    assert states(repository) == ["open"]


def test_nobody_closes_what_they_have_not_read_and_nobody_writes_to_what_is_closed(repository, asked):
    write(repository, ROUND, "arfon", "q1", ANSWER)
    with pytest.raises(DomainError, match="query_moved_on"):
        close(repository, 1)
    close(repository, 2)
    with pytest.raises(DomainError, match="query_closed"):
        write(repository, ROUND, "arfon", "q1", replace(ANSWER, id="a2"))


def test_only_what_was_submitted_is_asked_about_and_a_query_goes_with_its_response(repository, asked):
    with pytest.raises(DomainError, match="nothing_to_ask_about"):
        ask(repository, asked, "arfon", SUBJECT, 2, replace(QUESTION, id="q9"))
    with pytest.raises(DomainError, match="nothing_to_ask_about"):
        ask(repository, asked, "conwy-west", SUBJECT, 1, replace(QUESTION, id="q9"))
    erase(repository, ROUND, "arfon")
    assert states(repository) == []
