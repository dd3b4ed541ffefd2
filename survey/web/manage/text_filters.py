"""What the texts of a round can be filtered by on the page where they are read, as options in the reader’s language."""

from collections.abc import Mapping
from typing import Any

from survey.collection.reading.decisions import ReadingState
from survey.collection.reading.selection import UNTAGGED
from survey.collection.reading.texts import WrittenText, asked_for_words
from survey.collection.reading.themes import Themes
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.languages import Phrase
from survey.web.respond.respondent import name_key, words_of
from survey.web.site.language import current_language

Options = list[dict[str, Any]]

STATE_WORDS: Mapping[ReadingState, Phrase] = {
    "waiting": Phrase("manage reading", "Waits"),
    "released": Phrase("manage reading", "Released"),
    "withheld": Phrase("manage reading", "Withheld"),
}
LANGUAGE_WORDS = {"cy": Phrase("manage reading", "Welsh"), "en": Phrase("manage reading", "English")}


def filters(snapshot: RoundSnapshot, texts: tuple[WrittenText, ...], themes: Themes) -> dict[str, Options]:
    """The filters of a round by name, each with its options. Of people there is none for what they answered."""
    language = current_language()
    states = [{"value": state, "text": language.say(phrase)} for state, phrase in STATE_WORDS.items()]
    languages = [{"value": code, "text": language.say(phrase)} for code, phrase in LANGUAGE_WORDS.items()]
    named = [{"value": theme.code, "text": theme.name(language.code), "as_is": True} for theme in themes]
    untagged = {"value": UNTAGGED, "text": language.pgettext("manage reading", "Under no theme")}
    questions = [{"value": asked, "text": question_label(snapshot, asked)} for asked in asked_for_words(snapshot)]
    if snapshot.questionnaire.respondent == "anonymous":
        return {"asked": questions, "state": states, "written_in": languages, "theme": [untagged, *named]}
    boards = sorted(snapshot.clusters.health_boards, key=name_key)
    outcomes = {text.outcome for text in texts}
    framework = snapshot.framework.outcomes if snapshot.framework else ()
    words = words_of(snapshot, language)
    return {
        "asked": questions,
        "board": [{"value": board.code, "text": board.name(language.code), "as_is": True} for board in boards],
        "outcome": [
            {"value": outcome.id, "text": words(outcome.name)} for outcome in framework if outcome.id in outcomes
        ],
        "written_in": languages,
        "theme": [untagged, *named],
    }


def place_names(snapshot: RoundSnapshot) -> dict[str, str]:
    """The names of clusters and health boards by their codes."""
    code = current_language().code
    clusters = {cluster.code: cluster.name(code) for cluster in snapshot.clusters.clusters}
    boards = {board.code: board.name(code) for board in snapshot.clusters.health_boards}
    return {**clusters, **boards}


def question_label(snapshot: RoundSnapshot, asked: str) -> str:
    """The words of a question."""
    return words_of(snapshot, current_language())(asked_for_words(snapshot)[asked].label)
