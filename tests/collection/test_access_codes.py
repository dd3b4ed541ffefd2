"""A cluster's access code: issued, replaced, revoked, and what it opens."""

import random
from dataclasses import replace
from pathlib import Path

import pytest

from survey.collection.errors import DomainError
from survey.collection.people.access import (
    ALPHABET,
    AccessGrant,
    code_of_form,
    has_code,
    issue_code,
    new_code,
    normalised,
    open_with,
    revoke_code,
    secret_of_form,
    still_opens,
)
from survey.collection.people.form_secrets import new_form
from survey.collection.rounds.round import change_round, close_round, create_round
from survey.storage.repository import Unreadable
from tests.collection.example import NOW, ROUND, opened_round, small_round
from tests.storage.damage import spoil

SECRET = b"s" * 32
CODE, OTHER = "K7QT-9WXM-3FBD", "2222-3333-4444"


def opens(repository, typed, *, secret=SECRET, demonstration=False):
    try:
        return open_with(repository, secret, typed, demonstration=demonstration)
    except DomainError as refused:
        if refused.code != "wrong_code":
            raise
        return None


@pytest.fixture
def issued(repository, snapshot):
    issue_code(repository, SECRET, ROUND, "arfon", CODE, NOW)
    return repository


def test_a_form_gives_each_cluster_one_code_that_another_form_or_secret_does_not(issued):
    given = ("sr", "arfon", "form")
    code = code_of_form(SECRET, *given)
    assert code == code_of_form(SECRET, *given)
    others = [(b"x" * 32, *given), (SECRET, "sr", "arfon", "f2"), (SECRET, "sr", "mon", "form")]
    codes = {code, *(code_of_form(*other) for other in others)}
    assert len(codes) == 4
    assert all(set(code.replace("-", "")) <= set(ALPHABET) and len(code) == 14 for code in codes)
    assert len({new_form() for _ in range(20)}) == 20


def test_a_form_that_is_sent_again_gives_what_it_gave_with_the_secret_before(issued):
    newest, keys = b"n" * 32, (b"n" * 32, SECRET)
    assert secret_of_form(issued, keys, ROUND, "conwy-west", "form") == newest
    issue_code(issued, SECRET, ROUND, "conwy-west", code_of_form(SECRET, ROUND, "conwy-west", "form"), NOW)
    assert secret_of_form(issued, keys, ROUND, "conwy-west", "form") == SECRET
    assert secret_of_form(issued, keys, ROUND, "conwy-west", "another") == newest


def test_a_code_opens_its_clusters_response_however_it_is_typed(issued):
    for typed in (CODE, CODE.lower(), f"  {CODE.replace('-', ' ')}\n", CODE.replace("-", ""), CODE.replace("-", "–")):
        assert opens(issued, typed) == AccessGrant(ROUND, "arfon", 1)


@pytest.mark.parametrize("typed", ["", "-", CODE[:-1], CODE + "2", OTHER, "\ud800", "ŵ" * 12, "x" * 100_000, "\x00"])
def test_nothing_else_opens_it(issued, typed):
    assert opens(issued, typed) is None


def test_only_a_keyed_hash_is_kept(issued):
    kept = (issued.root / "rounds" / ROUND / "people.tinydb").read_text()
    assert '"arfon"' in kept
    assert CODE not in kept
    assert normalised(CODE) not in kept
    assert opens(issued, CODE, secret=b"t" * 32) is None


def test_a_new_code_takes_the_place_of_the_old_one(issued):
    issue_code(issued, SECRET, ROUND, "arfon", OTHER, NOW)
    assert opens(issued, CODE) is None
    assert opens(issued, OTHER) == AccessGrant(ROUND, "arfon", 2)


def test_a_revoked_code_opens_nothing_and_a_new_one_may_follow(issued):
    entry = opens(issued, CODE)
    assert entry is not None
    assert still_opens(issued, entry)
    assert revoke_code(issued, ROUND, "arfon") is True
    assert revoke_code(issued, ROUND, "arfon") is False
    assert opens(issued, CODE) is None
    assert not has_code(issued, ROUND, "arfon")
    assert not still_opens(issued, entry)
    issue_code(issued, SECRET, ROUND, "arfon", OTHER, NOW)
    assert has_code(issued, ROUND, "arfon")
    # Whoever signed in with the first code has not become the holder of the second.
    assert not still_opens(issued, entry)
    again = opens(issued, OTHER)
    assert again is not None
    assert still_opens(issued, again)


