"""How many texts are under each theme of a round: for the workbook and the report.

A text can be under several themes, so numbers add up to nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from survey.collection.reading.decisions import NOT_READ, read_readings
from survey.collection.reading.selection import Read
from survey.collection.reading.texts import asked_for_words, written_texts
from survey.collection.reading.themes import Theme, known_themes, read_themes
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.questionnaire.definition import Question
from survey.reporting.disclosure.rounding import NEAREST, rounded
from survey.storage.repository import Repository


@dataclass(frozen=True, slots=True)
class ThemeCount:
    """The texts of clusters under a theme of a question, or under none of its themes (`theme` is None): of how many in
    all, and how many of these nobody has read yet."""

    question: Question
    theme: Theme | None
    texts: int
    clusters: int
    in_all: int
    not_read: int


@dataclass(frozen=True, slots=True)
class PeopleThemeCount:
    """The people whose released text is under a theme of a question, rounded; None where they are too few."""

    question: Question
    theme: Theme
    people: int | None


def theme_counts(
    repository: Repository, snapshot: RoundSnapshot, moment: datetime | None = None
) -> tuple[ThemeCount, ...]:
    """Every theme of every question of a round of clusters, then what is under none of them: now, or at an earlier
    moment. Raises Unreadable.
    """
    return tuple(
        ThemeCount(
            question,
            theme,
            texts=len(texts),
            clusters=len({text.cluster for text, _ in texts}),
            in_all=len(of_question),
            not_read=sum(reading == NOT_READ for _, reading in of_question),
        )
        for question, themes, of_question in _themed(repository, snapshot, moment)
        for theme in (*themes, None)
        if (texts := [read for read in of_question if _is_under(read, theme, themes)]) or theme
    )


def people_theme_counts(
    repository: Repository, snapshot: RoundSnapshot, threshold: int
) -> tuple[PeopleThemeCount, ...]:
    """Every theme of every question of a round of people, in their order. Raises DomainError("still_open"), Unreadable.

    Only texts that were released count, each of which anybody may read. There is no breakdown, no total and no number
    of those under no theme, from which a small number could be worked out; the others are rounded.
    """
    return tuple(
        PeopleThemeCount(question, theme, None if number < threshold else rounded(number, NEAREST))
        for question, themes, of_question in _themed(repository, snapshot)
        for theme in themes
        for number in [sum(_is_under(read, theme, themes) and read[1].state == "released" for read in of_question)]
    )


def _themed(
    repository: Repository, snapshot: RoundSnapshot, moment: datetime | None = None
) -> Iterator[tuple[Question, tuple[Theme, ...], list[Read]]]:
    """The questions that have themes, with their texts."""
    themes = read_themes(repository, snapshot.round.id, moment)
    if not any(themes.values()):
        return
    readings = read_readings(repository, snapshot.round.id, moment)
    texts = written_texts(repository, snapshot, moment)
    for asked, question in asked_for_words(snapshot).items():
        if themes.get(asked):
            of_question = [(text, readings.get(text.key, NOT_READ)) for text in texts if text.asked == asked]
            yield question, themes[asked], of_question


def _is_under(read: Read, theme: Theme | None, themes: tuple[Theme, ...]) -> bool:
    under = known_themes(read[1], themes)
    return not under if theme is None else theme.code in under
