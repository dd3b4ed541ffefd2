"""What is released of the workforce survey: every figure that may be shown, and no other; and the same in a language.

Counted are all respondents by health board, profession, and profession and health board together; and for each item the
people in its base, by health board and by profession. Figures of an answer to an ordinary question are shown where
their base is, so what anybody can work out from them is, at the closest, the answers of all hidden groups together, and
those are never fewer people than the threshold. Of a sensitive question each answer is counted too, and a figure is
shown where every number is that it is worked out from.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from survey.questionnaire.definition import Option, Question, Section
from survey.reporting.disclosure.counts import CountCell, PeopleGroup
from survey.reporting.disclosure.linked_counts import LinkedCounts, answer_key
from survey.reporting.disclosure.protection import (
    EVERYBODY,
    Breakdown,
    Groups,
    board_breakdown,
)
from survey.reporting.measures.tallies import Tally, tallies
from survey.reporting.measures.workforce import COUNTED, PROFESSION
from survey.reporting.records.people import BOARD, People
from survey.reporting.workbooks.generic.answers import AskedItem, asked
from survey.reporting.workbooks.generic.people import AnswerRelease, AnswersByGroup, count_answers
from survey.reporting.workbooks.report import HIDDEN, UNRELIABLE, PeopleReport
from survey.reporting.xlsx.description import Cell, Sheet, Shorthand

PROFESSIONS = "profession"
NO_PROFESSION = ""
DECIMALS = 2


@dataclass(frozen=True, eq=False)
class WorkforceRelease(AnswerRelease):
    """The figures of a round: the items counted of each of the questionnaire’s measures, and the answers to all other
    questions."""

    groups: Groups
    tallies: Mapping[str, tuple[Tally, ...]]

    def figure(self, tally: Tally, name: str, group: PeopleGroup) -> float | Shorthand:
        """A share or mean of a group, of numbers as they are shown; [c] where it needs one that is not, [u] where the
        base is small for rounded numbers or none is left."""
        numbers_of = self._numbers[tally.key]
        place = self.groups.place[group]
        base = self.count(group, tally.key)

        def number(answer: str) -> int | None:
            cell = CountCell(answer_key(tally.key, answer), group)
            if tally.question.sensitivity == "sensitive" and cell not in self.counts.values:
                return None
            return self.of_base(base, self.shown(numbers_of[answer][place], cell))

        if base is None:
            return HIDDEN
        if self.is_coarse(base):
            return UNRELIABLE
        figure = 0.0
        for average in tally.figures[name]:
            shown = {answer: known for answer in average.needs if (known := number(answer)) is not None}
            if len(shown) < len(average.needs):
                return HIDDEN
            of_base = shown[average.of] / base if average.of and base else 1.0
            out_of = sum(shown[answer] for answer in average.weights) if average.among else base
            if not of_base:
                continue
            if not out_of:
                return UNRELIABLE
            mean = sum(weight * shown[answer] for answer, weight in average.weights.items()) / out_of
            figure += min(mean, max(average.weights.values())) * of_base
        return figure

    @cached_property
    def _numbers(self) -> Mapping[str, Mapping[str, Sequence[float]]]:
        """The numbers of each item counted, of each answer by group, where they are quickly found."""
        return {
            tally.key: {answer: numbers.tolist() for answer, numbers in tally.answers.items()}
            for of_measure in self.tallies.values()
            for tally in of_measure
        }

    @property
    def professions(self) -> tuple[PeopleGroup, ...]:
        """The groups by profession, in the order of the questionnaire."""
        return tuple(group for group in self.groups.all if group[:1] == (PROFESSIONS,))


def release_of(people: People, threshold: int, withheld: frozenset[CountCell] = frozenset()) -> WorkforceRelease:
    """Count everything, hide what must be hidden, and attack the result. Raises Recoverable: then write nothing.

    `withheld` is hidden whatever it holds.
    """
    linked, (others, answers, groups, counted) = _everything(people)
    counts, hidden, untold, every = linked.protected(threshold, withheld)
    return WorkforceRelease(
        people,
        threshold,
        counts,
        hidden,
        others,
        answers,
        groups,
        counted,
        ordinary=linked.ordinary,
        untold=untold,
        every=every,
    )


def count(people: People) -> Mapping[CountCell, int]:
    """Every number that a release of some people would hold, shown or hidden."""
    return _everything(people)[0].values


_Figures = tuple[tuple[AskedItem, ...], Mapping[str, AnswersByGroup], Groups, Mapping[str, tuple[Tally, ...]]]


def _everything(people: People) -> tuple[LinkedCounts, _Figures]:
    """The counts, then the figures of a `Release` in their order."""
    boards, professions = board_breakdown(people), _profession_breakdown(people)
    groups = Groups(boards, professions)
    linked = LinkedCounts(people, groups)
    linked.add_crossed(professions, boards)
    counted = {name: tuple(_counted(people, groups, name)) for name in COUNTED}
    for of_measure in counted.values():
        for tally in of_measure:
            linked.add_answered(tally.key, tally.base)
            if tally.question.sensitivity == "sensitive":
                linked.add_sensitive(tally.key, {answer: tally.answers[answer] for answer in tally.told}, tally.one_of)
            else:
                only_in_means = {*tally.answers}.difference(tally.shared)
                linked.add_ordinary(tally.key, tally.answers, tally.one_of, only_in_means, tally.parts)
    elsewhere = {*COUNTED, PROFESSION.question}
    others = tuple(
        asked((variable for variable in people.variables if variable.measure not in elsewhere), people.columns)
    )
    return linked, (others, count_answers(linked, groups, others), groups, counted)


def asked_for(people: People, measure: str) -> Iterator[tuple[Section, Question]]:
    """The questions that feed a measure of the questionnaire, in its order."""
    for section in people.snapshot.questionnaire.sections:
        for question in section.questions:
            if question.measure == measure:
                yield section, question


def _counted(people: People, groups: Groups, name: str) -> Iterator[Tally]:
    for section, question in asked_for(people, name):
        yield from tallies(people, groups, section, question, COUNTED[name].left_out)


def _profession_breakdown(people: People) -> Breakdown:
    """The groups by profession, with one for those who gave none when there are any."""
    section, question = next(asked_for(people, PROFESSION.question))
    places = people.columns[f"{section.id}.{question.id}"]
    codes = [option.code for option in question.options]
    if np.isnan(places).any():
        places = np.nan_to_num(places, nan=len(codes))
        codes.append(NO_PROFESSION)
    return Breakdown.of(((PROFESSIONS, code) for code in codes), places)


class WorkforceReport(PeopleReport[WorkforceRelease]):
    """A release with its names in the order of a language; professions stand in the order of the questionnaire."""

    @property
    def groups(self) -> tuple[PeopleGroup, ...]:
        """Wales, the health boards, the professions."""
        return (EVERYBODY, *self.board_groups, *self.shown.professions)

    def breakdown(self, group: PeopleGroup) -> str:
        """By what a group is set apart."""
        if group == EVERYBODY:
            return self.wales
        if group[0] == BOARD:
            return self.pgettext("workbook", "Health board")
        return self.pgettext("workbook", "Profession")

    def group_name(self, group: PeopleGroup) -> str:
        """The name of Wales, a health board or a profession."""
        if group == EVERYBODY:
            return self.wales
        kind, code = group
        return self.board_name(code) if kind == BOARD else self._professions[code]

    def tallies(self, *measures: str) -> Iterator[Tally]:
        """The items counted of some measures of the questionnaire, in its order."""
        for measure in measures:
            yield from self.shown.tallies[measure]

    def options(self, *measures: str) -> tuple[Option, ...]:
        """The options of the first question that feeds one of the measures; none when none is asked."""
        return next((tally.options for tally in self.tallies(*measures)), ())

    def base(self, tally: Tally, group: PeopleGroup) -> Cell:
        """The base of an item in a group, or [c]."""
        return self.count(group, tally.key)

    def figure(self, tally: Tally, name: str, group: PeopleGroup) -> Cell:
        """A share in whole percent or a mean to two decimals, or what stands in its place."""
        figure = self.shown.figure(tally, name, group)
        return figure if isinstance(figure, Shorthand) else round(figure, DECIMALS)

    @cached_property
    def _professions(self) -> dict[str, str]:
        _, question = next(asked_for(self.shown.people, PROFESSION.question))
        return {
            **{option.code: self.texts(option.label) for option in question.options},
            NO_PROFESSION: self.pgettext("workbook", "No answer"),
        }


SheetMaker = Callable[[WorkforceReport], Sheet]
