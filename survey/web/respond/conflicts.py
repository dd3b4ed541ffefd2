"""When two people have saved the same page: where their answers differ, and the answers that one of them chooses.

Criteria and the rows of a matrix differ one by one, so that a choice about one leaves the others alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import MultiDict

from survey.questionnaire.definition import Question
from survey.questionnaire.types import answer_type
from survey.questionnaire.types.base import AnswerLine
from survey.questionnaire.walk import Page
from survey.web.respond.fields import FieldContext
from survey.web.respond.form_targets import Version
from survey.web.site.errors import TOKEN
from survey.web.site.language import SWITCH

KEEP = "keep-"
RESOLVING = "settling"
MINE, THEIRS = "mine", "theirs"


@dataclass(frozen=True, slots=True)
class AnswerConflict:
    """An answer, or part of one, on which two versions differ; None where a version has no answer."""

    question: Question
    part: str | None
    mine: Any
    theirs: Any

    @property
    def name(self) -> str:
        """The name of the control that resolves it."""
        return KEEP + self.question.id + (f"-{self.part}" if self.part else "")

    def lines(self, answer: Any, setting: FieldContext) -> list[AnswerLine]:
        """One of the two answers, as a person reads it."""
        if answer is None:
            return []
        whole = {self.part: answer} if self.part else answer
        return answer_type(self.question).lines(self.question, whole, setting)

    def heading(self, setting: FieldContext) -> str:
        """What the answers are about."""
        for answer in (self.mine, self.theirs):
            for line in self.lines(answer, setting) if self.part else []:
                if line.label:
                    return line.label
        return setting.texts(self.question.label)


class OpenConflicts(Exception):
    """Answers that differ from a colleague's, who saved first. `undecided` are those left open in a reply."""

    def __init__(
        self, conflicts: list[AnswerConflict], theirs: Version, undecided: tuple[AnswerConflict, ...] = ()
    ) -> None:
        super().__init__(len(conflicts))
        self.conflicts = conflicts
        self.theirs = theirs
        self.undecided = undecided


def conflicts_with(
    theirs: Version, page: Page, mine: Mapping[str, Any], touched: frozenset[str] | None, sent: Mapping[str, str]
) -> list[AnswerConflict]:
    """What the person has to choose about: where versions differ, of the questions that the others have `touched`
    (None: that is not known) and of those that she was already asked to choose about.
    """
    asked = sent.get(RESOLVING, "").split()
    return [
        conflict
        for conflict in differences(page, mine, theirs.answers)
        if touched is None or conflict.question.id in touched or conflict.name in asked
    ]


def resolved(page: Page, mine: Mapping[str, Any], theirs: Version, sent: Mapping[str, str]) -> dict[str, Any]:
    """The answers that the person's choices lead to. Raises OpenConflicts while she has not made all of them."""
    conflicts = conflicts_with(theirs, page, mine, frozenset(), sent)
    undecided = tuple(conflict for conflict in conflicts if sent.get(conflict.name) not in (MINE, THEIRS))
    if undecided:
        raise OpenConflicts(conflicts, theirs, undecided)
    answers = dict(mine)
    for conflict in conflicts:
        if sent.get(conflict.name) == THEIRS:
            _put(answers, conflict)
    return answers


def fields_beside_choices(sent: MultiDict[str, str]) -> list[tuple[str, str]]:
    """What was typed, for the page of choices to carry along."""
    own = {TOKEN, SWITCH, "version", RESOLVING}
    return [(name, value) for name, value in sent.items(multi=True) if name not in own and not name.startswith(KEEP)]


def differences(page: Page, mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> list[AnswerConflict]:
    """Where two versions of a page differ, in the order of its questions."""
    conflicts = []
    for question in page.section.questions:
        my_parts, their_parts = _parts(mine.get(question.id)), _parts(theirs.get(question.id))
        for part in {**my_parts, **their_parts}:
            if my_parts.get(part) != their_parts.get(part):
                conflicts.append(AnswerConflict(question, part, my_parts.get(part), their_parts.get(part)))
    return conflicts


def _parts(answer: Any) -> dict[str | None, Any]:
    if answer is None:
        return {}
    return dict(answer) if isinstance(answer, dict) else {None: answer}


def _put(answers: dict[str, Any], conflict: AnswerConflict) -> None:
    name = conflict.question.id
    parts = {**_parts(answers.get(name)), conflict.part: conflict.theirs}
    answered = {part: answer for part, answer in parts.items() if answer is not None}
    if not answered:
        answers.pop(name, None)
    else:
        answers[name] = answered if conflict.part else answered[None]
