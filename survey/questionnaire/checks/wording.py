"""Texts as people should read them: right quotation marks, no stray blanks, short enough for their place."""

from collections.abc import Iterator

from survey.questionnaire.building import questionnaire_from
from survey.questionnaire.checks.outline import Outline, Place, Source
from survey.questionnaire.findings import Finding
from survey.questionnaire.texts import messages

READ_BY_PEOPLE = ("title", "description", "text", "label", "hint", "item_label")


def straight_quotes(outline: Outline) -> Iterator[Finding]:
    """A text holds a straight apostrophe or quotation mark."""
    for place, text in texts(outline.source):
        mark = next((mark for mark in "'\"`" if mark in text), None)
        if mark:
            yield outline.finding(place, "straight_quote", mark=mark)


def two_blanks(outline: Outline) -> Iterator[Finding]:
    """A text holds two blanks together, or a blank that does not break."""
    for place, text in texts(outline.source):
        if "  " in text or "\u00a0" in text:
            yield outline.finding(place, "two_blanks")


def lengths(outline: Outline) -> Iterator[Finding]:
    """A text is longer than its place allows (`survey.questionnaire.texts.DESCRIPTIONS`)."""
    limits = {message.text: message.max_length for message in messages(questionnaire_from(outline.source))}
    for place, text in texts(outline.source):
        most = limits.get(text)
        if most is not None and len(text) > most:
            yield outline.finding(place, "too_long", most=most, length=len(text))


def texts(source: Source, *above: str | int) -> Iterator[tuple[Place, str]]:
    """Every text of a file that people read, with its place."""
    for name, value in source.items():
        here = (*above, name)
        if isinstance(value, str) and name in READ_BY_PEOPLE:
            yield here, value
        elif isinstance(value, dict):
            yield from texts(value, *here)
        elif isinstance(value, list):
            for number, item in enumerate(value):
                if isinstance(item, dict):
                    yield from texts(item, *here, number)
