"""When two people have changed the same answer: what each of them wrote, and what the second of them chooses.

Criteria and the cells of a matrix are answers of their own here, so that a choice about one leaves the others alone.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import MultiDict

from survey.collection.responses.merge import Base, Clash, Edits, Part, fingerprint, merge, parts_of
from survey.questionnaire.definition import Question
from survey.questionnaire.types import answer_type
from survey.questionnaire.types.base import AnswerLine
from survey.questionnaire.walk import Page
from survey.web.respond.fields import FieldContext
from survey.web.respond.form_targets import Version
from survey.web.site.errors import TOKEN
from survey.web.site.language import SWITCH

BASE = "base"
KEEP = "keep-"
RESOLVING = "settling"
MINE, THEIRS, BOTH = "mine", "theirs", "both"
WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class AnswerConflict:
    """An answer, or part of one, that two people changed differently; None where one of them cleared it."""

    question: Question
    part: Part
    mine: Any
    theirs: Any

    @property
    def name(self) -> str:
        """The name of the control that resolves it."""
        return choice_name(self.part)

    @property
    def both(self) -> Any:
        """Both answers in one, theirs first; None where that cannot be."""
        if self.part[1:] or self.mine is None or self.theirs is None:
            return None
        return answer_type(self.question).joined(self.theirs, self.mine)

    @property
    def choices(self) -> tuple[str, ...]:
        """What can be chosen."""
        return (MINE, THEIRS) if self.both is None else (MINE, THEIRS, BOTH)

    def lines(self, answer: Any, setting: FieldContext) -> list[AnswerLine]:
        """One of the two answers, as a person reads it."""
        if answer is None:
            return []
        whole = answer
        for key in reversed(self.part[1:]):
            whole = {key: whole}
        return answer_type(self.question).lines(self.question, whole, setting)

    def heading(self, setting: FieldContext) -> str:
        """What the answers are about."""
        for answer in (self.mine, self.theirs):
            for line in self.lines(answer, setting) if self.part[1:] else []:
                if line.label:
                    return line.label
        return setting.texts(self.question.label)


class OpenConflicts(Exception):
    """Answers that two people changed differently. `undecided` are those left open in a reply.

    `base` is what the choices are about: the others' answers as they are shown with them.
    """

    def __init__(
        self,
        conflicts: list[AnswerConflict],
        theirs: Version,
        base: Base,
        undecided: tuple[AnswerConflict, ...] = (),
    ) -> None:
        super().__init__(len(conflicts))
        self.conflicts = conflicts
        self.theirs = theirs
        self.base = base
        self.undecided = undecided


def choice_name(part: Part) -> str:
    """The name of the control that resolves a conflict about a part."""
    return KEEP + "-".join(part)


def asked_about(changed: Edits, theirs: Version, clashes: Iterable[Clash], sent: Mapping[str, str]) -> list[Clash]:
    """What a person has to choose about: the clashes, and what she was asked about before and still differs."""
    clashing = {clash.part for clash in clashes}
    asked = sent.get(RESOLVING, "").split()
    there = parts_of(theirs.answers)
    return [
        Clash(part, mine, there.get(part))
        for part, mine in changed.items()
        if part in clashing or (choice_name(part) in asked and there.get(part) != mine)
    ]


def open_conflicts(page: Page, clashes: Iterable[Clash], theirs: Version, base: Base | None) -> OpenConflicts:
    """The conflicts that a page of choices shows, in the order of its questions."""
    seen = dict(base or {})
    questions = {question.id: question for question in page.section.questions}
    conflicts: list[AnswerConflict] = []
    for clash in clashes:
        seen.pop(clash.part, None)
        if clash.theirs is not None:
            seen[clash.part] = fingerprint(clash.theirs)
        conflicts.append(AnswerConflict(questions[clash.part[0]], clash.part, clash.mine, clash.theirs))
    order = list(questions)
    conflicts.sort(key=lambda conflict: order.index(conflict.question.id))
    return OpenConflicts(conflicts, theirs, seen)


def resolved(page: Page, changed: Edits, theirs: Version, base: Base | None, sent: Mapping[str, str]) -> Edits:
    """What is to be saved once a person has chosen. Raises OpenConflicts while she has not made all choices."""
    about = open_conflicts(page, asked_about(changed, theirs, (), sent), theirs, base)
    undecided = tuple(conflict for conflict in about.conflicts if sent.get(conflict.name) not in conflict.choices)
    if undecided:
        raise OpenConflicts(about.conflicts, theirs, about.base, undecided)
    kept = dict(changed)
    for conflict in about.conflicts:
        if sent[conflict.name] == THEIRS:
            del kept[conflict.part]
        elif sent[conflict.name] == BOTH:
            kept[conflict.part] = conflict.both
    return kept


def returned_to(page: Page, changed: Edits, theirs: Version, base: Base | None, sent: Mapping[str, str]) -> list[Clash]:
    """The texts of a form that stood on the page before, as they were or written on, and have been written anew since.

    Going Back, a browser without scripts puts what was typed then into the page as it is now, whose base goes along. So
    nobody is taken to want a text of before until she has said so.
    """
    there, asked, base = parts_of(theirs.answers), sent.get(RESOLVING, "").split(), base or {}
    texts = {question.id for question in page.section.questions if answer_type(question).free_text}
    return [
        Clash(part, mine, there[part])
        for part, mine in changed.items()
        if part[0] in texts
        and mine is not None
        and choice_name(part) not in asked
        and part in there
        and base.get(part) == fingerprint(there[part])
        and any(_is_of_before(mine, save.was.get(part[0]), there[part]) for save in theirs.saves)
    ]


def _is_of_before(mine: str, was: str | None, now: str) -> bool:
    """Whether it is a text that was there, or has all its words and not all of those that are there now."""
    if was is None:
        return False
    words = set(WORD.findall(mine))
    return mine == was or (words.issuperset(WORD.findall(was)) and not words.issuperset(WORD.findall(now)))


def still_open(
    page: Page, changed: Edits, theirs: Version, base: Base | None, sent: Mapping[str, str]
) -> OpenConflicts:
    """What a person has to choose about, if anything, who comes back to what she sent before."""
    clashes = (*merge(theirs.answers, base, changed).clashes, *returned_to(page, changed, theirs, base, sent))
    about = open_conflicts(page, asked_about(changed, theirs, clashes, sent), theirs, base)
    asked = sent.get(RESOLVING, "").split()
    undecided = tuple(
        conflict
        for conflict in about.conflicts
        if conflict.name in asked and sent.get(conflict.name) not in conflict.choices
    )
    return OpenConflicts(about.conflicts, theirs, about.base, undecided)


def fields_beside_choices(sent: MultiDict[str, str]) -> list[tuple[str, str]]:
    """What was typed, for the page of choices to carry along."""
    own = {TOKEN, SWITCH, BASE, RESOLVING}
    return [(name, value) for name, value in sent.items(multi=True) if name not in own and not name.startswith(KEEP)]
