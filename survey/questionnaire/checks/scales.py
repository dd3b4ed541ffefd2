"""Scales with two sides: that there is one middle."""

from collections.abc import Iterator

from survey.questionnaire.builder import JsonObject
from survey.questionnaire.checks.outline import JsonPlace, Outline
from survey.questionnaire.findings import Finding


def middles_of_scales(outline: Outline) -> Iterator[Finding]:
    """More options are said to be the middle of a scale than two that are neighbours."""
    for place, options in _option_lists(outline):
        middles = [number for number, option in enumerate(options) if option.get("middle")]
        apart = [number for number in middles if number > middles[0] + 1]
        if apart:
            yield outline.finding((*place, apart[0], "middle"), "two_middles")


def _option_lists(outline: Outline) -> Iterator[tuple[JsonPlace, list[JsonObject]]]:
    for name, options in outline.option_sets.items():
        yield ("option_sets", name), options
    for place, owner in outline.option_owners():
        yield (*place, "options"), owner.get("options", [])
