"""Figures that can be worked out. That what they name comes before them is looked at as with rules."""

from collections.abc import Iterator

from survey.questionnaire.checks.outline import Outline, OutlineEntry
from survey.questionnaire.findings import Finding

PAIR = 2


def figures_of_clusters(outline: Outline) -> Iterator[Finding]:
    """An anonymous questionnaire works something out, which its protected tables do not count."""
    for entry in outline.entries:
        if "figure" in entry.source and outline.source.get("respondent") == "anonymous":
            yield outline.finding((*entry.place, "type"), "figure_of_people")


def kinds_of_figures(outline: Outline) -> Iterator[Finding]:
    """What is worked out is of answers that are no numbers, or days that are not taken from one another."""
    for entry in outline.entries:
        for operation, names in entry.source.get("figure", {}).items():
            known = [target for name in names if (target := outline.named(name, entry))]
            if operation != "count" and not _fit(operation, known):
                yield outline.finding((*entry.place, "figure", operation), "figure_kind", operation=operation)


def _fit(operation: str, targets: list[OutlineEntry]) -> bool:
    kinds = {target.answer_type.compares_as for target in targets}
    return kinds <= {"number"} or (operation == "difference" and kinds == {"date"} and len(targets) == PAIR)
