"""How rounds stand, in words: the tables of `flask rounds list` and `status`."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial

from survey.alphabet import SortKey
from survey.collection.rounds.clusters import Cluster
from survey.collection.rounds.progress import (
    ROUND_WORDS,
    STATUS_WORDS,
    BoardProgress,
    ClusterProgress,
    ClusterTracking,
    counts,
    round_state,
    say_clusters,
    say_progress,
)
from survey.collection.rounds.round import Round
from survey.commands import terminal
from survey.languages import Language


def round_rows(rounds: Sequence[Round], now: datetime, language: Language) -> list[list[str]]:
    """A table of text: a line for each round."""
    rows = [
        [
            language.pgettext("rounds command", "Round"),
            language.pgettext("rounds command", "Year"),
            language.pgettext("rounds command", "Questionnaire"),
            language.pgettext("rounds command", "Status"),
            language.pgettext("rounds command", "Opens"),
            language.pgettext("rounds command", "Closes"),
        ]
    ]
    rows += [
        [
            round_.id,
            round_.reporting_year,
            f"{round_.questionnaire} {round_.edition}",
            language.say(ROUND_WORDS[round_state(round_, now)]),
            terminal.moment(round_.opens, language),
            terminal.moment(round_.closes, language),
        ]
        for round_ in rounds
    ]
    return rows


def board_rows(progress: Sequence[BoardProgress[ClusterProgress]], language: Language) -> list[list[str]]:
    """A table of text: a line for each health board with its counts, then its clusters by name; Wales at the end."""
    rows = [
        [
            language.pgettext("rounds command", "Health board or cluster"),
            language.pgettext("rounds command", "Status"),
            language.pgettext("rounds command", "Sections done"),
            language.pgettext("rounds command", "Last saved"),
        ]
    ]
    for board in sorted(progress, key=lambda board: language.sort_key(board.board.name(language.code))):
        rows.append([board.board.name(language.code), _counted(counts(board.clusters), language), "", ""])
        rows += [
            [
                _indented(cluster.cluster, language),
                language.say(STATUS_WORDS[cluster.status]),
                f"{cluster.done}/{cluster.sections}",
                terminal.moment(cluster.last_saved, language),
            ]
            for cluster in sorted(board.clusters, key=partial(_cluster_order, language))
        ]
    everyone = tuple(cluster for board in progress for cluster in board.clusters)
    rows.append([language.pgettext("rounds command", "Wales"), _counted(counts(everyone), language), "", ""])
    return rows


def tracking_rows(
    tracking: Sequence[BoardProgress[ClusterTracking]], threshold: int, language: Language
) -> list[list[str]]:
    """A table of text for an anonymous round: each health board, then its clusters by name; Wales at the end."""
    rows = [
        [
            language.pgettext("rounds command", "Health board or cluster"),
            language.pgettext(
                "rounds command", "Clusters with %(threshold)s responses or more", threshold=language.number(threshold)
            ),
        ]
    ]
    for board in sorted(tracking, key=lambda board: language.sort_key(board.board.name(language.code))):
        rows.append([board.board.name(language.code), say_clusters(board.clusters, language)])
        rows += [
            [_indented(cluster.cluster, language), say_progress(cluster.has_enough, threshold, language)]
            for cluster in sorted(board.clusters, key=partial(_cluster_order, language))
        ]
    everyone = [cluster for board in tracking for cluster in board.clusters]
    return [*rows, [language.pgettext("rounds command", "Wales"), say_clusters(everyone, language)]]


def _counted(numbers: Mapping[str, int], language: Language) -> str:
    """“Submitted: 3, In progress: 1”: only what there is."""
    parts = [
        language.pgettext(
            "rounds command",
            "%(status)s: %(number)s",
            status=language.say(STATUS_WORDS[status]),
            number=language.number(n),
        )
        for status, n in numbers.items()
        if n
    ]
    return ", ".join(parts)


def _cluster_order(language: Language, cluster: ClusterProgress | ClusterTracking) -> SortKey:
    return language.sort_key(cluster.cluster.name(language.code))


def _indented(cluster: Cluster, language: Language) -> str:
    return f"  {cluster.name(language.code)} ({cluster.code})"
