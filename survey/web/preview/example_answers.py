"""Example answers on the pages of the preview: asked for in the address, and kept in those that a page leads to."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from flask import request

from survey.demonstration.example_answers import example_answers
from survey.languages import Language, Phrase
from survey.questionnaire.walk import Instrument
from survey.web.site.environment import today
from survey.web.site.language import current_language

EXAMPLE = "example"
"""The parameter of an address with the number of the example that its pages are filled in with."""
MOST = 99
WORDS = Phrase("example answer", "An example answer, in words.")


def example_asked_for() -> int:
    """The number of the example, from 1; 0 where none is asked for."""
    asked = request.args.get(EXAMPLE, "")
    return min(int(asked), MOST) if asked.isascii() and asked.isdigit() and len(asked) <= len(str(MOST)) else 0


def kept_example() -> int | None:
    """The number in the addresses that a page leads to."""
    return example_asked_for() or None


def next_example() -> int:
    """The number of another example."""
    return example_asked_for() % MOST + 1


def answers_here(instrument: Instrument) -> Mapping[str, Mapping[str, Any]]:
    """By page key, the example answers that are asked for; without any, nothing."""
    number = example_asked_for()
    return _answers(instrument, today(), current_language(), number) if number else {}


@lru_cache(maxsize=16)
def _answers(instrument: Instrument, day: date, language: Language, number: int) -> Mapping[str, Mapping[str, Any]]:
    return example_answers(instrument, day, language.say(WORDS), number)
