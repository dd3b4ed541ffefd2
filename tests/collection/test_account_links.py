"""A one-time link opens an account once, for a while, and only until a newer one is made."""

from datetime import timedelta

import pytest

from survey.collection.errors import DomainError
from survey.collection.people.account_links import LASTS, linked_account, make_link, new_token, take_link
from survey.collection.people.accounts import add_account, disable, enable, read_account, set_role, sign_in
from survey.storage.tinydb_files.repository import FileRepository
from tests.collection.example import NORTH, NOW

PASSWORD = "llyfr gwyrdd ar y bwrdd"


@pytest.fixture
def kept(tmp_path):
    kept = FileRepository(tmp_path)
    add_account(kept, "nia", "reader", None, None, NOW)
    make_link(kept, "nia", "first", NOW)
    return kept


def refused(function, *arguments):
    with pytest.raises(DomainError) as raised:
        function(*arguments)
    return raised.value.code


def signs_in(kept, password):
    return sign_in(kept, "nia", password, demonstration=False)


def test_whoever_was_invited_signs_in_with_the_password_she_chose_and_with_none_before(kept):
    assert refused(signs_in, kept, "") == "wrong_password"
    assert linked_account(kept, "nia", "first", NOW).name == "nia"
    take_link(kept, "nia", "first", PASSWORD, NOW)
    assert signs_in(kept, PASSWORD).name == "nia"


def test_a_link_is_used_once_and_the_second_time_is_told_so(kept):
    take_link(kept, "nia", "first", PASSWORD, NOW)
    assert refused(take_link, kept, "nia", "first", "another long password", NOW) == "link_used"
    assert signs_in(kept, PASSWORD)


def test_a_bad_password_does_not_use_it_up(kept):
    assert refused(take_link, kept, "nia", "first", "short", NOW) == "weak_password"
    take_link(kept, "nia", "first", PASSWORD, NOW)


def test_it_is_over_after_a_while(kept):
    assert linked_account(kept, "nia", "first", NOW + LASTS - timedelta(seconds=1))
    assert refused(linked_account, kept, "nia", "first", NOW + LASTS) == "link_over"


def test_a_newer_one_takes_its_place(kept):
    make_link(kept, "nia", "second", NOW)
    assert refused(linked_account, kept, "nia", "first", NOW) == "link_unknown"
    assert linked_account(kept, "nia", "second", NOW)


def test_a_guess_opens_nothing_nor_does_the_link_of_another_or_of_a_disabled_account(kept):
    add_account(kept, "sara", "reader", None, None, NOW)
    for name, token in (("nia", "guess"), ("sara", "first"), ("nobody", "first"), ("../nia", "first"), ("nia", "")):
        assert refused(linked_account, kept, name, token, NOW) == "link_unknown"
    disable(kept, "nia")
    assert refused(take_link, kept, "nia", "first", PASSWORD, NOW) == "link_unknown"
    assert refused(make_link, kept, "nia", "third", NOW) == "disabled_account"
    enable(kept, "nia")
    assert linked_account(kept, "nia", "first", NOW)


def test_only_a_digest_of_256_random_bits_is_kept(kept, tmp_path):
    token = new_token()
    make_link(kept, "nia", token, NOW)
    assert len(token) >= 43
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and token.encode() in path.read_bytes()]


def test_a_role_that_somebody_else_changed_meanwhile_is_not_overwritten(kept):
    seen = read_account(kept, "nia").generation
    assert set_role(kept, "nia", "health_board", NORTH, seen).health_board == NORTH
    changed = read_account(kept, "nia")
    assert set_role(kept, "nia", "health_board", NORTH, seen) == changed
    assert refused(set_role, kept, "nia", "national", None, seen) == "account_changed"
    assert refused(set_role, kept, "nia", "health_board", None) == "board_needed"
    assert read_account(kept, "nia").role == "health_board"
