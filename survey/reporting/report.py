"""A series of rounds together with the language it is told in: what every sheet is made from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from survey.collection.clusters import Cluster, HealthBoard
from survey.languages import Language, Phrase
from survey.questionnaire.definition import Option, Question, Section
from survey.questionnaire.framework import Outcome
from survey.questionnaire.texts import Texts
from survey.reporting.frames import UNREADABLE, RoundData
from survey.reporting.series import RoundSeries
from survey.reporting.workbook.description import Sheet

OUTCOME = Phrase("workbook", "%(module)s %(number)s: %(name)s")
_STATUSES = {
    "not_started": Phrase("workbook status", "Not started"),
    "in_progress": Phrase("workbook status", "In progress"),
    "submitted": Phrase("workbook status", "Submitted"),
    "reopened": Phrase("workbook status", "Reopened"),
    UNREADABLE: Phrase("workbook status", "Cannot be read"),
}


@dataclass(frozen=True, eq=False)
class Report:
    """A series in one language, with names in the order of that language. `is_open`: answers may still come."""

    series: RoundSeries
    language: Language
    is_open: bool

    @property
    def data(self) -> RoundData:
        """The round the workbook is about."""
        return self.series.current

    @cached_property
    def texts(self) -> Texts:
        """The words of the questionnaire and framework as the round was opened with them."""
        return self.data.frozen.texts[self.language.code]

    @cached_property
    def boards(self) -> tuple[HealthBoard, ...]:
        """The health boards that have clusters, by name."""
        clusters = self.data.frozen.clusters
        boards = (board for board in clusters.health_boards if clusters.of_board(board.code))
        return tuple(sorted(boards, key=lambda board: self.language.sort_key(self.board_name(board.code))))

    @cached_property
    def clusters(self) -> tuple[Cluster, ...]:
        """Every cluster of the round, by name within its health board, the boards by name."""
        return tuple(
            cluster
            for board in self.boards
            for cluster in sorted(
                self.data.frozen.clusters.of_board(board.code),
                key=lambda cluster: self.language.sort_key(cluster.name(self.language.code)),
            )
        )

    @cached_property
    def outcomes(self) -> tuple[Outcome, ...]:
        """The outcomes assigned to any cluster, in the framework's order."""
        assigned = {outcome for outcomes in self.data.assigned.values() for outcome in outcomes}
        framework = self.data.frozen.framework
        return tuple(outcome for outcome in framework.outcomes if outcome.id in assigned) if framework else ()

    @property
    def year(self) -> str:
        """The reporting year, such as 2026-27."""
        return self.data.year

    @property
    def wales(self) -> str:
        """The name of the country, for rows that cover all of it."""
        return self.language.pgettext("workbook", "Wales")

    def board_name(self, code: str) -> str:
        """The name of a health board."""
        return self._board_names[code]

    def cluster_name(self, code: str) -> str:
        """The name of a cluster of this round."""
        return self._cluster_names[code]

    def outcome_name(self, outcome: Outcome) -> str:
        """“PCMW 1: An informed public”."""
        return self._outcome_names[outcome.id]

    def all_outcomes(self) -> str:
        """What stands in place of an outcome's name in a row for all of them."""
        return self.language.pgettext("workbook", "All outcomes")

    def status_name(self, status: str) -> str:
        """A status of a response in words."""
        return self.language.say(_STATUSES[status])

    def titled(self, title: str) -> str:
        """A sheet's title with the reporting year."""
        return f"{title}, {self.year}"

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

    def option_name(self, options: Sequence[Option], code: str) -> str:
        """The words of an option; the code itself when it is not among them."""
        return next((self.texts(option.label) for option in options if option.code == code), code)

    @cached_property
    def _made(self) -> "dict[SheetMaker, Sheet]":
        return {}

    @cached_property
    def _board_names(self) -> dict[str, str]:
        return {board.code: board.name(self.language.code) for board in self.data.frozen.clusters.health_boards}

    @cached_property
    def _cluster_names(self) -> dict[str, str]:
        return {cluster.code: cluster.name(self.language.code) for cluster in self.data.frozen.clusters.clusters}

    @cached_property
    def _outcome_names(self) -> dict[str, str]:
        framework = self.data.frozen.framework
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
