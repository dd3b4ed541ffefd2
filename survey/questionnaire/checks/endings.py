"""Endings: only where people answer unnamed, only for some of them, and with nothing after them on their page."""

from collections.abc import Iterator

from survey.questionnaire.checks.outline import Outline
from survey.questionnaire.findings import Finding
from survey.questionnaire.types import ANSWER_TYPES


def endings_of_people(outline: Outline) -> Iterator[Finding]:
    """A cluster, which is asked by name, is led to an ending."""
    for entry in outline.entries:
        if entry.answer_type.ends and outline.source.get("respondent") != "anonymous":
            yield outline.finding((*entry.place, "type"), "ending_of_clusters")


def endings_with_rules(outline: Outline) -> Iterator[Finding]:
    """Everybody is led to an ending."""
    for entry in outline.entries:
        if entry.answer_type.ends and "show_when" not in entry.source:
            yield outline.finding(entry.place, "ending_of_everybody")


def endings_last(outline: Outline) -> Iterator[Finding]:
    """An ending stands first on its page, or before a question."""
    for place, section in outline.sections:
        ends = [ANSWER_TYPES[question["type"]].ends for question in section["questions"]]
        first = ends.index(True) if True in ends else len(ends)
        if first == 0 or not all(ends[first:]):
            yield outline.finding((*place, "questions", first), "ending_in_between")
