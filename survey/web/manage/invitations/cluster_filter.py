"""Which clusters are asked for on a page that lists them with their contacts: by health board, words, and contacts."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import request

from survey.collection.people.contact_checks import Contact
from survey.collection.rounds.clusters import HealthBoard
from survey.languages import Phrase
from survey.web.respond.respondent import name_key
from survey.web.site.language import current_language

NONE, SOME = "none", "some"
FOUND = "found"
"""The anchor of where the clusters that are asked for are listed."""
CONTACT_WORDS: Mapping[str, Phrase] = {
    NONE: Phrase("manage contacts", "Without a contact"),
    SOME: Phrase("manage contacts", "With a contact"),
}


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What is asked for; empty means any. What a list does not have is asked for in vain."""

    board: str
    words: str
    contact: str

    def fits(self, board: str, names: Iterable[str], contacts: Sequence[Contact]) -> bool:
        """Whether a cluster of a health board, with these names and contacts, is asked for."""
        words = _plain(self.words)
        texts = (*names, *(text for contact in contacts for text in (contact.name, contact.role, contact.email)))
        return (
            self.board in ("", board)
            and self.contact in ("", SOME if contacts else NONE)
            and any(words in _plain(text) for text in texts)
        )


def narrowing() -> Narrowing:
    """What the address asks for."""
    return Narrowing(*(request.args.get(name, "").strip() for name in ("board", "words", "contact")))


def narrowing_choices(boards: Iterable[HealthBoard]) -> dict[str, list[dict[str, Any]]]:
    """What can be chosen, in the language of the page."""
    language = current_language()
    return {
        "board": [
            {"value": board.code, "text": board.name(language.code), "as_is": True}
            for board in sorted(boards, key=name_key)
        ],
        "contact": [{"value": value, "text": language.say(words)} for value, words in CONTACT_WORDS.items()],
    }


def _plain(text: str) -> str:
    """Letters without accents or case, as somebody in a hurry types them."""
    return "".join(
        letter for letter in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(letter)
    )
