"""Which long passwords are refused because anybody would try them."""

import pytest

from survey.collection.errors import DomainError
from survey.collection.people.accounts import hash_of
from survey.collection.people.poor_passwords import WORDS, is_poor


@pytest.mark.parametrize(
    "password",
    [
        "aaaaaaaaaaaa",
        "123456789012",
        "abcdefghijklm",
        "qwertyuiop123",
        "asdfghjklasdfghjkl",
        "abcabcabcabcabc",
        "121212121212",
        "aaaaaabbbbbb",
        "zxcvbnmzxcvbnm",
        "9876543210987",
    ],
)
def test_a_password_that_anybody_would_try_is_refused(password: str) -> None:
    with pytest.raises(DomainError, match="poor_password"):
        hash_of(password)


@pytest.mark.parametrize(
    "password",
    [
        "Password1234",
        "P@ssw0rd!!2026",
        "myfyrio-2026!",
        "GIG Cymru 2026",
        "NhsWales-NhsWales",
        "CroesoCymru1!",
        "welcome2wales",
        "Cyfrinair2026!",
    ],
)
def test_a_password_of_words_that_belong_here_is_refused(password: str) -> None:
    assert is_poor(password)
    with pytest.raises(DomainError, match="poor_password"):
        hash_of(password)


@pytest.mark.parametrize(
    "password",
    [
        "llyfr gwyrdd ar y bwrdd",
        "correct horse battery staple",
        "pedair cath mewn cwch",
        "k7qt9wxm3fbd",
        "tŷ bach twt ar lan y môr",
        "90210-48151-62342",
        "🐑🐄🐖🐓🦆🐕🐈🐎🐐🦢🐝🦋",
        "my cluster walks on tuesdays",
        "arddangos-demonstration-2026",
    ],
)
def test_any_other_long_password_is_taken(password: str) -> None:
    assert hash_of(password)


def test_the_words_are_as_they_are_compared() -> None:
    assert all(word == word.casefold() and word.isalpha() for word in WORDS)
