"""`flask clusters …`: the clusters and health boards as they are listed in `questionnaires/clusters/`."""

from survey.collection.clusters import ClusterList, clusters_from
from survey.collection.sources import CLUSTERS, newest_cluster_list, read_cluster_list
from survey.commands import keeping, speaking
from survey.languages import Language, Phrase
from survey.questionnaire.findings import line
from survey.questionnaire.loading import check

clusters = speaking.group("clusters", Phrase("command", "List and check the clusters and health boards"))

WHICH = speaking.option(
    "--clusters", "list_id", about=Phrase("command", "Id of the cluster list; without it, the newest")
)


@clusters.spoken("list", Phrase("command", "List the clusters by health board, with their codes"))
@WHICH
@speaking.language_option
@keeping.in_plain_words
def list_(list_id: str | None, language: Language) -> None:
    folder = keeping.questionnaires()
    found = clusters_from(read_cluster_list(folder, list_id or newest_cluster_list(folder)))
    keeping.say(keeping.table(_rows(found, language)))


@clusters.spoken("check", Phrase("command", "Say everything that is wrong in the cluster lists, and where"))
@speaking.language_option
@keeping.in_plain_words
def check_(language: Language) -> None:
    folder = keeping.questionnaires()
    files = sorted((folder / CLUSTERS).glob("*.json"))
    found = check(files, folder)
    if found:
        raise speaking.Refusal(*(line(finding, language) for finding in found))
    keeping.say(
        language.npgettext(
            "clusters command", "%(n)s list checked: nothing wrong", "%(n)s lists checked: nothing wrong", len(files)
        )
    )


def _rows(found: ClusterList, language: Language) -> list[list[str]]:
    rows = [
        [
            language.pgettext("clusters command", "Health board or cluster"),
            language.pgettext("clusters command", "Code"),
            language.pgettext("clusters command", "Short name, or until when"),
        ]
    ]
    for board in sorted(found.health_boards, key=lambda board: language.sort_key(board.name(language.code))):
        rows.append([board.name(language.code), board.code, board.short])
        of_board = found.of_board(board.code)
        for cluster in sorted(of_board, key=lambda cluster: language.sort_key(cluster.name(language.code))):
            until = language.date(cluster.valid_to) if cluster.valid_to else ""
            rows.append([f"  {cluster.name(language.code)}", cluster.code, until])
    return rows
