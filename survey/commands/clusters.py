"""`flask clusters …`: the clusters and health boards as they are listed in `questionnaires/clusters/`."""

from pathlib import Path

import click

from survey.atomic_file import create_file
from survey.collection.errors import DomainError
from survey.collection.held import held_file, held_of_cluster
from survey.collection.rounds.clusters import clusters_from
from survey.collection.rounds.opening import CLUSTERS, newest_cluster_list, read_cluster_list
from survey.commands.cli_i18n import group, option
from survey.commands.environment import BY, REASON, note, open_repository, output_file, questionnaires, stated, writing
from survey.commands.terminal import by_name, table
from survey.languages import Language, Phrase
from survey.questionnaire.findings import DefinitionError
from survey.questionnaire.library import check

clusters = group("clusters", Phrase("command", "List and check the clusters and health boards"))

WHICH = option("--clusters", "list_id", about=Phrase("command", "Id of the cluster list; without it, the newest"))


@clusters.command("list", about=Phrase("command", "List the clusters by health board, with their codes"))
@WHICH
def list_(list_id: str | None, language: Language) -> str:
    folder = questionnaires()
    cluster_list = clusters_from(read_cluster_list(folder, list_id or newest_cluster_list(folder)))
    rows = [
        [
            language.pgettext("clusters command", "Health board or cluster"),
            language.pgettext("clusters command", "Code"),
            language.pgettext("clusters command", "Short name, or until when"),
        ]
    ]
    for board in sorted(cluster_list.health_boards, key=lambda board: by_name(board, language)):
        rows.append([board.name(language.code), board.code, board.short])
        for cluster in sorted(cluster_list.of_board(board.code), key=lambda cluster: by_name(cluster, language)):
            until = language.date(cluster.valid_to) if cluster.valid_to else ""
            rows.append([f"  {cluster.name(language.code)}", cluster.code, until])
    return table(rows)


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


@clusters.command(
    "held", about=Phrase("command", "Write everything that is held about a cluster, drafts and notes too, as one file")
)
@click.argument("cluster", metavar="CLUSTER")
@output_file(Phrase("command", "The file to write, .zip"), required=True)
@BY
@REASON
def held_(cluster: str, output: Path, reason: str, language: Language) -> str:
    reason, repository = stated(reason, language), open_repository()
    found = list(held_of_cluster(repository, cluster, with_drafts=True))
    if not found:
        raise DomainError("unknown_cluster", cluster=cluster)
    note(repository, "cluster_taken_out", cluster=cluster, reason=reason)
    with writing(output, language):
        create_file(output, held_file(found))
    return language.npgettext("clusters command", "%(n)s record written", "%(n)s records written", len(found))
