"""Long lists: where they may be asked, and that each answer which filters one leaves something to choose."""

from collections.abc import Iterator

from survey.questionnaire.builder import JsonObject
from survey.questionnaire.checks.outline import Outline, OutlineEntry
from survey.questionnaire.findings import Finding
from survey.questionnaire.lists import LONGEST_TO_SHOW
from survey.questionnaire.types import ANSWER_TYPES

FILTER = "filtered_by"


def lists_to_search(outline: Outline) -> Iterator[Finding]:
    """A question that shows all its options has more than anybody reads."""
    for place, owner in outline.option_owners():
        searched = "type" in owner and ANSWER_TYPES[owner["type"]].searched
        if len(outline.options(owner)) > LONGEST_TO_SHOW and not searched:
            yield outline.finding((*place, "option_set"), "list_to_search", most=LONGEST_TO_SHOW)


def lists_of_people(outline: Outline) -> Iterator[Finding]:
    """Of so many answers of unnamed people nearly every figure would have to be hidden."""
    for entry in outline.entries:
        is_long = len(outline.options(entry.source)) > LONGEST_TO_SHOW
        if outline.source["respondent"] == "anonymous" and entry.answer_type.searched and is_long:
            yield outline.finding((*entry.place, "option_set"), "list_of_people", most=LONGEST_TO_SHOW)


def filters_of_one_option(outline: Outline) -> Iterator[Finding]:
    """A list is filtered by a question that does not take exactly one option."""
    for entry, target in _filtered(outline):
        if target.answer_type.compares_as != "code":
            yield outline.finding((*entry.place, FILTER), "filter_kind", name=entry.source[FILTER])


def options_that_belong(outline: Outline) -> Iterator[Finding]:
    """An option belongs to an answer that cannot be given, or nothing is filtered by what options belong to."""
    filters: dict[str, list[OutlineEntry]] = {}
    for entry, target in _filtered(outline):
        filters.setdefault(entry.source["option_set"], []).append(target)
    for name, options in outline.option_sets.items():
        codes = {code for target in filters.get(name, ()) for code in outline.codes(target.source)}
        for number, option in enumerate(options):
            if "belongs_to" in option and option["belongs_to"] not in codes:
                place = ("option_sets", name, number, "belongs_to")
                yield outline.finding(place, "belongs_to_nothing", code=option["belongs_to"])


def filters_that_leave_something(outline: Outline) -> Iterator[Finding]:
    """After an answer there would be nothing to choose."""
    belonging = {
        name: {option.get("belongs_to") for option in options} for name, options in outline.option_sets.items()
    }
    for entry, target in _filtered(outline):
        left = belonging.get(entry.source["option_set"], {None})
        if None in left or target.answer_type.compares_as != "code":
            continue
        empty = [code for code in outline.codes(target.source) if code not in left]
        if empty:
            yield outline.finding((*entry.place, FILTER), "filter_leaves_nothing", code=empty[0])


def last_of_lists(outline: Outline) -> Iterator[Finding]:
    """An option is to stand last where all stand as they are written."""
    searched = {entry.source["option_set"] for entry in outline.entries if entry.answer_type.searched}
    for name, options in outline.option_sets.items():
        for number, option in enumerate(options):
            if "last" in option and name not in searched:
                yield outline.finding(("option_sets", name, number, "last"), "last_as_written")


def _filtered(outline: Outline) -> Iterator[tuple[OutlineEntry, OutlineEntry]]:
    """The questions with a filter, each with the question that filters it."""
    for entry in outline.entries:
        target = outline.named(entry.source[FILTER], entry) if FILTER in entry.source else None
        if target is not None:
            yield entry, target


def offered_together(options: list[JsonObject]) -> Iterator[list[tuple[int, JsonObject]]]:
    """The options of a list that one reader can see together, each with its place: all, or those of each answer."""
    numbered = list(enumerate(options))
    answers = dict.fromkeys(option["belongs_to"] for option in options if "belongs_to" in option)
    if not answers:
        yield numbered
    for answer in answers:
        yield [(place, option) for place, option in numbered if option.get("belongs_to", answer) == answer]
