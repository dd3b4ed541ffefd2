"""One made-up member of staff: profession, skills, wishes, as probable as they are together.

Everything follows from a source of chance, so that the same one gives the same answers. Answers are found by what a
question measures and by the codes of its options; a code that is not named here is as likely as any other.
"""

import random
from collections.abc import Mapping, Sequence
from typing import Any

from survey.demonstration.comments import COMMENTS
from survey.questionnaire.definition import Option, Question, Section
from survey.questionnaire.types import answer_type

Weights = Mapping[str, float]

PROFESSIONS: Weights = {
    "gp": 13,
    "practice_nurse": 10,
    "advanced_nurse_practitioner": 4,
    "community_nurse": 7,
    "health_visitor": 2,
    "midwife": 1.5,
    "healthcare_support_worker": 6,
    "pharmacist": 7,
    "pharmacy_technician": 3,
    "dentist": 3,
    "dental_care_professional": 3,
    "optometrist": 3,
    "physiotherapist": 3,
    "occupational_therapist": 2,
    "podiatrist": 0.8,
    "dietitian": 0.8,
    "speech_language_therapist": 0.4,
    "paramedic": 1.5,
    "mental_health_practitioner": 3,
    "social_worker": 1,
    "social_prescriber": 2.5,
    "receptionist": 12,
    "administrator": 7,
    "practice_manager": 4.5,
    "cluster_manager": 1.2,
    "other": 1.2,
    "prefer_not_to_say": 1.6,
}
_COMMUNITY: Weights = {"health_board": 14, "local_authority": 1, "third_sector": 1, "prefer_not_to_say": 0.3}
_PRACTICE: Weights = {"general_practice": 16, "health_board": 2, "self_employed": 1, "prefer_not_to_say": 0.3}
EMPLOYERS: Mapping[str, Weights] = {
    "pharmacist": {"community_pharmacy": 11, "general_practice": 4, "health_board": 4, "self_employed": 2},
    "pharmacy_technician": {"community_pharmacy": 12, "general_practice": 2, "health_board": 4},
    "dentist": {"dental_practice": 16, "health_board": 2, "self_employed": 3},
    "dental_care_professional": {"dental_practice": 18, "health_board": 2},
    "optometrist": {"optometry_practice": 18, "self_employed": 2},
    "social_worker": {"local_authority": 15, "health_board": 2},
    "social_prescriber": {"third_sector": 9, "general_practice": 4, "health_board": 3, "local_authority": 2},
    "cluster_manager": {"health_board": 12, "general_practice": 3},
    **dict.fromkeys(
        (
            "community_nurse",
            "health_visitor",
            "midwife",
            "physiotherapist",
            "occupational_therapist",
            "podiatrist",
            "dietitian",
            "speech_language_therapist",
            "mental_health_practitioner",
            "paramedic",
        ),
        _COMMUNITY,
    ),
}
MANAGERS = frozenset({"practice_manager", "cluster_manager"})
OFFICE = frozenset({"receptionist", "administrator"})
IMPORTANCE: Mapping[str, float] = {
    # Group of skills → how important it is to somebody who is neither a manager nor in the office, from 1 to 4.
    "working_as_a_cluster": 2.3,
    "improving_care": 2.8,
    "working_with_people": 3.3,
    "leading": 2.7,
}
HARD: Mapping[str, float] = {
    "finance": 0.9,
    "business_cases": 1.0,
    "evaluation": 0.9,
    "using_data": 0.5,
    "needs_assessment": 0.5,
    "co_production": 0.5,
    "chairing": 0.3,
    "information_governance": 0.1,
    "signposting": -0.2,
    "shared_decisions": -0.2,
}
YEARS: Weights = {"under_1": 11, "from_1_to_2": 15, "from_3_to_5": 21, "from_6_to_10": 22, "over_10": 29}
EXPERIENCE = {"under_1": -0.6, "from_1_to_2": -0.3, "from_3_to_5": 0.0, "from_6_to_10": 0.2, "over_10": 0.35}
LIKELY: Mapping[str, Weights] = {
    "years_in_role": {**YEARS, "prefer_not_to_say": 2},
    "hours": {
        "under_16": 8,
        "from_16_to_29": 27,
        "from_30_to_38": 43,
        "over_38": 16,
        "varies": 4,
        "prefer_not_to_say": 2,
    },
    "across_clusters": {"yes": 14, "no": 80, "dont_know": 6},
    "protected_time": {"yes_used": 27, "yes_unused": 29, "no": 36, "dont_know": 8},
    "welsh_wish": {"yes_next_year": 29, "yes_later": 32, "no": 31, "no_need": 8},
    "stay": {
        "under_1": 7,
        "from_1_to_2": 11,
        "from_3_to_5": 19,
        "over_5": 44,
        "dont_know": 14,
        "prefer_not_to_say": 5,
    },
}
WELSH_SPEAKING: Mapping[str, float] = {
    "betsi-cadwaladr": 2.0,
    "hywel-dda": 1.9,
    "powys": 1.1,
    "swansea-bay": 1.0,
    "cwm-taf-morgannwg": 0.8,
    "cardiff-and-vale": 0.8,
    "aneurin-bevan": 0.6,
}
"""About how many levels of Welsh people have, by the short name of the health board."""
COMMENTING = 0.12
SKIPPING = 0.03


