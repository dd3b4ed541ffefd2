"""A series of rounds together with the language it is told in: what every sheet is made from."""

from collections.abc import Callable, Sequence
from functools import cached_property

from survey.languages import Language, Phrase
from survey.questionnaire.definition import Option, Question, Section
from survey.questionnaire.framework import Outcome
from survey.reporting.records.frames import UNREADABLE, RoundData
from survey.reporting.records.series import RoundSeries
from survey.reporting.workbooks.localised import LocalisedRound
from survey.reporting.xlsx.description import Sheet

OUTCOME = Phrase("workbook", "%(module)s %(number)s: %(name)s")
_STATUSES = {
    "not_started": Phrase("workbook status", "Not started"),
    "in_progress": Phrase("workbook status", "In progress"),
    "submitted": Phrase("workbook status", "Submitted"),
    "reopened": Phrase("workbook status", "Reopened"),
    UNREADABLE: Phrase("workbook status", "Cannot be read"),
}


class Report(LocalisedRound):
    """A series in one language, with names in the order of that language. `is_open`: answers may still come."""

    def __init__(self, series: RoundSeries, language: Language, is_open: bool) -> None:
        super().__init__(series.current.snapshot, language)
        self.series = series
        self.is_open = is_open

    @property
    def data(self) -> RoundData:
        """The round the workbook is about."""
        return self.series.current

    @cached_property
    def outcomes(self) -> tuple[Outcome, ...]:
        """The outcomes assigned to any cluster, in the framework's order."""
        assigned = {outcome for outcomes in self.data.assigned.values() for outcome in outcomes}
        framework = self.data.snapshot.framework
        return tuple(outcome for outcome in framework.outcomes if outcome.id in assigned) if framework else ()

    def outcome_name(self, outcome: Outcome) -> str:
        """“PCMW 1: An informed public”."""
        return self._outcome_names[outcome.id]

    def all_outcomes(self) -> str:
        """What stands in place of an outcome's name in a row for all of them."""
        return self.language.pgettext("workbook", "All outcomes")

    def status_name(self, status: str) -> str:
        """A status of a response in words."""
        return self.language.say(_STATUSES[status])

    def options(self, measure: str) -> tuple[Option, ...]:
        """The options of the first question that feeds a measure; none when it is not asked."""
        return next((question.options for _, question in self.data.questions(measure)), ())

    def questions(self, measure: str) -> Sequence[tuple[Section, Question]]:
        """The questions that feed a measure."""
        return self.data.questions(measure)

    def made(self, maker: "SheetMaker") -> Sheet:
        """The sheet a function makes of this report; made once, however many sheets and charts use it."""
        if maker not in self._made:
            self._made[maker] = maker(self)
        return self._made[maker]

    @cached_property
    def _made(self) -> "dict[SheetMaker, Sheet]":
        return {}

    @cached_property
    def _outcome_names(self) -> dict[str, str]:
        framework = self.data.snapshot.framework
        if framework is None:
            return {}
        modules = {module.id: self.texts(module.short_name) for module in framework.modules}
        return {
            outcome.id: self.language.say(
                OUTCOME, module=modules[outcome.module], number=outcome.number, name=self.texts(outcome.name)
            )
            for outcome in framework.outcomes
        }


SheetMaker = Callable[[Report], Sheet]
