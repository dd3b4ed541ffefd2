"""Which answers reports count, and from which answer types each can be counted.

A question says what it is for with `measure`, so that reports find it in every edition, whatever its id. The
names are those of the enumeration in `questionnaires/schema/questionnaire.schema.json`.
"""

_TEXT = frozenset({"short_text", "long_text"})
_LEVEL = frozenset({"maturity"})
_ONE = frozenset({"single_choice"})
_SOME = frozenset({"multiple_choice"})
_DAY = frozenset({"date"})

MEASURES: dict[str, frozenset[str]] = {
    "participants": _SOME,
    "how_done": _ONE,
    "population": frozenset({"whole_number"}),
    "change": _TEXT,
    "criteria": frozenset({"criteria"}),
    "indicated_level": frozenset({"calculated"}),
    "judged_level": _LEVEL,
    "level_difference": _TEXT,
    "went_well": _TEXT,
    "went_less_well": _TEXT,
    "do_differently": _TEXT,
    "evidence": _TEXT,
    "action": _TEXT,
    "action_lead": _TEXT,
    "action_due": _DAY,
    "enabler": frozenset({"scale"}),
    "enabler_comment": _TEXT,
    "other_enablers": _TEXT,
    "other_barriers": _TEXT,
    "help_wanted": _TEXT,
    "help_from": _ONE,
    "good_practice": frozenset({"group"}),
    "good_practice_title": _TEXT,
    "good_practice_problem": _TEXT,
    "good_practice_done": _TEXT,
    "good_practice_how": _TEXT,
    "good_practice_learning": _TEXT,
    "good_practice_outcomes": _SOME,
    "good_practice_contact": _TEXT,
    "good_practice_share": _ONE,
    "signed_name": _TEXT,
    "signed_role": _TEXT,
    "signed_date": _DAY,
    "agreed": _ONE,
    "reservations": _TEXT,
    "profession": _ONE,
    "employer": _ONE,
    "years_in_role": _ONE,
    "hours": _ONE,
    "across_clusters": _ONE,
    "skills": frozenset({"matrix"}),
    "training_needs": frozenset({"ranking"}),
    "learning_preferences": _SOME,
    "obstacles": _SOME,
    "protected_time": _ONE,
    "welsh_understanding": _ONE,
    "welsh_reading": _ONE,
    "welsh_writing": _ONE,
    "welsh_use": _ONE,
    "welsh_wish": _ONE,
    "stay": _ONE,
    "stay_help": _SOME,
    "wellbeing": frozenset({"scale"}),
    "anything_else": _TEXT,
}

# Several questions each; the id says which (`enabler_leading`, `enabler_leading_comment`, `wellbeing_workload`).
REPEATED = frozenset({"enabler", "enabler_comment", "wellbeing"})
COMMENT_END = "_comment"
