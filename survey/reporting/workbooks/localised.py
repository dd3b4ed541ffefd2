"""What things of a round are called in one language, and in which order that language puts them."""

from collections.abc import Sequence
from functools import cached_property

from survey.collection.rounds.clusters import Cluster, HealthBoard
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.languages import Language
from survey.questionnaire.definition import Option
from survey.questionnaire.texts import Texts


class LocalisedRound:
    """A round told in a language, in the words it was opened with."""

    def __init__(self, snapshot: RoundSnapshot, language: Language) -> None:
        self.snapshot = snapshot
        self.language = language

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
                key=lambda cluster: self.language.sort_key(cluster.name(self.language.code)),
            )
        )

    @property
    def year(self) -> str:
        """The reporting year, such as 2026-27."""
        return self.snapshot.round.reporting_year

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

    def titled(self, title: str) -> str:
        """A sheet's title with the reporting year."""
        return f"{title}, {self.year}"

    def option_name(self, options: Sequence[Option], code: str) -> str:
        """The words of an option; the code itself when it is not among them."""
        return next((self.texts(option.label) for option in options if option.code == code), code)

    @cached_property
    def _board_names(self) -> dict[str, str]:
        return {board.code: board.name(self.language.code) for board in self.snapshot.clusters.health_boards}

    @cached_property
    def _cluster_names(self) -> dict[str, str]:
        return {cluster.code: cluster.name(self.language.code) for cluster in self.snapshot.clusters.clusters}
