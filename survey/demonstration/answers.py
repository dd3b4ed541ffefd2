"""Made-up answers to one page, question by question, by what each question measures."""

import random
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from survey.demonstration import made_up
from survey.demonstration.story import DemonstrationRound, chance, criterion_states, judged
from survey.questionnaire.definition import Question
from survey.questionnaire.lists import narrowed
from survey.questionnaire.types import answer_type
from survey.questionnaire.walk import Instrument, Page

# Some of them are there to be awkward: formula-like text, long text, accents, apostrophes, emoji, lines that begin with
# a sign. They must come through the pages and the workbooks as they are.
_PHRASES = made_up("phrases")
_WRITTEN: Mapping[str, Mapping[str, Sequence[str]]] = _PHRASES["written"]
_OTHER: Mapping[str, Sequence[str]] = _PHRASES["other"]
_WORKSHEET: Mapping[str, Mapping[str, Sequence[str]]] = _PHRASES["worksheet"]
_LONG: Mapping[str, str] = _PHRASES["long"]
_OPTIONAL_SHARE = {
    "level_difference": 0.9,
    "enabler_comment": 0.3,
    "other_enablers": 0.4,
    "other_barriers": 0.4,
    "action_went_comment": 0.5,
}
_WENT = {"done": 0.35, "under_way": 0.35, "not_begun": 0.18, "no_longer_right": 0.12}
_DAYS_AHEAD = {"signed_date": (0, 1), "evidence_date": (-400, -20), "action_due": (60, 360)}
_HOW_MANY = {"good_practice": (0, 0, 0, 1, 1, 2), "evidence_items": (0, 1, 1, 2, 3)}
_LIKELY_RATING = (0.08, 0.22, 0.2, 0.34, 0.16)


class Character:
    """One cluster of the demonstration in one year, and the language it answers in."""

    def __init__(self, year: DemonstrationRound, board: str, cluster_code: str, instrument: Instrument) -> None:
        """`board` is the short name of the cluster's health board."""
        self.year = year
        self.board = board
        self.cluster = cluster_code
        self.instrument = instrument
        self.language = "cy" if chance("language", cluster_code).random() < 0.35 else "en"

    def page(self, page: Page, given: Mapping[str, Any], now: datetime) -> dict[str, Any]:
        """Answers to a page by question id; `given` are those of the pages before it."""
        answers: dict[str, Any] = {}
        for question in page.section.questions:
            path = self.instrument.walk({**given, page.key: answers})
            if question not in path.asked.get(page.key, ()) or not answer_type(question).stores_answer:
                continue
            die = chance(self.year.round, self.cluster, page.key, question.id)
            indicated = next(iter(path.calculated.get(page.key, {}).values()), None)
            offered = narrowed(question, path.known_on(page).lookup)
            answer = self._answer(offered, page, indicated, die, now)
            if answer is not None:
                answers[question.id] = answer
        return answers

    def _answer(self, question: Question, page: Page, indicated: str | None, die: random.Random, now: datetime) -> Any:
        if not question.required and die.random() > _OPTIONAL_SHARE.get(question.measure or "", 0.75):
            return None
        match answer_type(question).counted_as:
            case "criteria" if page.outcome is not None:
                return criterion_states(self.year, self.board, self.cluster, page.outcome)
            case "level" if page.outcome is not None:
                return judged(self.year, indicated, self.cluster, page.outcome)
            case "items":
                return self._items(question, page, die, now)
            case "choice" if question.measure == "action_went":
                return die.choices(list(_WENT), list(_WENT.values()))[0]
            case "rating":
                return die.choices([option.code for option in question.options], _LIKELY_RATING)[0]
            case _:
                return self._plain(question, die, now)

    def _plain(self, question: Question, die: random.Random, now: datetime) -> Any:
        match answer_type(question).counted_as:
            case "choices":
                least = 1 if question.measure == "good_practice_outcomes" else 5
                most = min(len(question.options), least + 3)
                chosen = die.sample(question.options, die.randint(min(least, most), most))
                return [option.code for option in question.options if option in chosen]
            case "number":
                return die.randrange(25_000, 100_000, 50)
            case "date":
                return (now + timedelta(days=die.randrange(*_DAYS_AHEAD[question.measure or ""]))).date().isoformat()
            case "text":
                return self._written(question, die)
            case _:
                return answer_type(question).made_up(question, die)

    def _written(self, question: Question, die: random.Random) -> str:
        if question.revealed_by:
            return die.choice(_OTHER[self.language])
        if question.measure is None:
            return die.choice(_WORKSHEET[question.id][self.language])
        if question.measure == "went_well" and die.random() < 0.02:
            return " ".join([_LONG[self.language]] * 20)[: question.max_length]
        return die.choice(_WRITTEN[question.measure or ""][self.language])

    def _items(self, question: Question, page: Page, die: random.Random, now: datetime) -> list[dict[str, Any]] | None:
        items = []
        for number in range(die.choice(_HOW_MANY[question.measure or ""])):
            inner = chance(self.year.round, self.cluster, page.key, question.id, str(number))
            item: dict[str, Any] = {"id": f"{inner.getrandbits(48):012x}"}
            for child in question.questions:
                answer = self._plain(narrowed(child, item.get), inner, now)
                if child.measure != "evidence_link" or inner.random() < 0.6:
                    item[child.id] = answer
            items.append(item)
        return items or None
