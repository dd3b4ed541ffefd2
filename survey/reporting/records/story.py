"""One cluster over the years that are kept: its levels by outcome, what it said it would do, and how that went.

Only what it submitted is told. A question is followed from year to year as everywhere (`same_question`), an outcome is
the same in every year in which it has the same code.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from survey.collection.errors import DomainError
from survey.collection.responses.response import Submission, read_response
from survey.collection.rounds.round import readable_rounds
from survey.collection.rounds.snapshot import RoundSnapshot, load_snapshot
from survey.questionnaire.continuity import same_question
from survey.questionnaire.definition import Question, Section
from survey.questionnaire.framework import Outcome
from survey.questionnaire.texts import Texts
from survey.questionnaire.walk import Page, Walk
from survey.storage.repository import Repository, Unreadable

YearState = Literal["submitted", "not_submitted", "not_listed", "unreadable"]
TextsOf = Callable[[RoundSnapshot], Texts]
"""The words of a round in the reader’s language."""


@dataclass(frozen=True, slots=True)
class StoryYear:
    """A reporting year, like "2025-26", and what there is of the cluster in it."""

    year: str
    state: YearState
    submitted_at: datetime | None


@dataclass(frozen=True, slots=True)
class Levels:
    """The two levels in one year, in words; nothing where there is none. `asked`: whether the outcome was put to it."""

    asked: bool
    judged: str = ""
    indicated: str = ""


@dataclass(frozen=True, slots=True)
class OutcomeStory:
    """An outcome with its levels of each year, in the order of the years."""

    outcome: Outcome
    name: str
    levels: tuple[Levels, ...]


@dataclass(frozen=True, slots=True)
class ClusterText:
    """What the cluster wrote, and in which language; nothing where it wrote nothing."""

    text: str = ""
    written_in: str = ""


@dataclass(frozen=True, slots=True)
class ActionStory:
    """What the cluster said it would do. `asked_in` is the year in which it was asked how that `went`, or nothing."""

    year: str
    about: str
    action: ClusterText
    lead: ClusterText
    due: date | None
    asked_in: str = ""
    went: str = ""
    comment: ClusterText = ClusterText()


@dataclass(frozen=True, slots=True)
class Story:
    """The years, oldest first; the outcomes in the framework’s order; the actions by year.

    `rules_differ`: the rule for the level that answers point to is not the same in all years.
    """

    years: tuple[StoryYear, ...]
    outcomes: tuple[OutcomeStory, ...]
    actions: tuple[ActionStory, ...]
    rules_differ: bool


def story_of(repository: Repository, current: RoundSnapshot, cluster_code: str, texts_of: TextsOf) -> Story:
    """The story of a cluster up to a round, told in the words that each round was opened with."""
    rounds, _ = readable_rounds(repository)
    before = [load_snapshot(repository, other.id) for other in rounds if other.precedes(current.round)]
    chapters = [_Chapter(repository, current, snapshot, cluster_code, texts_of) for snapshot in (*before, current)]
    told = [chapter for chapter in chapters if chapter.path is not None]
    rules = {rule.version for chapter in told if (rule := chapter.snapshot.questionnaire.level_rule)}
    return Story(
        tuple(chapter.year for chapter in chapters),
        tuple(_outcomes(chapters)),
        tuple(_actions(chapters)),
        len(rules) > 1,
    )


class _Chapter:
    """One round of the story."""

    def __init__(
        self,
        repository: Repository,
        current: RoundSnapshot,
        snapshot: RoundSnapshot,
        cluster_code: str,
        texts_of: TextsOf,
    ) -> None:
        self.snapshot = snapshot
        self.texts = texts_of(snapshot)
        self._current = current
        self.submission: Submission | None = None
        self.path: Walk | None = None
        self.pages: tuple[Page, ...] = ()
        state: YearState = "not_submitted"
        try:
            instrument = snapshot.instrument(cluster_code)
            self.pages = instrument.submitted_pages
            self.submission = read_response(repository, snapshot.round.id, cluster_code).counted
            self.path = instrument.walk(self.submission.answers) if self.submission else None
            state = "submitted" if self.submission else "not_submitted"
        except DomainError:
            state = "not_listed"
        except Unreadable:
            state = "unreadable"
        at = self.submission.submitted_at if self.submission else None
        self.year = StoryYear(snapshot.round.reporting_year, state, at)

    def outcomes(self) -> list[Outcome]:
        """What the cluster was asked about."""
        return list(dict.fromkeys(page.outcome for page in self.pages if page.outcome))

    def levels(self, outcome_id: str) -> Levels:
        page = next((page for page in self.pages if page.outcome and page.outcome.id == outcome_id), None)
        if page is None:
            return Levels(asked=False)
        return Levels(True, self._option(page, "judged_level"), self._option(page, "indicated_level"))

    def actions(self) -> Iterator[tuple[Outcome | None, ClusterText, ClusterText, date | None]]:
        """What it said it would do, with its lead and its date."""
        for page in self.pages:
            action = self._words(page, "action")
            if action.text:
                due = self._value(page, "action_due")
                yield page.outcome, action, self._words(page, "action_lead"), date.fromisoformat(due) if due else None

    def followed(self, year: str, outcome_id: str) -> tuple[str, ClusterText] | None:
        """How an action of another year went, in words, and what was said of it; None where nobody asked."""
        following = [
            (page, question)
            for page in self.pages
            for question in page.section.questions
            if question.follows and (question.follows.year, question.follows.outcome) == (year, outcome_id)
        ]
        if not following:
            return None
        by_measure = {question.measure: (page, question) for page, question in following}
        went = by_measure.get("action_went")
        comment = by_measure.get("action_went_comment")
        return self._label(*went) if went else "", self._written(*comment) if comment else ClusterText()

    def _question(self, page: Page, measure: str) -> Question | None:
        section = self._current.questionnaire.section(page.section.id)
        now = _feeding(section, measure) if section else None
        if section is None or now is None:
            return _feeding(page.section, measure)
        return same_question(section, now, self.snapshot.questionnaire)

    def _value(self, page: Page, measure: str) -> Any:
        question = self._question(page, measure)
        return self.path.value(page.key, question.id) if self.path and question else None

    def _option(self, page: Page, measure: str) -> str:
        question = self._question(page, measure)
        return self._label(page, question) if question else ""

    def _label(self, page: Page, question: Question) -> str:
        code = self.path.value(page.key, question.id) if self.path else None
        option = question.option(code) if code else None
        return self.texts(option.label) if option else ""

    def _words(self, page: Page, measure: str) -> ClusterText:
        question = self._question(page, measure)
        return self._written(page, question) if question else ClusterText()

    def _written(self, page: Page, question: Question) -> ClusterText:
        text = self.path.value(page.key, question.id) if self.path else None
        if text is None or self.submission is None:
            return ClusterText()
        return ClusterText(
            text, self.submission.written_in.get(page.key, {}).get(question.id, self.submission.submitted_in)
        )


def _feeding(section: Section, measure: str) -> Question | None:
    return next((question for question in section.questions if question.measure == measure), None)


def _outcomes(chapters: list[_Chapter]) -> Iterator[OutcomeStory]:
    """Every outcome that was asked in any year, by the name it had last."""
    last = {outcome.id: (outcome, chapter) for chapter in chapters for outcome in chapter.outcomes()}
    framework = chapters[-1].snapshot.framework
    order = [outcome.id for outcome in framework.outcomes] if framework else []
    for outcome_id in sorted(last, key=lambda code: (order.index(code) if code in order else len(order), code)):
        outcome, chapter = last[outcome_id]
        levels = tuple(chapter.levels(outcome_id) for chapter in chapters)
        yield OutcomeStory(outcome, chapter.texts(outcome.name), levels)


def _actions(chapters: list[_Chapter]) -> Iterator[ActionStory]:
    for place, chapter in enumerate(chapters):
        for outcome, action, lead, due in chapter.actions():
            told = ActionStory(chapter.year.year, chapter.texts(outcome.name) if outcome else "", action, lead, due)
            yield _with_how_it_went(told, outcome.id if outcome else "", chapters[place + 1 :])


def _with_how_it_went(told: ActionStory, outcome_id: str, later: list[_Chapter]) -> ActionStory:
    for chapter in later:
        followed = chapter.followed(told.year, outcome_id)
        if followed is not None:
            went, comment = followed
            return ActionStory(
                told.year, told.about, told.action, told.lead, told.due, chapter.year.year, went, comment
            )
    return told
