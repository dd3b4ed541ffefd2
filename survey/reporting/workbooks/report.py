"""What sheets are made from: a round told in one language, and what was counted in it of clusters or of people."""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any, Generic, TypeVar

from survey.collection.responses.endings import said_of_endings
from survey.collection.rounds.clusters import Cluster, HealthBoard
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.languages import Language
from survey.questionnaire.definition import Option
from survey.questionnaire.framework import Outcome
from survey.questionnaire.texts import Texts
from survey.reporting.disclosure.counts import CountCell, PeopleGroup
from survey.reporting.disclosure.protection import EVERYBODY, RESPONDENTS, Issue, Protected
from survey.reporting.disclosure.rounding import LEAST_BASE, NOT_ROUNDED, rounded
from survey.reporting.measures.levels import Moved, movements
from survey.reporting.measures.themes import PeopleThemeCount, ThemeCount
from survey.reporting.records.people import BOARD
from survey.reporting.records.round_data import RoundData
from survey.reporting.records.series import RoundSeries
from survey.reporting.records.table_schema import STATUSES, outcome_names
from survey.reporting.xlsx.description import Cell, Sheet, Shorthand

HIDDEN, UNRELIABLE = Shorthand.CONFIDENTIAL, Shorthand.UNRELIABLE


class LocalisedRound:
    """A round told in a language, in the words it was opened with and the order which that language puts names in."""

    def __init__(self, snapshot: RoundSnapshot, language: Language) -> None:
        self.snapshot = snapshot
        self.language = language
        self.pgettext = language.pgettext
        self.npgettext = language.npgettext
        self.year = snapshot.round.reporting_year
        self._board_names = {board.code: board.name(language.code) for board in snapshot.clusters.health_boards}
        self._cluster_names = {cluster.code: cluster.name(language.code) for cluster in snapshot.clusters.clusters}
        self._made: dict[Callable[[Any], Sheet], Sheet] = {}

    def made(self, maker: Callable[[Any], Sheet]) -> Sheet:
        """The sheet a function makes of this report; made once, however many sheets and charts use it."""
        if maker not in self._made:
            self._made[maker] = maker(self)
        return self._made[maker]

    @cached_property
    def texts(self) -> Texts:
        """The words of the questionnaire and framework as the round was opened with them."""
        return self.snapshot.texts[self.language.code]

    @cached_property
    def boards(self) -> tuple[HealthBoard, ...]:
        """The health boards that have clusters, by name."""
        clusters = self.snapshot.clusters
        boards = (board for board in clusters.health_boards if clusters.of_board(board.code))
        return tuple(sorted(boards, key=lambda board: self.language.sort_key(self.board_name(board.code))))

    @cached_property
    def clusters(self) -> tuple[Cluster, ...]:
        """Every cluster of the round, by name within its health board, the boards by name."""
        return tuple(
            cluster
            for board in self.boards
            for cluster in sorted(
                self.snapshot.clusters.of_board(board.code),
                key=lambda cluster: self.language.sort_key(self.cluster_name(cluster.code)),
            )
        )

    @property
    def wales(self) -> str:
        """The name of the country, for rows that cover all of it."""
        return self.pgettext("workbook", "Wales")

    @property
    def made_up(self) -> str:
        """That its data are made up; nothing where they are not."""
        return self.pgettext("provenance", "These data are made up.") if self.snapshot.round.demonstration else ""

    def board_name(self, code: str) -> str:
        """The name of a health board."""
        return self._board_names[code]

    def cluster_name(self, code: str) -> str:
        """The name of a cluster of this round."""
        return self._cluster_names[code]

    def outcome_name(self, outcome: Outcome) -> str:
        """The name of an outcome."""
        return self.texts(outcome.name)

    def titled(self, title: str) -> str:
        """A sheet's title with the reporting year."""
        return f"{title}, {self.year}"

    def option_name(self, options: Sequence[Option], code: str) -> str:
        """The words of an option; the code itself when it is not among them."""
        return next((self.texts(option.label) for option in options if option.code == code), code)


