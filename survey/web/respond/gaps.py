"""What a response still needs, by section, and what it is asked for besides; each with a link to its control."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import url_for
from flask_babel import npgettext, pgettext

from survey.collection.responses.response import Response
from survey.questionnaire.definition import Question
from survey.questionnaire.problems import describe
from survey.questionnaire.texts import Texts
from survey.questionnaire.types import answer_type
from survey.questionnaire.walk import Gap, Page, Walk
from survey.web.respond.forms import anchor_of
from survey.web.respond.respondent import Respondent, title_of
from survey.web.site.language import current_language

FEW = 5
"""So many are told one by one; of more, each section is told first."""

GapLink = dict[str, str]


@dataclass(frozen=True, slots=True)
class SectionGaps:
    """What one section lacks. One that has not been started, because nobody has saved it yet, may lack nothing.

    Every outcome is asked the same: `items_alone` say of which they are, for where they do not stand under the section.
    """

    title: str
    href: str
    is_started: bool
    items: list[GapLink]
    items_alone: list[GapLink]

    @property
    def sentence(self) -> str:
        """The section and how many answers it needs."""
        return npgettext(
            "gap",
            "%(section)s: %(n)s answer needed",
            "%(section)s: %(n)s answers needed",
            len(self.items),
            section=self.title,
        )


def gaps_by_section(respondent: Respondent, path: Walk, response: Response) -> list[SectionGaps]:
    """The sections that lack something or have not been started, in order."""
    sections = [_section_gaps(respondent, path, response, page) for page in path.pages]
    return [section for section in sections if section.items or not section.is_started]


def _section_gaps(respondent: Respondent, path: Walk, response: Response, page: Page) -> SectionGaps:
    items = [_gap_link(respondent, path, gap) for gap in path.gaps(page.key)]
    return SectionGaps(
        title_of(page, respondent.texts),
        respondent.address(page),
        page.key in response.pages,
        items,
        [item | {"text": _with_outcome(page, item["text"], respondent.texts)} for item in items],
    )


def as_errors(sections: Iterable[SectionGaps]) -> list[dict[str, object]]:
    """What is missing as the error summary lists it: each answer when they are few, else each section with its own."""
    lacking = [section for section in sections if section.items]
    if sum(len(section.items) for section in lacking) <= FEW:
        return [dict(item) for section in lacking for item in section.items_alone]
    return [
        {"text": section.sentence, "href": section.href, "within": section.items if section.is_started else []}
        for section in lacking
    ]


def reminders(respondent: Respondent, path: Walk) -> list[GapLink]:
    """Questions that the answers given call for and that nobody has to answer, by name."""
    return [
        {
            "text": _with_outcome(page, respondent.texts(question.label), respondent.texts),
            "href": f"{respondent.address(page)}#{anchor_of(question)}",
        }
        for page, question in path.called_for()
    ]


def _gap_link(respondent: Respondent, path: Walk, gap: Gap) -> GapLink:
    words = pgettext(
        "gap",
        "%(problem)s: “%(question)s”",
        problem=describe(gap.problem, current_language()),
        question=_about(gap, path, respondent.texts),
    )
    return {"text": words, "href": _gap_address(respondent, gap)}


def _with_outcome(page: Page, words: str, texts: Texts) -> str:
    if page.outcome is None:
        return words
    return pgettext("gap", "Outcome: %(outcome)s – %(words)s", outcome=title_of(page, texts), words=words)


def _about(gap: Gap, path: Walk, texts: Texts) -> str:
    """What a gap is about; of a group, which item of it and which question."""
    part = gap.problem.part
    kind = answer_type(gap.question)
    if not kind.repeats or not part:
        return kind.part_label(gap.question, part, gap.page.outcome, texts)
    item_id, _, child_id = part.partition(".")
    number = [item["id"] for item in path.answers[gap.page.key][gap.question.id]].index(item_id) + 1
    return f"{texts(gap.question.item_label or gap.question.label)} {number} – {texts(_child(gap, child_id).label)}"


def _child(gap: Gap, part: str) -> Question:
    return next(child for child in gap.question.questions if child.id == part.split(".")[0])


def _gap_address(respondent: Respondent, gap: Gap) -> str:
    part = gap.problem.part
    if answer_type(gap.question).repeats and part:
        item_id, _, child_id = part.partition(".")
        address = url_for("respond.item", key=gap.page.key, group=gap.question.id, item_id=item_id)
        return f"{address}#{anchor_of(_child(gap, child_id))}"
    return respondent.answer_address(gap.page, gap.question, part)
