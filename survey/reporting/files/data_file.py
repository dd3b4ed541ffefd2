"""A file of data as it is described: its columns, its rows, and who reads what into them. `formats.py` draws it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from survey.collection.rounds.round import Round
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.languages import LANGUAGES, Phrase
from survey.reporting.records.table_schema import Field, Words, words
from survey.reporting.xlsx.description import Shorthand

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")
SHORTHANDS = frozenset(shorthand.value for shorthand in Shorthand)
MISSING = {
    Shorthand.NOT_APPLICABLE: Phrase("data file", "Not asked"),
    Shorthand.NOT_AVAILABLE: Phrase("data file", "Not answered"),
    Shorthand.CONFIDENTIAL: Phrase("data file", "Words that their cluster does not share"),
}
"""Why a column of answers has no value in a row."""

Cell = str | int | float | Shorthand | None
"""A code, text, day (ISO 8601) or number; why there is none; or None in a column that is no answer’s."""


@dataclass(frozen=True, slots=True)
class DataFile:
    """What is to be written of a round: rows with a cell for each of `fields`, and an object a line for JSON Lines.

    `kind` starts the file's name. `changed` is the time of the data. `rows` and `records` may be iterators: each is
    gone through once. `key` names the columns that no two rows have alike, if there are any.
    """

    of_round: Round
    kind: str
    title: Words
    changed: datetime
    fields: tuple[Field, ...]
    rows: Iterable[Sequence[Cell]]
    records: Iterable[Mapping[str, Any]]
    key: tuple[str, ...] = ()

    @property
    def stem(self) -> str:
        """“data-sr-2026-2026-27”."""
        return f"{self.kind}-{self.of_round.id}-{self.of_round.reporting_year}"

    def name(self, language: str, ending: str) -> str:
        """“data-sr-2026-2026-27.csv”; “data-sr-2026-2026-27.cy.sav” where the labels are in one language."""
        return ".".join(filter(None, (self.stem, language, ending)))


def reason_words() -> dict[Shorthand, Words]:
    """Why there is no value, in both languages."""
    return {reason: words(phrase) for reason, phrase in MISSING.items()}


def titled(snapshot: RoundSnapshot) -> Words:
    """The title of a round’s questionnaire with its reporting year."""
    title = snapshot.questionnaire.title
    return {code: f"{snapshot.texts[code](title)}, {snapshot.round.reporting_year}" for code in LANGUAGES}


def safe(text: str) -> str:
    """Text that no spreadsheet takes for a formula, and no reader for a shorthand: an apostrophe goes before it."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else unmistaken(text)


def unmistaken(text: str) -> str:
    """Text that no reader takes for a shorthand."""
    return f"'{text}" if text in SHORTHANDS else text


def places_of(fields: Sequence[Field], *kinds: str) -> tuple[int, ...]:
    """The places of the columns of some kinds."""
    return tuple(place for place, column in enumerate(fields) if column.kind in kinds)
