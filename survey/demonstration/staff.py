"""One made-up member of staff: profession, skills, wishes, as probable as they are together.

Everything follows from a source of chance, so that the same one gives the same answers. Answers are found by what a
question measures and by the codes of its options; a code that is not named here is as likely as any other.
"""

import random
from collections.abc import Mapping, Sequence
from typing import Any

from survey.demonstration import made_up
from survey.questionnaire.definition import Option, Question, Section
from survey.questionnaire.lists import narrowed
from survey.questionnaire.types import answer_type

Weights = Mapping[str, float]

_STAFF = made_up("staff")
PROFESSIONS: Weights = _STAFF["professions"]
MANAGERS = frozenset(_STAFF["managers"])
OFFICE = frozenset(_STAFF["office"])
EMPLOYERS: Mapping[str, Weights] = _STAFF["employers"] | dict.fromkeys(
    _STAFF["community_professions"], _STAFF["community_employers"]
)
_PRACTICE: Weights = _STAFF["practice_employers"]
IMPORTANCE: Weights = _STAFF["importance_of_skills"]
"""Group of skills → how important it is to somebody who is neither a manager nor in the office, from 1 to 4."""
HARD: Weights = _STAFF["hardness_of_skills"]
EXPERIENCE: Weights = _STAFF["experience"]
LIKELY: Mapping[str, Weights] = _STAFF["likely"]
WELSH_SPEAKING: Weights = _STAFF["welsh_by_board"]
"""About how many levels of Welsh people have, by the short name of the health board."""
COMMENTS: Mapping[str, Sequence[str]] = made_up("phrases")["comments"]
COMMENTING = 0.12
SKIPPING = 0.03


class Member:
    """Somebody who answers once."""

    def __init__(self, board: str, die: random.Random) -> None:
        """`board` is the short name of the health board she works in."""
        self._die = die
        self.profession = self._one_of(PROFESSIONS)
        self.years = self._one_of(LIKELY["years_in_role"], list(EXPERIENCE))
        self.spirits = die.gauss(0, 0.7)
        self.welsh = min(5, max(0, round(die.gauss(WELSH_SPEAKING.get(board, 1.0), 1.5))))
        self.language = "cy" if self.welsh >= 3 and die.random() < 0.6 else "en"

    def answers(self, section: Section) -> dict[str, Any]:
        """Her answers to a section, by question id."""
        answers: dict[str, Any] = {}
        for question in section.questions:
            answer = self._answer(narrowed(question, answers.get))
            if answer is not None:
                answers[question.id] = answer
        return answers

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
            scores = zip(question.columns, (importance, confidence), strict=False)
            cells = {column.id: _nearest(column.options, score) for column, score in scores}
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
