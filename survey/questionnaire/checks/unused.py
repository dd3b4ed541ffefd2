"""What is no fault, and an author may not know: answers that are kept and exported, and that no report shows."""

from collections.abc import Iterator

from survey.questionnaire.checks.outline import Outline
from survey.questionnaire.findings import Finding


def in_no_table(outline: Outline) -> Iterator[Finding]:
    """A question that is submitted has no measure, so that it is in no table."""
    for entry in outline.entries:
        is_submitted = entry.answer_type.stores_answer and not entry.section.get("worksheet")
        if is_submitted and "measure" not in entry.source:
            yield outline.finding(entry.place, "in_no_table")
