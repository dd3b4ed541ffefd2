"""How a round stands, in words: for the command line."""

from collections.abc import Mapping, Sequence

from survey.collection.rounds.progress import STATUS_WORDS, BoardProgress, ClusterProgress, counts
from survey.collection.rounds.tracking import Tracking, say_clusters, say_progress
from survey.commands import context
from survey.languages import Language


def board_rows(progress: Sequence[BoardProgress], language: Language) -> list[list[str]]:
    """A table of text: a line for each health board with its counts, then its clusters by name; Wales at the end."""
    rows = [
        [
            language.pgettext("rounds command", "Health board or cluster"),
            language.pgettext("rounds command", "Status"),
            language.pgettext("rounds command", "Sections done"),
            language.pgettext("rounds command", "Last saved"),
        ]
    ]
    for one in sorted(progress, key=lambda one: language.sort_key(one.board.name(language.code))):
        rows.append([one.board.name(language.code), counted(one.counts, language), "", ""])
        by_name = sorted(one.clusters, key=lambda found: language.sort_key(found.cluster.name(language.code)))
        rows += [_cluster_row(found, language) for found in by_name]
    everyone = tuple(found for one in progress for found in one.clusters)
    rows.append([language.pgettext("rounds command", "Wales"), counted(counts(everyone), language), "", ""])
    return rows


def progress_rows(tracking: Tracking, threshold: int, language: Language) -> list[list[str]]:
    """A table of text for an anonymous round: each health board, then its clusters by name; Wales at the end."""
    rows = [
        [
            language.pgettext("rounds command", "Health board or cluster"),
            language.pgettext(
                "rounds command", "Clusters with %(threshold)s responses or more", threshold=language.number(threshold)
            ),
        ]
    ]
    for one in sorted(tracking.boards, key=lambda one: language.sort_key(one.board.name(language.code))):
        rows.append([one.board.name(language.code), say_clusters(one.clusters, language)])
        by_name = sorted(one.clusters, key=lambda found: language.sort_key(found.cluster.name(language.code)))
        rows += [
            [
                f"  {found.cluster.name(language.code)} ({found.cluster.code})",
                say_progress(found.has_enough, threshold, language),
            ]
            for found in by_name
        ]
    return [*rows, [language.pgettext("rounds command", "Wales"), say_clusters(tracking.clusters, language)]]


def counted(found: Mapping[str, int], language: Language) -> str:
    """“Submitted: 3, In progress: 1”: only what there is."""
    parts = [
        language.pgettext(
            "rounds command",
            "%(status)s: %(number)s",
            status=language.say(STATUS_WORDS[status]),
            number=language.number(n),
        )
        for status, n in found.items()
        if n
    ]
    return ", ".join(parts)


def _cluster_row(found: ClusterProgress, language: Language) -> list[str]:
    return [
        f"  {found.cluster.name(language.code)} ({found.cluster.code})",
        language.say(STATUS_WORDS[found.status]),
        f"{found.done}/{found.sections}",
        context.when(found.last_saved, language),
    ]