def test_revoking_what_was_never_issued_makes_nothing(repository, snapshot):
    assert revoke_code(repository, ROUND, "conwy-west") is False
    assert repository.keys(("rounds", ROUND, "access")) == []
    assert not still_opens(repository, AccessGrant(ROUND, "conwy-west", 0))


def test_each_cluster_has_its_own_code(issued):
    issue_code(issued, SECRET, ROUND, "conwy-west", OTHER, NOW)
    assert opens(issued, OTHER) == AccessGrant(ROUND, "conwy-west", 1)
    revoke_code(issued, ROUND, "arfon")
    assert opens(issued, OTHER) == AccessGrant(ROUND, "conwy-west", 1)


def test_a_code_of_a_closed_round_still_lets_the_cluster_read(issued):
    close_round(issued, ROUND, NOW)
    assert opens(issued, CODE) == AccessGrant(ROUND, "arfon", 1)


def test_a_code_of_a_round_in_draft_opens_nothing(repository):
    create_round(repository, small_round())
    issue_code(repository, SECRET, ROUND, "arfon", CODE, NOW)
    assert opens(repository, CODE) is None


def test_demonstration_codes_work_in_a_demonstration_only(issued):
    change_round(issued, ROUND, lambda kept: replace(kept, demonstration=True))
    assert opens(issued, CODE) is None
    assert opens(issued, CODE, demonstration=True) == AccessGrant(ROUND, "arfon", 1)


def test_a_torn_record_does_not_lock_the_other_clusters_out(issued):
    issue_code(issued, SECRET, ROUND, "conwy-west", OTHER, NOW)
    spoil(issued, ("rounds", ROUND, "access"), "arfon")
    assert opens(issued, OTHER) == AccessGrant(ROUND, "conwy-west", 1)
    # Nobody is told that a code is wrong that may be right.
    with pytest.raises(Unreadable):
        open_with(issued, SECRET, CODE, demonstration=False)


def test_a_torn_database_does_not_lock_the_clusters_of_other_rounds_out(issued):
    opened_round(issued, "old")
    issue_code(issued, SECRET, "old", "arfon", OTHER, NOW)
    (issued.root / "rounds" / "old" / "people.tinydb").write_bytes(b"{")
    assert opens(issued, CODE) == AccessGrant(ROUND, "arfon", 1)
    with pytest.raises(Unreadable):
        open_with(issued, SECRET, OTHER, demonstration=False)


def test_signing_in_reads_one_file_of_a_round_and_not_one_for_each_cluster(issued, monkeypatch):
    for cluster in ("conwy-west", "bridgend-east"):
        issue_code(issued, SECRET, ROUND, cluster, new_code(random.Random(cluster).choice), NOW)
    files = []
    read_bytes = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: files.append(path.name) or read_bytes(path))
    assert opens(issued, CODE) == AccessGrant(ROUND, "arfon", 1)
    assert files == ["round.json", "people.tinydb"]


def test_a_torn_round_does_not_lock_the_clusters_of_other_rounds_out(issued):
    opened_round(issued, "old")
    for content in (b"{", b'{"record": {"1": {"id": "old"}}}'):
        (issued.root / "rounds" / "old" / "round.json").write_bytes(content)
        assert opens(issued, CODE) == AccessGrant(ROUND, "arfon", 1)
        with pytest.raises(Unreadable):
            open_with(issued, SECRET, OTHER, demonstration=False)


def test_the_right_round_is_found_among_several(issued):
    opened_round(issued, "other")
    issue_code(issued, SECRET, "other", "arfon", OTHER, NOW)
    assert opens(issued, OTHER) == AccessGrant("other", "arfon", 1)
    assert opens(issued, CODE) == AccessGrant(ROUND, "arfon", 1)


def test_new_codes_are_easy_to_read_and_differ():
    choose = random.Random(7).choice
    made = {new_code(choose) for _ in range(1000)}
    assert len(made) == 1000
    for code in made:
        assert [len(part) for part in code.split("-")] == [4, 4, 4]
        assert set(code) <= set(ALPHABET) | {"-"}
    assert not set("01ILOSUZ") & set(ALPHABET)
