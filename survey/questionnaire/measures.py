"""Which answers reports count, and how answers that feed each have to be counted.

A question says what it is for with `measure`, so that reports find it in every edition, whatever its id. The
names are those of the enumeration in `questionnaires/schema/questionnaire.schema.json`.
"""

from survey.questionnaire.types.base import CountedAs

MEASURES: dict[str, CountedAs] = {
    "participants": "choices",
    "how_done": "choice",
    "population": "number",
    "change": "text",
    "criteria": "criteria",
    "indicated_level": "calculation",
    "judged_level": "level",
    "level_difference": "text",
    "went_well": "text",
    "went_less_well": "text",
    "do_differently": "text",
    "evidence": "text",
    "action": "text",
    "action_lead": "text",
    "action_due": "date",
    "enabler": "rating",
    "enabler_comment": "text",
    "other_enablers": "text",
    "other_barriers": "text",
    "help_wanted": "text",
    "help_from": "choice",
    "good_practice": "items",
    "good_practice_title": "text",
    "good_practice_problem": "text",
    "good_practice_done": "text",
    "good_practice_how": "text",
    "good_practice_learning": "text",
    "good_practice_outcomes": "choices",
    "good_practice_contact": "text",
    "good_practice_share": "choice",
    "signed_name": "text",
    "signed_role": "text",
    "signed_date": "date",
    "agreed": "choice",
    "reservations": "text",
    "profession": "choice",
    "employer": "choice",
    "years_in_role": "choice",
    "hours": "choice",
    "across_clusters": "choice",
    "skills": "ratings",
    "training_needs": "ranking",
    "learning_preferences": "choices",
    "obstacles": "choices",
    "protected_time": "choice",
    "welsh_understanding": "choice",
    "welsh_reading": "choice",
    "welsh_writing": "choice",
    "welsh_use": "choice",
    "welsh_wish": "choice",
    "stay": "choice",
    "stay_help": "choices",
    "wellbeing": "rating",
    "anything_else": "text",
}

# Several questions each; the id says which (`enabler_leading`, `enabler_leading_comment`, `wellbeing_workload`).
REPEATED = frozenset({"enabler", "enabler_comment", "wellbeing"})
COMMENT_END = "_comment"
