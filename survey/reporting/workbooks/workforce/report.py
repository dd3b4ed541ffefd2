"""A release told in one language: what every sheet of the workforce workbook is made from."""

from collections.abc import Callable, Iterator
from functools import cached_property

from survey.questionnaire.definition import Option
from survey.reporting.disclosure.counts import PeopleGroup
from survey.reporting.disclosure.protection import BOARD, EVERYBODY
from survey.reporting.measures.tallies import Tally
from survey.reporting.measures.workforce import PROFESSION
from survey.reporting.workbooks.report import HIDDEN, PeopleReport
from survey.reporting.workbooks.workforce.release import NO_PROFESSION, Release, asked_for
from survey.reporting.xlsx.description import Cell, Sheet

DECIMALS = 2


class WorkforceReport(PeopleReport[Release]):
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
        """A share in whole percent or a mean to two decimals, or [c]."""
        figure = self.shown.figure(tally, name, group)
        return HIDDEN if figure is None else round(figure, DECIMALS)

    @cached_property
    def _professions(self) -> dict[str, str]:
        _, question = next(asked_for(self.shown.people, PROFESSION.question))
        return {
            **{option.code: self.texts(option.label) for option in question.options},
            NO_PROFESSION: self.pgettext("workbook", "No answer"),
        }


SheetMaker = Callable[[WorkforceReport], Sheet]
