"""Answers that are shown over a later question. That there is such a question before it is looked at as with rules."""

from collections.abc import Iterator

from survey.questionnaire.checks.outline import Outline
from survey.questionnaire.findings import Finding


def shown_on_their_own_page(outline: Outline) -> Iterator[Finding]:
    """An answer is shown on the page on which it is given: it would be the one that was saved, beside the one typed."""
    for entry in outline.entries:
        for number, name in enumerate(entry.source.get("shows", ())):
            target = outline.named(name, entry)
            if target is not None and target.section is entry.section:
                yield outline.finding((*entry.place, "shows", number), "shown_here", name=name)
