"""Checks of meaning: what a JSON Schema cannot say. Each is one small function, named after what it finds."""

from collections.abc import Callable, Iterator

from survey.questionnaire.checks import continuing, naming, placing, reaching, ruling, wording
from survey.questionnaire.checks.outline import Outline, Source
from survey.questionnaire.checks.reference import clusters_findings, framework_findings
from survey.questionnaire.findings import Finding

Check = Callable[[Outline], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    naming.duplicate_sections,
    naming.duplicate_questions,
    naming.duplicate_others,
    naming.other_codes,
    naming.reserved_ids,
    naming.duplicate_codes,
    naming.duplicate_parts,
    naming.unknown_option_sets,
    naming.unused_option_sets,
    naming.unknown_row_groups,
    naming.unused_row_groups,
    placing.outcome_needed,
    placing.group_contents,
    placing.groups_of_clusters,
    placing.criteria_before_calculation,
    placing.one_criteria_question,
    placing.level_rule_present,
    placing.framework_present,
    placing.level_rule_codes,
    placing.level_rule_overlap,
    placing.level_rule_below,
    placing.ranges,
    placing.most_of_options,
    placing.exclusive_options,
    ruling.unknown_names,
    ruling.later_names,
    ruling.repeated_sections,
    ruling.answerless_names,
    ruling.answers_of_several_parts,
    ruling.unknown_codes,
    ruling.order_of_codes,
    ruling.kinds_of_answers,
    reaching.unreachable,
    wording.straight_quotes,
    wording.two_blanks,
    wording.lengths,
    continuing.was_current,
    continuing.was_twice,
    continuing.since_later,
    continuing.since_and_was,
    continuing.measure_twice,
    continuing.measure_types,
    continuing.comments_of_enablers,
)


def questionnaire_findings(source: Source, file: str) -> list[Finding]:
    """Every fault of meaning in a questionnaire whose shape is right."""
    outline = Outline(source, file)
    return [finding for check in CHECKS for finding in check(outline)]


__all__ = ["CHECKS", "Check", "clusters_findings", "framework_findings", "questionnaire_findings"]
