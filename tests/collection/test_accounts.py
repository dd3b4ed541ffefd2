"""Accounts: who may sign in, with what, and when it ends."""

import pytest

from survey.collection.errors import DomainError
from survey.collection.people import accounts
from survey.collection.people.accounts import (
    LEAST_PASSWORD,
    MOST_PASSWORD,
    add_account,
    disable,
    enable,
    read_account,
    readable_accounts,
    set_password,
    sign_in,
)
from survey.collection.people.held_lists import HeldList, held_list, hold_list
from tests.collection.example import NORTH, NOW

PASSWORD = "llyfr gwyrdd ar y bwrdd"


@pytest.fixture
def eira(repository):
    return add_account(repository, "eira", "national", None, PASSWORD, NOW)


def signs_in(repository, name="eira", password=PASSWORD, *, demonstration=False):
    try:
        return sign_in(repository, name, password, demonstration=demonstration).name
    except DomainError as refused:
        if refused.code != "wrong_password":
            raise
        return None


def test_an_account_is_read_as_it_was_added(repository, eira):
    assert read_account(repository, "eira") == eira
    assert (eira.role, eira.health_board, eira.disabled, eira.generation) == ("national", None, False, 1)
    board = add_account(repository, "board.north", "health_board", NORTH, PASSWORD, NOW)
    assert readable_accounts(repository) == ([board, eira], [])


def test_only_a_hash_of_the_password_is_kept(repository, eira):
    kept = (repository.root / "accounts.tinydb").read_text()
    assert PASSWORD not in kept
    assert "$argon2id$" in kept


def test_the_right_name_and_password_sign_in(repository, eira):
    assert signs_in(repository) == "eira"
    assert signs_in(repository, "  EIRA ") == "eira"


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("eira", PASSWORD.upper()),
        ("eira", PASSWORD + " "),
        ("eira", ""),
        ("eira", "x" * 1_000_000),
        ("nobody", PASSWORD),
        ("", PASSWORD),
        ("../eira", PASSWORD),
        ("a..b", PASSWORD),
        ("eira\x00", PASSWORD),
        ("ŵ", PASSWORD),
        ("a" * 1000, PASSWORD),
    ],
)
def test_nothing_else_does_and_the_refusal_is_always_the_same(repository, eira, name, password):
    assert signs_in(repository, name, password) is None


def test_a_password_counts_however_a_keyboard_sends_its_letters(repository):
    add_account(repository, "eira", "national", None, "tŷ bach twt tŷ mawr", NOW)
    assert signs_in(repository, password="ty\u0302 bach twt ty\u0302 mawr") == "eira"


def test_the_longest_password_is_not_the_beginning_of_a_longer_one(repository):
    longest = ("llyfr gwyrdd " * MOST_PASSWORD)[:MOST_PASSWORD]
    add_account(repository, "eira", "national", None, longest, NOW)
    assert signs_in(repository, password=longest) == "eira"
    assert signs_in(repository, password=longest + "b") is None


@pytest.mark.parametrize(
    ("name", "role", "board", "password", "code"),
    [
        ("Eira", "national", None, PASSWORD, "bad_account_name"),
        ("", "national", None, PASSWORD, "bad_account_name"),
        ("a/b", "national", None, PASSWORD, "bad_account_name"),
        ("a..b", "national", None, PASSWORD, "bad_account_name"),
        ("eira\n", "national", None, PASSWORD, "bad_account_name"),
        ("eira", "queen", None, PASSWORD, "unknown_role"),
        ("eira", "health_board", None, PASSWORD, "board_needed"),
        ("eira", "national", NORTH, PASSWORD, "board_needed"),
        ("eira", "national", None, "x" * (LEAST_PASSWORD - 1), "weak_password"),
        ("eira", "national", None, "x" * (MOST_PASSWORD + 1), "long_password"),
    ],
)
def test_what_cannot_be_an_account_is_refused(repository, name, role, board, password, code):
    with pytest.raises(DomainError) as refused:
        add_account(repository, name, role, board, password, NOW)
    assert refused.value.code == code
    assert readable_accounts(repository) == ([], [])


def test_an_account_is_not_replaced(repository, eira):
    with pytest.raises(DomainError) as refused:
        add_account(repository, "eira", "reader", None, "another long password", NOW)
    assert refused.value.code == "account_exists"
    assert signs_in(repository) == "eira"


def test_a_new_password_ends_what_the_old_one_began(repository, eira):
    changed = set_password(repository, "eira", "another long password")
    assert changed.generation == eira.generation + 1
    assert signs_in(repository) is None
    assert signs_in(repository, password="another long password") == "eira"


def test_a_password_that_is_refused_changes_nothing(repository, eira):
    with pytest.raises(DomainError):
        set_password(repository, "eira", "short")
    assert read_account(repository, "eira") == eira


def test_whoever_is_disabled_was_about_to_keep_no_list(repository, eira):
    hold_list(repository, "eira", HeldList("a", NOW.isoformat(), "contacts", "x"))
    disable(repository, "eira")
    assert held_list(repository, "eira", "contacts", "a", NOW) is None


def test_a_disabled_account_signs_in_no_more_until_it_is_enabled(repository, eira):
    assert disable(repository, "eira").generation == 2
    assert signs_in(repository) is None
    set_password(repository, "eira", PASSWORD)
    assert signs_in(repository) is None
    assert enable(repository, "eira").generation == 4
    assert signs_in(repository) == "eira"


@pytest.mark.parametrize("change", [disable, enable, lambda kept, name: set_password(kept, name, PASSWORD)])
def test_there_is_nothing_to_change_in_an_account_that_is_not_there(repository, change):
    for name in ("nobody", "../eira", "a..b"):
        with pytest.raises(DomainError) as refused:
            change(repository, name)
        assert refused.value.code == "unknown_account"
    assert readable_accounts(repository) == ([], [])


def test_demonstration_accounts_sign_in_to_a_demonstration_only(repository):
    add_account(repository, "demo", "national", None, PASSWORD, NOW, demonstration=True)
    assert signs_in(repository, "demo") is None
    assert signs_in(repository, "demo", demonstration=True) == "demo"


def test_an_unknown_name_takes_the_work_of_a_known_one(repository, eira, monkeypatch):
    verified = []
    monkeypatch.setattr(accounts, "_verifies", lambda hashed, password: bool(verified.append(hashed)))
    assert signs_in(repository) is None
    assert signs_in(repository, "nobody") is None
    assert [hashed.split("$")[1:4] for hashed in verified] == [["argon2id", "v=19", "m=8,t=1,p=1"]] * 2


def test_a_hash_that_is_damaged_lets_nobody_in(repository, eira):
    repository.write(("accounts",), "eira", {**repository.read(("accounts",), "eira"), "password_hash": "$argon2id$v"})
    assert signs_in(repository) is None
