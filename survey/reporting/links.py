"""The list of links to an anonymous round, for letters and e-mails: one row a cluster, in Welsh and in English."""

from collections.abc import Mapping
from pathlib import Path

from survey.collection.frozen import FrozenRound
from survey.languages import Phrase, language
from survey.reporting.invitations import (
    ADDRESS,
    BOARD,
    CLUSTER,
    CODE,
    CONTENTS,
    DESCRIPTION,
    EACH,
    NEVER,
    in_both,
    named_in,
)
from survey.reporting.workbook.description import Cell, Column, Contents, Sheet, Table, Workbook
from survey.reporting.workbook.drawing import write_workbook

TITLE = Phrase("links", "Links to the survey")
EVERYBODY = Phrase(
    "links", "Everybody who works in a cluster uses the same link. It tells the cluster and nothing else."
)


def link_address(site: str, language_code: str, token: str) -> str:
    """Where a link is: `https://…/cy/survey/k7qt-9wxm-3fbd/`. `site` is empty or where the site is."""
    return f"{site.rstrip('/')}/{language_code}/survey/{token}/"


def write_links(frozen: FrozenRound, tokens: Mapping[str, str], path: Path, site: str = "") -> None:
    """Write the list. `tokens` are by cluster code. Raises Refused("unknown_cluster"), OSError."""
    write_workbook(links_workbook(frozen, tokens, site), path)


def links_workbook(frozen: FrozenRound, tokens: Mapping[str, str], site: str = "") -> Workbook:
    """The list as a described workbook, Welsh first; rows in the order of cluster codes."""
    columns = [Column("code", in_both(CODE))]
    for name, phrase in (("cluster", CLUSTER), ("board", BOARD), ("address", ADDRESS)):
        columns += [Column(f"{name}_{code}", named_in(code, phrase)) for code in EACH]
    title = f"{in_both(TITLE)}, {frozen.round.reporting_year}"
    return Workbook(
        language=language("cy"),
        title=title,
        subject=title,
        keywords=(in_both(CLUSTER), in_both(ADDRESS)),
        organisation=language("cy").pgettext("workbook", "NHS Wales"),
        created=frozen.round.opens or NEVER,
        sheets=(
            Sheet(
                language("cy").pgettext("sheet name", "Links"),
                title,
                Table("links", in_both(DESCRIPTION), tuple(columns), _rows(frozen, tokens, site)),
                preamble=tuple(language(code).say(EVERYBODY) for code in EACH),
            ),
            Sheet(language("cy").pgettext("sheet name", "Contents"), in_both(CONTENTS), Contents()),
        ),
    )


def _rows(frozen: FrozenRound, tokens: Mapping[str, str], site: str) -> list[tuple[Cell, ...]]:
    rows: list[tuple[Cell, ...]] = []
    for code, token in sorted(tokens.items()):
        cluster = frozen.cluster(code)
        board = frozen.clusters.health_board(cluster.health_board)
        rows.append(
            (
                code,
                *(cluster.name(each) for each in EACH),
                *(board.name(each) if board else cluster.health_board for each in EACH),
                *(link_address(site, each, token) for each in EACH),
            )
        )
    return rows
