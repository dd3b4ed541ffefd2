"""Checks of meaning: what a JSON Schema cannot say. Each is one small function, named after what it finds."""

from collections.abc import Callable, Iterator, Mapping

from survey.questionnaire.checks import endings, figures, files, following, limits, names, properties, rules, texts
from survey.questionnaire.checks.outline import JsonObject, Outline
from survey.questionnaire.findings import Finding

Check = Callable[[Outline], Iterator[Finding]]

CHECKS: Mapping[str, tuple[Check, ...]] = {
    "questionnaire": (
        names.duplicate_sections,
        names.duplicate_questions,
        names.duplicate_others,
        names.other_codes,
        names.reserved_ids,
        names.duplicate_codes,
        names.duplicate_labels,
        names.duplicate_parts,
        names.unknown_option_sets,
        names.unused_option_sets,
        names.unknown_row_groups,
        names.unused_row_groups,
        following.followed_questions,
        following.followers_of_clusters,
        following.followers_asked_once,
        following.contents_of_followers,
        following.earlier_answers_in_place,
        properties.outcome_needed,
        properties.group_contents,
        properties.groups_of_clusters,
        properties.autocomplete_of_clusters,
        properties.formats_of_clusters,
        properties.criteria_before_calculation,
        properties.one_criteria_question,
        properties.level_rule_present,
        properties.framework_present,
        properties.level_rule_codes,
        properties.level_rule_overlap,
        properties.level_rule_below,
        properties.worksheets_of_outcomes,
        properties.optional_worksheets,
        properties.sensitivity_of_clusters,
        figures.figures_of_clusters,
        figures.kinds_of_figures,
        endings.endings_of_people,
        endings.endings_with_rules,
        endings.endings_last,
        limits.ranges,
        limits.days,
        properties.most_of_options,
        properties.exclusive_options,
        rules.unknown_names,
        rules.later_names,
        rules.repeated_sections,
        rules.answerless_names,
        rules.answers_of_several_parts,
        rules.unknown_codes,
        rules.order_of_codes,
        rules.kinds_of_answers,
        rules.dates,
        rules.unreachable,
        texts.straight_quotes,
        texts.two_blanks,
        texts.unseen_characters,
        texts.look_alikes,
        texts.lengths,
        properties.was_current,
        properties.was_twice,
        properties.since_later,
        properties.since_and_was,
        properties.measure_twice,
        properties.measure_types,
        properties.comments_of_enablers,
    ),
    "framework": (
        files.ids_of_outcomes,
        files.ids_of_criteria,
        files.families_and_levels,
        texts.straight_quotes,
        texts.two_blanks,
        texts.unseen_characters,
        texts.look_alikes,
        texts.lengths,
    ),
    "clusters": (files.codes_of_clusters, files.mergers_and_splits),
}


def meaning_findings(kind: str, source: JsonObject, file: str) -> list[Finding]:
    """Every fault of meaning in a file of a kind (`shape.KINDS`) whose shape is right."""
    outline = Outline(source, file)
    return [finding for check in CHECKS[kind] for finding in check(outline)]
