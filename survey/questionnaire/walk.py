"""The path of one response through its questionnaire: what is asked of it, what is still missing.

*Not asked* (a rule leaves the question out) and *not answered* are kept apart here, and by everything that
reads a `Walk`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby, product
from typing import Any, Literal

from survey.questionnaire.definition import Question, Questionnaire, Section
from survey.questionnaire.figures import worked_out
from survey.questionnaire.follow_up import Followed, section_about
from survey.questionnaire.framework import Framework, Outcome
from survey.questionnaire.levels import indicated_level
from survey.questionnaire.limits import Known
from survey.questionnaire.problems import Problem
from survey.questionnaire.rules import holds
from survey.questionnaire.types import answer_type
from survey.questionnaire.types.group import asked_of

PageAnswers = Mapping[str, Any]
Answers = Mapping[str, PageAnswers]
Completion = Literal["not_started", "in_progress", "complete"]


@dataclass(frozen=True, slots=True)
class Page:
    """A section as it is answered: once, or once for an outcome. Its key is `about`, or `outcome/pcmw-01`."""

    key: str
    section: Section
    outcome: Outcome | None = None

    @property
    def anchor(self) -> str:
        """Its key as the id of an element."""
        return self.key.replace("/", "-")


@dataclass(frozen=True, slots=True)
class Gap:
    """Something a response needs before it can be submitted."""

    page: Page
    question: Question
    problem: Problem


class Instrument:
    """A questionnaire as it is put to one respondent: with its framework, the outcomes assigned to it, and what the
    respondent wrote before and is asked about now.
    """

    def __init__(
        self,
        questionnaire: Questionnaire,
        framework: Framework | None,
        assigned: tuple[str, ...] = (),
        followed: Followed | None = None,
    ) -> None:
        """`assigned` are outcome ids; they are asked in the framework's order. Raises KeyError for an unknown one."""
        self.questionnaire = questionnaire
        self.followed = followed or {}
        self.framework = framework
        outcomes = framework.outcomes if framework else ()
        unknown = set(assigned) - {outcome.id for outcome in outcomes}
        if unknown:
            raise KeyError(", ".join(sorted(unknown)))
        self.outcomes = tuple(outcome for outcome in outcomes if outcome.id in assigned)

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """Every page, in order, whether or not a rule leaves it out; without those that follow nothing up.

        Sections for each outcome that follow each other are asked outcome by outcome.
        """
        asked = [section for section in map(self._asked_of_this_one, self.questionnaire.sections) if section.questions]
        return tuple(
            Page(f"{section.id}/{outcome.id}" if outcome else section.id, section, outcome)
            for for_each, sections in groupby(asked, lambda section: section.for_each)
            for outcome, section in product(self.outcomes if for_each else (None,), tuple(sections))
        )

    def _asked_of_this_one(self, section: Section) -> Section:
        if section.follows_up is None:
            return section
        return section_about(section, self.followed.get(section.follows_up, ()), self.framework)

    @cached_property
    def submitted_pages(self) -> tuple[Page, ...]:
        """The pages whose answers are submitted: all but the worksheets."""
        return tuple(page for page in self.pages if not page.section.worksheet)

    def page(self, key: str) -> Page | None:
        """The page with this key, or None."""
        return next((page for page in self.pages if page.key == key), None)

    def walk(self, answers: Answers, today: date | None = None) -> "Walk":
        """The path that these (canonical) answers take; `today` is the day on which they are given, if that is now."""
        return Walk(self, answers, today)

    def known_on(self, page: Page, answers: Answers, today: date | None) -> Known:
        """What an answer on a page, or in an item of a group, which is no page of these, is held against."""
        given = {name: answer for name, answer in answers.get(page.key, {}).items() if answer is not None}
        if self.page(page.key) is None:
            return Known(asked_of(page.section.questions, given)[1].get, today)
        return self.walk({**answers, page.key: given}, today).known_on(page)


