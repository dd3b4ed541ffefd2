"""The list of links to an anonymous round, for letters and e-mails: one row a cluster, in Welsh and in English."""

from collections.abc import Mapping
from pathlib import Path

from survey.collection.rounds.snapshot import RoundSnapshot
from survey.languages import Phrase, language
from survey.reporting.files.invitations import NEVER, heads_of_clusters, names_of
from survey.reporting.files.mail_merge import EACH, write_list

ADDRESS = Phrase("links", "Link")
EVERYBODY = Phrase(
    "links", "Everybody who works in a cluster uses the same link. It tells the cluster and nothing else."
)


def link_address(site: str, language_code: str, token: str) -> str:
    """Where a link is: `https://…/cy/survey/k7qt-9wxm-3fbd/`. `site` is where the site is."""
    return f"{site.rstrip('/')}/{language_code}/survey/{token}/"


def write_links(snapshot: RoundSnapshot, tokens: Mapping[str, str], path: Path, site: str) -> None:
    """Write the list, in the order of cluster codes. `tokens` are by cluster code.

    Raises DomainError("unknown_cluster"), OSError.
    """
    write_list(
        path,
        language("cy").pgettext("sheet name", "Links"),
        heads_of_clusters(ADDRESS),
        [
            [*names_of(snapshot, code), *(link_address(site, each, token) for each in EACH)]
            for code, token in sorted(tokens.items())
        ],
        snapshot.round.opens or NEVER,
        " ".join(language(code).say(EVERYBODY) for code in EACH),
    )
