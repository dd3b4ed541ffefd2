"""What a meeting pack would change of a response, part by part, and which of it somebody has to choose about.

What only the pack changed is to be taken in; what only others changed since it was made stays; both is a clash.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from survey.collection.meeting_packs.reader import FilledPack
from survey.collection.responses.merge import Base, Edits, Part, base_of, edits, fingerprint, merge, parts_of
from survey.collection.responses.response import Response
from survey.questionnaire.definition import Question
from survey.questionnaire.types import AnswerContext, AnswerLine, answer_type
from survey.questionnaire.walk import Instrument, Page

Choice = Literal["mine", "theirs", "both"]


@dataclass(frozen=True, slots=True)
class PackDifference:
    """A part of an answer that the pack has otherwise than the response; None where one of them has no answer.

    `question` is what the part answers: of an item of the `group`, a question of that, or the group for the whole item.
    """

    page: Page
    question: Question
    group: Question | None
    part: Part
    now: Any
    pack: Any
    is_clash: bool

    @property
    def name(self) -> str:
        """Names the difference for as long as the response keeps what it holds now."""
        seen = "none" if self.now is None else fingerprint(self.now)
        names = (*self.page.key.split("/"), *self.part, seen)
        return "-".join(name.strip("[]") for name in names)

    @property
    def is_whole_item(self) -> bool:
        """Whether it is that an item is there or not: the parts of the item say the rest."""
        return self.question is self.group

    @property
    def both(self) -> Any:
        """Both answers in one, that of the response first; None where that cannot be."""
        if self.now is None or self.pack is None or self._inner:
            return None
        return answer_type(self.question).joined(self.now, self.pack)

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What somebody may choose where two have changed the answer."""
        return ("theirs", "mine") if self.both is None else ("theirs", "mine", "both")

    def label(self, context: AnswerContext) -> str:
        """What the part is about."""
        part = ".".join(self._inner) or None
        return answer_type(self.question).part_label(self.question, part, self.page.outcome, context.texts)

    def lines(self, answer: Any, context: AnswerContext) -> list[AnswerLine]:
        """One of the two answers, as a person reads it."""
        if answer is None:
            return []
        for key in reversed(self._inner):
            answer = {key: answer}
        return answer_type(self.question).lines(self.question, answer, context)

    def item_number(self, *versions: Mapping[str, Any]) -> int:
        """The number of the item that it is in, counted from 1, by the first version of the page that has the item."""
        item_id = self.part[1].strip("[]")
        for answers in versions:
            ids = [item["id"] for item in answers.get(self.part[0]) or ()]
            if item_id in ids:
                return ids.index(item_id) + 1
        raise KeyError(self.part)

    @property
    def _inner(self) -> Part:
        return self.part[3:] if self.group else self.part[1:]


def differences(instrument: Instrument, filled: FilledPack, response: Response) -> list[PackDifference]:
    """What the pack would change of a response, in the order of the questionnaire."""
    return [
        difference
        for page in instrument.pages
        for difference in _of_page(page, filled, response.answers.get(page.key, {}))
    ]


def base_in_pack(page: Page, filled: FilledPack) -> Base:
    """What the pack began with on a page."""
    return base_of(filled.pack.base.get(page.key, {}))


def _of_page(page: Page, filled: FilledPack, theirs: Mapping[str, Any]) -> Iterator[PackDifference]:
    changed, base = _changed(page, filled), base_in_pack(page, filled)
    there, clashing = parts_of(theirs), {clash.part for clash in merge(theirs, base, changed).clashes}
    for question in page.section.questions:
        group = question if answer_type(question).repeats else None
        children = {child.id: child for child in question.questions}
        for part, answer in changed.items():
            if part[0] == question.id and there.get(part) != answer:
                asked = children.get(part[2], question) if part[2:] and group else question
                yield PackDifference(page, asked, group, part, there.get(part), answer, part in clashing)


def _changed(page: Page, filled: FilledPack) -> Edits:
    names = [question.id for question in page.section.questions]
    return edits(base_in_pack(page, filled), filled.answers.get(page.key, {}), names)