class Walk:
    """One response's way: `asked` questions by page key, `answers` on that way only, `calculated` values.

    `ending` is the page and the question where it ends before its time, for whoever is not to answer.
    """

    def __init__(self, instrument: Instrument, answers: Answers, today: date | None = None) -> None:
        """Walks the pages in order; a rule sees only answers to questions that were themselves asked."""
        self.instrument = instrument
        self._today = today
        self.asked: dict[str, tuple[Question, ...]] = {}
        self.answers: dict[str, dict[str, Any]] = {}
        self.calculated: dict[str, dict[str, Any]] = {}
        self.ending: tuple[Page, Question] | None = None
        for page in instrument.pages:
            ending = self._walk_page(page, answers.get(page.key, {}))
            if ending:
                self.ending = page, ending
                break

    def _walk_page(self, page: Page, given: PageAnswers) -> Question | None:
        """Walk a page: the question with which the way ends there, if it does."""

        def lookup(name: str) -> Any:
            return self._lookup(page.key, name)

        if not holds(page.section.show_when, lookup):
            return None
        asked: list[Question] = []
        answers: dict[str, Any] = {}
        self.answers[page.key] = answers
        self.calculated[page.key] = {}
        for question in page.section.questions:
            if question.show_when is not None and not holds(question.show_when, lookup):
                continue
            kind = answer_type(question)
            if kind.shows_value:
                value = self._calculate(question, page)
                if value is None and not _may_be_calculated(question, page):
                    continue
                self.calculated[page.key][question.id] = value
            asked.append(question)
            if question.id in given and kind.stores_answer:
                answers[question.id] = kind.on_path(question, given[question.id])
        self.asked[page.key] = tuple(asked)
        return next((question for question in asked if answer_type(question).ends), None)

    def _lookup(self, page_key: str, name: str) -> Any:
        if "." in name:
            page_key, name = name.split(".", 1)
        return self.value(page_key, name)

    def value(self, page_key: str, question_id: str) -> Any:
        """The answer to a question or the value calculated for it; None where there is neither."""
        answer = self.answers.get(page_key, {}).get(question_id)
        return answer if answer is not None else self.calculated.get(page_key, {}).get(question_id)

    def _calculate(self, question: Question, page: Page) -> str | float | None:
        if question.figure is not None:
            return worked_out(question.figure, lambda name: self._lookup(page.key, name))
        if question.calculate is None:
            return question.follows.words if question.follows else None
        rule = self.instrument.questionnaire.level_rule
        framework = self.instrument.framework
        if question.calculate != "indicated_level" or page.outcome is None or rule is None or framework is None:
            return None
        answers = self.answers[page.key]
        criteria = (question.id for question in page.section.questions if answer_type(question).judges_criteria)
        return indicated_level(framework, page.outcome, answers.get(next(criteria, ""), {}), rule)

    @property
    def pages(self) -> tuple[Page, ...]:
        """The pages that are asked and submitted, in order."""
        return tuple(page for page in self.instrument.submitted_pages if page.key in self.asked)

    @property
    def worksheets(self) -> tuple[Page, ...]:
        """The worksheets that there are, in order."""
        return tuple(page for page in self.instrument.pages if page.section.worksheet and page.key in self.asked)

    def gaps(self, page_key: str | None = None) -> tuple[Gap, ...]:
        """Everything that submission still needs, of one page or of all, in the order of the pages."""
        return tuple(
            Gap(page, question, problem)
            for page in self.pages
            if page_key in (None, page.key)
            for question in self.asked[page.key]
            for problem in self._gaps(page, question)
        )

    def _gaps(self, page: Page, question: Question) -> tuple[Problem, ...]:
        kind, answer = answer_type(question), self.answers[page.key].get(question.id)
        gaps = kind.gaps(question, answer, page.outcome)
        return gaps if answer is None else (*gaps, *kind.beyond(question, answer, self.known_on(page)))

    def known_on(self, page: Page) -> Known:
        """What the answers of a page are held against."""
        return Known(lambda name: self._lookup(page.key, name), self._today)

    def called_for(self) -> tuple[tuple[Page, Question], ...]:
        """Questions that the answers given call for and that have none: rules ask them, and nobody has to answer them.

        Which others, where others took part; why, where two levels differ.
        """
        return tuple(
            (page, question)
            for page in self.pages
            for question in self.asked[page.key]
            if question.show_when is not None
            and answer_type(question).is_optional(question)
            and question.id not in self.answers[page.key]
        )

    def completion(self, page_key: str, *, saved: bool) -> Completion:
        """How far a page is. A page of which nothing is required is complete once it has been saved."""
        if not saved:
            return "not_started"
        return "in_progress" if self.gaps(page_key) else "complete"


def _may_be_calculated(question: Question, page: Page) -> bool:
    return question.figure is not None or (
        question.calculate == "indicated_level" and page.outcome is not None and page.outcome.has_levels
    )


def read_page(page: Page, raw: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, tuple[Problem, ...]]]:
    """Raw answers of a page in canonical form, as far as a draft keeps them, and the problems by question id.

    Unknown ids are problems too.
    """
    answers: dict[str, Any] = {}
    problems: dict[str, tuple[Problem, ...]] = {}
    stored = [question for question in page.section.questions if answer_type(question).stores_answer]
    for question in stored:
        reading = answer_type(question).read(question, raw.get(question.id), page.outcome)
        if reading.problems:
            problems[question.id] = reading.problems
        if reading.keeps_draft and reading.answer is not None:
            answers[question.id] = reading.answer
    for name in raw.keys() - {question.id for question in stored}:
        problems[str(name)] = (Problem("unknown_part", {}, str(name)),)
    return answers, problems