class Member:
    """Somebody who answers once."""

    def __init__(self, board: str, die: random.Random) -> None:
        """`board` is the short name of the health board she works in."""
        self._die = die
        self.profession = self._one_of(PROFESSIONS)
        self.years = self._one_of(YEARS)
        self.spirits = die.gauss(0, 0.7)
        self.welsh = min(5, max(0, round(die.gauss(WELSH_SPEAKING.get(board, 1.0), 1.5))))
        self.language = "cy" if self.welsh >= 3 and die.random() < 0.6 else "en"

    def answers(self, section: Section) -> dict[str, Any]:
        """Her answers to a section, by question id."""
        answers = {question.id: self._answer(question) for question in section.questions}
        return {name: answer for name, answer in answers.items() if answer is not None}

    def _answer(self, question: Question) -> Any:
        kind = answer_type(question)
        if kind.counted_as == "ratings":
            return self._skills(question)
        if not question.required and self._die.random() < SKIPPING:
            return None
        match kind.counted_as:
            case "ranking":
                return self._ranked(question)
            case "choices":
                return self._several(question)
            case "rating":
                return self._agreement(question.options)
            case "choice":
                return self._chosen(question)
            case "text" if self._die.random() < COMMENTING:
                return self._die.choice(COMMENTS[self.language])
        return kind.made_up(question, self._die)

    def _chosen(self, question: Question) -> str:
        codes = [option.code for option in question.options]
        measure = question.measure or ""
        if measure == "profession" and self.profession in codes:
            return self.profession
        if measure == "employer":
            return self._one_of(EMPLOYERS.get(self.profession, _PRACTICE), codes)
        if measure in ("welsh_understanding", "welsh_reading", "welsh_writing"):
            less = 0 if measure == "welsh_understanding" else self._die.choice((0, 0, 1))
            return codes[max(0, min(self.welsh - less, len(codes) - 1))]
        if measure == "welsh_use":
            return codes[0 if self.welsh >= 4 else self._die.choice((1, 2)) if self.welsh >= 1 else 3]
        if measure == "years_in_role" and self._die.random() > 0.02:
            return self.years
        return self._one_of(LIKELY.get(measure, {}), codes)

    def _skills(self, question: Question) -> dict[str, dict[str, str]] | None:
        answer = {}
        for row in question.rows:
            if self._die.random() < SKIPPING:
                continue
            importance = self._die.gauss(self._importance(row.id, row.group or ""), 0.75)
            ease = 2.75 - HARD.get(row.id, 0.2) + EXPERIENCE[self.years] + (0.4 if self.profession in MANAGERS else 0)
            confidence = self._die.gauss(ease, 0.75)
            cells = {}
            for column, score in zip(question.columns, (importance, confidence), strict=False):
                cells[column.id] = _nearest(column.options, score)
            aside = [option.code for option in question.columns[-1].options if option.value is None]
            if aside and importance < 1.5 and self._die.random() < 0.6:
                cells[question.columns[-1].id] = aside[0]
            answer[row.id] = cells
        return answer or None

    def _importance(self, row: str, group: str) -> float:
        typical = IMPORTANCE.get(group, 2.7)
        if self.profession in MANAGERS:
            return min(3.7, typical + (1.1 if group != "working_with_people" else -0.2))
        if self.profession in OFFICE:
            return 3.6 if row in ("signposting", "information_governance") else typical - 0.7
        return typical

    def _ranked(self, question: Question) -> list[str] | None:
        wanted = sorted(
            question.options,
            key=lambda option: -HARD.get(option.code, 0.3) - self._die.gauss(0, 0.6),
        )
        count = self._die.choice((0, 2, 3, 3, 4, 5, 5))
        return [option.code for option in wanted[: min(count, question.most or count)]] or None

    def _several(self, question: Question) -> list[str]:
        alone = [option.code for option in question.options if option.exclusive]
        if alone and self._die.random() < 0.06:
            return [self._die.choice(alone)]
        # The first options of a list are the commonest.
        open_to = [option.code for option in question.options if not option.exclusive]
        weights = [len(open_to) * 1.5 - place for place in range(len(open_to))]
        chosen = {self._die.choices(open_to, weights)[0] for _ in range(self._die.choice((1, 2, 3, 3)))}
        return [code for code in open_to if code in chosen][: question.most]

    def _agreement(self, options: Sequence[Option]) -> str:
        if self._die.random() < 0.03:
            aside = [option.code for option in options if option.value is None]
            if aside:
                return aside[0]
        return _nearest(options, 3.1 + self.spirits + self._die.gauss(0, 0.8))

    def _one_of(self, weights: Weights, codes: Sequence[str] | None = None) -> str:
        known = list(weights) if codes is None else list(codes)
        fitting = [weights.get(code, 0.0) for code in known]
        return self._die.choices(known, fitting if any(fitting) else None)[0]


def _nearest(options: Sequence[Option], score: float) -> str:
    """The code of the option whose value is nearest to a score."""
    valued = [(option.value, option.code) for option in options if option.value is not None]
    return min(valued, key=lambda valued_option: abs(valued_option[0] - score))[1]
