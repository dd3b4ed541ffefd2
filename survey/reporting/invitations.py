"""The list of invitations for mail merge: one row a cluster, everything in Welsh and in English.

It holds access codes, which open the clusters' responses: whoever makes it keeps it as safe as the responses.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from survey.collection.frozen import FrozenRound
from survey.languages import Phrase, language
from survey.reporting.workbook.description import Cell, Column, Contents, Sheet, Shorthand, Table, Workbook
from survey.reporting.workbook.drawing import write_workbook

TITLE = Phrase("invitations", "Invitations to the self-reflection")
CONTENTS = Phrase("sheet title", "Contents")
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
DESCRIPTION = Phrase("invitations", "One row for each invited cluster, in Welsh and in English.")
EACH = ("cy", "en")
NEVER = datetime(2000, 1, 1, tzinfo=UTC)


def write_invitations(frozen: FrozenRound, codes: Mapping[str, str], path: Path, site: str = "") -> None:
    """Write the list to a file that its owner only can read.

    `codes` are access codes by cluster code; `site` is where the site is (`https://…`), put before the address of
    its sign-in page. Raises Refused("unknown_cluster") for a cluster that is not on the round's list, and OSError.
    """
    write_workbook(invitation_workbook(frozen, codes, site), path)


def invitation_workbook(frozen: FrozenRound, codes: Mapping[str, str], site: str = "") -> Workbook:
    """The list as a described workbook, Welsh first; rows in the order of cluster codes."""
    columns = [Column("code", in_both(CODE))]
    for name, phrase in (("cluster", CLUSTER), ("board", BOARD), ("address", ADDRESS)):
        columns += [Column(f"{name}_{code}", named_in(code, phrase)) for code in EACH]
    columns.append(Column("access_code", in_both(ACCESS_CODE)))
    columns += [Column(f"closes_{code}", named_in(code, CLOSES)) for code in EACH]
    title = f"{in_both(TITLE)}, {frozen.round.reporting_year}"
    list_name = language("cy").pgettext("sheet name", "Invitations")
    return Workbook(
        language=language("cy"),
        title=title,
        subject=title,
        keywords=(in_both(CLUSTER), in_both(ACCESS_CODE)),
        organisation=language("cy").pgettext("workbook", "NHS Wales"),
        created=frozen.round.opens or NEVER,
        sheets=(
            Sheet(
                list_name,
                title,
                Table("invitations", in_both(DESCRIPTION), tuple(columns), _rows(frozen, codes, site)),
                preamble=tuple(language(code).say(KEEP_SAFE) for code in EACH),
                shorthand={Shorthand.NOT_APPLICABLE: in_both(NO_DATE)},
            ),
            Sheet(language("cy").pgettext("sheet name", "Contents"), in_both(CONTENTS), Contents()),
        ),
    )


def _rows(frozen: FrozenRound, codes: Mapping[str, str], site: str) -> list[tuple[Cell, ...]]:
    rows: list[tuple[Cell, ...]] = []
    closes = frozen.round.closes
    for code in sorted(codes):
        cluster = frozen.cluster(code)
        board = frozen.clusters.health_board(cluster.health_board)
        rows.append(
            (
                code,
                *(cluster.name(each) for each in EACH),
                *(board.name(each) if board else cluster.health_board for each in EACH),
                *(f"{site.rstrip('/')}/{each}/sign-in" for each in EACH),
                codes[code],
                *(language(each).datetime(closes) if closes else Shorthand.NOT_APPLICABLE for each in EACH),
            )
        )
    return rows


def in_both(phrase: Phrase) -> str:
    """“Clwstwr / Cluster”."""
    return " / ".join(language(code).say(phrase) for code in EACH)


def named_in(code: str, phrase: Phrase) -> str:
    """“Clwstwr (Cymraeg)”, “Cluster (English)”."""
    return f"{language(code).say(phrase)} ({language(code).name})"
