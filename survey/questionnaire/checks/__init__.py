"""Checks of meaning: what a JSON Schema cannot say. Each is one small function, named after what it finds."""

from collections.abc import Callable, Iterator

from survey.questionnaire.checks import conditions, continuity, names, placement, reachability, texts
from survey.questionnaire.checks.outline import JsonObject, Outline
from survey.questionnaire.checks.reference import clusters_findings, framework_findings
from survey.questionnaire.findings import Finding

Check = Callable[[Outline], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    names.duplicate_sections,
    names.duplicate_questions,
    names.duplicate_others,
    names.other_codes,
    names.reserved_ids,
    names.duplicate_codes,
    names.duplicate_parts,
    names.unknown_option_sets,
    names.unused_option_sets,
    names.unknown_row_groups,
    names.unused_row_groups,
    placement.outcome_needed,
    placement.group_contents,
    placement.groups_of_clusters,
    placement.criteria_before_calculation,
    placement.one_criteria_question,
    placement.level_rule_present,
    placement.framework_present,
    placement.level_rule_codes,
    placement.level_rule_overlap,
    placement.level_rule_below,
    placement.ranges,
    placement.most_of_options,
    placement.exclusive_options,
    conditions.unknown_names,
    conditions.later_names,
    conditions.repeated_sections,
    conditions.answerless_names,
    conditions.answers_of_several_parts,
    conditions.unknown_codes,
    conditions.order_of_codes,
    conditions.kinds_of_answers,
    reachability.unreachable,
    texts.straight_quotes,
    texts.two_blanks,
    texts.lengths,
    continuity.was_current,
    continuity.was_twice,
    continuity.since_later,
    continuity.since_and_was,
    continuity.measure_twice,
    continuity.measure_types,
    continuity.comments_of_enablers,
)


def questionnaire_findings(source: JsonObject, file: str) -> list[Finding]:
    """Every fault of meaning in a questionnaire whose shape is right."""
    outline = Outline(source, file)
    return [finding for check in CHECKS for finding in check(outline)]


__all__ = ["CHECKS", "Check", "clusters_findings", "framework_findings", "questionnaire_findings"]
