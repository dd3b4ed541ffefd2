"""Passwords that are long enough and that anybody would try: of words that belong here, or that go on by themselves.

No list is needed for them: a list of common passwords of twelve characters and more holds little else.
"""

import re
from itertools import pairwise

WORDS = (
    "myfyrio", "reflection", "reflect", "survey", "arolwg", "cluster", "clwstwr", "national", "cenedlaethol",
    "nhswales", "nhs", "gig", "cymru", "wales", "welsh", "cymraeg", "primarycare", "gofalsylfaenol",
    "password", "passphrase", "cyfrinair", "welcome", "croeso", "letmein", "changeme", "administrator", "admin",
    "secret", "gwasanaeth", "service", "summer", "winter", "spring", "autumn", "qwerty",
)  # fmt: skip
"""Names of the service and of whose it is, and what people put where they are asked for a password."""
ROWS = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz")
LEAST_LETTERS, LEAST_LEAPS = 4, 5
_LIKE_LETTERS = str.maketrans("013457@$!", "oleastasi")
_WORD = re.compile("|".join(sorted(WORDS, key=len, reverse=True)))


def is_poor(password: str) -> bool:
    """Whether a password says nothing beyond such words, or goes on by itself for all but a few of its characters."""
    plain = password.casefold()
    return any(_left(text) < LEAST_LETTERS for text in (plain, plain.translate(_LIKE_LETTERS))) or _leaps(plain) < (
        LEAST_LEAPS
    )


def _left(text: str) -> int:
    """How many different letters are left without those words. Of what never had letters, none is missing."""
    letters = "".join(filter(str.isalpha, text))
    return len(set(_WORD.sub("", letters))) if letters else LEAST_LETTERS


def _leaps(text: str) -> int:
    """How many different pairs of neighbours are not beside each other on a keyboard, or in the alphabet."""
    return len(
        {(character, neighbour) for character, neighbour in pairwise(text) if not _are_beside(character, neighbour)}
    )


def _are_beside(character: str, neighbour: str) -> bool:
    near = (row for row in ROWS if character in row and neighbour in row)
    return character == neighbour or any(
        abs(row.index(character) - row.index(neighbour)) in (1, len(row) - 1) for row in near
    )