class Report(LocalisedRound):
    """A series of rounds of clusters in one language. `is_open`: answers may still come. `themes` are those that its
    texts were put under, `issue` is the release that it is told for, if it is for one."""

    def __init__(
        self,
        series: RoundSeries,
        language: Language,
        is_open: bool,
        themes: tuple[ThemeCount, ...] = (),
        issue: Issue | None = None,
    ) -> None:
        super().__init__(series.current.snapshot, language)
        self.series = series
        self.data: RoundData = series.current
        self.questions = series.current.questions
        self.is_open = is_open
        self.themes = themes
        self.issue = issue
        self.every_outcome: tuple[Outcome, ...] = self.snapshot.framework.outcomes if self.snapshot.framework else ()

    def over_years(self, words: str) -> str:
        """Words that are about every kept year, with the first of them and the last."""
        first = self.series.rounds[0].year
        if first == self.year:
            return self.titled(words)
        return self.pgettext("workbook", "%(words)s, %(first)s to %(last)s", words=words, first=first, last=self.year)

    @cached_property
    def movements(self) -> list[Moved]:
        """How each cluster moved on each of its outcomes since it was last asked."""
        return self.series.once(movements)

    @cached_property
    def outcomes(self) -> tuple[Outcome, ...]:
        """The outcomes assigned to any cluster, in the framework's order."""
        assigned = {outcome for outcomes in self.data.assigned.values() for outcome in outcomes}
        return tuple(outcome for outcome in self.every_outcome if outcome.id in assigned)

    def outcome_name(self, outcome: Outcome) -> str:
        """“PCMW 1: An informed public”."""
        return self._outcome_names[outcome.id]

    def in_short(self, outcomes: Iterable[Outcome]) -> str:
        """Outcomes one after the other: “PCMW 9, ACD 2”."""
        framework = self.snapshot.framework
        names = framework.short_names(self.texts, self.language) if framework else {}
        return ", ".join(names[outcome.id] for outcome in outcomes)

    def all_outcomes(self) -> str:
        """What stands in place of an outcome's name in a row for all of them."""
        return self.pgettext("workbook", "All outcomes")

    def status_name(self, status: str) -> str:
        """A status of a response in words."""
        return self.language.say(STATUSES[status])

    def options(self, measure: str) -> tuple[Option, ...]:
        """The options of the first question that feeds a measure; none when it is not asked."""
        return next((question.options for _, question in self.questions(measure)), ())

    @cached_property
    def _outcome_names(self) -> dict[str, str]:
        return outcome_names(self.snapshot, self.language)


SheetMaker = Callable[[Report], Sheet]
Shown = TypeVar("Shown", bound=Protected, covariant=True)


class PeopleReport(LocalisedRound, Generic[Shown]):
    """What may be shown of a round of people, in one language.

    `ended` is how many people were led to an ending, if it has any.
    """

    def __init__(
        self, shown: Shown, language: Language, themes: tuple[PeopleThemeCount, ...] = (), ended: int | None = None
    ) -> None:
        super().__init__(shown.people.snapshot, language)
        self.shown = shown
        self.themes = themes
        self._ended = ended

    @cached_property
    def board_groups(self) -> tuple[PeopleGroup, ...]:
        """The health boards, by name."""
        return tuple((BOARD, board.code) for board in self.boards)

    def count(self, group: PeopleGroup, of: str = RESPONDENTS) -> Cell:
        """A number of people, or [c]."""
        number = self.shown.count(group, of)
        return HIDDEN if number is None else number

    @property
    def responses(self) -> str:
        """The number of all responses in words."""
        number = self.shown.count(EVERYBODY)
        if number is None and self.shown.counts.values[CountCell(RESPONDENTS, EVERYBODY)] >= self.shown.threshold:
            return self.pgettext("workbook", "not given here, because of an earlier release")
        if number is None:
            return self.pgettext("workbook", "fewer than %(threshold)s", threshold=self.shown.threshold)
        return self.language.number(number)

    @property
    def ended_lines(self) -> tuple[str, ...]:
        """How many were led to an ending, as numbers of people are shown here; no line of a round without one."""
        count, threshold = self._ended, self.shown.threshold
        if count is not None and count >= threshold:
            count = max(threshold, rounded(count, self.shown.rounded_to))
        said = said_of_endings(count, threshold, self.language)
        return (said,) if said else ()

    @property
    def is_exact(self) -> bool:
        """Whether it is the restricted form, in which numbers are not rounded."""
        return self.shown.rounded_to == NOT_ROUNDED

    @property
    def form(self) -> str:
        """The form in which its numbers are."""
        if self.is_exact:
            return self.pgettext("workbook", "Restricted: numbers of people are exact. Not for publication.")
        return self.pgettext(
            "workbook",
            "Numbers of people are rounded to the nearest %(number)s; percentages and means are worked out from "
            "rounded numbers.",
            number=self.language.number(self.shown.rounded_to),
        )

    @property
    def hidden_meaning(self) -> dict[Shorthand, str]:
        """What [c] and [u] mean in a table of people."""
        return {
            HIDDEN: self.pgettext(
                "workbook",
                "confidential: fewer than %(threshold)s people, or hidden so that no smaller group can be worked out",
                threshold=self.shown.threshold,
            ),
            UNRELIABLE: self.pgettext(
                "workbook",
                "unreliable: a percentage or mean of fewer than %(number)s people, or of answers that so few gave that "
                "their numbers are rounded to none",
                number=self.language.number(LEAST_BASE),
            ),
        }
