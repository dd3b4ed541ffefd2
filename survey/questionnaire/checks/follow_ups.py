"""Sections that follow up what was written the year before: what they name, where they stand, what they hold."""

from collections.abc import Iterator

from survey.questionnaire.builder import JsonObject
from survey.questionnaire.checks.outline import JsonPlace, Outline
from survey.questionnaire.findings import Finding


def followed_questions(outline: Outline) -> Iterator[Finding]:
    """A section follows up a question that is not there, or that does not ask for a text."""
    texts = {
        f"{entry.section['id']}.{entry.id}": entry.answer_type.free_text
        for entry in outline.entries
        if entry.group is None and "follows_up" not in entry.section
    }
    for place, section in _following(outline):
        name = section["follows_up"]
        if not texts.get(name):
            code = "follows_no_text" if name in texts else "follows_unknown"
            yield outline.finding((*place, "follows_up"), code, name=name)


def followers_of_clusters(outline: Outline) -> Iterator[Finding]:
    """An anonymous questionnaire follows something up, which only one who is known can have written."""
    for place, _ in _following(outline):
        if outline.source.get("respondent") == "anonymous":
            yield outline.finding((*place, "follows_up"), "follows_people")


def followers_asked_once(outline: Outline) -> Iterator[Finding]:
    """A section that follows something up is repeated for outcomes as well."""
    for place, section in _following(outline):
        if "for_each" in section:
            yield outline.finding((*place, "for_each"), "follows_for_each")


def contents_of_followers(outline: Outline) -> Iterator[Finding]:
    """A section that follows something up holds a group."""
    for entry in outline.entries:
        if "follows_up" in entry.section and entry.answer_type.repeats:
            yield outline.finding((*entry.place, "type"), "follows_with_group")


def earlier_answers_in_place(outline: Outline) -> Iterator[Finding]:
    """An earlier answer is to be shown in a section that follows nothing up."""
    for entry in outline.entries:
        if entry.answer_type.quotes and "follows_up" not in entry.section:
            yield outline.finding((*entry.place, "type"), "quotes_nothing")


def _following(outline: Outline) -> Iterator[tuple[JsonPlace, JsonObject]]:
    return ((place, section) for place, section in outline.sections if "follows_up" in section)
