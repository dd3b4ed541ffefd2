"""`flask clusters …`: the clusters and health boards as they are listed in `questionnaires/clusters/`."""

from survey.collection.rounds.clusters import ClusterList, clusters_from
from survey.collection.rounds.opening import CLUSTERS, newest_cluster_list, read_cluster_list
from survey.commands import cli_i18n, terminal
from survey.commands.environment import questionnaires
from survey.languages import Language, Phrase
from survey.questionnaire.findings import DefinitionError
from survey.questionnaire.library import check

clusters = cli_i18n.group("clusters", Phrase("command", "List and check the clusters and health boards"))

WHICH = cli_i18n.option(
    "--clusters", "list_id", about=Phrase("command", "Id of the cluster list; without it, the newest")
)


@clusters.command("list", about=Phrase("command", "List the clusters by health board, with their codes"))
@WHICH
def list_(list_id: str | None, language: Language) -> str:
    folder = questionnaires()
    cluster_list = clusters_from(read_cluster_list(folder, list_id or newest_cluster_list(folder)))
    return terminal.table(_rows(cluster_list, language))


@clusters.command("check", about=Phrase("command", "Say everything that is wrong in the cluster lists, and where"))
def check_(language: Language) -> str:
    folder = questionnaires()
    files = sorted((folder / CLUSTERS).glob("*.json"))
    findings = check(files, folder)
    if findings:
        raise DefinitionError(findings)
    return language.npgettext(
        "clusters command", "%(n)s list checked: nothing wrong", "%(n)s lists checked: nothing wrong", len(files)
    )


def _rows(cluster_list: ClusterList, language: Language) -> list[list[str]]:
    rows = [
        [
            language.pgettext("clusters command", "Health board or cluster"),
            language.pgettext("clusters command", "Code"),
            language.pgettext("clusters command", "Short name, or until when"),
        ]
    ]
    for board in sorted(cluster_list.health_boards, key=lambda board: language.sort_key(board.name(language.code))):
        rows.append([board.name(language.code), board.code, board.short])
        of_board = cluster_list.of_board(board.code)
        for cluster in sorted(of_board, key=lambda cluster: language.sort_key(cluster.name(language.code))):
            until = language.date(cluster.valid_to) if cluster.valid_to else ""
            rows.append([f"  {cluster.name(language.code)}", cluster.code, until])
    return rows
