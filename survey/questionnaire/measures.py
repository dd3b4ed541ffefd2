"""Which answers reports count, and how answers that feed each have to be counted.

A question says what it is for with `measure`, so that reports find it in every edition, whatever its id. The names,
in `measures.json`, are those of the enumeration in `questionnaires/schema/questionnaire.schema.json`.
"""

import json
from collections.abc import Mapping
from pathlib import Path

from survey.questionnaire.types.base import CountedAs

MEASURES: Mapping[str, CountedAs] = json.loads(Path(__file__).with_suffix(".json").read_text("utf-8"))

# Several questions each; the id says which (`enabler_leading`, `enabler_leading_comment`, `wellbeing_workload`).
REPEATED = frozenset({"enabler", "enabler_comment", "wellbeing"})
COMMENT_END = "_comment"
