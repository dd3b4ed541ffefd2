"""What may be shown of a round of people, told in one language."""

from functools import cached_property

from survey.languages import Language
from survey.reporting.disclosure.counts import PeopleGroup
from survey.reporting.disclosure.protection import BOARD, EVERYBODY, RESPONDENTS, Protected
from survey.reporting.workbooks.localised import LocalisedRound
from survey.reporting.xlsx.description import Cell, Shorthand

HIDDEN = Shorthand.CONFIDENTIAL
SMALL_GROUPS = "small_groups"


class PeopleReport(LocalisedRound):
    """Protected counts with their names, in the order of a language."""

    def __init__(self, shown: Protected, language: Language) -> None:
        super().__init__(shown.people.snapshot, language)
        self.shown = shown

    @cached_property
    def board_groups(self) -> tuple[PeopleGroup, ...]:
        """The health boards, by name."""
        return tuple((BOARD, board.code) for board in self.boards)

    def count(self, group: PeopleGroup, of: str = RESPONDENTS) -> Cell:
        """A number of people, or [c]."""
        found = self.shown.count(group, of)
        return HIDDEN if found is None else found

    @property
    def responses(self) -> str:
        """The number of all responses in words."""
        found = self.shown.count(EVERYBODY)
        if found is None:
            return self.language.pgettext("workbook", "fewer than %(threshold)s", threshold=self.shown.threshold)
        return self.language.number(found)

    @property
    def hidden_meaning(self) -> dict[Shorthand, str]:
        """What [c] means in a table of people."""
        return {
            HIDDEN: self.language.pgettext(
                "workbook",
                "confidential: fewer than %(threshold)s people, or hidden so that no smaller group can be worked out",
                threshold=self.shown.threshold,
            )
        }
