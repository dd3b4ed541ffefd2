"""A questionnaire as frozen objects: what is asked, in which order, under which conditions.

Every text that a person reads is a `Text`: its stable place (the message context in the catalogue) and its
English. Which words appear in which language is settled by `texts.Texts`, never here.
"""

from dataclasses import dataclass, field
from typing import Literal

from survey.questionnaire.figures import Figure
from survey.questionnaire.limits import Limit
from survey.questionnaire.rules import Rule

RespondentKind = Literal["cluster", "anonymous"]
Sensitivity = Literal["ordinary", "sensitive"]
TextFormat = Literal["postcode", "phone", "ods_code"]


@dataclass(frozen=True, slots=True)
class Text:
    """A text of a definition: `key` is its message context, for example `self-reflection.about.how.label`.

    `about` tells it apart where the same is asked of several things. With `is_name` it is the same in every language.
    """

    key: str
    english: str
    about: "Text | None" = None
    is_name: bool = False


@dataclass(frozen=True, slots=True)
class FollowedUp:
    """What a cluster wrote in an earlier `year` and is asked about now: the words, and the language they are in.

    `outcome` is the id of the outcome it was about, or nothing.
    """

    outcome: str
    year: str
    words: str
    written_in: str


@dataclass(frozen=True, slots=True)
class Option:
    """One choice. `code` is what is stored; `reveals` names a question that is drawn inside the option.

    `value` is what reports count with on a scale; an option without one is left out of means. `middle` is that of a
    scale with two sides (where none is, each of the two beside its middle). In a list that an earlier
    answer filters, `belongs_to` is the code of that answer; nothing: it is offered after any. `last` stands after those
    that are in the order of the alphabet.
    """

    code: str
    label: Text
    hint: Text | None = None
    exclusive: bool = False
    reveals: str | None = None
    value: float | None = None
    middle: bool = False
    belongs_to: str | None = None
    last: bool = False


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One line of a matrix; rows with the same `group` stand under one heading."""

    id: str
    label: Text
    group: str | None = None


@dataclass(frozen=True, slots=True)
class MatrixRowGroup:
    """A heading over rows of a matrix."""

    id: str
    label: Text


@dataclass(frozen=True, slots=True)
class MatrixColumn:
    """One scale that every row of a matrix is rated on."""

    id: str
    label: Text
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """One question of a section, or of a repeating group. It equals itself only, so that looking it up costs little.

    `type` names an answer type (`survey.questionnaire.types`). Lengths count characters. `minimum` and
    `maximum` bound numbers and years, `limits` days, and whatever depends on other answers; `most` bounds how many
    options, ranks or group items may be given. `filtered_by` names the question
    whose answer says which options of a list are offered. `format` names the form that a short text has to have;
    `figure` what is worked out from other answers, and `unit` in what it is counted. `shows` names questions of earlier
    pages, as rules do, whose answers stand over this one.
    `autocomplete` says what of their own somebody is asked, as HTML names it, so that a browser can fill it in.
    `takes_files`: files may be attached to its page, which are shown with it.
    `measure` names the measure of the workbook that this question feeds, so that reporting never needs to
    know its id; `sensitivity` is how its figures are protected where people answer unnamed. `since` is the edition
    that first asked it and `was` the id it had before. `heading` stands over it and over the questions after it.
    `follows` is what it asks about, in a section that follows something up.
    """

    id: str
    type: str
    label: Text
    heading: Text | None = None
    hint: Text | None = None
    required: bool = False
    show_when: Rule | None = None
    options: tuple[Option, ...] = ()
    rows: tuple[MatrixRow, ...] = ()
    row_groups: tuple[MatrixRowGroup, ...] = ()
    columns: tuple[MatrixColumn, ...] = ()
    questions: tuple["Question", ...] = ()
    takes_files: bool = False
    item_label: Text | None = None
    add_label: Text | None = None
    max_length: int | None = None
    format: TextFormat | None = None
    minimum: float | None = None
    maximum: float | None = None
    limits: tuple[Limit, ...] = ()
    most: int | None = None
    filtered_by: str | None = None
    calculate: str | None = None
    figure: Figure | None = None
    shows: tuple[str, ...] = ()
    unit: Text | None = None
    autocomplete: str | None = None
    measure: str | None = None
    sensitivity: Sensitivity = "sensitive"
    since: str | None = None
    was: str | None = None
    revealed_by: str | None = None
    follows: FollowedUp | None = None

    def option(self, code: str) -> Option | None:
        """The option with this code, or None."""
        return next((option for option in self.options if option.code == code), None)


@dataclass(frozen=True, slots=True)
class Section:
    """A page of questions; with `for_each` it is asked once for each assigned outcome.

    With `follows_up`, `section.question`, its questions are asked once for each answer that the cluster gave to that
    question the year before (`survey.questionnaire.follow_up`).
    A `worksheet` is a working paper of the team: kept with its response, never submitted. `short_title` is for where
    there is little room.
    """

    id: str
    title: Text
    short_title: Text | None = None
    text: Text | None = None
    worksheet: bool = False
    for_each: Literal["assigned_outcomes"] | None = None
    follows_up: str | None = None
    show_when: Rule | None = None
    questions: tuple[Question, ...] = ()

    def question(self, question_id: str) -> Question | None:
        """The question with this id, or None. Questions inside a repeating group are not searched."""
        return next((question for question in self.questions if question.id == question_id), None)

    def heading_over(self, question: Question) -> Text | None:
        """The heading that a question stands under: its own, or the nearest before it. None where there is none."""
        so_far = self.questions[: self.questions.index(question) + 1]
        return next((before.heading for before in reversed(so_far) if before.heading), None)


@dataclass(frozen=True, slots=True)
class LevelRule:
    """How answers to criteria point to a level: `level_rule` in docs/authors.md.

    `met` are the states of a criterion that count as met, `left_out` those that take it out of the reckoning,
    `below` the code for a team that has not yet reached the lowest level.
    """

    version: str
    met: frozenset[str] = field(default_factory=frozenset)
    left_out: frozenset[str] = field(default_factory=frozenset)
    below: str = "working_towards"


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """One edition of a questionnaire. `respondent` says who gives a response: a cluster, or a person, once, unnamed.

    `prepare` lists what to have ready before answering.
    """

    id: str
    edition: str
    respondent: RespondentKind
    title: Text
    description: Text | None = None
    prepare: tuple[Text, ...] = ()
    framework_id: str | None = None
    level_rule: LevelRule | None = None
    sections: tuple[Section, ...] = ()

    def section(self, section_id: str) -> Section | None:
        """The section with this id, or None."""
        return next((section for section in self.sections if section.id == section_id), None)
