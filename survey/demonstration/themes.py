"""Themes of the demonstration: what was written in a round, put under them by the words that it holds."""

from datetime import datetime

from survey.collection.reading.decisions import NOT_READ, ReadingState, TextReading, settle
from survey.collection.reading.texts import asked_for_words, written_texts
from survey.collection.reading.themes import Theme, keep_themes, read_themes, version_of
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.demonstration import made_up
from survey.storage.repository import Repository


def put_under_themes(repository: Repository, snapshot: RoundSnapshot, account: str, now: datetime) -> None:
    """Give questions of a round their themes, and texts those whose words they hold. Twice is the same as once.

    What people wrote is released with that; what is under no theme still waits to be read.
    """
    round_id, asked_here = snapshot.round.id, asked_for_words(snapshot)
    told = {asked: themes for asked, themes in made_up("themes").items() if asked in asked_here}
    state: ReadingState = "released" if snapshot.questionnaire.respondent == "anonymous" else "waiting"
    kept = read_themes(repository, round_id)
    for asked, themes in told.items():
        wanted = [Theme("", theme["cy"], theme["en"]) for theme in themes]
        keep_themes(repository, round_id, asked, version_of(kept.get(asked, ())), wanted, now)
    codes = {
        asked: {theme.en: theme.code for theme in themes} for asked, themes in read_themes(repository, round_id).items()
    }
    for text in written_texts(repository, snapshot):
        under = frozenset(
            codes[text.asked][theme["en"]]
            for theme in told.get(text.asked, ())
            if any(words in text.text for words in theme["words"])
        )
        if under:
            settle(repository, round_id, text, NOT_READ.seen, TextReading(state, themes=under, by=account), now)
