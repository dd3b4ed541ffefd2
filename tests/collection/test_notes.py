"""Notes to colleagues: kept beside the response, by several people at once, within limits, and never counted."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from survey.collection.errors import DomainError
from survey.collection.responses.lifecycle import erase, reopen, submit
from survey.collection.responses.notes import (
    LONGEST_NOTE,
    MOST_NOTES,
    add_note,
    mark_note,
    read_notes,
    remove_note,
    state_of,
)
from survey.collection.responses.response import Writer, read_response
from survey.collection.responses.transfer import export_lines
from survey.collection.rounds.round import change_round, place
from survey.collection.rounds.snapshot import load_snapshot
from survey.collection.soundness import sound
from survey.languages import language
from survey.storage.verification import verify
from tests.collection.example import NOW, ROUND, opened_round, save_all
from tests.verified import is_clean

EIRA, SION = Writer("cy", "Eira", "a"), Writer("en", "", "b")


@pytest.fixture
def snapshot(repository):
    return opened_round(repository)


def add(repository, snapshot, text="Gofynnwch i Siân", writer=EIRA, page="about", now=NOW, new_id="1"):
    asked = snapshot.instrument("arfon").page(page)
    add_note(repository, snapshot, "arfon", asked, text, writer=writer, now=now, new_id=new_id)


def texts(repository):
    return [note.text for note in read_notes(repository, ROUND, "arfon")]


def test_a_note_says_who_wrote_it_when_where_and_in_which_language(repository, snapshot):
    add(repository, snapshot, "  Gofynnwch\r\ni Siân\x00 ", now=NOW)
    (note,) = read_notes(repository, ROUND, "arfon")
    assert (note.text, note.by, note.page, note.language, note.at) == (
        "Gofynnwch\ni Siân", "Eira", "about", "cy", NOW,
    )  # fmt: skip
    assert not note.settled
    assert read_response(repository, ROUND, "arfon").status == "not_started", "a note begins no response"
    assert read_notes(repository, ROUND, "conwy-west") == ()


def test_notes_written_at_once_are_all_kept(repository, snapshot):
    def write(number):
        add(repository, snapshot, f"Note {number}", Writer("en", "", str(number)), new_id=str(number))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(24)))
    assert sorted(texts(repository)) == sorted(f"Note {number}" for number in range(24))


def test_what_is_sent_twice_is_one_note_until_it_is_settled(repository, snapshot):
    for number in ("1", "2"):
        add(repository, snapshot, new_id=number)
    add(repository, snapshot, writer=SION, new_id="3")
    add(repository, snapshot, page="practice", new_id="4")
    assert [note.id for note in read_notes(repository, ROUND, "arfon")] == ["1", "3", "4"]
    mark_note(repository, ROUND, "arfon", "1", settled=True)
    add(repository, snapshot, new_id="5")
    assert [note.id for note in read_notes(repository, ROUND, "arfon")] == ["1", "3", "4", "5"]


@pytest.mark.parametrize(
    ("text", "code"), [("", "no_note"), (" \r\n\x00", "no_note"), ("ŵ" * (LONGEST_NOTE + 1), "long_note")]
)
def test_a_note_that_cannot_be_kept_is_refused(repository, snapshot, text, code):
    with pytest.raises(DomainError, match=code):
        add(repository, snapshot, text)
    assert repository.keys(place(ROUND, "notes")) == []


def test_the_longest_note_is_kept_whichever_way_its_letters_are_typed(repository, snapshot):
    add(repository, snapshot, "w\u0302" * LONGEST_NOTE)
    assert texts(repository) == ["ŵ" * LONGEST_NOTE]


def test_a_page_holds_so_many_notes_and_no_more_until_one_is_removed(repository, snapshot):
    for number in range(MOST_NOTES):
        add(repository, snapshot, f"Note {number}", new_id=str(number))
    with pytest.raises(DomainError, match="many_notes"):
        add(repository, snapshot, "One more", new_id="x")
    add(repository, snapshot, "On another page", page="practice", new_id="y")
    remove_note(repository, ROUND, "arfon", "7")
    add(repository, snapshot, "One more", new_id="x")
    assert "Note 7" not in texts(repository)
    assert len(texts(repository)) == MOST_NOTES + 1


def test_a_note_is_settled_opened_again_and_removed_and_doing_it_twice_changes_nothing(repository, snapshot):
    add(repository, snapshot, new_id="1")
    add(repository, snapshot, "Other", new_id="2")
    states = [state_of(read_notes(repository, ROUND, "arfon"))]
    for settled in (True, True, False):
        mark_note(repository, ROUND, "arfon", "1", settled=settled)
        assert [note.settled for note in read_notes(repository, ROUND, "arfon")] == [settled, False]
        states.append(state_of(read_notes(repository, ROUND, "arfon")))
    assert states[0] == states[3] != states[1] == states[2]
    for _ in range(2):
        remove_note(repository, ROUND, "arfon", "1")
        assert texts(repository) == ["Other"]
    assert state_of(read_notes(repository, ROUND, "arfon")) not in states


def test_notes_end_with_the_answers_and_may_still_be_settled_and_removed(repository, snapshot):
    add(repository, snapshot, new_id="1")
    save_all(repository, snapshot)
    submit(repository, snapshot, "arfon", language="en", now=NOW)
    with pytest.raises(DomainError, match="already_submitted"):
        add(repository, snapshot, "Late", new_id="2")
    reopen(repository, snapshot, "arfon", reason="Asked for", by="eira", now=NOW)
    add(repository, snapshot, "Again", new_id="3")
    change_round(repository, ROUND, lambda current: replace(current, closes=NOW + timedelta(hours=1)))
    with pytest.raises(DomainError, match="round_closed"):
        add(repository, load_snapshot(repository, ROUND), "Late", now=NOW + timedelta(hours=2), new_id="4")
    assert texts(repository) == ["Gofynnwch i Siân", "Again"], "what was there before survives all of it"
    mark_note(repository, ROUND, "arfon", "1", settled=True)
    remove_note(repository, ROUND, "arfon", "3")
    assert [note.settled for note in read_notes(repository, ROUND, "arfon")] == [True]


def test_a_note_is_neither_submitted_nor_exported(repository, snapshot):
    add(repository, snapshot, "Gair na ddylai fynd i unman")
    save_all(repository, snapshot)
    submit(repository, snapshot, "arfon", language="en", now=NOW)
    assert b"unman" not in b"".join(export_lines(repository, snapshot))
    assert "unman" not in str(repository.read(place(ROUND, "reflection"), "arfon"))


def test_notes_go_with_the_response(repository, snapshot):
    add(repository, snapshot)
    save_all(repository, snapshot)
    erase(repository, ROUND, "arfon")
    assert [repository.read(place(ROUND, kind), "arfon") for kind in ("notes", "reflection")] == [None, None]


@pytest.mark.parametrize(("key", "record"), [("arfon", {"notes": [{"id": "1"}]}), ("arfon", {}), ("x", {"notes": []})])
def test_a_record_of_notes_that_is_none_is_found(repository, snapshot, key, record):
    add(repository, snapshot)
    assert is_clean(verify(repository, sound(repository, language("en"))))
    repository.write(place(ROUND, "notes"), key, record)
    assert len(verify(repository, sound(repository, language("en"))).wrong) == 1
