"""What commands show a person at a terminal: tables, those of rounds among them, moments, progress, texts of others."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeVar

from tqdm import tqdm

from survey.alphabet import SortKey
from survey.collection.progress import (
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
from survey.collection.rounds.clusters import Cluster, HealthBoard
from survey.collection.rounds.round import Round
from survey.languages import Language
from survey.storage.archive import Progress

Item = TypeVar("Item")
_DIRECTIONS = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


def table(rows: Sequence[Sequence[str]], numeric: frozenset[int] = frozenset()) -> str:
    """Rows of text in columns, those in `numeric` set to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if number in numeric else cell.ljust(width)
            for number, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


def moment(time: datetime | None, language: Language) -> str:
    """A moment in the time of the United Kingdom, or a dash where there is none."""
    return language.datetime(time) if time else "–"


def printable(text: str) -> str:
    """What came from elsewhere may hold characters that change a terminal, or the direction of what follows."""
    return "".join(f"\\u{ord(letter):04x}" if _misleads(letter) else letter for letter in text)


def progress(items: Iterable[Item], text: str) -> Iterable[Item]:
    """Show a bar on stderr while `items` are worked through, where a person is watching."""
    return tqdm(items, desc=text, disable=None, leave=False)


@contextmanager
def progress_bar(text: str) -> Iterator[Progress]:
    """The same bar for work that calls back with how far it is."""
    with tqdm(desc=text, disable=None, leave=False) as bar:

        def report(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield report


def round_table(rounds: Sequence[Round], now: datetime, language: Language) -> str:
    """A line for each round."""
    rows = [
        [
            language.pgettext("rounds command", "Round"),
            language.pgettext("rounds command", "Year"),
            language.pgettext("rounds command", "Questionnaire"),
            language.pgettext("rounds command", "Status"),
            language.pgettext("rounds command", "Opens"),
            language.pgettext("rounds command", "Closes"),
        ],
        *(
            [
                round_.id,
                round_.reporting_year,
                f"{round_.questionnaire} {round_.edition}",
                language.say(ROUND_WORDS[round_state(round_, now)]),
                moment(round_.opens, language),
                moment(round_.closes, language),
            ]
            for round_ in rounds
        ),
    ]
    return table(rows)


def board_table(boards: Sequence[BoardProgress[ClusterProgress]], language: Language) -> str:
    """A line for each health board with its counts, then its clusters by name; Wales at the end."""

    def of_cluster(cluster: ClusterProgress) -> tuple[str, ...]:
        saved = moment(cluster.last_saved, language)
        return language.say(STATUS_WORDS[cluster.status]), f"{cluster.done}/{cluster.sections}", saved

    everyone = tuple(cluster for board in boards for cluster in board.clusters)
    rows = [
        [
            language.pgettext("rounds command", "Health board or cluster"),
            language.pgettext("rounds command", "Status"),
            language.pgettext("rounds command", "Sections done"),
            language.pgettext("rounds command", "Last saved"),
        ],
        *_nested(boards, lambda board: (_counted(counts(board.clusters), language), "", ""), of_cluster, language),
        [language.pgettext("rounds command", "Wales"), _counted(counts(everyone), language), "", ""],
    ]
    return table(rows, numeric=frozenset({2}))


def tracking_table(tracking: Sequence[BoardProgress[ClusterTracking]], threshold: int, language: Language) -> str:
    """For an anonymous round: each health board, then its clusters by name; Wales at the end."""
    everyone = [cluster for board in tracking for cluster in board.clusters]
    rows = [
        [
            language.pgettext("rounds command", "Health board or cluster"),
            language.pgettext(
                "rounds command", "Clusters with %(threshold)s responses or more", threshold=language.number(threshold)
            ),
        ],
        *_nested(
            tracking,
            lambda board: (say_clusters(board.clusters, language),),
            lambda cluster: (say_progress(cluster.has_enough, threshold, language),),
            language,
        ),
        [language.pgettext("rounds command", "Wales"), say_clusters(everyone, language)],
    ]
    return table(rows)


def by_name(place: Cluster | HealthBoard, language: Language) -> SortKey:
    """What puts clusters and health boards in the order of a language’s alphabet."""
    return language.sort_key(place.name(language.code))


def _nested(
    boards: Sequence[Any],
    of_board: Callable[[Any], tuple[str, ...]],
    of_cluster: Callable[[Any], tuple[str, ...]],
    language: Language,
) -> Iterator[list[str]]:
    """The rows of health boards by name, each above those of its clusters."""
    for board in sorted(boards, key=lambda board: by_name(board.board, language)):
        yield [board.board.name(language.code), *of_board(board)]
        for cluster in sorted(board.clusters, key=lambda cluster: by_name(cluster.cluster, language)):
            yield [f"  {cluster.cluster.name(language.code)} ({cluster.cluster.code})", *of_cluster(cluster)]


def _counted(numbers: Mapping[str, int], language: Language) -> str:
    """“Submitted: 3, In progress: 1”: only what there is."""
    words = [
        (language.say(STATUS_WORDS[status]), language.number(number)) for status, number in numbers.items() if number
    ]
    return ", ".join(
        language.pgettext("rounds command", "%(status)s: %(number)s", status=status, number=number)
        for status, number in words
    )


def _misleads(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cs"} or unicodedata.bidirectional(character) in _DIRECTIONS
