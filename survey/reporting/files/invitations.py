"""The list of invitations for mail merge: one row a cluster, everything in Welsh and in English.

It holds access codes, which open the clusters' responses: whoever makes it keeps it as safe as the responses.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from survey.collection.rounds.snapshot import RoundSnapshot
from survey.languages import Phrase, language
from survey.reporting.files.mail_merge import EACH, in_both, named_in, write_list

CODE = Phrase("invitations", "Cluster code")
CLUSTER = Phrase("invitations", "Cluster")
BOARD = Phrase("invitations", "Health board")
ADDRESS = Phrase("invitations", "Sign-in address")
ACCESS_CODE = Phrase("invitations", "Access code")
CLOSES = Phrase("invitations", "Closes")
KEEP_SAFE = Phrase(
    "invitations", "Whoever has an access code can read and change that cluster’s answers. Keep it safe."
)
NO_DATE = Phrase("invitations", "no closing date has been set")
NEVER = datetime(2000, 1, 1, tzinfo=UTC)


def write_invitations(snapshot: RoundSnapshot, codes: Mapping[str, str], path: Path, site: str) -> None:
    """Write the list, in the order of cluster codes, to a file that its owner only can read.

    `codes` are access codes by cluster code; `site` is where the site is (`https://…`). Raises
    DomainError("unknown_cluster") for a cluster that is not on the round's list, and OSError.
    """
    write_list(
        path,
        language("cy").pgettext("sheet name", "Invitations"),
        [*heads_of_clusters(ADDRESS), in_both(ACCESS_CODE), *(named_in(code, CLOSES) for code in EACH)],
        list(_rows(snapshot, codes, site)),
        snapshot.round.opens or NEVER,
        " ".join(language(code).say(KEEP_SAFE) for code in EACH),
    )


def heads_of_clusters(address: Phrase) -> list[str]:
    """The names of the fields that say which cluster it is, and where it goes to."""
    return [in_both(CODE), *(named_in(code, phrase) for phrase in (CLUSTER, BOARD, address) for code in EACH)]


def names_of(snapshot: RoundSnapshot, cluster_code: str) -> list[str]:
    """Code and names of a cluster and its health board. Raises DomainError("unknown_cluster")."""
    cluster = snapshot.cluster(cluster_code)
    board = snapshot.clusters.health_board(cluster.health_board)
    return [
        cluster_code,
        *(cluster.name(each) for each in EACH),
        *(board.name(each) if board else cluster.health_board for each in EACH),
    ]


def _rows(snapshot: RoundSnapshot, codes: Mapping[str, str], site: str) -> Iterator[list[str]]:
    closes = snapshot.round.closes
    for code in sorted(codes):
        yield [
            *names_of(snapshot, code),
            *(f"{site.rstrip('/')}/{each}/sign-in" for each in EACH),
            codes[code],
            *(language(each).datetime(closes) if closes else language(each).say(NO_DATE) for each in EACH),
        ]
