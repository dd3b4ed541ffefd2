"""Themes: the national team’s own short list for each question that is answered in words, kept with its round.

    (rounds, <round>, themes), <section.question>    {themes: [{code, cy, en}], next, was: [{until, themes}]}

A code is never given twice in a list, so that a text keeps its themes when they are renamed. A list can begin as that
of the year before, with its codes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from survey.collection.errors import DomainError
from survey.collection.reading.decisions import TextReading, themes_at, with_history
from survey.collection.responses.merge import fingerprint
from survey.collection.rounds.round import place, readable_rounds
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.questionnaire.types.inputs import text_of
from survey.storage.repository import Place, Record, Repository, Unreadable

THEMES = "themes"
MOST_THEMES = 20
LONGEST_THEME = 60


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme, with its name in both languages. One that is new has no code yet."""

    code: str
    cy: str
    en: str

    def name(self, language_code: str) -> str:
        """Its name in a language; English in every other than Welsh."""
        return self.cy if language_code == "cy" else self.en


Themes = tuple[Theme, ...]


def themes_of(round_id: str) -> Place:
    return place(round_id, THEMES)


def themes_from(record: Mapping[str, Any] | None, moment: datetime | None = None) -> Themes:
    """The themes of a record, of a moment if one is given. Raises KeyError, TypeError, ValueError for a record that is
    none."""
    return tuple(Theme(**theme) for theme in themes_at(record, moment)) if record else ()


def read_themes(repository: Repository, round_id: str, moment: datetime | None = None) -> dict[str, Themes]:
    """The themes of a round, by question, of a moment if one is given. Raises Unreadable when a list cannot be read."""
    themes: dict[str, Themes] = {}
    for asked, record in repository.read_all(themes_of(round_id)):
        if isinstance(record, Unreadable):
            raise record
        try:
            themes[asked] = themes_from(record, moment)
        except (KeyError, TypeError, ValueError):
            raise Unreadable(themes_of(round_id), asked, "the record is not a list of themes") from None
    return themes


def version_of(themes: Themes) -> str:
    """What tells a list from the same one a moment later."""
    return fingerprint([asdict(theme) for theme in themes])


def keep_themes(
    repository: Repository, round_id: str, asked: str, seen: str, wanted: Sequence[Theme], now: datetime
) -> None:
    """Keep the list of a question, of which somebody had `seen` this version. A theme without any name is removed.

    Raises DomainError: half_a_theme (named in one language), long_theme, theme_twice, many_themes, themes_changed
    (somebody else changed the list since).
    """
    named = _named(wanted)

    def change(record: Record | None) -> Record:
        current = themes_from(record)
        if _names(current) == _names(named):
            return _record(current, record, now)
        if version_of(current) != seen:
            raise DomainError("themes_changed")
        left = {theme.code for theme in current}
        kept = []
        for theme in named:
            # What no theme of the list has, or another has before it, is the code of none.
            kept.append(theme if theme.code in left else replace(theme, code=""))
            left.discard(theme.code)
        return _record(kept, record, now)

    repository.update(themes_of(round_id), asked, change)


def earlier_themes(repository: Repository, snapshot: RoundSnapshot, asked: str) -> Themes:
    """The list of the same question in the latest round before that has one."""
    rounds, _ = readable_rounds(repository)
    before = sorted((round_.reporting_year, round_.id) for round_ in rounds if round_.precedes(snapshot.round))
    for _, round_id in reversed(before):
        themes = themes_from(repository.read(themes_of(round_id), asked))
        if themes:
            return themes
    return ()


def take_over(repository: Repository, snapshot: RoundSnapshot, asked: str, now: datetime) -> None:
    """Begin the list of a question as that of the year before. One that was begun already stays."""
    themes = earlier_themes(repository, snapshot, asked)

    def change(record: Record | None) -> Record:
        return record or _record(themes, None, now)

    repository.update(themes_of(snapshot.round.id), asked, change)


def known_themes(reading: TextReading, themes: Themes) -> frozenset[str]:
    """The themes that a text is under, without those that are no more on the list."""
    return reading.themes & {theme.code for theme in themes}


def _named(wanted: Sequence[Theme]) -> list[Theme]:
    cleaned = [replace(theme, cy=_name_of(theme.cy), en=_name_of(theme.en)) for theme in wanted]
    named = [theme for theme in cleaned if theme.cy or theme.en]
    for theme in named:
        if not (theme.cy and theme.en):
            raise DomainError("half_a_theme", name=theme.cy or theme.en)
        if max(len(theme.cy), len(theme.en)) > LONGEST_THEME:
            raise DomainError("long_theme", cy=theme.cy, en=theme.en, most=str(LONGEST_THEME))
    for code in ("cy", "en"):
        names = [theme.name(code).casefold() for theme in named]
        for theme in named:
            if names.count(theme.name(code).casefold()) > 1:
                raise DomainError("theme_twice", cy=theme.cy, en=theme.en)
    if len(named) > MOST_THEMES:
        raise DomainError("many_themes", most=str(MOST_THEMES))
    return named


def _record(themes: Sequence[Theme], before: Record | None, now: datetime) -> Record:
    number = before["next"] if before else 1
    kept: list[Theme] = []
    for theme in themes:
        if not theme.code:
            theme, number = replace(theme, code=f"t{number}"), number + 1
        kept.append(theme)
    highest = max((int(theme.code[1:]) for theme in kept), default=0)
    record: Record = {"themes": [asdict(theme) for theme in kept], "next": max(number, highest + 1)}
    return with_history(record, before, now)


def _names(themes: Sequence[Theme]) -> list[tuple[str, str]]:
    return [(theme.cy, theme.en) for theme in themes]


def _name_of(typed: str) -> str:
    return " ".join(text_of(typed).split())
