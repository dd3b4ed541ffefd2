"""What is no fault, and an author may not know: answers that have no part in what reports make of the others."""

from collections.abc import Iterator

from survey.questionnaire.checks.outline import Outline
from survey.questionnaire.findings import Finding


def in_no_table_of_its_own(outline: Outline) -> Iterator[Finding]:
    """A question has no measure, where others have one: it is counted by its type alone.

    Where no question has one, the workbook counts all of them so, and there is nothing to tell.
    """
    if not any("measure" in entry.source for entry in outline.entries):
        return
    is_unnamed = outline.source["respondent"] == "anonymous"
    for entry in outline.entries:
        # What people write in their own words is in no sheet, whatever it feeds.
        is_in_sheets = entry.answer_type.stores_answer and not (is_unnamed and entry.answer_type.free_text)
        if is_in_sheets and not entry.section.get("worksheet") and "measure" not in entry.source:
            yield outline.finding(entry.place, "in_no_table_of_its_own")
