"""An edition beside that of the year before: what becomes of each question, in the language of the page."""

from collections import Counter
from dataclasses import dataclass

from survey.languages import Phrase
from survey.questionnaire.trends import Trend, trends
from survey.web.manage.editions.shelf import edition_before
from survey.web.site.editions import Edition, words_of
from survey.web.site.language import current_language

FATES = {
    "goes_on": Phrase("trend", "Goes on"),
    "breaks": Phrase("trend", "Cannot be compared"),
    "new": Phrase("trend", "New"),
    "gone": Phrase("trend", "Not asked any more"),
}
FATE_COLOURS = {"goes_on": "green", "breaks": "red", "new": "blue", "gone": "grey"}
WHYS = {
    "type": Phrase("trend", "It takes another kind of answer"),
    "options": Phrase("trend", "There are other answers to choose from"),
    "parts": Phrase("trend", "Its table or group has other parts"),
    "level_rule": Phrase("trend", "Levels are worked out in another way"),
    "words": Phrase("trend", "It is worded in another way: see that it still asks the same"),
}


@dataclass(frozen=True, slots=True)
class EditionComparison:
    """The year that is compared with; how many questions have each fate, and how many of those that go on are reworded;
    each that does not go on as it was, with its words.
    """

    year: str
    counted: Counter[str]
    reworded: int
    lines: tuple[tuple[Trend, str], ...]


def with_year_before(edition: Edition) -> EditionComparison | None:
    """A sound edition beside the one before; None where there is none."""
    before = edition_before(edition.name, edition.year)
    if before is None or before.questionnaire is None or edition.questionnaire is None:
        return None
    every_trend = trends(edition.questionnaire, before.questionnaire)
    language = current_language()
    words = {True: words_of(before, language).texts, False: words_of(edition, language).texts}
    changed = [trend for trend in every_trend if trend.fate != "goes_on" or trend.why]
    lines = tuple((trend, words[trend.fate == "gone"](trend.question.label)) for trend in changed)
    reworded = sum(trend.fate == "goes_on" for trend in changed)
    return EditionComparison(before.year, Counter(trend.fate for trend in every_trend), reworded, lines)
